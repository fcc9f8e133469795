import type { TierMeasures } from './tier-measures.ts'
import type { Rank, TierRules } from './tier-rules.ts'

/** Best rank that the amount allows: none above D when it is D, else at most so many above its own letter [decision 3]. */
export function capOfAmount(amount: Rank, r: TierRules): Rank {
  if (amount === 0) return 4
  if (amount === 1 && r.gates.amountD) return 1
  return r.gates.aboveAmount === null ? 4 : (Math.min(4, amount + r.gates.aboveAmount) as Rank)
}

/** Best rank that an old debt allows [decision 3]. */
export function capOfDebt(m: TierMeasures, r: TierRules): Rank {
  return r.gates.overdueDays !== null && m.overdueDays !== null && m.overdueDays > r.gates.overdueDays ? 2 : 4
}

/** Best rank that an open serious dispute allows [decision 3]. */
export function capOfDispute(m: TierMeasures, r: TierRules): Rank {
  return r.gates.seriousDispute && m.seriousDispute ? 2 : 4
}
