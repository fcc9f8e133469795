import assert from 'node:assert/strict'
import { collect, commitAll, commitOne, eventually, expectHead } from '../expect.ts'
import { makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const projectionWithCommit: ConformanceCase = {
  id: 'projection-with-commit',
  title: 'an acknowledged commit has its visible record written',
  needs: ['atomicProjection'],
  async run(ctx) {
    for (const commit of makeChain(ctx.id(), 2, { nextDueAt: 1_000_000 })) {
      assert.deepEqual(await ctx.store.commit([commit]), [{ status: 'committed', projection: 'written' }])
      await expectHead(ctx, ctx.id(), commit)
    }
  },
}

const projectionForward: ConformanceCase = {
  id: 'projection-forward',
  title: 'the visible record never goes backward',
  async run(ctx) {
    const [old, , last] = makeChain(ctx.id(), 3)
    assert.ok(old !== undefined && last !== undefined)
    await commitAll(ctx, makeChain(ctx.id(), 3))
    const { accountId } = last.projection
    assert.equal(await ctx.store.project({ ...old.projection, state: 'older' }), 'stale')
    await expectHead(ctx, ctx.id(), last)
    await eventually(ctx, async () => {
      const mine = (await collect(ctx.store.find({ accountId }))).filter((projection) => projection.instanceId === ctx.id())
      assert.deepEqual(mine, [last.projection])
    })
  },
}

const projectionRepair: ConformanceCase = {
  id: 'projection-repair',
  title: 'the projection of the head can be written again, with a due instant that new holidays moved',
  async run(ctx) {
    const commit = makeCommit({ instanceId: ctx.id(), nextDueAt: 1_000_000 })
    await commitOne(ctx, commit)
    const moved = { ...commit.projection, nextDueAt: 1_000_500, provisionalDue: true }
    assert.equal(await ctx.store.project(moved), 'written')
    await expectHead(ctx, ctx.id(), { ...commit, projection: moved })
    await eventually(ctx, async () => {
      const hits = (await ctx.store.due({ at: 1_000_500, limit: 5 })).filter((hit) => hit.instanceId === ctx.id())
      assert.deepEqual(hits, [{ instanceId: ctx.id(), kind: commit.entry.kind, dueAt: 1_000_500 }])
    })
  },
}

export const projectionCases: readonly ConformanceCase[] = [projectionWithCommit, projectionForward, projectionRepair]
