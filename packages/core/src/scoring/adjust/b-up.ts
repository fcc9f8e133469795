import type { RuleOutcome } from '../types.ts'
import { grew, measured } from './conditions.ts'
import { decide, type RuleInput } from './decide.ts'

/**
 * B up [ADJ-03]: in one cycle, amount up by P-26 and P-27 more purchases a quarter; potential realised; good relations. Under `current` it
 * lifts B to A, under `target` C to B.
 */
export function bUp({ policy, trend, evidence }: RuleInput): RuleOutcome {
  const { amountGrowth, frequencyIncrease } = policy.adjust.B.up
  const { previous, current } = trend.orders.current
  const quarters = policy.cycle.length / 3
  const more = previous === null || current === null ? null : (current - previous) / quarters
  const numbers = [
    grew('amountGrowth', trend.amount.current, amountGrowth, 'adjust.B.up.amountGrowth'),
    measured(
      'frequencyIncrease',
      'purchasesPerQuarter',
      more,
      frequencyIncrease,
      'adjust.B.up.frequencyIncrease',
      trend.orders.current,
    ),
  ]
  return decide('B.up', 'ADJ-03', policy.adjust.combine.up, numbers, [
    evidence.answers.potentialRealised,
    evidence.answers.goodRelations,
  ])
}
