import type { RuleOutcome } from '../types.ts'
import { dropped } from './conditions.ts'
import { decide, type RuleInput } from './decide.ts'

/**
 * C down [ADJ-07]: amount fell in both of two consecutive cycles, and the two together by more than P-31 against the two they are
 * compared with; potential weaker; willingness clearly lower; complaints unresolved.
 */
export function cDown({ policy, trend, evidence }: RuleInput): RuleOutcome {
  const falling = { op: '>', value: 0 } as const
  const { current, previous } = trend.excused
  const numbers = [
    dropped('amountFalling', trend.amount.current, falling, null, current),
    dropped('amountFallingBefore', trend.amount.previous, falling, null, previous),
    dropped(
      'cumulativeDrop',
      trend.amount.together,
      policy.adjust.C.down.cumulativeDrop,
      'adjust.C.down.cumulativeDrop',
      current || previous,
    ),
  ]
  const { potentialDown, willingnessLower, complaintsUnresolved } = evidence.answers
  return decide('C.down', 'ADJ-07', policy.adjust.combine.down, numbers, [potentialDown, willingnessLower, complaintsUnresolved])
}
