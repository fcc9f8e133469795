import type { FactNeeds, RuleInput } from '../../definition/define-workflow.ts'
import type { Acceptance, DriftedField, DriftedRecord, ProperWays } from '../../definition/drift.ts'
import { onDemandId } from '../../definition/instance-id.ts'
import { cycleOf, tiers, type Tier } from '../../policy/index.ts'
import { refusalsOf, type Failure } from '../../rules/index.ts'
import { prepareAdjustment } from './preparing.ts'
import * as rules from './rules.ts'
import type { AccountCommands } from './commands.ts'
import { governedStates } from './may.ts'
import type { AccountContext } from './types.ts'

type Asked = RuleInput<AccountContext, AccountCommands['openAdjustment']>

/** What the ledger asks of a review on demand: all of it is asked beforehand, so that an accepted tier is one that people will decide about. */
const rulesOfReview = [
  rules.mayHoldOneAdjustment,
  rules.mayReviewWithTier,
  rules.mayReviewAtGroupLevel,
  rules.mayReviewOnDemandWithReason,
]

const isTier = (shown: unknown): shown is Tier => tiers.some((tier) => tier === shown)

/** The evidence that the adjustment is opened with: which record showed what, who changed it last, and when. */
function bypassIn({ field, governed, shown }: DriftedField, { object, id, changedBy, changedAt }: DriftedRecord): string {
  const where = [object, id].filter((part) => part !== null).join(' ')
  const who = changedBy === null ? '' : `, ${changedBy}`
  const when = changedAt === null ? '' : `, ${new Date(changedAt).toISOString()}`
  return `GOV-06: ${where}, ${field}: ${String(governed)} → ${String(shown)}${who}${when}`.slice(0, 2000)
}

/** A tier that was put there by hand has never been decided: the review that was left out is opened, and people decide, whatever the numbers say. */
function reviewTier(input: RuleInput<AccountContext>, drifted: DriftedField, record: DriftedRecord): Acceptance {
  const { context, state, at, calendar, policy } = input
  const failures: Failure[] = []
  if (!isTier(drifted.shown)) failures.push({ code: 'value_not_allowed', required: [...tiers], actual: drifted.shown })
  if (!governedStates.includes(state)) failures.push({ code: 'command_not_available', required: governedStates, actual: state })
  const command = {
    type: 'openAdjustment',
    cycle: cycleOf(calendar.localDateOf(at), policy.cycle).id,
    instanceId: onDemandId(context.accountId, context.onDemand + 1),
    onDemand: bypassIn(drifted, record),
    evenIfUnchanged: true,
  } as const
  const asked: Asked = { ...input, command }
  failures.push(...refusalsOf(rulesOfReview, asked as never))
  const prepared = prepareAdjustment(asked)
  if (!prepared.ok) failures.push(...prepared.failures)
  return failures.length > 0
    ? { ok: false, failures }
    : { ok: true, commands: [{ kind: 'account', instanceId: input.instanceId, command }] }
}

/** What a review on demand looks at. */
const needsOfReview = (context: AccountContext, policy: RuleInput['policy']): FactNeeds => ({
  accountFacts: true,
  ...(context.group === null ? {} : { others: [context.group] }),
  ...(policy.tier.level === 'group' && context.members.length > 0 ? { memberFacts: context.members } : {}),
})

/** How the parts of an account's record are changed by the process [ADJ-12, I-33, I-37, I-38]. */
export const accountWays: ProperWays<AccountContext> = {
  'fields.tier': {
    command: 'tier-adjustment.vote',
    clause: 'ADJ-12',
    scheme: ({ tier }, shown) => (tier === 'A' || shown === 'A' ? 'tierTop' : 'tier'),
    accept: { needs: needsOfReview, open: reviewTier },
  },
  'fields.overrideUntil': { command: 'tier-adjustment.override', clause: 'ADJ-12' },
  'fields.lastCycle': { command: 'openAdjustment' },
  'fields.isKeyAccount': { command: 'admission.vote', clause: 'ADM-07', scheme: () => 'admission' },
  'fields.admission': { command: 'openAdmission' },
  'fields.creditCode': { command: 'admission.submitRegistration' },
  'fields.contractUntil': { command: 'renew' },
  'fields.manager': { command: 'handover' },
  'fields.accountManager': { command: 'handover' },
  'fields.marketingSpecialist': { command: 'admission.assignTeam', clause: 'SVC-01' },
  'fields.productManager': { command: 'admission.assignTeam', clause: 'SVC-01' },
  'fields.serviceRepresentative': { command: 'admission.assignTeam', clause: 'SVC-01' },
  owner: { command: 'handover' },
  'fields.parentId': { command: 'changeParent' },
  'fields.group': { command: 'changeParent' },
  accountId: { command: 'merge' },
}
