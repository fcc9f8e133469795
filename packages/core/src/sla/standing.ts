import type { Instant } from '../calendar/index.ts'
import { cappedPauses } from './capped-pauses.ts'
import { dueWith } from './due.ts'
import { isFixed, measureOf, timeBetween } from './measure.ts'
import type { Clock, ClockStanding, ClockTerms } from './types.ts'

/**
 * Where a clock stands at an instant, or where it ended. A promise holds up to its due instant and no longer: to finish at the very instant is late, as
 * the rung of that instant fires first (architecture rule 6).
 *
 * @example
 * ```ts
 * standingOf(startClock('handoff', { amount: 4, unit: 'workingHours' }, nine), terms, eleven).remainingMs // => 7_200_000
 * ```
 */
export function standingOf(clock: Clock, terms: ClockTerms, at: Instant): ClockStanding {
  const pauses = cappedPauses(clock, terms)
  const due = dueWith(clock, terms, pauses)
  const promise = clock.promises[due.promise]
  const budget = promise?.budget ?? { until: clock.startedAt }
  const measure = measureOf(budget)
  const counted = isFixed(budget) ? [] : pauses
  const between = (from: Instant, to: Instant): number => timeBetween(measure, terms.calendar, from, to, counted)
  const end = clock.endedAt === null ? at : Math.min(at, clock.endedAt)
  const open = pauses.findLast((pause) => pause.recordedTo === null)
  const paused = open !== undefined && open.from <= end && (open.to === null || end < open.to)
  // Once the cap has passed, the open pause no longer keeps anything unknown.
  const because = due.because.filter((cause) => cause !== 'openPause' || paused)
  return {
    ...due,
    because,
    provisional: because.length > 0,
    measure,
    consumedMs: between(promise?.from ?? clock.startedAt, end),
    remainingMs: due.dueAt === null ? null : end < due.dueAt ? between(end, due.dueAt) : 0 - between(due.dueAt, end),
    breached: due.dueAt !== null && end >= due.dueAt,
    paused,
  }
}
