// From the part itself: through the folder's index the policy reader would come along with the machine.
import { tiers, type Tier } from '../../policy/parts.ts'
import { approvalRecorders, approvalStepOf, withApproval } from '../../definition/approval-machine.ts'
import type { Recommendation } from '../../scoring/index.ts'
import type { AccountContext, AccountContract, AccountEvent } from './types.ts'

type Patch = Partial<AccountContext>
type EventOf<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>
type Recorders = { readonly [T in AccountEvent['type']]: (context: AccountContext, event: EventOf<T>) => Patch }

const rank = (tier: Tier | null): number => (tier === null ? tiers.length : tiers.indexOf(tier))

/** True when the review leaves the account as it is. */
export function isUnchanged(recommendation: Recommendation): boolean {
  return (
    recommendation.measure === undefined &&
    (recommendation.direction === 'stay' || recommendation.direction === 'notAssessed' || recommendation.direction === 'hold')
  )
}

/** What a cycle's review leaves for the next ones: only what was assessed counts for the rule of two reviews in a row, and ends a provisional tier. */
function assessed(context: AccountContext, cycle: string, { classification, direction }: Recommendation): Patch {
  const held = direction === 'hold'
  if (classification.status !== 'assessed' && !held) return {}
  return {
    classifications: [
      ...context.classifications.filter((c) => c.cycle !== cycle),
      { cycle, tier: classification.tier, held },
    ].slice(-4),
    ...(held ? {} : { provisionalUntil: null }),
  }
}

type Inputs = EventOf<'adopt'>['inputs']
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The contract's days as a person wrote them, its instants as `prepare` computed them. */
const contractOf = (
  contract: { readonly reference: string; readonly from: string; readonly to: string },
  inputs: Inputs,
): AccountContract => ({
  ...contract,
  noticeAt: number(inputs['noticeAt']) ?? 0,
  lapsesAt: number(inputs['lapsesAt']) ?? 0,
})

/** A resolution that failed is none any more. */
const resolved = (context: AccountContext, event: EventOf<'vote'> | EventOf<'recuse'>): Patch => {
  const outcome = approvalStepOf(event)?.outcome
  return { ...withApproval(context, event), ...(outcome === 'rejected' || outcome === 'sentBack' ? { blacklisting: null } : {}) }
}

/** What ends with the KA status, however it ends. */
export const noKeyAccount: Patch = { isKeyAccount: false, contract: null, requalifyAt: null, suspension: null }

/** What each event writes into the ledger. Pure; nothing here decides. */
export const accountRecorders: Recorders = {
  adopt: (_, { command, inputs }) => ({
    accountId: command.accountId,
    name: command.name,
    region: command.region,
    isKeyAccount: command.isKeyAccount,
    manager: command.manager ?? command.team?.accountManager ?? null,
    tier: command.tier ?? (inputs['tier'] as Tier | undefined) ?? null,
    provisionalUntil: text(inputs['provisionalUntil']),
    creditCode: command.creditCode ?? null,
    parentId: command.parentId ?? null,
    group: text(inputs['group']),
    classes: command.classes ?? [],
    team: command.team ?? null,
    contract: command.contract === undefined ? null : contractOf(command.contract, inputs),
    requalifyAt: number(inputs['requalifyAt']),
  }),

  openAdmission: (context, { command, inputs }) => ({
    accountId: command.accountId,
    name: command.name,
    region: command.region ?? context.region,
    creditCode: command.creditCode ?? context.creditCode,
    parentId: command.parentId ?? context.parentId,
    group: text(inputs['group']) ?? context.group,
    manager: command.manager ?? context.manager,
    admission: { id: command.instanceId, isCustomer: inputs['isCustomer'] === true, admitted: false },
    admissions: context.admissions + 1,
  }),
  releaseAdmission: (context, { command, at }) =>
    context.admission?.id === command.by
      ? {
          admission: null,
          ...(command.outcome === 'rejected' || command.outcome === 'screenedOut' ? { rejectedAt: at } : {}),
          ...(context.admission.admitted ? { classes: [], team: null } : {}),
        }
      : {},
  admit: (context, { command }) => ({
    classes: command.classes,
    admission: context.admission === null ? null : { ...context.admission, admitted: true },
  }),
  recordCreditCode: (_, { command }) => ({ creditCode: command.creditCode }),
  recordTeam: (_, { command }) => ({ team: command.team, manager: command.team.accountManager, handover: null }),
  establish: (context, { command, inputs }) => ({
    isKeyAccount: true,
    classes: command.classes,
    contract: contractOf(command.contract, inputs),
    requalifyAt: number(inputs['requalifyAt']),
    admission: null,
    rejectedAt: null,
    ...(context.tier === null
      ? { tier: (inputs['tier'] as Tier | undefined) ?? null, provisionalUntil: text(inputs['provisionalUntil']) }
      : {}),
  }),

  openAdjustment: (context, { command, inputs }) => {
    const recommendation = inputs['recommendation'] as unknown as Recommendation
    const onDemand = command.onDemand !== undefined
    return {
      adjustment: isUnchanged(recommendation) && command.evenIfUnchanged !== true ? context.adjustment : command.instanceId,
      // A review on demand stands beside the cycle's own and does not take its place.
      ...(onDemand
        ? { onDemand: context.onDemand + 1 }
        : { lastCycle: command.cycle, ...assessed(context, command.cycle, recommendation) }),
      nominated: context.nominated || recommendation.direction === 'nominate',
      measure: recommendation.measure ?? context.measure,
    }
  },
  claimAdjustment: (_, { command }) => ({ adjustment: command.by }),
  releaseAdjustment: (context, { command }) => (context.adjustment === command.by ? { adjustment: null } : {}),
  changeTier: (context, { command, inputs }) => ({
    tier: command.to,
    provisionalUntil: null,
    adjustment: context.adjustment === command.by ? null : context.adjustment,
    exit: null,
    lastMove:
      command.to === context.tier || context.tier === null
        ? context.lastMove
        : { cycle: command.cycle, direction: rank(command.to) < rank(context.tier) ? 'up' : 'down' },
    override:
      command.overrideUntil === undefined
        ? null
        : {
            until: command.overrideUntil,
            // An override of an override ends where the first one began: exceptions do not become the rule.
            before: context.override === null ? context.tier : context.override.before,
            endsAt: Number(inputs['overrideEndsAt']),
          },
  }),
  lapseOverride: () => ({}),
  // Only who has a tier inherits one: a prospect gets its first at signing.
  inheritTier: (context, { command }) =>
    context.tier === null ? {} : { tier: command.tier, provisionalUntil: null, override: null },
  tellMore: () => ({}),

  startExit: (context, { command }) => ({
    adjustment: context.adjustment === command.by ? null : context.adjustment,
    exit: { by: 'review', reason: null, lastDay: null },
  }),
  endByCustomer: (_, { command }) => ({
    adjustment: null,
    exit: { by: 'customer', reason: command.reason, lastDay: command.lastDay },
  }),
  completeExit: () => ({ ...noKeyAccount, override: null, handover: null }),
  stopExit: () => ({ exit: null }),

  renew: (_, { command, inputs }) => ({ contract: contractOf(command.contract, inputs) }),
  requalify: (_, { inputs }) => ({ requalifyAt: number(inputs['requalifyAt']) }),
  suspend: (_, { command }) => ({ suspension: { reason: command.reason } }),
  resume: () => ({ suspension: null }),
  // A new beginning: nothing that was earned before comes back by itself.
  readmit: () => ({
    ...noKeyAccount,
    tier: null,
    provisionalUntil: null,
    override: null,
    classes: [],
    team: null,
    exit: null,
    approvals: {},
  }),

  handover: (_, { command }) => ({
    manager: command.to ?? command.interim,
    handover: command.to === undefined ? { interim: command.interim } : null,
  }),
  nameManager: (_, { command }) => ({ manager: command.to, handover: null }),

  proposeBlacklisting: (context, event) => ({
    blacklisting: { reason: event.command.reason, by: event.actor.id },
    ...withApproval(context, event),
  }),
  ...approvalRecorders,
  vote: resolved,
  recuse: resolved,

  merge: (_, { command }) => ({ ...noKeyAccount, mergedInto: command.into, group: null, handover: null, override: null }),
  absorb: (context, { command }) => ({
    absorbed: [...context.absorbed.filter((a) => a !== command.from), command.from].slice(-100),
    creditCode: context.creditCode ?? command.creditCode ?? null,
  }),
  split: ({ splitOff }, { command }) => ({ splitOff: [...splitOff, command.accountId].slice(-100) }),
  changeParent: (_, { command, inputs }) => ({ parentId: command.parentId, group: text(inputs['group']) }),
  addMember: (context, { command }) => ({ members: [...new Set([...context.members, command.member])].sort() }),
  removeMember: (context, { command }) => ({ members: context.members.filter((m) => m !== command.member) }),

  'clock.override.breach': (context) => ({ tier: context.override?.before ?? context.tier, override: null }),
  'clock.contractLapse.breach': () => noKeyAccount,
  'clock.renewalNotice.breach': () => ({}),
  'clock.requalification.breach': () => ({}),
}
