import { approvalCommand } from '../../definition/approval-commands.ts'
import { defineWorkflow, type CommandSpec, type FactNeeds } from '../../definition/define-workflow.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { accountCommandSchemas as schema, type AccountCommands } from './commands.ts'
import { accountMachine } from './machine.ts'
import * as prepare from './preparing.ts'
import * as rules from './rules.ts'
import { initialAccount, servingTeam, type AccountContext } from './types.ts'
import { accountWays } from './ways.ts'

type Spec<T extends keyof AccountCommands> = CommandSpec<AccountContext, AccountCommands[T]>

const { heads } = rules
const salesSide = ['sales', 'sales.head', 'accountManager', 'keyAccounts', 'keyAccounts.head']
const all = (...accounts: readonly (string | null | undefined)[]): FactNeeds => {
  const others = accounts.filter((account) => account != null)
  return others.length === 0 ? {} : { others }
}

const openAdmission = {
  schema: schema.openAdmission,
  clause: 'ADM-05',
  roles: salesSide,
  unavailable: rules.refuseApplication,
  rules: [rules.mayHoldOneAdmission, rules.mayApplyAgain, rules.mayApplyForNoDuplicate],
  formRules: [rules.mayApplyUnderNextNumber, rules.mayNameLeadSource],
  needs: (command, context): FactNeeds => {
    const creditCode = command.creditCode ?? context.creditCode
    const parentId = command.parentId ?? context.parentId
    return {
      similarTo: {
        name: command.name ?? context.name,
        ...(creditCode === null ? {} : { creditCode }),
        ...(parentId === null ? {} : { parentId }),
      },
      ...all(command.parentId),
      ...(context.mergedInto === null ? {} : { survivorOf: context.accountId }),
    }
  },
  prepare: prepare.prepareAdmission,
} satisfies Spec<'openAdmission'>

/** Commands of other instances: only the system sends them. */
const internal = <T extends keyof AccountCommands>(of: (typeof schema)[T], clause: string) => ({ schema: of, clause, roles: [] })

/** The account ledger as the runtime sees it. */
export const accountLedger = defineWorkflow<AccountContext, AccountCommands>({
  kind: 'account',
  prefix: 'account',
  version: '1',
  machine: accountMachine,
  initialContext: initialAccount,
  commands: {
    adopt: {
      schema: schema.adopt,
      clause: 'ADM-08',
      roles: ['sales', 'sales.head', 'marketing', 'keyAccounts', 'keyAccounts.head'],
      form: 'adoption',
      formRules: [rules.mayNameClasses, rules.mayContractAsKeyAccount, rules.mayContractForTime],
      needs: (command) => all(command.parentId),
      prepare: prepare.prepareAdoption,
    },
    openAdmission,
    releaseAdmission: {
      ...internal<'releaseAdmission'>(schema.releaseAdmission, 'ADM-10'),
      formRules: [rules.mayReleaseOwnAdmission],
    },
    admit: {
      ...internal<'admit'>(schema.admit, 'ADM-08'),
      formRules: [rules.mayHoldOneAdmission, rules.mayAdmitOnce, rules.mayNameClasses],
    },
    recordCreditCode: {
      ...internal<'recordCreditCode'>(schema.recordCreditCode, 'ADM-05'),
      formRules: [rules.mayHoldOneAdmission],
    },
    recordTeam: {
      ...internal<'recordTeam'>(schema.recordTeam, 'SVC-01'),
      formRules: [rules.mayHoldOneAdmission, rules.maySignWhatWasApproved],
      needs: { capacity: true },
      prepare: prepare.prepareTeam,
    },
    establish: {
      ...internal<'establish'>(schema.establish, 'ADM-09'),
      formRules: [rules.mayHoldOneAdmission, rules.maySignWhatWasApproved, rules.mayNameClasses, rules.mayContractForTime],
      needs: (_, context) => ({ capacity: true, openInstances: true, ...all(context.group) }),
      prepare: prepare.prepareEstablishing,
    },
    openAdjustment: {
      schema: schema.openAdjustment,
      clause: 'ADJ-01',
      roles: (_, policy) => [policy.dataOwner.tier],
      rules: [
        rules.mayHoldOneAdjustment,
        rules.mayReviewWithTier,
        rules.mayReviewAtGroupLevel,
        rules.mayReviewAfterFreeze,
        rules.mayReviewOnDemandWithReason,
      ],
      formRules: [rules.mayReviewUnderOwnName],
      needs: (_, context, policy) => ({
        accountFacts: true,
        ...all(context.group),
        ...(policy.tier.level === 'group' && context.members.length > 0 ? { memberFacts: context.members } : {}),
      }),
      prepare: prepare.prepareAdjustment,
    },
    claimAdjustment: {
      ...internal<'claimAdjustment'>(schema.claimAdjustment, 'ADJ-01'),
      formRules: [rules.mayHoldOneAdjustment],
    },
    releaseAdjustment: internal<'releaseAdjustment'>(schema.releaseAdjustment, 'ADJ-01'),
    changeTier: {
      ...internal<'changeTier'>(schema.changeTier, 'ADJ-13'),
      needs: { openInstances: true, capacity: true },
      formRules: [rules.mayHoldOneAdjustment],
      prepare: prepare.prepareTierChange,
    },
    lapseOverride: {
      ...internal<'lapseOverride'>(schema.lapseOverride, 'ADJ-12'),
      needs: { openInstances: true },
      prepare: prepare.prepareNews,
    },
    inheritTier: {
      ...internal<'inheritTier'>(schema.inheritTier, 'I-33'),
      needs: { openInstances: true },
      prepare: prepare.prepareNews,
    },
    tellMore: {
      ...internal<'tellMore'>(schema.tellMore, 'ADJ-13'),
      needs: (_, context) => ({ openInstances: true, ...all(context.mergedInto) }),
      prepare: prepare.prepareMore,
    },
    startExit: { ...internal<'startExit'>(schema.startExit, 'ADJ-08'), formRules: [rules.mayHoldOneAdjustment] },
    endByCustomer: {
      schema: schema.endByCustomer,
      clause: 'TIER-07',
      roles: ['accountManager', 'sales', 'sales.head', 'keyAccounts.head'],
      form: 'ending',
      rules: [rules.mayHoldOneAdmission],
    },
    completeExit: {
      schema: schema.completeExit,
      clause: 'ADJ-08',
      roles: heads,
      form: 'exitChecklist',
      needs: { openInstances: true },
      rules: [rules.mayExitWhenNothingIsOpen, rules.mayExitAfterLastDay],
    },
    stopExit: { schema: schema.stopExit, clause: 'TIER-07', roles: ['companyManagement', 'kaGroup.head'] },
    renew: {
      schema: schema.renew,
      clause: 'I-37',
      roles: salesSide,
      form: 'renewal',
      formRules: [rules.mayContractForTime],
      prepare: prepare.prepareRenewal,
    },
    requalify: {
      schema: schema.requalify,
      clause: 'ADM-12',
      roles: salesSide,
      form: 'requalification',
      needs: (_, context) => all(context.group),
      prepare: prepare.prepareRequalification,
    },
    suspend: { schema: schema.suspend, clause: 'TIER-07', roles: heads, form: 'suspension' },
    resume: { schema: schema.resume, clause: 'TIER-07', roles: heads },
    readmit: {
      schema: schema.readmit,
      clause: 'I-39',
      roles: [...heads, 'kaGroup.head'],
      form: 'readmission',
      rules: [rules.mayReadmitInTime, rules.mayReadmitWhenDecided],
    },
    handover: {
      schema: schema.handover,
      clause: 'I-38',
      roles: heads,
      form: 'handover',
      formRules: [rules.mayHandOverToAnother, rules.mayLookAfterAccount],
      needs: (_, __, policy) => ({ capacity: true, holders: [policy.admission.team.accountManager, ...heads] }),
      prepare: prepare.prepareHandover,
    },
    nameManager: {
      schema: schema.nameManager,
      clause: 'I-38',
      roles: heads,
      rules: [rules.mayNameManagerWhenHandedOver],
      formRules: [rules.mayLookAfterAccount],
      needs: (_, __, policy) => ({ capacity: true, holders: [policy.admission.team.accountManager] }),
      prepare: prepare.prepareNaming,
    },
    proposeBlacklisting: {
      schema: schema.proposeBlacklisting,
      clause: 'I-39',
      roles: ['sales.head', 'finance.head', 'legal.head', 'keyAccounts.head', 'kaGroup.member', 'kaGroup.head'],
      form: 'blacklisting',
      makes: 'blacklisting',
      rules: [rules.mayProposeOneResolution],
      needs: { electorate: 'blacklist' },
      prepare: prepare.prepareResolution,
    },
    vote: approvalCommand(schema.vote, rules.mayActOnOpenApproval),
    recuse: approvalCommand(schema.recuse, rules.mayActOnOpenApproval),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnOpenApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnOpenApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnOpenApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnOpenApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnOpenApproval),
    merge: {
      schema: schema.merge,
      clause: 'I-33',
      roles: heads,
      form: 'merger',
      rules: [rules.mayMergeWhenSettled],
      formRules: [rules.mayMergeIntoSurvivor],
      needs: (command) => ({ openInstances: true, ...all(command.into) }),
      prepare: prepare.prepareMerge,
    },
    absorb: internal<'absorb'>(schema.absorb, 'I-33'),
    split: {
      schema: schema.split,
      clause: 'I-33',
      roles: heads,
      form: 'separation',
      formRules: [rules.maySplitOpenInstances],
      needs: (command) => ({ openInstances: true, ...all(command.accountId) }),
      prepare: prepare.prepareSplit,
    },
    changeParent: {
      schema: schema.changeParent,
      clause: 'I-33',
      roles: heads,
      form: 'groupChange',
      formRules: [rules.mayJoinGroup],
      needs: (command) => all(command.parentId),
      prepare: prepare.prepareParent,
    },
    addMember: {
      ...internal<'addMember'>(schema.addMember, 'I-33'),
      formRules: [rules.mayLeadGroup],
      prepare: prepare.prepareMember,
    },
    removeMember: internal<'removeMember'>(schema.removeMember, 'I-33'),
  },
  everyCommand: [],
  // The ledger is the account; merging and splitting are its own commands.
  withoutCommon: ['relocate'],
  clocks: {
    override: {
      clause: 'ADJ-12',
      parameter: 'adjust.override',
      budget: (_, context) => (context.override === null ? null : { until: context.override.endsAt }),
      pausable: false,
      silent: true,
    },
    renewalNotice: {
      clause: 'I-37',
      parameter: 'contract.renewalNotice',
      budget: (_, context) => (context.contract === null ? null : { until: context.contract.noticeAt }),
      pausable: false,
      silent: true,
    },
    contractLapse: {
      clause: 'I-37',
      parameter: 'contract.graceAfterExpiry',
      budget: (_, context) => (context.contract === null ? null : { until: context.contract.lapsesAt }),
      pausable: false,
      silent: true,
    },
    requalification: {
      clause: 'ADM-12',
      parameter: 'admission.requalifyEvery',
      budget: (_, context) => (context.requalifyAt === null ? null : { until: context.requalifyAt }),
      pausable: false,
      silent: true,
    },
    handover: {
      clause: 'I-38',
      parameter: 'handover.within',
      budget: (policy, context) => (context.handover === null ? null : policy.handover.within),
      pausable: false,
      notify: () => 'keyAccounts.head',
    },
    approvalBlacklist: stageTimeout<AccountContext>('blacklist', 'companyManagement'),
  },
  closedStates: ['exited', 'lapsed', 'blacklisted', 'merged'],
  owner: (state, context) => {
    if (['exited', 'lapsed', 'blacklisted', 'merged'].includes(state)) return null
    if (context.manager !== null) return `person:${context.manager}`
    return state === 'prospect' || state === 'candidate' ? 'sales.head' : 'keyAccounts.head'
  },
  noDueReason: (state) => {
    switch (state) {
      case 'prospect':
        return 'noApplication'
      case 'candidate':
      case 'admitted':
        return 'admission'
      case 'suspended':
        return 'suspension'
      case 'exiting':
        return 'exitChecklist'
      default:
        return 'nextReview'
    }
  },
  basis: (_, context) => ({ tier: context.tier, adjustment: context.adjustment }),
  fields: (context) => ({
    name: context.name,
    region: context.region,
    creditCode: context.creditCode,
    parentId: context.parentId,
    group: context.group,
    tier: context.tier,
    manager: context.manager,
    isKeyAccount: context.isKeyAccount,
    contractUntil: context.contract?.to ?? null,
    overrideUntil: context.override?.until ?? null,
    lastCycle: context.lastCycle,
    admission: context.admission?.id ?? null,
    ...servingTeam(context),
  }),
  approvals: (context) => context.approvals,
  ways: accountWays,
})
