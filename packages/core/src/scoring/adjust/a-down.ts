import type { Condition, RuleOutcome } from '../types.ts'
import { dropped } from './conditions.ts'
import { decide, type RuleInput } from './decide.ts'

/**
 * A down [ADJ-05]: amount fell by more than P-28 in two consecutive cycles (in each, or together, by `growth.twoCycle`) with no recovery in
 * sight; potential sharply down; a serious dispute not settled in time.
 */
export function aDown(input: RuleInput): RuleOutcome {
  const { policy, trend, evidence } = input
  const limit = policy.adjust.A.down.amountDrop
  const parameter = 'adjust.A.down.amountDrop'
  const { current, previous } = trend.excused
  const drops =
    policy.growth.twoCycle === 'each'
      ? [
          dropped('amountDrop', trend.amount.current, limit, parameter, current),
          dropped('amountDropBefore', trend.amount.previous, limit, parameter, previous),
        ]
      : [dropped('amountDropTwoCycles', trend.amount.together, limit, parameter, current || previous)]
  return decide(
    'A.down',
    'ADJ-05',
    policy.adjust.combine.down,
    [...drops, noRecovery(input)],
    [evidence.answers.potentialDown, evidence.answers.disputeUnsettled],
  )
}

/** The last months of the cycle are still below the same months a year before [I-19]; where these are not on record, a person answers. */
function noRecovery({ trend, evidence }: RuleInput): Condition {
  const measured = dropped('noRecovery', trend.recovery, { op: '>', value: 0 }, 'trend.noRecoveryWindow', false)
  const judged = evidence.answers.noRecovery
  return measured.met === null && judged.met !== null ? judged : measured
}
