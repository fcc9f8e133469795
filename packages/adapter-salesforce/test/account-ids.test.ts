// Accounts are read, never made: whatever id somebody gives them, and whatever has become of them.
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const ledger = (accountId: string, seq = 1) => makeCommit({ instanceId: 'account-1', kind: 'account', accountId, seq })

test.each(['describe', '../Case', 'acme', '001000000000001AAA?x=1'])(
  '%s is no record id: nothing is sent there, and the record is blocked',
  async (accountId) => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake, { mapping: {} })
    const commit = ledger(accountId)
    const blockedReason = 'MALFORMED_ID: the account is named by no record id'
    expect(await store.commit([commit])).toEqual([{ status: 'committed', projection: 'blocked', blockedReason }])
    expect(await store.project(commit.projection)).toBe('blocked')
    expect(await store.drift?.([commit.projection])).toEqual([])
    expect(fake.org.rows('KagInstance__c')[0]).toMatchObject({ Blocked__c: blockedReason })
    for (const { body } of fake.log) expect(body ?? '').not.toContain('/sobjects/Account')
  },
)

test('an account has one id: its record id of 15 characters would be a second one, and is refused', async () => {
  const fake = createFakeSalesforce()
  const id = fake.org.create('Account', { Name: 'Acme' }, 0)
  const store = storeOn(fake, { mapping: {} })
  await expect(store.commit([ledger(id.slice(0, 15))])).rejects.toMatchObject({
    code: 'invalid_input',
    findings: [{ path: 'projection.accountId', code: 'short_id' }],
  })
  expect(fake.log).toEqual([])
  expect(await store.commit([ledger(id)])).toEqual([{ status: 'committed', projection: 'written' }])
  // Where accounts have ids of their own, they may look like anything.
  const own = storeOn(fake, { mapping: { accounts: { id: 'Slug__c' }, records: { account: null } } })
  expect(
    await own.commit([{ ...ledger(id.slice(0, 15)), ...makeCommit({ instanceId: 'account-2', accountId: 'contosoelectric' }) }]),
  ).toHaveLength(1)
})

test('an account that is deleted stays gone, even where it is found by an id of its own and could be made', async () => {
  const customer: FakeObject = {
    keyPrefix: 'a90',
    autoNumber: 'C-{0000}',
    fields: { Number__c: { type: 'string', externalId: true, unique: true }, Tier__c: { type: 'string' } },
  }
  const fake = createFakeSalesforce()
  fake.org.deploy({ Customer__c: customer })
  const id = fake.org.create('Customer__c', { Number__c: 'c-7' }, 0)
  const store = storeOn(fake, {
    mapping: {
      accounts: { object: 'Customer__c', id: 'Number__c', parent: null },
      records: { account: { object: 'Customer__c', by: 'accountId', fields: { Tier__c: { projection: 'state' } } } },
    },
  })
  expect(await store.commit([ledger('c-7')])).toEqual([{ status: 'committed', projection: 'written' }])
  fake.org.remove('Customer__c', id)
  const second = ledger('c-7', 2)
  expect(await store.commit([second])).toMatchObject([{ status: 'committed', projection: 'blocked' }])
  expect(await store.project(second.projection)).toBe('blocked')
  expect(fake.org.rows('Customer__c')).toEqual([])
})

test('what is known of an account may stand on a record that it refers to', async () => {
  const owner = { type: 'reference', referenceTo: 'User', relationshipName: 'Owner' } as const
  const fake = createFakeSalesforce({
    extra: {
      Account: { fields: { OwnerId: owner } },
      User: { fields: { Region__c: { type: 'string' }, Since__c: { type: 'date' } } },
    },
  })
  const OwnerId = fake.org.create('User', { Name: 'Liu', Region__c: 'east', Since__c: '2018-01-01' }, 0)
  const accountId = fake.org.create('Account', { Name: 'Acme', OwnerId }, 0)
  const onAccount = { relationshipStart: 'Owner.Since__c' }
  const { accounts } = storeOn(fake, {
    mapping: {
      accounts: { region: 'Owner.Region__c' },
      facts: { object: 'Opportunity', date: 'CloseDate', amount: 'Amount', currency: 'EUR', onAccount },
    },
  })
  expect(await accounts.get(accountId)).toMatchObject({ region: 'east' })
  expect(await accounts.facts(accountId)).toMatchObject({ relationshipStart: '2018-01-01' })
})
