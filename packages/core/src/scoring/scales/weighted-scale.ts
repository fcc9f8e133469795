/** One indicator of a scale: where its 0 and its 100 points lie, and how much it counts. Between the two it is linear; `zero` above `full` means less is better. */
export type Indicator = {
  readonly name: string
  /** Unit of the raw value: `minor`, `percent`, `score`, `purchasesPerYear` … */
  readonly unit: string
  readonly zero: number
  readonly full: number
  /** 0 or more; shares of the sum of weights that are known. */
  readonly weight: number
  /** Policy parameter of the weight. */
  readonly parameter: string
}

/** An indicator's share in a result. */
export type ScalePart = {
  readonly name: string
  readonly unit: string
  /** Null: not known. */
  readonly raw: number | null
  /** 0 to 100; null when not known. */
  readonly score: number | null
  readonly weight: number
  /** Points that it adds to the result; null when not known. */
  readonly points: number | null
  readonly parameter: string
}

/** A value on a scale of 0 to 100 with the parts that add up to it. */
export type ScaleResult = {
  /** Null: nothing with a weight is known. */
  readonly points: number | null
  readonly parts: readonly ScalePart[]
  /** Indicators with a weight that are not known: missing is not zero; the known ones are weighed anew. */
  readonly missing: readonly string[]
}

/**
 * The engine of every named scale [decision 7, TIER-06, CLS-05]: a weighted mean of indicators, each brought to 0–100. Total, monotone in every indicator, and
 * independent of their order; the parts' points add up to the result.
 *
 * @throws RangeError when an indicator's 0 and 100 points coincide, or a number is not finite.
 * @example
 * ```ts
 * const sales: Indicator = { name: 'sales', unit: 'minor', zero: 0, full: 200, weight: 3, parameter: 'grade.weights.sales' }
 * const loyalty: Indicator = { name: 'loyalty', unit: 'score', zero: 0, full: 100, weight: 1, parameter: 'grade.weights.loyalty' }
 * weightedScale([sales, loyalty], { sales: 100, loyalty: 90 }).points // => 60
 * ```
 */
export function weightedScale(
  indicators: readonly Indicator[],
  raw: { readonly [name: string]: number | null | undefined },
): ScaleResult {
  const scored = indicators.map((indicator) => ({ indicator, score: scoreOf(indicator, raw[indicator.name] ?? null) }))
  const weights = scored.reduce((sum, { indicator, score }) => (score === null ? sum : sum + indicator.weight), 0)
  const parts = scored.map(({ indicator, score }): ScalePart => {
    const { name, unit, weight, parameter } = indicator
    const points = score === null || weights === 0 ? null : round((score * weight) / weights)
    return { name, unit, raw: raw[name] ?? null, score: score === null ? null : round(score), weight, points, parameter }
  })
  const sum = scored.reduce((total, { indicator, score }) => (score === null ? total : total + score * indicator.weight), 0)
  return {
    points: weights === 0 ? null : round(sum / weights),
    parts,
    missing: scored
      .filter(({ indicator, score }) => score === null && indicator.weight > 0)
      .map(({ indicator }) => indicator.name),
  }
}

function scoreOf({ name, zero, full, weight }: Indicator, raw: number | null): number | null {
  if (zero === full || ![zero, full, weight, raw ?? 0].every(Number.isFinite) || weight < 0)
    throw new RangeError(`indicator ${name}: its 0 and its 100 points differ, and all numbers are finite`)
  return raw === null ? null : Math.min(100, Math.max(0, ((raw - zero) / (full - zero)) * 100))
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6
