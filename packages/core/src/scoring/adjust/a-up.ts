import type { RuleOutcome } from '../types.ts'
import { grew } from './conditions.ts'
import { decide, type RuleInput } from './decide.ts'

/**
 * A up [ADJ-02]: amount and frequency grew by P-25 in two consecutive cycles (in each, or together, by `growth.twoCycle`);
 * potential further up; very high loyalty. Under `current` it nominates an A account, under `target` it lifts B to A.
 */
export function aUp({ policy, trend, evidence }: RuleInput): RuleOutcome {
  const limit = policy.adjust.A.up.growth
  const parameter = 'adjust.A.up.growth'
  const numbers =
    policy.growth.twoCycle === 'each'
      ? [
          grew('amountGrowth', trend.amount.current, limit, parameter),
          grew('amountGrowthBefore', trend.amount.previous, limit, parameter),
          grew('frequencyGrowth', trend.orders.current, limit, parameter),
          grew('frequencyGrowthBefore', trend.orders.previous, limit, parameter),
        ]
      : [
          grew('amountGrowthTwoCycles', trend.amount.together, limit, parameter),
          grew('frequencyGrowthTwoCycles', trend.orders.together, limit, parameter),
        ]
  return decide('A.up', 'ADJ-02', policy.adjust.combine.up, numbers, [
    evidence.answers.potentialUp,
    evidence.answers.loyaltyVeryHigh,
  ])
}
