import { contentHash } from '../../baselines/index.ts'
import { approvalCommand } from '../../definition/approval-commands.ts'
import { after, approvalAfter, makersOf, openOn } from '../../definition/approval-steps.ts'
import { defineWorkflow, type Prepared, type RuleInput } from '../../definition/define-workflow.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { projectCommandSchemas as schema, type ProjectCommands } from './commands.ts'
import { projectMachine } from './machine.ts'
import * as rules from './rules.ts'
import { initialProject, type ProjectContext } from './types.ts'

type Input<T extends keyof ProjectCommands> = RuleInput<ProjectContext, ProjectCommands[T]>

/** Another plan is other material: a new approval, whose makers are all who have made a plan here. */
function preparePlan(input: Input<'registerBaseline'>): Prepared {
  const hash = contentHash(input.command.content, input.hashOf)
  const opened = openOn(input, 'plan', { contentHash: hash }, makersOf(input, ['plan']))
  if (!opened.ok) return { ok: false, clause: 'I-17', failures: opened.failures }
  return { ok: true, inputs: { approval: after('plan', opened.approval, 'opened') } }
}

/** A vote or a recusal; the one that passes the plan makes it version 1. */
function preparePlanStep(input: Input<'vote'> | Input<'recuse'>): Prepared {
  const { context, command, hashOf } = input
  const result = approvalAfter(input, context.approvals, command)
  if (!result.ok) return result.refused
  const approval = after(result.name, result.state, result.outcome)
  return result.outcome === 'approved' && context.proposed !== null
    ? { ok: true, inputs: { approval, contentHash: contentHash(context.proposed, hashOf) } }
    : { ok: true, inputs: { approval } }
}

/**
 * CHG-02: only a change's own follow-up gets here, in every mode and whatever the policy's `authority` says; and only with the content that was approved.
 */
function prepareApplication(input: Input<'applyChange'>): Prepared {
  const { command, hashOf } = input
  const actual = contentHash(command.content, hashOf)
  if (actual === command.contentHash) return { ok: true, inputs: {} }
  return { ok: false, clause: 'CHG-02', failures: [{ code: 'basis_changed', required: command.contentHash, actual }] }
}

/** What is ratified is what stands as that version. */
function prepareRatification(input: Input<'ratifyBaseline'>): Prepared {
  const { command, context, hashOf } = input
  const stands = context.versions.find(({ version }) => version === command.version)?.contentHash ?? null
  const actual = contentHash(command.content, hashOf)
  if (actual === stands) return { ok: true, inputs: {} }
  return { ok: false, clause: 'CHG-02', failures: [{ code: 'basis_changed', required: stands, actual }] }
}

const planStep = <T extends 'vote' | 'recuse'>(of: (typeof schema)[T]) => ({
  ...approvalCommand(of, rules.mayActOnPlanApproval),
  clause: 'PRJ-06',
  prepare: preparePlanStep,
})

/** The project ledger as the runtime sees it [PRJ, CHG-02]. */
export const projectLedger = defineWorkflow<ProjectContext, ProjectCommands>({
  kind: 'project',
  prefix: 'project',
  version: '1',
  machine: projectMachine,
  initialContext: initialProject,
  everyCommand: [],
  commands: {
    open: {
      schema: schema.open,
      clause: 'PRJ-01',
      roles: ['accountManager', 'sales', 'sales.head', 'keyAccounts', 'keyAccounts.head'],
      form: 'needConfirmation',
      needs: ({ accountId }) => ({ account: true, ...(accountId === undefined ? {} : { survivorOf: accountId }) }),
      rules: [rules.mayOpenProjectForKnownAccount],
      formRules: [rules.mayInvolveDepartments],
    },
    registerBaseline: {
      schema: schema.registerBaseline,
      clause: 'PRJ-06',
      roles: ['*'],
      makes: 'plan',
      form: 'projectPlan',
      rules: [rules.mayPlanAsTeam],
      needs: { electorate: 'plan' },
      prepare: preparePlan,
    },
    changeLeader: { schema: schema.changeLeader, clause: 'PRJ-03', roles: ['kaGroup.head', 'keyAccounts.head'] },
    applyChange: { schema: schema.applyChange, clause: 'CHG-02', roles: [], prepare: prepareApplication },
    ratifyBaseline: { schema: schema.ratifyBaseline, clause: 'CHG-02', roles: [], prepare: prepareRatification },
    closeProject: {
      schema: schema.closeProject,
      clause: 'PRJ-10',
      roles: ['*'],
      form: 'projectAcceptance',
      personal: ['acceptedBy'],
      needs: { openInstances: true },
      rules: [rules.mayCloseAsLeader, rules.mayEndWithoutOpenChanges],
    },
    cancelProject: {
      schema: schema.cancelProject,
      clause: 'PRJ-03',
      roles: ['kaGroup.head', 'companyManagement'],
      form: 'projectCancellation',
      needs: { openInstances: true },
      rules: [rules.mayEndWithoutOpenChanges],
    },
    vote: planStep<'vote'>(schema.vote),
    recuse: planStep<'recuse'>(schema.recuse),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnPlanApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnPlanApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnPlanApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnPlanApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnPlanApproval),
  },
  clocks: { approvalPlan: stageTimeout<ProjectContext>('plan', 'companyManagement') },
  closedStates: ['closed', 'cancelled'],
  owner: (state, context) => {
    if (state === 'closed' || state === 'cancelled') return null
    return state === 'inReview' ? 'kaGroup.head' : `person:${context.leader}`
  },
  noDueReason: (state) => (state === 'planning' ? 'planToCome' : state === 'active' ? 'projectRuns' : 'breached'),
  basis: (_, context) => ({ version: context.version }),
  fields: (context) => ({
    projectId: context.projectId,
    name: context.name,
    leader: context.leader,
    version: context.version,
    endDate: context.baseline?.endDate ?? null,
  }),
  approvals: (context) => context.approvals,
  ways: {
    'fields.leader': { command: 'changeLeader' },
    'fields.version': { command: 'project-change.implement', clause: 'CHG-02' },
    'fields.endDate': { command: 'project-change.vote', clause: 'CHG-02' },
  },
})
