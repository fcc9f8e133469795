import assert from 'node:assert/strict'
import type { CommitOutcome } from '../../ports/index.ts'
import { collect, commitOne, expectDuplicate, expectHead, expectJournal, only, outcomeOf, pendingIds, tally } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** Writers race for one number; exactly one lands and it is the one that both witnesses see. */
async function race(ctx: ConformanceContext, seq: number): Promise<void> {
  const writers = Array.from({ length: 8 }, (_, index) => {
    const name = `${String(seq)}-${String(index)}`
    return makeCommit({ instanceId: ctx.id(), seq, idempotencyKey: `w-${name}`, state: `by-${name}`, effects: ['notify'] })
  })
  const outcomes = await Promise.all(writers.map((writer) => outcomeOf(ctx, writer)))
  assert.deepEqual(tally(outcomes), { committed: 1, conflict: 7 })
  const won = outcomes.findIndex((outcome) => outcome.status === 'committed')
  const winner = writers[won]
  assert.ok(winner)
  const outcome = outcomes[won]
  if (outcome?.status === 'committed' && outcome.projection === 'pending') await ctx.store.project(winner.projection)
  await expectHead(ctx, ctx.id(), winner)
  assert.deepEqual(await ctx.witness.event(winner.entry.key), winner.entry)
  assert.equal(await ctx.witness.countEvents(ctx.id()), seq)
}

const raceFirst: ConformanceCase = {
  id: 'race-first',
  title: 'of callers who open the same instance at once exactly one succeeds',
  run: (ctx) => race(ctx, 1),
}

const raceNext: ConformanceCase = {
  id: 'race-next',
  title: 'of callers who append the same number at once exactly one succeeds',
  async run(ctx) {
    await commitOne(ctx, makeCommit({ instanceId: ctx.id() }))
    await race(ctx, 2)
    assert.equal((await pendingIds(ctx, ctx.id())).length, 1, 'effects of the winner only')
  },
}

const raceSame: ConformanceCase = {
  id: 'race-same',
  title: 'the same commit sent several times at once lands once',
  async run(ctx) {
    const commit = makeCommit({ instanceId: ctx.id(), effects: ['notify'] })
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(ctx, commit)))
    assert.equal(tally(outcomes)['committed'], 1)
    for (const outcome of outcomes) if (outcome.status === 'duplicate') expectDuplicate(outcome, commit.entry)
    if (!ctx.store.capabilities.atomicProjection) await ctx.store.project(commit.projection)
    await expectJournal(ctx, ctx.id(), [commit])
    assert.equal((await pendingIds(ctx, ctx.id())).length, 1)
  },
}

const raceLoop: ConformanceCase = {
  id: 'race-loop',
  title: 'writers who load, append and try again after a conflict leave a journal without gap or double',
  async run(ctx) {
    const instanceId = ctx.id()
    const [writers, each] = [4, 5]
    async function write(writer: number): Promise<void> {
      for (let step = 0; step < each; step += 1) {
        let outcome: CommitOutcome
        let turns = 0
        do {
          turns += 1
          assert.ok(turns <= 200, 'a writer never gets its turn')
          const head = (await ctx.store.load(instanceId))?.head.seq ?? 0
          const idempotencyKey = `w${String(writer)}-${String(step)}`
          const commit = makeCommit({ instanceId, seq: head + 1, idempotencyKey })
          outcome = only(await ctx.store.commit([commit]))
        } while (outcome.status === 'conflict')
        assert.equal(outcome.status, 'committed')
      }
    }
    await Promise.all(Array.from({ length: writers }, (_, index) => write(index)))
    const entries = await collect(ctx.store.history(instanceId))
    assert.deepEqual(
      entries.map((entry) => entry.seq),
      Array.from({ length: writers * each }, (_, index) => index + 1),
    )
    assert.equal(new Set(entries.map((entry) => entry.idempotencyKey)).size, writers * each)
    assert.equal(await ctx.witness.countEvents(instanceId), writers * each)
    for (const entry of entries) assert.deepEqual(await ctx.witness.event(entry.key), entry)
  },
}

export const concurrencyCases: readonly ConformanceCase[] = [raceFirst, raceNext, raceSame, raceLoop]
