// Type aliases, not interfaces: only they are assignable to `JsonValue`, and everything here goes into a journal.
import type { Labels, Operator, Tier } from '../policy/parts.ts'

/** A half-open span of business dates: `from` included, `to` excluded. */
export type DateSpan = {
  readonly from: string
  readonly to: string
}

/** A review cycle [I-16]. */
export type ReviewCycle = DateSpan & { readonly id: string }

/** The five factors of TIER-01. */
export type Factor = 'amount' | 'frequency' | 'potential' | 'stability' | 'influence'

/** Why a value is not there: never an error, never a zero. */
export type Absence = 'missing' | 'stale' | 'insufficientHistory' | 'unknownRelationshipStart'

/** One factor's share in a classification. */
export type FactorPart = {
  readonly factor: Factor
  /**
   * amount: minor units of the policy's currency over the lookback of tier A; frequency: purchases a year; potential, influence: score
   * 0–100; stability: years. Null when not known.
   */
  readonly raw: number | null
  /** Stability only: upheld disputes in the lookback of tier A. */
  readonly disputes?: number | null
  readonly letter: Tier | null
  readonly weight: number
  /** 4 = A … 1 = D; null when not known. */
  readonly points: number | null
  readonly known: boolean
  readonly stale: boolean
}

/** A gate that lowered the tier. */
export type AppliedGate = {
  readonly gate: 'amountD' | 'aboveAmount' | 'overdueDays' | 'seriousDispute'
  readonly parameter: string
  /** The best tier it allows. */
  readonly cap: Tier
  readonly actual: number | string | boolean
}

/** What is not known, and who could mend it. */
export type MissingDatum = {
  readonly what: string
  readonly reason: Absence
}

/** One thing that kept the account from the next tier: needed against actual. */
export type Shortfall = {
  readonly factor: Factor | 'points' | 'gate'
  readonly parameter: string
  readonly clause: string
  readonly op: Operator
  readonly needed: number
  readonly actual: number | null
}

/** Result of a classification; frozen plain data. */
export type Classification = {
  /** Always one: where it cannot be assessed, the tier it has, else the provisional one. */
  readonly tier: Tier
  /** `assessed`: from facts. `provisional`: too few full cycles [I-32]. `notAssessed`: the amount is not known. */
  readonly status: 'assessed' | 'provisional' | 'notAssessed'
  /** Weighted points 4 … 1 over the known factors; null when none is known. */
  readonly points: number | null
  readonly parts: readonly FactorPart[]
  readonly gates: readonly AppliedGate[]
  /** True when the band kept the current tier [I-35]. */
  readonly heldByBand: boolean
  readonly missing: readonly MissingDatum[]
  /** The tier above, and what kept the account from it; empty for A. */
  readonly nextTier: Tier | null
  readonly shortfalls: readonly Shortfall[]
}

/** A comparison of two periods [F-6]. `percent` is null when it is `new` or there is too little history. */
export type Change = {
  readonly previous: number | null
  readonly current: number | null
  readonly percent: number | null
  readonly reason?: 'new' | 'belowMinChange' | 'insufficientHistory'
}

/** One measure in the cycle, the cycle before, and both together, each against what it is compared with [I-27, I-28]. */
export type TwoCycles = {
  readonly current: Change
  readonly previous: Change
  readonly together: Change
}

/** How an account moved. Amounts in minor units of the policy's currency, orders in purchases. */
export type TrendMeasures = {
  readonly amount: TwoCycles
  readonly orders: TwoCycles
  /** The last months of the cycle against the same a year before [I-19]. */
  readonly recovery: Change
  /** Purchases in the rolling frequency window against the window before [I-30]. */
  readonly rolling: Change
  /** Purchases in the rolling window; null when it is not wholly on record. */
  readonly rollingOrders: number | null
  /** Drops that we caused, by cycle. */
  readonly excused: { readonly current: boolean; readonly previous: boolean }
}

/**
 * The rules that move a tier: up [ADJ-02, ADJ-03], down [ADJ-05 … ADJ-08], and the fallbacks where a class differs that no rule explains [ADJ-04, I-34].
 * The letter is the tier that the policy's text names; `adjust.upRulesName` says whether an up rule lifts from it or into it.
 */
export type RuleName = 'A.up' | 'B.up' | 'A.down' | 'B.down' | 'C.down' | 'D.down' | 'fallbackUp' | 'fallbackDown'

/** Why a condition could not be answered, or was answered otherwise than its number says. */
export type ConditionReason = 'insufficientHistory' | 'new' | 'excused' | 'belowMinChange' | 'notJudged' | 'notRecorded' | 'stale'

/** One condition of an up or down rule. */
export type Condition = {
  readonly name: string
  readonly kind: 'number' | 'judged'
  /** Policy parameter that sets the limit. */
  readonly parameter?: string
  /** `percent`, `purchasesPerQuarter`, `purchasesPerYear`, `count`, `days`. */
  readonly unit?: string
  readonly op?: Operator
  readonly required: number | boolean
  /** Null: not known. */
  readonly actual: number | boolean | null
  readonly met: boolean | null
  readonly reason?: ConditionReason
  /** What the actual was computed from: minor units of the policy's currency, or purchases. */
  readonly previous?: number
  readonly current?: number
  /** Who judged and when. */
  readonly by?: string
  readonly judgedOn?: string
}

/** Outcome of one rule. */
export type RuleOutcome = {
  readonly rule: RuleName
  readonly clause: string
  readonly outcome: 'met' | 'notMet' | 'notRun'
  readonly conditions: readonly Condition[]
}

/** What stopped a move. */
export type Block = {
  readonly by: 'grace' | 'gate' | 'override' | 'contradiction'
  /** The move that would have been proposed; null where both directions were met. */
  readonly move: 'up' | 'down' | 'exit' | 'nominate' | null
  readonly parameter: string
  /** `grace`: the cycle of the last move. `override`: its last day. */
  readonly until?: string
}

/** How far one number of the down rule is from firing. */
export type Warning = {
  readonly name: string
  readonly parameter: string
  readonly op: Operator
  readonly limit: number
  readonly actual: number
  /** Distance from the limit in the condition's unit, negative once past it; `firing` settles the limit itself. */
  readonly margin: number
  readonly firing: boolean
  /** The least that would have stopped it: minor units of the policy's currency, or purchases; 0 when it does not fire. */
  readonly lacks: number
  readonly lacksUnit: 'minor' | 'purchases' | 'points'
}

/** What an account lacks to stay [workflows: early warning]. */
export type EarlyWarning = {
  /** A number of the down rule fires, or the class is already lower. */
  readonly atRisk: boolean
  readonly warnings: readonly Warning[]
}

/** A step of the explanation: a code and its data, in the order in which it was considered. Texts live in the catalogues. */
export type ExplanationStep = {
  readonly code:
    | 'provisional'
    | 'provisionalEnded'
    | 'firstAssessment'
    | 'classified'
    | 'ruleMet'
    | 'ruleNotMet'
    | 'ruleNotRun'
    | 'missingData'
    | 'blocked'
    | 'dDown'
    | 'maxStep'
    | 'stays'
  readonly rule?: RuleName
  readonly clause?: string
  readonly tier?: Tier
  readonly value?: string
}

/** What the review proposes, and why. JSON; bounded; goes into the journal as it is [ADJ-10]. */
export type Recommendation = {
  readonly accountId: string
  readonly cycle: string
  readonly currentTier: Tier | null
  readonly recommended: Tier | 'exit'
  /**
   * `assign`: first tier of an account without one. `nominate`: keeps A and is named for the level above. `notAssessed`: provisional.
   * `hold`: waits one cycle for missing judgements.
   */
  readonly direction: 'up' | 'down' | 'stay' | 'nominate' | 'exit' | 'assign' | 'notAssessed' | 'hold'
  /** D down without exit: what is done instead [decision 1]. */
  readonly measure?: 'prepayment' | 'watch'
  /** `nominate` only: the class of CLS-02, and the policy's own name of the level above A. */
  readonly nomination?: { readonly class: 'strategicPartner'; readonly level: Labels | null }
  readonly classification: Classification
  readonly rules: readonly RuleOutcome[]
  readonly blockedBy: readonly Block[]
  readonly missing: readonly MissingDatum[]
  readonly explanation: readonly ExplanationStep[]
  readonly earlyWarning: EarlyWarning
}

/** Result of an earlier review. */
export type EarlierClassification = {
  readonly cycle: string
  readonly tier: Tier
  /** That review ended in `hold`. */
  readonly held?: boolean
}

/** Where the account stands before the review. */
export type CurrentStanding = {
  /** Null: it has none yet. */
  readonly tier: Tier | null
  /** Set while the tier is provisional: first day on which it no longer is. */
  readonly provisionalUntil?: string
  /** An override in force keeps the tier up to and including `until`. */
  readonly override?: { readonly until: string }
  /** The last move and the cycle whose review decided it. */
  readonly lastMove?: { readonly cycle: string; readonly direction: 'up' | 'down' }
  /** Any order; only the review of the cycle before counts. */
  readonly previousClassifications?: readonly EarlierClassification[]
}
