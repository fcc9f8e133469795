import type { TierMeasures } from './tier-measures.ts'
import type { Rank, TierRules } from './tier-rules.ts'

/** Best rank that the amount allows: none above D when it is D, else at most so many above its own letter [decision 3]. */
export function capOfAmount(amount: Rank, { floors }: TierRules): Rank {
  return floors.amountCaps[amount]
}

// A gate that is off reads nothing of the account: what the loop costs is mostly the memory that it touches.

/** Best rank that an old debt allows [decision 3]. */
export function capOfDebt(m: TierMeasures, { floors }: TierRules): Rank {
  return floors.overdueDays !== Infinity && m.overdueDays !== null && m.overdueDays > floors.overdueDays ? 2 : 4
}

/** Best rank that an open serious dispute allows [decision 3]. */
export function capOfDispute(m: TierMeasures, { floors }: TierRules): Rank {
  return floors.disputeCap < 4 && m.seriousDispute ? floors.disputeCap : 4
}
