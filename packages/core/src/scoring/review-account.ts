import { previousCycle } from '../policy/cycle.ts'
import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import type { RuleInput } from './adjust/decide.ts'
import { collectEvidence } from './adjust/evidence.ts'
import { fallbackDown } from './adjust/fallback-down.ts'
import { fallbackUp } from './adjust/fallback-up.ts'
import { downRules, upRule } from './adjust/rules-of-tier.ts'
import type { AccountFacts } from './facts.ts'
import { indexPurchases } from './measures/purchase-index.ts'
import { freezeDate } from './measures/windows.ts'
import { awaitedJudgements, type RulesRun } from './proposed-move.ts'
import { classifyTier } from './tier/classify-tier.ts'
import { measureTier, type TierMeasures } from './tier/tier-measures.ts'
import { compileTierRules, type TierRules } from './tier/tier-rules.ts'
import { measureTrend } from './trend/measure-trend.ts'
import type { Classification, CurrentStanding, MissingDatum, ReviewCycle, TrendMeasures } from './types.ts'

/** Everything a recommendation rests on. */
export interface RecommendInput {
  readonly facts: AccountFacts
  readonly policy: Policy
  readonly cycle: ReviewCycle
  readonly current: CurrentStanding
}

/** What is known of an account once everything is measured and every rule of its tier has run; nothing is decided yet. */
export interface Review extends RecommendInput {
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

/** Measures the account and runs the rules of its tier [ADJ-09]. */
export function reviewAccount(input: RecommendInput): Review {
  const { facts, policy, cycle, current } = input
  const index = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy))
  const tierRules = compileTierRules(policy)
  const measured = measureTier(facts, policy, cycle, current.tier, index)
  const stillProvisional = current.provisionalUntil !== undefined && current.provisionalUntil > cycle.to
  const measures = stillProvisional ? { ...measured, provisional: true } : measured
  const classification = classifyTier(measures, tierRules)
  const trend = measureTrend(facts, policy, cycle, index)

  const before = current.previousClassifications?.find((c) => c.cycle === previousCycle(cycle, policy.cycle).id)
  const mayHold = policy.tier.missingData === 'hold' && before?.held !== true
  const ready = classification.status === 'assessed' && !(mayHold && classification.missing.length > 0)
  // A provisional tier is none that anybody rose into: the class replaces it, and no rule of rising and falling applies to it.
  const tier = current.provisionalUntil === undefined && classification.status !== 'provisional' ? current.tier : null
  const rule: RuleInput = { policy, trend, evidence: collectEvidence(facts, policy, cycle) }
  const run: RulesRun | null = tier && {
    up: upRule(tier, policy)?.(rule) ?? null,
    down: downRules[tier](rule),
    fallbackUp: fallbackUp(tier, classification, policy, ready),
    fallbackDown: fallbackDown(tier, classification, before, policy, ready),
  }
  const missing = [...classification.missing, ...(run === null ? [] : awaitedJudgements(run))]
  return {
    ...input,
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
