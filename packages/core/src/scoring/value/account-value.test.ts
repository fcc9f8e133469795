import { describe, expect, test } from 'vitest'
import { accountValueOf, type ValueTerms } from './account-value.ts'

const terms: ValueTerms = {
  weights: { spend: 30, frequency: 10, potential: 20, lifetime: 20, loyalty: 10, influence: 10 },
  full: { spendMinor: 1_000_000, purchasesPerYear: 24, lifetimeMinor: 1_000_000 },
  lifetime: { period: 'year', retention: 0.8, discount: 0.1, marginPercent: 25, starts: 'afterFirst' },
}
const measures = { spendMinor: 600_000, purchasesPerYear: 12, potential: 70, loyalty: 80, influence: 40 }

describe('value assessment [CLS-05]', () => {
  test('a sum that a person can check, the lifetime value and its terms among the parts', () => {
    const value = accountValueOf(measures, terms)
    // 150,000 margin a year × 0.8 / 0.3 = 400,000: 40 of 100 points.
    expect(value.lifetime).toMatchObject({ period: 'year', marginMinor: 150_000, valueMinor: 400_000 })
    expect(value.parts.map((p) => [p.name, p.points])).toEqual([
      ['spend', 18],
      ['frequency', 5],
      ['potential', 14],
      ['lifetime', 8],
      ['loyalty', 8],
      ['influence', 4],
    ])
    expect(value).toMatchObject({ points: 57, missing: [] })
  })
  test('without purchases on record neither spend nor lifetime counts, and both are named', () => {
    expect(accountValueOf({ ...measures, spendMinor: null }, terms)).toMatchObject({
      missing: ['spend', 'lifetime'],
      lifetime: null,
    })
  })
  test('where no finite lifetime value exists, it is missing, never endless', () => {
    const forever = { ...terms, lifetime: { ...terms.lifetime, retention: 1, discount: 0 } }
    expect(accountValueOf(measures, forever)).toMatchObject({ missing: ['lifetime'], lifetime: { valueMinor: null } })
  })
  test('money scaled with its thresholds changes no point', () => {
    const tenfold = { ...terms, full: { ...terms.full, spendMinor: 10_000_000, lifetimeMinor: 10_000_000 } }
    expect(accountValueOf({ ...measures, spendMinor: 6_000_000 }, tenfold).points).toBe(accountValueOf(measures, terms).points)
  })
})
