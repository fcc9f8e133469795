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

/** What each event writes into the ledger. Pure; nothing here decides. */
export const accountRecorders: Recorders = {
  adopt: (_, { command, inputs }) => ({
    accountId: command.accountId,
    name: command.name,
    region: command.region,
    isKeyAccount: command.isKeyAccount,
    manager: command.manager,
    tier: command.tier,
    provisionalUntil: typeof inputs['provisionalUntil'] === 'string' ? inputs['provisionalUntil'] : null,
  }),
  openAdjustment: (context, { command, inputs }) => {
    const recommendation = inputs['recommendation'] as unknown as Recommendation
    const { classification } = recommendation
    return {
      adjustment: isUnchanged(recommendation) ? context.adjustment : command.instanceId,
      classifications: [
        ...context.classifications.filter((c) => c.cycle !== command.cycle),
        { cycle: command.cycle, tier: classification.tier, held: recommendation.direction === 'hold' },
      ].slice(-4),
      lastCycle: command.cycle,
      onDemand: context.onDemand + (command.onDemand === undefined ? 0 : 1),
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
        : { until: command.overrideUntil, before: context.tier, endsAt: Number(inputs['overrideEndsAt']) },
  }),
  lapseOverride: (context) => ({ tier: context.override?.before ?? context.tier, override: null }),
  startExit: (context, { command }) => ({ adjustment: context.adjustment === command.by ? null : context.adjustment }),
  completeExit: () => ({ isKeyAccount: false, override: null }),
  stopExit: () => ({}),
  'clock.override.breach': () => ({}),
}
