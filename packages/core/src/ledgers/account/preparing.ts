import type { Prepared, RuleInput } from '../../definition/define-workflow.ts'
import { scoreFindings } from '../../definition/score-findings.ts'
import { accountLedgerId, onDemandId } from '../../definition/instance-id.ts'
import { askForApproval } from '../../definition/approval-steps.ts'
import { addDays, addMonths } from '../../calendar/index.ts'
import type { JsonValue } from '../../errors/index.ts'
import { cycleById, cycleOf, type Tier } from '../../policy/index.ts'
import { recommendTier, type Recommendation } from '../../scoring/index.ts'
import type { AccountCommands } from './commands.ts'
import { isReviewedByGroup } from './may.ts'
import { readFacts } from './read-facts.ts'
import { pageOf, pageSize, type Target } from './telling.ts'
import { standingOfAccount, type AccountContext } from './types.ts'

export type Input<T extends keyof AccountCommands> = RuleInput<AccountContext, AccountCommands[T]>
type AnyInput = Input<keyof AccountCommands>
type Inputs = { readonly [name: string]: JsonValue }

const ready = (...inputs: readonly Inputs[]): Prepared => ({ ok: true, inputs: Object.assign({}, ...inputs) as Inputs })

/** I-32: a first tier holds provisionally, for some cycles. */
function provisionalTier({ at, policy, calendar }: AnyInput, isKeyAccount: boolean): Inputs {
  const cycle = cycleOf(calendar.localDateOf(at), policy.cycle)
  const { newKa, other, cycles } = policy.tier.provisional
  return { tier: isKeyAccount ? newKa : other, provisionalUntil: addMonths(cycle.from, policy.cycle.length * cycles) }
}

/** I-37: when the renewal is asked for, and when the status lapses. Days begin when the calendar says so, never 24 hours after the last. */
function contractClocks(contract: { readonly to: string }, { policy, calendar }: AnyInput): Inputs {
  return {
    noticeAt: calendar.startOfDay(addDays(contract.to, -policy.contract.renewalNotice.days)),
    lapsesAt: calendar.startOfDay(addDays(contract.to, 1 + policy.contract.graceAfterExpiry.days)),
  }
}

/** ADM-12: when the account is asked again whether it still qualifies. */
function requalification({ at, policy, calendar }: AnyInput): Inputs {
  return { requalifyAt: calendar.startOfDay(addMonths(calendar.localDateOf(at), policy.admission.requalifyEvery.months)) }
}

/** The group that the account joins: led by its parent company, where that is governed and a member of none itself. Who leads a group joins none: one level. */
function groupOf(parentId: string | null | undefined, { accountId, context, facts }: AnyInput): Inputs {
  const parent = parentId == null || parentId === accountId || context.members.length > 0 ? null : facts.others?.[parentId]
  const leads = parent != null && parent.group === null && parent.status !== 'merged' && parent.status !== 'blacklisted'
  return { group: leads ? parent.accountId : null }
}

/** I-23: what gets fuller than the policy wants to have it. The account itself counts once. */
function capacity(
  { context, facts, policy }: AnyInput,
  after: { readonly manager?: string; readonly tier?: Tier | null },
): Inputs {
  const { maxKaPerManager, tiers } = policy.capacity
  const byManager = facts.capacity?.byManager ?? {}
  const byTier = facts.capacity?.byTier ?? {}
  const over: JsonValue[] = []
  const { manager, tier } = after
  if (manager !== undefined && maxKaPerManager !== null) {
    const now = (byManager[manager] ?? 0) + (context.isKeyAccount && context.manager === manager ? 0 : 1)
    if (now > maxKaPerManager) over.push({ what: 'manager', of: manager, max: maxKaPerManager, now })
  }
  const max = tier == null ? null : tiers[tier]
  if (tier != null && max !== null) {
    const now = (byTier[tier] ?? 0) + (context.tier === tier ? 0 : 1)
    if (now > max) over.push({ what: 'tier', of: tier, max, now })
  }
  return over.length === 0 ? {} : { overCapacity: over }
}

export function prepareAdoption(input: Input<'adopt'>): Prepared {
  const { command } = input
  return ready(
    command.tier === null ? provisionalTier(input, command.isKeyAccount) : {},
    command.isKeyAccount ? requalification(input) : {},
    command.contract === undefined ? {} : contractClocks(command.contract, input),
    command.parentId === undefined ? {} : groupOf(command.parentId, input),
  )
}

/** Most similar accounts that an admission hears of. */
const maxSimilar = 20

export function prepareAdmission(input: Input<'openAdmission'>): Prepared {
  const { command, context, state, facts } = input
  const similar = (facts.similar ?? [])
    .slice(0, maxSimilar)
    .map(({ accountId, because, status, manager }) => ({ accountId, because, status, manager }))
  const joins = context.group === null && command.parentId !== undefined ? groupOf(command.parentId, input) : {}
  return ready({ similar, isCustomer: state === 'customer' }, context.group === null ? joins : { group: context.group })
}

export function prepareEstablishing(input: Input<'establish'>): Prepared {
  const { command, context } = input
  const first = context.tier === null ? firstTier(input) : {}
  const tier = (first['tier'] as Tier | undefined) ?? context.tier
  return ready(
    first,
    contractClocks(command.contract, input),
    requalification(input),
    capacity(input, { tier, ...(context.manager === null ? {} : { manager: context.manager }) }),
    tierPage(input),
  )
}

/** The tier of its group, else the provisional one. */
function firstTier(input: Input<'establish'>): Inputs {
  const { context, facts, policy } = input
  const group = context.group === null || policy.tier.level !== 'group' ? null : facts.others?.[context.group]
  return group?.tier == null ? provisionalTier(input, true) : { tier: group.tier }
}

/** ADM-12: passed, the next one is owed in its time; failed, the account is reviewed on demand. */
export function prepareRequalification(input: Input<'requalify'>): Prepared {
  const { command, context, policy, at, calendar } = input
  const scored = scoreFindings(command, policy, at)
  if (!scored.ok) return { ok: false, clause: 'ADM-12', failures: [scored.failure] }
  const { value, passes, reasons } = scored.score
  const cycle = cycleOf(calendar.localDateOf(at), policy.cycle)
  const review = {
    type: 'openAdjustment',
    cycle: cycle.id,
    instanceId: onDemandId(context.accountId, context.onDemand + 1),
    onDemand: `ADM-12: ${String(value)} / ${String(policy.admission.minScore)}`,
    evenIfUnchanged: true,
  }
  // A member is reviewed with its group, and an open adjustment is not joined by a second one.
  const isReviewable = context.adjustment === null && (policy.tier.level !== 'group' || !isReviewedByGroup(input))
  return ready({ score: value, passes, reasons: reasons }, requalification(input), !passes && isReviewable ? { review } : {})
}

export const prepareTeam = (input: Input<'recordTeam'>): Prepared =>
  ready(capacity(input, { manager: input.command.team.accountManager }))

export const prepareHandover = (input: Input<'handover'>): Prepared =>
  ready(capacity(input, { manager: input.command.to ?? input.command.interim }))

export const prepareNaming = (input: Input<'nameManager'>): Prepared => ready(capacity(input, { manager: input.command.to }))

export const prepareRenewal = (input: Input<'renew'>): Prepared => ready(contractClocks(input.command.contract, input))

/** The recommendation of a review: facts, classification, up and down rules, with the explanation; recorded, never computed again. */
export function prepareAdjustment({ command, context, facts, policy }: Input<'openAdjustment'>): Prepared {
  if (facts.accountFacts == null)
    return {
      ok: false,
      clause: 'ADJ-09',
      failures: [{ code: 'account_unknown', required: 'facts', actual: context.accountId }],
    }
  const read = readFacts(facts.accountFacts, facts.memberFacts ?? [])
  if (!read.ok) return malformedFacts(read)
  const recommendation: Recommendation = recommendTier({
    facts: read.facts,
    policy,
    cycle: cycleById(command.cycle, policy.cycle),
    current: standingOfAccount(context),
  })
  return { ok: true, inputs: { recommendation: recommendation } }
}

function malformedFacts({ field, message }: { readonly field: string; readonly message: string }): Prepared {
  return {
    ok: false,
    clause: 'ADJ-09',
    failures: [{ code: 'value_not_allowed', required: message, actual: field, remedy: { kind: 'fill', field } }],
  }
}

/** Who has to hear of another tier: open complaints, and the members of a group whose tier is one. */
function tierPage({ context, facts, policy }: AnyInput, after?: string): Inputs {
  const complaints = (facts.openInstances ?? []).filter((i) => i.kind === 'complaint')
  const members = policy.tier.level === 'group' ? context.members : []
  const targets: readonly Target[] = [
    ...complaints,
    ...members.map((member) => ({ kind: 'account', instanceId: accountLedgerId(member) })),
  ]
  return { page: pageOf(targets, after) as unknown as JsonValue }
}

/** Claims stay: a merge waits for them, a split leaves them. */
const placeless = ['tier-adjustment', 'admission']

function placePage({ facts }: AnyInput, into: string | null, after?: string): Inputs {
  const targets = (facts.openInstances ?? []).filter((i) => !placeless.includes(i.kind))
  // Each instance moves and hears of its tier: half as many in an entry.
  const page = pageOf(targets, after, pageSize / 2) as unknown as JsonValue
  return { page, tier: (into === null ? null : facts.others?.[into]?.tier) ?? null }
}

export const prepareTierChange = (input: Input<'changeTier'>): Prepared =>
  ready(
    tierPage(input),
    capacity(input, { tier: input.command.to }),
    input.command.overrideUntil === undefined
      ? {}
      : { overrideEndsAt: input.calendar.startOfDay(addDays(input.command.overrideUntil, 1)) },
  )

/** A merged account has no tier to tell; whoever is still there follows the survivor. */
export const prepareNews = (input: Input<'lapseOverride' | 'inheritTier'>): Prepared =>
  ready(input.state === 'merged' ? placePage(input, input.context.mergedInto) : tierPage(input))

export const prepareMore = (input: Input<'tellMore'>): Prepared =>
  ready(
    input.command.about === 'tier' && input.state !== 'merged'
      ? tierPage(input, input.command.after)
      : placePage(input, input.context.mergedInto, input.command.after),
  )

export const prepareMerge = (input: Input<'merge'>): Prepared => ready(placePage(input, input.command.into))

export function prepareSplit({ command, facts }: Input<'split'>): Prepared {
  const listed = (facts.openInstances ?? []).filter((i) => command.instances.includes(i.instanceId))
  return ready({ page: pageOf(listed) as unknown as JsonValue })
}

export const prepareParent = (input: Input<'changeParent'>): Prepared => ready(groupOf(input.command.parentId, input))

export const prepareMember = ({ policy }: Input<'addMember'>): Prepared => ready({ inherits: policy.tier.level === 'group' })

export const prepareResolution = (input: Input<'proposeBlacklisting'>): Prepared =>
  askForApproval(
    input,
    'blacklist',
    { accountId: input.context.accountId, reason: input.command.reason, evidence: input.command.evidence as JsonValue },
    ['blacklisting'],
  )
