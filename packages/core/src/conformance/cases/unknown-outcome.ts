import assert from 'node:assert/strict'
import { isGovernanceError } from '../../errors/index.ts'
import type { Commit, CommitOutcome } from '../../ports/index.ts'
import { commitOne, expectDuplicate, expectJournal, outcomeOf, pendingIds } from '../expect.ts'
import { makeChain } from '../records.ts'
import type { ConformanceCase, ConformanceContext, Disturbance } from '../types.ts'

/** The outcome, an honest error counting as `unknown`. */
async function disturbed(ctx: ConformanceContext, commit: Commit, kind: Disturbance): Promise<CommitOutcome> {
  await ctx.disturb?.(kind)
  try {
    return await outcomeOf(ctx, commit)
  } catch (error) {
    if (!isGovernanceError(error, 'unknown_outcome') && !isGovernanceError(error, 'unavailable')) throw error
    if (error.code === 'unavailable')
      assert.equal(await ctx.witness.event(commit.entry.key), null, '`unavailable` says that nothing was done')
    return { status: 'unknown', reason: error.code }
  }
}

/** What the store claims must be true by the raw record; then the same commit is sent again and must land exactly once. */
async function claimAndResend(ctx: ConformanceContext, kind: Disturbance): Promise<void> {
  const [first, second] = makeChain(ctx.id(), 2, { effects: ['notify'] })
  assert.ok(first !== undefined && second !== undefined)
  await commitOne(ctx, first)
  const claimed = await disturbed(ctx, second, kind)
  const there = (await ctx.witness.event(second.entry.key)) !== null
  if (claimed.status === 'committed' || claimed.status === 'duplicate')
    assert.ok(there, `${claimed.status} was answered, but the raw record is not there`)
  assert.notEqual(claimed.status, 'conflict', 'nobody else has written')

  const again = await outcomeOf(ctx, second)
  if (there) expectDuplicate(again, second.entry)
  else assert.equal(again.status, 'committed', 'what was not stored lands when it is sent again')
  if (!ctx.store.capabilities.atomicProjection) await ctx.store.project(second.projection)
  await expectJournal(ctx, ctx.id(), [first, second])
  assert.equal((await pendingIds(ctx, ctx.id())).length, 2, 'one effect an entry')
}

const unknownLostAnswer: ConformanceCase = {
  id: 'unknown-lost-answer',
  title: 'when the answer is lost the store does not guess, and sending the same commit again tells that it landed',
  uses: ['disturb'],
  run: (ctx) => claimAndResend(ctx, 'lostAnswer'),
}

const unknownLostRequest: ConformanceCase = {
  id: 'unknown-lost-request',
  title: 'when the request is lost the store never says committed, and sending the same commit again lands it',
  uses: ['disturb'],
  run: (ctx) => claimAndResend(ctx, 'lostRequest'),
}

const unknownOutage: ConformanceCase = {
  id: 'unknown-outage',
  title: 'a refused write says so and leaves nothing behind',
  uses: ['disturb'],
  run: (ctx) => claimAndResend(ctx, 'outage'),
}

export const unknownOutcomeCases: readonly ConformanceCase[] = [unknownLostAnswer, unknownLostRequest, unknownOutage]
