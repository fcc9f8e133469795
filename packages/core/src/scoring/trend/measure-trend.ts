import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { minorOf } from '../measures/minor-of.ts'
import { netAmount } from '../measures/net-amount.ts'
import { purchasesIn, type PurchaseIndex } from '../measures/purchase-index.ts'
import { wholeSpan } from '../measures/windows.ts'
import type { Change, ReviewCycle, TrendMeasures } from '../types.ts'
import { growth, tooLittleHistory } from './growth.ts'
import { trendWindows, type Comparison } from './trend-windows.ts'

/**
 * How amount and frequency moved, in every comparison that the rules ask for [ADJ-02 … ADJ-08]. Amounts in constant currency: both sides
 * at the rate of the earlier period's last day [I-31]. A comparison with a span that is not wholly on record is `insufficientHistory`.
 *
 * @throws GovernanceError `missing_rate`
 */
export function measureTrend(facts: AccountFacts, policy: Policy, cycle: ReviewCycle, index: PurchaseIndex): TrendMeasures {
  const windows = trendWindows(policy, cycle)
  const { current, previous, together, recovery, rolling } = windows
  const comparable = ({ span, base }: Comparison): boolean => wholeSpan(facts, index, span) && wholeSpan(facts, index, base)
  const amount = (of: Comparison): Change =>
    comparable(of)
      ? growth(netAmount(index, of.base, policy, of.rateOf), netAmount(index, of.span, policy, of.rateOf), of.minChange)
      : tooLittleHistory
  const orders = (of: Comparison): Change =>
    comparable(of) ? growth(purchasesIn(index, of.base), purchasesIn(index, of.span), 0) : tooLittleHistory
  const excused = (id: string): boolean => facts.excusedDrops?.some((d) => d.cycle === id) ?? false
  return {
    amount: { current: amount(current), previous: amount(previous), together: amount(together) },
    orders: { current: orders(current), previous: orders(previous), together: orders(together) },
    recovery: amount(recovery),
    rolling: orders(rolling),
    rollingOrders: wholeSpan(facts, index, rolling.span) ? purchasesIn(index, rolling.span) : null,
    excused: { current: excused(cycle.id), previous: excused(windows.before) },
  }
}

/** `growth.minChange` of one cycle, in minor units of the policy's currency [I-29]. */
export function minChangeOf(policy: Policy): number {
  return minorOf(policy.growth.minChange, policy)
}
