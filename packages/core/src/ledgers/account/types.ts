import type { Tier } from '../../policy/index.ts'
import type { CurrentStanding } from '../../scoring/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { AccountCommands } from './commands.ts'

/** States of an account, as far as complaints and tiers need them. */
export const accountStates = ['opening', 'customer', 'ka', 'exiting', 'exited'] as const
/** State of an account: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type AccountState = (typeof accountStates)[number]

/** What the account's instances share; JSON [architecture rule 9]. */
export interface AccountContext {
  readonly accountId: string
  readonly name: string
  readonly region: string | null
  readonly isKeyAccount: boolean
  readonly manager: string | null
  readonly tier: Tier | null
  /** First day on which the tier is no longer provisional. */
  readonly provisionalUntil: string | null
  readonly override: { readonly until: string; readonly before: Tier | null; readonly endsAt: number } | null
  readonly lastMove: { readonly cycle: string; readonly direction: 'up' | 'down' } | null
  /** Of the last reviews, newest last; at most four. */
  readonly classifications: readonly { readonly cycle: string; readonly tier: Tier; readonly held: boolean }[]
  readonly lastCycle: string | null
  /** The one open adjustment. */
  readonly adjustment: string | null
  readonly nominated: boolean
  readonly measure: 'prepayment' | 'watch' | null
  /** Adjustments on demand so far; part of their ids. */
  readonly onDemand: number
}

export const initialAccount: AccountContext = {
  accountId: '',
  name: '',
  region: null,
  isKeyAccount: false,
  manager: null,
  tier: null,
  provisionalUntil: null,
  override: null,
  lastMove: null,
  classifications: [],
  lastCycle: null,
  adjustment: null,
  nominated: false,
  measure: null,
  onDemand: 0,
}

/** The account as `recommendTier` wants to know it. */
export function standingOfAccount(context: AccountContext): CurrentStanding {
  return {
    tier: context.tier,
    ...(context.provisionalUntil === null ? {} : { provisionalUntil: context.provisionalUntil }),
    ...(context.override === null ? {} : { override: { until: context.override.until } }),
    ...(context.lastMove === null ? {} : { lastMove: context.lastMove }),
    previousClassifications: context.classifications,
  }
}

/** The events of the machine. */
export type AccountEvent =
  | { [T in keyof AccountCommands]: MachineEvent<AccountCommands[T]> & { readonly type: T } }[keyof AccountCommands]
  | (MachineEvent & { readonly type: 'clock.override.breach' })
