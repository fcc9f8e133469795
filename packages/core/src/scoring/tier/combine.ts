import type { Tier } from '../../policy/parts.ts'
import { exact, rankOf, type Rank, type TierRules } from './tier-rules.ts'

/** Weighted mean of the known ranks, 4 … 1; 0 when nothing with a weight is known. Unknown factors are left out: missing is not zero. */
export function weightedPoints(
  amount: Rank,
  frequency: Rank,
  potential: Rank,
  stability: Rank,
  influence: Rank,
  r: TierRules,
): number {
  const w = r.weights
  let sum = 0
  let total = 0
  if (amount > 0) {
    sum += w.amount * amount
    total += w.amount
  }
  if (frequency > 0) {
    sum += w.frequency * frequency
    total += w.frequency
  }
  if (potential > 0) {
    sum += w.potential * potential
    total += w.potential
  }
  if (stability > 0) {
    sum += w.stability * stability
    total += w.stability
  }
  if (influence > 0) {
    sum += w.influence * influence
    total += w.influence
  }
  return total === 0 ? 0 : exact(sum / total)
}

/** Rank of weighted points. A cut-off at or below the current tier is passed downwards only beyond the band [I-35]. */
export function rankOfPoints(points: number, current: Tier | null, r: TierRules): Rank {
  const held = current === null ? 0 : rankOf(current)
  if (points >= (held >= 4 ? exact(r.cutoffA - r.band) : r.cutoffA)) return 4
  if (points >= (held >= 3 ? exact(r.cutoffB - r.band) : r.cutoffB)) return 3
  return points >= (held >= 2 ? exact(r.cutoffC - r.band) : r.cutoffC) ? 2 : 1
}

/** `all` and `minimum`: a tier is reached when no known factor is below it, which is the lowest letter. */
export function lowestRank(amount: Rank, frequency: Rank, potential: Rank, stability: Rank, influence: Rank): Rank {
  return Math.min(4, ...[amount, frequency, potential, stability, influence].filter((rank) => rank > 0)) as Rank
}

/** `atLeast`: the highest tier that so many factors reach, in proportion (rounded up) when some are unknown. */
export function rankOfMany(amount: Rank, frequency: Rank, potential: Rank, stability: Rank, influence: Rank, r: TierRules): Rank {
  const known = +(amount > 0) + +(frequency > 0) + +(potential > 0) + +(stability > 0) + +(influence > 0)
  const needed = Math.ceil((r.atLeast * known) / 5)
  for (let rank: Rank = 4; rank > 1; rank--) {
    const reached = +(amount >= rank) + +(frequency >= rank) + +(potential >= rank) + +(stability >= rank) + +(influence >= rank)
    if (reached >= needed) return rank as Rank
  }
  return 1
}

/** Rank of an account by the policy's way of combining, before gates [decision 3, I-15]. The amount is known. */
export function combinedRank(
  amount: Rank,
  frequency: Rank,
  potential: Rank,
  stability: Rank,
  influence: Rank,
  current: Tier | null,
  r: TierRules,
): Rank {
  if (r.combine === 'weighted')
    return rankOfPoints(weightedPoints(amount, frequency, potential, stability, influence, r), current, r)
  if (r.combine === 'atLeast') return rankOfMany(amount, frequency, potential, stability, influence, r)
  return lowestRank(amount, frequency, potential, stability, influence)
}
