import { meets } from '../../policy/parts.ts'
import type { TierMeasures } from './tier-measures.ts'
import type { Rank, TierLimits, TierRules } from './tier-rules.ts'

/** Amount on its own ladder, each tier over its own lookback [P-07, P-11, P-15]. */
export function gradeAmount(m: TierMeasures, r: TierRules): Rank {
  if (m.amountA === null || m.amountB === null || m.amountC === null) return 0
  if (meets(m.amountA, r.A.amount)) return 4
  if (meets(m.amountB, r.B.amount)) return 3
  return meets(m.amountC, r.C.amount) ? 2 : 1
}

/** Frequency: A is asked a month, B a quarter, C a year [P-08, P-12, P-16]. */
export function gradeFrequency(m: TierMeasures, r: TierRules): Rank {
  if (m.perMonth === null || m.perQuarter === null || m.perYear === null) return 0
  if (meets(m.perMonth, r.A.frequency)) return 4
  if (meets(m.perQuarter, r.B.frequency)) return 3
  return meets(m.perYear, r.C.frequency) ? 2 : 1
}

/** A judged factor, 0–100 [`tier.judged`]. */
export function gradeScore(score: number | null, r: TierRules): Rank {
  if (score === null) return 0
  if (meets(score, r.A.score)) return 4
  if (meets(score, r.B.score)) return 3
  return meets(score, r.C.score) ? 2 : 1
}

const stable = (years: number, disputes: number, limits: TierLimits): boolean =>
  meets(years, limits.years) && meets(disputes, limits.disputes)

/** Stability: length of the relation and few upheld disputes, both of the same tier [P-09, P-13, P-17, I-04]. */
export function gradeStability(m: TierMeasures, r: TierRules): Rank {
  if (m.years === null) return 0
  if (stable(m.years, m.disputesA, r.A)) return 4
  if (stable(m.years, m.disputesB, r.B)) return 3
  return stable(m.years, m.disputesC, r.C) ? 2 : 1
}
