import type { Approval } from '../../approvals/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { AdmissionCriterion, Tier } from '../../policy/index.ts'
import type { AdmissionScore } from '../../scoring/index.ts'
import type { AdmissionCommands, ServiceTeam } from './commands.ts'

/** States of an admission, in the order of the policy [ADM-05 … ADM-10]. */
export const admissionStates = [
  'opening',
  'registering',
  'screening',
  'screenedOut',
  'inCommittee',
  'assigningTeam',
  'contracting',
  'established',
  'rejected',
  'withdrawn',
  'expired',
] as const
/** State of an admission: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type AdmissionState = (typeof admissionStates)[number]

/** How an admission ends that does not end in a contract; the account's ledger hears it. */
export type AdmissionEnding = 'screenedOut' | 'rejected' | 'withdrawn' | 'expired'

type Fields<T extends keyof AdmissionCommands> = Omit<AdmissionCommands[T], 'type'>

/** The commercial terms that the committee decides on and the contract is held against [ADM-09]. */
export type AdmissionTerms = AdmissionCommands['recommend']['terms']

/** A condition of the approval [ADM-07]. Open while it is neither met nor waived. */
export interface AdmissionCondition {
  /** `c1`, `c2` …, for the commands about it. */
  readonly id: string
  readonly text: string
  readonly dueAt: number
  /** Whose vote made it. */
  readonly by: string
  readonly met: { readonly by: string; readonly at: number } | null
  readonly waived: { readonly by: string; readonly at: number; readonly reason: string } | null
}

/** How an elector sees the four criteria [ADM-07]. */
export interface AspectVerdict {
  readonly elector: string
  readonly by: string
  readonly aspects: { readonly [C in AdmissionCriterion]: 'met' | 'doubtful' | 'notMet' }
}

/** Everything an admission remembers; JSON. */
export interface AdmissionContext {
  readonly accountId: string
  readonly name: string
  readonly region: string | null
  readonly creditCode: string | null
  readonly parentId: string | null
  readonly leadSource: string
  /** Who develops the lead. */
  readonly manager: string | null
  readonly isCustomer: boolean
  readonly currentTier: Tier | null
  /** Accounts that may be the same customer, or of the same group. */
  readonly similar: AdmissionCommands['open']['similar']
  readonly registration: Fields<'submitRegistration'> | null
  readonly report: Fields<'recommend'> | null
  readonly score: AdmissionScore | null
  readonly exception: Fields<'requestException'> | null
  /** Approved terms; before the approval those of the report. */
  readonly terms: AdmissionTerms | null
  /** Terms that the customer wants instead of the approved ones. */
  readonly otherTerms: AdmissionTerms | null
  /** Times that the application was sent back, or taken back to be revised. */
  readonly returns: number
  readonly aspects: readonly AspectVerdict[]
  readonly approvedAt: number | null
  readonly conditions: readonly AdmissionCondition[]
  readonly team: ServiceTeam | null
  readonly contract: (Omit<Fields<'sign'>, 'basis'> & { readonly by: string }) | null
  readonly ending: { readonly outcome: AdmissionEnding; readonly reason: string | null } | null
  readonly approvals: { readonly admission?: Approval }
}

export const initialAdmission: AdmissionContext = {
  accountId: '',
  name: '',
  region: null,
  creditCode: null,
  parentId: null,
  leadSource: '',
  manager: null,
  isCustomer: false,
  currentTier: null,
  similar: [],
  registration: null,
  report: null,
  score: null,
  exception: null,
  terms: null,
  otherTerms: null,
  returns: 0,
  aspects: [],
  approvedAt: null,
  conditions: [],
  team: null,
  contract: null,
  ending: null,
  approvals: {},
}

export const isOpenCondition = ({ met, waived }: AdmissionCondition): boolean => met === null && waived === null

/** The events of the machine: one a command, and the end of the application's life. */
export type AdmissionEvent =
  | { [T in keyof AdmissionCommands]: MachineEvent<AdmissionCommands[T]> & { readonly type: T } }[keyof AdmissionCommands]
  | (MachineEvent & { readonly type: 'clock.expiry.breach' })
