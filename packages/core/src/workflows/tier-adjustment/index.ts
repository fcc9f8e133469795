import { approvalCommand } from '../../definition/approval-commands.ts'
import { after, approvalAfter, makersOf, openOn } from '../../definition/approval-steps.ts'
import {
  defineWorkflow,
  type FactNeeds,
  type Prepared,
  type RuleInput,
  type SchemeName,
} from '../../definition/define-workflow.ts'
import { stageTimeout } from '../../definition/stage-timeout.ts'
import { addDays } from '../../calendar/index.ts'
import type { Tier } from '../../policy/index.ts'
import { tierAdjustmentCommandSchemas as schema, type TierAdjustmentCommands } from './commands.ts'
import { consequencesOf } from './consequences.ts'
import { tierAdjustmentMachine } from './machine.ts'
import { underDecision } from './record.ts'
import * as rules from './rules.ts'
import { initialTierAdjustment, type TierAdjustmentContext } from './types.ts'

type Input<T extends keyof TierAdjustmentCommands> = RuleInput<TierAdjustmentContext, TierAdjustmentCommands[T]>
type Outcome = Tier | 'exit' | null

const marketing = ['marketing', 'marketing.head']

/** I-17: into or out of A, and exit, need both managers; else one. */
function schemeFor(from: Tier | null, to: Outcome): SchemeName {
  return from === 'A' || to === 'A' || to === 'exit' ? 'tierTop' : 'tier'
}

const refused = (opened: { readonly ok: false; readonly failures: Extract<Prepared, { ok: false }>['failures'] }): Prepared => ({
  ok: false,
  clause: 'I-17',
  failures: opened.failures,
})

const openIds = ({ facts, instanceId }: RuleInput): readonly string[] =>
  (facts.openInstances ?? []).map((i) => i.instanceId).filter((id) => id !== instanceId && !id.startsWith('account-'))

/** The proposal goes to the departments, with the list of what would follow from it. */
function prepareProposal(input: Input<'propose'>): Prepared {
  const { command, context } = input
  const opened = openOn(
    input,
    'tierReview',
    { to: command.to, reason: command.reason, cycle: context.cycle },
    makersOf(input, ['proposal']),
  )
  if (!opened.ok) return refused(opened)
  return {
    ok: true,
    inputs: {
      consequences: consequencesOf(context.currentTier, command.to, openIds(input)),
      approval: after('review', opened.approval, 'opened'),
    },
  }
}

/** What management decides on, as the basis of its votes. */
const decisionMaterial = (context: TierAdjustmentContext, to: Outcome, dissent: string | null) => ({
  to,
  cycle: context.cycle,
  from: context.currentTier,
  proposal: context.proposal?.to ?? null,
  dissent,
})

/** A vote or a recusal; where it passes the review, management's approval opens; where management decides, the effective date is set. */
function prepareStep(input: Input<'vote'> | Input<'recuse'>): Prepared {
  const { context } = input
  const result = approvalAfter(input, context.approvals, input.command)
  if (!result.ok) return result.refused
  if (result.outcome === 'approved' && result.name === 'review') {
    const to = context.proposal?.to ?? null
    const makers = makersOf({ ...input, actor: { id: 'system', roles: [] } }, ['proposal'])
    const decision = openOn(input, schemeFor(context.currentTier, to), decisionMaterial(context, to, null), makers)
    if (!decision.ok) return refused(decision)
    return { ok: true, inputs: { approval: after(result.name, result.state, result.outcome, { decision: decision.approval }) } }
  }
  const approval = after(result.name, result.state, result.outcome)
  return { ok: true, inputs: result.outcome === 'approved' ? { approval, effectiveAt: effectiveDate(input) } : { approval } }
}

/** In force on the first day of the next month [I-42]. */
function effectiveDate({ at, calendar }: RuleInput): number {
  const [year = 0, month = 1] = calendar.localDateOf(at).split('-').map(Number)
  const first = month === 12 ? `${String(year + 1)}-01-01` : `${String(year)}-${String(month + 1).padStart(2, '0')}-01`
  return calendar.startOfDay(addDays(first, 0))
}

function prepareForward(input: Input<'forwardWithDissent'>): Prepared {
  const { context, command } = input
  const to = context.proposal?.to ?? null
  const decision = openOn(
    input,
    schemeFor(context.currentTier, to),
    decisionMaterial(context, to, command.reason),
    makersOf(input, ['proposal']),
  )
  return decision.ok ? { ok: true, inputs: { approval: after('decision', decision.approval, 'opened') } } : refused(decision)
}

/** Management overrules the numbers: other material, so the votes start anew and whoever overruled does not vote. */
function prepareOverride(input: Input<'override'>): Prepared {
  const { context, command } = input
  const decision = openOn(
    input,
    schemeFor(context.currentTier, command.to),
    { ...decisionMaterial(context, command.to, context.dissent), until: command.until, reason: command.reason },
    makersOf(input, ['proposal']),
  )
  if (!decision.ok) return refused(decision)
  return {
    ok: true,
    inputs: {
      consequences: consequencesOf(context.currentTier, command.to, openIds(input)),
      approval: after('decision', decision.approval, 'opened'),
    },
  }
}

function prepareAppeal(input: Input<'appeal'>): Prepared {
  const { context, command, state } = input
  const opened = openOn(input, 'tierTop', { to: command.to, reason: command.reason, from: state }, makersOf(input, ['appeal']))
  if (!opened.ok) return refused(opened)
  return {
    ok: true,
    inputs: {
      from: state,
      consequences: consequencesOf(
        context.decided === 'exit' ? null : (context.decided ?? context.currentTier),
        command.to,
        openIds(input),
      ),
      approval: after('appeal', opened.approval, 'opened'),
    },
  }
}

const electorateOfDecision = (context: TierAdjustmentContext, to: Outcome): FactNeeds => ({
  electorate: schemeFor(context.currentTier, to),
})

/** What can pass the review needs the electorate of the decision that follows. */
const approvalStep = <T extends 'vote' | 'recuse'>(of: (typeof schema)[T]) => ({
  schema: of,
  clause: 'ADJ-12',
  roles: ['*'],
  needs: (command: { readonly approval?: string }, context: TierAdjustmentContext): FactNeeds => ({
    delegations: true,
    ...(command.approval === 'review' ? electorateOfDecision(context, context.proposal?.to ?? null) : {}),
  }),
  rules: [rules.mayActOnOpenApproval],
  prepare: prepareStep,
})

/** The tier adjustment as the runtime sees it [ADJ, TIER]. */
export const tierAdjustmentWorkflow = defineWorkflow<TierAdjustmentContext, TierAdjustmentCommands>({
  kind: 'tier-adjustment',
  prefix: 'tier',
  version: '1',
  machine: tierAdjustmentMachine,
  initialContext: initialTierAdjustment,
  everyCommand: [],
  commands: {
    open: { schema: schema.open, clause: 'ADJ-01', roles: [] },
    propose: {
      schema: schema.propose,
      clause: 'ADJ-10',
      roles: marketing,
      makes: 'proposal',
      form: 'tierAdjustmentForm',
      formRules: [rules.mayDifferWithEvidence],
      needs: { electorate: 'tierReview', openInstances: true },
      prepare: prepareProposal,
    },
    revise: { schema: schema.revise, clause: 'ADJ-11', roles: marketing },
    forwardWithDissent: {
      schema: schema.forwardWithDissent,
      clause: 'ADJ-12',
      roles: ['marketing.head'],
      makes: 'proposal',
      needs: (_, context) => electorateOfDecision(context, context.proposal?.to ?? null),
      prepare: prepareForward,
    },
    closeNotPassed: { schema: schema.closeNotPassed, clause: 'ADJ-12', roles: marketing },
    override: {
      schema: schema.override,
      clause: 'ADJ-12',
      roles: ['companyManagement'],
      makes: 'proposal',
      form: 'override',
      rules: [rules.mayOverrideWithinQuota],
      formRules: [rules.mayOverruleOnlyDifferently, rules.mayOverrideForSomeCycles],
      needs: (command, context) => ({
        ...electorateOfDecision(context, command.to ?? null),
        overrideQuota: true,
        openInstances: true,
      }),
      prepare: prepareOverride,
    },
    appeal: {
      schema: schema.appeal,
      // The customer may be the one who speaks.
      personal: ['reason'],
      clause: 'I-36',
      roles: ['sales', 'sales.head', 'accountManager', 'customerService.head'],
      makes: 'appeal',
      form: 'appeal',
      rules: [rules.mayAppealOnceInTime, rules.mayAppealAsStandingAccount],
      formRules: [rules.mayAppealForAnotherTier],
      needs: (_, { accountId }) => ({ electorate: 'tierTop', openInstances: true, survivorOf: accountId }),
      prepare: prepareAppeal,
    },
    close: { schema: schema.close, clause: 'I-39', roles: [], news: true },
    effectDelivered: { schema: schema.effectDelivered, clause: 'ADJ-13', roles: [] },
    vote: approvalStep<'vote'>(schema.vote),
    recuse: approvalStep<'recuse'>(schema.recuse),
    addApprover: approvalCommand(schema.addApprover, rules.mayActOnOpenApproval),
    transferVote: approvalCommand(schema.transferVote, rules.mayActOnOpenApproval),
    copyTo: approvalCommand(schema.copyTo, rules.mayActOnOpenApproval),
    replaceElector: approvalCommand(schema.replaceElector, rules.mayActOnOpenApproval, ['companyManagement', 'kaGroup.head']),
    giveOpinion: approvalCommand(schema.giveOpinion, rules.mayActOnOpenApproval),
  },
  clocks: {
    propose: { clause: 'I-42', parameter: 'cycle.steps.propose', budget: (p) => p.cycle.steps.propose, pausable: false },
    review: { clause: 'I-42', parameter: 'cycle.steps.review', budget: (p) => p.cycle.steps.review, pausable: false },
    decide: { clause: 'I-42', parameter: 'cycle.steps.decide', budget: (p) => p.cycle.steps.decide, pausable: false },
    announce: { clause: 'I-42', parameter: 'cycle.steps.announce', budget: (p) => p.cycle.steps.announce, pausable: false },
    effective: {
      clause: 'ADJ-13',
      parameter: 'cycle.steps',
      budget: (_, context) => (context.effectiveAt === null ? null : { until: context.effectiveAt }),
      pausable: false,
      silent: true,
    },
    appeal: { clause: 'I-36', parameter: 'appeal.decideWithin', budget: (p) => p.appeal.decideWithin, pausable: false },
    approvalReview: stageTimeout<TierAdjustmentContext>('review', 'companyManagement'),
    approvalDecision: stageTimeout<TierAdjustmentContext>('decision', 'companyManagement'),
    approvalAppeal: stageTimeout<TierAdjustmentContext>('appeal', 'companyManagement'),
  },
  closedStates: ['applied', 'kept', 'closedUnchanged', 'discontinued'],
  owner: (state) => {
    switch (state) {
      case 'collecting':
      case 'notPassed':
      case 'announcing':
        return 'marketing'
      case 'inReview':
        return 'sales.head'
      case 'inDecision':
      case 'appealed':
        return 'companyManagement'
      default:
        return null
    }
  },
  noDueReason: (state) => (state === 'notPassed' ? 'marketingDecides' : state === 'announcing' ? 'deliveries' : 'breached'),
  basis: (_, context) => ({ to: underDecision(context), cycle: context.cycle }),
  fields: (context) => ({
    cycle: context.cycle,
    currentTier: context.currentTier,
    recommended: context.recommendation?.recommended ?? null,
    proposed: context.proposal?.to ?? null,
    decided: context.decided,
    onDemand: context.onDemand !== null,
    override: context.override !== null,
  }),
  approvals: (context) => context.approvals,
  ways: {
    'fields.proposed': { command: 'propose' },
    'fields.decided': {
      command: 'vote',
      clause: 'ADJ-12',
      scheme: ({ currentTier, proposal }) => schemeFor(currentTier, proposal?.to ?? null),
    },
    'fields.override': { command: 'override' },
    'fields.currentTier': {
      command: 'vote',
      clause: 'ADJ-12',
      scheme: ({ currentTier, proposal }) => schemeFor(currentTier, proposal?.to ?? null),
    },
  },
})
