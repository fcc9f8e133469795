import assert from 'node:assert/strict'
import { commitAll, commitOne, pendingIds } from '../expect.ts'
import { effectId, makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** Two entries with two effects each; answers the ids, oldest first. */
async function seed(ctx: ConformanceContext): Promise<[string, string, string, string]> {
  const chain = makeChain(ctx.id(), 2, { effects: ['notify', 'task'] })
  await commitAll(ctx, chain)
  const ids = chain.flatMap((commit) => commit.entry.effects.map((effect) => effect.id))
  for (const commit of chain) assert.deepEqual((await ctx.witness.event(commit.entry.key))?.effects, commit.entry.effects)
  return ids as [string, string, string, string]
}

const effectsPending: ConformanceCase = {
  id: 'effects-pending',
  title: 'every effect of every entry is pending, oldest first, whole, at most `limit`',
  async run(ctx) {
    const ids = await seed(ctx)
    assert.deepEqual(await pendingIds(ctx, ctx.id()), ids)
    const [first] = await ctx.store.effects.pending({ limit: 1, instanceId: ctx.id() })
    const { entry } = makeCommit({ instanceId: ctx.id(), effects: ['notify', 'task'] })
    assert.deepEqual(first, {
      instanceId: ctx.id(),
      kind: entry.kind,
      seq: 1,
      at: entry.at,
      effect: entry.effects[0],
      attempts: 0,
      retryAt: null,
    })
    assert.equal((await ctx.store.effects.pending({ limit: 3, instanceId: ctx.id() })).length, 3)
    const everywhere = (await ctx.store.effects.pending({ limit: 1000 })).map((pending) => pending.effect.id)
    assert.deepEqual(
      everywhere.filter((id) => ids.includes(id)),
      ids,
      'the same without an instance',
    )
  },
}

const effectsAck: ConformanceCase = {
  id: 'effects-ack',
  title: 'an acknowledged effect is gone, and only that one; again or unknown does nothing',
  async run(ctx) {
    const [one, two, three, four] = await seed(ctx)
    for (const id of [two, two, effectId(ctx.id(), 99)]) await ctx.store.effects.ack(ctx.id(), id)
    await ctx.store.effects.ack(ctx.id('nobody'), one)
    assert.deepEqual(await pendingIds(ctx, ctx.id()), [one, three, four])
    await ctx.store.effects.fail(ctx.id(), two, 'late', true)
    assert.deepEqual(await pendingIds(ctx, ctx.id()), [one, three, four], 'a late failure does not bring it back')
    assert.equal(await ctx.store.effects.revive(ctx.id(), two), false)
    assert.equal(await ctx.witness.countEvents(ctx.id()), 2, 'the journal is untouched')
  },
}

const effectsAckWithCommit: ConformanceCase = {
  id: 'effects-ack-with-commit',
  title: 'a commit acknowledges effects of its own and of other instances, and only those',
  async run(ctx) {
    const [one, two, three, four] = await seed(ctx)
    const other = makeCommit({ instanceId: ctx.id('other'), effects: ['command', 'notify'] })
    await commitOne(ctx, other)
    const acknowledges = [
      { instanceId: ctx.id(), effectId: three },
      { instanceId: ctx.id('other'), effectId: effectId(other.entry.key, 1) },
      { instanceId: ctx.id('other'), effectId: effectId(other.entry.key, 77) },
    ]
    const commit = makeCommit({ instanceId: ctx.id(), seq: 3, effects: ['notify'], acknowledges })
    await commitOne(ctx, commit)
    assert.deepEqual(await pendingIds(ctx, ctx.id()), [one, two, four, effectId(commit.entry.key, 1)])
    assert.deepEqual(await pendingIds(ctx, ctx.id('other')), [effectId(other.entry.key, 2)])
    assert.deepEqual(await ctx.witness.event(commit.entry.key), commit.entry)
  },
}

const effectsFail: ConformanceCase = {
  id: 'effects-fail',
  title: 'failures are counted; a dead effect waits among the dead until it is revived',
  async run(ctx) {
    const [one, two, three, four] = await seed(ctx)
    const attemptsOf = async (id: string): Promise<number | undefined> =>
      (await ctx.store.effects.pending({ limit: 10, instanceId: ctx.id() })).find((pending) => pending.effect.id === id)?.attempts
    await ctx.store.effects.fail(ctx.id(), two, 'mail server away', false)
    await ctx.store.effects.fail(ctx.id(), two, 'mail server away', false)
    assert.equal(await attemptsOf(two), 2)
    assert.equal(await attemptsOf(one), 0)
    assert.equal(await ctx.store.effects.revive(ctx.id(), two), false, 'a pending effect is not revived')

    await ctx.store.effects.fail(ctx.id(), two, 'no such address', true)
    assert.deepEqual(await pendingIds(ctx, ctx.id()), [one, three, four])
    const dead = (await ctx.store.effects.dead({ limit: 1000 })).filter((each) => each.instanceId === ctx.id())
    assert.deepEqual(
      dead.map((each) => [each.effect.id, each.reason, each.attempts]),
      [[two, 'no such address', 3]],
    )

    assert.equal(await ctx.store.effects.revive(ctx.id(), two), true)
    assert.equal(await ctx.store.effects.revive(ctx.id(), two), false)
    assert.deepEqual((await pendingIds(ctx, ctx.id())).sort(), [one, two, three, four].sort())
    assert.deepEqual(
      (await ctx.store.effects.dead({ limit: 1000 })).filter((each) => each.instanceId === ctx.id()),
      [],
    )
    assert.equal(await ctx.witness.countEvents(ctx.id()), 2, 'the journal is untouched')
  },
}

const effectsOfTypes: ConformanceCase = {
  id: 'effects-of-types',
  title: 'with `types` only effects of these are answered, still oldest first and at most `limit`',
  async run(ctx) {
    const [one, two, three, four] = await seed(ctx)
    const idsOf = async (types: readonly string[], limit = 10): Promise<string[]> =>
      (await ctx.store.effects.pending({ limit, types, instanceId: ctx.id() })).map((pending) => pending.effect.id)
    assert.deepEqual(await idsOf(['notify']), [one, three])
    assert.deepEqual(await idsOf(['task', 'notify', 'task']), [one, two, three, four])
    assert.deepEqual(await idsOf(['task'], 1), [two])
    assert.deepEqual(await idsOf(['never']), [])
    assert.deepEqual(await idsOf([]), [])
    const everywhere = await ctx.store.effects.pending({ limit: 1000, types: ['task'] })
    assert.deepEqual(
      everywhere.map((pending) => pending.effect.id).filter((id) => [one, two, three, four].includes(id)),
      [two, four],
      'the same without an instance',
    )
    assert.ok(
      everywhere.every((pending) => pending.effect.type === 'task'),
      'nothing of another type',
    )
  },
}

const effectsRetry: ConformanceCase = {
  id: 'effects-retry',
  title: 'with `at`, effects that wait for a later instant are left out and take no place of the limit; revived ones do not wait',
  async run(ctx) {
    const [one, two, three, four] = await seed(ctx)
    const at = Date.UTC(2026, 5, 1)
    const { effects } = ctx.store
    const idsOf = async (query: { readonly limit?: number; readonly at?: number; readonly types?: readonly string[] }) =>
      (await effects.pending({ limit: 10, instanceId: ctx.id(), ...query })).map((pending) => pending.effect.id)
    await effects.fail(ctx.id(), one, 'away', false, { retryAt: at })
    await effects.fail(ctx.id(), two, 'away', false)
    assert.deepEqual(await idsOf({ at: at - 1 }), [two, three, four])
    assert.deepEqual(await idsOf({ at: at - 1, limit: 1 }), [two], 'what waits takes no place')
    assert.deepEqual(await idsOf({ at: at - 1, types: ['notify'] }), [three])
    assert.deepEqual(await idsOf({ at }), [one, two, three, four], 'due to the millisecond')
    assert.deepEqual(await idsOf({}), [one, two, three, four], 'without `at` all that is pending')
    const everywhere = (await effects.pending({ limit: 1000, at: at - 1 })).map((pending) => pending.effect.id)
    assert.ok(!everywhere.includes(one) && everywhere.includes(three), 'the same without an instance')
    const [first] = await effects.pending({ limit: 1, instanceId: ctx.id() })
    assert.deepEqual([first?.attempts, first?.retryAt], [1, at])

    await effects.fail(ctx.id(), one, 'away', false)
    assert.deepEqual(await idsOf({ at: at - 1 }), [one, two, three, four], 'the last failure says when')
    await effects.fail(ctx.id(), one, 'away', false, { retryAt: at })
    await effects.fail(ctx.id(), one, 'no such address', true)
    await effects.fail(ctx.id(), two, 'no such address', true)
    const dead = (await effects.dead({ limit: 1000, types: ['task'] })).filter((each) => each.instanceId === ctx.id())
    assert.deepEqual(
      dead.map((each) => each.effect.id),
      [two],
    )
    assert.deepEqual(await effects.dead({ limit: 10, types: [] }), [])
    assert.equal(await effects.revive(ctx.id(), one), true)
    const [revived] = await effects.pending({ limit: 1, instanceId: ctx.id(), at: at - 1 })
    assert.deepEqual(
      [revived?.effect.id, revived?.attempts, revived?.retryAt],
      [one, 0, null],
      'a revived effect waits for nothing',
    )
    assert.equal(await ctx.witness.countEvents(ctx.id()), 2, 'the journal is untouched')
  },
}

export const effectCases: readonly ConformanceCase[] = [
  effectsPending,
  effectsAck,
  effectsAckWithCommit,
  effectsFail,
  effectsOfTypes,
  effectsRetry,
]
