import type { RuleOutcome } from '../types.ts'
import { dropped, measured } from './conditions.ts'
import { decide, type RuleInput } from './decide.ts'

/**
 * D down [ADJ-08]: amount down by more than P-32 in a cycle and fewer than P-33 purchases a year; potential gone; relation near
 * breaking. What follows is `adjust.dDown`.
 */
export function dDown({ policy, trend, evidence }: RuleInput): RuleOutcome {
  const { amountDrop, belowPerYear } = policy.adjust.D.down
  const perYear = trend.rollingOrders === null ? null : (trend.rollingOrders * 12) / policy.frequency.window.months
  const numbers = [
    dropped('amountDrop', trend.amount.current, amountDrop, 'adjust.D.down.amountDrop', trend.excused.current),
    measured('purchasesPerYear', 'purchasesPerYear', perYear, belowPerYear, 'adjust.D.down.belowPerYear'),
  ]
  const { potentialGone, relationBreaking } = evidence.answers
  return decide('D.down', 'ADJ-08', policy.adjust.combine.dDown, numbers, [potentialGone, relationBreaking])
}
