import { approvalCommand } from '../../definition/approval-commands.ts'
import { defineWorkflow, type ClockSpec, type FactNeeds, type SchemeName } from '../../definition/define-workflow.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { projectChangeCommandSchemas as schema, type ProjectChangeCommands } from './commands.ts'
import { projectChangeMachine } from './machine.ts'
import * as prepare from './prepare.ts'
import * as rules from './rules.ts'
import { initialProjectChange, type ProjectChangeContext } from './types.ts'

type Context = ProjectChangeContext

/** Whoever keeps contact with the customer records what it answers. */
const contact = ['accountManager', 'sales', 'sales.head', 'keyAccounts', 'keyAccounts.head']
const affected = (context: Context): readonly string[] => context.departments.flatMap((d) => [d, `${d}.head`])
const project = (_: unknown, context: Context): FactNeeds => ({ project: context.projectId })

/** The project, and who decides where the command asks for an approval. */
const projectAnd = (context: Context, electorate: SchemeName | null, departments: readonly string[]): FactNeeds => ({
  project: context.projectId,
  ...(electorate === null ? {} : { electorate, affected: departments }),
})
const ifEmergency = (emergency: boolean): SchemeName | null => (emergency ? 'changeEmergency' : null)

const team = { roles: ['*'], needs: project }
const followUp = { clause: 'CHG-02', roles: [] }
const customer = { clause: 'CHG-01', roles: contact, judges: true, form: 'customerConsent', personal: ['givenBy', 'statement'] }

const clock = (clause: string, parameter: string, budget: ClockSpec<Context>['budget']): ClockSpec<Context> => ({
  clause,
  parameter,
  budget,
  pausable: false,
})

/** The project change as the runtime sees it [CHG, PRJ-06]. */
export const projectChangeWorkflow = defineWorkflow<Context, ProjectChangeCommands>({
  kind: 'project-change',
  prefix: 'chg',
  version: '1',
  machine: projectChangeMachine,
  initialContext: initialProjectChange,
  everyCommand: [],
  commands: {
    open: {
      schema: schema.open,
      clause: 'CHG-01',
      roles: ['*'],
      needs: (command) => (command.projectId === undefined ? {} : { project: command.projectId }),
      rules: [rules.mayChangeAsTeam, rules.mayChangeActiveProject],
      prepare: prepare.prepareOpening,
    },
    openChangeBack: {
      schema: schema.openChangeBack,
      clause: 'CHG-02',
      roles: [],
      needs: (command) => (command.projectId === undefined ? {} : { project: command.projectId }),
      prepare: prepare.prepareChangeBack,
    },
    apply: {
      schema: schema.apply,
      clause: 'CHG-01',
      roles: ['*'],
      makes: 'change',
      form: 'changeApplication',
      needs: (command, context) => projectAnd(context, ifEmergency(command.emergency !== undefined), command.departments ?? []),
      rules: [rules.mayChangeAsTeam, rules.mayChangeActiveProject],
      formRules: [rules.mayAffectDepartments, rules.mayBeEmergencyOnce, rules.mayUndoAndNothingElse],
      prepare: prepare.prepareContent,
    },
    amend: {
      schema: schema.amend,
      clause: 'CHG-01',
      roles: ['*'],
      makes: 'change',
      form: 'changeApplication',
      needs: (command, context) =>
        projectAnd(context, ifEmergency(context.emergency !== null), command.departments ?? context.departments),
      rules: [rules.mayChangeAsTeam, rules.mayChangeActiveProject],
      formRules: [rules.mayAffectDepartments, rules.mayUndoAndNothingElse],
      prepare: prepare.prepareContent,
    },
    reassess: {
      schema: schema.reassess,
      clause: 'CHG-02',
      roles: ['*'],
      needs: (_, context) => projectAnd(context, ifEmergency(context.emergency !== null), context.departments),
      rules: [rules.mayChangeAsTeam, rules.mayChangeActiveProject, rules.mayReassessOnNewBaseline],
      prepare: prepare.prepareReassessment,
    },
    assess: {
      schema: schema.assess,
      clause: 'CHG-01',
      roles: affected,
      checks: 'change',
      form: 'changeAssessment',
      needs: (_, context) => projectAnd(context, prepare.schemeOf(context), context.departments),
      rules: [rules.mayAssessBeforeApproval],
      formRules: [rules.mayAssessTouchedDimension],
      prepare: prepare.prepareAssessment,
    },
    consent: { schema: schema.consent, ...customer },
    refuseConsent: { schema: schema.refuseConsent, ...customer },
    implement: {
      schema: schema.implement,
      clause: 'CHG-02',
      ...team,
      makes: 'implementation',
      judges: true,
      form: 'changeImplementation',
      rules: [rules.mayChangeAsTeam, rules.mayChangeActiveProject, rules.mayImplementOnCurrentBaseline],
      prepare: prepare.prepareImplementation,
    },
    confirmImplementation: { schema: schema.confirmImplementation, ...followUp },
    declineImplementation: { schema: schema.declineImplementation, ...followUp },
    verify: {
      schema: schema.verify,
      clause: 'PRJ-07',
      roles: (context) => [...affected(context), 'accountManager', 'keyAccounts', 'keyAccounts.head', 'kaGroup.member'],
      checks: 'implementation',
      judges: true,
      form: 'changeVerification',
    },
    withdraw: { schema: schema.withdraw, clause: 'CHG-01', ...team, rules: [rules.mayChangeAsTeam] },
    supersede: {
      schema: schema.supersede,
      clause: 'CHG-01',
      ...team,
      rules: [rules.mayChangeAsTeam],
      formRules: [rules.mayBeSupersededByAnother],
    },
    changedBack: { schema: schema.changedBack, ...followUp },
    changeBackFailed: { schema: schema.changeBackFailed, ...followUp },
    retryRollback: {
      schema: schema.retryRollback,
      clause: 'CHG-02',
      roles: ['kaGroup.head', 'companyManagement'],
      rules: [rules.mayDecideAfterFailedRollback],
    },
    acceptAsIs: {
      schema: schema.acceptAsIs,
      clause: 'CHG-02',
      roles: ['kaGroup.head', 'companyManagement'],
      makes: 'acceptance',
      form: 'acceptanceAsIs',
      needs: (_, context) => projectAnd(context, 'changeMajor', context.departments),
      rules: [rules.mayDecideAfterFailedRollback],
      prepare: prepare.prepareAcceptance,
    },
    vote: approvalCommand(schema.vote, rules.mayActOnChangeApproval),
    recuse: approvalCommand(schema.recuse, rules.mayActOnChangeApproval),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnChangeApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnChangeApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnChangeApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnChangeApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnChangeApproval),
  },
  clocks: {
    changeExpiry: clock('CHG-01', 'change.expiresAfter', (p) => p.change.expiresAfter),
    assessment: clock('CHG-01', 'change.assessWithin', (p) => p.change.assessWithin),
    customerConsent: clock('CHG-01', 'change.consentWithin', (p) => p.change.consentWithin),
    ratification: clock('I-17', 'change.ratifyWithin', (p) => p.change.ratifyWithin),
    verification: clock('PRJ-07', 'change.verifyWithin', (p) => p.change.verifyWithin),
    approvalChange: stageTimeout<Context>('change', 'kaGroup.head'),
    approvalEmergency: stageTimeout<Context>('emergency', 'kaGroup.head'),
    approvalRatification: stageTimeout<Context>('ratification', 'companyManagement'),
    approvalAcceptance: stageTimeout<Context>('acceptance', 'companyManagement'),
  },
  closedStates: ['closed', 'rejected', 'withdrawn', 'expired', 'superseded', 'rolledBack'],
  owner: (state, context) => {
    switch (state) {
      case 'assessing':
        return context.departments[0] === undefined ? 'kaGroup.head' : `${context.departments[0]}.head`
      case 'inApproval':
      case 'inEmergency':
      case 'ratifying':
      case 'rollingBack':
        return 'kaGroup.head'
      case 'awaitingCustomer':
        return 'accountManager'
      case 'drafting':
      case 'approved':
      case 'implementing':
      case 'implemented':
        return context.applicant === null ? 'projectLeader' : `person:${context.applicant}`
      default:
        return null
    }
  },
  noDueReason: (state) => (state === 'implementing' ? 'ledgerAnswers' : state === 'rollingBack' ? 'changeBack' : 'breached'),
  // What a person judges who records consent, implements or verifies: the content, the baseline under it, and what became of it.
  basis: (_, { measured, consent, appliedVersion }) => ({
    contentHash: measured?.contentHash ?? null,
    baseVersion: measured?.baseVersion ?? null,
    class: measured?.class ?? null,
    consented: consent !== null,
    appliedVersion,
  }),
  fields: (context) => ({
    projectId: context.projectId,
    title: context.title,
    changeClass: context.measured?.class ?? null,
    emergency: context.emergency !== null,
    baseVersion: context.measured?.baseVersion ?? null,
    appliedVersion: context.appliedVersion,
    changesBack: context.of,
    breach: context.breach,
  }),
  approvals: (context) => context.approvals,
  ways: {
    'fields.changeClass': { command: 'apply' },
    'fields.emergency': { command: 'apply' },
    'fields.appliedVersion': { command: 'implement', clause: 'CHG-02' },
  },
})
