import type { Instant } from '../calendar/index.ts'
import type { ApprovalSchemeSpec } from '../policy/approval-scheme.ts'
import type { Failure } from '../rules/index.ts'

/** A person who holds a role of the scheme when the approval opens, as the directory says. */
export interface ResolvedElector {
  readonly person: string
  readonly role: string
  /** Default: the role without `.head` or `.member`. */
  readonly department?: string
}

/** A dated delegation: `from` lets `to` vote for them from `since` up to, not including, `until`. */
export interface Delegation {
  readonly from: string
  readonly to: string
  readonly since: Instant
  readonly until: Instant
}

/** A person kept from every act in this approval, and why (named in the complaint, recused). */
export interface BarredPerson {
  readonly person: string
  readonly because: string
}

/** Where a seat's holder came from. */
export type SeatOrigin = 'scheme' | 'substitute' | 'added' | 'transfer' | 'replacement'

/**
 * A place in a stage's electorate. A person may hold several (one a role), and still has one vote. A vacated seat stays on record with its reason.
 */
export interface Seat {
  readonly stage: string
  readonly person: string
  readonly role: string
  readonly department: string
  readonly origin: SeatOrigin
  /** An added approver (加签): must approve as well, and counts towards nothing else, so that nobody can add votes to a count. */
  readonly added: boolean
  /** Whose seat it was, for substitutes, transfers and replacements. */
  readonly instead?: string
  /** Who added, transferred or replaced. */
  readonly by?: string
  readonly vacated: 'recused' | 'transferred' | 'replaced' | null
}

export type VoteChoice = 'approve' | 'reject' | 'sendBack'

/** A condition of an approval. */
export interface VoteCondition {
  readonly text: string
  readonly dueAt: Instant
}

/** A vote as it stands; changing it replaces it. */
export interface Vote {
  readonly stage: string
  /** Whose vote it is. */
  readonly elector: string
  /** Whose hand cast it: the elector, or the last of the chain of delegates. */
  readonly by: string
  /** From the elector to the hand, both included; one name when they are the same. */
  readonly chain: readonly string[]
  readonly choice: VoteChoice
  readonly comment: string | null
  readonly conditions: readonly VoteCondition[]
  readonly at: Instant
}

export type StageMode = 'any' | 'all' | 'nOfM' | 'perDepartment'

/** A stage of the scheme, or one inserted by an elector (加签). */
export interface ApprovalStage {
  readonly id: string
  readonly mode: StageMode
  /** `nOfM`: how many; else 0. */
  readonly n: number
  /** Roles with a seat; in mode `all` each stays held, or the stage is blocked. */
  readonly roles: readonly string[]
  /** `perDepartment`: each needs an approval of its own; else empty. */
  readonly departments: readonly string[]
  readonly required: readonly string[]
  readonly veto: readonly string[]
  /** People asked for an opinion that does not count. */
  readonly heard: readonly string[]
  readonly escalateTo: string | null
  /** Ids of the stages that must have passed before. */
  readonly after: readonly string[]
  readonly addedBy: string | null
  readonly status: 'waiting' | 'open' | 'passed' | 'failed'
  readonly openedAt: Instant | null
  readonly endedAt: Instant | null
}

export type OpinionStance = 'support' | 'neutral' | 'concern'

/** An opinion that was asked for and does not count. */
export interface Opinion {
  readonly person: string
  readonly opinion: OpinionStance
  readonly comment: string
  readonly at: Instant
}

/** A change of the electorate, in order. */
export interface ElectorateChange {
  readonly kind: 'addApprover' | 'transfer' | 'recuse' | 'replace'
  readonly stage: string | null
  readonly person: string
  /** Who came in. */
  readonly to: string | null
  readonly by: string
  readonly reason: string
  readonly at: Instant
}

export type ApprovalDecision = 'approved' | 'rejected' | 'sentBack'

/**
 * An approval as stored: plain JSON, complete in itself. The electorate is fixed when it opens; the decision is bound to `basis`, the hash of the
 * material, and never changes once reached.
 */
export interface Approval {
  readonly scheme: ApprovalSchemeSpec
  /** Name of the scheme in the policy. Absent in approvals that were opened before it was kept, and where nobody gave it. */
  readonly schemeName?: string
  readonly basis: string
  readonly openedAt: Instant
  readonly stages: readonly ApprovalStage[]
  readonly seats: readonly Seat[]
  /** Holders of the scheme's substitute role at opening, who step in for the barred. */
  readonly reserve: readonly string[]
  /** Everyone who made the material, delegations included. */
  readonly makers: readonly string[]
  readonly barred: readonly BarredPerson[]
  readonly votes: readonly Vote[]
  readonly opinions: readonly Opinion[]
  readonly copies: readonly { readonly person: string; readonly by: string; readonly at: Instant }[]
  readonly changes: readonly ElectorateChange[]
  readonly timeouts: readonly { readonly stage: string; readonly at: Instant }[]
  readonly decision: { readonly outcome: ApprovalDecision; readonly stage: string; readonly at: Instant } | null
  readonly voided: { readonly reason: string; readonly at: Instant } | null
}

/** What a transition answers: the next state, or every reason why not. */
export type ApprovalResult =
  { readonly ok: true; readonly approval: Approval } | { readonly ok: false; readonly failures: readonly Failure[] }

/** `blocked`: some stage cannot pass as its electorate stands, whatever anybody votes; an elector must be replaced. */
export type ApprovalOutcome = 'pending' | 'approved' | 'rejected' | 'sentBack' | 'blocked' | 'void'

/** Where one stage stands. */
export interface StageExplanation {
  readonly id: string
  readonly mode: StageMode
  readonly status: ApprovalStage['status']
  readonly after: readonly string[]
  /** How many approvals it takes: people, or departments. */
  readonly needed: number
  /** How many of them it has. */
  readonly reached: number
  readonly approvals: readonly string[]
  readonly rejections: readonly string[]
  readonly sendBacks: readonly string[]
  /** Electors who have not voted. */
  readonly missing: readonly { readonly person: string; readonly roles: readonly string[] }[]
  readonly departmentsMissing: readonly string[]
  readonly requiredMissing: readonly string[]
  /** Added approvers (加签) who have not approved. */
  readonly addedMissing: readonly string[]
  /** Who rejected with a veto role. */
  readonly vetoedBy: readonly string[]
  /** Whether it can still pass, given the votes; and whether it could if nobody had voted. */
  readonly canPass: boolean
  readonly couldPass: boolean
  readonly heardMissing: readonly string[]
  readonly timedOutAt: Instant | null
}

/** Where an approval stands and why, stage by stage; see `outcomeOf`. Nulls until it is decided or voided. */
export interface OutcomeExplanation {
  readonly outcome: ApprovalOutcome
  readonly decidedAt: Instant | null
  /** The stage that decided. */
  readonly decidedBy: string | null
  readonly voidReason: string | null
  readonly stages: readonly StageExplanation[]
  /** Conditions of the approving votes. */
  readonly conditions: readonly (VoteCondition & { readonly by: string })[]
}

/** What a person may do now. */
export interface ActorOption {
  readonly person: string
  readonly stage: string
  readonly may: 'vote' | 'giveOpinion'
  /** For whom a delegate votes. */
  readonly onBehalfOf: string | null
  /** Their vote as it stands; it may change until the decision. */
  readonly voted: VoteChoice | null
}

export interface ApprovalProgress {
  readonly stagesPassed: number
  readonly stages: number
  /** Approvals reached and needed over all stages, each counted up to its need. */
  readonly reached: number
  readonly needed: number
  /** 0 to 100, rounded down; 100 only when approved. */
  readonly percent: number
}

/** Largest sizes of an approval's lists, so that its record stays small. Recusals come on top of the changes: each person can once. */
export const approvalLimits = { people: 200, changes: 50, copies: 50, opinions: 50, conditions: 20, comment: 4000 } as const
