import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cycle, factsWith, monthly, order, policyWith } from '../testing/fixtures.ts'
import { seasonsOf } from './seasons.ts'

const policy = policyWith()
const since = (relationshipStart: string) => ({ relationshipStart })

describe('seasons [DAT-04, I-27]', () => {
  test('each month against the average month of its year, the mean over the years', () => {
    // Steady 100 a month, and one year with 1,200 more in February.
    const purchases = [...monthly('2024-07-01', 24, 1, 100), order('2026-02-15', 1_200)]
    const { months, years, span } = seasonsOf(factsWith({ ...since('2024-07-01'), purchases }), policy, cycle)
    expect({ years, span }).toEqual({ years: 2, span: { from: '2024-07-01', to: '2026-07-01' } })
    // February: 100 % and 1,300 of 2,400 ÷ 12 = 650 %; the others 100 % and 50 %.
    expect(months?.map((m) => m.indexPercent)).toEqual([75, 375, ...Array<number>(10).fill(75)])
    expect(months?.map((m) => m.month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })
  test('one year has no season; a year without net purchases is none; parts of years are left out', () => {
    expect(
      seasonsOf(factsWith({ ...since('2024-07-02'), purchases: monthly('2024-07-01', 24, 1, 100) }), policy, cycle),
    ).toMatchObject({
      years: 1,
      months: null,
    })
    expect(
      seasonsOf(factsWith({ ...since('2023-07-01'), purchases: monthly('2025-07-01', 12, 1, 100) }), policy, cycle),
    ).toMatchObject({
      years: 1,
      months: null,
    })
    expect(seasonsOf(factsWith({ relationshipStart: null }), policy, cycle).years).toBe(0)
  })
  test('two years have seasons; more than ten are not asked for', () => {
    const bought = monthly('2010-07-01', 16 * 12, 1, 100)
    expect(seasonsOf(factsWith({ ...since('2010-07-01'), purchases: bought }), policy, cycle)).toMatchObject({
      years: 10,
      span: { from: '2016-07-01', to: '2026-07-01' },
    })
    const two = seasonsOf(factsWith({ ...since('2024-07-01'), purchases: bought }), policy, cycle)
    expect([two.years, two.months?.length, two.months?.[0]]).toEqual([2, 12, { month: 1, indexPercent: 100 }])
  })
  test('a year that nets to nothing is left out of the mean', () => {
    const purchases = [
      ...monthly('2023-07-01', 12, 1, 100),
      order('2024-08-01', 500, 'x'),
      { ...order('2024-09-01', -500, 'x'), kind: 'return' as const },
      order('2026-06-30', 1_200),
    ]
    const { years, months } = seasonsOf(factsWith({ ...since('2023-07-01'), purchases }), policy, cycle)
    expect(years).toBe(2)
    // June: 100 % and 1,200 %, the others 100 % and nothing.
    expect(months?.map((m) => m.indexPercent)).toEqual([50, 50, 50, 50, 50, 650, 50, 50, 50, 50, 50, 50])
  })
  test('twelve months add up to 1,200, whatever was bought when; scaling amounts changes nothing', () => {
    const bought = fc.array(fc.record({ back: fc.nat(35), minor: fc.integer({ min: 1, max: 1_000_000 }) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(bought, fc.integer({ min: 2, max: 1000 }), (lines, factor) => {
        const of = (times: number) =>
          seasonsOf(
            factsWith({
              ...since('2023-07-01'),
              purchases: lines.map(({ back, minor }, i) => {
                const at = 2023 * 12 + 6 + back
                const date = `${String(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, '0')}-11`
                return { ...order(date, 0, `o-${String(i)}`), minor: minor * times }
              }),
            }),
            policy,
            cycle,
          )
        const { months } = of(1)
        if (months !== null) expect(months.reduce((sum, m) => sum + m.indexPercent, 0)).toBeCloseTo(1200, 0)
        expect(of(factor)).toEqual(of(1))
      }),
      { numRuns: 60 },
    )
  })
})
