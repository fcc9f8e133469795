import { tryTimeOfDay } from './time-of-day.ts'
import type { Milliseconds } from './types.ts'

const DAY = 86_400_000

/** Wall-clock hours of a date in milliseconds from its midnight; `end` passes 24 h when the interval runs into the next day. */
export interface Hours {
  readonly start: Milliseconds
  readonly end: Milliseconds
}

/**
 * Reads an interval of a calendar document: an end before the start belongs to the next day, an end equal to it makes the interval empty.
 * `undefined` when either is no time.
 */
export const tryHours = (from: string, to: string): Hours | undefined => {
  const start = tryTimeOfDay(from)
  const end = tryTimeOfDay(to)
  if (start === undefined || end === undefined) return undefined
  return { start, end: end < start ? end + DAY : end }
}

/** Reads a list of intervals, in order and without the empty ones. */
export const readHours = (list: readonly (readonly [string, string])[]): readonly Hours[] =>
  list
    .map(([from, to]) => tryHours(from, to))
    .filter((hours) => hours !== undefined)
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start)
