import { describe, expect, it } from 'vitest'
import { loadPolicy, presets } from '../../policy/index.ts'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { measureTier } from '../tier/tier-measures.ts'
import { measureTrend } from '../trend/measure-trend.ts'
import { oncePerPolicy } from './once-per-policy.ts'
import { indexPurchases } from './purchase-index.ts'

describe('what follows from a policy alone', () => {
  it('is made once for a loaded policy, which cannot change', () => {
    const policy = loadPolicy(presets.manufacturerCn)
    let made = 0
    const version = oncePerPolicy((p) => `${p.version} ${String((made += 1))}`)
    expect([version(policy), version(policy), made]).toEqual(['1.0 1', '1.0 1', 1])
  })
  it('is made anew for a policy that still can', () => {
    const policy = policyWith()
    const facts = factsWith({ purchases: [order('2024-09-01', 500), order('2026-02-01', 300)] })
    expect(measureTier(facts, policy, cycle).amountA).toBe(yuan(800))
    policy.tier.A.amount.lookback = 1
    expect(measureTier(facts, policy, cycle)).toMatchObject({ amountA: yuan(300), amountB: yuan(800), amountC: yuan(800) })
  })
  it('is that of its own span, of which either end may differ', () => {
    const policy = loadPolicy(presets.manufacturerCn)
    const facts = factsWith({ purchases: [order('2025-09-01', 500), order('2026-02-01', 300), order('2026-08-01', 200)] })
    const bought = (from: string, to: string) =>
      measureTrend(facts, policy, { id: '2026-H1', from, to }, indexPurchases(facts, 'orderDay', '2026-12-31')).amount.current
        .current
    expect([
      bought('2026-01-01', '2026-07-01'),
      bought('2025-07-01', '2026-07-01'),
      bought('2025-07-01', '2027-01-01'),
      bought('2026-01-01', '2026-07-01'),
    ]).toEqual([yuan(300), yuan(800), yuan(1000), yuan(300)])
  })
  it('is that of its own cycle', () => {
    const policy = loadPolicy(presets.manufacturerCn)
    const facts = factsWith({ purchases: [order('2024-09-01', 500), order('2026-02-01', 300)] })
    const at = (to: string) => measureTier(facts, policy, { from: to, to }).amountA
    expect([at('2026-07-01'), at('2026-01-01'), at('2026-07-01')]).toEqual([yuan(800), yuan(500), yuan(800)])
  })
})
