import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import { endOfBudget } from '../../definition/end-of-budget.ts'
import { addDays } from '../../calendar/index.ts'
import { cycleById, nextCycle } from '../../policy/index.ts'
import type { Failure } from '../../rules/index.ts'
import { refuseMerged } from '../../definition/merged-account.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import type { TierAdjustmentCommands } from './commands.ts'
import type { TierAdjustmentContext } from './types.ts'

const may = <T extends keyof TierAdjustmentCommands>(
  name: string,
  clause: string,
  check: (
    input: RuleInput<TierAdjustmentContext, TierAdjustmentCommands[T] & AnyCommand>,
  ) => Failure | null | readonly (Failure | null)[],
) => define<TierAdjustmentContext, TierAdjustmentCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof TierAdjustmentCommands>(
  name: string,
  clause: string,
  check: (
    input: RuleInput<TierAdjustmentContext, Unfilled<TierAdjustmentCommands[T]>>,
  ) => Failure | null | readonly (Failure | null)[],
) => define<TierAdjustmentContext, Unfilled<TierAdjustmentCommands[T]>>(name, clause, check)

/** ADJ-10: who differs from the recommendation says why with evidence. */
export const mayDifferWithEvidence = may<'propose'>('mayDifferWithEvidence', 'ADJ-10', ({ context, command }) =>
  command.to === context.recommendation?.recommended || command.evidence !== undefined
    ? null
    : { code: 'field_missing', required: 'evidence', actual: null, remedy: { kind: 'fill', field: 'evidence' } },
)

/** An override says something else than the proposal. */
export const mayOverruleOnlyDifferently = may<'override'>('mayOverruleOnlyDifferently', 'ADJ-12', ({ context, command }) =>
  command.to === context.proposal?.to
    ? { code: 'nothing_to_change', required: 'another tier', actual: command.to, remedy: { kind: 'send', command: 'vote' } }
    : null,
)

/** Overrides end: at most `adjust.override.maxCycles` cycles after the reviewed one. */
export const mayOverrideForSomeCycles = may<'override'>(
  'mayOverrideForSomeCycles',
  'ADJ-12',
  ({ context, command, policy, calendar, at }) => {
    let last = cycleById(context.cycle, policy.cycle)
    for (let i = 0; i < policy.adjust.override.maxCycles; i += 1) last = nextCycle(last, policy.cycle)
    const today = calendar.localDateOf(at)
    const latest = addDays(last.to, -1)
    const remedy = latest > today ? { remedy: { kind: 'change', field: 'until', to: latest } as const } : {}
    return [
      command.until <= latest
        ? null
        : { code: 'value_too_large', parameter: 'adjust.override.maxCycles', required: latest, actual: command.until, ...remedy },
      command.until > today ? null : { code: 'value_too_small', required: addDays(today, 1), actual: command.until, ...remedy },
    ]
  },
)

/** Overrides are few: at most `adjust.override.maxShare` percent of the accounts at a time; one is always possible. */
export const mayOverrideWithinQuota = mayBefore<'override'>('mayOverrideWithinQuota', 'ADJ-12', ({ facts, policy, context }) => {
  if (context.override !== null || facts.overrides === undefined) return null
  const { accounts, overridden } = facts.overrides
  const allowed = Math.max(1, Math.floor((accounts * policy.adjust.override.maxShare) / 100))
  return overridden + 1 <= allowed
    ? null
    : { code: 'quota_exceeded', parameter: 'adjust.override.maxShare', required: allowed, actual: overridden + 1 }
})

/** I-36: an appeal comes once, and in time. */
export const mayAppealOnceInTime = mayBefore<'appeal'>('mayAppealOnceInTime', 'I-36', ({ context, at, policy, calendar }) => {
  const until = context.concludedAt === null ? at : endOfBudget(policy.appeal.within, context.concludedAt, calendar)
  return [
    context.appeal === null ? null : { code: 'already_done', required: 1, actual: 1 },
    at < until ? null : { code: 'too_late', parameter: 'appeal.within', required: until, actual: at },
  ]
})

/** I-36: an appeal is the customer's own: under another name it asks for the tier that it has there. */
export const mayAppealAsStandingAccount = mayBefore<'appeal'>('mayAppealAsStandingAccount', 'I-36', (input) =>
  refuseMerged(input),
)

/** An appeal asks for something else than what holds. */
export const mayAppealForAnotherTier = may<'appeal'>('mayAppealForAnotherTier', 'I-36', ({ context, command }) =>
  command.to === (context.decided ?? context.currentTier)
    ? { code: 'nothing_to_change', required: 'another tier', actual: command.to }
    : null,
)

/** Votes and changes of the electorate belong to the approval that the state waits for. */
export const mayActOnOpenApproval = mayBefore<
  'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'
>('mayActOnOpenApproval', 'I-17', (input) =>
  refuseOnApproval(input, input.context.approvals, [
    input.state === 'inReview' ? 'review' : input.state === 'appealed' ? 'appeal' : 'decision',
  ]),
)
