import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { isGovernanceError, type StoreErrorCode } from '../errors/index.ts'
import { headOf, type Commit, type CommitOutcome, type JournalEntry, type PendingEffect } from '../ports/index.ts'
import type { ConformanceContext } from './types.ts'

/** Commits each part by itself, one call after the other, and insists that all land. */
export async function commitAll(ctx: ConformanceContext, commits: readonly Commit[]): Promise<void> {
  for (const commit of commits) await commitOne(ctx, commit)
}

/** Commits and insists that it lands; a projection that the store leaves to follow is written as the runtime would. */
export async function commitOne(ctx: ConformanceContext, commit: Commit): Promise<void> {
  const outcome = await outcomeOf(ctx, commit)
  assert.equal(outcome.status, 'committed', `commit of ${commit.entry.key} must land, but answered ${outcome.status}`)
  if (outcome.projection === 'pending') await ctx.store.project(commit.projection)
}

/** The one outcome of a call with one commit. */
export async function outcomeOf(ctx: ConformanceContext, commit: Commit): Promise<CommitOutcome> {
  return only(await ctx.store.commit([commit]))
}

/** The only item. */
export function only<T>(items: readonly T[]): T {
  const [item] = items
  assert.ok(items.length === 1 && item !== undefined, `one answer was due, there are ${String(items.length)}`)
  return item
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Both witnesses: the journal consists of exactly these entries, through the adapter and in the raw record. */
export async function expectJournal(ctx: ConformanceContext, instanceId: string, commits: readonly Commit[]): Promise<void> {
  const entries = commits.map((commit) => commit.entry)
  assert.deepEqual(await collect(ctx.store.history(instanceId)), entries, `history of ${instanceId} must be what was committed`)
  assert.equal(await ctx.witness.countEvents(instanceId), entries.length, `raw entries of ${instanceId}`)
  for (const entry of entries) assert.deepEqual(await ctx.witness.event(entry.key), entry, `raw entry ${entry.key}`)
  await expectHead(ctx, instanceId, commits.at(-1))
}

/** Both witnesses: the instance stands at this commit; with `undefined` there is no instance. */
export async function expectHead(ctx: ConformanceContext, instanceId: string, head: Commit | undefined): Promise<void> {
  const loaded = await ctx.store.load(instanceId)
  if (head === undefined) {
    assert.equal(loaded, null, `${instanceId} must not exist`)
    assert.equal(await ctx.witness.projection(instanceId), null, `${instanceId} must have no visible record`)
    return
  }
  assert.ok(loaded, `${instanceId} must exist`)
  assert.deepEqual(loaded.head, headOf(head.entry), `head of ${instanceId}`)
  assert.equal(loaded.snapshot, head.snapshot, `snapshot of ${instanceId}, to the character`)
  assert.equal(loaded.kind, head.entry.kind)
  assert.equal(loaded.instanceId, instanceId)
  assert.equal(loaded.shownSeq, head.entry.seq, `seq of the visible record of ${instanceId}`)
  assert.deepEqual(await ctx.witness.projection(instanceId), head.projection, `raw projection of ${instanceId}`)
}

/** Ids of the instance's effects that are pending. */
export async function pendingIds(ctx: ConformanceContext, instanceId: string): Promise<string[]> {
  const pending: readonly PendingEffect[] = await ctx.store.effects.pending({ limit: 1000, instanceId })
  return pending.map((p) => p.effect.id)
}

/** The answer rejects with one of these store errors; anything else, an answer included, fails the case. */
export async function expectStoreError(answer: Promise<unknown>, codes: readonly StoreErrorCode[], what: string): Promise<void> {
  let given: unknown
  try {
    given = await answer
  } catch (error) {
    assert.ok(
      isGovernanceError(error) && (codes as readonly string[]).includes(error.code),
      `${what}: a StoreError ${codes.join(' or ')} was due, not ${String(error)}`,
    )
    return
  }
  assert.fail(`${what}: a StoreError ${codes.join(' or ')} was due, not the answer ${JSON.stringify(given)}`)
}

/** True when it rejects with a store error of these codes; another error passes through. */
export async function rejectsWith(answer: Promise<unknown>, codes: readonly StoreErrorCode[]): Promise<boolean> {
  try {
    await answer
    return false
  } catch (error) {
    if (isGovernanceError(error) && (codes as readonly string[]).includes(error.code)) return true
    throw error
  }
}

/** Lets time pass for the store. */
export async function elapse(ctx: ConformanceContext, ms: number): Promise<void> {
  await (ctx.advance === undefined ? sleep(ms) : ctx.advance(ms))
}

/** What a query must answer: at once where queries are consistent, else within the subject's lag. */
export async function eventually(ctx: ConformanceContext, check: () => Promise<void>): Promise<void> {
  const pause = 250
  for (let left = ctx.store.capabilities.consistentQueries ? 0 : (ctx.queryLagMs ?? 30_000); left > 0; left -= pause) {
    try {
      await check()
      return
    } catch (error) {
      if (!(error instanceof assert.AssertionError)) throw error
      await sleep(pause)
    }
  }
  await check()
}

/** Counts by status, e.g. `{ committed: 1, conflict: 7 }`. */
export function tally(outcomes: readonly CommitOutcome[]): { readonly [status: string]: number } {
  const counts: Record<string, number> = {}
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** A duplicate that names exactly this first entry. */
export function expectDuplicate(outcome: CommitOutcome, first: JournalEntry): void {
  assert.equal(outcome.status, 'duplicate', `a used idempotency key must answer duplicate, not ${outcome.status}`)
  assert.deepEqual(outcome.entry, first, 'a duplicate answers the first outcome')
}
