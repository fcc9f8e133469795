import { addDays } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases, type PurchaseIndex } from '../measures/purchase-index.ts'
import { comparedWith, freezeDate, wholeSpan } from '../measures/windows.ts'
import type { Change, DateSpan } from '../types.ts'
import { growth, tooLittleHistory } from './growth.ts'

/** Growth of one cycle in constant currency beside the rates of the day; amounts in minor units of the policy's currency. */
export type CurrencyComparison = {
  /** The cycle, and the period that it is compared with [I-27]. */
  readonly span: DateSpan
  readonly comparedWith: DateSpan
  /** Both sides at the rate of the earlier period's last day: what the rules use [I-31]. */
  readonly constant: Change
  /** Each entry at the rate of its day. */
  readonly current: Change
  /** How much of the present amount is the rates' doing: current less constant. Null where either is not known. */
  readonly ratesMinor: number | null
}

/**
 * How much an account grew, and how much of it is exchange rates [I-31, F-6]. Neither side leaves out small changes here: they are shown, not judged.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * const { constant, current, ratesMinor } = compareCurrencies(facts, policy, cycle)
 * constant.percent === current.percent // => true
 * ratesMinor // => 0
 * ```
 */
export function compareCurrencies(
  facts: AccountFacts,
  policy: Policy,
  cycle: DateSpan,
  index: PurchaseIndex = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)),
): CurrencyComparison {
  const span = { from: cycle.from, to: cycle.to }
  const base = comparedWith(span, 1, policy)
  if (!wholeSpan(facts, index, span) || !wholeSpan(facts, index, base))
    return { span, comparedWith: base, constant: tooLittleHistory, current: tooLittleHistory, ratesMinor: null }
  const rateOf = addDays(base.to, -1)
  const constant = netAmount(index, span, policy, rateOf)
  const current = netAmount(index, span, policy)
  return {
    span,
    comparedWith: base,
    constant: growth(netAmount(index, base, policy, rateOf), constant, 0),
    current: growth(netAmount(index, base, policy), current, 0),
    ratesMinor: current - constant,
  }
}
