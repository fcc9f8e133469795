import assert from 'node:assert/strict'
import type { Projection, RecordDrift } from '../../ports/index.ts'
import { commitAll, commitOne, rejectsWith } from '../expect.ts'
import { makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

async function driftOf({ store }: ConformanceContext, ...projections: readonly Projection[]): Promise<readonly RecordDrift[]> {
  assert.ok(store.drift, 'a subject whose records a hand can change has a store that can tell')
  return store.drift(projections)
}

/** Three entries of an instance, the last of which its record shows. */
async function shownOf(ctx: ConformanceContext, name?: string): Promise<readonly [old: Projection, last: Projection]> {
  const commits = makeChain(ctx.id(name), 3, { nextDueAt: 1_000_000 })
  await commitAll(ctx, commits)
  const [old, , last] = commits
  assert.ok(old !== undefined && last !== undefined)
  return [old.projection, last.projection]
}

const driftNone: ConformanceCase = {
  id: 'drift-none',
  title: 'a record that shows what was written is no drift, nor is one that stands behind, ahead, or nowhere',
  uses: ['byHand'],
  async run(ctx) {
    const [old, last] = await shownOf(ctx)
    assert.deepEqual(await driftOf(ctx, last), [])
    assert.deepEqual(await driftOf(ctx, old), [])
    assert.deepEqual(await driftOf(ctx, { ...last, seq: 4 }), [])
    assert.deepEqual(await driftOf(ctx, { ...last, instanceId: ctx.id('none') }), [])
    assert.deepEqual(await driftOf(ctx), [])
    // What newer calendar data would say is not what somebody changed.
    assert.deepEqual(await driftOf(ctx, { ...last, nextDueAt: 2_000_000, owner: 'somebody else' }), [])
  },
}

const driftFound: ConformanceCase = {
  id: 'drift-found',
  title: 'what a hand changed is told of the instance that it changed, by the number that its record shows',
  uses: ['byHand'],
  async run(ctx) {
    const [old, last] = await shownOf(ctx)
    const [, other] = await shownOf(ctx, 'other')
    await ctx.byHand?.(ctx.id())
    const found = await driftOf(ctx, other, last)
    assert.ok(found.length > 0, 'a change by hand is not told')
    for (const { instanceId, missing, differences } of found) {
      assert.equal(instanceId, last.instanceId)
      assert.equal(missing, differences.length === 0)
      for (const { governed, shown } of differences) assert.notEqual(governed, shown)
    }
    assert.deepEqual(await driftOf(ctx, old), [])
    assert.deepEqual(await driftOf(ctx, { ...last, seq: 4 }), [])
  },
}

const driftRepaired: ConformanceCase = {
  id: 'drift-repaired',
  title: 'what a hand changed is gone when the record is written anew, by `project` or by a commit',
  uses: ['byHand'],
  async run(ctx) {
    const [, last] = await shownOf(ctx)
    await ctx.byHand?.(ctx.id())
    assert.equal(await ctx.store.project(last), 'written')
    assert.deepEqual(await driftOf(ctx, last), [])
    await ctx.byHand?.(ctx.id())
    const next = makeCommit({ instanceId: ctx.id(), seq: 4 })
    await commitOne(ctx, next)
    assert.equal(await ctx.witness.countEvents(ctx.id()), 4)
    await ctx.store.project(next.projection)
    assert.deepEqual(await driftOf(ctx, next.projection), [])
  },
}

const driftOutage: ConformanceCase = {
  id: 'drift-outage',
  title: 'a backend that does not answer is no record without drift',
  uses: ['byHand', 'disturb'],
  async run(ctx) {
    const [, last] = await shownOf(ctx)
    await ctx.byHand?.(ctx.id())
    await ctx.disturb?.('outage')
    let found: readonly RecordDrift[] = []
    const told = await rejectsWith(
      driftOf(ctx, last).then((answer) => (found = answer)),
      ['unavailable', 'throttled'],
    )
    assert.ok(told || found.length > 0, 'an outage is answered as if nothing had been changed')
  },
}

export const driftCases: readonly ConformanceCase[] = [driftNone, driftFound, driftRepaired, driftOutage]
