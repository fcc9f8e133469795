import assert from 'node:assert/strict'
import { recordLimits, type Commit, type PersonalDocument } from '../../ports/index.ts'
import { commitAll, commitOne, expectJournal, expectStoreError, outcomeOf, rejectsWith } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

const byId = (a: PersonalDocument, b: PersonalDocument): number =>
  a.seq - b.seq || (a.documentId < b.documentId ? -1 : a.documentId > b.documentId ? 1 : 0)

const documentsOf = (...commits: readonly Commit[]): PersonalDocument[] => commits.flatMap((c) => c.personal ?? []).sort(byId)

/** Both witnesses: the instance has exactly these documents, through the adapter and in the raw record. */
async function expectDocuments(
  ctx: ConformanceContext,
  instanceId: string,
  documents: readonly PersonalDocument[],
): Promise<void> {
  assert.deepEqual(await ctx.store.personal.read(instanceId), documents, `documents of ${instanceId}`)
  assert.deepEqual([...(await ctx.witness.documents(instanceId))].sort(byId), documents, `raw documents of ${instanceId}`)
}

/** Two entries with documents, and another instance with the same texts. */
async function seed(ctx: ConformanceContext): Promise<{ readonly chain: readonly [Commit, Commit]; readonly other: Commit }> {
  const first = makeCommit({ instanceId: ctx.id(), personal: ['Ms Li, 139 0000 0000', 'it broke'] })
  const second = makeCommit({ instanceId: ctx.id(), seq: 2, personal: ['still broken'] })
  const other = makeCommit({ instanceId: ctx.id('other'), personal: ['Ms Li, 139 0000 0000'] })
  await commitAll(ctx, [first, second, other])
  return { chain: [first, second], other }
}

const personalKept: ConformanceCase = {
  id: 'personal-kept',
  title:
    'personal documents are there with their entry, whole, by entry, and only those of the instance; the journal stays as given',
  async run(ctx) {
    assert.deepEqual(await ctx.store.personal.read(ctx.id('nobody')), [])
    const { chain, other } = await seed(ctx)
    await expectDocuments(ctx, ctx.id(), documentsOf(...chain))
    await expectDocuments(ctx, ctx.id('other'), documentsOf(other))
    await expectJournal(ctx, ctx.id(), chain)
    const texts = ['', ' \t', '李女士 😀', '\u0000', '=1+1', "'; DROP TABLE documents; --", '__proto__']
    const hostile = makeCommit({ instanceId: ctx.id('hostile'), personal: texts })
    await commitOne(ctx, hostile)
    await expectDocuments(ctx, ctx.id('hostile'), documentsOf(hostile))
  },
}

const personalErase: ConformanceCase = {
  id: 'personal-erase',
  title: 'erased documents are gone from the record itself, and only those; again counts 0; the journal stays',
  async run(ctx) {
    const { chain, other } = await seed(ctx)
    const [gone, ...rest] = documentsOf(...chain)
    assert.ok(gone)
    assert.equal(await ctx.store.personal.erase(ctx.id('other'), [gone.documentId]), 0, 'a document of another instance')
    assert.equal(await ctx.store.personal.erase(ctx.id(), []), 0)
    await expectDocuments(ctx, ctx.id(), [gone, ...rest])
    assert.equal(await ctx.store.personal.erase(ctx.id(), [gone.documentId, '0'.repeat(64), gone.documentId]), 1)
    assert.equal(await ctx.store.personal.erase(ctx.id(), [gone.documentId]), 0)
    await expectDocuments(ctx, ctx.id(), rest)
    await expectDocuments(ctx, ctx.id('other'), documentsOf(other))
    await expectJournal(ctx, ctx.id(), chain)
  },
}

const personalEraseAll: ConformanceCase = {
  id: 'personal-erase-all',
  title: 'all documents of an instance are erased at once, those of others stay, later ones are kept',
  async run(ctx) {
    const { chain, other } = await seed(ctx)
    assert.equal(await ctx.store.personal.erase(ctx.id(), 'all'), 3)
    assert.equal(await ctx.store.personal.erase(ctx.id(), 'all'), 0)
    assert.equal(await ctx.store.personal.erase(ctx.id('nobody'), 'all'), 0)
    await expectDocuments(ctx, ctx.id(), [])
    await expectDocuments(ctx, ctx.id('other'), documentsOf(other))
    const later = makeCommit({ instanceId: ctx.id(), seq: 3, personal: ['a new text'] })
    await commitOne(ctx, later)
    await expectDocuments(ctx, ctx.id(), documentsOf(later))
    await expectJournal(ctx, ctx.id(), [...chain, later])
  },
}

const personalNotLanded: ConformanceCase = {
  id: 'personal-not-landed',
  title: 'a commit that does not land leaves no documents; sent again after it landed it keeps the first ones',
  needs: ['atomicDocuments'],
  async run(ctx) {
    const { chain } = await seed(ctx)
    const late = makeCommit({ instanceId: ctx.id(), seq: 2, idempotencyKey: 'late', personal: ['of the loser'] })
    assert.equal((await outcomeOf(ctx, late)).status, 'conflict')
    const again = makeCommit({ instanceId: ctx.id(), seq: 3, idempotencyKey: chain[1].entry.idempotencyKey, personal: ['twice'] })
    assert.equal((await outcomeOf(ctx, again)).status, 'duplicate')
    assert.equal((await outcomeOf(ctx, chain[1])).status, 'duplicate')
    await expectDocuments(ctx, ctx.id(), documentsOf(...chain))
  },
}

const personalLimit: ConformanceCase = {
  id: 'personal-limit',
  title: 'a text of exactly the limit is kept whole, a longer one refused with too_large before anything is stored',
  async run(ctx) {
    const text = '户'.repeat(recordLimits.document)
    const fits = makeCommit({ instanceId: ctx.id(), personal: [text] })
    await commitOne(ctx, fits)
    await expectDocuments(ctx, ctx.id(), documentsOf(fits))
    const long = makeCommit({ instanceId: ctx.id('long'), personal: ['short', `${text}x`] })
    await expectStoreError(ctx.store.commit([long]), ['too_large'], 'a text over the limit')
    assert.equal(await ctx.witness.countEvents(ctx.id('long')), 0)
    await expectDocuments(ctx, ctx.id('long'), [])
  },
}

const personalOutage: ConformanceCase = {
  id: 'personal-outage',
  title: 'an outage is thrown, never answered as no documents or nothing to erase; a lost answer to an erasure is unknown',
  uses: ['disturb'],
  async run(ctx) {
    const { chain, other } = await seed(ctx)
    const gone = ['unavailable', 'throttled', 'unknown_outcome'] as const
    await ctx.disturb?.('outage')
    // An adapter may try again by itself: then the answer is the truth.
    let answer: readonly PersonalDocument[] | undefined
    const refused = await rejectsWith(
      ctx.store.personal.read(ctx.id()).then((given) => {
        answer = given
      }),
      gone,
    )
    if (!refused)
      assert.equal(answer?.length, documentsOf(...chain).length, 'reading during an outage must throw or answer the truth')
    await ctx.disturb?.('outage')
    const kept = await rejectsWith(ctx.store.personal.erase(ctx.id('other'), 'all'), gone)
    await expectDocuments(ctx, ctx.id('other'), kept ? documentsOf(other) : [])
    await expectDocuments(ctx, ctx.id(), documentsOf(...chain))
    await ctx.disturb?.('lostAnswer')
    // A store may ask again by itself; then it knows.
    await rejectsWith(ctx.store.personal.erase(ctx.id(), 'all'), gone)
    await ctx.store.personal.erase(ctx.id(), 'all')
    await expectDocuments(ctx, ctx.id(), [])
  },
}

export const personalCases: readonly ConformanceCase[] = [
  personalKept,
  personalErase,
  personalEraseAll,
  personalNotLanded,
  personalLimit,
  personalOutage,
]
