import { describe, expect, test } from 'vitest'
import { accountValueOf, type ValueTerms } from './account-value.ts'
import { lifetimeValue, type LifetimeTerms } from './lifetime-value.ts'

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
  test('each part says its unit and the parameter of its weight', () => {
    expect(accountValueOf(measures, terms).parts.map((p) => [p.name, p.unit, p.raw, p.weight, p.parameter])).toEqual([
      ['spend', 'minor', 600_000, 30, 'value.weights.spend'],
      ['frequency', 'purchasesPerYear', 12, 10, 'value.weights.frequency'],
      ['potential', 'score', 70, 20, 'value.weights.potential'],
      ['lifetime', 'minor', 400_000, 20, 'value.weights.lifetime'],
      ['loyalty', 'score', 80, 10, 'value.weights.loyalty'],
      ['influence', 'score', 40, 10, 'value.weights.influence'],
    ])
  })
  test('a lifetime value stands on terms that are possible; at their ends they still are', () => {
    const of = (patch: Partial<LifetimeTerms>) => lifetimeValue(1_000, { ...terms.lifetime, ...patch })
    expect(of({ retention: 0 })).toEqual({
      ...terms.lifetime,
      retention: 0,
      marginMinor: 250,
      valueMinor: 0,
      multiple: 0,
    })
    expect(of({ retention: 0, starts: 'fromFirst' })).toMatchObject({ valueMinor: 250, multiple: 1 })
    expect(of({ retention: 1, discount: 0.25 })).toMatchObject({ valueMinor: 1_000, multiple: 4 })
    expect(of({ retention: 1, discount: 0 })).toMatchObject({ marginMinor: 250, valueMinor: null, multiple: null })
    expect([of({ marginPercent: -100 }).marginMinor, of({ marginPercent: 100 }).marginMinor]).toEqual([-1_000, 1_000])
    const message = 'retention is 0 to 1, discount 0 or more, margin −100 to 100 percent'
    for (const patch of [
      { retention: -0.1 },
      { retention: 1.1 },
      { retention: NaN },
      { discount: -0.1 },
      { discount: Infinity },
      { discount: NaN },
      { marginPercent: -101 },
      { marginPercent: 101 },
      { marginPercent: NaN },
    ])
      expect(() => of(patch), JSON.stringify(patch)).toThrow(new RangeError(message))
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
