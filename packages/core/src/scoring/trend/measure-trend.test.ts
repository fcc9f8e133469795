import { describe, expect, it } from 'vitest'
import type { AccountFacts } from '../facts.ts'
import { freezeDate } from '../measures/windows.ts'
import { indexPurchases } from '../measures/purchase-index.ts'
import { cycle, factsWith, monthly, order, policyWith, yuan } from '../testing/fixtures.ts'
import { measureTrend } from './measure-trend.ts'

const trend = (patch: Partial<AccountFacts>, policy = policyWith()) => {
  const facts = factsWith(patch)
  return measureTrend(facts, policy, cycle, indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)))
}
/** Two years: 100,000 yuan an order; two orders a month, then three. */
const growing = [...monthly('2024-07-01', 12, 2, 100_000), ...monthly('2025-07-01', 12, 3, 100_000)]

describe('trend [ADJ-02 … ADJ-08, I-27 … I-31]', () => {
  it('compares each cycle, both together, the last quarter and the rolling year', () => {
    expect(trend({ purchases: growing })).toEqual({
      amount: {
        current: { previous: yuan(1_200_000), current: yuan(1_800_000), percent: 50 },
        previous: { previous: yuan(1_200_000), current: yuan(1_800_000), percent: 50 },
        together: { previous: yuan(2_400_000), current: yuan(3_600_000), percent: 50 },
      },
      orders: {
        current: { previous: 12, current: 18, percent: 50 },
        previous: { previous: 12, current: 18, percent: 50 },
        together: { previous: 24, current: 36, percent: 50 },
      },
      recovery: { previous: yuan(600_000), current: yuan(900_000), percent: 50 },
      rolling: { previous: 24, current: 36, percent: 50 },
      rollingOrders: 36,
      excused: { current: false, previous: false },
    })
  })
  it('compares with the cycle before where the policy says so', () => {
    const policy = policyWith((p) => (p.growth.compare = 'previousCycle'))
    const { amount } = trend({ purchases: growing }, policy)
    expect([amount.current.percent, amount.previous.percent, amount.together.percent]).toEqual([0, 50, 50])
  })
  it('needs three cycles of history for one, four for two', () => {
    const known = (relationshipStart: string) => {
      const { amount } = trend({ purchases: growing, relationshipStart })
      return [amount.current, amount.previous, amount.together].map((c) => c.percent !== null)
    }
    expect(known('2024-07-01')).toEqual([true, true, true])
    expect(known('2024-07-02')).toEqual([true, false, false])
    expect(known('2025-01-01')).toEqual([true, false, false])
    expect(known('2025-01-02')).toEqual([false, false, false])
  })
  it('does not compare a span of which a part was not supplied', () => {
    const { amount, rollingOrders } = trend({ purchases: growing, coverage: { from: '2024-07-01', to: '2026-06-01' } })
    expect(amount.current).toEqual({ previous: null, current: null, percent: null, reason: 'insufficientHistory' })
    expect(amount.previous.percent).toBe(50)
    expect(rollingOrders).toBeNull()
  })
  it('an exchange rate downgrades nobody [I-31]', () => {
    const policy = policyWith((p) => {
      p.exchangeRates = [
        { from: 'EUR', to: 'CNY', since: '2024-01-01', rate: 8 },
        { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 4 },
      ]
    })
    const purchases = growing.map((p) => ({ ...p, minor: 1_000_000, currency: 'EUR' }))
    const { amount } = trend({ purchases }, policy)
    expect(amount.current.percent).toBe(50)
    expect(amount.together).toEqual({ previous: 24 * 8_000_000, current: 36 * 8_000_000, percent: 50 })
  })
  it('ignores a small change, twice as much over two cycles', () => {
    const small = [
      order('2024-08-01', 100_000),
      order('2025-02-01', 100_000),
      order('2025-08-01', 50_001),
      order('2026-02-01', 50_000),
    ]
    const { amount } = trend({ purchases: small })
    expect(amount.previous).toMatchObject({ percent: 0, reason: 'belowMinChange' })
    expect(amount.current).toMatchObject({ percent: -50 })
    expect(amount.together).toMatchObject({ percent: 0, reason: 'belowMinChange' })
  })
  it('marks the cycles whose drop we caused', () => {
    const excusedDrops = [{ cycle: '2025-H2', reason: 'stock-out', evidence: 'doc:1' }]
    expect(trend({ purchases: growing, excusedDrops }).excused).toEqual({ current: false, previous: true })
  })
})
