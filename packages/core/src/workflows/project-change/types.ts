import type { Approval } from '../../approvals/index.ts'
import type { Baseline, BaselineDiff, MajorReason } from '../../baselines/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { ChangeDimension } from '../../policy/index.ts'
import type { ProjectChangeCommands } from './commands.ts'

/** States of a project change, in the order of the policy [CHG-01]. */
export const projectChangeStates = [
  'opening',
  'drafting',
  'assessing',
  'inApproval',
  'inEmergency',
  'awaitingCustomer',
  'approved',
  'implementing',
  'ratifying',
  'implemented',
  'rollingBack',
  'closed',
  'rejected',
  'withdrawn',
  'expired',
  'superseded',
  'rolledBack',
] as const
/** State of a project change: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type ProjectChangeState = (typeof projectChangeStates)[number]

/** How much a change affects a dimension, as whoever assesses it judges. */
export const magnitudes = ['low', 'medium', 'high'] as const
/** How much a change affects a dimension. */
export type Magnitude = (typeof magnitudes)[number]

/** What a department found for one dimension. */
export interface Assessment {
  readonly dimension: ChangeDimension
  readonly impact: string
  readonly magnitude: Magnitude
  readonly by: string
  readonly at: number
}

/** What a content means, measured when it was applied for: recorded, never computed again. */
export interface Measured {
  readonly contentHash: string
  /** Version of the baseline in force then, and its content. */
  readonly baseVersion: number
  readonly before: Baseline
  readonly diff: BaselineDiff
  /** From the last baseline that the group itself approved [decision 10]. */
  readonly class: 'minor' | 'major'
  readonly reasons: readonly MajorReason[]
  /** Dimensions that the customer has signed and the difference touches. */
  readonly consentFor: readonly ChangeDimension[]
}

/** Why an implemented change is changed back. The last three are breaches of an emergency. */
export type RollbackReason = 'verificationFailed' | 'notRatified' | 'ratificationLate' | 'consentRefused'

/** Everything a change remembers; JSON. */
export interface ProjectChangeContext {
  readonly accountId: string
  readonly projectId: string
  readonly title: string
  /** The change that this one changes back. */
  readonly of: string | null
  readonly applicant: string | null
  readonly reason: string | null
  readonly departments: readonly string[]
  readonly emergency: { readonly why: string } | null
  /** The full content that is proposed. */
  readonly content: Baseline | null
  readonly measured: Measured | null
  readonly assessments: readonly Assessment[]
  readonly consent: {
    readonly givenBy: string
    readonly statement: string | null
    readonly by: string
    readonly at: number
  } | null
  readonly returns: number
  /** Version that the ledger gave it. */
  readonly appliedVersion: number | null
  readonly verification: { readonly ok: boolean; readonly findings: string; readonly by: string; readonly at: number } | null
  /** An emergency that was not ratified in time, or not at all. */
  readonly breach: RollbackReason | null
  readonly rollback: {
    readonly because: RollbackReason
    readonly attempts: number
    /** The change back that came to nothing; `null` while one is under way. */
    readonly failed: { readonly by: string; readonly outcome: string } | null
  } | null
  readonly supersededBy: string | null
  readonly approvals: {
    readonly change?: Approval
    readonly emergency?: Approval
    readonly ratification?: Approval
    readonly acceptance?: Approval
  }
}

export const initialProjectChange: ProjectChangeContext = {
  accountId: '',
  projectId: '',
  title: '',
  of: null,
  applicant: null,
  reason: null,
  departments: [],
  emergency: null,
  content: null,
  measured: null,
  assessments: [],
  consent: null,
  returns: 0,
  appliedVersion: null,
  verification: null,
  breach: null,
  rollback: null,
  supersededBy: null,
  approvals: {},
}

/** The clocks whose breach the machine hears. */
type HeardClock =
  'changeExpiry' | 'ratification' | 'approvalChange' | 'approvalEmergency' | 'approvalRatification' | 'approvalAcceptance'

/** The events of the machine: one a command, and the breaches that branch. */
export type ProjectChangeEvent =
  | {
      [T in keyof ProjectChangeCommands]: MachineEvent<ProjectChangeCommands[T]> & { readonly type: T }
    }[keyof ProjectChangeCommands]
  | { [C in HeardClock]: MachineEvent & { readonly type: `clock.${C}.breach` } }[HeardClock]
