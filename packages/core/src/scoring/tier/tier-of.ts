import type { Tier } from '../../policy/parts.ts'
import { combinedRank } from './combine.ts'
import { capOfAmount, capOfDebt, capOfDispute } from './gates.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './grade-factors.ts'
import type { TierMeasures } from './tier-measures.ts'
import { tierAt, type TierRules } from './tier-rules.ts'

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
  const frequency = gradeFrequency(m, r)
  const potential = gradeScore(m.potential, r)
  const stability = gradeStability(m, r)
  const influence = gradeScore(m.influence, r)
  const rank = combinedRank(amount, frequency, potential, stability, influence, m.currentTier, r)
  return tierAt(Math.min(rank, capOfAmount(amount, r), capOfDebt(m, r), capOfDispute(m, r)))
}

/** Tier of an account that cannot be assessed (new, or its amount is not known) [I-32]: the one it has, else the provisional one. No gates. */
export function provisionalTier(m: TierMeasures, r: TierRules): Tier {
  return m.currentTier ?? (m.isKeyAccount ? r.provisional.newKa : r.provisional.other)
}
