import { approvalCommand } from '../../definition/approval-commands.ts'
import { defineWorkflow } from '../../definition/define-workflow.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { policyPublicationCommandSchemas as schema, type PolicyPublicationCommands } from './commands.ts'
import { policyPublicationMachine } from './machine.ts'
import * as prepare from './prepare.ts'
import * as rules from './rules.ts'
import { initialPolicyPublication, type PolicyPublicationContext } from './types.ts'

/** Who writes policies; who decides on them says the electorate. */
const drafters = ['keyAccounts', 'keyAccounts.head', 'kaGroup.member', 'kaGroup.head']
/** Who takes back what the group has decided. */
const heads = ['kaGroup.head', 'keyAccounts.head']

const decision = <T extends 'vote' | 'recuse'>(of: (typeof schema)[T]) => ({
  ...approvalCommand(of, rules.mayActOnPolicyApproval),
  clause: 'GOV-05',
  needs: prepare.needsOfDecision,
  prepare: prepare.prepareDecision,
})

/** The publication of a version as the runtime sees it [GOV-05]. */
export const policyPublicationWorkflow = defineWorkflow<PolicyPublicationContext, PolicyPublicationCommands>({
  kind: 'policy-publication',
  prefix: 'pol',
  version: '1',
  machine: policyPublicationMachine,
  initialContext: initialPolicyPublication,
  everyCommand: [],
  // There are no personal texts in it, and it belongs to no account.
  withoutCommon: ['redact', 'relocate'],
  commands: {
    open: {
      schema: schema.open,
      clause: 'GOV-05',
      roles: drafters,
      makes: 'draft',
      needs: ({ policyId }) => (policyId === undefined ? {} : { policyLedger: policyId }),
      formRules: [rules.mayOpenNextVersion, rules.mayBeJudgedByOwnPolicy],
    },
    check: {
      schema: schema.check,
      clause: 'GOV-05',
      roles: drafters,
      makes: 'draft',
      needs: prepare.needsOfCheck,
      prepare: prepare.prepareCheck,
    },
    recordWhatIf: {
      schema: schema.recordWhatIf,
      clause: 'GOV-05',
      roles: drafters,
      makes: 'draft',
      needs: prepare.needsOfWhatIf,
      prepare: prepare.prepareWhatIf,
    },
    submit: {
      schema: schema.submit,
      clause: 'GOV-05',
      roles: drafters,
      form: 'policySubmission',
      needs: prepare.needsOfSubmit,
      rules: [rules.mayBeJudgedByPolicyInForce, rules.maySubmitWithWhatIf, rules.mayTakeForceOnItsDay],
      prepare: prepare.prepareSubmit,
    },
    withdraw: {
      schema: schema.withdraw,
      clause: 'GOV-05',
      roles: ({ effectiveAt }) => (effectiveAt === null ? drafters : heads),
      form: 'policyWithdrawal',
      needs: (_, { policyId }) => ({ policyLedger: policyId }),
      rules: [rules.mayWithdrawBeforeForce],
    },
    takeForce: { schema: schema.takeForce, clause: 'GOV-05', roles: [], news: true },
    supersede: { schema: schema.supersede, clause: 'GOV-05', roles: [], news: true },
    declineSchedule: { schema: schema.declineSchedule, clause: 'GOV-05', roles: [], news: true },
    vote: decision<'vote'>(schema.vote),
    recuse: decision<'recuse'>(schema.recuse),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnPolicyApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnPolicyApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnPolicyApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnPolicyApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnPolicyApproval),
  },
  clocks: { approvalPolicy: stageTimeout<PolicyPublicationContext>('policy', 'companyManagement') },
  closedStates: ['superseded', 'withdrawn', 'rejected'],
  owner: (state, { openedBy }) => {
    switch (state) {
      case 'drafting':
      case 'checked':
        return `person:${openedBy}`
      case 'inApproval':
      case 'scheduled':
      case 'inForce':
        return 'kaGroup.head'
      default:
        return null
    }
  },
  noDueReason: (state) => {
    switch (state) {
      case 'drafting':
      case 'checked':
        return 'draftToSubmit'
      case 'scheduled':
        return 'ledgerTakesForce'
      case 'inForce':
        return 'policyHolds'
      default:
        return 'breached'
    }
  },
  basis: (_, { draft }) => ({ document: draft?.hash ?? null }),
  fields: ({ policyId, version, title, draft }) => ({
    policyId,
    version,
    title,
    effectiveFrom: draft?.effectiveFrom ?? null,
    hash: draft?.hash ?? null,
  }),
  approvals: (context) => context.approvals,
})
