import type { TierMeasures } from './tier-measures.ts'
import type { Rank, TierRules } from './tier-rules.ts'

/** Amount on its own ladder, each tier over its own lookback [P-07, P-11, P-15]. */
export function gradeAmount(m: TierMeasures, { floors }: TierRules): Rank {
  if (m.amountA === null || m.amountB === null || m.amountC === null) return 0
  if (m.amountA >= floors.amountA) return 4
  if (m.amountB >= floors.amountB) return 3
  return m.amountC >= floors.amountC ? 2 : 1
}

/** Frequency: A is asked a month, B a quarter, C a year [P-08, P-12, P-16]. */
export function gradeFrequency(m: TierMeasures, { floors }: TierRules): Rank {
  if (m.perMonth === null || m.perQuarter === null || m.perYear === null) return 0
  if (m.perMonth >= floors.perMonthA) return 4
  if (m.perQuarter >= floors.perQuarterB) return 3
  return m.perYear >= floors.perYearC ? 2 : 1
}

/** A judged factor, 0–100 [`tier.judged`]. */
export function gradeScore(score: number | null, { floors }: TierRules): Rank {
  if (score === null) return 0
  if (score >= floors.scoreA) return 4
  if (score >= floors.scoreB) return 3
  return score >= floors.scoreC ? 2 : 1
}

/** Stability: length of the relation and few upheld disputes, both of the same tier [P-09, P-13, P-17, I-04]. */
export function gradeStability(m: TierMeasures, { floors }: TierRules): Rank {
  if (m.years === null) return 0
  if (m.years >= floors.yearsA && m.disputesA <= floors.mostDisputesA) return 4
  if (m.years >= floors.yearsB && m.disputesB <= floors.mostDisputesB) return 3
  return m.years >= floors.yearsC && m.disputesC <= floors.mostDisputesC ? 2 : 1
}
