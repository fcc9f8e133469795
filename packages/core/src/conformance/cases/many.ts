import assert from 'node:assert/strict'
import { headOf } from '../../ports/index.ts'
import { commitAll, rejectsWith } from '../expect.ts'
import { makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** More than any page of a backend holds of rows with long texts. */
const population = 260

/** Commits that stand for themselves, in one call, and insists that all land. */
async function populate(ctx: ConformanceContext, ids: readonly string[]): Promise<void> {
  const outcomes = await ctx.store.commit(ids.map((instanceId) => makeCommit({ instanceId, snapshot: `{"of":"${instanceId}"}` })))
  assert.ok(
    outcomes.every(({ status }) => status === 'committed'),
    'all must land',
  )
}

const manyLoad: ConformanceCase = {
  id: 'many-load',
  title: 'several heads at once are those that are loaded one by one: in the order asked for, null where absent, never stale',
  offers: ['loadMany'],
  async run(ctx) {
    const ids = Array.from({ length: population }, (_, k) => ctx.id(`i${String(k)}`))
    await populate(ctx, ids)
    const asked = [ctx.id('nobody'), ...[...ids].reverse(), ctx.id('nobody'), ids[0] ?? '', ids[0] ?? '']
    const loaded = (await ctx.store.loadMany?.(asked)) ?? []
    assert.deepEqual(
      loaded.map((stored) => stored?.instanceId ?? null),
      asked.map((id) => (ids.includes(id) ? id : null)),
    )
    for (const [k, stored] of loaded.entries())
      if (stored !== null)
        assert.equal(stored.snapshot, `{"of":"${asked[k] ?? ''}"}`, `the snapshot of ${asked[k] ?? ''}, to the character`)
    for (const place of [1, 130, population]) assert.deepEqual(loaded[place], await ctx.store.load(asked[place] ?? ''))
    // At once after another commit, also for whoever has asked before.
    const second = makeCommit({ instanceId: ids[1] ?? '', seq: 2 })
    await commitAll(ctx, [second])
    const [first, next] = (await ctx.store.loadMany?.(ids.slice(0, 2))) ?? []
    assert.equal(first?.head.seq, 1)
    assert.deepEqual(next?.head, headOf(second.entry))
    assert.deepEqual(await ctx.store.loadMany?.([]), [])
  },
}

const manyEntries: ConformanceCase = {
  id: 'many-entries',
  title: 'the entries of several keys are those that are found one by one: each of its own instance, null for an unused key',
  offers: ['entriesByKey'],
  async run(ctx) {
    const [a, b] = ['a', 'b'].map((name) => makeChain(ctx.id(name), 2))
    assert.ok(a && b)
    await commitAll(ctx, [...a, ...b])
    const keys = [
      { instanceId: ctx.id('b'), idempotencyKey: 'key-2' },
      { instanceId: ctx.id('a'), idempotencyKey: 'key-3' },
      { instanceId: ctx.id('a'), idempotencyKey: 'key-1' },
      { instanceId: ctx.id('nobody'), idempotencyKey: 'key-1' },
      { instanceId: ctx.id('b'), idempotencyKey: 'key-2' },
    ]
    assert.deepEqual(await ctx.store.entriesByKey?.(keys), [b[1]?.entry, null, a[0]?.entry, null, b[1]?.entry])
    assert.deepEqual(await ctx.store.entriesByKey?.([]), [])
    for (const { entry } of a) assert.deepEqual(await ctx.witness.event(entry.key), entry)
  },
}

/** Asks for every account of the subject one by one and together, in an order of its own, with one that nobody has in between; gives the answers. */
async function sameTogether<T>(
  { accounts }: ConformanceContext,
  alone: (id: string) => Promise<T>,
  together: (ids: readonly string[]) => Promise<readonly T[]> | undefined,
): Promise<readonly T[]> {
  const ids = accounts.map(({ accountId }) => accountId).reverse()
  const asked = ids.flatMap((id, k) => (k === 1 ? ['acc-of-nobody-at-all', id, id] : [id]))
  const expected: T[] = []
  for (const id of asked) expected.push(await alone(id))
  assert.deepEqual(await together(asked), expected)
  assert.deepEqual(await together([]), [])
  return expected
}

const manyAccounts: ConformanceCase = {
  id: 'many-accounts',
  title: 'several accounts at once are those that are answered one by one',
  offers: ['getMany'],
  async run(ctx) {
    const { accounts } = ctx.store
    await sameTogether(
      ctx,
      (id) => accounts.get(id),
      (ids) => accounts.getMany?.(ids),
    )
  },
}

const manyFacts: ConformanceCase = {
  id: 'many-facts',
  title: 'the facts of several accounts at once are those that are answered one by one',
  needs: ['accountFacts'],
  offers: ['factsMany'],
  async run(ctx) {
    const { accounts } = ctx.store
    const answers = await sameTogether(
      ctx,
      (id) => accounts.facts(id),
      (ids) => accounts.factsMany?.(ids),
    )
    assert.ok(answers.includes(null) && answers.some((facts) => facts !== null))
  },
}

const manyAgenda: ConformanceCase = {
  id: 'many-agenda',
  title: 'an agenda is what is due and what is pending, each as it is answered by itself, within its own limit',
  offers: ['agenda'],
  async run(ctx) {
    const commits = ['a', 'b', 'c'].map((name, k) =>
      makeCommit({ instanceId: ctx.id(name), nextDueAt: 1000 + k, effects: ['notify', 'file'] }),
    )
    await commitAll(ctx, commits)
    const waits = commits[0]?.entry.effects[0]?.id ?? ''
    await ctx.store.effects.fail(ctx.id('a'), waits, 'not now', false, { retryAt: 5000 })
    const due = { at: 1001, limit: 100 }
    for (const effects of [
      { limit: 100, at: 4000 },
      { limit: 2, at: 6000 },
      { limit: 100, types: ['file'] },
      { limit: 0 },
      { limit: 100, types: [] },
    ]) {
      const agenda = await ctx.store.agenda?.({ due, effects })
      assert.deepEqual(agenda?.due, await ctx.store.due(due))
      assert.deepEqual(agenda.effects, await ctx.store.effects.pending(effects))
    }
    const one = await ctx.store.agenda?.({ due: { at: 1002, limit: 1 }, effects: { limit: 1, at: 4000 } })
    assert.equal(one?.due.length, 1)
    assert.equal(one.effects.length, 1)
    const [last] = one.due
    assert.ok(last)
    const next = { at: 1002, limit: 100, after: last }
    assert.deepEqual((await ctx.store.agenda?.({ due: next, effects: { limit: 1 } }))?.due, await ctx.store.due(next))
    assert.equal(await ctx.witness.countEvents(ctx.id('a')), 1, 'looking changes nothing')
  },
}

const manyOutage: ConformanceCase = {
  id: 'many-outage',
  title: 'a backend that fails is not answered as absence, whatever is asked for at once',
  uses: ['disturb'],
  async run(ctx) {
    const commit = makeCommit({ instanceId: ctx.id(), nextDueAt: 1000, effects: ['notify'] })
    await commitAll(ctx, [commit])
    const accountIds = ctx.accounts.map(({ accountId }) => accountId)
    const reads: readonly [name: string, read: () => Promise<unknown> | undefined][] = [
      ['loadMany', () => ctx.store.loadMany?.([ctx.id(), ctx.id('nobody')])],
      ['entriesByKey', () => ctx.store.entriesByKey?.([{ instanceId: ctx.id(), idempotencyKey: 'key-1' }])],
      ['agenda', () => ctx.store.agenda?.({ due: { at: 1000, limit: 10 }, effects: { limit: 10 } })],
      ['accounts.getMany', () => ctx.store.accounts.getMany?.(accountIds)],
      ['accounts.factsMany', () => ctx.store.accounts.factsMany?.(accountIds)],
    ]
    for (const [name, read] of reads) {
      const truth = await read()
      if (truth === undefined) continue
      await ctx.disturb?.('outage')
      let answer: unknown
      const refused = await rejectsWith(
        Promise.resolve(read()).then((given) => {
          answer = given
        }),
        ['unavailable', 'throttled'],
      )
      if (!refused) assert.deepEqual(answer, truth, `${name} during an outage must throw or answer the truth`)
    }
    assert.equal(await ctx.witness.countEvents(ctx.id()), 1)
  },
}

export const manyCases: readonly ConformanceCase[] = [manyLoad, manyEntries, manyAccounts, manyFacts, manyAgenda, manyOutage]
