import { invalid } from './invalid.ts'
import type { Instant, Pause } from './types.ts'

/** A pause with a definite end; an open one ends at infinity. */
export interface Stretch {
  from: Instant
  to: Instant
}

const none: readonly Stretch[] = []

/**
 * The union of pauses, sorted and clipped to [from, to]: overlapping pauses count once, and nothing before the start counts at all.
 *
 * @throws InvalidInputError when a pause is no pair of instants or ends before it starts.
 */
export const unionOfPauses = (pauses: readonly Pause[], from: Instant, to: Instant): readonly Stretch[] => {
  if (pauses.length === 0) return none
  const stretches: Stretch[] = []
  let inOrder = true
  let previous = -Infinity
  for (const [index, pause] of pauses.entries()) {
    const end = pause.to ?? Infinity
    if (!Number.isFinite(pause.from) || !(end >= pause.from))
      throw invalid(
        `pauses.${String(index)}`,
        'pause',
        'not a stretch of time',
        'give from and a later to, or to: null while it lasts',
      )
    const start = Math.max(pause.from, from)
    inOrder &&= start >= previous
    previous = start
    stretches.push({ from: start, to: Math.min(end, to) })
  }
  if (!inOrder) stretches.sort((a, b) => a.from - b.from)
  const union: Stretch[] = []
  let last: Stretch | undefined
  for (const stretch of stretches) {
    if (stretch.to <= stretch.from) continue
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
    else union.push((last = stretch))
  }
  return union
}
