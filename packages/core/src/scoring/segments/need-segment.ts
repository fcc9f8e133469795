/** What a customer asks for first [CLS-04]. */
export const needSegments = ['price', 'service', 'technology'] as const
/** One of {@link needSegments}: sensitive to price, to service, to technology. */
export type NeedSegment = (typeof needSegments)[number]

/** How strongly each need shows, 0–100, as people judge it; null: not judged. */
export type NeedMeasures = { readonly [N in NeedSegment]: number | null }

/** Which need leads, and by how much. */
export type NeedResult = {
  /** Needs that show at least `min`, the strongest first; equal ones in the order of the policy's text. */
  readonly ranked: readonly { readonly need: NeedSegment; readonly score: number }[]
  /** The leading need; null: none shows, or two lead within the margin, which is for a person to settle. */
  readonly segment: NeedSegment | null
  readonly unclear: 'notJudged' | 'noneShows' | 'withinMargin' | null
  readonly missing: readonly NeedSegment[]
}

/**
 * The need segment of a customer: price-sensitive, service-sensitive or technology-sensitive [CLS-04]. A need counts from a score of `min` on; with a lead
 * below `margin` nobody leads.
 *
 * @example
 * ```ts
 * needSegmentOf({ price: 80, service: 55, technology: 20 }, { min: 50, margin: 10 }).segment // => 'price'
 * ```
 */
export function needSegmentOf(
  measures: NeedMeasures,
  { min, margin }: { readonly min: number; readonly margin: number },
): NeedResult {
  const judged = needSegments.flatMap((need) => {
    const score = measures[need]
    return score === null ? [] : [{ need, score }]
  })
  const missing = needSegments.filter((need) => measures[need] === null)
  const ranked = judged.filter(({ score }) => score >= min).sort((a, b) => b.score - a.score)
  const [first, second] = ranked
  const unclear =
    judged.length === 0
      ? 'notJudged'
      : first === undefined
        ? 'noneShows'
        : second !== undefined && first.score - second.score < margin
          ? 'withinMargin'
          : null
  return { ranked, segment: unclear === null ? (first?.need ?? null) : null, unclear, missing }
}
