import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import { recordTypes } from '../src/schema.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { mapping, storeOn } from './subject.ts'

function typed(names: readonly string[] = Object.values(recordTypes).map(({ label }) => label.en)) {
  const fake = createFakeSalesforce()
  for (const Name of names) fake.org.create('RecordType', { Name, SobjectType: 'KagInstance__c' }, 0)
  const store = storeOn(fake, { mapping: { ...mapping, recordTypes: true } })
  const typeOf = (instanceId: string): unknown => {
    const row = fake.org.rows('KagInstance__c').find((each) => each['InstanceKey__c'] === instanceId)
    return fake.org.row('RecordType', String(row?.['RecordTypeId']))?.['Name'] ?? null
  }
  return { fake, store, typeOf }
}

test('a new instance gets the record type of its kind, in the same call; later commits leave it to the administrator', async () => {
  const { fake, store, typeOf } = typed()
  await store.commit([makeCommit({ instanceId: 'cmp-1', kind: 'complaint' })])
  await store.commit([makeCommit({ instanceId: 'chg-1', kind: 'project-change' })])
  expect([typeOf('cmp-1'), typeOf('chg-1')]).toEqual(['Governed complaint', 'Governed project change'])
  const other = fake.org.create('RecordType', { Name: 'Urgent' }, 0)
  const [row] = fake.org.rows('KagInstance__c')
  fake.org.update('KagInstance__c', String(row?.['Id']), { RecordTypeId: other })
  await store.commit([makeCommit({ instanceId: 'cmp-1', kind: 'complaint', seq: 2 })])
  expect(typeOf('cmp-1')).toBe('Urgent')
  expect(fake.log).toHaveLength(3)
})

test('a kind of a host’s own has none, and without the option nobody gets any', async () => {
  const { store, typeOf } = typed()
  await store.commit([makeCommit({ instanceId: 'visit-1', kind: 'visit' })])
  expect(typeOf('visit-1')).toBeNull()
  const fake = createFakeSalesforce()
  await storeOn(fake).commit([makeCommit({ instanceId: 'cmp-1', kind: 'complaint' })])
  expect(fake.log.some(({ body }) => (body ?? '').includes('RecordType'))).toBe(false)
})

test.each([
  ['that is not there', []],
  ['whose name is not the only one', ['Governed complaint', 'Governed complaint']],
] as const)('a record type %s is left out: the command succeeds with one call more', async (_, names) => {
  const { fake, store, typeOf } = typed(names)
  const outcomes = await store.commit([makeCommit({ instanceId: 'cmp-1', kind: 'complaint' })])
  expect(outcomes).toEqual([{ status: 'committed', projection: 'written' }])
  expect(typeOf('cmp-1')).toBeNull()
  expect(fake.log).toHaveLength(2)
})

test('many at once, too: each lands, with its record type or without', async () => {
  const { store, typeOf } = typed(['Governed complaint'])
  const commits = [
    makeCommit({ instanceId: 'cmp-1', kind: 'complaint' }),
    makeCommit({ instanceId: 'adm-1', kind: 'admission' }),
    makeCommit({ instanceId: 'cmp-2', kind: 'complaint' }),
  ]
  expect((await store.commit(commits)).map(({ status }) => status)).toEqual(['committed', 'committed', 'committed'])
  expect(['cmp-1', 'adm-1', 'cmp-2'].map(typeOf)).toEqual(['Governed complaint', null, 'Governed complaint'])
})
