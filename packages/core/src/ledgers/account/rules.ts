import { cycleById } from '../../policy/index.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import { adjustmentId, onDemandId } from '../../definition/instance-id.ts'
import { inEveryMode } from '../../rules/index.ts'
import { freezeDate } from '../../scoring/measures/windows.ts'
import { held, isReviewedByGroup, may, mayBefore } from './may.ts'

export {
  mayJoinGroup,
  mayLeadGroup,
  mayMergeIntoSurvivor,
  mayMergeWhenSettled,
  maySplitOpenInstances,
} from './rules-of-groups.ts'
export {
  mayAdmitOnce,
  mayApplyAgain,
  mayApplyForNoDuplicate,
  mayApplyUnderNextNumber,
  mayContractAsKeyAccount,
  mayContractForTime,
  mayExitAfterLastDay,
  mayExitWhenNothingIsOpen,
  mayHandOverToAnother,
  mayHoldOneAdmission,
  mayLookAfterAccount,
  mayNameClasses,
  mayNameLeadSource,
  mayNameManagerWhenHandedOver,
  mayProposeOneResolution,
  mayReadmitInTime,
  mayReadmitWhenDecided,
  mayReleaseOwnAdmission,
  maySignWhatWasApproved,
  refuseApplication,
  heads,
} from './rules-of-relations.ts'

/** One open adjustment an account [ledger claims]. */
export const mayHoldOneAdjustment = inEveryMode(
  mayBefore<'openAdjustment' | 'claimAdjustment' | 'changeTier' | 'startExit'>(
    'mayHoldOneAdjustment',
    'ADJ-01',
    ({ context, command }) => {
      const by = command.type === 'openAdjustment' ? command.instanceId : command.by
      return context.adjustment === null || context.adjustment === by ? null : held(context.adjustment)
    },
  ),
)

/** ADJ-01: a cycle is reviewed once, when it has ended and its facts are frozen (I-26: returns come in later). */
export const mayReviewAfterFreeze = mayBefore<'openAdjustment'>(
  'mayReviewAfterFreeze',
  'ADJ-01',
  ({ context, command, at, policy, calendar }) => {
    if (command.onDemand !== undefined || command.cycle === undefined) return null
    const cycle = cycleById(command.cycle, policy.cycle)
    const frozen = calendar.startOfDay(freezeDate(cycle, policy))
    return [
      at >= frozen
        ? null
        : {
            code: 'too_early',
            parameter: 'amount.returnLag',
            required: frozen,
            actual: at,
            remedy: { kind: 'wait', until: frozen },
          },
      context.lastCycle !== null && cycleById(context.lastCycle, policy.cycle).from >= cycle.from
        ? { code: 'already_done', parameter: 'cycle', required: cycle.id, actual: context.lastCycle }
        : null,
    ]
  },
)

/** ADJ-05: between cycles only a stated reason opens a review. */
export const mayReviewOnDemandWithReason = inEveryMode(
  mayBefore<'openAdjustment'>('mayReviewOnDemandWithReason', 'ADJ-05', ({ command, context }) =>
    command.onDemand === undefined ||
    command.instanceId === undefined ||
    command.instanceId === onDemandId(context.accountId, context.onDemand + 1)
      ? null
      : { code: 'already_done', required: context.onDemand + 1, actual: command.instanceId },
  ),
)

/** ADJ-01: the review of a cycle is the account's own, so that nobody opens it in the place of another's. */
export const mayReviewUnderOwnName = inEveryMode(
  may<'openAdjustment'>('mayReviewUnderOwnName', 'ADJ-01', ({ command, context }) => {
    const own = adjustmentId(context.accountId, command.cycle)
    return command.onDemand !== undefined || command.instanceId === own
      ? null
      : { code: 'value_not_allowed', required: own, actual: command.instanceId }
  }),
)

/** A prospect that was approved has no tier before it has signed. */
export const mayReviewWithTier = mayBefore<'openAdjustment'>('mayReviewWithTier', 'ADJ-01', ({ context }) =>
  context.tier === null ? { code: 'field_missing', required: 'tier', actual: null } : null,
)

/** Decision tier.level: the group of companies is reviewed as one, at the account that leads it; members inherit. */
export const mayReviewAtGroupLevel = mayBefore<'openAdjustment'>('mayReviewAtGroupLevel', 'ADJ-01', (input) => {
  const { context, policy } = input
  return policy.tier.level === 'group' && isReviewedByGroup(input)
    ? {
        code: 'value_not_allowed',
        parameter: 'tier.level',
        required: [context.group],
        actual: context.accountId,
        remedy: { kind: 'change', field: 'accountId', to: context.group },
      }
    : null
})

/** Votes and changes of the electorate belong to the resolution before the committee. */
export const mayActOnOpenApproval = mayBefore<
  'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'
>('mayActOnOpenApproval', 'I-39', (input) => refuseOnApproval(input, input.context.approvals, ['blacklist']))
