import type { Tier } from '../../policy/index.ts'
// From its own file: through the folder's index all of scoring would come along with the machine.
import { serviceLevelOf } from '../../scoring/scales/service-level.ts'
import { accountLedgerId } from '../../definition/instance-id.ts'
import type { ChildCommand } from '../../definition/actions.ts'
import type { Consequence, TierAdjustmentContext, TierAdjustmentEvent } from './types.ts'

interface Args {
  readonly context: TierAdjustmentContext
  readonly event: TierAdjustmentEvent
}

/** What a move brings with it: group, service level, and the clocks of open instances [ADJ-13, GRP-01 … GRP-04]. */
export function consequencesOf(from: Tier | null, to: Tier | 'exit', openInstances: readonly string[]): readonly Consequence[] {
  if (to === 'exit') return [{ what: 'exit' }]
  const level = serviceLevelOf(to)
  const before = from === null ? null : serviceLevelOf(from)
  return [
    { what: 'group', from, to },
    ...(level === before ? [] : [{ what: 'serviceLevel' as const, from: before, to: level }]),
    ...(openInstances.length === 0 ? [] : [{ what: 'clocks' as const, instances: openInstances }]),
  ]
}

const ledger = (context: TierAdjustmentContext, command: ChildCommand['command']): ChildCommand => ({
  kind: 'account',
  instanceId: accountLedgerId(context.accountId),
  command,
})

/** Departments hear the tier; the customer hears the new service arrangement, never the letter [ADJ-13]. */
export const announcement = [
  {
    type: 'notify',
    params: ({ context }: Args) => ({
      to: ['sales', 'customerService', 'marketing', 'accountManager'],
      message: 'tierDecided',
      awaited: true,
      data: { accountId: context.accountId, from: context.currentTier, to: context.decided },
    }),
  },
  {
    type: 'tellCustomer',
    params: ({ context }: Args) => ({
      message: context.decided === 'exit' ? 'cooperationEnding' : 'serviceArrangement',
      awaited: true,
      data: { serviceLevel: context.decided === null || context.decided === 'exit' ? null : serviceLevelOf(context.decided) },
    }),
  },
] as const

/** Tells the ledger on the effective date. */
export const changeTier = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    awaited: true,
    commands: [
      ledger(
        context,
        context.decided === 'exit'
          ? { type: 'startExit', by: event.instanceId, cycle: context.cycle }
          : {
              type: 'changeTier',
              by: event.instanceId,
              cycle: context.cycle,
              to: context.decided ?? context.currentTier,
              ...(context.override && context.appeal === null ? { overrideUntil: context.override.until } : {}),
            },
      ),
    ],
  }),
} as const

export const releaseAdjustment = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({ commands: [ledger(context, { type: 'releaseAdjustment', by: event.instanceId })] }),
} as const

/** An appeal needs the account's one adjustment claim; where another adjustment holds it, the appeal is refused. */
export const claimAdjustment = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands: [ledger(context, { type: 'claimAdjustment', by: event.instanceId })],
  }),
} as const
