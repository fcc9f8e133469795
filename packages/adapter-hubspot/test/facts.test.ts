// Facts of accounts from deals: several at once the same as one by one, whole minor units, days of the policy's zone.
import { createHubSpotStore, type FactsMapping, type HubSpotStore } from '@ka-governance/adapter-hubspot'
import { accountFactsSchema } from '@ka-governance/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveMapping } from '../src/options.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'

const won = { property: 'dealstage', values: ['won'] }
const usual: FactsMapping = { currency: 'EUR', timeZone: 'Asia/Shanghai', where: won }

function storeOn(fake: FakeHubSpot, facts: FactsMapping = usual, id?: string): HubSpotStore {
  return createHubSpotStore({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    mapping: { facts, ...(id === undefined ? {} : { accounts: { id } }) },
  })
}

const company = (fake: FakeHubSpot, values: object = {}) => fake.portal.create('companies', { name: 'Acme', ...values }).record
const line = { label: 'x', type: 'string', fieldType: 'text', groupName: 'information' } as const

function deal(fake: FakeHubSpot, of: readonly { readonly id: string }[], values: { readonly [name: string]: string }): string {
  const { record } = fake.portal.create('deals', { dealstage: 'won', closedate: '2026-01-05', amount: '10', ...values })
  for (const { id } of of)
    for (const link of fake.links.check(record.type, [{ to: { id }, types: [{ associationTypeId: 341 }] }]))
      fake.links.put(record, link)
  return record.id
}

const purchases = (facts: unknown) =>
  (facts as { readonly purchases: readonly { readonly date: string; readonly minor: number; readonly kind: string }[] }).purchases

describe('purchases', () => {
  test('are the deals that count, each with its day and its minor units, as core reads them', async () => {
    const fake = createFakeHubSpot()
    const acme = company(fake)
    const [first, back] = [
      deal(fake, [acme], { closedate: '2026-01-04T16:30:00Z', amount: '1234.56' }),
      deal(fake, [acme], { closedate: '2026-01-06T01:00:00Z', amount: '-10' }),
    ]
    deal(fake, [acme], { dealstage: 'open' })
    deal(fake, [acme], { amount: '' })
    deal(fake, [acme], { amount: '0' })
    deal(fake, [acme], { closedate: '' })
    deal(fake, [], {})
    const facts = await storeOn(fake).accounts.facts(acme.id)
    expect(facts).toEqual({
      accountId: acme.id,
      isKeyAccount: false,
      currency: 'EUR',
      relationshipStart: null,
      purchases: [
        // Half past four in London is the next day in Shanghai.
        { date: '2026-01-05', orderId: first, minor: 123_456, currency: 'EUR', kind: 'order' },
        { date: '2026-01-06', orderId: back, minor: -1000, currency: 'EUR', kind: 'return' },
      ],
      disputes: [],
      latePayments: [],
      overdueDays: null,
      judgements: {},
    })
    expect(accountFactsSchema.safeParse(facts).error).toBeUndefined()
  })

  test.each([
    ['1.005', 'EUR', 101],
    ['-1.005', 'EUR', -101],
    ['0.285', 'EUR', 29],
    ['1234567890.12', 'CNY', 123_456_789_012],
    ['1.2E7', 'EUR', 1_200_000_000],
    ['1500', 'JPY', 1500],
    ['1.2345', 'KWD', 1235],
    ['.5', 'EUR', 50],
  ])('%s %s are %i minor units, whatever binary fractions make of it', async (amount, currency, minor) => {
    const fake = createFakeHubSpot()
    const acme = company(fake)
    deal(fake, [acme], { amount, deal_currency_code: currency })
    const facts = await storeOn(fake, { ...usual, currencyProperty: 'deal_currency_code' }).accounts.facts(acme.id)
    expect(purchases(facts)).toMatchObject([{ minor, currency }])
  })

  test('any amount with the digits of its currency is kept to the last of them', async () => {
    const fake = createFakeHubSpot()
    const acme = company(fake)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 50 }), async (minor) => {
        const id = deal(fake, [acme], { amount: `${String(Math.floor(minor / 100))}.${String(minor % 100).padStart(2, '0')}` })
        const facts = await storeOn(fake).accounts.facts(acme.id)
        expect(purchases(facts).map((each) => each.minor)).toEqual([minor])
        const found = fake.portal.find('deals', id)
        if (found !== null) fake.portal.archive(found)
      }),
      { numRuns: 20 },
    )
  })

  test.each([
    ['no number', { amount: 'a lot' }],
    ['no currency', { deal_currency_code: '' }],
    ['too much to be exact', { amount: '99999999999999999' }],
  ])('%s is an error with its place, never a purchase left out', async (_, values) => {
    const fake = createFakeHubSpot()
    const { properties } = fake.portal.typeOf('deals')
    properties.set('total', { ...line, name: 'total' })
    const acme = company(fake)
    const id = deal(fake, [acme], {
      deal_currency_code: 'EUR',
      ...values,
      amount: '1',
      total: 'amount' in values ? values.amount : '1',
    })
    const facts = { amount: 'total', currencyProperty: 'deal_currency_code', timeZone: 'UTC', where: won }
    await expect(storeOn(fake, facts).accounts.facts(acme.id)).rejects.toMatchObject({
      code: 'corrupt_record',
      details: { table: 'deals', key: id },
    })
  })

  test('a deal that is linked with several companies counts for the one that it names first', async () => {
    const fake = createFakeHubSpot()
    const name = 'hs_primary_associated_company'
    const [customer, partner] = [company(fake), company(fake)]
    deal(fake, [customer, partner], { amount: '1', [name]: customer.id })
    deal(fake, [customer, partner], { amount: '2' })
    const { accounts } = storeOn(fake)
    expect(purchases(await accounts.facts(customer.id)).map(({ minor }) => minor)).toEqual([100, 200])
    expect(purchases(await accounts.facts(partner.id)).map(({ minor }) => minor)).toEqual([200])
  })
})

test('several accounts at once are the same as one by one, in few calls', async () => {
  const fake = createFakeHubSpot()
  const companies = Array.from({ length: 230 }, () => company(fake))
  for (const [k, each] of companies.entries()) for (let n = 0; n < k % 4; n += 1) deal(fake, [each], { amount: String(n + 1) })
  const { accounts } = storeOn(fake)
  const ids = [...companies.map(({ id }) => id), '999999999', 'acme', companies[1]?.id ?? '']
  const before = fake.log.length
  const many = (await accounts.factsMany?.(ids)) ?? []
  const calls = fake.log.slice(before).map(({ path }) => path.split('/').slice(-3).join('/'))
  expect(many.length).toBe(ids.length)
  for (const k of [0, 1, 2, 3, 229, 230, 231, 232]) expect(many[k]).toEqual(await accounts.facts(ids[k] ?? ''))
  expect([many[230], many[231]]).toEqual([null, null])
  // 230 accounts in three reads, their links in one, 344 deals in four.
  expect(calls.filter((path) => path === 'companies/batch/read').length).toBe(3)
  expect(calls.filter((path) => path === 'deals/batch/read').length).toBe(1 + Math.ceil(344 / 100))
  expect(calls.length).toBe(3 + 1 + 4)
})

test('what the account itself holds comes along, and an id of the host is as good as the record’s', async () => {
  const fake = createFakeHubSpot()
  const { properties } = fake.portal.typeOf('companies')
  for (const name of ['since', 'overdue', 'erp'])
    properties.set(name, { ...line, name, ...(name === 'erp' ? { hasUniqueValue: true } : {}) })
  const acme = company(fake, { hs_is_target_account: 'true', since: '2019-05-01', overdue: '12', erp: 'E-7' })
  deal(fake, [acme], {})
  const onAccount = { isKeyAccount: 'hs_is_target_account', relationshipStart: 'since', overdueDays: 'overdue' }
  const facts = await storeOn(fake, { ...usual, onAccount }, 'erp').accounts.facts('E-7')
  expect(facts).toMatchObject({ accountId: 'E-7', isKeyAccount: true, relationshipStart: '2019-05-01', overdueDays: 12 })
  expect(purchases(facts).length).toBe(1)
  expect(accountFactsSchema.safeParse(facts).success).toBe(true)
})

test.each(['99999999999999999999', 'March 5', '2026-03-05T09:00:00'])(
  'a text that is no day in any zone (%s) comes along as it is, for core to refuse, whatever the host makes of it',
  async (since) => {
    const fake = createFakeHubSpot()
    fake.portal.typeOf('companies').properties.set('since', { name: 'since', ...line })
    const acme = company(fake, { since })
    const facts = await storeOn(fake, { ...usual, onAccount: { relationshipStart: 'since' } }).accounts.facts(acme.id)
    expect(facts).toMatchObject({ relationshipStart: since })
    expect(accountFactsSchema.safeParse(facts).success).toBe(false)
  },
)

test('where accounts are no companies, the company that a deal names is none of them', () => {
  const account = (type: string) => resolveMapping({ accounts: { type }, facts: usual }).facts?.account
  expect(['companies', '0-2', 'contacts', '2-123'].map(account)).toEqual([
    'hs_primary_associated_company',
    'hs_primary_associated_company',
    null,
    null,
  ])
})

test('without a mapping of facts an account has none, and the store says so', async () => {
  const fake = createFakeHubSpot()
  const acme = company(fake)
  const store = createHubSpotStore({ client: fake.source, fetch: fake.fetch, sleep: fake.clock.sleep, now: fake.clock.now })
  expect(store.capabilities.accountFacts).toBe(false)
  expect(await store.accounts.facts(acme.id)).toEqual({})
  expect(await store.accounts.facts('999999999')).toBeNull()
})

test.each([['Mars/Olympus'], [''], [undefined]])('a zone that is none is named with its place: %j', (timeZone) => {
  const facts = { ...usual, timeZone } as FactsMapping
  expect(() => storeOn(createFakeHubSpot(), facts)).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ path: 'mapping.facts.timeZone' })] }) as Error,
  )
})
