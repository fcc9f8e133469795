import type { Approval } from '../../approvals/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { PolicyPublicationCommands } from './commands.ts'

/** States of the publication of a version [GOV-05]. */
export const policyPublicationStates = [
  'opening',
  'drafting',
  'checked',
  'inApproval',
  'scheduled',
  'inForce',
  'superseded',
  'withdrawn',
  'rejected',
] as const
/** State of a publication: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type PolicyPublicationState = (typeof policyPublicationStates)[number]

/** A draft that has passed the checks; its document is in the registry under `draftVersion`. */
export interface CheckedDraft {
  readonly hash: string
  readonly effectiveFrom: string
  readonly timeZone: string
  /** Doubts that the checks had; errors refuse. */
  readonly doubts: number
  /** Differences to the version in force; `null`: there was none. */
  readonly changes: number | null
  /** The version in force that it was compared with: where another one has taken force since, the draft is checked again. `null`: there was none. */
  readonly base: PolicyBase | null
}

/** A version in force, as a publication refers to it [GOV-05]. */
export interface PolicyBase {
  /** As the policy numbers it, e.g. `1.4.0`. */
  readonly version: string
  /** SHA-256 of its canonical JSON, hexadecimal. */
  readonly hash: string
}

/** A what-if of just this draft against just one version in force; its whole text is in the registry under `whatIfVersion`. */
export interface WhatIfEvidence {
  readonly digest: string
  readonly draft: string
  /** Hash of the version that it was compared with; `null`: none was in force. */
  readonly inForce: string | null
  /** All accounts, or only some: that is no evidence where a what-if is required. */
  readonly scope: 'all' | 'some'
}

/** Everything a publication remembers; JSON. */
export interface PolicyPublicationContext {
  readonly policyId: string
  readonly version: string
  readonly title: string
  readonly openedBy: string
  readonly draft: CheckedDraft | null
  readonly whatIf: WhatIfEvidence | null
  /** The version in force as it was submitted: what the group judges it against. */
  readonly base: PolicyBase | null
  readonly effectiveAt: number | null
  /** Why the ledger did not take it, the last time. */
  readonly declined: string | null
  /** In force from, and up to, epoch milliseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly supersededBy: string | null
  readonly approvals: { readonly policy?: Approval }
}

export const initialPolicyPublication: PolicyPublicationContext = {
  policyId: '',
  version: '',
  title: '',
  openedBy: '',
  draft: null,
  whatIf: null,
  base: null,
  effectiveAt: null,
  declined: null,
  since: null,
  until: null,
  supersededBy: null,
  approvals: {},
}

const digits = 12

/** Where the document of a draft stands in the registry: no version of a policy looks like it, so that nothing can be pinned to it by its version. */
export const draftVersion = (version: string, hash: string): string => `${version}+draft-${hash.slice(0, digits)}`
/** Where the text of a what-if stands in the registry. */
export const whatIfVersion = (version: string, digest: string): string => `${version}+whatif-${digest.slice(0, digits)}`

/** The events of the machine. */
export type PolicyPublicationEvent =
  | {
      [T in keyof PolicyPublicationCommands]: MachineEvent<PolicyPublicationCommands[T]> & { readonly type: T }
    }[keyof PolicyPublicationCommands]
  | (MachineEvent & { readonly type: 'clock.approvalPolicy.breach' })
