import type { Approval } from '../../approvals/index.ts'
import type { Failure } from '../../rules/index.ts'
import { mayExtendClock, mayPauseClock } from '../../sla/index.ts'
import { endOfBudget } from '../../definition/end-of-budget.ts'
import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import { refuseMerged } from '../../definition/merged-account.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import type { ComplaintCommands } from './commands.ts'
import type { ComplaintContext } from './types.ts'

const may = <T extends keyof ComplaintCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<ComplaintContext, ComplaintCommands[T] & AnyCommand>) => Failure | null | readonly (Failure | null)[],
) => define<ComplaintContext, ComplaintCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof ComplaintCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<ComplaintContext, Unfilled<ComplaintCommands[T]>>) => Failure | null | readonly (Failure | null)[],
) => define<ComplaintContext, Unfilled<ComplaintCommands[T]>>(name, clause, check)

const isPending = (approval?: Approval): boolean =>
  approval !== undefined && approval.decision === null && approval.voided === null

const oneOf = (field: string, value: string, allowed: readonly string[], parameter: string): Failure | null =>
  allowed.includes(value)
    ? null
    : {
        code: 'value_not_allowed',
        parameter,
        required: allowed,
        actual: value,
        remedy: { kind: 'change', field, to: allowed[0] ?? null },
      }

const notAfter = (field: string, value: number, now: number): Failure | null =>
  value <= now ? null : { code: 'too_late', required: now, actual: value, remedy: { kind: 'change', field, to: now } }

/** The clock that binds the present round: the first round runs against P-05, a further one against its own budget. */
export const runningResolution = (input: RuleInput<ComplaintContext>) =>
  input.clocks.find((c) => (c.name === 'round' || c.name === 'resolution') && (c.status === 'running' || c.status === 'paused'))

/** Whoever is named in a complaint is barred from every act and record of it, also through a delegate. */
export const mayActUnlessNamed = may<keyof ComplaintCommands>('mayActUnlessNamed', 'CON-01', ({ context, command, actor }) => {
  const named = command.type === 'open' ? command.named : context.named
  const barred = [actor.id, actor.onBehalfOf].find((p) => p !== undefined && named.includes(p))
  return barred === undefined ? null : { code: 'person_barred', required: 'not named in the complaint', actual: barred }
})

/** CPL-02: of a known account, under the name by which it goes on; a customer that has left or was blacklisted may complain still. */
export const mayComplainForKnownAccount = mayBefore<'open'>('mayComplainForKnownAccount', 'CPL-02', (input) =>
  input.facts.account
    ? refuseMerged(input)
    : {
        code: 'account_unknown',
        required: 'adopted',
        actual: input.accountId,
        remedy: { kind: 'send', command: 'account.adopt' },
      },
)

export const mayUsePolicyTerms = may<'open' | 'reclassify' | 'recordContact'>(
  'mayUsePolicyTerms',
  'CPL-01',
  ({ command, policy }) => {
    const { channels, severities } = policy.complaint
    return [
      command.type !== 'reclassify' ? oneOf('channel', command.channel, Object.keys(channels), 'complaint.channels') : null,
      command.type !== 'recordContact' && command.severity !== undefined
        ? oneOf(
            'severity',
            command.severity,
            severities.map((s) => s.id),
            'complaint.severities',
          )
        : null,
    ]
  },
)

/** Decision 12: a clock starts at receipt, which may precede the entry by at most `sla.maxBackdate`. A part of a split keeps its parent's receipt. */
export const mayBackdateReceipt = may<'open'>('mayBackdateReceipt', 'CPL-02', ({ command, at, policy, calendar, actor }) => {
  const future = notAfter('receivedAt', command.receivedAt, at)
  if (future || actor.id === 'system') return future
  const latest = endOfBudget(policy.sla.maxBackdate, command.receivedAt, calendar)
  return at <= latest
    ? null
    : {
        code: 'too_early',
        parameter: 'sla.maxBackdate',
        required: latest,
        actual: at,
        remedy: { kind: 'change', field: 'receivedAt', to: at },
      }
})

export const mayNameDepartment = may<'forward' | 'assign'>('mayNameDepartment', 'CPL-02', ({ command, policy }) =>
  oneOf('department', command.department, Object.keys(policy.departments), 'departments'),
)

export const mayHandleUnlessNamed = may<'accept' | 'archive'>('mayHandleUnlessNamed', 'CON-01', ({ command, context }) => {
  const person = command.type === 'accept' ? command.handler : command.prevention.owner
  return person !== undefined && context.named.includes(person)
    ? { code: 'person_barred', required: 'not named in the complaint', actual: person }
    : null
})

export const mayJudgeRework = may<'determine'>('mayJudgeRework', 'CPL-11', ({ command, policy }) =>
  command.rework === undefined
    ? null
    : oneOf('rework', command.rework, Object.keys(policy.complaint.reworkNatures), 'complaint.reworkNatures'),
)

/** CPL-15: several departments meet before a plan is made. */
export const mayPlanAfterMeeting = mayBefore<'plan'>('mayPlanAfterMeeting', 'CPL-15', ({ context }) =>
  !context.complex || context.meetings > 0
    ? null
    : { code: 'field_missing', required: 'meeting', actual: context.meetings, remedy: { kind: 'send', command: 'callMeeting' } },
)

export const mayPromiseInPolicyCurrency = may<'plan'>('mayPromiseInPolicyCurrency', 'CPL-04', ({ command, policy }) =>
  command.compensation === undefined
    ? null
    : oneOf('compensation.currency', command.compensation.currency, [policy.currency], 'currency'),
)

/** CPL-11: what was sent to rework has a result before the customer hears that all is done. */
export const mayCompleteAfterRework = mayBefore<'complete'>('mayCompleteAfterRework', 'CPL-11', ({ context }) =>
  context.rework?.result === null
    ? { code: 'field_missing', required: 'reworkResult', actual: null, remedy: { kind: 'send', command: 'reportRework' } }
    : null,
)

/** CPL-09: the account manager decides what becomes of returned goods. */
export const mayCompleteAfterReturn = mayBefore<'complete'>('mayCompleteAfterReturn', 'CPL-09', ({ context }) =>
  context.goodsReturned && context.disposition === null
    ? { code: 'field_missing', required: 'disposition', actual: null, remedy: { kind: 'send', command: 'decideReturn' } }
    : null,
)

export const mayCompleteWithApprovedCompensation = mayBefore<'complete'>(
  'mayCompleteWithApprovedCompensation',
  'CPL-04',
  ({ context, policy }) => {
    const approval = context.approvals.compensation
    return approval === undefined || approval.decision?.outcome === 'approved'
      ? null
      : {
          code: 'approval_missing',
          parameter: 'complaint.compensationLimit',
          required: policy.complaint.compensationLimit,
          actual: context.plan?.compensation ?? null,
          remedy: { kind: 'send', command: 'vote' },
        }
  },
)

/** A result belongs to something that was sent to rework. */
export const mayReportOrderedRework = mayBefore<'reportRework'>('mayReportOrderedRework', 'CPL-11', ({ context }) =>
  context.rework === null
    ? { code: 'nothing_to_change', required: 'rework', actual: null, remedy: { kind: 'send', command: 'determine' } }
    : null,
)

/** CPL-09: there is something to decide where goods came back. */
export const mayDecideReturnedGoods = mayBefore<'decideReturn'>('mayDecideReturnedGoods', 'CPL-09', ({ context }) =>
  context.goodsReturned
    ? null
    : { code: 'nothing_to_change', required: 'goodsReturned', actual: false, remedy: { kind: 'send', command: 'determine' } },
)

/** A reclassification says what is to be otherwise. */
export const mayReclassifySomething = may<'reclassify'>('mayReclassifySomething', 'CPL-02', ({ context, command }) => {
  const { severity = context.severity, about = context.about, complex = context.complex } = command
  return severity === context.severity && about === context.about && complex === context.complex
    ? { code: 'nothing_to_change', required: 'severity, about or complex', actual: { severity, about, complex } }
    : null
})

export const mayCompleteWhenNotWaiting = mayBefore<'complete'>('mayCompleteWhenNotWaiting', 'CPL-06', ({ context }) =>
  context.waiting === null
    ? null
    : {
        code: 'field_missing',
        required: 'answer',
        actual: context.waiting.question,
        remedy: { kind: 'send', command: 'customerReplied' },
      },
)

/** CPL-14: what was asked in the group is explained in the group. */
export const mayCompleteWhenGroupTold = may<'complete'>('mayCompleteWhenGroupTold', 'CPL-14', ({ context, command, at }) => [
  context.fromGroup && !command.toldInGroup
    ? { code: 'field_missing', required: 'toldInGroup', actual: false, remedy: { kind: 'fill', field: 'toldInGroup' } }
    : null,
  notAfter('customerToldAt', command.customerToldAt, at),
])

/** Things are recorded when they have happened. */
export const mayRecordOnlyThePast = may<'recordContact' | 'reportProgress' | 'requestExtension' | 'notUphold' | 'callMeeting'>(
  'mayRecordOnlyThePast',
  'CPL-06',
  ({ command, at }) => {
    switch (command.type) {
      case 'recordContact':
        return notAfter('at', command.at, at)
      case 'reportProgress':
        return notAfter('toldAt', command.toldAt, at)
      case 'callMeeting':
        return notAfter('heldAt', command.heldAt, at)
      default:
        return notAfter('customerToldAt', command.customerToldAt, at)
    }
  },
)

/** CPL-05, I-10: one extension, asked for before the clock is breached. */
export const mayExtendOnceBeforeBreach = mayBefore<'requestExtension'>('mayExtendOnceBeforeBreach', 'CPL-05', (input) => {
  const { context, at, policy, calendar } = input
  if (context.extended || isPending(context.approvals.extension))
    return { code: 'already_done', parameter: 'complaint.complex.extension', required: 1, actual: context.extended ? 1 : 0 }
  const clock = runningResolution(input)
  if (!clock) return { code: 'clock_not_running', required: 'resolution', actual: null }
  return mayExtendClock(clock, { calendar, maxPause: policy.sla.maxPause, ladder: policy.sla.ladder }, at)
})

/** Decision 12: the clock pauses for two stated reasons, within the caps. */
export const mayPauseForReason = mayBefore<'waitForCustomer'>(
  'mayPauseForReason',
  'CPL-05',
  ({ command, context, clocks, at, policy, calendar }): readonly (Failure | null)[] => {
    const reasons = Object.keys(policy.sla.pauseReasons)
    if (context.waiting)
      return [
        {
          code: 'already_done',
          required: null,
          actual: context.waiting.question,
          remedy: { kind: 'send', command: 'customerReplied' },
        },
      ]
    const running = clocks.filter((c) => c.pausable && c.status === 'running')
    const terms = { calendar, maxPause: policy.sla.maxPause, ladder: policy.sla.ladder }
    return [
      command.reason === undefined ? null : oneOf('reason', command.reason, reasons, 'sla.pauseReasons'),
      running.length === 0 ? { code: 'clock_not_running', required: 'resolution', actual: null } : null,
      ...running.flatMap((clock) => mayPauseClock(clock, terms, at)),
    ]
  },
)

export const mayReplyWhenAsked = mayBefore<'customerReplied'>('mayReplyWhenAsked', 'CPL-05', ({ context }) =>
  context.waiting
    ? null
    : { code: 'clock_not_paused', required: 'waiting', actual: null, remedy: { kind: 'send', command: 'waitForCustomer' } },
)

/** Progress is owed once the complaint was extended. */
export const mayReportProgressWhenOwed = may<'reportProgress'>(
  'mayReportProgressWhenOwed',
  'CPL-05',
  ({ context, command, openedAt }) =>
    command.toldAt < Math.min(context.receivedAt, openedAt)
      ? { code: 'too_early', required: context.receivedAt, actual: command.toldAt, remedy: { kind: 'fill', field: 'toldAt' } }
      : null,
)

/** `complaint.reopenWithin`; later it is a new complaint, linked to the old one. */
export const mayReopenInTime = mayBefore<'reopen'>('mayReopenInTime', 'CPL-07', ({ context, at, policy, calendar }) => {
  const until = endOfBudget(policy.complaint.reopenWithin, context.archivedAt ?? 0, calendar)
  return at <= until
    ? null
    : {
        code: 'too_late',
        parameter: 'complaint.reopenWithin',
        required: until,
        actual: at,
        remedy: { kind: 'send', command: 'complaint.open' },
      }
})

export const mayLinkToAnother = may<'markDuplicate'>('mayLinkToAnother', 'CPL-02', ({ command, instanceId }) =>
  command.of === instanceId ? { code: 'value_not_allowed', required: 'another complaint', actual: command.of } : null,
)

/** CPL-07: a measure that did not work is replaced, not shelved. */
export const mayCheckPreventionOnce = may<'checkPrevention'>('mayCheckPreventionOnce', 'CPL-07', ({ context, command }) => [
  context.prevention?.effective == null ? null : { code: 'already_done', required: null, actual: context.prevention.effective },
  !command.effective && command.newMeasure === undefined
    ? { code: 'field_missing', required: 'newMeasure', actual: null, remedy: { kind: 'fill', field: 'newMeasure' } }
    : null,
])

/** A satisfied site is one of the complaint's sites; with several sites it must be named. */
export const mayConfirmForSite = may<'customerSatisfied'>('mayConfirmForSite', 'CPL-06', ({ context, command }) => {
  if (context.sites.length === 0)
    return command.site === undefined ? null : { code: 'value_not_allowed', required: [], actual: command.site }
  if (command.site === undefined)
    return { code: 'field_missing', required: 'site', actual: null, remedy: { kind: 'fill', field: 'site' } }
  return oneOf('site', command.site, context.sites, 'sites')
})

/** Votes and changes of the electorate belong to the approval that the state waits for. */
export const mayActOnOpenApproval = mayBefore<
  'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'
>('mayActOnOpenApproval', 'I-17', (input) =>
  refuseOnApproval(
    input,
    input.context.approvals,
    input.state === 'inCommittee' ? ['dissatisfaction'] : ['extension', 'compensation'],
  ),
)
