import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { PolicyLedgerCommands } from './commands.ts'

/** States of the ledger of a policy [GOV-05]. */
export const policyLedgerStates = ['opening', 'waiting', 'governing'] as const
/** State of a policy's ledger: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type PolicyLedgerState = (typeof policyLedgerStates)[number]

/** A version that is or was in force. */
export interface GoverningVersion {
  readonly version: string
  readonly hash: string
  /** The publication that brought it. */
  readonly by: string
  /** First day on which it holds, as its document says. */
  readonly effectiveFrom: string
  /** In force from this instant, epoch milliseconds. */
  readonly since: number
  /** Up to this instant, exclusive; `null`: it is the one in force. */
  readonly until: number | null
}

/** A version that takes force by itself. */
export interface ScheduledVersion {
  readonly version: string
  readonly hash: string
  readonly by: string
  readonly effectiveFrom: string
  /** Start of that day in the zone of the version itself, epoch milliseconds. */
  readonly effectiveAt: number
}

/** Versions that the ledger remembers; older ones are in the journal. */
export const rememberedPolicyVersions = 150
/** Versions that can be under way at once. */
export const mostScheduledVersions = 20

/** What the publications of a policy share; JSON [architecture rule 9]. */
export interface PolicyLedgerContext {
  readonly policyId: string
  /** Newest last, at most `rememberedPolicyVersions` (150); the last one is in force. */
  readonly versions: readonly GoverningVersion[]
  /** In the order in which they take force. */
  readonly scheduled: readonly ScheduledVersion[]
}

export const initialPolicyLedger: PolicyLedgerContext = { policyId: '', versions: [], scheduled: [] }

/** The events of the machine. */
export type PolicyLedgerEvent =
  | {
      [T in keyof PolicyLedgerCommands]: MachineEvent<PolicyLedgerCommands[T]> & { readonly type: T }
    }[keyof PolicyLedgerCommands]
  | (MachineEvent & { readonly type: 'clock.effective.breach' })
