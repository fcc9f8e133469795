import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  demoDirectory,
  formatOptionsOf,
  formatRefusal,
  loadPolicy,
  presets,
  type Governance,
  type Result,
} from '@ka-governance/core'
import { facts } from './purchases.ts'

// The manufacturer's policy, as if it had been in force all the time.
export const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory, effectiveFrom: '2022-01-01' })
export const texts = formatOptionsOf(policy)
export const clock = createVirtualClock('2022-05-09T09:00:00+08:00')
export const store = createMemoryStore({
  clock: clock.now,
  accounts: [{ accountId: 'hx', name: '华星零部件 Huaxing Components', region: null, parentId: null, facts }],
})
export const governance: Governance = createGovernance({
  store,
  policy,
  host: { clock: clock.now },
  handlers: { default: () => Promise.resolve() },
})

/** Kinds of instances that a person sends commands to. */
export type Kind = 'account' | 'admission' | 'complaint' | 'project' | 'projectChange' | 'tierAdjustment'
type CommandOf<K extends Kind> = Parameters<Governance[K]['send']>[1]

/** What was refused, told with the rest of the story. */
export interface Refusal {
  readonly at: number
  readonly en: readonly string[]
  readonly zh: readonly string[]
}
export const refusals: Refusal[] = []

/** Goes to a moment; whatever fell due on the way there is settled, as a job that runs every few minutes would have done. */
export async function on(instant: string): Promise<void> {
  clock.travelTo(`${instant}+08:00`)
  await governance.sweep({ untilIdle: true })
}

/** Somebody does something, a little later. `refused`: the policy says no, and says why. */
export async function act<K extends Kind>(
  kind: K,
  id: string,
  actor: string,
  command: CommandOf<K>,
  refused = false,
): Promise<Result> {
  clock.advance(20 * 60_000)
  const api = governance[kind] as {
    readonly send: (id: string, command: unknown, o: { readonly actor: string }) => Promise<Result>
  }
  const result = await api.send(id, command, { actor })
  if (!result.ok) {
    assert.ok(
      refused,
      `${(command as { type: string }).type}: ${result.refusals.map((r) => formatRefusal(r, 'en', texts)).join(' ')}`,
    )
    refusals.push({
      at: clock.now(),
      en: result.refusals.map((r) => formatRefusal(r, 'en', texts)),
      zh: result.refusals.map((r) => formatRefusal(r, 'zh-CN', texts)),
    })
  } else assert.ok(!refused, `${(command as { type: string }).type} should have been refused`)
  await governance.sweep({ untilIdle: true })
  return result
}

/** The hash of what somebody judges: of an approval, or of the instance. */
export async function basisOf(kind: Kind, id: string, approval?: string): Promise<string> {
  const view = await governance[kind].get(id)
  assert.ok(view)
  return approval === undefined ? view.basis : (view.approvals[approval]?.basis ?? '')
}

/** One after the other says yes. */
export async function approve(kind: Kind, id: string, approval: string, people: readonly string[], more: object = {}) {
  for (const person of people) {
    const basis = await basisOf(kind, id, approval)
    await act(kind, id, person, { type: 'vote', approval, decision: 'approve', basis, ...more } as unknown as CommandOf<Kind>)
  }
}
