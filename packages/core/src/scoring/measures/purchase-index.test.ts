import { describe, expect, it } from 'vitest'
import type { Purchase } from '../facts.ts'
import { factsWith, order } from '../testing/fixtures.ts'
import { indexPurchases, orderDayOf, purchasesIn } from './purchase-index.ts'

const taken = (date: string, amount: number, orderId: string, patch: Partial<Purchase> = {}): Purchase => ({
  ...order(date, -amount, orderId),
  kind: 'return',
  ...patch,
})
const freeze = '2026-08-01'
const index = (purchases: Purchase[], unit: 'orderDay' | 'order' = 'orderDay') =>
  indexPurchases(factsWith({ purchases }), unit, freeze)
const march = { from: '2026-03-01', to: '2026-04-01' }

describe('purchases that count [I-24, decision 19]', () => {
  const day = '2026-03-02'
  it.each<[string, Purchase[], number, number]>([
    ['orders of one day', [order(day, 10, 'a'), order(day, 10, 'b')], 1, 2],
    ['lines of one order', [order(day, 10, 'a'), order(day, 10, 'a')], 1, 1],
    ['call-offs of one frame order on two days', [order(day, 10, 'a'), order('2026-03-09', 10, 'a')], 2, 2],
    ['a free sample', [order(day, 0, 'a')], 0, 0],
    ['a partly returned order', [order(day, 10, 'a'), taken('2026-03-20', 9, 'a')], 1, 1],
    ['a fully returned order', [order(day, 10, 'a'), taken('2026-03-20', 10, 'a')], 0, 0],
    ['a fully returned order of two of a day', [order(day, 10, 'a'), order(day, 5, 'b'), taken('2026-03-20', 10, 'a')], 1, 1],
    [
      'a day taken back without the order number',
      [order(day, 10, 'a'), taken('2026-05-20', 10, 'r', { originalDate: day })],
      0,
      0,
    ],
    [
      'a day of which only a part is taken back without the order number',
      [order(day, 10, 'a'), taken('2026-05-20', 9, 'r', { originalDate: day })],
      1,
      1,
    ],
    [
      'call-offs of three days, the second twice, and all of that day returned',
      [
        order(day, 10, 'a'),
        order('2026-03-09', 10, 'a'),
        order('2026-03-16', 10, 'a'),
        order('2026-03-09', 5, 'a'),
        taken('2026-03-20', 15, 'a', { originalDate: '2026-03-09' }),
      ],
      2,
      2,
    ],
    [
      'days of which one is taken back without the order number, and one is not',
      [order(day, 10, 'a'), order('2026-03-09', 10, 'b'), taken('2026-05-20', 10, 'r', { originalDate: '2026-03-09' })],
      1,
      1,
    ],
    [
      'a day on which nothing was ordered taken back',
      [order(day, 10, 'a'), taken('2026-05-20', 9, 'r', { originalDate: '2026-03-09' })],
      1,
      1,
    ],
    ['a return of nobody knows what', [order(day, 10, 'a'), taken(day, 10, 'r')], 1, 1],
    ['one call-off of two returned', [order(day, 10, 'a'), order('2026-03-09', 10, 'a'), taken('2026-03-12', 10, 'a')], 1, 1],
    ['a return dated before its order', [order(day, 10, 'a'), taken('2026-02-01', 10, 'a')], 0, 0],
    ['a return entered before its order', [taken('2026-03-20', 10, 'a'), order(day, 10, 'a')], 0, 0],
  ])('%s', (_, purchases, days, orders) => {
    expect(purchasesIn(index(purchases, 'orderDay'), march)).toBe(days)
    expect(purchasesIn(index(purchases, 'order'), march)).toBe(orders)
  })
})

it('purchases stand in the order of their days, whatever came first', () => {
  const days = ['2026-03-09', '2026-03-02', '2026-03-16']
  expect(index(days.map((one) => order(one, 10))).purchases).toEqual(days.toSorted())
  expect(
    index(
      days.toSorted().map((one) => order(one, 10)),
      'order',
    ).purchases,
  ).toEqual(days.toSorted())
})

describe('the day of the order that a return takes back', () => {
  it.each([
    ['the one that it names', '2026-03-20', '2026-03-09', '2026-03-09'],
    ['the latest not after it, if it names none', '2026-03-20', undefined, '2026-03-16'],
    ['the same, if it names one on which nothing was ordered', '2026-03-12', '2026-03-10', '2026-03-09'],
    ['of the same day', '2026-03-16', undefined, '2026-03-16'],
    ['the first, if it comes before all', '2026-01-01', undefined, '2026-03-02'],
  ])('%s', (_, date, originalDate, day) => {
    const days = ['2026-03-16', '2026-03-02', '2026-03-09']
    expect(orderDayOf({ date, ...(originalDate === undefined ? {} : { originalDate }) }, days)).toBe(day)
  })
  it('its own, where there is no order', () => {
    expect(orderDayOf({ date: '2026-01-01' }, [])).toBe('2026-01-01')
  })
})

describe('periods [decision 19]', () => {
  it('a return reduces the period of its order, by number or by date', () => {
    const days = index([
      order('2026-03-31', 10, 'a'),
      taken('2026-04-02', 4, 'a'),
      taken('2026-04-03', 1, 'x', { originalDate: '2026-03-31' }),
      taken('2026-04-04', 2, 'y', { kind: 'credit' }),
    ]).entries.map((e) => [e.day, e.minor])
    expect(days).toEqual([
      ['2026-03-31', 1000],
      ['2026-03-31', -400],
      ['2026-03-31', -100],
      ['2026-04-04', -200],
    ])
  })
  it('a credit note that pays a rebate lowers nothing and cancels no purchase [I-25]', () => {
    const paying = taken('2026-03-09', 10, 'a', { kind: 'credit', pays: 'rebate' })
    const { entries, purchases } = index([order('2026-03-02', 10, 'a'), paying])
    expect(entries.map((e) => e.minor)).toEqual([1000])
    expect(purchases).toEqual(['2026-03-02'])
  })
  it('what is dated on or after the freeze is ignored [I-26]', () => {
    const { entries, firstOrder } = index([
      order('2026-03-31', 10, 'a'),
      taken('2026-07-31', 1, 'a'),
      taken(freeze, 9, 'a'),
      order(freeze, 5),
    ])
    expect(entries.map((e) => e.minor)).toEqual([1000, -100])
    expect(firstOrder).toBe('2026-03-31')
  })
  it('the first order is the earliest, wherever it stands, returned or not', () => {
    const orders = [order('2026-03-09', 10, 'b'), order('2026-03-02', 10, 'a'), order('2026-03-16', 10, 'c')]
    expect(index([...orders, taken('2026-03-20', 10, 'a')]).firstOrder).toBe('2026-03-02')
  })
  it('an account without orders has no first one', () => {
    expect(index([taken('2026-04-02', 4, 'a')]).firstOrder).toBeNull()
  })
})
