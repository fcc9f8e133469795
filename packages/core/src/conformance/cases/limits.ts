import assert from 'node:assert/strict'
import { recordLimits, type Commit } from '../../ports/index.ts'
import { commitOne, expectHead, expectJournal, expectStoreError } from '../expect.ts'
import { makeCommit, type CommitPlan } from '../records.ts'
import type { ConformanceCase } from '../types.ts'

/** A commit whose entry has exactly so many characters of JSON; the filler takes three bytes a character in UTF-8. */
function sized(plan: CommitPlan, characters: number): Commit {
  const filled = (text: string): Commit => makeCommit({ ...plan, command: { type: 'note', text } })
  return filled('客'.repeat(characters - JSON.stringify(filled('').entry).length))
}

const limitsReached: ConformanceCase = {
  id: 'limits-reached',
  title: 'an entry and a snapshot of exactly the limit are stored whole, whatever they weigh in bytes',
  async run(ctx) {
    const snapshot = `"${'户'.repeat(recordLimits.snapshot - 2)}"`
    const commit = sized({ instanceId: ctx.id(), snapshot }, recordLimits.entry)
    assert.equal(JSON.stringify(commit.entry).length, recordLimits.entry)
    await commitOne(ctx, commit)
    await expectJournal(ctx, ctx.id(), [commit])
  },
}

const limitsExceeded: ConformanceCase = {
  id: 'limits-exceeded',
  title: 'one character more is refused with too_large before anything of the call is stored',
  async run(ctx) {
    const fits = makeCommit({ instanceId: ctx.id('fits') })
    const longEntry = sized({ instanceId: ctx.id('long') }, recordLimits.entry + 1)
    const longSnapshot = makeCommit({ instanceId: ctx.id('long'), snapshot: `"${'x'.repeat(recordLimits.snapshot - 1)}"` })
    for (const commit of [longEntry, longSnapshot]) {
      await expectStoreError(ctx.store.commit([fits, commit]), ['too_large'], 'a record over the limit')
      for (const name of ['fits', 'long']) {
        assert.equal(await ctx.witness.countEvents(ctx.id(name)), 0)
        await expectHead(ctx, ctx.id(name), undefined)
      }
    }
  },
}

export const limitCases: readonly ConformanceCase[] = [limitsReached, limitsExceeded]
