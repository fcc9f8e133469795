import { addDays } from '../../calendar/index.ts'
import { previousCycle } from '../../policy/cycle.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { minorOf } from '../measures/minor-of.ts'
import { netAmount } from '../measures/net-amount.ts'
import { purchasesIn, type PurchaseIndex } from '../measures/purchase-index.ts'
import { comparedWith, monthsBefore, shift, wholeSpan } from '../measures/windows.ts'
import type { Change, DateSpan, ReviewCycle, TrendMeasures } from '../types.ts'
import { growth, tooLittleHistory } from './growth.ts'

/**
 * How amount and frequency moved, in every comparison that the rules ask for [ADJ-02 … ADJ-08]. Amounts in constant currency: both sides
 * at the rate of the earlier period's last day [I-31]. A comparison with a span that is not wholly on record is `insufficientHistory`.
 *
 * @throws GovernanceError `missing_rate`
 */
export function measureTrend(facts: AccountFacts, policy: Policy, cycle: ReviewCycle, index: PurchaseIndex): TrendMeasures {
  const before = previousCycle(cycle, policy.cycle)
  const both: DateSpan = { from: before.from, to: cycle.to }
  const { months } = policy.trend.noRecoveryWindow
  const minChange = minChangeOf(policy)

  const compare = (span: DateSpan, base: DateSpan, measure: (span: DateSpan) => number, least: number): Change =>
    wholeSpan(facts, index, span) && wholeSpan(facts, index, base)
      ? growth(measure(base), measure(span), least)
      : tooLittleHistory
  const amount = (span: DateSpan, base: DateSpan, least: number): Change => {
    const rateOf = addDays(base.to, -1)
    return compare(span, base, (s) => netAmount(index, s, policy, rateOf), least)
  }
  const orders = (span: DateSpan, base: DateSpan): Change => compare(span, base, (s) => purchasesIn(index, s), 0)

  const recent = monthsBefore(cycle.to, months)
  const rolling = monthsBefore(cycle.to, policy.frequency.window.months)
  const excused = (id: string): boolean => facts.excusedDrops?.some((d) => d.cycle === id) ?? false
  return {
    amount: {
      current: amount(cycle, comparedWith(cycle, 1, policy), minChange),
      previous: amount(before, comparedWith(before, 1, policy), minChange),
      together: amount(both, comparedWith(both, 2, policy), 2 * minChange),
    },
    orders: {
      current: orders(cycle, comparedWith(cycle, 1, policy)),
      previous: orders(before, comparedWith(before, 1, policy)),
      together: orders(both, comparedWith(both, 2, policy)),
    },
    recovery: amount(recent, shift(recent, -12), Math.round((minChange * months) / policy.cycle.length)),
    rolling: orders(rolling, shift(rolling, -policy.frequency.window.months)),
    rollingOrders: wholeSpan(facts, index, rolling) ? purchasesIn(index, rolling) : null,
    excused: { current: excused(cycle.id), previous: excused(before.id) },
  }
}

/** `growth.minChange` of one cycle, in minor units of the policy's currency [I-29]. */
export function minChangeOf(policy: Policy): number {
  return minorOf(policy.growth.minChange, policy)
}
