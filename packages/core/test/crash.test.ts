import { faultScript, type Fault, type StoreMethod } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import { type Governance, type StoreCapabilities } from '../src/index.ts'
import { createHarness, journals, type Harness, type HarnessOptions } from './support/harness.ts'
import { recording, type Write } from './support/recorded.ts'
import { longStories, splitStory } from './support/long-stories.ts'
import { check, createSession, duration, type Session, type Step, type Story } from './support/story.ts'
import { startProcess } from './support/process.ts'
import * as s from './support/stories.ts'

const streams: readonly StoreMethod[] = ['history', 'find', 'policies.list', 'accounts.list']
const writes: readonly StoreMethod[] = ['commit', 'policies.put', 'effects.ack', 'effects.fail']

/** Where a story stands before a step. */
interface Before {
  readonly step: Step
  readonly key: string
  readonly now: number
  readonly writes: readonly Write[]
  readonly ids: ReadonlyMap<string, string>
  readonly calls: readonly StoreMethod[]
  /** What the step leaves behind when nothing happens. */
  readonly after: unknown
  readonly told: readonly string[]
}

/** Plays the story undisturbed, and notes its stations. */
async function stations(
  story: Story,
  options: HarnessOptions,
  without: readonly (keyof StoreCapabilities)[],
): Promise<readonly Before[]> {
  const writes: Write[] = []
  const faults = faultScript()
  const h = createHarness({ ...options, store: { without, faults }, wrap: (store) => recording(store, writes) })
  const session = createSession(h)
  const list: Before[] = []
  for (const [i, step] of story.entries()) {
    if (step.after !== undefined) h.clock.advance(duration(step.after))
    const key = `step-${String(i)}`
    const before = { writes: [...writes], ids: new Map(session.ids), now: h.clock.now() }
    const [calls, told] = [faults.count(), h.told.length]
    // A new process for each step, as after each crash.
    check(step, await createSessionFrom(session, h, h.another()).play(step, key), i)
    list.push({
      ...before,
      step,
      key,
      calls: faults.calls.slice(calls).map((c) => c.method),
      after: await standing(h),
      told: h.told.slice(told).map((d) => d.id),
    })
  }
  expect((await h.governance.verifyJournal()).problems).toEqual([])
  expect(await h.governance.effects.dead()).toEqual([])
  return list
}

function createSessionFrom(from: { readonly ids: Map<string, string> }, h: Harness, governance: Governance): Session {
  const session = createSession(h, () => governance)
  return {
    ...session,
    play: async (step, key) => {
      for (const [name, id] of from.ids) session.ids.set(name, id)
      const result = await session.play(step, key)
      for (const [name, id] of session.ids) from.ids.set(name, id)
      return result
    },
  }
}

/** Everything durable that the future depends on, without generated keys. */
async function standing(h: Harness): Promise<unknown> {
  const pending = await h.memory.effects.pending({ limit: 1000 })
  return {
    journals: await journals(h.memory),
    pending: pending.map((p) => [p.effect.id, p.attempts]),
    dead: await h.memory.effects.dead({ limit: 10 }),
  }
}

/** Plays one step with a crash at its n-th call; then another process plays it again, with the same key. */
async function crashed(
  before: Before,
  options: HarnessOptions,
  without: readonly (keyof StoreCapabilities)[],
  call: number,
  fault: Fault,
) {
  const faults = faultScript()
  const h = createHarness({ ...options, firstId: 1000, store: { faults, without } })
  h.clock.set(before.now)
  faults.when(() => null)
  for (const write of before.writes) await write(h.memory)
  const played = faults.count()
  faults.at(played + call, fault)
  const first = startProcess(h)
  const session = createSession(h, () => (first.crashed() ? second : first.governance))
  const second = h.another()
  for (const [name, id] of before.ids) session.ids.set(name, id)
  await session.play(before.step, before.key).catch((error: unknown) => {
    if (!first.crashed()) throw error
  })
  expect([before.key, call, first.crashed()]).toEqual([before.key, call, true])
  check(before.step, await session.play(before.step, before.key), 0)
  return h
}

describe.each(longStories)('%s: a crash at any store call loses nothing and doubles nothing', (_, story, options) => {
  // Leases would only make the next process wait for half a minute.
  test.each([
    ['commits together', ['leases'] as const],
    ['commits one by one, effects roll forward', ['leases', 'atomicMultiCommit'] as const],
  ])('%s', async (__, without) => {
    let points = 0
    for (const [i, before] of (await stations(story, options, without)).entries())
      for (const [k, method] of before.calls.entries())
        for (const fault of faultsOf(method)) {
          const where = `step ${String(i)}: ${fault} ${method}, call ${String(k + 1)}`
          const h = await crashed(before, options, without, k + 1, fault)
          expect([where, await standing(h)]).toEqual([where, before.after])
          // At least once, and only one delivery more than without the crash.
          expect([where, new Set(h.told.map((d) => d.id))]).toEqual([where, new Set(before.told)])
          expect(h.told.length - before.told.length).toBeLessThanOrEqual(1)
          points += 1
        }
    expect(points).toBeGreaterThan(story === splitStory ? 40 : 100)
  })
})

/** Nothing durable happens between two calls, so that before a read is after the call before it; a stream that is left early never ends. */
function faultsOf(method: StoreMethod): readonly ('crashBefore' | 'crashAfter')[] {
  if (streams.includes(method)) return ['crashBefore']
  return writes.includes(method) ? ['crashBefore', 'crashAfter'] : ['crashAfter']
}

test('lost answers: the outcome is unknown, sending again with the same key finds it', async () => {
  const faults = faultScript()
  const h = createHarness({ store: { faults } })
  const session = createSession(h)
  for (const [i, step] of s.assigned().entries()) await session.play(step, `step-${String(i)}`)
  const accept = { on: 'complaint', actor: 'u-peters', command: { type: 'accept' } } as const
  for (const fault of ['lostAnswer', 'lostRequest'] as const) {
    faults.next(fault, 'commit')
    const step = fault === 'lostAnswer' ? accept : s.determine()
    await expect(session.play(step, fault)).rejects.toMatchObject({ code: 'unknown_outcome', retryable: true })
    const again = await session.play(step, fault)
    expect(again).toMatchObject({ ok: true, duplicate: fault === 'lostAnswer' })
  }
  expect((await h.governance.verifyJournal()).problems).toEqual([])
})

test('an outage is thrown as itself and nothing is written', async () => {
  const faults = faultScript()
  const h = createHarness({ store: { faults } })
  const session = createSession(h)
  for (const [i, step] of s.received().entries()) await session.play(step, `step-${String(i)}`)
  const before = await journals(h.store)
  for (const [fault, code] of [
    ['outage', 'unavailable'],
    ['throttled', 'throttled'],
  ] as const)
    for (const method of ['load', 'commit'] as const) {
      faults.next(fault, method)
      const id = session.ids.get('complaint') ?? ''
      const sent = h.governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
      await expect(sent).rejects.toMatchObject({ code, retryable: true })
    }
  expect(await journals(h.store)).toEqual(before)
})

test('races lost again and again end as a conflict, with nothing written', async () => {
  const faults = faultScript()
  const h = createHarness({ store: { faults } })
  const session = createSession(h)
  for (const [i, step] of s.received().entries()) await session.play(step, `step-${String(i)}`)
  const id = session.ids.get('complaint') ?? ''
  faults.when(({ method }) => (method === 'commit' ? 'conflict' : null))
  const sent = h.governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
  await expect(sent).rejects.toMatchObject({ code: 'conflict', retryable: true })
  faults.when(() => null)
  expect((await h.governance.complaint.get(id))?.version).toBe(1)
})
