import type { InvalidInputError } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import type { RecordMapping } from '../src/options.ts'
import { keyOfRow, recordQuery } from '../src/drift-queries.ts'
import { resolveMapping } from '../src/options.ts'
import { toAccount } from '../src/list-queries.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const byKey = (fields: RecordMapping['fields'], object = 'Case'): RecordMapping => ({
  object,
  by: { externalId: 'KagInstanceKey__c' },
  fields,
})
const state = { projection: 'state' } as const

test.each([
  ['a row of ours', byKey({ State__c: state }, 'KagInstance__c'), 'object', 'own_object'],
  ['a row of ours in other letters', byKey({ State__c: state }, 'kagevent__C'), 'object', 'own_object'],
  ['the key itself', byKey({ kaginstancekey__c: state }), 'fields.kaginstancekey__c', 'key'],
  ['the id', byKey({ Id: state }), 'fields.Id', 'key'],
  ['another record', byKey({ 'Account.Name': state }), 'fields.Account.Name', 'other_record'],
  ['a field twice', byKey({ KagState__c: state, kagstate__c: { value: 'x' } }), 'fields.kagstate__c', 'twice'],
])('%s among the fields of a record is told when the store is made', (_, complaint, path, code) => {
  const findings = [expect.objectContaining({ path: `mapping.records.complaint.${path}`, code }) as object]
  expect(() => storeOn(createFakeSalesforce(), { mapping: { records: { complaint } } })).toThrow(
    expect.objectContaining({ code: 'invalid_input', findings }) as InvalidInputError,
  )
})

test('words of the mapping are texts like any other: no reference, and no longer than a field', async () => {
  const fake = createFakeSalesforce({ extra: { Case: { fields: { Word__c: { type: 'string' }, Long__c: { type: 'string' } } } } })
  const complaint = byKey({ Word__c: { state: { open: '@{head.id}' } }, Long__c: { value: 'x'.repeat(300) } })
  const store = storeOn(fake, { mapping: { records: { complaint, account: null } } })
  const commit = makeCommit({ instanceId: 'cmp-1' })
  expect(await store.commit([commit])).toEqual([{ status: 'committed', projection: 'written' }])
  expect(await store.project(commit.projection)).toBe('written')
  expect(fake.org.rows('Case')[0]).toMatchObject({ Word__c: '@ {head.id}', Long__c: 'x'.repeat(255) })
  expect(await store.drift?.([commit.projection])).toEqual([])
})

test('the org knows no capitals in names: one field is asked for once, and found under the org’s own', () => {
  const mapping = resolveMapping({
    accounts: { region: 'region__c' },
    records: { complaint: byKey({ Shown__c: state }), project: byKey({ shown__c: state }) },
  })
  const place = { object: 'Case', field: 'kaginstancekey__c', keys: ['cmp-1'] }
  expect(recordQuery(mapping, place).match(/shown__c/gi)).toHaveLength(1)
  expect(keyOfRow(place, { KagInstanceKey__c: 'cmp-1' })).toBe('Case kaginstancekey__c cmp-1')
  expect(toAccount(mapping, { Id: '001000000000001AAA', Name: 'Acme', Region__c: 'east' })).toMatchObject({ region: 'east' })
})
