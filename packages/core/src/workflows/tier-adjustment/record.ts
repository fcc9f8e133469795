import { approvalRecorders, withApproval } from '../../definition/approval-machine.ts'
import type { Tier } from '../../policy/index.ts'
import type { Consequence, TierAdjustmentContext, TierAdjustmentEvent } from './types.ts'

type Patch = Partial<TierAdjustmentContext>
type EventOf<T extends TierAdjustmentEvent['type']> = Extract<TierAdjustmentEvent, { type: T }>
type Recorders = { readonly [T in TierAdjustmentEvent['type']]: (context: TierAdjustmentContext, event: EventOf<T>) => Patch }

/** What management decides on: the override, else the proposal. */
export const underDecision = (context: TierAdjustmentContext): Tier | 'exit' | null =>
  context.override?.to ?? context.proposal?.to ?? null

/** The bookkeeping of the machine: what each event writes. Pure; nothing here decides. */
export const tierAdjustmentRecorders: Recorders = {
  open: (_, { command, at }) => ({
    accountId: command.accountId,
    cycle: command.cycle,
    onDemand: command.onDemand ?? null,
    currentTier: command.currentTier,
    recommendation: command.recommendation,
    concludedAt: command.changes ? null : at,
  }),
  propose: (context, event) => ({
    proposal: {
      to: event.command.to,
      reason: event.command.reason,
      by: event.actor.id,
      differs: event.command.to !== context.recommendation?.recommended,
    },
    consequences: (event.inputs['consequences'] as readonly Consequence[] | undefined) ?? [],
    override: null,
    dissent: null,
    ...withApproval(context, event),
  }),
  revise: (context) => ({ returns: context.returns + 1 }),
  forwardWithDissent: (context, event) => ({ dissent: event.command.reason, ...withApproval(context, event) }),
  closeNotPassed: (_, { at }) => ({ concludedAt: at }),
  override: (context, event) => ({
    override: { to: event.command.to, until: event.command.until, reason: event.command.reason, by: event.actor.id },
    consequences: (event.inputs['consequences'] as readonly Consequence[] | undefined) ?? context.consequences,
    ...withApproval(context, event),
  }),
  appeal: (context, event) => ({
    appeal: {
      by: event.command.by,
      to: event.command.to,
      reason: event.command.reason,
      from: (event.inputs['from'] as NonNullable<TierAdjustmentContext['appeal']>['from'] | undefined) ?? 'kept',
    },
    consequences: (event.inputs['consequences'] as readonly Consequence[] | undefined) ?? [],
    ...withApproval(context, event),
  }),
  close: (_, { at }) => ({ concludedAt: at }),
  effectDelivered: (context, { command }) => ({ delivered: [...context.delivered, command.effectId] }),
  ...approvalRecorders,
  'clock.effective.breach': () => ({ inForce: true }),
}
