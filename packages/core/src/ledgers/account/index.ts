import { defineWorkflow, type Prepared, type RuleInput } from '../../definition/define-workflow.ts'
import { addMonths } from '../../calendar/index.ts'
import { cycleById, cycleOf } from '../../policy/index.ts'
import { accountFactsSchema, recommendTier, type Recommendation } from '../../scoring/index.ts'
import { accountCommandSchemas as schema, type AccountCommands } from './commands.ts'
import { accountMachine } from './machine.ts'
import { mayExitWhenNothingIsOpen, mayHoldOneAdjustment, mayReviewAfterFreeze, mayReviewOnDemandWithReason } from './rules.ts'
import { initialAccount, standingOfAccount, type AccountContext } from './types.ts'

type Input<T extends keyof AccountCommands> = RuleInput<AccountContext, AccountCommands[T]>

/** I-32: an account without a tier gets the provisional one for some cycles. */
function prepareAdoption({ command, at, policy, calendar }: Input<'adopt'>): Prepared {
  if (command.tier !== null) return { ok: true, inputs: {} }
  const cycle = cycleOf(calendar.localDateOf(at), policy.cycle)
  const { newKa, other, cycles } = policy.tier.provisional
  return {
    ok: true,
    inputs: {
      tier: command.isKeyAccount ? newKa : other,
      provisionalUntil: addMonths(cycle.from, policy.cycle.length * cycles),
    },
  }
}

/** The recommendation of a review: facts, classification, up and down rules, with the explanation; recorded, never computed again. */
function prepareAdjustment({ command, context, facts, policy }: Input<'openAdjustment'>): Prepared {
  if (facts.accountFacts == null) return missingFacts(context.accountId)
  const parsed = accountFactsSchema.safeParse(facts.accountFacts)
  if (!parsed.success) {
    const first = parsed.error.issues[0]
    const field = `facts.${first?.path.join('.') ?? ''}`
    return {
      ok: false,
      clause: 'ADJ-09',
      failures: [
        {
          code: 'value_not_allowed',
          required: first?.message ?? 'account facts',
          actual: field,
          remedy: { kind: 'fill', field },
        },
      ],
    }
  }
  const recommendation: Recommendation = recommendTier({
    facts: parsed.data,
    policy,
    cycle: cycleById(command.cycle, policy.cycle),
    current: standingOfAccount(context),
  })
  return { ok: true, inputs: { recommendation } }
}

function missingFacts(accountId: string): Prepared {
  return { ok: false, clause: 'ADJ-09', failures: [{ code: 'account_unknown', required: 'facts', actual: accountId }] }
}

const openComplaints = ({ facts }: Input<'changeTier' | 'lapseOverride'>): readonly string[] =>
  (facts.openInstances ?? []).filter((i) => i.kind === 'complaint').map((i) => i.instanceId)

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
      prepare: prepareAdoption,
    },
    openAdjustment: {
      schema: schema.openAdjustment,
      clause: 'ADJ-01',
      roles: (_, policy) => [policy.dataOwner.tier],
      rules: [mayHoldOneAdjustment, mayReviewAfterFreeze, mayReviewOnDemandWithReason],
      needs: { accountFacts: true },
      prepare: prepareAdjustment,
    },
    claimAdjustment: { schema: schema.claimAdjustment, clause: 'ADJ-01', roles: [], formRules: [mayHoldOneAdjustment] },
    releaseAdjustment: { schema: schema.releaseAdjustment, clause: 'ADJ-01', roles: [] },
    changeTier: {
      schema: schema.changeTier,
      clause: 'ADJ-13',
      roles: [],
      needs: { openInstances: true },
      formRules: [mayHoldOneAdjustment],
      prepare: (input: Input<'changeTier'>) => ({
        ok: true,
        inputs: {
          openComplaints: openComplaints(input),
          ...(input.command.overrideUntil === undefined
            ? {}
            : { overrideEndsAt: input.calendar.startOfDay(input.command.overrideUntil) + 86_400_000 }),
        },
      }),
    },
    lapseOverride: {
      schema: schema.lapseOverride,
      clause: 'ADJ-12',
      roles: [],
      needs: { openInstances: true },
      prepare: (input: Input<'lapseOverride'>) => ({ ok: true, inputs: { openComplaints: openComplaints(input) } }),
    },
    startExit: { schema: schema.startExit, clause: 'ADJ-08', roles: [], formRules: [mayHoldOneAdjustment] },
    completeExit: {
      schema: schema.completeExit,
      clause: 'ADJ-08',
      roles: ['sales.head', 'keyAccounts.head'],
      form: 'exitChecklist',
      needs: { openInstances: true },
      rules: [mayExitWhenNothingIsOpen],
    },
    stopExit: { schema: schema.stopExit, clause: 'TIER-07', roles: ['companyManagement', 'kaGroup.head'] },
  },
  everyCommand: [],
  clocks: {
    override: {
      clause: 'ADJ-12',
      parameter: 'adjust.override',
      budget: (_, context) => (context.override === null ? null : { until: context.override.endsAt }),
      pausable: false,
      silent: true,
    },
  },
  closedStates: ['exited'],
  owner: (state, context) =>
    state === 'exited' ? null : context.manager === null ? 'keyAccounts.head' : `person:${context.manager}`,
  noDueReason: (state) => (state === 'exiting' ? 'exitChecklist' : 'nextReview'),
  basis: (_, context) => ({ tier: context.tier, adjustment: context.adjustment }),
  fields: (context) => ({
    name: context.name,
    region: context.region,
    tier: context.tier,
    manager: context.manager,
    isKeyAccount: context.isKeyAccount,
    overrideUntil: context.override?.until ?? null,
    lastCycle: context.lastCycle,
  }),
  approvals: () => ({}),
})
