import { describe, expect, test } from 'vitest'
import type { Governance, Result } from '../src/index.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { shapeOf } from '../src/runtime/step.ts'
import { apiOf } from './support/api-of.ts'
import { codes, journals, type Harness } from './support/harness.ts'
import { record, type Recorded } from './support/recorded.ts'
import { commands, states, type Kind } from './support/states.ts'
import { createSession, type Step } from './support/story.ts'

const kinds = ['admission', 'complaint', 'adjustment', 'account', 'project', 'change', 'publication', 'policy'] as const
const kindOf = {
  admission: 'admission',
  complaint: 'complaint',
  adjustment: 'tier-adjustment',
  account: 'account',
  project: 'project',
  change: 'project-change',
  publication: 'policy-publication',
  policy: 'policy',
} as const

/** Under which name of the SDK a kind has its verbs. */
const verbsOf: { readonly [K in Kind]: string } = {
  admission: 'admission',
  complaint: 'complaint',
  adjustment: 'tierAdjustment',
  account: 'account',
  project: 'project',
  change: 'projectChange',
  publication: 'policy',
  policy: 'policy',
}

interface There {
  readonly h: Harness
  readonly id: string
  readonly send: (step: Step, g: Governance, key: string, version?: number) => Promise<Result>
}

async function reach({ played, fresh }: Recorded, kind: Kind): Promise<There> {
  const h = await fresh()
  const send = async (step: Step, g: Governance, key: string, version?: number): Promise<Result> => {
    const session = createSession(h, () => (version === undefined ? g : pinned(g, version)))
    for (const [name, value] of Object.entries(played.ids)) session.ids.set(name, value)
    const result = await session.play(step, key)
    if (result === null) throw new Error('a command has a result')
    return result
  }
  return { h, id: played.id(kind), send }
}

/** The same verbs, expecting a version. */
function pinned(g: Governance, expectedVersion: number): Governance {
  const pin = <Api extends { send: unknown }>(api: Api): Api => ({
    ...api,
    send: (id: string, command: unknown, o: object) =>
      (api.send as (...a: unknown[]) => Promise<Result>)(id, command, { ...o, expectedVersion }),
  })
  return {
    ...g,
    admission: pin(g.admission),
    complaint: pin(g.complaint),
    tierAdjustment: pin(g.tierAdjustment),
    account: pin(g.account),
    project: pin(g.project),
    projectChange: pin(g.projectChange),
    policy: { ...pin(g.policy), ledger: pin(g.policy.ledger) },
  }
}

test('the table of states and commands is complete', () => {
  for (const kind of kinds) {
    const definition = definitions[kindOf[kind]]
    const opening = ['open', 'adopt', 'openAdmission', 'openChangeBack', 'schedule']
    expect(new Set(states[kind].map((s) => s.state))).toEqual(
      new Set([...shapeOf(definition!.machine).values.keys()].filter((s) => s !== 'opening')),
    )
    expect(new Set(commands[kind].map((c) => c.command?.type))).toEqual(
      new Set(Object.keys(definition!.commands).filter((c) => !opening.includes(c))),
    )
  }
})

test('every guarded event ends in a branch without a guard: no accepted event does nothing', () => {
  for (const { machine } of Object.values(definitions)) {
    const walk = (node: { transitions: Map<string, { guard?: unknown }[]>; states: Record<string, never> }): void => {
      for (const [event, branches] of node.transitions) expect([event, branches.at(-1)?.guard]).toEqual([event, undefined])
      Object.values(node.states).forEach(walk)
    }
    walk(machine.root as never)
  }
})

describe.each(kinds)('%s: every state, every command', (kind) => {
  test.each(states[kind].map((s, i) => [`${s.state} (${String(i)})`, s] as const))(
    '%s: accepted with an entry, or refused with a code; preview and options say the same; two writers, one order',
    async (_, { state, story, options: harness }) => {
      const reached = await record(story, harness)
      const { h, id, send } = await reach(reached, kind)
      const api = apiOf(h.governance, kind)
      const view = await api.get(id)
      expect(view?.state).toBe(state)
      const before = JSON.stringify(await journals(h.store))
      for (const step of commands[kind]) {
        const type = step.command?.type ?? ''
        const options = await api.options(id, { actor: step.actor ?? '' })
        const option = options?.find((o) => o.command === type)
        const previewed = await previewOf(h, kind, step, id)
        expect(JSON.stringify(await journals(h.store))).toBe(before)
        if (option?.status === 'refused') expect([type, previewed.ok]).toEqual([type, false])
        if (option?.status === 'allowed') expect([type, previewed.ok]).toEqual([type, true])
        if (!previewed.ok) {
          const sent = await send(step, h.governance, `refused-${type}`)
          expect([type, codes(sent)]).toEqual([type, previewed.refusals.map((r) => r.code)])
          expect(codes(sent).length).toBeGreaterThan(0)
          continue
        }
        await acceptedOnce(reached, kind, step, previewed.entries)
        for (const slow of [0, 20]) await raced(reached, kind, step, slow)
      }
      expect(JSON.stringify(await journals(h.store))).toBe(before)
    },
  )
})

async function previewOf(h: Harness, kind: Kind, step: Step, id: string) {
  const api = apiOf(h.governance, kind)
  const view = await api.get(id)
  let captured: unknown
  const capturing = {
    ...api,
    send: async (_: string, command: unknown) => {
      captured = command
      return { ok: true, entry: { effects: [] } }
    },
  }
  const session = createSession(
    h,
    () =>
      ({
        ...h.governance,
        ...(kind === 'policy' ? { policy: { ...h.governance.policy, ledger: capturing } } : { [verbsOf[kind]]: capturing }),
      }) as never,
  )
  session.ids.set(kind, id)
  await session.play(step, 'preview')
  expect(view).not.toBeNull()
  return api.preview(id, captured as never, { actor: step.actor ?? '', idempotencyKey: 'one-key' })
}

/** Sending does what the preview said: the same entries, byte for byte. */
async function acceptedOnce(reached: Recorded, kind: Kind, step: Step, entries: readonly unknown[]): Promise<void> {
  const { h, id, send } = await reach(reached, kind)
  const version = (await apiOf(h.governance, kind).get(id))?.version ?? 0
  const sent = await send(step, h.governance, 'one-key')
  expect(sent.ok && sent.version).toBe(version + 1)
  expect(sent.ok && sent.entry).toEqual(entries[0])
  const again = await send({ ...step }, h.governance, 'one-key')
  // The basis that the step carries may have moved on; then it is another command under the same key.
  expect(again.ok ? again.duplicate : codes(again)).toEqual(again.ok ? true : ['idempotency_key_reused'])
  expect((await h.governance.verifyJournal()).problems).toEqual([])
}

/** Two processes send the same at once: each is carried out once, or told why not; with an expected version exactly one wins. */
async function raced(reached: Recorded, kind: Kind, step: Step, slow: number): Promise<void> {
  const { h, id, send } = await reach(reached, kind)
  const version = (await apiOf(h.governance, kind).get(id))?.version ?? 0
  const wait = async (): Promise<void> => {
    for (let i = 0; i < slow; i += 1) await Promise.resolve()
  }
  const free = await Promise.all([send(step, h.another(), 'first'), wait().then(() => send(step, h.another(), 'second'))])
  const won = free.filter((r) => r.ok)
  expect(won.length).toBeGreaterThan(0)
  for (const lost of free.filter((r) => !r.ok)) expect(codes(lost).length).toBeGreaterThan(0)
  const after = await apiOf(h.governance, kind).get(id)
  expect(after?.version).toBe(version + won.length)
  expect((await h.governance.verifyJournal()).problems).toEqual([])

  const strict = await reach(reached, kind)
  const results = await Promise.all([
    strict.send(step, strict.h.another(), 'first', version),
    wait().then(() => strict.send(step, strict.h.another(), 'second', version)),
  ])
  expect(results.map(codes).flat().sort()).toEqual(['accepted', 'version_changed'])
  const lost = results.find((r) => !r.ok)
  expect(lost?.ok === false && lost.refusals[0]).toMatchObject({
    required: version,
    actual: version + 1,
    remedy: { kind: 'reload' },
  })
}
