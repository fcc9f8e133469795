import { approvalCommand } from '../../definition/approval-commands.ts'
import { actOnApproval, after, makersOf, openOn } from '../../definition/approval-steps.ts'
import { defineWorkflow, type Prepared, type RuleInput } from '../../definition/define-workflow.ts'
import { scoreFindings } from '../../definition/score-findings.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import type { JsonValue } from '../../errors/index.ts'
import type { Failure } from '../../rules/index.ts'
import { admissionCommandSchemas as schema, type AdmissionCommands } from './commands.ts'
import { admissionMachine } from './machine.ts'
import * as rules from './rules.ts'
import { initialAdmission, isOpenCondition, type AdmissionContext, type AdmissionTerms } from './types.ts'

type Input<T extends keyof AdmissionCommands> = RuleInput<AdmissionContext, AdmissionCommands[T]>

/** Who develops a customer: makes the application, and so has no vote on it. */
const makers = ['sales', 'sales.head', 'accountManager', 'keyAccounts']

const refused = (clause: string, failures: readonly Failure[]): Prepared => ({ ok: false, clause, failures })

/** What the committee decides on. The count of returns makes each round's material its own. */
const materialOf = (context: AdmissionContext, otherTerms: AdmissionTerms | null): JsonValue => ({
  accountId: context.accountId,
  registration: context.registration,
  report: context.report,
  score: context.score?.value ?? null,
  exception: context.exception,
  terms: otherTerms ?? context.terms,
  returns: context.returns,
})

/** Asks the committee; with the further inputs of the step. */
function toCommittee(input: RuleInput, material: JsonValue, inputs: { readonly [name: string]: JsonValue } = {}): Prepared {
  const opened = openOn(input, 'admission', material, makersOf(input, ['application']))
  if (!opened.ok) return refused('I-17', opened.failures)
  return { ok: true, inputs: { ...inputs, approval: after('admission', opened.approval, 'opened') } }
}

/** ADM-06: only who meets the basic conditions comes before the committee. */
function prepareReport(input: Input<'recommend'>): Prepared {
  const { context, command, policy, at } = input
  const scored = scoreFindings(command, policy, at)
  if (!scored.ok) return refused('ADM-06', [scored.failure])
  const inputs = { score: scored.score as unknown as JsonValue }
  if (!scored.score.passes) return { ok: true, inputs }
  const { type: _, ...report } = command
  return toCommittee(
    input,
    materialOf({ ...context, report, terms: report.terms, score: scored.score, exception: null }, null),
    inputs,
  )
}

function prepareException(input: Input<'requestException'>): Prepared {
  const { type: _, ...exception } = input.command
  return toCommittee(input, materialOf({ ...input.context, exception }, null))
}

/** Terms that are not the approved ones are for the committee again; nothing is signed then. */
function prepareSigning(input: Input<'sign'>): Prepared {
  const { context, command, hashOf } = input
  const asApproved = hashOf(command.terms) === hashOf(context.terms)
  return asApproved ? { ok: true, inputs: {} } : toCommittee(input, materialOf(context, command.terms))
}

const step = (input: RuleInput<AdmissionContext>): Prepared => actOnApproval(input, input.context.approvals, input.command)

/** The admission as the runtime sees it [ADM, CLS-02, SVC-01]. */
export const admissionWorkflow = defineWorkflow<AdmissionContext, AdmissionCommands>({
  kind: 'admission',
  prefix: 'adm',
  version: '1',
  machine: admissionMachine,
  initialContext: initialAdmission,
  everyCommand: [],
  commands: {
    open: { schema: schema.open, clause: 'ADM-05', roles: [] },
    submitRegistration: {
      schema: schema.submitRegistration,
      clause: 'ADM-05',
      roles: makers,
      makes: 'application',
      form: 'registration',
      // Who to speak to, and what the customer told in its own words.
      personal: ['contact', 'needDescription', 'intent'],
      formRules: [rules.mayRegisterOnce],
      needs: ({ creditCode }, context) =>
        typeof creditCode !== 'string' || creditCode === context.creditCode ? {} : { similarTo: { creditCode } },
    },
    recommend: {
      schema: schema.recommend,
      clause: 'ADM-06',
      roles: makers,
      makes: 'application',
      form: 'admissionReport',
      rules: [rules.mayReportBeforeApproval],
      formRules: [rules.mayProposeKnownClasses, rules.mayScoreAtKnownRates],
      needs: { electorate: 'admission' },
      prepare: prepareReport,
    },
    reviseRegistration: {
      schema: schema.reviseRegistration,
      clause: 'ADM-10',
      roles: makers,
      rules: [rules.mayReviseWithinReturns],
    },
    requestException: {
      schema: schema.requestException,
      clause: 'ADM-06',
      roles: ['sales.head', 'keyAccounts.head'],
      makes: 'application',
      form: 'exceptionRequest',
      rules: [rules.mayAskException],
      needs: { electorate: 'admission' },
      prepare: prepareException,
    },
    concludeScreening: {
      schema: schema.concludeScreening,
      clause: 'ADM-06',
      roles: ['sales', 'sales.head', 'keyAccounts', 'keyAccounts.head'],
    },
    assignTeam: {
      schema: schema.assignTeam,
      clause: 'SVC-01',
      roles: ['kaGroup.head', 'keyAccounts.head'],
      form: 'teamAssignment',
      formRules: [rules.mayAssignHolders],
      needs: (_, __, policy) => ({ holders: Object.values(policy.admission.team) }),
    },
    meetCondition: {
      schema: schema.meetCondition,
      clause: 'ADM-07',
      roles: [...makers, 'keyAccounts.head'],
      formRules: [rules.maySettleOpenCondition],
    },
    waiveCondition: {
      schema: schema.waiveCondition,
      clause: 'ADM-07',
      roles: ['kaGroup.head'],
      checks: 'application',
      formRules: [rules.maySettleOpenCondition],
    },
    sign: {
      schema: schema.sign,
      clause: 'ADM-09',
      roles: makers,
      // Whoever brings other terms does not vote on them.
      makes: 'application',
      judges: true,
      form: 'contract',
      rules: [rules.maySignWhenConditionsMet],
      formRules: [rules.mayEnterSigningInTime, rules.mayContractForItsTerm],
      needs: { electorate: 'admission' },
      prepare: prepareSigning,
    },
    withdraw: {
      schema: schema.withdraw,
      clause: 'ADM-10',
      roles: [...makers, 'keyAccounts.head'],
      personal: ['saidBy', 'reason'],
    },
    accountBlacklisted: { schema: schema.accountBlacklisted, clause: 'I-39', roles: [], news: true },
    vote: {
      schema: schema.vote,
      clause: 'ADM-07',
      roles: ['*'],
      needs: { delegations: true },
      rules: [rules.mayActOnOpenApproval],
      formRules: [rules.mayVoteOnEachAspect, rules.maySetConditionsAhead],
      prepare: step,
    },
    recuse: approvalCommand(schema.recuse, rules.mayActOnOpenApproval),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnOpenApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnOpenApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnOpenApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnOpenApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnOpenApproval),
  },
  clocks: {
    expiry: {
      clause: 'I-03',
      parameter: 'admission.expiresAfter',
      budget: (p) => p.admission.expiresAfter,
      pausable: false,
    },
    conditions: {
      clause: 'ADM-07',
      parameter: 'approval.admission',
      budget: (_, { conditions }) => {
        const due = conditions.filter(isOpenCondition).map((c) => c.dueAt)
        return due.length === 0 ? null : { until: Math.min(...due) }
      },
      pausable: false,
    },
    approvalAdmission: stageTimeout<AdmissionContext>('admission', 'kaGroup.head'),
  },
  closedStates: ['established', 'rejected', 'withdrawn', 'expired'],
  owner: (state, { manager, team, conditions }) => {
    switch (state) {
      case 'registering':
      case 'screening':
        return manager === null ? 'sales' : `person:${manager}`
      case 'screenedOut':
        return 'sales.head'
      case 'inCommittee':
        return 'kaGroup.head'
      case 'assigningTeam':
        return 'keyAccounts.head'
      case 'contracting':
        return team === null ? 'sales' : `person:${team.accountManager}`
      case 'established':
        // What was promised for later is owed by somebody.
        return team !== null && conditions.some(isOpenCondition) ? `person:${team.accountManager}` : null
      default:
        return null
    }
  },
  noDueReason: () => 'breached',
  basis: (_, { terms, conditions }) => ({ terms, conditions: conditions.map((c) => [c.id, isOpenCondition(c)]) }),
  fields: (context) => ({
    name: context.name,
    leadSource: context.leadSource,
    currentTier: context.currentTier,
    score: context.score?.value ?? null,
    exception: context.exception !== null,
    returns: context.returns,
    conditionsOpen: context.conditions.filter(isOpenCondition).length,
  }),
  approvals: (context) => context.approvals,
  ways: {
    'fields.score': { command: 'recommend' },
    'fields.exception': { command: 'requestException' },
    'fields.conditionsOpen': { command: 'meetCondition' },
    'fields.currentTier': { command: 'tier-adjustment.vote', clause: 'ADJ-12', scheme: () => 'tier' },
  },
})
