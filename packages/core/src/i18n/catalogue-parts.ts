import type {
  Absence,
  AppliedGate,
  Block,
  Classification,
  ConditionReason,
  ExplanationStep,
  Factor,
  JudgedCondition,
  Recommendation,
  RuleName,
  RuleOutcome,
  Shortfall,
} from '../scoring/index.ts'
import type { ClockStatus, DayVerdict, LadderRung, ProvisionalCause } from '../sla/index.ts'
import type { NumberCondition, PromiseReason } from './keys.ts'

/** One text a name, none missing. */
export type Texts<Name extends string> = { readonly [N in Name]: string }

type ConditionUnit = 'percent' | 'purchasesPerQuarter' | 'purchasesPerYear' | 'count' | 'days' | 'tierRank'

/** Texts that explain when a clock is due. */
export interface ClockTexts {
  readonly status: Texts<ClockStatus>
  readonly rungs: Texts<LadderRung['kind']>
  readonly reasons: Texts<PromiseReason>
  readonly verdicts: Texts<DayVerdict>
  readonly because: Texts<ProvisionalCause>
  readonly cappedBy: Texts<'each' | 'total'>
  readonly due: (clock: string, at: string) => string
  readonly dueUnknown: (clock: string) => string
  readonly zone: (zone: string) => string
  readonly promise: (budget: string, from: string, reason: string) => string
  readonly fixed: (until: string, reason: string) => string
  readonly other: (promise: string, due: string) => string
  /** Why a promise was made, where it was made later than it counts from. */
  readonly since: (reason: string, at: string) => string
  readonly extension: (by: string, at: string) => string
  readonly part: (budget: string, from: string, measure: 'working' | 'elapsed') => string
  readonly sum: (total: string, budget: string, to: string) => string
  readonly sumOpen: (total: string, budget: string) => string
  readonly day: (date: string, what: string, counted: string, total: string) => string
  readonly daysEach: (
    from: string,
    to: string,
    days: number,
    what: string,
    each: string,
    counted: string,
    total: string,
  ) => string
  readonly span: (from: string, to: string, days: number, counted: string, total: string) => string
  readonly pause: (from: string, to: string, reason: string | null, cap: string | null) => string
  readonly pauseOpen: string
  readonly pauseEnds: (at: string) => string
  readonly rung: (at: string, percent: number, kind: string, who: string) => string
  readonly provisional: (because: string) => string
  readonly ended: (status: string, at: string) => string
}

/** Texts of an admission score. */
export interface AdmissionTexts {
  readonly headline: (score: string, minScore: string, passes: boolean) => string
  readonly part: (criterion: string, value: string, weight: string, mandatory: boolean) => string
  readonly grade: (measure: string, actual: string, limit: string, met: boolean) => string
  readonly notMet: (criterion: string) => string
  readonly passesAt: (measure: string, value: string) => string
}

/** Texts of a tier review. */
export interface ScoringTexts {
  readonly factors: Texts<Factor | 'points' | 'gate'>
  readonly rules: Texts<RuleName>
  readonly outcomes: Texts<RuleOutcome['outcome']>
  readonly conditions: Texts<NumberCondition | JudgedCondition>
  readonly conditionReasons: Texts<ConditionReason>
  readonly units: Texts<ConditionUnit>
  readonly absences: Texts<Absence>
  readonly gates: Texts<AppliedGate['gate']>
  readonly status: Texts<Classification['status']>
  readonly directions: Texts<Recommendation['direction']>
  readonly measures: Texts<NonNullable<Recommendation['measure']>>
  readonly blocks: Texts<Block['by']>
  readonly moves: Texts<NonNullable<Block['move']>>
  readonly dDown: Texts<'propose-exit' | 'prepayment' | 'watch' | 'keep'>
  readonly steps: {
    readonly [C in ExplanationStep['code']]: (step: {
      readonly rule: string
      readonly tier: string
      readonly value: string
    }) => string
  }
  readonly headline: (account: string, cycle: string, from: string | null, to: string, direction: string) => string
  readonly classified: (tier: string, status: string, points: string | null) => string
  readonly heldByBand: string
  readonly part: (parts: {
    readonly factor: string
    readonly value: string
    readonly letter: string | null
    readonly weight: string
  }) => string
  readonly unknown: string
  readonly stale: string
  readonly years: (years: string, disputes: string | null) => string
  readonly perYear: (count: string) => string
  readonly score: (score: string) => string
  readonly purchases: (count: string) => string
  readonly points: (points: string) => string
  readonly because: (steps: readonly string[]) => string
  readonly disputes: (count: string) => string
  readonly percentagePoints: (points: string) => string
  readonly until: { readonly [B in 'grace' | 'override']: (until: string) => string }
  readonly gate: (gate: string, cap: string, actual: string) => string
  readonly next: (tier: string) => string
  readonly shortfall: (factor: string, needed: string, actual: string, source: string) => string
  readonly operators: { readonly [O in Shortfall['op']]: (value: string) => string }
  readonly rule: (rule: string, clause: string, outcome: string) => string
  readonly condition: (parts: {
    readonly name: string
    readonly required: string
    readonly actual: string
    readonly met: string
    readonly remarks: readonly string[]
  }) => string
  readonly met: Texts<'yes' | 'no' | 'unknown'>
  readonly judged: (by: string, on: string) => string
  readonly from: (previous: string, current: string) => string
  readonly blocked: (by: string, move: string | null, until: string | null) => string
  readonly missing: (what: string, why: string) => string
  readonly measure: (measure: string) => string
  readonly nomination: (level: string | null) => string
  readonly atRisk: string
  readonly notAtRisk: string
  readonly warning: (name: string, limit: string, actual: string, distance: string) => string
  readonly firing: (lacks: string) => string
  readonly margin: (margin: string) => string
}
