import type { Policy } from '@ka-governance/core'
import type { Portfolio } from '../ingest/portfolio.ts'
import { UsageError } from '../usage-error.ts'

/** Orders in a currency that the policy cannot convert. @throws UsageError naming the currencies. */
export function checkCurrency(portfolio: Portfolio, policy: Policy): void {
  const foreign = [
    ...new Set(portfolio.accounts.filter((a) => a.purchases.length > 0).flatMap((a) => a.purchases.map((p) => p.currency))),
  ].filter((c) => c !== policy.currency && !policy.exchangeRates.some((r) => r.from === c && r.to === policy.currency))
  if (foreign.length > 0) {
    throw new UsageError(
      `the orders are in ${foreign.join(', ')}, the policy counts in ${policy.currency}, and it has no exchange rate for them`,
      'choose a policy in that currency, add `exchangeRates` to the policy, or correct `currency` in the mapping',
    )
  }
}
