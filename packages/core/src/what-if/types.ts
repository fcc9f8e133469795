// Type aliases, not interfaces: a simulation is evidence, so all of it is assignable to `JsonValue`.
import type { JsonValue } from '../errors/index.ts'
import type { Tier, Unit } from '../policy/index.ts'
import type { Policy, PolicyPin } from '../policy/schema.ts'
import type { AccountFacts, Classification, CurrentStanding, DateSpan, Recommendation } from '../scoring/index.ts'

/** An account as a simulation wants to know it. */
export type SimulatedAccount = {
  readonly accountId: string
  /** As people know it; default: the id. */
  readonly name?: string
  readonly region?: string | null
  /** Who looks after it: for the load per manager [I-23]. */
  readonly manager?: string | null
  /** For the load per manager; default: what the facts say, by which a review goes. */
  readonly isKeyAccount?: boolean
  readonly facts: AccountFacts
  /** Where `facts` are those of a group of companies: those of each member, since each earns its rebates itself. Default: `facts` alone. */
  readonly entities?: readonly AccountFacts[]
  /** Where it stands before the review; `{ tier: null }` where it has no tier yet. */
  readonly standing: CurrentStanding
  /**
   * Its group of companies, where only one of the two policies reviews by groups (`tier.level`): what that one goes by, while the other goes by `facts` and `standing`.
   * Each member is an account of its own then, and amounts are its own on both sides.
   */
  readonly group?: { readonly facts: AccountFacts; readonly standing: CurrentStanding }
}

/** An account that cannot be read: it is counted as failed and stops nothing. */
export type UnreadableAccount = {
  readonly accountId: string
  readonly unreadable: SimulationFailure['because']
}

/** Who wants to stop a simulation: an `AbortSignal`, or what looks like one. */
export interface SimulationSignal {
  readonly aborted: boolean
  readonly reason?: unknown
}

/** What to vary for the sensitivity. */
export interface SensitivityOptions {
  /** By how much each threshold is moved down and up, more than 0 and less than 100; default 10. Whole numbers move by at least one. */
  readonly percent?: number
  /** Only these parameters, by path (`tier.A.amount.min`) or number (`P-07`); default all. */
  readonly parameters?: readonly string[]
}

/** Whether a simulation is of the whole portfolio: where the policy asks for a what-if before a version is approved, `some` is no evidence [GOV-05]. */
export type SimulationScope = 'all' | 'some'

/** What `simulatePortfolio` needs. */
export interface SimulateOptions {
  /** The policy that counts now. Null: there is none yet, and accounts are compared with the tiers that they have. */
  readonly inForce: Policy | null
  readonly draft: Policy
  /** Id of the review cycle that is played through, e.g. `2026-H1`. */
  readonly cycle: string
  readonly accounts: Iterable<SimulatedAccount | UnreadableAccount> | AsyncIterable<SimulatedAccount | UnreadableAccount>
  /** Whether `accounts` are the whole portfolio, by the word of the caller; default `all`. */
  readonly scope?: SimulationScope
  /** Default: all thresholds by 10 %. `false`: none. */
  readonly sensitivity?: SensitivityOptions | false
  /** How many movers, reclassified accounts and failures are listed each, at most 10,000; default 200. All are counted. */
  readonly movers?: number
  /** Where it says aborted, the simulation ends with the error `cancelled`: half a simulation is no evidence. */
  readonly signal?: SimulationSignal
  /** How many accounts between two steps of progress; default 1,000. */
  readonly progressEvery?: number
  /** For the pins; default: the portable hash. */
  readonly sha256?: (text: string) => string
}

/** What a simulation tells while it runs. */
export type SimulationStep =
  /** So many accounts (then instances) are done. */
  | { readonly type: 'progress'; readonly phase: 'accounts' | 'instances'; readonly done: number; readonly movers: number }
  /** An account that moves and stands, among those seen so far, high enough to be listed. */
  | { readonly type: 'mover'; readonly mover: Mover }
  /** An open instance whose clocks or approvals the draft would touch. */
  | { readonly type: 'instance'; readonly clocks: readonly ClockEffect[]; readonly approvals: readonly ApprovalEffect[] }
  | ({ readonly type: 'failed' } & SimulationFailure)
  /** The last step: what the generator returns as well, for whoever only loops. */
  | { readonly type: 'finished'; readonly simulation: Simulation }

/** How many there are in all, and the first of them. */
export type Listed<T> = { readonly total: number; readonly listed: readonly T[] }

/** What a review can come to: a tier, or leaving the key accounts. */
export type TierOrExit = Tier | 'exit'
/** The same before: `none` where there is no policy in force and the account has no tier. */
export type TierBefore = TierOrExit | 'none'

/** Accounts by what they were (rows) and what they would be (columns). The sum of a row is what was there before, that of a column what would be there. */
export type TierMatrix = { readonly [From in TierBefore]: { readonly [To in TierOrExit]: number } }

/** How many went up, down, or got their first tier. A move to `exit` is down. */
export type MoveCounts = { readonly total: number; readonly up: number; readonly down: number; readonly assigned: number }

/** One changed parameter that made the difference for an account: what stood there, what would, and what the account has. */
export type MoverReason = {
  /** Path of the parameter, e.g. `tier.A.amount.min`. */
  readonly parameter: string
  /** Its number: `P-07`, `I-15`. */
  readonly number: string
  /** Requirement that uses it. */
  readonly clause: string
  readonly unit: Unit | null
  /** The value in force and that of the draft; null where it is not there. */
  readonly before: JsonValue
  readonly after: JsonValue
  /** What the account has in that unit: money in minor units of the policy's currency. Null: unknown, or nothing that is measured. */
  readonly actual: number | null
  /** Limits that are the same limit by another name and moved with it: the upper end of the tier below. */
  readonly joined: readonly { readonly parameter: string; readonly number: string }[]
}

/** An account whose result under the draft is another one. */
export type Mover = {
  readonly accountId: string
  readonly name: string
  readonly region: string | null
  readonly manager: string | null
  readonly isKeyAccount: boolean
  /** `recommended`: the review would propose another tier. `class`: only the class differs; it moves nobody in this cycle [I-34]. */
  readonly by: 'recommended' | 'class'
  /** What `by` names, under the policy in force and under the draft. `from` is null where there was nothing. */
  readonly from: TierOrExit | null
  readonly to: TierOrExit
  readonly direction: 'up' | 'down' | 'assigned'
  /** The tier that it has now. */
  readonly tierNow: Tier | null
  readonly classBefore: Tier | null
  readonly classAfter: Tier
  readonly recommendedBefore: TierOrExit | null
  readonly recommendedAfter: TierOrExit
  readonly directionBefore: Recommendation['direction'] | null
  readonly directionAfter: Recommendation['direction']
  /** Net amount over the lookback of tier A of the draft, in minor units of its currency; null: not known. */
  readonly minor: number | null
  /**
   * The smallest set of changed parameters which, put back, undoes the move; of several such sets the first in the order of the policy. Where that takes more than
   * three parameters (two, where more than sixteen changed) it is a set of which none can be spared. Empty where there is no policy in force.
   */
  readonly because: readonly MoverReason[]
}

/** Why an account or an instance could not be simulated. */
export type SimulationFailure = {
  readonly accountId: string
  /** Set where an instance failed. */
  readonly instanceId: string | null
  readonly because: {
    /** Code of an error (`missing_rate`, `corrupt_record` …), else `facts_missing` or `facts_malformed`. */
    readonly code: string
    /** Where in the facts; null: nowhere in particular. */
    readonly field: string | null
    readonly message: string
  }
}

/** What one threshold, moved alone, does to the results of the draft. Thresholds that adjoin move together, so that the ladder of tiers stays whole. */
export type SensitivityRow = {
  /** Path of the parameter that is moved. */
  readonly parameter: string
  readonly number: string
  readonly clause: string
  readonly unit: Unit | null
  /** Limits that moved with it: P-07 is the upper end of P-11. */
  readonly joined: readonly { readonly parameter: string; readonly number: string }[]
  /** −10 or 10. */
  readonly percent: number
  /** Of money; else null. */
  readonly currency: string | null
  /** In the unit of the parameter; money in minor units of `currency`. A step that would pass the neighbouring limit ends there. */
  readonly before: number
  readonly after: number
  /** Accounts for which the review would propose another tier. */
  readonly moved: number
  readonly up: number
  readonly down: number
  /** Accounts whose class differs, those that move among them. */
  readonly reclassified: { readonly total: number; readonly up: number; readonly down: number }
}

/** Accounts and sales of a tier. */
export type TierSales = {
  readonly accounts: number
  /** Net, over the lookback of tier A of the draft, in minor units of its currency. Accounts whose amount is not known add nothing. */
  readonly minor: number
}

/** How full a tier is [I-23]. */
export type TierCapacity = {
  readonly tier: Tier
  /** Accounts with that tier now; after a review under the policy in force; under the draft. */
  readonly now: number
  readonly before: number
  readonly after: number
  /** Most that the policies allow; null: no limit. */
  readonly limitBefore: number | null
  readonly limitAfter: number | null
  /** More than the draft allows. */
  readonly over: boolean
}

/** What a manager looks after, before and under the draft [I-23]. */
export type ManagerLoad = {
  readonly manager: string
  readonly accounts: number
  readonly keyAccounts: number
  /** Accounts by tier: after a review under the policy in force, and under the draft. */
  readonly before: { readonly [T in Tier]: number }
  readonly after: { readonly [T in Tier]: number }
  /** Net sales, in minor units of the draft's currency. */
  readonly minor: number
  /** Most key accounts that the draft allows; null: no limit. */
  readonly limit: number | null
  readonly over: boolean
}

/** Votes that a person owes. */
export type ApproverLoad = {
  readonly person: string
  /** Open seats without a vote. */
  readonly open: number
  /** Those that there would be if the open approvals were asked for under the draft. */
  readonly draft: number
}

/** What a clock of an open instance would become under the draft. Instants in epoch milliseconds. */
export type ClockEffect = {
  readonly instanceId: string
  readonly kind: string
  readonly accountId: string
  readonly clock: string
  /** Policy parameter of its budget. */
  readonly parameter: string
  readonly clause: string
  readonly dueBefore: number | null
  readonly dueAfter: number | null
  readonly change: 'earlier' | 'later' | 'same'
  /** In time under the policy that the instance has, late under the draft. */
  readonly becomesOverdue: boolean
}

/** What an open approval would be if it were asked for under the draft. */
export type ApprovalEffect = {
  readonly instanceId: string
  readonly kind: string
  readonly accountId: string
  readonly approval: string
  /** People with a seat now, and under the draft. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly added: readonly string[]
  readonly dropped: readonly string[]
  /** The people whom the directory knows could never approve it. */
  readonly belowQuorum: boolean
  /** Stage and role that lack people; null where the quorum can be reached. */
  readonly lacks: {
    readonly stage: string
    readonly role: string | null
    readonly needed: number | null
    readonly there: number
  } | null
}

/** What a draft does to what is open. */
export type InstanceEffects = {
  readonly open: number
  readonly byKind: { readonly [kind: string]: number }
  readonly clocks: {
    readonly open: number
    readonly earlier: number
    readonly later: number
    /** Would become overdue at once. */
    readonly overdue: number
    /** Overdue already, under the policy that they have. */
    readonly overdueNow: number
    readonly listed: readonly ClockEffect[]
  }
  readonly approvals: {
    readonly open: number
    readonly changed: number
    readonly belowQuorum: number
    readonly listed: readonly ApprovalEffect[]
  }
}

/** What a draft would do, as plain data: evidence of a publication [GOV-05]. */
export type Simulation = {
  readonly schema: 1
  /** All accounts, or only some: then it is no evidence where the policy requires a what-if [GOV-05]. */
  readonly scope: SimulationScope
  readonly policy: { readonly inForce: PolicyPin | null; readonly draft: PolicyPin }
  /** Id of the cycle that was played through, and its days (`to` excluded). */
  readonly cycle: string
  readonly period: DateSpan
  /** Currency of all amounts: that of the draft. */
  readonly currency: string
  /**
   * `assessed`, `provisional` and `notAssessed` under the draft; with `failed` they add up to the total. Left out of a store: `notGoverned`, accounts that no review
   * takes (no ledger, no tier, or ended), and `inGroups`, members that follow the tier of their group; absent where there are none.
   */
  readonly accounts: {
    readonly [S in Classification['status'] | 'total' | 'failed' | 'notGoverned']: number
  } & { readonly inGroups?: number }
  /** Class under the policy in force → class under the draft. */
  readonly classes: TierMatrix
  /** What the review would propose under the policy in force → under the draft. */
  readonly recommended: TierMatrix
  readonly directions: {
    readonly inForce: { readonly [D in Recommendation['direction']]: number } | null
    readonly draft: { readonly [D in Recommendation['direction']]: number }
  }
  /** Sales by proposed tier, before and under the draft. */
  readonly sales: { readonly [T in TierBefore]: { readonly before: TierSales; readonly after: TierSales } }
  /** Accounts for which the review would propose another tier, the largest amounts first. */
  readonly movers: MoveCounts & { readonly listed: readonly Mover[] }
  /** Accounts whose class alone differs, the largest amounts first. */
  readonly reclassified: MoveCounts & { readonly listed: readonly Mover[] }
  readonly failures: Listed<SimulationFailure>
  /** In the order of the policy, down before up; null where it was not asked for. */
  readonly sensitivity: readonly SensitivityRow[] | null
  readonly capacity: readonly TierCapacity[]
  /** What is open in the store; null where only a portfolio was simulated. */
  readonly instances: InstanceEffects | null
  readonly load: {
    readonly approvers: Listed<ApproverLoad>
    /** `over`: how many of all of them look after more key accounts than the draft allows. */
    readonly managers: Listed<ManagerLoad> & { readonly over: number }
  }
  /** Rebates of a calendar year under both policies; null where neither grants any. */
  readonly rebate: {
    /** The latest calendar year that was over at the end of the cycle. */
    readonly year: number
    /** Null where there is no policy in force, or one in another currency. */
    readonly inForceMinor: number | null
    readonly draftMinor: number
    /** Accounts whose rebate cannot be reckoned: a rate is missing. */
    readonly unknown: number
    /** What each bracket costs, in the order of the policy; the rebates of both sides are the sums. `inForce` is null where `inForceMinor` is. */
    readonly brackets: { readonly inForce: readonly BracketCost[] | null; readonly draft: readonly BracketCost[] }
  } | null
  /** Every difference between the two policies; empty where there is none in force. */
  readonly diff: readonly JsonPolicyChange[]
}

/** What a bracket of the rebate costs [I-13]. */
export type BracketCost = {
  /** Minor units of the policy's currency; where the basis is a quantity, its units. */
  readonly from: number
  readonly percent: number
  /** Accounts that are given something in it. */
  readonly accounts: number
  /** Minor units of the policy's currency. */
  readonly minor: number
}

/** A `PolicyChange`, as JSON. */
export type JsonPolicyChange = {
  readonly kind: 'changed' | 'added' | 'removed' | 'moved'
  readonly path: readonly string[]
  readonly parameter: string
  readonly number: string
  readonly clause: string
  readonly before?: JsonValue
  readonly after?: JsonValue
  readonly position?: number
}
