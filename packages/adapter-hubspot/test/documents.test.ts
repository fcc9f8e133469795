// Personal texts: durable before the entry that names them, and gone from the record itself once they are erased.
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { passingFaults } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { createWitness, mapping, storeOn } from './subject.ts'

const commit = makeCommit({ instanceId: 'cmp-1', personal: ['Ms Li', '139 0000 0000'] })
const texts = ['139 0000 0000', 'Ms Li']
const isMaking = (path: string): boolean => path.includes('/p_kag_document') && !path.includes('read') && !path.includes('search')

describe('a text is stored before its entry, whatever goes wrong once', () => {
  test.each(passingFaults)('%s', async (fault) => {
    const fake = preparedPortal(mapping)
    let played = false
    fake.script = ({ path }) => {
      if (played || !isMaking(path)) return null
      played = true
      return fault
    }
    const store = storeOn(fake)
    expect(await store.commit([commit])).toMatchObject([{ status: 'committed' }])
    expect((await store.personal.read('cmp-1')).map(({ text }) => text).sort()).toEqual(texts)
    expect(fake.portal.ofType('kag_document')).toHaveLength(2)
    const order = fake.log.map(({ path }) => path)
    expect(order.findLastIndex(isMaking)).toBeLessThan(order.findIndex((path) => path.endsWith('/p_kag_event')))
  })

  test.each(['item', 'whole'] as const)('one of them is there from an earlier try, told of one %s', async (way) => {
    const fake = preparedPortal(mapping)
    fake.portal.behaviour.conflictInBatch = way
    await storeOn(fake).commit([{ ...commit, personal: (commit.personal ?? []).slice(0, 1) }])
    const event = fake.portal.find('kag_event', commit.entry.key, 'kag_event_key')
    if (event !== null) fake.portal.erase(event)
    expect(await storeOn(fake).commit([commit])).toMatchObject([{ status: 'committed' }])
    expect((await storeOn(fake).personal.read('cmp-1')).map(({ text }) => text).sort()).toEqual(texts)
  })

  test('where it cannot be stored there is no entry', async () => {
    const fake = preparedPortal(mapping)
    fake.script = ({ path }) => (isMaking(path) ? 'daily' : null)
    await expect(storeOn(fake).commit([commit])).rejects.toMatchObject({ code: 'throttled' })
    expect(await createWitness(fake.portal).countEvents('cmp-1')).toBe(0)
  })
})

test('texts of a commit that lost its race are nobody’s, and go with the others when everything is erased', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit([commit])
  const late = makeCommit({ instanceId: 'cmp-1', idempotencyKey: 'late', personal: ['of the loser'] })
  expect(await store.commit([late])).toMatchObject([{ status: 'conflict' }])
  expect((await store.personal.read('cmp-1')).map(({ text }) => text).sort()).toEqual(texts)
  expect(await createWitness(fake.portal).documents('cmp-1')).toHaveLength(3)
  expect(await store.personal.erase('cmp-1', 'all')).toBe(3)
  expect(await createWitness(fake.portal).documents('cmp-1')).toEqual([])
})

test('a text that two entries name is one text', async () => {
  const store = storeOn(preparedPortal(mapping))
  await store.commit([commit])
  const again = makeCommit({ instanceId: 'cmp-1', seq: 2 })
  await store.commit([{ ...again, personal: (commit.personal ?? []).map((document) => ({ ...document, seq: 2 })) }])
  expect((await store.personal.read('cmp-1')).map(({ text }) => text).sort()).toEqual(texts)
})

test('an erased text is in no record, in the recycle bin neither', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit([commit])
  expect(await store.personal.erase('cmp-1', 'all')).toBe(2)
  const values = fake.portal.ofType('kag_document').flatMap((record) => [...record.values.values()])
  expect(values.length).toBeGreaterThan(0)
  expect(values.join(' ')).not.toMatch(/Li|139/)
  // Where HubSpot erases records of this type for good, nothing is left at all.
  fake.portal.behaviour.erasable = ['kag_document']
  await store.commit([makeCommit({ instanceId: 'cmp-2', personal: ['Ms Wu'] })])
  expect(await store.personal.erase('cmp-2', 'all')).toBe(1)
  expect(fake.portal.ofType('kag_document').filter((record) => record.values.get('kag_instance_id') === 'cmp-2')).toEqual([])
})

test('a text whose erasing broke off half way is gone for readers, and erased by the next try', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit([commit])
  fake.script = ({ method, path }) => (method === 'DELETE' && path.includes('p_kag_document') ? 'unavailable' : null)
  await expect(store.personal.erase('cmp-1', 'all')).rejects.toMatchObject({ code: 'unavailable' })
  fake.script = null
  expect(await store.personal.read('cmp-1')).toHaveLength(1)
  expect(await store.personal.erase('cmp-1', 'all')).toBe(2)
  expect(await store.personal.read('cmp-1')).toEqual([])
})

test('a journal that lost an entry keeps no text from being erased, and says that there may be more', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit([commit])
  await store.commit([makeCommit({ instanceId: 'cmp-1', seq: 2, idempotencyKey: 'second', personal: ['Ms Wu'] })])
  const lost = fake.portal.find('kag_event', 'cmp-1-000001', 'kag_event_key')
  if (lost !== null) fake.portal.archive(lost)
  await expect(store.personal.erase('cmp-1', 'all')).rejects.toMatchObject({ code: 'journal_truncated' })
  expect(await createWitness(fake.portal).documents('cmp-1')).toEqual([])
})
