import { describe, expect, it } from 'vitest'
import type { AccountFacts, Purchase } from '../facts.ts'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { measureTier } from './tier-measures.ts'

const policy = policyWith()
const measure = (facts: Partial<AccountFacts>, p = policy) => measureTier(factsWith(facts), p, cycle)
const judgedOn = (day: string) => ({ judgements: { potential: { score: 70, judgedOn: day, by: 'u-4' } } })

describe('measures of an account at the end of a cycle [TIER-01]', () => {
  it('amounts reach back over each tier’s own lookback', () => {
    const lookbacks = policyWith((p) => {
      p.tier.A.amount.lookback = 1
      p.tier.C.amount.lookback = 0.5
    })
    const purchases = [order('2024-06-30', 1), order('2024-07-01', 2), order('2025-07-01', 4), order('2026-01-01', 8)]
    expect(measure({ purchases }, lookbacks)).toMatchObject({ amountA: yuan(12), amountB: yuan(14), amountC: yuan(8) })
    // All are known or none: the longest decides.
    const aYear = { purchases, coverage: { from: '2025-07-01', to: '2026-08-01' } }
    expect(measure(aYear, lookbacks)).toMatchObject({ amountA: null, amountB: null, amountC: null })
  })
  it('a return after the cycle lowers it until the facts freeze, not after [I-26]', () => {
    const after = (date: string): Purchase => ({ ...order(date, -3, 'o-2026-06-01'), kind: 'return' })
    expect(measure({ purchases: [order('2026-06-01', 5), after('2026-07-30')] }).amountA).toBe(yuan(2))
    expect(measure({ purchases: [order('2026-06-01', 5), after('2026-07-31')] }).amountA).toBe(yuan(5))
  })
  it('no purchases are zero; purchases that nobody supplied are not known', () => {
    expect(measure({})).toMatchObject({ amountA: 0, perMonth: 0, perYear: 0 })
    expect(measure({ coverage: { from: '2025-01-01', to: '2026-08-01' } })).toMatchObject({ amountA: null, perMonth: 0 })
    expect(measure({ coverage: { from: '2025-08-01', to: '2026-08-01' } })).toMatchObject({ amountA: null, perMonth: null })
  })
  it('a judgement is fresh for twelve months, then stale, and none is missing [judgementMaxAge]', () => {
    expect(measure(judgedOn('2025-07-01'))).toMatchObject({ potential: 70, potentialStale: false })
    expect(measure(judgedOn('2025-06-30'))).toMatchObject({ potential: null, potentialStale: true })
    expect(measure({ judgements: {} })).toMatchObject({ potential: null, potentialStale: false, influence: null })
  })
  it('two full cycles make an account assessable [I-32]', () => {
    expect(measure({ relationshipStart: '2025-07-01' })).toMatchObject({ provisional: false, years: 1 })
    expect(measure({ relationshipStart: '2025-07-02' }).provisional).toBe(true)
    expect(measure({ relationshipStart: null })).toMatchObject({ provisional: true, years: null })
    expect(measure({ relationshipStart: null, purchases: [order('2024-07-01', 1)] })).toMatchObject({
      provisional: false,
      years: 2,
    })
  })
})
