// A mapped external id that the org does not keep unique: the API answers the addresses of all records that have the key, and changes none.
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import type { FakeField } from './fake/org.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const key: FakeField = { type: 'string', length: 80, externalId: true }
const state: FakeField = { type: 'string', length: 80 }

test('a key that two records have is the record’s trouble: the command stands, and the record is told to be blocked', async () => {
  const fake = createFakeSalesforce({ extra: { Case: { fields: { Key__c: key, Shown__c: state } } } })
  const complaint = { object: 'Case', by: { externalId: 'Key__c' }, fields: { Shown__c: { projection: 'state' } } } as const
  const store = storeOn(fake, { mapping: { records: { complaint, account: null } } })
  const commits = ['a', 'b', 'c'].map((instanceId) => makeCommit({ instanceId, kind: 'complaint' }))
  const twice = [1, 2].map(() => fake.org.create('Case', { Key__c: 'a' }, 0))
  const blocked = {
    status: 'committed',
    projection: 'blocked',
    blockedReason: expect.stringMatching(/^DUPLICATE_EXTERNAL_ID/) as string,
  }
  expect(await store.commit(commits.slice(0, 1))).toEqual([blocked])
  const [first] = commits
  if (first === undefined) throw new Error('a commit')
  expect(await store.project(first.projection)).toBe('blocked')
  // Beside others in one call of graphs, too.
  fake.org.create('Case', { Key__c: 'b' }, 0)
  fake.org.create('Case', { Key__c: 'b' }, 0)
  expect(await store.commit(commits.slice(1))).toEqual([blocked, { status: 'committed', projection: 'written' }])
  expect(twice.map((id) => fake.org.row('Case', id)?.['Shown__c'] ?? null)).toEqual([null, null])
  expect(await store.load('a')).toMatchObject({ head: { seq: 1 }, shownSeq: null })
})
