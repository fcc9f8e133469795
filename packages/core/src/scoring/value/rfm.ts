/** What a customer did up to the day of the analysis. */
export type RfmMeasures = {
  /** Days since the last purchase. */
  readonly recencyDays: number
  /** Purchases. */
  readonly frequency: number
  /** Amount, in minor units. */
  readonly monetary: number
}

/** Cut-offs of each measure, ascending; a score is one more than the number of cut-offs reached. */
export type RfmThresholds = { readonly [M in keyof RfmMeasures]: readonly number[] }

/** 1 (worst) to one more than the number of cut-offs; for recency the latest is the best. */
export type RfmScores = { readonly recency: number; readonly frequency: number; readonly monetary: number }

/**
 * Cut-offs that split a portfolio into `bins` groups of about equal size: quantiles by linear interpolation between order statistics (type 7), plus one unit,
 * so that whoever stands on a quantile is below it [CLS-05]. Order of the customers does not matter.
 *
 * @throws RangeError when there are no customers, or fewer than two bins.
 */
export function rfmThresholds(customers: readonly RfmMeasures[], bins: number): RfmThresholds {
  if (customers.length === 0 || !Number.isInteger(bins) || bins < 2)
    throw new RangeError('RFM needs customers and at least two bins')
  const cuts = (of: (c: RfmMeasures) => number): readonly number[] => {
    const sorted = customers.map(of).sort((a, b) => a - b)
    return Array.from({ length: bins - 1 }, (_, i) => quantile(sorted, (i + 1) / bins) + 1)
  }
  return { recencyDays: cuts((c) => c.recencyDays), frequency: cuts((c) => c.frequency), monetary: cuts((c) => c.monetary) }
}

function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p
  const low = Math.floor(at)
  const from = sorted[low] ?? 0
  return from + ((sorted[low + 1] ?? from) - from) * (at - low)
}

/**
 * Recency, frequency and monetary score of one customer.
 *
 * @example
 * ```ts
 * const thresholds: RfmThresholds = { recencyDays: [30, 90], frequency: [3, 6], monetary: [100, 500] }
 * rfmOf({ recencyDays: 10, frequency: 4, monetary: 700 }, thresholds) // => { recency: 3, frequency: 2, monetary: 3 }
 * ```
 */
export function rfmOf(measures: RfmMeasures, thresholds: RfmThresholds): RfmScores {
  return {
    recency: thresholds.recencyDays.length + 2 - score(measures.recencyDays, thresholds.recencyDays),
    frequency: score(measures.frequency, thresholds.frequency),
    monetary: score(measures.monetary, thresholds.monetary),
  }
}

const score = (value: number, cuts: readonly number[]): number => cuts.reduce((n, cut) => (value >= cut ? n + 1 : n), 1)

/** A named segment: the span of each score that belongs to it, both ends included. */
export type RfmSegment = {
  readonly id: string
  readonly recency: readonly [number, number]
  readonly frequency: readonly [number, number]
  readonly monetary: readonly [number, number]
}

/** The first segment that a customer's scores fall into; `null`: none of them. */
export function rfmSegment(scores: RfmScores, segments: readonly RfmSegment[]): string | null {
  const inside = (value: number, [from, to]: readonly [number, number]): boolean => value >= from && value <= to
  const found = segments.find(
    (s) => inside(scores.recency, s.recency) && inside(scores.frequency, s.frequency) && inside(scores.monetary, s.monetary),
  )
  return found?.id ?? null
}
