import type { RuleOutcome } from '../types.ts'
import { dropped, measured } from './conditions.ts'
import { allOf, anyOf, decide, type RuleInput } from './decide.ts'

/**
 * B down [ADJ-06]: amount down by P-29 in one cycle and P-30 fewer purchases a year; potential stagnant; stability worse (judged, or
 * late payments) without improvement after repeated contact [I-07].
 */
export function bDown({ policy, trend, evidence }: RuleInput): RuleOutcome {
  const { down } = policy.adjust.B
  const { previous, current } = trend.rolling
  const fewer = previous === null || current === null ? null : ((previous - current) * 12) / policy.frequency.window.months
  const numbers = [
    dropped('amountDrop', trend.amount.current, down.amountDrop, 'adjust.B.down.amountDrop', trend.excused.current),
    measured('frequencyDrop', 'purchasesPerYear', fewer, down.frequencyDrop, 'adjust.B.down.frequencyDrop', trend.rolling),
  ]
  const atLeast = (value: number) => ({ op: '>=', value }) as const
  const late = measured('latePayments', 'count', evidence.latePayments, atLeast(down.latePayments), 'adjust.B.down.latePayments')
  const contacts = measured(
    'contactAttempts',
    'count',
    evidence.contactAttempts,
    atLeast(down.contactAttempts),
    'adjust.B.down.contactAttempts',
    null,
    'notRecorded',
  )
  const { potentialStagnant, stabilityWorse } = evidence.answers
  const judged = anyOf([potentialStagnant.met, allOf([anyOf([stabilityWorse.met, late.met]), contacts.met])])
  return decide(
    'B.down',
    'ADJ-06',
    policy.adjust.combine.down,
    numbers,
    [potentialStagnant, stabilityWorse, late, contacts],
    judged,
  )
}
