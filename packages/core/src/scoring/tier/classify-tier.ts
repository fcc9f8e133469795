import type { Tier } from '../../policy/parts.ts'
import type { AppliedGate, Classification, Factor, FactorPart, MissingDatum } from '../types.ts'
import { combinedRank, rankOfPoints, weightedPoints } from './combine.ts'
import { capOfAmount, capOfDebt, capOfDispute } from './gates.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './grade-factors.ts'
import { shortfallsOf } from './shortfalls.ts'
import type { TierMeasures } from './tier-measures.ts'
import { provisionalTier } from './tier-of.ts'
import { tierAt, type Rank, type TierRules } from './tier-rules.ts'

/**
 * Classifies an account with all reasons [TIER-01 … TIER-05, decision 3]: each factor on its own ladder, combined as the policy says,
 * gates, band, what is missing, and what kept the account from the next tier. Total: every account gets a tier.
 *
 * @returns frozen plain data (JSON).
 * @example
 * ```ts
 * const { tier, points, shortfalls } = classifyTier(measureTier(facts, policy, cycle), compileTierRules(policy))
 * shortfalls[0] // => { factor: 'points', parameter: 'tier.cutoffs.A', clause: 'I-15', op: '>=', needed: 3.5, actual: 3.3 }
 * ```
 */
export function classifyTier(m: TierMeasures, r: TierRules): Classification {
  const amount = gradeAmount(m, r)
  const frequency = gradeFrequency(m, r)
  const potential = gradeScore(m.potential, r)
  const stability = gradeStability(m, r)
  const influence = gradeScore(m.influence, r)
  const points = weightedPoints(amount, frequency, potential, stability, influence, r)
  const parts = Object.freeze([
    part('amount', m.amountA, amount, r, false),
    part('frequency', m.perYear, frequency, r, false),
    part('potential', m.potential, potential, r, m.potentialStale),
    stabilityPart(m, stability, r),
    part('influence', m.influence, influence, r, m.influenceStale),
  ])
  const missing = missingOf(m, r)
  const shown = points === 0 ? null : points
  // The published amount must bind: without it, judgements alone give no tier.
  if (m.provisional || amount === 0) {
    const status = m.provisional ? 'provisional' : 'notAssessed'
    return Object.freeze({
      tier: provisionalTier(m, r),
      status,
      points: shown,
      parts,
      gates: none,
      heldByBand: false,
      missing,
      nextTier: null,
      shortfalls: none,
    })
  }
  const rank = combinedRank(amount, frequency, potential, stability, influence, m.currentTier, r)
  const gates = gatesOf(m, r, amount, rank)
  const tier = tierAt(Math.min(rank, capOfAmount(amount, r), capOfDebt(m, r), capOfDispute(m, r)))
  return Object.freeze({
    tier,
    status: 'assessed' as const,
    points: shown,
    parts,
    gates,
    heldByBand: r.combine === 'weighted' && rankOfPoints(points, null, r) < rank,
    missing,
    nextTier: above(tier),
    shortfalls: shortfallsOf(m, r, tier, points, amount, frequency, potential, stability, influence),
  })
}

const none = Object.freeze([])

const above = (tier: Tier): Tier | null => (tier === 'A' ? null : tier === 'B' ? 'A' : tier === 'C' ? 'B' : 'C')

function part(factor: Exclude<Factor, 'stability'>, raw: number | null, rank: Rank, r: TierRules, stale: boolean): FactorPart {
  const known = rank > 0
  return Object.freeze({
    factor,
    raw,
    letter: known ? tierAt(rank) : null,
    weight: r.weights[factor],
    points: known ? rank : null,
    known,
    stale,
  })
}

function stabilityPart(m: TierMeasures, rank: Rank, r: TierRules): FactorPart {
  const known = rank > 0
  return Object.freeze({
    factor: 'stability' as const,
    raw: m.years,
    disputes: m.disputesA,
    letter: known ? tierAt(rank) : null,
    weight: r.weights.stability,
    points: known ? rank : null,
    known,
    stale: false,
  })
}

/** What is not known, as far as it counts: a factor without weight is not asked for. */
function missingOf(m: TierMeasures, r: TierRules): readonly MissingDatum[] {
  const out: MissingDatum[] = []
  const counts = (factor: Factor): boolean => r.combine !== 'weighted' || r.weights[factor] > 0
  if (m.amountA === null) out.push({ what: 'amount', reason: 'insufficientHistory' })
  if (m.perYear === null && counts('frequency')) out.push({ what: 'frequency', reason: 'insufficientHistory' })
  if (m.potential === null && counts('potential')) out.push({ what: 'potential', reason: m.potentialStale ? 'stale' : 'missing' })
  if (m.years === null && counts('stability')) out.push({ what: 'stability', reason: 'unknownRelationshipStart' })
  if (m.influence === null && counts('influence')) out.push({ what: 'influence', reason: m.influenceStale ? 'stale' : 'missing' })
  return out.length === 0 ? none : Object.freeze(out)
}

function gatesOf(m: TierMeasures, r: TierRules, amount: Rank, rank: Rank): readonly AppliedGate[] {
  const out: AppliedGate[] = []
  const byAmount = capOfAmount(amount, r)
  if (byAmount < rank) {
    const gate = amount === 1 && r.gates.amountD ? 'amountD' : 'aboveAmount'
    out.push({ gate, parameter: `tier.gates.${gate}`, cap: tierAt(byAmount), actual: tierAt(amount) })
  }
  if (capOfDebt(m, r) < rank && m.overdueDays !== null)
    out.push({ gate: 'overdueDays', parameter: 'tier.gates.overdueDays', cap: 'C', actual: m.overdueDays })
  if (capOfDispute(m, r) < rank)
    out.push({ gate: 'seriousDispute', parameter: 'tier.gates.seriousDispute', cap: 'C', actual: true })
  return out.length === 0 ? none : Object.freeze(out)
}
