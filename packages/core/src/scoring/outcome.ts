import type { Tier } from '../policy/parts.ts'
import { blocksOf } from './blocks.ts'
import { inOrder, proposedMove, type Move, type RulesRun } from './proposed-move.ts'
import type { Review } from './review-account.ts'
import { provisionalTier } from './tier/tier-of.ts'
import { rankOf } from './tier/tier-rules.ts'
import type { Block, ExplanationStep, MissingDatum, Recommendation, RuleOutcome } from './types.ts'

/** The deciding part of a recommendation. */
export type Outcome = Pick<Recommendation, 'recommended' | 'direction' | 'measure' | 'nomination' | 'blockedBy' | 'explanation'>

/** An account that is too new stays provisional [I-32]. */
export function provisionalOutcome({ measures, tierRules }: Review): Outcome {
  const tier = provisionalTier(measures, tierRules)
  return still('notAssessed', tier, [{ code: 'provisional', clause: 'I-32', tier }])
}

/** The first tier, or the first after the provisional one: the class itself, in as many steps as it takes [I-32]. */
export function firstOutcome({ current, classification, measures, tierRules, holds, ready, missing }: Review): Outcome {
  const why: ExplanationStep = { code: current.tier === null ? 'firstAssessment' : 'provisionalEnded', clause: 'I-32' }
  if (!ready)
    return still(holds ? 'hold' : 'notAssessed', provisionalTier(measures, tierRules), [why, ...missing.map(missingStep)])
  const to = classification.tier
  const steps = current.tier === null ? null : rankOf(to) - rankOf(current.tier)
  const direction = steps === null ? 'assign' : steps > 0 ? 'up' : steps < 0 ? 'down' : 'stay'
  return { recommended: to, direction, blockedBy: [], explanation: [why, classStep(to)] }
}

/** What the rules of a settled tier come to [ADJ-02 … ADJ-08]. A met rule comes before a missing judgement, a block before both. */
export function settledOutcome(review: Review, tier: Tier, run: RulesRun): Outcome {
  const { classification, policy, holds, missing } = review
  const steps = [classStep(classification.tier), ...inOrder(run).map(ruleStep)]
  const move = proposedMove(tier, run, classification, policy)
  if (move === 'contradiction') return blocked(tier, steps, [{ by: 'contradiction', move: null, parameter: 'adjust' }])
  if (move !== null) {
    const blocks = blocksOf(move, review)
    return blocks.length > 0 ? blocked(tier, steps, blocks) : moves(move, steps, review)
  }
  if (run.down.rule === 'D.down' && run.down.outcome === 'met') return dDownWithoutExit(review, steps)
  if (holds) return still('hold', tier, [...steps, ...missing.map(missingStep)])
  return still(classification.status === 'notAssessed' ? 'notAssessed' : 'stay', tier, [...steps, { code: 'stays', tier }])
}

function moves(move: Move, explanation: readonly ExplanationStep[], { policy }: Review): Outcome {
  const { aboveA } = policy.adjust
  return {
    recommended: move.to,
    direction: move.direction,
    ...(move.direction === 'nominate' ? { nomination: { class: 'strategicPartner', level: aboveA && { ...aboveA } } } : {}),
    blockedBy: [],
    explanation,
  }
}

/** D down where the policy does not propose exit: the account stays in D, perhaps against prepayment or under watch [decision 1]. */
function dDownWithoutExit({ policy }: Review, steps: readonly ExplanationStep[]): Outcome {
  const { dDown } = policy.adjust
  const outcome = still('stay', 'D', [...steps, { code: 'dDown', clause: 'ADJ-08', value: dDown }])
  return dDown === 'prepayment' || dDown === 'watch' ? { ...outcome, measure: dDown } : outcome
}

function blocked(tier: Tier, steps: readonly ExplanationStep[], blockedBy: readonly Block[]): Outcome {
  const why = blockedBy.map(({ by }): ExplanationStep => ({ code: 'blocked', value: by }))
  return { recommended: tier, direction: 'stay', blockedBy, explanation: [...steps, ...why] }
}

const still = (direction: 'stay' | 'hold' | 'notAssessed', tier: Tier, explanation: readonly ExplanationStep[]): Outcome => ({
  recommended: tier,
  direction,
  blockedBy: [],
  explanation,
})

const ruleCodes = { met: 'ruleMet', notMet: 'ruleNotMet', notRun: 'ruleNotRun' } as const

const ruleStep = ({ rule, clause, outcome }: RuleOutcome): ExplanationStep => ({ code: ruleCodes[outcome], rule, clause })
const classStep = (tier: Tier): ExplanationStep => ({ code: 'classified', clause: 'TIER-01', tier })
const missingStep = ({ what }: MissingDatum): ExplanationStep => ({ code: 'missingData', value: what })
