import assert from 'node:assert/strict'
import type { DueHit } from '../../ports/index.ts'
import { commitAll, commitOne, elapse, eventually } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** Long before anything real is due: a case sees its own instances first, whatever else the backend holds. */
const early = 1_000_000

/** Commits instances that are due at these instants and answers the hits in the order that is promised. */
async function seed(ctx: ConformanceContext, due: Record<string, number | null>): Promise<DueHit[]> {
  const hits: DueHit[] = []
  for (const [name, nextDueAt] of Object.entries(due)) {
    const instanceId = ctx.id(name)
    await commitOne(ctx, makeCommit({ instanceId, nextDueAt, kind: 'complaint' }))
    assert.equal((await ctx.witness.projection(instanceId))?.nextDueAt, nextDueAt, 'raw due instant')
    if (nextDueAt !== null) hits.push({ instanceId, kind: 'complaint', dueAt: nextDueAt })
  }
  return hits.sort((a, b) => a.dueAt - b.dueAt || (a.instanceId < b.instanceId ? -1 : 1))
}

const dueOrder: ConformanceCase = {
  id: 'due-order',
  title: 'due instances come earliest first, then by id, up to and including the instant asked for',
  async run(ctx) {
    const hits = await seed(ctx, { d: early + 30, c: early + 10, b: early + 20, a: early + 20, e: early + 31, f: null })
    await eventually(ctx, async () => {
      assert.deepEqual(await ctx.store.due({ at: early + 30, limit: 10 }), hits.slice(0, 4), 'the bound itself is due')
      assert.deepEqual(await ctx.store.due({ at: early + 9, limit: 10 }), [], 'nothing is due before its instant')
    })
  },
}

const dueLimit: ConformanceCase = {
  id: 'due-limit',
  title: 'due answers at most `limit`, the earliest ones',
  async run(ctx) {
    const hits = await seed(ctx, { a: early + 3, b: early + 2, c: early + 1 })
    await eventually(ctx, async () => {
      assert.deepEqual(await ctx.store.due({ at: early + 3, limit: 2 }), hits.slice(0, 2))
      assert.deepEqual(await ctx.store.due({ at: early + 3, limit: 1 }), hits.slice(0, 1))
    })
  },
}

const dueAfter: ConformanceCase = {
  id: 'due-after',
  title: '`after` walks past a hit, also among instances due at the same instant',
  async run(ctx) {
    const hits = await seed(ctx, { a: early, b: early, c: early, d: early + 1 })
    await eventually(ctx, async () => {
      const walked: DueHit[] = []
      for (let after: DueHit | undefined; walked.length < 10; after = walked.at(-1)) {
        const page: readonly DueHit[] = await ctx.store.due({
          at: early + 1,
          limit: 1,
          ...(after === undefined ? {} : { after }),
        })
        if (page.length === 0) break
        walked.push(...page)
      }
      assert.deepEqual(walked, hits)
    })
  },
}

const dueMoves: ConformanceCase = {
  id: 'due-moves',
  title: 'the due index follows the last entry: moved, cleared and set again',
  async run(ctx) {
    const instanceId = ctx.id()
    const instants = [early, early + 50, null, early + 20]
    for (const [index, nextDueAt] of instants.entries()) {
      await commitAll(ctx, [makeCommit({ instanceId, seq: index + 1, nextDueAt })])
      const expected = nextDueAt === null ? [] : [{ instanceId, kind: 'complaint', dueAt: nextDueAt }]
      await eventually(ctx, async () => {
        assert.deepEqual(await ctx.store.due({ at: early + 100, limit: 10 }), expected)
      })
      assert.equal((await ctx.witness.projection(instanceId))?.nextDueAt, nextDueAt)
    }
  },
}

const leaseExclusive: ConformanceCase = {
  id: 'lease-exclusive',
  title: 'a leased instance is not handed to a second caller; together they get everything',
  needs: ['leases'],
  async run(ctx) {
    const hits = await seed(ctx, { a: early, b: early + 1, c: early + 2, d: early + 3 })
    const ask = (): Promise<readonly DueHit[]> => ctx.store.due({ at: early + 3, limit: 2, leaseMs: 60_000 })
    const [one, two] = await Promise.all([ask(), ask()])
    const taken = [...one, ...two].map((hit) => hit.instanceId).sort()
    assert.deepEqual(taken, hits.map((hit) => hit.instanceId).sort(), 'each instance to exactly one caller')
    assert.deepEqual(await ask(), [], 'everything is taken')
  },
}

const leaseExpires: ConformanceCase = {
  id: 'lease-expires',
  title: 'a lease runs out, so that the work of a dead worker is handed out again',
  needs: ['leases'],
  async run(ctx) {
    const [hit] = await seed(ctx, { a: early })
    const ask = (): Promise<readonly DueHit[]> => ctx.store.due({ at: early, limit: 5, leaseMs: 40 })
    assert.deepEqual(await ask(), [hit])
    assert.deepEqual(await ask(), [])
    await elapse(ctx, 60)
    assert.deepEqual(await ask(), [hit])
  },
}

export const dueCases: readonly ConformanceCase[] = [dueOrder, dueLimit, dueAfter, dueMoves, leaseExclusive, leaseExpires]
