import type { Policy } from '@ka-governance/core'
import { InputFileError } from '../config/input-file.ts'
import type { Portfolio } from '../ingest/portfolio.ts'
import { say } from '../said.ts'

/** Orders in a currency that the policy cannot convert. @throws InputFileError naming the currencies: the data do not fit the policy. */
export function checkCurrency(portfolio: Portfolio, policy: Policy): void {
  const foreign = [
    ...new Set(portfolio.accounts.filter((a) => a.purchases.length > 0).flatMap((a) => a.purchases.map((p) => p.currency))),
  ].filter((c) => c !== policy.currency && !policy.exchangeRates.some((r) => r.from === c && r.to === policy.currency))
  if (foreign.length > 0) {
    throw new InputFileError(
      'orders',
      say(
        `they are in ${foreign.join(', ')}, the policy counts in ${policy.currency}, and it has no exchange rate for them`,
        `币种为${foreign.join('、')}，制度以${policy.currency}计，且没有相应汇率`,
      ),
      say(
        'choose a policy in that currency, add `exchangeRates` to the policy, or correct `currency` in the mapping',
        '请选择以该币种计的制度，或在制度中补充exchangeRates，或更正映射中的currency',
      ),
    )
  }
}
