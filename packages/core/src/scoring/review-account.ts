import { previousCycle } from '../policy/cycle.ts'
import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import type { RuleInput } from './adjust/decide.ts'
import { collectEvidence } from './adjust/evidence.ts'
import { fallbackDown } from './adjust/fallback-down.ts'
import { fallbackUp } from './adjust/fallback-up.ts'
import { downRules, upRule } from './adjust/rules-of-tier.ts'
import type { AccountFacts } from './facts.ts'
import { indexPurchases, type PurchaseIndex } from './measures/purchase-index.ts'
import { oncePerPolicy } from './measures/once-per-policy.ts'
import { freezeDate } from './measures/windows.ts'
import { awaitedJudgements, type RulesRun } from './proposed-move.ts'
import { classifyTier } from './tier/classify-tier.ts'
import { measureTier, type TierMeasures } from './tier/tier-measures.ts'
import { compileTierRules, type TierRules } from './tier/tier-rules.ts'
import { measureTrend } from './trend/measure-trend.ts'
import type { Classification, CurrentStanding, EarlierClassification, MissingDatum, ReviewCycle, TrendMeasures } from './types.ts'

/** Everything a recommendation rests on. */
export interface RecommendInput {
  readonly facts: AccountFacts
  readonly policy: Policy
  readonly cycle: ReviewCycle
  readonly current: CurrentStanding
}

/** What is known of an account once everything is measured and every rule of its tier has run; nothing is decided yet. */
export interface Review extends RecommendInput {
  readonly index: PurchaseIndex
  readonly measures: TierMeasures
  readonly tierRules: TierRules
  readonly classification: Classification
  readonly trend: TrendMeasures
  /** The tier that rules of rising and falling apply to, with their outcomes. Null: provisional, first or none. */
  readonly settled: { readonly tier: Tier; readonly run: RulesRun } | null
  readonly missing: readonly MissingDatum[]
  /** A missing judgement holds the review: it was not held the cycle before [`tier.missingData`]. */
  readonly holds: boolean
  /** The class can be used. */
  readonly ready: boolean
}

/** What a review measures before any limit is applied. Policies that measure alike can share it: limits, gates, weights and rules do not enter. */
export type Measured = Pick<Review, 'index' | 'measures' | 'trend'>

const rulesOf = oncePerPolicy(compileTierRules)

/** Measures the account and runs the rules of its tier [ADJ-09]. */
export function reviewAccount(input: RecommendInput): Review {
  return judgeReview(input, measureReview(input), rulesOf(input.policy))
}

/** The measuring part of a review. */
export function measureReview({ facts, policy, cycle, current }: RecommendInput): Measured {
  const index = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy))
  const measured = measureTier(facts, policy, cycle, current.tier, index)
  const stillProvisional = current.provisionalUntil !== undefined && current.provisionalUntil > cycle.to
  const measures = stillProvisional ? { ...measured, provisional: true } : measured
  return { index, measures, trend: measureTrend(facts, policy, cycle, index) }
}

/** The judging part of a review: class and rules, by what was measured. `tierRules` are those of the input's policy. */
export function judgeReview(input: RecommendInput, { index, measures, trend }: Measured, tierRules: TierRules): Review {
  const { facts, policy, cycle, current } = input
  const classification = classifyTier(measures, tierRules)

  const before = current.previousClassifications?.find((c) => c.cycle === previousCycle(cycle, policy.cycle).id)
  const mayHold = policy.tier.missingData === 'hold' && before?.held !== true
  const ready = classification.status === 'assessed' && !(mayHold && classification.missing.length > 0)
  // A provisional tier is none that anybody rose into: the class replaces it, and no rule of rising and falling applies to it.
  const tier = current.provisionalUntil === undefined && classification.status !== 'provisional' ? current.tier : null
  const run =
    tier && runRules(tier, { policy, trend, evidence: collectEvidence(facts, policy, cycle) }, classification, before, ready)
  const missing = [...classification.missing, ...(run === null ? [] : awaitedJudgements(run))]
  return {
    ...input,
    index,
    measures,
    tierRules,
    classification,
    trend,
    settled: tier && run && { tier, run },
    missing,
    holds: mayHold && missing.length > 0,
    ready,
  }
}

function runRules(
  tier: Tier,
  rule: RuleInput,
  classification: Classification,
  before: EarlierClassification | undefined,
  ready: boolean,
): RulesRun {
  const { policy } = rule
  return {
    up: upRule(tier, policy)?.(rule) ?? null,
    down: downRules[tier](rule),
    fallbackUp: fallbackUp(tier, classification, policy, ready),
    fallbackDown: fallbackDown(tier, classification, before, policy, ready),
  }
}
