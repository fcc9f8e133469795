import assert from 'node:assert/strict'
import { commitAll, collect, expectHead, rejectsWith } from '../expect.ts'
import { makeChain, makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const loadAbsent: ConformanceCase = {
  id: 'load-absent',
  title: 'what does not exist is answered as absent, not thrown',
  async run(ctx) {
    const id = ctx.id()
    assert.equal(await ctx.store.load(id), null)
    assert.equal(await ctx.store.entryByKey(id, 'key-1'), null)
    assert.deepEqual(await collect(ctx.store.history(id)), [])
    assert.deepEqual(await ctx.store.effects.pending({ limit: 10, instanceId: id }), [])
    assert.equal(await ctx.witness.countEvents(id), 0, 'asking must not create anything')
  },
}

const loadHead: ConformanceCase = {
  id: 'load-head',
  title: 'load answers the last entry, its snapshot to the character and its projection, at once after the commit',
  async run(ctx) {
    const chain = makeChain(ctx.id(), 3, { effects: ['notify'] })
    for (const commit of chain) {
      await commitAll(ctx, [commit])
      await expectHead(ctx, ctx.id(), commit)
    }
  },
}

const loadOutage: ConformanceCase = {
  id: 'load-outage',
  title: 'a backend that fails is never answered as absence',
  uses: ['disturb'],
  async run(ctx) {
    const commit = makeCommit({ instanceId: ctx.id(), effects: ['notify'] })
    await commitAll(ctx, [commit])
    const reads: readonly [name: string, read: () => Promise<unknown>][] = [
      ['load', () => ctx.store.load(ctx.id())],
      ['entryByKey', () => ctx.store.entryByKey(ctx.id(), 'key-1')],
      ['history', () => collect(ctx.store.history(ctx.id()))],
      ['effects.pending', () => ctx.store.effects.pending({ limit: 10, instanceId: ctx.id() })],
      ['accounts.get', () => ctx.store.accounts.get(ctx.accounts[0]?.accountId ?? '')],
      ['accounts.list', () => collect(ctx.store.accounts.list())],
    ]
    for (const [name, read] of reads) {
      const truth = await read()
      await ctx.disturb?.('outage')
      let answer: unknown
      // An adapter may try again by itself: then the answer is the truth.
      const refused = await rejectsWith(
        read().then((given) => {
          answer = given
        }),
        ['unavailable', 'throttled'],
      )
      if (!refused) assert.deepEqual(answer, truth, `${name} during an outage must throw or answer the truth`)
    }
    await expectHead(ctx, ctx.id(), commit)
  },
}

export const loadCases: readonly ConformanceCase[] = [loadAbsent, loadHead, loadOutage]
