import assert from 'node:assert/strict'
import { collect, commitAll, expectJournal } from '../expect.ts'
import { makeChain } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

const historyOrder: ConformanceCase = {
  id: 'history-order',
  title: 'entries come in order of their numbers, all of them, also past nine',
  async run(ctx) {
    const chain = makeChain(ctx.id(), 12)
    await commitAll(ctx, chain)
    await expectJournal(ctx, ctx.id(), chain)
  },
}

const historyFrom: ConformanceCase = {
  id: 'history-from',
  title: 'history starts at `fromSeq`, and is empty behind the head',
  async run(ctx) {
    const chain = makeChain(ctx.id(), 4)
    await commitAll(ctx, chain)
    const seqs = async (from: number): Promise<number[]> =>
      (await collect(ctx.store.history(ctx.id(), from))).map((entry) => entry.seq)
    assert.deepEqual(await seqs(1), [1, 2, 3, 4])
    assert.deepEqual(await seqs(3), [3, 4])
    assert.deepEqual(await seqs(4), [4])
    assert.deepEqual(await seqs(5), [])
    assert.equal(await ctx.witness.countEvents(ctx.id()), 4)
  },
}

const historyApart: ConformanceCase = {
  id: 'history-apart',
  title: 'instances whose ids begin alike do not read each other',
  async run(ctx) {
    const ids = [ctx.id('n'), ctx.id('n-1'), ctx.id('n-000001')]
    const chains = ids.map((id, index) => makeChain(id, index + 1))
    for (const chain of chains) await commitAll(ctx, chain)
    for (const [index, id] of ids.entries()) await expectJournal(ctx, id, chains[index] ?? [])
  },
}

const historyStopped: ConformanceCase = {
  id: 'history-stopped',
  title: 'a reader may stop early and read again from there',
  async run(ctx) {
    await commitAll(ctx, makeChain(ctx.id(), 3))
    const seen: number[] = []
    for await (const entry of ctx.store.history(ctx.id())) {
      seen.push(entry.seq)
      break
    }
    for await (const entry of ctx.store.history(ctx.id(), 2)) seen.push(entry.seq)
    assert.deepEqual(seen, [1, 2, 3])
    assert.equal(await ctx.witness.countEvents(ctx.id()), 3, 'reading writes nothing')
  },
}

export const historyCases: readonly ConformanceCase[] = [historyOrder, historyFrom, historyApart, historyStopped]
