import { AssertionError } from 'node:assert'
import { isGovernanceError } from '@ka-governance/core'
import { brokenStores, conformanceCases, runCase, runConformance } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { createMemoryStore, createRawWitness, editRecord } from '@ka-governance/adapter-memory'
import { inboxWitness, memorySubject } from './subject.ts'

describe('the suite catches every broken store by the case that is named', () => {
  test.each(brokenStores)('$id ($defect) fails $caughtBy', async ({ caughtBy, spoil }) => {
    const each = conformanceCases.find(({ id }) => id === caughtBy)
    if (each === undefined) throw new Error(`no case ${caughtBy}`)
    const subject = memorySubject()
    const result = await runCase(each, { ...subject, store: spoil(subject.store) })
    expect(result.status).toBe('failed')
    // A defect that merely crashes the case is not caught by it.
    if (result.status === 'failed') expect(result.error).toSatisfy((e) => e instanceof AssertionError || isGovernanceError(e))
    expect((await runCase(each, memorySubject())).status).toBe('passed')
  })
})

test('callers that really interleave change no answer', async () => {
  const report = await runConformance(() => memorySubject((call) => ({ slow: (call * 7) % 13 })))
  const failed = report.results.filter((result) => result.status === 'failed')
  expect(failed).toEqual([])
  expect(report.passed).toBe(conformanceCases.length)
})

test('what a store does not declare is skipped with the reason, and nothing else is', async () => {
  const without = ['atomicMultiCommit', 'leases', 'atomicProjection', 'atomicDocuments', 'accountFacts'] as const
  const report = await runConformance(() => {
    const { disturb: _, ...subject } = memorySubject()
    const accounts = subject.accounts
    const store = createMemoryStore({ accounts, without })
    const byHand = (id: string): void => editRecord(store.client, id, { values: { state: 'by hand' } })
    return { ...subject, store, witness: createRawWitness(store.client), inbox: inboxWitness(store), byHand }
  })
  const skipped = report.results.flatMap((result) => (result.status === 'skipped' ? [`${result.id}: ${result.reason}`] : []))
  expect(skipped).toMatchInlineSnapshot(`
    [
      "load-outage: the subject offers no disturb",
      "atomic-lands: the store declares no atomicMultiCommit",
      "atomic-none: the store declares no atomicMultiCommit",
      "atomic-duplicate: the store declares no atomicMultiCommit",
      "atomic-groups: the store declares no atomicMultiCommit",
      "atomic-in-order: the store declares no atomicMultiCommit",
      "unknown-lost-answer: the subject offers no disturb",
      "unknown-lost-request: the subject offers no disturb",
      "unknown-outage: the subject offers no disturb",
      "lease-exclusive: the store declares no leases",
      "lease-expires: the store declares no leases",
      "personal-not-landed: the store declares no atomicDocuments",
      "personal-outage: the subject offers no disturb",
      "accounts-facts: the store declares no accountFacts",
      "many-facts: the store declares no accountFacts",
      "many-outage: the subject offers no disturb",
      "inbox-outage: the subject offers no disturb",
      "projection-with-commit: the store declares no atomicProjection",
      "drift-outage: the subject offers no disturb",
    ]
  `)
  expect(report.results.filter((result) => result.status === 'failed')).toEqual([])
  expect(report.passed + report.skipped).toBe(conformanceCases.length)
})
