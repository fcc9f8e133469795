import { addDays, addMonths, localDateIn, startOfDay } from '../../calendar/index.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import { endOfBudget } from '../../definition/end-of-budget.ts'
import { refuseUnlessHolder } from '../../definition/holders.ts'
import { scoreFindings } from '../../definition/score-findings.ts'
import type { Failure } from '../../rules/index.ts'
import type { AdmissionCommands } from './commands.ts'
import { isOpenCondition, type AdmissionContext } from './types.ts'

type Found = Failure | null | readonly (Failure | null)[]

const may = <T extends keyof AdmissionCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<AdmissionContext, AdmissionCommands[T] & AnyCommand>) => Found,
) => define<AdmissionContext, AdmissionCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof AdmissionCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<AdmissionContext, Unfilled<AdmissionCommands[T]>>) => Found,
) => define<AdmissionContext, Unfilled<AdmissionCommands[T]>>(name, clause, check)

/** ADM-05: one customer is registered once; who has it already is named. Merged accounts live on in their survivor. */
export const mayRegisterOnce = may<'submitRegistration'>('mayRegisterOnce', 'ADM-05', ({ accountId, facts }) =>
  (facts.similar ?? [])
    .filter((s) => s.because === 'creditCode' && s.accountId !== accountId && s.status !== 'merged')
    .map((s) => ({ code: 'open_elsewhere', required: null, actual: s.accountId })),
)

/** CLS-02: classes are those of the policy, each once. */
export const mayProposeKnownClasses = may<'recommend'>('mayProposeKnownClasses', 'CLS-02', ({ command, policy }) => {
  const known = Object.keys(policy.admission.classes)
  const strange = command.classes.filter((c, i) => !known.includes(c) || command.classes.indexOf(c) !== i)
  return strange.map((c) => ({
    code: 'value_not_allowed',
    parameter: 'admission.classes',
    required: known,
    actual: c,
    remedy: {
      kind: 'change',
      field: 'classes',
      to: command.classes.filter((x, i) => known.includes(x) && command.classes.indexOf(x) === i),
    },
  }))
})

/** I-31: money in other currencies is judged at a rate of the policy. */
export const mayScoreAtKnownRates = may<'recommend'>('mayScoreAtKnownRates', 'ADM-06', ({ command, policy, at }) => {
  const scored = scoreFindings(command, policy, at)
  return scored.ok ? null : scored.failure
})

/** Once the customer is admitted, only the terms are before the committee: what it was admitted on stands. */
export const mayReportBeforeApproval = mayBefore<'recommend'>('mayReportBeforeApproval', 'ADM-06', ({ context }) =>
  context.approvedAt === null ? null : { code: 'already_done', required: null, actual: context.approvedAt },
)

/** I-03: an application is not revised without end. */
export const mayReviseWithinReturns = mayBefore<'reviseRegistration'>(
  'mayReviseWithinReturns',
  'ADM-10',
  ({ context, policy }) =>
    context.returns < policy.admission.maxReturns
      ? null
      : {
          code: 'limit_reached',
          parameter: 'admission.maxReturns',
          required: policy.admission.maxReturns,
          actual: context.returns,
          remedy: { kind: 'send', command: 'concludeScreening' },
        },
)

/** Whether the committee looks at customers that were screened out is the policy's decision. */
export const mayAskException = mayBefore<'requestException'>('mayAskException', 'ADM-06', ({ policy }) =>
  policy.admission.exceptions
    ? null
    : {
        code: 'value_not_allowed',
        parameter: 'admission.exceptions',
        required: true,
        actual: false,
        remedy: { kind: 'send', command: 'concludeScreening' },
      },
)

/** ADM-07: whoever decides says how each of the four criteria looks to them. */
export const mayVoteOnEachAspect = may<'vote'>('mayVoteOnEachAspect', 'ADM-07', ({ command }) =>
  command.decision === 'sendBack' || command.aspects !== undefined
    ? null
    : { code: 'field_missing', required: 'aspects', actual: null, remedy: { kind: 'fill', field: 'aspects' } },
)

/** A condition leaves time to meet it. */
export const maySetConditionsAhead = may<'vote'>('maySetConditionsAhead', 'ADM-07', ({ command, at }) =>
  (command.conditions ?? []).map(({ dueAt }) => (dueAt > at ? null : { code: 'too_early', required: at + 1, actual: dueAt })),
)

/** SVC-01: each of the team holds the role that the policy asks for, for this account. */
export const mayAssignHolders = may<'assignTeam'>('mayAssignHolders', 'SVC-01', ({ command, facts, policy }) =>
  (['accountManager', 'marketingSpecialist', 'productManager', 'serviceRepresentative'] as const).map((place) =>
    refuseUnlessHolder(facts, [policy.admission.team[place]], command[place], {
      field: place,
      parameter: `admission.team.${place}`,
    }),
  ),
)

/** A condition is met or waived once, and must be one of the approval's. */
export const maySettleOpenCondition = may<'meetCondition' | 'waiveCondition'>(
  'maySettleOpenCondition',
  'ADM-07',
  ({ command, context }) => {
    const condition = context.conditions.find((c) => c.id === command.condition)
    if (condition !== undefined && isOpenCondition(condition)) return null
    return condition === undefined
      ? {
          code: 'not_found_in_instance',
          required: context.conditions.filter(isOpenCondition).map((c) => c.id),
          actual: command.condition,
        }
      : { code: 'already_done', required: null, actual: command.condition }
  },
)

/** ADM-07: what was to be done by now is done, or waived, before anybody signs. Each open condition is named. */
export const maySignWhenConditionsMet = mayBefore<'sign'>('maySignWhenConditionsMet', 'ADM-07', ({ context, at }) =>
  context.conditions
    .filter((c) => isOpenCondition(c) && c.dueAt <= at)
    .map((c) => ({
      code: 'condition_open',
      required: c.dueAt,
      actual: c.id,
      remedy: { kind: 'send', command: 'meetCondition' },
    })),
)

/** ADM-09: nobody signs ahead of time, before the committee has approved, or enters a signature long after. */
export const mayEnterSigningInTime = may<'sign'>(
  'mayEnterSigningInTime',
  'ADM-09',
  ({ command, context, at, policy, calendar }) => {
    const zone = policy.timeZone
    const begins = startOfDay(command.signedOn, zone)
    if (begins > at) return { code: 'too_early', required: begins, actual: at, remedy: { kind: 'wait', until: begins } }
    const ends = startOfDay(addDays(command.signedOn, 1), zone)
    const latest = endOfBudget(policy.sla.maxBackdate, ends, calendar)
    return [
      context.approvedAt === null || ends > context.approvedAt
        ? null
        : { code: 'value_too_small', required: localDateIn(context.approvedAt, zone), actual: command.signedOn },
      at <= latest ? null : { code: 'too_late', parameter: 'sla.maxBackdate', required: latest, actual: at },
    ]
  },
)

/** ADM-09: a contract runs from one day to a later one, is not over yet, and not longer than its terms say. */
export const mayContractForItsTerm = may<'sign'>('mayContractForItsTerm', 'ADM-09', ({ command, at, policy }) => {
  const today = localDateIn(at, policy.timeZone)
  const first = command.from > today ? command.from : today
  const last = addDays(addMonths(command.from, command.terms.contractMonths), -1)
  return [
    command.to >= first ? null : { code: 'value_too_small', required: first, actual: command.to },
    command.to <= last
      ? null
      : { code: 'value_too_large', required: last, actual: command.to, remedy: { kind: 'change', field: 'to', to: last } },
  ]
})

/** Votes and changes of the electorate belong to the approval that the committee has before it. */
export const mayActOnOpenApproval = mayBefore<
  'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'
>('mayActOnOpenApproval', 'I-17', (input) => refuseOnApproval(input, input.context.approvals, ['admission']))
