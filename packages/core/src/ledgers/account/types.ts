import type { Approval } from '../../approvals/index.ts'
import type { Tier } from '../../policy/index.ts'
import type { CurrentStanding } from '../../scoring/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { AccountCommands } from './commands.ts'

/** States of an account, in the order of its life. */
export const accountStates = [
  'opening',
  'prospect',
  'candidate',
  'customer',
  'admitted',
  'ka',
  'suspended',
  'exiting',
  'exited',
  'lapsed',
  'blacklisted',
  'merged',
] as const
/** State of an account: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type AccountState = (typeof accountStates)[number]

/** The four roles of the service team, each with its person [SVC-01]. */
export interface AccountTeam {
  readonly accountManager: string
  readonly marketingSpecialist: string
  readonly productManager: string
  readonly serviceRepresentative: string
}

/** The cooperation contract [ADM-09, I-37]. `from` and `to` are days of the account's calendar, both included. */
export interface AccountContract {
  readonly reference: string
  readonly from: string
  readonly to: string
  /** Instant at which its renewal is asked for. */
  readonly noticeAt: number
  /** Instant at which the KA status lapses: the grace after the last day is over. */
  readonly lapsesAt: number
}

/** What the account's instances share; JSON [architecture rule 9]. */
export interface AccountContext {
  readonly accountId: string
  readonly name: string
  readonly region: string | null
  /** Unified social credit code or registration number. */
  readonly creditCode: string | null
  /** Parent company as the CRM knows it, governed or not. */
  readonly parentId: string | null
  /** Account that leads the group of companies of which this one is a member; members lead none: one level. */
  readonly group: string | null
  /** Accounts of the group that this one leads, sorted. */
  readonly members: readonly string[]
  readonly isKeyAccount: boolean
  /** CLS-02: not exclusive. */
  readonly classes: readonly string[]
  readonly manager: string | null
  readonly team: AccountTeam | null
  readonly contract: AccountContract | null
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
  /** The one open admission, whether it is of a customer already, and whether the group has approved it. */
  readonly admission: { readonly id: string; readonly isCustomer: boolean; readonly admitted: boolean } | null
  /** Admissions so far; part of their ids. */
  readonly admissions: number
  /** I-03: instant of the last rejection. */
  readonly rejectedAt: number | null
  readonly nominated: boolean
  readonly measure: 'prepayment' | 'watch' | null
  /** Adjustments on demand so far; part of their ids. */
  readonly onDemand: number
  /** Instant at which the present state began. */
  readonly since: number
  readonly suspension: { readonly reason: string } | null
  /** Who looks after the account until a manager is named [I-38]. */
  readonly handover: { readonly interim: string } | null
  /** Why the relation ends, and its last day where the customer ended it. */
  readonly exit: { readonly by: 'review' | 'customer'; readonly reason: string | null; readonly lastDay: string | null } | null
  /** ADM-12: instant from which the next requalification is owed. */
  readonly requalifyAt: number | null
  /** The resolution before the committee [I-39]. */
  readonly blacklisting: { readonly reason: string; readonly by: string } | null
  readonly approvals: { readonly blacklist?: Approval }
  /** Accounts merged into this one, newest last; at most a hundred. */
  readonly absorbed: readonly string[]
  readonly mergedInto: string | null
  /** Accounts split off this one, newest last; at most a hundred. */
  readonly splitOff: readonly string[]
}

export const initialAccount: AccountContext = {
  accountId: '',
  name: '',
  region: null,
  creditCode: null,
  parentId: null,
  group: null,
  members: [],
  isKeyAccount: false,
  classes: [],
  manager: null,
  team: null,
  contract: null,
  tier: null,
  provisionalUntil: null,
  override: null,
  lastMove: null,
  classifications: [],
  lastCycle: null,
  adjustment: null,
  admission: null,
  admissions: 0,
  rejectedAt: null,
  nominated: false,
  measure: null,
  onDemand: 0,
  since: 0,
  suspension: null,
  handover: null,
  exit: null,
  requalifyAt: null,
  blacklisting: null,
  approvals: {},
  absorbed: [],
  mergedInto: null,
  splitOff: [],
}

/** Who serves the account in which role [SVC-01]. Whoever looks after it now is its manager: a handover names nobody else of the team [I-38]. */
export function servingTeam({ team, manager }: AccountContext): { readonly [role in keyof AccountTeam]: string | null } {
  return {
    accountManager: team === null ? null : manager,
    marketingSpecialist: team?.marketingSpecialist ?? null,
    productManager: team?.productManager ?? null,
    serviceRepresentative: team?.serviceRepresentative ?? null,
  }
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

/** Clocks that the account's life branches on when they run out. */
export type AccountClockEvent =
  'clock.override.breach' | 'clock.renewalNotice.breach' | 'clock.contractLapse.breach' | 'clock.requalification.breach'

/** The events of the machine. */
export type AccountEvent =
  | { [T in keyof AccountCommands]: MachineEvent<AccountCommands[T]> & { readonly type: T } }[keyof AccountCommands]
  | { [T in AccountClockEvent]: MachineEvent & { readonly type: T } }[AccountClockEvent]
