import type { Change } from '../types.ts'

/**
 * Growth of a period over the one it is compared with, in percent [F-6]. A comparison with nothing is `new`, nothing with nothing is 0,
 * net returns count as nothing; never infinite, never NaN. A change smaller than `minChange` counts as 0 [I-29].
 *
 * @example
 * ```ts
 * growth(200, 150, 0) // => { previous: 200, current: 150, percent: -25 }
 * growth(0, 150, 0) // => { previous: 0, current: 150, percent: null, reason: 'new' }
 * growth(200, 150, 60) // => { previous: 200, current: 150, percent: 0, reason: 'belowMinChange' }
 * ```
 */
export function growth(previous: number, current: number, minChange: number): Change {
  const before = Math.max(0, previous)
  const now = Math.max(0, current)
  if (now === before) return { previous, current, percent: 0 }
  if (Math.abs(now - before) < minChange) return { previous, current, percent: 0, reason: 'belowMinChange' }
  if (before === 0) return { previous, current, percent: null, reason: 'new' }
  // Beyond 2^53 / 100 the product is rounded; a drop is still never more than everything.
  return { previous, current, percent: Math.max(-100, ((now - before) * 100) / before) }
}

/** A comparison that cannot be made, which is no comparison with zero. */
export const tooLittleHistory: Change = Object.freeze({
  previous: null,
  current: null,
  percent: null,
  reason: 'insufficientHistory',
})
