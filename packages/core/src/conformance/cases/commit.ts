import assert from 'node:assert/strict'
import type { Commit } from '../../ports/index.ts'
import { commitAll, commitOne, expectHead, expectJournal, outcomeOf, pendingIds } from '../expect.ts'
import { effectId, makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const commitAppends: ConformanceCase = {
  id: 'commit-appends',
  title: 'every accepted entry stands in the journal as it was given',
  async run(ctx) {
    const chain = makeChain(ctx.id(), 4, { effects: ['notify', 'task'] })
    await commitAll(ctx, chain)
    await expectJournal(ctx, ctx.id(), chain)
  },
}

const commitWhole: ConformanceCase = {
  id: 'commit-whole',
  title: 'every field of an entry and of a projection is kept, and one that is absent stays absent',
  async run(ctx) {
    const instanceId = ctx.id()
    const plain = makeCommit({ instanceId, effects: ['notify'] })
    const { command: _, ...settling } = makeCommit({ instanceId, seq: 2 }).entry
    const full = makeCommit({ instanceId, seq: 3, effects: ['notify', 'command'], nextDueAt: 2_000_000 })
    const rung = { clock: 'reply', cycle: 2, revision: 1, rung: '80-warn', kind: 'warn', dueAt: 1_999_999 } as const
    const chain: readonly Commit[] = [
      plain,
      {
        ...makeCommit({ instanceId, seq: 2 }),
        entry: { ...settling, settled: [rung, { ...rung, rung: '100-breach', kind: 'breach' }] },
      },
      {
        ...full,
        entry: {
          ...full.entry,
          actor: { id: 'u-2', roles: [], onBehalfOf: 'u-17' },
          inputs: [{ due: 1.5 }, null, [true]],
          effects: full.entry.effects.map((effect) => ({ ...effect, awaited: true })),
          observed: [{ code: 'role_required', required: ['a', 'b'], actual: [] }],
        },
        projection: { ...full.projection, provisionalDue: true, owner: null, fields: {}, open: false },
      },
    ]
    await commitAll(ctx, chain)
    await expectJournal(ctx, instanceId, chain)
  },
}

const commitGap: ConformanceCase = {
  id: 'commit-gap',
  title: 'an entry that would leave a gap is a conflict and is not stored',
  async run(ctx) {
    const [first, , third] = makeChain(ctx.id(), 3)
    assert.ok(first !== undefined && third !== undefined)
    assert.equal((await outcomeOf(ctx, third)).status, 'conflict', 'the first entry of an instance is number 1')
    await expectHead(ctx, ctx.id(), undefined)
    await commitOne(ctx, first)
    assert.equal((await outcomeOf(ctx, third)).status, 'conflict', 'entry 3 does not follow entry 1')
    await expectJournal(ctx, ctx.id(), [first])
  },
}

const commitMany: ConformanceCase = {
  id: 'commit-many',
  title: 'outcomes come in the order of the commits, and without a group each instance stands for itself',
  async run(ctx) {
    assert.deepEqual(await ctx.store.commit([]), [])
    const before = makeCommit({ instanceId: ctx.id('b') })
    await commitOne(ctx, before)
    const commits = ['c', 'b', 'a'].map((name) => makeCommit({ instanceId: ctx.id(name), idempotencyKey: 'batch' }))
    const outcomes = await ctx.store.commit(commits)
    assert.deepEqual(
      outcomes.map((outcome) => outcome.status),
      ['committed', 'conflict', 'committed'],
    )
    for (const [index, outcome] of outcomes.entries()) {
      const commit = commits[index]
      if (outcome.status === 'committed' && outcome.projection === 'pending' && commit) await ctx.store.project(commit.projection)
    }
    for (const commit of commits) {
      const kept = commit.entry.instanceId === ctx.id('b') ? before : commit
      await expectJournal(ctx, commit.entry.instanceId, [kept])
    }
  },
}

const commitConflict: ConformanceCase = {
  id: 'commit-conflict',
  title: 'a stale entry is a conflict: nothing of it is stored, nothing of the winner is changed',
  async run(ctx) {
    const instanceId = ctx.id()
    const winners = makeChain(instanceId, 2, { effects: ['notify'] })
    await commitAll(ctx, winners)
    const acknowledges = [{ instanceId, effectId: effectId(`${instanceId}-000001`, 1) }]
    for (const seq of [1, 2]) {
      const plan = {
        instanceId,
        seq,
        state: 'stolen',
        idempotencyKey: `other-${String(seq)}`,
        effects: ['alarm', 'alarm'],
        acknowledges,
      }
      const outcome = await outcomeOf(ctx, makeCommit(plan))
      assert.equal(outcome.status, 'conflict', `a second entry ${String(seq)} must be a conflict`)
      assert.equal(await ctx.store.entryByKey(instanceId, plan.idempotencyKey), null, 'the loser leaves its key unused')
    }
    await expectJournal(ctx, instanceId, winners)
    const all = winners.flatMap((winner) => winner.entry.effects.map((effect) => effect.id))
    assert.deepEqual(await pendingIds(ctx, instanceId), all, 'the loser neither adds effects nor acknowledges any')
  },
}

export const commitCases: readonly ConformanceCase[] = [commitAppends, commitWhole, commitGap, commitMany, commitConflict]
