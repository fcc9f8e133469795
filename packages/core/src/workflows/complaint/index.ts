import { approvalCommand } from '../../definition/approval-commands.ts'
import { askForApproval } from '../../definition/approval-steps.ts'
import { defineWorkflow, type CommandSpec, type Prepared, type RuleInput } from '../../definition/define-workflow.ts'
import { survivorInput } from '../../definition/merged-account.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { strictestBudget } from '../../definition/strictest-budget.ts'
import type { Budget, Policy } from '../../policy/index.ts'
import { complaintCommandSchemas as schema, type ComplaintCommands } from './commands.ts'
import { complaintMachine } from './machine.ts'
import * as rules from './rules.ts'
import { initialComplaint, type ComplaintContext } from './types.ts'

type Spec<T extends keyof ComplaintCommands> = CommandSpec<ComplaintContext, ComplaintCommands[T]>

const frontDesk = [
  'customerService',
  'customerService.head',
  'serviceRepresentative',
  'groupAdministrator',
  'keyAccounts',
  'keyAccounts.head',
]
const service = ['customerService', 'customerService.head', 'serviceRepresentative']

/** The account manager, or the head of the KA department when the manager is complained about. */
const manager = (context: ComplaintContext): string => (context.managerNamed ? 'keyAccounts.head' : 'accountManager')
const department = (context: ComplaintContext): readonly string[] =>
  context.department === null ? [] : [context.department, `${context.department}.head`]

/** Decision 22: product complaints are judged by the technical department, others by the responsible one. */
function judges(context: ComplaintContext, policy: Policy): readonly string[] {
  const role = context.about === 'product' ? policy.complaint.determineBy.product : policy.complaint.determineBy.other
  return role === 'responsible' ? department(context) : [role, `${role.replace(/\.head$/, '')}.head`]
}

/** P-04 and P-05: the strictest budget that applies to the complaint's tier and severity [decision 9]. */
const budgetOf =
  (which: 'handoff' | 'resolution') =>
  (policy: Policy, context: ComplaintContext): Budget =>
    strictestBudget([
      policy.complaint[which],
      ...policy.complaint.tighter
        .filter(
          ({ when }) =>
            (when.tiers === undefined || (context.tier !== null && when.tiers.includes(context.tier))) &&
            (when.severities === undefined || when.severities.includes(context.severity)),
        )
        .flatMap((rule) => rule[which] ?? []),
    ])

/** The account's tier, and whether its manager is complained about. */
const standingOf = (input: Pick<RuleInput, 'facts' | 'accountId'>, named: readonly string[]): Prepared => {
  const { account } = input.facts
  return {
    ok: true,
    inputs: {
      tier: account?.tier ?? null,
      managerNamed: account?.manager != null && named.includes(account.manager),
      ...survivorInput(input),
    },
  }
}

const open = {
  schema: schema.open,
  // Who complains, about what, in the customer's own words. Sites are places that verdicts refer to, and stay readable.
  personal: ['matter', 'contact', 'expectedSolution'],
  clause: 'CPL-02',
  roles: [...frontDesk, 'accountManager', 'sales', 'sales.head'],
  form: 'complaintRecord',
  makes: 'record',
  rules: [rules.mayComplainForKnownAccount],
  formRules: [rules.mayUsePolicyTerms, rules.mayBackdateReceipt],
  needs: ({ accountId }) => ({ account: true, ...(accountId === undefined ? {} : { survivorOf: accountId }) }),
  prepare: (input) => standingOf(input, input.command.named),
} satisfies Spec<'open'>

/** A verdict of the last round goes to the KA management group [decision 11]. */
const unhappy = <T extends 'customerDissatisfied' | 'customerPartlySatisfied'>(of: (typeof schema)[T]) => ({
  schema: of,
  clause: 'CPL-06',
  personal: ['saidBy', 'missing', 'reason'],
  roles: (context: ComplaintContext) => [...service, manager(context)],
  judges: true,
  needs: (_: unknown, context: ComplaintContext, policy: Policy) =>
    context.round >= policy.complaint.maxRounds ? { electorate: 'dissatisfaction' as const } : {},
  prepare: (input: RuleInput<ComplaintContext>): Prepared =>
    input.context.round < input.policy.complaint.maxRounds
      ? { ok: true, inputs: {} }
      : askForApproval(
          input,
          'dissatisfaction',
          { round: input.context.round, says: input.command.type },
          ['handling'],
          input.context.named,
        ),
})

/**
 * The complaint workflow as the runtime sees it [CPL, CON-01]. `personal` marks contacts and what customers say, in their words or by name. What the company
 * finds, plans and answers (causes, measures, results, reasons, minutes, lessons) is its own record and stays: it must not name people of the customer.
 */
export const complaintWorkflow = defineWorkflow<ComplaintContext, ComplaintCommands>({
  kind: 'complaint',
  prefix: 'cmp',
  version: '1',
  machine: complaintMachine,
  initialContext: initialComplaint,
  everyCommand: [rules.mayActUnlessNamed],
  commands: {
    open,
    forward: { schema: schema.forward, clause: 'CPL-02', roles: frontDesk, formRules: [rules.mayNameDepartment] },
    accept: { schema: schema.accept, clause: 'CPL-03', roles: department, formRules: [rules.mayHandleUnlessNamed] },
    disputeAssignment: { schema: schema.disputeAssignment, clause: 'CPL-03', roles: department },
    assign: { schema: schema.assign, clause: 'CPL-08', roles: ['customerService.head'], formRules: [rules.mayNameDepartment] },
    callMeeting: {
      schema: schema.callMeeting,
      clause: 'CPL-15',
      roles: [...frontDesk],
      formRules: [rules.mayRecordOnlyThePast],
      form: 'meetingMinutes',
    },
    contain: { schema: schema.contain, clause: 'CPL-03', roles: (c) => [...service, ...department(c), manager(c)] },
    reclassify: {
      schema: schema.reclassify,
      clause: 'CPL-02',
      roles: ['customerService.head', 'keyAccounts.head', 'groupAdministrator'],
      formRules: [rules.mayUsePolicyTerms, rules.mayReclassifySomething],
    },
    split: {
      schema: schema.split,
      clause: 'CPL-10',
      roles: ['customerService.head', 'keyAccounts.head'],
      // Parts of the matter; each part's complaint seals its own, and keeps its sites readable.
      personal: ['parts'],
    },
    determine: {
      schema: schema.determine,
      clause: 'CPL-11',
      roles: judges,
      makes: 'handling',
      form: 'determination',
      formRules: [rules.mayJudgeRework],
    },
    notUphold: {
      schema: schema.notUphold,
      clause: 'CPL-03',
      roles: judges,
      form: 'notUpheld',
      formRules: [rules.mayRecordOnlyThePast],
    },
    reportRework: {
      schema: schema.reportRework,
      clause: 'CPL-11',
      form: 'reworkResult',
      roles: (c) => ['production', 'production.head', ...department(c)],
      rules: [rules.mayReportOrderedRework],
    },
    decideReturn: {
      schema: schema.decideReturn,
      clause: 'CPL-09',
      roles: (c) => [manager(c)],
      rules: [rules.mayDecideReturnedGoods],
    },
    plan: {
      schema: schema.plan,
      clause: 'CPL-04',
      roles: department,
      makes: 'handling',
      form: 'handlingPlan',
      rules: [rules.mayPlanAfterMeeting],
      formRules: [rules.mayPromiseInPolicyCurrency],
      needs: (command, _, policy) =>
        (command.compensation?.minor ?? 0) > policy.complaint.compensationLimit.minor ? { electorate: 'compensation' } : {},
      prepare: (input) =>
        (input.command.compensation?.minor ?? 0) > input.policy.complaint.compensationLimit.minor
          ? askForApproval(
              input,
              'compensation',
              { measures: input.command.measures, compensation: input.command.compensation ?? null },
              ['handling'],
              input.context.named,
            )
          : { ok: true, inputs: {} },
    },
    complete: {
      schema: schema.complete,
      clause: 'CPL-04',
      roles: department,
      makes: 'handling',
      form: 'completion',
      rules: [
        rules.mayCompleteAfterRework,
        rules.mayCompleteAfterReturn,
        rules.mayCompleteWithApprovedCompensation,
        rules.mayCompleteWhenNotWaiting,
      ],
      formRules: [rules.mayCompleteWhenGroupTold],
    },
    recordContact: {
      schema: schema.recordContact,
      // What was said on the telephone, and by whom.
      personal: ['note'],
      clause: 'CPL-06',
      roles: (c) => [...service, manager(c), ...department(c)],
      formRules: [rules.mayUsePolicyTerms, rules.mayRecordOnlyThePast],
      prepare: ({ command, calendar }) => ({ ok: true, inputs: { day: calendar.localDateOf(command.at) } }),
    },
    customerSatisfied: {
      schema: schema.customerSatisfied,
      personal: ['saidBy'],
      clause: 'CPL-06',
      roles: (c) => [...service, manager(c)],
      judges: true,
      checks: 'handling',
      formRules: [rules.mayConfirmForSite],
    },
    customerPartlySatisfied: unhappy<'customerPartlySatisfied'>(schema.customerPartlySatisfied),
    customerDissatisfied: unhappy<'customerDissatisfied'>(schema.customerDissatisfied),
    archive: {
      schema: schema.archive,
      clause: 'CPL-07',
      roles: service,
      makes: 'prevention',
      form: 'complaintArchive',
      formRules: [rules.mayHandleUnlessNamed],
    },
    checkPrevention: {
      schema: schema.checkPrevention,
      clause: 'CPL-07',
      roles: (c) => [...service, manager(c), 'quality', 'quality.head'],
      checks: 'prevention',
      formRules: [rules.mayCheckPreventionOnce],
    },
    reopen: {
      schema: schema.reopen,
      // The customer's new complaint.
      personal: ['reason'],
      clause: 'CPL-06',
      roles: (c) => [...service, manager(c)],
      rules: [rules.mayReopenInTime],
      needs: (_, { accountId }) => ({ account: true, survivorOf: accountId }),
      // A closed complaint hears of no change of tier or manager: it is asked for when it opens again.
      prepare: (input) => standingOf(input, input.context.named),
    },
    withdraw: { schema: schema.withdraw, clause: 'CPL-06', roles: (c) => [...service, manager(c)], personal: ['saidBy'] },
    markDuplicate: { schema: schema.markDuplicate, clause: 'CPL-02', roles: service, formRules: [rules.mayLinkToAnother] },
    requestExtension: {
      schema: schema.requestExtension,
      clause: 'CPL-05',
      roles: department,
      makes: 'extension',
      form: 'extensionRequest',
      rules: [rules.mayExtendOnceBeforeBreach],
      formRules: [rules.mayRecordOnlyThePast],
      needs: { electorate: 'extension' },
      prepare: (input) =>
        askForApproval(input, 'extension', { reason: input.command.reason }, ['extension'], input.context.named),
    },
    reportProgress: {
      schema: schema.reportProgress,
      clause: 'CPL-05',
      roles: (c) => [...service, manager(c), ...department(c)],
      formRules: [rules.mayRecordOnlyThePast, rules.mayReportProgressWhenOwed],
    },
    waitForCustomer: {
      schema: schema.waitForCustomer,
      clause: 'CPL-05',
      roles: (c) => [...department(c), ...service],
      rules: [rules.mayPauseForReason],
    },
    customerReplied: {
      schema: schema.customerReplied,
      personal: ['answer'],
      clause: 'CPL-05',
      roles: (c) => [...service, manager(c), ...department(c)],
      rules: [rules.mayReplyWhenAsked],
    },
    tierChanged: { schema: schema.tierChanged, clause: 'ADJ-13', roles: [], news: true },
    vote: approvalCommand(schema.vote, rules.mayActOnOpenApproval),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnOpenApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnOpenApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnOpenApproval),
    recuse: approvalCommand(schema.recuse, rules.mayActOnOpenApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnOpenApproval, ['customerService.head', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnOpenApproval),
  },
  clocks: {
    handoff: { clause: 'CPL-02', parameter: 'complaint.handoff', budget: budgetOf('handoff'), pausable: false },
    acceptance: {
      clause: 'CPL-03',
      parameter: 'complaint.acceptWithin',
      budget: (p) => p.complaint.acceptWithin,
      pausable: false,
    },
    resolution: { clause: 'CPL-04', parameter: 'complaint.resolution', budget: budgetOf('resolution'), pausable: true },
    round: { clause: 'CPL-06', parameter: 'complaint.roundBudget', budget: (p) => p.complaint.roundBudget, pausable: true },
    groupFeedback: {
      clause: 'CPL-14',
      parameter: 'feedback',
      budget: (p, c) => (!c.fromGroup ? null : c.complex ? p.feedback.complex.max : p.feedback.general.result),
      pausable: false,
    },
    progress: {
      clause: 'CPL-05',
      parameter: 'complaint.complex.progressEvery',
      budget: (p) => p.complaint.complex.progressEvery,
      pausable: false,
    },
    followUp: {
      clause: 'CPL-06',
      parameter: 'complaint.followUp.within',
      budget: (p) => p.complaint.followUp.within,
      pausable: false,
    },
    preventionCheck: {
      clause: 'CPL-07',
      parameter: 'complaint.preventionCheckAfter',
      budget: (p) => p.complaint.preventionCheckAfter,
      pausable: false,
    },
    approvalExtension: stageTimeout<ComplaintContext>('extension', 'kaGroup.head'),
    approvalCompensation: stageTimeout<ComplaintContext>('compensation', 'kaGroup.head'),
    approvalDissatisfaction: stageTimeout<ComplaintContext>('dissatisfaction', 'kaGroup.head'),
  },
  closedStates: ['archived', 'withdrawn', 'duplicate', 'notUpheld', 'closedWithoutSatisfaction'],
  owner: (state, context) => {
    switch (state) {
      case 'received':
      case 'confirming':
      case 'reviewing':
        return 'customerService'
      case 'disputed':
        return 'customerService.head'
      case 'inCommittee':
        return 'kaGroup.head'
      case 'assigned':
        return context.department
      case 'investigating':
      case 'planning':
      case 'handling':
        return context.handler === null ? context.department : `person:${context.handler}`
      case 'archived':
        // Closed for the customer; whether the prevention works is still owed [CPL-07].
        return context.prevention?.effective === null ? `person:${context.prevention.owner}` : null
      default:
        return null
    }
  },
  noDueReason: (state) => (state === 'reviewing' ? 'lessons' : state === 'inCommittee' ? 'committee' : 'breached'),
  basis: (_, context) => ({ cycle: context.cycle, round: context.round, plan: context.plan, result: context.result }),
  fields: (context) => ({
    severity: context.severity,
    about: context.about,
    department: context.department,
    handler: context.handler,
    tier: context.tier,
    round: context.round,
    cycle: context.cycle,
    confirmation: context.confirmation,
    receivedAt: context.receivedAt,
  }),
  barred: (context) => context.named,
  approvals: (context) => context.approvals,
  ways: {
    'fields.severity': { command: 'reclassify' },
    'fields.about': { command: 'reclassify' },
    'fields.department': { command: 'assign' },
    'fields.handler': { command: 'accept' },
    owner: { command: 'assign' },
    'fields.confirmation': { command: 'customerSatisfied' },
    'fields.tier': { command: 'tier-adjustment.vote', clause: 'ADJ-12', scheme: () => 'tier' },
    nextDueAt: { command: 'requestExtension' },
    accountId: { command: 'account.split' },
  },
})
