import fc from 'fast-check'
import { tiers, type Tier } from '../../policy/index.ts'
import type { TierMeasures } from '../tier/tier-measures.ts'
import { compileTierRules, type TierRules } from '../tier/tier-rules.ts'
import { policyWith, yuan } from './fixtures.ts'

export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 8 })
export const score = fc.double({ min: 0, max: 100, noNaN: true })
/** Measures of any account, known and not. */
export const anyMeasures: fc.Arbitrary<TierMeasures> = fc
  .record({
    amount: maybe(fc.integer({ min: yuan(-1_000_000), max: yuan(30_000_000) })),
    yearly: maybe(fc.nat({ max: 60 })),
    potential: maybe(score),
    influence: maybe(score),
    years: maybe(fc.double({ min: 0, max: 12, noNaN: true })),
    disputes: fc.nat({ max: 9 }),
    overdueDays: maybe(fc.nat({ max: 200 })),
    seriousDispute: fc.boolean(),
    provisional: fc.boolean(),
    isKeyAccount: fc.boolean(),
    currentTier: maybe(fc.constantFrom<Tier>(...tiers)),
  })
  .map(({ amount, yearly, disputes, ...rest }) => ({
    ...rest,
    amountA: amount,
    amountB: amount,
    amountC: amount,
    perMonth: yearly === null ? null : yearly / 12,
    perQuarter: yearly === null ? null : yearly / 4,
    perYear: yearly,
    potentialStale: false,
    influenceStale: false,
    disputesA: disputes,
    disputesB: disputes,
    disputesC: disputes,
  }))
const weight = fc.integer({ min: 0, max: 100 })
/** Tier rules of any policy, sensible or not. */
export const anyRules: fc.Arbitrary<TierRules> = fc
  .record({
    combine: fc.constantFrom('weighted' as const, 'all' as const, 'atLeast' as const, 'minimum' as const),
    atLeast: fc.integer({ min: 1, max: 5 }),
    weights: fc.record({
      amount: fc.integer({ min: 1, max: 100 }),
      frequency: weight,
      potential: weight,
      stability: weight,
      influence: weight,
    }),
    band: fc.constantFrom(0, 0.1, 0.5),
    gates: fc.record({
      amountD: fc.boolean(),
      aboveAmount: maybe(fc.integer({ min: 0, max: 3 })),
      overdueDays: maybe(fc.integer({ min: 1, max: 120 })),
      seriousDispute: fc.boolean(),
    }),
  })
  .map((change) => compileTierRules(policyWith((p) => void Object.assign(p.tier, change))))
