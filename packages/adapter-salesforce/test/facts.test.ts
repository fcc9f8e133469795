// Facts of several accounts at once: the same as one by one, whatever the size of the lists that the org makes of them.
import type { FactsMapping } from '@ka-governance/adapter-salesforce'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const currencies = { extra: { Opportunity: { fields: { CurrencyIsoCode: { type: 'string' as const } } } } }
const byDay: FactsMapping = { object: 'Opportunity', date: 'CloseDate', amount: 'Amount', currency: 'EUR', where: 'IsWon = true' }

const storeOf = (fake: FakeSalesforce, facts: FactsMapping, id?: string) =>
  storeOn(fake, {
    mapping: { records: { account: null }, facts, accounts: { parent: null, ...(id === undefined ? {} : { id }) } },
  })

const dayOf = (n: number): string => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10)
type Sold = { readonly day: number; readonly cents: number; readonly currency: string }

/** Accounts with what they bought, as rows of the org. */
function orgWith(of: readonly (readonly Sold[])[]): { readonly fake: FakeSalesforce; readonly ids: readonly string[] } {
  const fake = createFakeSalesforce({
    extra: { ...currencies.extra, Account: { fields: { Slug__c: { type: 'string', externalId: true } } } },
  })
  const ids = of.map((sold, k) => {
    const id = fake.org.create('Account', { Name: `A${String(k)}`, Slug__c: `a-${String(k)}` }, 0)
    for (const { day, cents, currency } of sold)
      fake.org.create(
        'Opportunity',
        { AccountId: id, CloseDate: dayOf(day), Amount: cents / 100, IsWon: true, CurrencyIsoCode: currency },
        0,
      )
    return id
  })
  return { fake, ids }
}

interface Facts {
  readonly purchases: readonly { readonly date: string; readonly minor: number; readonly currency: string }[]
}
const purchasesOf = (facts: unknown): Facts['purchases'] => (facts as Facts).purchases

/** The sums a day and currency, made of the rows themselves. */
function sums(sold: readonly Sold[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { day, cents, currency } of sold) {
    const key = `${dayOf(day)} ${currency}`
    found.set(key, (found.get(key) ?? 0) + cents)
  }
  return new Map([...found].filter(([, cents]) => cents !== 0))
}

const sold = fc.record({
  day: fc.integer({ min: 0, max: 40 }),
  cents: fc.integer({ min: -5, max: 90_000 }),
  currency: fc.constantFrom('EUR', 'CNY'),
})

describe('accounts.factsMany', () => {
  test('is what is answered one by one, by day and by row, by record id and by an id of the org’s own', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sold, { maxLength: 12 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<'day' | 'row'>('day', 'row'),
        fc.boolean(),
        async (of, per, slugs) => {
          const { fake, ids } = orgWith(of)
          const { currency: _, ...rest } = byDay
          const store = storeOf(fake, { ...rest, currencyField: 'CurrencyIsoCode', per }, slugs ? 'Slug__c' : undefined)
          const asked = [
            ...ids.map((id, k) => (slugs ? `a-${String(k)}` : id)),
            'nobody',
            slugs ? 'A-0' : '001000000000999AAA',
          ].reverse()
          const one = []
          for (const id of asked) one.push(await store.accounts.facts(id))
          const all = await store.accounts.factsMany?.(asked)
          expect(all).toEqual(one)
          expect(all?.slice(0, 2)).toEqual([null, null])
          for (const [k, each] of of.entries()) {
            const purchases = purchasesOf(all?.[asked.length - 1 - k])
            const found = new Map<string, number>()
            for (const { date, minor, currency } of purchases)
              found.set(`${date} ${currency}`, (found.get(`${date} ${currency}`) ?? 0) + minor)
            expect(new Map([...found].filter(([, minor]) => minor !== 0))).toEqual(sums(each))
            expect(purchases.map(({ date }) => date)).toEqual(purchases.map(({ date }) => date).sort())
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test('more groups than the org answers at once: asked on where the list broke off, also within a day', async () => {
    // Two currencies a day, so that 2,000 groups end in the middle of a day or not, whatever stands before them.
    for (const shift of [0, 1]) {
      const of = [700, 3, 400, 0, 650].map((days, k) =>
        Array.from({ length: days }, (_, day) =>
          ['EUR', 'CNY'].map((currency) => ({ day, cents: 100 * (k + 1) + day, currency })),
        ).flat(),
      )
      const { fake, ids } = orgWith(of.map((list, k) => (k === 0 ? list.slice(shift) : list)))
      const { currency: _, ...rest } = byDay
      const store = storeOf(fake, { ...rest, currencyField: 'CurrencyIsoCode' })
      const before = fake.log.length
      const all = (await store.accounts.factsMany?.(ids)) ?? []
      // 3,506 groups: two lists, and the first of them comes with the accounts.
      expect(fake.log.length - before).toBe(2)
      expect(all.map((facts) => purchasesOf(facts).length)).toEqual([1400 - shift, 6, 800, 0, 1300])
      for (const [k, facts] of all.entries())
        expect(new Map(purchasesOf(facts).map(({ date, minor, currency }) => [`${date} ${currency}`, minor]))).toEqual(
          sums((of[k] ?? []).slice(k === 0 ? shift : 0)),
        )
    }
  })

  test('ids of fifteen characters are the same records; what is no id of a record is no account, and costs no call', async () => {
    const { fake, ids } = orgWith([[{ day: 1, cents: 500, currency: 'EUR' }]])
    const [id = ''] = ids
    const store = storeOf(fake, byDay)
    expect(await store.accounts.facts(id)).toMatchObject({ accountId: id, purchases: [{ minor: 500 }] })
    const before = fake.log.length
    expect(await store.accounts.factsMany?.(["x' OR Name != '", '', 'acme'])).toEqual([null, null, null])
    expect(await store.accounts.getMany?.(["x' OR Name != '", '', 'acme'])).toEqual([null, null, null])
    expect(fake.log.length).toBe(before)
  })

  test('without purchases in the mapping an account is there, with nothing to tell', async () => {
    const { fake, ids } = orgWith([[], []])
    const store = storeOn(fake, { mapping: { accounts: { parent: null } } })
    expect(await store.accounts.factsMany?.([...ids, '001000000000999AAA'])).toEqual([{}, {}, null])
  })
})

test('hundreds of heads at once: lists that fit into an address, five of them a call', async () => {
  const { fake } = orgWith([])
  const store = storeOf(fake, byDay)
  const ids = Array.from({ length: 900 }, (_, k) => `${'long-'.repeat(14)}${String(k)}`)
  const before = fake.log.length
  expect(await store.loadMany?.(ids)).toEqual(ids.map(() => null))
  const calls = fake.log.slice(before)
  expect(calls.length).toBeLessThanOrEqual(2)
  const lists = calls.flatMap(
    ({ body }) => (JSON.parse(body ?? '{}') as { compositeRequest: { url: string }[] }).compositeRequest,
  )
  for (const { url } of lists) expect(url.length).toBeLessThan(14_000)
})
