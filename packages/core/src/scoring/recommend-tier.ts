import { previousCycle } from '../policy/cycle.ts'
import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { collectEvidence } from './adjust/evidence.ts'
import type { RuleInput } from './adjust/decide.ts'
import { fallbackDown } from './adjust/fallback-down.ts'
import { fallbackUp } from './adjust/fallback-up.ts'
import { downRules, upRule } from './adjust/rules-of-tier.ts'
import { blocksOf } from './blocks.ts'
import { earlyWarning } from './early-warning.ts'
import type { AccountFacts } from './facts.ts'
import { indexPurchases } from './measures/purchase-index.ts'
import { freezeDate } from './measures/windows.ts'
import { awaitedJudgements, inOrder, proposedMove, type RulesRun } from './proposed-move.ts'
import { classifyTier } from './tier/classify-tier.ts'
import { measureTier } from './tier/tier-measures.ts'
import { provisionalTier } from './tier/tier-of.ts'
import { compileTierRules, rankOf } from './tier/tier-rules.ts'
import { measureTrend } from './trend/measure-trend.ts'
import type { Block, CurrentStanding, ExplanationStep, MissingDatum, Recommendation, ReviewCycle } from './types.ts'

/** Everything a recommendation rests on. */
export interface RecommendInput {
  readonly facts: AccountFacts
  readonly policy: Policy
  readonly cycle: ReviewCycle
  readonly current: CurrentStanding
}

/**
 * What the review of a cycle proposes for an account, with everything it rests on [ADJ-02 … ADJ-10, decisions 1–3]. Pure and total; the
 * result is frozen JSON for the journal.
 *
 * Order: a new or unmeasured account is not assessed; the first assessment sets the class; else the tier's up and down rules and their
 * fallbacks run. A met rule moves; a missing judgement holds once; override, grace and gates can block a move, and say so.
 *
 * @throws GovernanceError `missing_rate` when a purchase in another currency has no rate in the policy.
 * @example
 * ```ts
 * const { direction, recommended } = recommendTier({ facts, policy, cycle: cycleById('2026-H1', policy.cycle), current: { tier: 'B' } })
 * direction // => 'up'
 * recommended // => 'A'
 * ```
 */
export function recommendTier({ facts, policy, cycle, current }: RecommendInput): Recommendation {
  const index = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy))
  const rules = compileTierRules(policy)
  const measured = measureTier(facts, policy, cycle, current.tier, index)
  const stillProvisional = current.provisionalUntil !== undefined && current.provisionalUntil > cycle.to
  const measures = stillProvisional ? { ...measured, provisional: true } : measured
  const classification = classifyTier(measures, rules)
  const before = current.previousClassifications?.find((c) => c.cycle === previousCycle(cycle, policy.cycle).id)
  const trend = measureTrend(facts, policy, cycle, index)
  const input: RuleInput = { policy, trend, evidence: collectEvidence(facts, policy, cycle) }

  const mayHold = policy.tier.missingData === 'hold' && before?.held !== true
  const ready = classification.status === 'assessed' && !(mayHold && classification.missing.length > 0)
  // A provisional or first tier is no tier that anybody rose into: the class replaces it, and no rule of rising and falling applies.
  const settled = current.tier !== null && current.provisionalUntil === undefined && classification.status !== 'provisional'
  const run = settled && current.tier !== null ? runRules(current.tier) : null
  const awaited: readonly MissingDatum[] =
    run === null ? [] : awaitedJudgements(run).map(({ what, stale }) => ({ what, reason: stale ? 'stale' : 'missing' }))
  const missing = [...classification.missing, ...awaited]
  const shared = {
    accountId: facts.accountId,
    cycle: cycle.id,
    currentTier: current.tier,
    classification,
    rules: run === null ? [] : inOrder(run),
    missing,
    earlyWarning: earlyWarning(current.tier, run?.down ?? null, trend, classification, policy, rules),
  }
  return deepFreeze({ ...shared, ...outcome() })

  function runRules(tier: Tier): RulesRun {
    return {
      up: upRule(tier, policy)?.(input) ?? null,
      down: downRules[tier](input),
      fallbackUp: fallbackUp(tier, classification, policy, ready),
      fallbackDown: fallbackDown(tier, classification, before, policy, ready),
    }
  }

  function outcome(): Outcome {
    const stays = current.tier ?? provisionalTier(measures, rules)
    if (classification.status === 'provisional')
      return { ...still('notAssessed', stays), explanation: [{ code: 'provisional', clause: 'I-32', tier: stays }] }
    const classified: ExplanationStep = { code: 'classified', clause: 'TIER-01', tier: classification.tier }
    if (run === null || current.tier === null) return firstAssessment(stays, classified)

    const tier = current.tier
    const steps = [classified, ...inOrder(run).map(ruleStep)]
    const move = proposedMove(tier, run, classification, policy)
    if (move === 'contradiction') {
      const block: Block = { by: 'contradiction', move: null, parameter: 'adjust' }
      return { ...still('stay', tier, [block]), explanation: [...steps, blockedStep(block)] }
    }
    if (move !== null) {
      const blocks = blocksOf(move, cycle, current, policy, measures, rules)
      if (blocks.length > 0) return { ...still('stay', tier, blocks), explanation: [...steps, ...blocks.map(blockedStep)] }
      const { aboveA } = policy.adjust
      const nomination = { class: 'strategicPartner', level: aboveA && { ...aboveA } } as const
      return {
        recommended: move.to,
        direction: move.direction,
        ...(move.direction === 'nominate' ? { nomination } : {}),
        blockedBy: [],
        explanation: steps,
      }
    }
    if (run.down.rule === 'D.down' && run.down.outcome === 'met') {
      const { dDown } = policy.adjust
      const step: ExplanationStep = { code: 'dDown', clause: 'ADJ-08', value: dDown }
      const measure = dDown === 'prepayment' || dDown === 'watch' ? { measure: dDown } : {}
      return { ...still('stay', tier), ...measure, explanation: [...steps, step] }
    }
    if (mayHold && missing.length > 0) return { ...still('hold', tier), explanation: [...steps, ...missing.map(missingStep)] }
    const direction = classification.status === 'notAssessed' ? 'notAssessed' : 'stay'
    return { ...still(direction, tier), explanation: [...steps, { code: 'stays', tier }] }
  }

  /** First tier, or the first after the provisional one: the class itself, in as many steps as it takes. */
  function firstAssessment(stays: Tier, classified: ExplanationStep): Outcome {
    const why: ExplanationStep = { code: current.tier === null ? 'firstAssessment' : 'provisionalEnded', clause: 'I-32' }
    if (!ready) {
      const waits = mayHold && missing.length > 0
      return { ...still(waits ? 'hold' : 'notAssessed', stays), explanation: [why, ...missing.map(missingStep)] }
    }
    const to = classification.tier
    const change = current.tier === null ? 0 : rankOf(to) - rankOf(current.tier)
    const direction = current.tier === null ? 'assign' : change > 0 ? 'up' : change < 0 ? 'down' : 'stay'
    return { recommended: to, direction, blockedBy: [], explanation: [why, classified] }
  }
}

type Outcome = Pick<Recommendation, 'recommended' | 'direction' | 'measure' | 'nomination' | 'blockedBy' | 'explanation'>

const still = (direction: 'stay' | 'hold' | 'notAssessed', tier: Tier, blockedBy: readonly Block[] = []) => ({
  recommended: tier,
  direction,
  blockedBy,
})

const ruleCodes = { met: 'ruleMet', notMet: 'ruleNotMet', notRun: 'ruleNotRun' } as const

const ruleStep = ({ rule, clause, outcome }: Recommendation['rules'][number]): ExplanationStep => ({
  code: ruleCodes[outcome],
  rule,
  clause,
})
const blockedStep = ({ by }: Block): ExplanationStep => ({ code: 'blocked', value: by })
const missingStep = ({ what }: MissingDatum): ExplanationStep => ({ code: 'missingData', value: what })

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
