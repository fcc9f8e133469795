import type { LocalDate } from '../../calendar/index.ts'
import { convert } from '../../policy/exchange.ts'
import type { Policy } from '../../policy/schema.ts'
import type { DateSpan } from '../types.ts'
import type { PurchaseIndex } from './purchase-index.ts'

/** What an amount is stated in. */
export type CurrencyRules = Pick<Policy, 'currency' | 'exchangeRates'>

/**
 * Net amount of a span in minor units of the policy's currency [TIER-02, I-25]: orders less the returns and credit notes that belong
 * to it. Each entry is converted at the rate of its day; with `rateOf`, all at the rate of that one day (constant currency, I-31).
 *
 * @throws GovernanceError `missing_rate`, naming the pair and the day.
 */
export function netAmount(index: PurchaseIndex, span: DateSpan, money: CurrencyRules, rateOf?: LocalDate): number {
  let own = 0
  let foreign: Map<string, number> | undefined
  for (const e of index.entries) {
    if (e.day < span.from || e.day >= span.to) continue
    if (e.currency === money.currency) own += e.minor
    else if (rateOf === undefined) own += convert(e, money.currency, e.day, money.exchangeRates).minor
    else (foreign ??= new Map()).set(e.currency, (foreign.get(e.currency) ?? 0) + e.minor)
  }
  if (rateOf !== undefined && foreign !== undefined)
    for (const [currency, minor] of foreign)
      own += convert({ currency, minor }, money.currency, rateOf, money.exchangeRates).minor
  return own
}
