// An answer that was lost: what was sent may still land, and nothing that is said of a later try is an answer to it.
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
