import type { Approval } from '../../approvals/index.ts'
import type { Money, Tier } from '../../policy/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { ComplaintCommands } from './commands.ts'

/** States of a complaint, in the order of the policy [CPL-01 … CPL-11]. */
export const complaintStates = [
  'opening',
  'received',
  'assigned',
  'disputed',
  'investigating',
  'planning',
  'handling',
  'confirming',
  'inCommittee',
  'reviewing',
  'archived',
  'withdrawn',
  'duplicate',
  'notUpheld',
  'closedWithoutSatisfaction',
] as const
/** State of a complaint: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type ComplaintState = (typeof complaintStates)[number]

/** What the customer said of one round of handling. The first verdict stays on record [decision 11]. */
export interface Verdict {
  readonly cycle: number
  readonly round: number
  readonly says: 'satisfied' | 'partlySatisfied' | 'dissatisfied'
  readonly saidBy: string
  readonly at: number
  readonly site: string | null
  readonly reason: string | null
}

/** Everything a complaint remembers; JSON. */
export interface ComplaintContext {
  readonly accountId: string
  readonly tier: Tier | null
  readonly matter: string
  readonly contact: string
  readonly expectedSolution: string
  readonly channel: string
  readonly severity: string
  readonly about: ComplaintCommands['open']['about']
  readonly receivedAt: number
  readonly sites: readonly string[]
  readonly complex: boolean
  readonly fromGroup: boolean
  readonly named: readonly string[]
  /** The account manager is among the named: the head of the KA department takes the manager's place. */
  readonly managerNamed: boolean
  readonly relatedTo: string | null
  readonly department: string | null
  readonly handler: string | null
  readonly meetings: number
  readonly containments: number
  readonly cycle: number
  readonly round: number
  readonly cause: string | null
  readonly responsibleParty: string | null
  readonly rework: { readonly nature: string; readonly result: string | null } | null
  readonly goodsReturned: boolean
  readonly disposition: ComplaintCommands['decideReturn']['disposition'] | null
  readonly plan: { readonly measures: string; readonly compensation: Money | null; readonly finishBy: string | null } | null
  readonly result: string | null
  /** When the customer was told the result of this round; earlier contacts are no attempts to confirm it. */
  readonly toldAt: number | null
  readonly extended: boolean
  readonly waiting: { readonly reason: string; readonly question: string; readonly since: number } | null
  readonly lastProgressAt: number | null
  readonly attempts: readonly {
    readonly at: number
    readonly channel: string
    readonly outcome: 'reached' | 'notReached'
    readonly day: string
  }[]
  readonly followUpOver: boolean
  readonly verdicts: readonly Verdict[]
  readonly confirmation: 'confirmed' | 'unconfirmed' | null
  readonly lessons: string | null
  readonly prevention: { readonly measure: string; readonly owner: string; readonly effective: boolean | null } | null
  readonly archivedAt: number | null
  readonly splitInto: number
  readonly approvals: { readonly extension?: Approval; readonly compensation?: Approval; readonly dissatisfaction?: Approval }
}

export const initialComplaint: ComplaintContext = {
  accountId: '',
  tier: null,
  matter: '',
  contact: '',
  expectedSolution: '',
  channel: '',
  severity: '',
  about: 'other',
  receivedAt: 0,
  sites: [],
  complex: false,
  fromGroup: false,
  named: [],
  managerNamed: false,
  relatedTo: null,
  department: null,
  handler: null,
  meetings: 0,
  containments: 0,
  cycle: 1,
  round: 1,
  cause: null,
  responsibleParty: null,
  rework: null,
  goodsReturned: false,
  disposition: null,
  plan: null,
  result: null,
  toldAt: null,
  extended: false,
  waiting: null,
  lastProgressAt: null,
  attempts: [],
  followUpOver: false,
  verdicts: [],
  confirmation: null,
  lessons: null,
  prevention: null,
  archivedAt: null,
  splitInto: 0,
  approvals: {},
}

/** The events of the machine: one a command, and the breaches that branch. */
export type ComplaintEvent =
  | { [T in keyof ComplaintCommands]: MachineEvent<ComplaintCommands[T]> & { readonly type: T } }[keyof ComplaintCommands]
  | (MachineEvent & { readonly type: 'clock.followUp.breach' })
  | (MachineEvent & { readonly type: 'clock.progress.breach' })
  | (MachineEvent & { readonly type: 'clock.approvalExtension.breach' })
  | (MachineEvent & { readonly type: 'clock.approvalCompensation.breach' })
  | (MachineEvent & { readonly type: 'clock.approvalDissatisfaction.breach' })
