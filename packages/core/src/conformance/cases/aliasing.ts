import assert from 'node:assert/strict'
import type { Commit } from '../../ports/index.ts'
import { collect, commitOne, expectJournal } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

/** Changes everything that can be changed, at any depth; a frozen answer is just as safe as a copy. */
function scribble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) scribble(inner)
  if (Object.isFrozen(value)) return
  if (Array.isArray(value)) value.push('scribble')
  else for (const key of Object.keys(value)) Reflect.set(value, key, 'scribble')
}

/** Made anew each time: the commit to compare with shares nothing with the one that is scribbled on. */
const freshCommit = (instanceId: string): Commit =>
  makeCommit({ instanceId, effects: ['notify'], command: { type: 'note', list: [1, { deep: [2] }] }, accountId: 'acc-alias' })

const aliasingGiven: ConformanceCase = {
  id: 'aliasing-given',
  title: 'what the caller does to a commit afterwards does not reach the store',
  async run(ctx) {
    const given = freshCommit(ctx.id())
    await commitOne(ctx, given)
    scribble(given.entry)
    scribble(given.projection)
    await expectJournal(ctx, ctx.id(), [freshCommit(ctx.id())])
  },
}

const aliasingAnswered: ConformanceCase = {
  id: 'aliasing-answered',
  title: 'what the caller does to an answer does not reach the store',
  async run(ctx) {
    const commit = freshCommit(ctx.id())
    await commitOne(ctx, commit)
    const reads: readonly (() => Promise<unknown>)[] = [
      () => ctx.store.load(ctx.id()),
      () => ctx.store.entryByKey(ctx.id(), commit.entry.idempotencyKey),
      () => collect(ctx.store.history(ctx.id())),
      () => collect(ctx.store.find({ accountId: commit.projection.accountId })),
      () => ctx.store.effects.pending({ limit: 5, instanceId: ctx.id() }),
      () => ctx.store.commit([commit]),
      () => ctx.store.accounts.get(ctx.accounts[0]?.accountId ?? ''),
    ]
    for (const read of reads) {
      const before = JSON.stringify(await read())
      scribble(await read())
      assert.equal(JSON.stringify(await read()), before)
      await expectJournal(ctx, ctx.id(), [commit])
    }
  },
}

export const aliasingCases: readonly ConformanceCase[] = [aliasingGiven, aliasingAnswered]
