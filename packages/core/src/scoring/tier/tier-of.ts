import type { Tier } from '../../policy/parts.ts'
import { combinedRank } from './combine.ts'
import { capOfAmount, capOfDebt, capOfDispute } from './gates.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './grade-factors.ts'
import type { TierMeasures } from './tier-measures.ts'
import { tierAt, type Rank, type TierRules } from './tier-rules.ts'

/**
 * The tier alone [TIER-01 … TIER-05]: the same as `classifyTier(…).tier`, without reasons and without allocating, for whole portfolios.
 *
 * @example
 * ```ts
 * const rules = compileTierRules(policy)
 * tierOf(measureTier(facts, policy, cycle), rules) // => 'B'
 * ```
 */
export function tierOf(m: TierMeasures, r: TierRules): Tier {
  const amount = gradeAmount(m, r)
  if (m.provisional || amount === 0) return provisionalTier(m, r)
  const cap = capOfAmount(amount, r)
  // No other factor lifts past the gate: half of a portfolio ends here.
  if (cap === 1) return 'D'
  const rank = r.combine === 'all' || r.combine === 'minimum' ? lowestFrom(amount, m, r) : combined(amount, m, r)
  return tierAt(Math.min(rank, cap, capOfDebt(m, r), capOfDispute(m, r)))
}

function combined(amount: Rank, m: TierMeasures, r: TierRules): Rank {
  const frequency = gradeFrequency(m, r)
  const potential = gradeScore(m.potential, r)
  const stability = gradeStability(m, r)
  const influence = gradeScore(m.influence, r)
  return combinedRank(amount, frequency, potential, stability, influence, m.currentTier, r)
}

/** The lowest rank, asking for no more factors than decide it. */
function lowestFrom(amount: Rank, m: TierMeasures, r: TierRules): Rank {
  if (amount === 1) return 1
  let low = below(amount, gradeFrequency(m, r))
  if (low > 1) low = below(low, gradeScore(m.potential, r))
  if (low > 1) low = below(low, gradeStability(m, r))
  return low > 1 ? below(low, gradeScore(m.influence, r)) : low
}

const below = (low: Rank, rank: Rank): Rank => (rank > 0 && rank < low ? rank : low)

/** Tier of an account that cannot be assessed (new, or its amount is not known) [I-32]: the one it has, else the provisional one. No gates. */
export function provisionalTier(m: TierMeasures, r: TierRules): Tier {
  return m.currentTier ?? (m.isKeyAccount ? r.provisional.newKa : r.provisional.other)
}
