// An answer that was lost: what was sent may still land, and nothing that is said of a later try is an answer to it. And what is refused for ever comes to an end.
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce, type Fault } from './fake/server.ts'
import { storeOn } from './subject.ts'

const later: readonly Fault[] = ['daily', 'concurrent', 'lockedRow', 'unauthorized', 'cutBefore']

/** The first write is lost; every other one, and where `journal` says so each question to the journal, meets the fault. */
function losing(
  fault: Fault | null,
  journal: Fault | null = null,
  extra: { readonly [object: string]: Partial<FakeObject> } = {},
): FakeSalesforce {
  const fake = createFakeSalesforce({ extra })
  let writes = 0
  fake.script = ({ path, body }) => {
    if (!/\/composite(\/graph)?$/.test(path) || body?.includes('"POST"') !== true) return journal
    return (writes += 1) === 1 ? 'cutBefore' : fault
  }
  return fake
}

const two = ['a', 'b'].map((instanceId) => makeCommit({ instanceId }))
const statuses = (outcomes: readonly { readonly status: string }[]) => outcomes.map(({ status }) => status)

describe('after it no error is told as one', () => {
  test.each(later)('%s at every later try', async (fault) => {
    expect(statuses(await storeOn(losing(fault)).commit(two.slice(1)))).toEqual(['unknown'])
  })

  test.each(later)('%s at every later try of a call of several', async (fault) => {
    expect(statuses(await storeOn(losing(fault)).commit(two))).toEqual(['unknown', 'unknown'])
  })

  test('while the journal cannot be asked nothing is sent again', async () => {
    const fake = losing('lockedRow', 'daily')
    expect(statuses(await storeOn(fake).commit(two))).toEqual(['unknown', 'unknown'])
    expect(fake.log.filter(({ body }) => body?.includes('"POST"') === true)).toHaveLength(1)
  })

  test('nor what the org has against a later try', async () => {
    const rules = [() => 'Not today']
    expect(statuses(await storeOn(losing(null, null, { KagEvent__c: { rules } })).commit(two.slice(1)))).toEqual(['unknown'])
  })
})

describe('a text that is there already', () => {
  const withText = (idempotencyKey: string) => makeCommit({ instanceId: 'a', idempotencyKey, personal: ['told'] })

  test('is the same one, and not written again', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    fake.org.create('KagDocument__c', keyOf(await rowOf(withText('one'))), 0)
    expect(statuses(await store.commit([withText('one')]))).toEqual(['committed'])
    expect(fake.org.rows('KagDocument__c')).toHaveLength(1)
  })

  test('and that this user does not find is the org’s refusal, after one question', async () => {
    const fake = createFakeSalesforce()
    fake.org.create('KagDocument__c', keyOf(await rowOf(withText('one'))), 0)
    const hiding: typeof fetch = async (input, init) => {
      if (fake.log.length > 20) throw new Error('for ever')
      const answer = await fake.fetch(input, init)
      const { search } = new URL(input instanceof Request ? input.url : input)
      return search.includes('FROM%20KagDocument__c') ? Response.json({ totalSize: 0, done: true, records: [] }) : answer
    }
    await expect(storeOn(fake, { fetch: hiding }).commit([withText('one')])).rejects.toMatchObject({
      code: 'unavailable',
      details: { salesforce: 'DUPLICATE_VALUE' },
    })
  })
})

/** The row that a store makes of the commit's text. */
async function rowOf(commit: ReturnType<typeof makeCommit>) {
  const fake = createFakeSalesforce()
  await storeOn(fake).commit([commit])
  return fake.org.rows('KagDocument__c')[0]
}
const keyOf = (row: Awaited<ReturnType<typeof rowOf>>) => ({ DocumentKey__c: row?.['DocumentKey__c'] ?? null })
