// Salesforce puts answers in the place of `@{…}` wherever it stands in a body, and knows no escape: no text of anybody's may look like that.
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import { createFakeSalesforce } from './fake/server.ts'
import { inboxWitness, storeOn } from './subject.ts'

const evil = '@{head.id} \\@{x} @@{ @{'

test('texts that look like references come back as they were', async () => {
  const fake = createFakeSalesforce()
  const store = storeOn(fake)
  const plan = {
    instanceId: 'cmp-1',
    accountId: evil,
    command: { type: evil, [evil]: evil },
    snapshot: JSON.stringify({ [evil]: evil }),
  }
  const given = makeCommit({ ...plan, effects: [evil], personal: [evil], state: evil })
  const projection = { ...given.projection, owner: evil, fields: { note: evil } }
  const [effect] = given.entry.effects
  const commit = { ...given, projection, entry: { ...given.entry, actor: { id: evil, roles: [evil] } } }
  expect(await store.commit([commit])).toEqual([{ status: 'committed', projection: 'written' }])
  expect((await store.load('cmp-1'))?.snapshot).toBe(given.snapshot)
  expect(await store.entryByKey('cmp-1', 'key-1')).toEqual(commit.entry)
  expect((await store.personal.read('cmp-1')).map(({ text }) => text)).toEqual([evil])
  expect(await Array.fromAsync(store.find({ accountId: evil, state: evil }))).toEqual([projection])
  expect(await store.effects.pending({ limit: 5, types: [evil] })).toMatchObject([{ effect }])
  expect(await store.project(projection)).toBe('written')
  expect(await store.drift?.([projection])).toEqual([])
  await store.effects.fail('cmp-1', effect?.id ?? '', evil, true)
  expect(await store.effects.dead({ limit: 5 })).toHaveLength(1)
  const policy = { id: 'standard', version: '1', hash: 'h', document: JSON.stringify({ title: evil }) }
  expect(await store.policies.put(policy)).toBe('stored')
  expect(await store.policies.get('standard', '1')).toEqual(policy)
})

test('a policy that was rolled back and is not there is an error, and no conflict with another one', async () => {
  const policy = { id: evil, version: '1', hash: 'h', document: '{}' }
  await expect(storeOn(createFakeSalesforce()).policies.put(policy)).rejects.toMatchObject({
    code: 'unavailable',
    details: { salesforce: 'PROCESSING_HALTED' },
  })
})

test('words of the org that look like a reference are told, and nothing stops', async () => {
  const rules = [(row: { readonly [field: string]: unknown }) => (row['KagState__c'] === 'open' ? evil : null)]
  const store = storeOn(createFakeSalesforce({ extra: { Case: { rules } } }))
  const commit = makeCommit({ instanceId: 'cmp-1' })
  expect(await store.commit([commit])).toMatchObject([{ status: 'committed', projection: 'blocked' }])
  expect(await store.project(commit.projection)).toBe('blocked')
})

test('an answer that quotes one stops no other answer', async () => {
  const fake = createFakeSalesforce()
  const [store, witness] = [storeOn(fake), inboxWitness(fake.org)]
  const id = await witness.submit({ kind: evil, instanceId: null, command: '', form: '', expectedVersion: null })
  const none = { instanceId: evil, entryKey: null, state: evil, nextDueAt: null, tries: 1 }
  await store.inbox?.answer([{ ...none, id, status: 'failed', text: `no kind “${evil}”` }])
  expect(await witness.read(id)).toMatchObject({ status: 'failed', text: expect.stringContaining('no kind “@ {head') as string })
})
