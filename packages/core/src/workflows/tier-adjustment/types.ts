import type { Approval } from '../../approvals/index.ts'
import type { Tier } from '../../policy/index.ts'
import type { Recommendation } from '../../scoring/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { TierAdjustmentCommands } from './commands.ts'

/** States of a tier adjustment, in the order of the policy [ADJ-09 … ADJ-13]. */
export const tierAdjustmentStates = [
  'opening',
  'collecting',
  'inReview',
  'notPassed',
  'inDecision',
  'announcing',
  'applied',
  'kept',
  'closedUnchanged',
  'appealed',
  'discontinued',
] as const
/** State of a tier adjustment: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type TierAdjustmentState = (typeof tierAdjustmentStates)[number]

/** What follows from a move; reviewed together with it, carried out as child commands. */
export type Consequence =
  | { readonly what: 'group'; readonly from: Tier | null; readonly to: Tier }
  | { readonly what: 'serviceLevel'; readonly from: 1 | 2 | 3 | null; readonly to: 1 | 2 | 3 }
  | { readonly what: 'clocks'; readonly instances: readonly string[] }
  | { readonly what: 'exit' }

/** Everything an adjustment remembers; JSON. */
export interface TierAdjustmentContext {
  readonly accountId: string
  readonly cycle: string
  readonly onDemand: string | null
  readonly currentTier: Tier | null
  readonly recommendation: Recommendation | null
  readonly proposal: {
    readonly to: Tier | 'exit'
    readonly reason: string
    readonly by: string
    readonly differs: boolean
  } | null
  readonly consequences: readonly Consequence[]
  readonly dissent: string | null
  readonly returns: number
  readonly override: { readonly to: Tier; readonly until: string; readonly reason: string; readonly by: string } | null
  readonly decided: Tier | 'exit' | null
  readonly effectiveAt: number | null
  /** Effect ids of this announcement that were delivered. */
  readonly delivered: readonly string[]
  /** The effective date has come and the ledger was told. */
  readonly inForce: boolean
  readonly concludedAt: number | null
  readonly appeal: {
    readonly by: 'customer' | 'sales'
    readonly to: Tier
    readonly reason: string
    readonly from: 'applied' | 'kept' | 'closedUnchanged'
  } | null
  readonly approvals: { readonly review?: Approval; readonly decision?: Approval; readonly appeal?: Approval }
}

export const initialTierAdjustment: TierAdjustmentContext = {
  accountId: '',
  cycle: '',
  onDemand: null,
  currentTier: null,
  recommendation: null,
  proposal: null,
  consequences: [],
  dissent: null,
  returns: 0,
  override: null,
  decided: null,
  effectiveAt: null,
  delivered: [],
  inForce: false,
  concludedAt: null,
  appeal: null,
  approvals: {},
}

/** The events of the machine: one a command, and the breaches that branch. */
export type TierAdjustmentEvent =
  | {
      [T in keyof TierAdjustmentCommands]: MachineEvent<TierAdjustmentCommands[T]> & { readonly type: T }
    }[keyof TierAdjustmentCommands]
  | (MachineEvent & { readonly type: 'clock.effective.breach' })
