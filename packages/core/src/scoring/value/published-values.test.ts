import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { abcOf } from './abc.ts'
import { lifetimeMultiple, lifetimeValue, type LifetimeTerms } from './lifetime-value.ts'
import { rfmOf, rfmSegment, rfmThresholds, type RfmMeasures, type RfmSegment } from './rfm.ts'

const folder = new URL('../../../../../../shared/data/', import.meta.url)
const present = existsSync(new URL('published-values.json', folder))
const published = present ? (JSON.parse(readFileSync(new URL('published-values.json', folder), 'utf8')) as Published) : null
interface Published {
  readonly rfm_orders: {
    readonly analysis_date: string
    readonly customers: number
    readonly thresholds: {
      readonly recency_days: readonly number[]
      readonly transactions: readonly number[]
      readonly amount: readonly number[]
    }
    readonly published_rows: {
      readonly [name: string]: {
        readonly recency_days: number
        readonly n: number
        readonly amount: number
        readonly score: number
      }
    }
    readonly segment_rule_test_suite: {
      readonly names: readonly string[]
      readonly r: readonly [number, number][]
      readonly f: readonly [number, number][]
      readonly m: readonly [number, number][]
      readonly published: {
        readonly [name: string]: { readonly customers: number; readonly orders: number; readonly revenue: number }
      }
      readonly recomputed: { readonly [name: string]: readonly [number, number, number] }
    }
  }
  readonly abc_customer_table: {
    readonly amounts_thousand: readonly number[]
    readonly published_cumulative_last_A: number
    readonly published_cumulative_last_B: number
    readonly counts: { readonly [c: string]: number }
  }
  readonly closed_forms: {
    readonly clv_m_r_1_d: {
      readonly example: { readonly m: number; readonly r: number; readonly d: number; readonly published: number }
    }
  }
}
const only = present ? test : test.skip

/** Customers of the rfm orders: days since the last, how many, how much. */
function rfmCustomers(until: string): ReadonlyMap<string, RfmMeasures> {
  const byName = new Map<string, { last: string; n: number; amount: number }>()
  for (const line of readFileSync(new URL('rfm-orders.csv', folder), 'utf8').trim().split('\n').slice(1)) {
    const [, name = '', date = '', revenue = ''] = /^"?(.*?)"?,(\d{4}-\d\d-\d\d),([\d.]+)\s*$/.exec(line) ?? []
    const before = byName.get(name) ?? { last: '', n: 0, amount: 0 }
    byName.set(name, { last: date > before.last ? date : before.last, n: before.n + 1, amount: before.amount + Number(revenue) })
  }
  return new Map(
    [...byName].map(([name, { last, n, amount }]) => [
      name,
      { recencyDays: (Date.parse(until) - Date.parse(last)) / 86_400_000, frequency: n, monetary: amount },
    ]),
  )
}

describe('published values [CLS-05]; skipped where the shared data is absent', () => {
  only('RFM scores and segments of the rfm package’s orders (rsquaredacademy/rfm, README and test suite)', () => {
    const rfm = published?.rfm_orders
    if (rfm === undefined) return
    const customers = rfmCustomers(rfm.analysis_date)
    expect(customers.size).toBe(rfm.customers)
    const thresholds = rfmThresholds([...customers.values()], 5)
    expect(thresholds.recencyDays).toEqual(rfm.thresholds.recency_days.map((d) => expect.closeTo(d, 9) as number))
    expect(thresholds.frequency).toEqual(rfm.thresholds.transactions)
    expect(thresholds.monetary).toEqual(rfm.thresholds.amount.map((d) => expect.closeTo(d, 9) as number))
    for (const [name, row] of Object.entries(rfm.published_rows)) {
      const measures = customers.get(name)
      expect(measures, name).toEqual({ recencyDays: row.recency_days, frequency: row.n, monetary: row.amount })
      if (measures === undefined) continue
      const { recency, frequency, monetary } = rfmOf(measures, thresholds)
      expect(recency * 100 + frequency * 10 + monetary, name).toBe(row.score)
    }
    const suite = rfm.segment_rule_test_suite
    const segments = suite.names.map((id, i): RfmSegment => ({
      id,
      recency: suite.r[i] ?? [0, 0],
      frequency: suite.f[i] ?? [0, 0],
      monetary: suite.m[i] ?? [0, 0],
    }))
    const totals: Record<string, [number, number, number]> = {}
    for (const measures of customers.values()) {
      const sums = (totals[rfmSegment(rfmOf(measures, thresholds), segments) ?? 'Others'] ??= [0, 0, 0])
      sums[0] += 1
      sums[1] += measures.frequency
      sums[2] += measures.monetary
    }
    expect(totals).toEqual(suite.recomputed)
    for (const [name, { customers: n, orders, revenue }] of Object.entries(suite.published))
      expect(totals[name], name).toEqual([n, orders, revenue])
  })
  only('the ABC customer table of 9cbs.com: 12 A, 15 B, 16 C', () => {
    const table = published?.abc_customer_table
    if (table === undefined) return
    const classes = abcOf(
      table.amounts_thousand.map((value, i) => ({ key: `c${String(i).padStart(2, '0')}`, value })),
      { a: 55, b: 85 },
    )
    const of = (c: string) => classes.filter((item) => item.class === c)
    expect({ A: of('A').length, B: of('B').length, C: of('C').length }).toEqual(table.counts)
    expect(of('A').at(-1)?.cumulative).toBe(table.published_cumulative_last_A)
    expect(of('B').at(-1)?.cumulative).toBe(table.published_cumulative_last_B)
  })
  only('the closed lifetime value m·r / (1 + d − r) of waycalculator.com', () => {
    const example = published?.closed_forms.clv_m_r_1_d.example
    if (example === undefined) return
    expect(example.m * (lifetimeMultiple(example.r, example.d, 'afterFirst') ?? NaN)).toBeCloseTo(example.published, 6)
  })
})

describe('laws of the value measures [CLS-05]', () => {
  const terms: LifetimeTerms = { period: 'year', retention: 0.8, discount: 0.1, marginPercent: 25, starts: 'afterFirst' }
  test('a lifetime value is the sum of its periods', () => {
    let sum = 0
    for (let t = 1; t < 500; t += 1) sum += 250_000 * (0.8 / 1.1) ** t
    expect(lifetimeValue(1_000_000, terms).valueMinor).toBe(Math.round(sum))
    expect(lifetimeValue(1_000_000, { ...terms, starts: 'fromFirst' }).valueMinor).toBe(Math.round(sum + 250_000))
  })
  test('nobody ever leaves and nothing is discounted: no finite value, and it says so', () => {
    expect(lifetimeValue(1, { ...terms, retention: 1, discount: 0 })).toMatchObject({ valueMinor: null, multiple: null })
    expect(() => lifetimeValue(1, { ...terms, retention: 1.2 })).toThrow(RangeError)
  })
  const values = fc.uniqueArray(
    fc.record({ key: fc.string({ minLength: 1, maxLength: 5 }), value: fc.integer({ min: -100, max: 10_000 }) }),
    {
      selector: (i) => i.key,
      maxLength: 40,
    },
  )
  test('ABC: order does not matter, nor does the unit; everybody has a class; a larger one never has a lower class', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 1000 }), (items, factor) => {
        const cuts = { a: 55, b: 85 }
        const classes = abcOf(items, cuts)
        expect(classes).toHaveLength(items.length)
        expect(abcOf([...items].reverse(), cuts)).toEqual(classes)
        expect(
          abcOf(
            items.map((i) => ({ ...i, value: i.value * factor })),
            cuts,
          ).map((i) => i.class),
        ).toEqual(classes.map((i) => i.class))
        expect([...classes].map((i) => i.class).sort()).toEqual(classes.map((i) => i.class))
      }),
    )
  })
  const measures = fc.record({ recencyDays: fc.nat(1000), frequency: fc.nat(50), monetary: fc.nat(100_000) })
  test('RFM: scores are 1 to bins, and better measures never score lower', () => {
    fc.assert(
      fc.property(fc.array(measures, { minLength: 1, maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (customers, bins) => {
        const thresholds = rfmThresholds(customers, bins)
        expect(rfmThresholds([...customers].reverse(), bins)).toEqual(thresholds)
        const byAmount = [...customers].sort((a, b) => a.monetary - b.monetary).map((c) => rfmOf(c, thresholds).monetary)
        expect([...byAmount].sort((a, b) => a - b)).toEqual(byAmount)
        const byRecency = [...customers].sort((a, b) => b.recencyDays - a.recencyDays).map((c) => rfmOf(c, thresholds).recency)
        expect([...byRecency].sort((a, b) => a - b)).toEqual(byRecency)
        for (const c of customers) for (const s of Object.values(rfmOf(c, thresholds))) expect(s >= 1 && s <= bins).toBe(true)
      }),
    )
    expect(() => rfmThresholds([], 5)).toThrow(RangeError)
  })
})
