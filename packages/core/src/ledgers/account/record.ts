import { tiers, type Tier } from '../../policy/index.ts'
import type { Recommendation } from '../../scoring/index.ts'
import type { AccountContext, AccountEvent } from './types.ts'

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

/** What each event writes into the ledger. Pure; nothing here decides. */
export const accountRecorders: Recorders = {
  adopt: (_, { command, inputs }) => ({
    accountId: command.accountId,
    name: command.name,
    region: command.region,
    isKeyAccount: command.isKeyAccount,
    manager: command.manager,
    tier: command.tier ?? (inputs['tier'] as Tier | undefined) ?? null,
    provisionalUntil: typeof inputs['provisionalUntil'] === 'string' ? inputs['provisionalUntil'] : null,
  }),
  openAdjustment: (context, { command, inputs }) => {
    const recommendation = inputs['recommendation'] as unknown as Recommendation
    const onDemand = command.onDemand !== undefined
    return {
      adjustment: isUnchanged(recommendation) ? context.adjustment : command.instanceId,
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
  startExit: (context, { command }) => ({ adjustment: context.adjustment === command.by ? null : context.adjustment }),
  completeExit: () => ({ isKeyAccount: false, override: null }),
  stopExit: () => ({}),
  'clock.override.breach': (context) => ({ tier: context.override?.before ?? context.tier, override: null }),
}
