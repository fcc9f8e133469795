import { tiers, type Tier } from '../../policy/parts.ts'
import { weightedScale, type Indicator, type ScaleResult } from './weighted-scale.ts'

/** What the KA grade is measured by [TIER-06]: three measured indicators and two judged ones. */
export type GradeMeasures = {
  /** Net sales of the cycle, in minor units of the policy's currency. */
  readonly sales: number | null
  /** Growth against the compared period, in percent [F-6]. */
  readonly growth: number | null
  /** Satisfaction, in percent [F-1]. */
  readonly satisfaction: number | null
  /** Judged, 0–100. */
  readonly loyalty: number | null
  readonly influence: number | null
}

/** How the grade is reckoned [I-05]. */
export type GradeTerms = {
  readonly weights: { readonly [M in keyof GradeMeasures]: number }
  /** Where 0 and 100 points of the measured indicators lie. */
  readonly spans: { readonly [M in 'sales' | 'growth' | 'satisfaction']: { readonly zero: number; readonly full: number } }
  /** Least points of A, B and C. */
  readonly cutoffs: { readonly A: number; readonly B: number; readonly C: number }
}

/** A KA's grade with the parts that add up to it and what kept it from the next. */
export type KaGrade = ScaleResult & {
  /** Null: nothing is known. */
  readonly grade: Tier | null
  readonly nextGrade: Tier | null
  /** Points that lack to the next grade; null for A and where nothing is known. */
  readonly lacks: number | null
}

const units = { sales: 'minor', growth: 'percent', satisfaction: 'percent', loyalty: 'score', influence: 'score' } as const

/**
 * The grade of an admitted key account, A to D, from sales, growth, satisfaction, loyalty and influence [TIER-06, I-05]: a scale of its own beside the tier,
 * with the same letters and other indicators [decision 7].
 */
export function kaGradeOf(measures: GradeMeasures, { weights, spans, cutoffs }: GradeTerms): KaGrade {
  const judged = { zero: 0, full: 100 }
  const indicator = (name: keyof GradeMeasures): Indicator => ({
    name,
    unit: units[name],
    ...(name === 'loyalty' || name === 'influence' ? judged : spans[name]),
    weight: weights[name],
    parameter: `grade.weights.${name}`,
  })
  const result = weightedScale((['sales', 'growth', 'satisfaction', 'loyalty', 'influence'] as const).map(indicator), measures)
  const { points } = result
  if (points === null) return { ...result, grade: null, nextGrade: null, lacks: null }
  const grade = points >= cutoffs.A ? 'A' : points >= cutoffs.B ? 'B' : points >= cutoffs.C ? 'C' : 'D'
  const nextGrade = tiers[tiers.indexOf(grade) - 1] ?? null
  const lacks = nextGrade === null || nextGrade === 'D' ? null : Math.round((cutoffs[nextGrade] - points) * 1e6) / 1e6
  return { ...result, grade, nextGrade, lacks }
}
