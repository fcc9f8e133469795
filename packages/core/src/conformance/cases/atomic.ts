import assert from 'node:assert/strict'
import { commitOne, expectDuplicate, expectHead, expectJournal, pendingIds } from '../expect.ts'
import { effectId, makeChain, makeCommit } from '../records.ts'
import type { Commit } from '../../ports/index.ts'
import type { ConformanceCase } from '../types.ts'

const together = (commits: readonly Commit[], group = 1): readonly Commit[] => commits.map((commit) => ({ ...commit, group }))

const atomicLands: ConformanceCase = {
  id: 'atomic-lands',
  title: 'several instances land together, with the acknowledgement of an effect from the same call',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const ledger = makeCommit({ instanceId: ctx.id('ledger'), kind: 'account', effects: ['command'] })
    const ordered = effectId(ledger.entry.key, 1)
    const acknowledges = [{ instanceId: ctx.id('ledger'), effectId: ordered }]
    const follower = makeCommit({ instanceId: ctx.id('follower'), effects: ['notify'], acknowledges })
    const outcomes = await ctx.store.commit(together([follower, ledger]))
    assert.deepEqual(
      outcomes.map((outcome) => outcome.status),
      ['committed', 'committed'],
    )
    await expectJournal(ctx, ctx.id('ledger'), [ledger])
    await expectJournal(ctx, ctx.id('follower'), [follower])
    assert.deepEqual(
      await pendingIds(ctx, ctx.id('ledger')),
      [],
      'carried out in the same call, whatever the order of the commits',
    )
    assert.deepEqual(await pendingIds(ctx, ctx.id('follower')), [effectId(follower.entry.key, 1)])
    const again = await ctx.store.commit(together([follower, ledger]))
    for (const [index, commit] of [follower, ledger].entries()) {
      const outcome = again[index]
      assert.ok(outcome)
      expectDuplicate(outcome, commit.entry)
    }
  },
}

const atomicNone: ConformanceCase = {
  id: 'atomic-none',
  title: 'when one instance conflicts, nothing of the others is stored and they answer conflict',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const held = makeCommit({ instanceId: ctx.id('held'), effects: ['notify'] })
    await commitOne(ctx, held)
    const acknowledges = [{ instanceId: ctx.id('held'), effectId: effectId(held.entry.key, 1) }]
    const stale = makeCommit({ instanceId: ctx.id('held'), idempotencyKey: 'other' })
    const fresh = ['a', 'z'].map((name) => makeCommit({ instanceId: ctx.id(name), effects: ['notify'], acknowledges }))
    const [first, last] = fresh
    assert.ok(first !== undefined && last !== undefined)
    const outcomes = await ctx.store.commit(together([first, stale, last]))
    assert.deepEqual(
      outcomes.map((outcome) => outcome.status),
      ['conflict', 'conflict', 'conflict'],
    )
    await expectJournal(ctx, ctx.id('held'), [held])
    assert.deepEqual(await pendingIds(ctx, ctx.id('held')), [effectId(held.entry.key, 1)], 'nothing is acknowledged')
    for (const commit of fresh) {
      const { instanceId, idempotencyKey } = commit.entry
      assert.equal(await ctx.witness.countEvents(instanceId), 0, `${instanceId} must not have landed`)
      await expectHead(ctx, instanceId, undefined)
      assert.equal(await ctx.store.entryByKey(instanceId, idempotencyKey), null)
      assert.deepEqual(await pendingIds(ctx, instanceId), [])
      await commitOne(ctx, commit)
    }
  },
}

const atomicDuplicate: ConformanceCase = {
  id: 'atomic-duplicate',
  title: 'when one instance is a duplicate, it says so and the others do not land',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const done = makeCommit({ instanceId: ctx.id('done') })
    await commitOne(ctx, done)
    const other = makeCommit({ instanceId: ctx.id('other') })
    const [first, second] = await ctx.store.commit(together([other, done]))
    assert.ok(first !== undefined && second !== undefined)
    assert.equal(first.status, 'conflict')
    expectDuplicate(second, done.entry)
    await expectHead(ctx, ctx.id('other'), undefined)
    await expectJournal(ctx, ctx.id('done'), [done])
  },
}

const atomicGroups: ConformanceCase = {
  id: 'atomic-groups',
  title: 'each group of a call lands or not by itself, beside commits without one; outcomes keep the order of the commits',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const held = makeCommit({ instanceId: ctx.id('held') })
    await commitOne(ctx, held)
    const stale = makeCommit({ instanceId: ctx.id('held'), idempotencyKey: 'other' })
    const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      makeCommit({ instanceId: ctx.id(name), effects: ['notify'] }),
    )
    assert.ok(a && b && c && d && e && f)
    // Group 7 fails by its second member; 0 is a group like any other; groups lie in each other.
    const call = [{ ...a, group: 0 }, { ...b, group: 7 }, c, { ...stale, group: 7 }, { ...d, group: 0 }, { ...e, group: -1 }, f]
    assert.deepEqual(
      (await ctx.store.commit(call)).map((outcome) => outcome.status),
      ['committed', 'conflict', 'committed', 'conflict', 'committed', 'committed', 'committed'],
    )
    for (const commit of [a, c, d, e, f]) await expectJournal(ctx, commit.entry.instanceId, [commit])
    await expectJournal(ctx, ctx.id('held'), [held])
    await expectHead(ctx, ctx.id('b'), undefined)
    assert.equal(await ctx.witness.countEvents(ctx.id('b')), 0, 'a group of which one cannot land leaves nothing')
    assert.deepEqual(await pendingIds(ctx, ctx.id('b')), [])
  },
}

const atomicInOrder: ConformanceCase = {
  id: 'atomic-in-order',
  title: 'groups of one call that share an instance are carried out in the order in which they begin',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const [first, second, third] = makeChain(ctx.id('ledger'), 3)
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => makeCommit({ instanceId: ctx.id(name) }))
    assert.ok(first && second && third && a && b && c && d)
    const late = { ...makeCommit({ instanceId: ctx.id('ledger'), seq: 2, idempotencyKey: 'late' }), group: 4 }
    const call = [...together([first, a], 1), ...together([second, b], 2), ...together([d], 4), late, ...together([third, c], 3)]
    assert.deepEqual(
      (await ctx.store.commit(call)).map((outcome) => outcome.status),
      ['committed', 'committed', 'committed', 'committed', 'conflict', 'conflict', 'committed', 'committed'],
    )
    await expectJournal(ctx, ctx.id('ledger'), [first, second, third])
    for (const commit of [a, b, c]) await expectJournal(ctx, commit.entry.instanceId, [commit])
    await expectHead(ctx, ctx.id('d'), undefined)
  },
}

export const atomicCases: readonly ConformanceCase[] = [atomicLands, atomicNone, atomicDuplicate, atomicGroups, atomicInOrder]
