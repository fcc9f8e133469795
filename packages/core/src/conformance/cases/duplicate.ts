import assert from 'node:assert/strict'
import { commitAll, commitOne, expectDuplicate, expectJournal, outcomeOf, pendingIds } from '../expect.ts'
import { makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const duplicateResent: ConformanceCase = {
  id: 'duplicate-resent',
  title: 'the same commit sent again answers the first outcome and changes nothing',
  async run(ctx) {
    const chain = makeChain(ctx.id(), 2, { effects: ['notify'] })
    await commitAll(ctx, chain)
    for (const commit of chain) expectDuplicate(await outcomeOf(ctx, commit), commit.entry)
    await expectJournal(ctx, ctx.id(), chain)
    assert.equal((await pendingIds(ctx, ctx.id())).length, 2, 'effects must not be doubled')
  },
}

const duplicateLater: ConformanceCase = {
  id: 'duplicate-later',
  title: 'a used idempotency key is a duplicate also at the next sequence number, with another payload',
  async run(ctx) {
    const instanceId = ctx.id()
    const first = makeCommit({ instanceId, idempotencyKey: 'once', command: { type: 'reply', text: 'first' } })
    await commitOne(ctx, first)
    const again = makeCommit({ instanceId, seq: 2, idempotencyKey: 'once', command: { type: 'reply', text: 'second' } })
    expectDuplicate(await outcomeOf(ctx, again), first.entry)
    await expectJournal(ctx, instanceId, [first])
    assert.deepEqual(await ctx.store.entryByKey(instanceId, 'once'), first.entry)
  },
}

const duplicateScope: ConformanceCase = {
  id: 'duplicate-scope',
  title: 'an idempotency key belongs to its instance, even where id and key joined would read the same',
  async run(ctx) {
    const pairs = [
      { instanceId: ctx.id('x'), idempotencyKey: 'y-z' },
      { instanceId: ctx.id('x-y'), idempotencyKey: 'z' },
      { instanceId: ctx.id('x-y'), idempotencyKey: 'y-z', seq: 2 },
    ]
    for (const pair of pairs) await commitOne(ctx, makeCommit(pair))
    for (const pair of pairs) {
      const found = await ctx.store.entryByKey(pair.instanceId, pair.idempotencyKey)
      assert.deepEqual(found, makeCommit(pair).entry)
      assert.deepEqual(await ctx.witness.event(found.key), found)
    }
    assert.equal(await ctx.store.entryByKey(ctx.id('x'), 'z'), null)
  },
}

const duplicateExact: ConformanceCase = {
  id: 'duplicate-exact',
  title: 'idempotency keys are compared to the character: case, spaces and length count',
  async run(ctx) {
    const instanceId = ctx.id()
    const keys = [
      'Order-7',
      'order-7',
      'order-7 ',
      ' order-7',
      'ördér-7',
      'o\u0308rde\u0301r-7',
      `${'k'.repeat(199)}a`,
      `${'k'.repeat(199)}b`,
    ]
    const chain = keys.map((idempotencyKey, index) => makeCommit({ instanceId, seq: index + 1, idempotencyKey }))
    await commitAll(ctx, chain)
    await expectJournal(ctx, instanceId, chain)
    for (const commit of chain)
      assert.deepEqual(await ctx.store.entryByKey(instanceId, commit.entry.idempotencyKey), commit.entry)
  },
}

export const duplicateCases: readonly ConformanceCase[] = [duplicateResent, duplicateLater, duplicateScope, duplicateExact]
