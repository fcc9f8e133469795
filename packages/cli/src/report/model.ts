import type { Classification, Condition, EarlyWarning, Recommendation, RuleOutcome, Shortfall, Tier } from '@ka-governance/core'
import type { DataNote, FileTally } from '../ingest/portfolio.ts'
import type { RejectedRow } from '../ingest/finding.ts'
import type { RelationsModel } from './model-relations.ts'

type FactorPart = Classification['parts'][number]
type AppliedGate = Classification['gates'][number]
type Warning = EarlyWarning['warnings'][number]

/** Language of the report. */
export type Locale = 'en' | 'zh-CN'
/** `none`: no tier yet. */
export type TierOrNone = Tier | 'none'
export type TierOrExit = Tier | 'exit' | 'none'

/** What the review of an account ended in. */
export type ReviewEnd = 'applied' | 'unchanged' | 'kept' | 'overridden' | 'rejected' | 'open' | 'hold' | 'provisional'

/** One account that a cycle moved, or would have. */
export interface Move {
  readonly cycle: string
  readonly accountId: string
  readonly name: string
  readonly from: TierOrNone
  readonly to: TierOrExit
  /** What the rules recommended. */
  readonly recommended: TierOrExit
  readonly direction: Recommendation['direction']
  readonly end: ReviewEnd
  readonly rule: { readonly name: RuleOutcome['rule']; readonly clause: string } | null
  readonly conditions: readonly Condition[]
  readonly points: number | null
  readonly parts: readonly FactorPart[]
  readonly gates: readonly AppliedGate[]
  readonly nextTier: Tier | null
  readonly shortfalls: readonly Shortfall[]
  /** Minor units, in the cycle and in the cycle it is compared with; null when not comparable. */
  readonly sales: number
  readonly salesBefore: number | null
  /** Reason given by a person: an override, a keep, an objection. */
  readonly remark: string | null
}

export interface CycleReport {
  readonly id: string
  readonly from: string
  /** Exclusive. */
  readonly to: string
  /** The files do not cover all of it. */
  readonly partial: boolean
  /** After the cycle's decisions. */
  readonly counts: { readonly [tier in TierOrNone]: number }
  /** Net sales in the cycle by the tier after it, minor units. */
  readonly sales: { readonly [tier in TierOrNone]: number }
  /** `from` → `to` → accounts. */
  readonly matrix: { readonly [from in TierOrNone]: { readonly [to in TierOrExit]: number } }
  readonly ends: { readonly [end in ReviewEnd]: number }
}

export interface ClockReport {
  readonly clock: string
  readonly parameter: string
  /** The budget of most of them, as text. */
  readonly budget: string
  readonly met: number
  readonly late: number
  /** Still running at the end. */
  readonly open: number
  /** Stopped without being met: withdrawn, not upheld, closed otherwise. */
  readonly dropped: number
  /** Share of the budget that was used: 0–25, 25–50, 50–75, 75–100, 100–150, over 150 %. */
  readonly histogram: readonly [number, number, number, number, number, number]
}

export interface RefusalReport {
  readonly code: string
  readonly rule: string
  readonly clause: string
  readonly command: string
  readonly count: number
  /** The text of one of them. */
  readonly text: string
}

export interface WarningReport {
  readonly accountId: string
  readonly name: string
  readonly tier: Tier
  readonly warnings: readonly Warning[]
  readonly sales: number
}

/** Everything the report shows: plain data. */
export interface ReportModel extends RelationsModel {
  readonly locale: Locale
  readonly portfolio: { readonly title: string; readonly sources: readonly string[] }
  readonly currency: string
  readonly timeZone: string
  /** Business dates: the first and the last day of the run. */
  readonly period: { readonly from: string; readonly to: string }
  readonly policy: { readonly id: string; readonly version: string; readonly hash: string; readonly title: string }
  readonly seed: string
  readonly accounts: number
  readonly keyAccounts: number
  readonly sales: { readonly current: number; readonly previous: number | null; readonly from: string; readonly to: string }
  readonly cycles: readonly CycleReport[]
  /** Latest cycle first. */
  readonly moves: readonly Move[]
  readonly complaints: {
    readonly total: number
    readonly opened: number
    /** By state at the end, in the order of the workflow. */
    readonly states: readonly { readonly state: string; readonly count: number }[]
    readonly rounds: readonly number[]
    readonly satisfied: number
    readonly dissatisfied: number
    readonly reopened: number
    /** Resolution by tier at opening: met, late. */
    readonly byTier: readonly { readonly tier: TierOrNone; readonly met: number; readonly late: number }[]
    /** The source's own verdict against ours, where there is one. */
    readonly recorded: {
      readonly bothMet: number
      readonly onlyOursLate: number
      readonly onlyTheirsLate: number
      readonly bothLate: number
    } | null
  }
  readonly clocks: readonly ClockReport[]
  readonly refusals: readonly RefusalReport[]
  readonly warnings: readonly WarningReport[]
  readonly statecharts: readonly { readonly title: string; readonly svg: string }[]
  readonly journal: {
    readonly instances: number
    readonly entries: number
    readonly sweeps: number
    readonly rungs: number
    readonly verified: boolean | null
  }
  readonly data: {
    readonly tallies: readonly FileTally[]
    readonly rejectedByCode: { readonly [code: string]: number }
    readonly rejected: readonly RejectedRow[]
    readonly notes: readonly DataNote[]
  }
  /** Codes of the methods note, in order. */
  readonly methods: readonly string[]
}
