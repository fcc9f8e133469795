import { convert } from '../../policy/exchange.ts'
import type { Money } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'

/**
 * A policy's own amount in minor units of its currency, at the rate of the day on which the policy takes effect.
 *
 * @throws GovernanceError `missing_rate`, naming the pair and the day.
 */
export function minorOf(money: Money, policy: Pick<Policy, 'currency' | 'effectiveFrom' | 'exchangeRates'>): number {
  return convert(money, policy.currency, policy.effectiveFrom, policy.exchangeRates).minor
}
