import { createMemoryStore, faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import { StoreError, type Delivery } from '../src/index.ts'
import { corrupting } from './support/corrupt.ts'
import { codes, collect, createHarness, ok, sweepAll, type Harness } from './support/harness.ts'
import { startProcess } from './support/process.ts'
import { play } from './support/story.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import * as s from './support/stories.ts'

describe('handlers carry effects out at least once', () => {
  test('a handler that fails is tried again later, with the attempt counted', async () => {
    const attempts: number[] = []
    const handlers = {
      default: (d: Delivery) => {
        if (d.type !== 'notify') return Promise.resolve()
        attempts.push(d.attempt)
        return attempts.length < 3 ? Promise.reject(new Error('mail server down')) : Promise.resolve()
      },
    }
    const h = createHarness({ handlers })
    await play(h, s.received())
    const first = await h.governance.sweep()
    expect(first.effects.failed).toEqual([{ effectId: expect.stringMatching(/-000001-e\d$/), reason: 'Error: mail server down' }])
    h.clock.advance(60_000)
    await h.governance.sweep()
    h.clock.advance(2 * 60_000)
    expect((await h.governance.sweep()).effects).toMatchObject({ delivered: 1, failed: [], dead: [] })
    expect(attempts).toEqual([1, 2, 3])
    expect((await h.governance.sweep()).effects.delivered).toBe(0)
  })

  test('after the last attempt an effect waits for an operator, who revives it; those behind it were not held up', async () => {
    let broken = true
    const heard: string[] = []
    const handlers = {
      default: (d: Delivery) => {
        if (broken && d.type === 'fileDocument') return Promise.reject(new Error('archive full'))
        heard.push(d.type)
        return Promise.resolve()
      },
    }
    const h = createHarness({ handlers, maxAttempts: 2 })
    await play(h, s.received())
    await h.governance.sweep()
    expect(heard).toEqual(['notify'])
    h.clock.advance(60_000)
    const given = (await h.governance.sweep()).effects
    expect(given.dead.map((d) => d.reason)).toEqual(['Error: archive full', 'Error: archive full'])
    const dead = await h.governance.effects.dead()
    expect(dead.map((d) => [d.effect.type, d.attempts, d.reason])).toEqual([
      ['fileDocument', 2, 'Error: archive full'],
      ['fileDocument', 2, 'Error: archive full'],
    ])
    broken = false
    expect((await h.governance.sweep()).effects.delivered).toBe(0)
    for (const { instanceId, effect } of dead) expect(await h.governance.effects.revive(instanceId, effect.id)).toBe(true)
    expect(await h.governance.effects.revive('cmp-none', 'x')).toBe(false)
    expect((await h.governance.effects.deliver()).delivered).toBe(2)
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('without a handler effects stay pending and are counted, never dropped', async () => {
    const h = createHarness({ handlers: null })
    await play(h, s.received())
    expect((await h.governance.sweep()).effects).toMatchObject({ delivered: 0, unhandled: 3 })
    const later = h.another({ handlers: { notify: () => Promise.resolve(), fileDocument: () => Promise.resolve() } })
    expect((await later.sweep()).effects).toMatchObject({ delivered: 3, unhandled: 0 })
  })

  test('a sweep with effects: 0 settles and tells nobody', async () => {
    const h = createHarness()
    await play(h, s.received())
    h.clock.advance(86_400_000)
    expect(await h.governance.sweep({ effects: 0 })).toMatchObject({ settled: 1, effects: { delivered: 0 } })
    expect(h.told).toEqual([])
  })
})

describe('child commands are carried out exactly once', () => {
  const split = s.complaint('u-okafor', {
    type: 'split',
    parts: [{ matter: 'late' }, { matter: 'dirty' }],
    reason: 'three matters',
  })
  const kinds = async (h: Harness): Promise<number> => (await collect(h.store.find({ kind: 'complaint' }))).length

  test('on a store that commits together the parts of a split are there at once', async () => {
    const h = createHarness()
    await play(h, [...s.received(), split])
    expect(await kinds(h)).toBe(3)
    await sweepAll(h.governance)
    expect(await kinds(h)).toBe(3)
  })

  test('elsewhere the entry is the promise, and any sweep keeps it once', async () => {
    const h = createHarness({ store: { without: ['atomicMultiCommit'] } })
    await play(h, [...s.received(), split])
    expect(await kinds(h)).toBe(1)
    await Promise.all([h.another().sweep(), h.another().sweep(), h.another().sweep()])
    await sweepAll(h.governance)
    expect(await kinds(h)).toBe(3)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('a child that is refused is dead with its codes; the parent stands', async () => {
    const h = createHarness({ ...c.options, store: { without: ['atomicMultiCommit'] } })
    await play(h, [
      ...[c.applies, a.register(), a.recommend(), a.vote('u-chen'), a.assignTeam()].flatMap((step) => [step, s.sweep()]),
      c.motion,
      a.sign({ signedOn: '2026-08-03', from: '2026-08-03', to: '2028-08-02' }),
      // The contract is on its way to the ledger as the customer is blacklisted.
      c.resolve(),
      s.sweep(),
    ])
    expect((await h.governance.effects.dead()).map((d) => [d.kind, d.reason])).toEqual([
      ['admission', 'refused: command_not_available'],
    ])
    expect((await h.governance.account.get('account-acme'))?.state).toBe('blacklisted')
    expect((await h.governance.admission.get('adm-acme-1'))?.state).toBe('established')
  })

  test('commands are found behind any number of effects that nobody handles', async () => {
    const h = createHarness({ handlers: null, store: { without: ['atomicMultiCommit'] } })
    const reclassify = (i: number) =>
      s.complaint('u-okafor', { type: 'split', parts: [{ matter: `part ${String(i)}` }], reason: 'two matters' })
    await play(h, [
      ...s.received(),
      ...Array.from({ length: 30 }, (_, i) => ({ on: 'open' as const, name: String(i) })),
      reclassify(1),
    ])
    const swept = await h.governance.sweep({ limit: 5, effects: 5 })
    expect(swept.effects.delivered).toBe(1)
    expect(await kinds(h)).toBe(32)
  })

  test('a handler that fails with a store error holds up nobody behind it', async () => {
    const heard: string[] = []
    const handlers = {
      default: (d: Delivery) => {
        heard.push(d.type)
        return d.type === 'fileDocument'
          ? Promise.reject(new StoreError('unavailable', 'the archive is down'))
          : Promise.resolve()
      },
    }
    const h = createHarness({ handlers })
    await play(h, s.received())
    const { effects } = await h.governance.sweep()
    expect(effects.failed.map((f) => f.reason)).toEqual(Array(2).fill('StoreError: the archive is down'))
    expect(heard).toEqual(['fileDocument', 'fileDocument', 'notify'])
  })

  test('one corrupt complaint does not keep an account from its new tier', async () => {
    let corrupt = ''
    const h = createHarness({
      start: s.august,
      wrap: corrupting(() => corrupt),
    })
    const played = await play(h, [
      { on: 'adopt', command: { tier: 'C' } },
      { on: 'open', name: 'sick' },
      { on: 'open', name: 'well' },
      { on: 'review' },
      s.propose('B'),
      s.vote('u-wang', 'review'),
      s.vote('u-okafor', 'review'),
      s.vote('u-chen', 'decision'),
    ])
    corrupt = played.id('sick')
    h.clock.advance(40 * 86_400_000)
    const swept = await h.governance.sweep()
    expect(swept.failed).toEqual([{ instanceId: corrupt, reason: expect.stringContaining('vouches for') }])
    for (let i = 0; i < 8; i += 1) {
      await h.governance.sweep()
      h.clock.advance(2 * 60 * 60_000)
    }
    expect((await h.governance.account.get('account-acme'))?.context.tier).toBe('B')
    expect((await h.governance.complaint.get(played.id('well')))?.context.tier).toBe('B')
    expect((await h.governance.effects.dead()).map((d) => d.effect.params)).toEqual([
      expect.objectContaining({ instanceId: corrupt, command: { type: 'tierChanged', tier: 'B' } }),
    ])
    corrupt = ''
    for (const d of await h.governance.effects.dead()) await h.governance.effects.revive(d.instanceId, d.effect.id)
    await sweepAll(h.governance)
    expect((await h.governance.complaint.get(played.id('sick')))?.context.tier).toBe('B')
  })

  test('a required child that is refused refuses its parent: an appeal while another adjustment holds the claim', async () => {
    const h = createHarness({ start: s.august })
    const played = await play(h, [...s.collecting('B')])
    const first = played.ids['adjustment'] ?? ''
    ok(
      await h.governance.tierAdjustment.send(
        first,
        { type: 'appeal', by: 'sales', to: 'A', reason: 'plans', evidence: [{ uri: 'x' }] },
        { actor: 'u-smith' },
      ),
    )
    const second = await h.governance.tierAdjustment.open(
      { accountId: 'acme', cycle: '2026-H1', onDemand: 'dispute' },
      { actor: 'u-novak' },
    )
    expect(codes(second)).toEqual(['open_elsewhere'])
  })
})

describe('eight workers sweep one store [architecture rule 6]', () => {
  test.each([[[] as const], [['leases'] as const]])('each rung fires once, crashes or not (without %j)', async (without) => {
    const memory = createMemoryStore()
    const faults = faultScript()
    const h = createHarness({ store: { client: memory.client, faults, without: [...without] } })
    await play(h, s.adopted)
    for (let i = 0; i < 25; i += 1) await play(h, [{ on: 'open', command: { fromGroup: i % 2 === 0 } }], `open-${String(i)}`)
    h.clock.advance(20 * 86_400_000)
    // Every thirteenth call kills the worker that makes it, before or after it took effect; others are slow.
    faults.when(({ number }) =>
      number % 13 === 0 ? (number % 2 === 0 ? 'crashBefore' : 'crashAfter') : number % 3 === 0 ? { slow: number % 7 } : null,
    )
    let crashes = 0
    for (let round = 0; round < 40; round += 1) {
      const workers = Array.from({ length: 8 }, () => startProcess(h))
      await Promise.all(workers.map((w) => w.governance.sweep({ limit: 5 }).catch(() => undefined)))
      crashes += workers.filter((w) => w.crashed()).length
      h.clock.advance(31_000)
    }
    faults.when(() => null)
    await sweepAll(h.governance)
    expect(crashes).toBeGreaterThan(20)
    let rungs = 0
    for await (const { instanceId } of h.store.find({ kind: 'complaint' })) {
      const entries = await collect(h.store.history(instanceId))
      const fired = entries.flatMap((e) => e.settled.map((r) => `${r.clock} ${String(r.cycle)} ${String(r.revision)} ${r.rung}`))
      expect(new Set(fired).size).toBe(fired.length)
      expect(fired.length).toBeGreaterThanOrEqual(6)
      expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1))
      rungs += fired.length
    }
    expect(h.told.filter((d) => d.type === 'clockRung').length).toBeGreaterThanOrEqual(rungs)
    expect(new Set(h.told.filter((d) => d.type === 'clockRung').map((d) => d.id)).size).toBe(rungs)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

test('two years that nobody looked at: rungs beyond one entry are settled in several, and the next command works', async () => {
  const story = [...s.investigating(), s.extensionAsked, s.cast(s.complaint, 'extension', 'u-okafor', 'approve')]
  const h = createHarness()
  const played = await play(h, story)
  h.clock.advance(2 * 365 * 86_400_000)
  const preview = await h.governance.complaint.preview(
    played.id(),
    { type: 'contain', measure: 'stop' },
    { actor: 'u-huang', idempotencyKey: 'late' },
  )
  const sent = ok(
    await h.governance.complaint.send(
      played.id(),
      { type: 'contain', measure: 'stop' },
      { actor: 'u-huang', idempotencyKey: 'late' },
    ),
  )
  const entries = await collect(h.governance.complaint.history(played.id()))
  expect(preview.ok && preview.entries).toEqual(entries.slice(-(preview.ok ? preview.entries.length : 0)))
  expect(entries.length).toBeGreaterThan(8)
  expect(sent.entry).toEqual(entries.at(-1))
  const fired = entries.flatMap((e) => e.settled)
  expect(fired.length).toBeGreaterThan(200)
  expect(fired.map((r) => r.dueAt)).toEqual(fired.map((r) => r.dueAt).sort((a, b) => a - b))
  expect((await h.governance.verifyJournal()).problems).toEqual([])

  const swept = createHarness()
  const same = await play(swept, story)
  for (let day = 0; day < 2 * 365; day += 5) {
    swept.clock.advance(5 * 86_400_000)
    await swept.governance.sweep({ effects: 0 })
  }
  const once = (await collect(swept.governance.complaint.history(same.id()))).flatMap((e) => e.settled)
  expect(fired).toEqual(once)
})
