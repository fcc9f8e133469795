import { describe, expect, test } from 'vitest'
import type { Purchase } from '../facts.ts'
import { factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { compileRebate } from './compile-rebate.ts'
import { rebateAccount } from './rebate-account.ts'

const back = (date: string, amount: number, orderId: string, patch: Partial<Purchase> = {}): Purchase => ({
  ...order(date, -amount, orderId),
  kind: 'return',
  ...patch,
})
const statement = (purchases: readonly Purchase[], upTo = '2027-01-01', policy = policyWith()) =>
  rebateAccount(factsWith({ purchases: [...purchases] }), policy, upTo)

describe('the terms of a policy [I-12, I-13]', () => {
  const compiled = (change: Parameters<typeof policyWith>[0]) => compileRebate(policyWith(change)).brackets
  test('I-12 is the first bracket of I-13, and one of its own where it is lower', () => {
    expect(compiled(() => undefined).map((b) => [b.from, b.percent])).toEqual([
      [yuan(3_000_000), 1],
      [yuan(8_000_000), 1.5],
      [yuan(20_000_000), 2],
      [yuan(50_000_000), 2.5],
    ])
    expect(
      compiled((p) => {
        p.rebate.amountThreshold = { currency: 'CNY', minor: yuan(1_000_000) }
        p.rebate.rate = 0.5
      })[0],
    ).toEqual({ from: yuan(1_000_000), percent: 0.5 })
  })
  test('by quantity the amount of I-12 is none of its brackets; brackets stand in order however they were written', () => {
    expect(
      compiled((p) => {
        p.rebate.basis = 'quantity'
        p.rebate.brackets = [
          { from: 800, percent: 1.5 },
          { from: 300, percent: 1 },
        ]
      }),
    ).toEqual([
      { from: 300, percent: 1 },
      { from: 800, percent: 1.5 },
    ])
  })
})

describe('the rebate of an account [INC-02, REB-01, F-5, decision 13]', () => {
  test('of the calendar year, as far as the day asked for, with the next step in sight', () => {
    const purchases = [order('2025-12-31', 9_000_000), order('2026-01-01', 4_000_000), order('2026-07-01', 6_000_000)]
    const half = statement(purchases, '2026-07-01')
    expect(half).toMatchObject({
      period: { year: 2026, from: '2026-01-01', to: '2026-07-01' },
      minor: yuan(10_000),
      families: [{ family: null, minor: yuan(4_000_000), rebate: { next: { percent: 1.5, lacks: yuan(4_000_000) } } }],
    })
    // 5 m at 1 % and 2 m at 1.5 %
    expect(statement(purchases)).toMatchObject({ minor: yuan(80_000), creditedMinor: 0, outstandingMinor: yuan(80_000) })
    expect(statement(purchases, '2026-01-01').period).toEqual({ year: 2025, from: '2025-01-01', to: '2026-01-01' })
  })
  test('what is not paid earns nothing yet; a return lowers first what is owed of its order', () => {
    const owed = { ...order('2026-02-01', 5_000_000, 'o-1'), paidOn: null }
    const paid = { ...order('2026-02-01', 4_000_000, 'o-1'), paidOn: '2026-03-01' }
    expect(statement([paid, owed]).families).toMatchObject([{ minor: yuan(4_000_000), owedMinor: yuan(5_000_000) }])
    expect(statement([paid, owed, back('2026-03-02', 5_500_000, 'o-1')]).families).toMatchObject([
      { minor: yuan(3_500_000), owedMinor: 0 },
    ])
    expect(statement([paid, owed, back('2026-03-02', 1_000_000, 'o-1')]).families).toMatchObject([
      { minor: yuan(4_000_000), owedMinor: yuan(4_000_000) },
    ])
  })
  test('a payment after the facts froze is not known yet [I-26]', () => {
    const late = (paidOn: string) => statement([{ ...order('2026-02-01', 4_000_000), paidOn }]).minor
    expect([late('2027-01-30'), late('2027-01-31')]).toEqual([yuan(10_000), 0])
  })
  test('a return lowers the year of its order, whenever it comes; one from nowhere its own day', () => {
    const purchases = [order('2026-11-01', 5_000_000, 'o-1'), back('2027-01-15', 1_000_000, 'o-1')]
    expect(statement(purchases).minor).toBe(yuan(10_000))
    expect(statement([...purchases, back('2027-01-15', 500_000, 'x')]).minor).toBe(yuan(10_000))
    expect(statement([...purchases, back('2027-01-15', 500_000, 'x', { originalDate: '2026-05-05' })]).minor).toBe(yuan(5_000))
  })
  test('a return after the facts froze is not known yet [I-26]', () => {
    const late = (date: string) => statement([order('2026-02-01', 4_000_000, 'o-1'), back(date, 500_000, 'o-1')]).minor
    expect([late('2027-01-30'), late('2027-01-31')]).toEqual([yuan(5_000), yuan(10_000)])
  })
  test('a credit note that pays the rebate lowers nothing, and is what was given already [I-25]', () => {
    const given: Purchase = { ...order('2027-01-20', -6_000), kind: 'credit', pays: 'rebate', originalDate: '2026-12-31' }
    expect(statement([order('2026-11-01', 4_000_000), given])).toMatchObject({
      minor: yuan(10_000),
      creditedMinor: yuan(6_000),
      outstandingMinor: yuan(4_000),
    })
    // Of the period before it, or after it, it is none of this.
    for (const originalDate of ['2025-12-31', '2027-01-01'])
      expect(statement([order('2026-11-01', 4_000_000), { ...given, originalDate }]).creditedMinor).toBe(0)
    expect(statement([order('2026-11-01', 4_000_000), { ...given, originalDate: '2026-01-01' }]).creditedMinor).toBe(yuan(6_000))
  })
  test('by quantity each product family finds its own bracket, and what lacks a product or a quantity is named', () => {
    const policy = policyWith((p) => {
      p.rebate.basis = 'quantity'
      p.rebate.brackets = [
        { from: 300, percent: 1 },
        { from: 800, percent: 1.5 },
      ]
    })
    const line = (product: string | undefined, quantity: number | undefined, amount: number, id: string): Purchase => ({
      ...order('2026-03-01', amount, id),
      ...(product === undefined ? {} : { product }),
      ...(quantity === undefined ? {} : { quantity }),
    })
    const result = statement(
      [
        line('resin', 1_000, 100_000, 'a'),
        // It names no product: that of its order, which is of one.
        { ...back('2026-04-01', 10_000, 'a'), quantity: 100 },
        line('glue', 200, 20_000, 'b'),
        line('glue', undefined, 20_000, 'c'),
        line(undefined, 900, 90_000, 'd'),
      ],
      '2027-01-01',
      policy,
    )
    // 900 of resin: 500 of them at 1 %, 100 at 1.5 %, of 100 yuan each.
    expect(result.families.map(({ family, quantity, rebate }) => [family, quantity, rebate.minor, rebate.next?.lacks])).toEqual([
      [null, 900, 0, 300],
      ['glue', 200, 0, 100],
      ['resin', 900, yuan(650), undefined],
    ])
    expect(result.minor).toBe(yuan(650))
    expect(result.missing).toEqual([
      { what: 'product', reason: 'missing' },
      { what: 'quantity glue', reason: 'missing' },
    ])
  })
  test('an order of several days and products: a return takes from the day that it names, and of no product unless it says so', () => {
    const policy = policyWith((p) => {
      p.rebate.basis = 'quantity'
      p.rebate.brackets = [{ from: 300, percent: 1 }]
    })
    const line = (date: string, product: string, quantity: number) => ({ ...order(date, quantity, 'o-1'), product, quantity })
    const two = [line('2025-12-01', 'resin', 500), line('2026-02-01', 'resin', 500), line('2026-02-01', 'glue', 500)]
    const of = (purchases: readonly Purchase[], patch: Partial<Purchase>) =>
      statement(
        [...purchases, { ...back('2026-03-01', 100, 'o-1'), quantity: 100, ...patch }],
        '2027-01-01',
        policy,
      ).families.map(({ family, quantity }) => [family, quantity])
    expect(of(two, { product: 'resin' })).toEqual([
      ['glue', 500],
      ['resin', 400],
    ])
    // Of the day that it names, which is another year's.
    expect(of(two, { product: 'resin', originalDate: '2025-12-01' })).toEqual([
      ['glue', 500],
      ['resin', 500],
    ])
    expect(of(two, {})).toEqual([
      [null, -100],
      ['glue', 500],
      ['resin', 500],
    ])
    expect(of(two.slice(0, 2), {})).toEqual([['resin', 400]])
    // From nowhere, it is of no product.
    expect(of(two.slice(0, 2), { orderId: 'x' })).toEqual([
      [null, -100],
      ['resin', 500],
    ])
  })
  test('other currencies at the rate of the day; a missing rate is named', () => {
    const policy = policyWith((p) => (p.exchangeRates = [{ from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 8 }]))
    const euro = [{ ...order('2026-03-01', 500_000), currency: 'EUR' }]
    expect(statement(euro, '2027-01-01', policy).minor).toBe(yuan(10_000))
    expect(() => statement(euro)).toThrow(/EUR to CNY on 2026-03-01/)
  })
})
