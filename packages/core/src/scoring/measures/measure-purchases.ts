import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { measureTrend } from '../trend/measure-trend.ts'
import type { ReviewCycle, TrendMeasures } from '../types.ts'
import { indexPurchases, type PurchaseIndex } from './purchase-index.ts'
import { freezeDate } from './windows.ts'

/** What several results of one account rest on; made once and handed on. */
export interface MeasuredPurchases {
  readonly index: PurchaseIndex
  readonly trend: TrendMeasures
}

/** The purchases of an account by period, and how they moved. */
export function measurePurchases(facts: AccountFacts, policy: Policy, cycle: ReviewCycle): MeasuredPurchases {
  const index = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy))
  return { index, trend: measureTrend(facts, policy, cycle, index) }
}
