import assert from 'node:assert/strict'
import { commitOne, expectDuplicate, expectHead, expectJournal, pendingIds } from '../expect.ts'
import { effectId, makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const atomicLands: ConformanceCase = {
  id: 'atomic-lands',
  title: 'several instances land together, with the acknowledgement of an effect from the same call',
  needs: ['atomicMultiCommit'],
  async run(ctx) {
    const ledger = makeCommit({ instanceId: ctx.id('ledger'), kind: 'account', effects: ['command'] })
    const ordered = effectId(ledger.entry.key, 1)
    const acknowledges = [{ instanceId: ctx.id('ledger'), effectId: ordered }]
    const follower = makeCommit({ instanceId: ctx.id('follower'), effects: ['notify'], acknowledges })
    const outcomes = await ctx.store.commit([follower, ledger], { atomic: true })
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
    const again = await ctx.store.commit([follower, ledger], { atomic: true })
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
    const outcomes = await ctx.store.commit([first, stale, last], { atomic: true })
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
    const [first, second] = await ctx.store.commit([other, done], { atomic: true })
    assert.ok(first !== undefined && second !== undefined)
    assert.equal(first.status, 'conflict')
    expectDuplicate(second, done.entry)
    await expectHead(ctx, ctx.id('other'), undefined)
    await expectJournal(ctx, ctx.id('done'), [done])
  },
}

export const atomicCases: readonly ConformanceCase[] = [atomicLands, atomicNone, atomicDuplicate]
