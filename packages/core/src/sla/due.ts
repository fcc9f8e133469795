import type { Instant } from '../calendar/index.ts'
import { cappedPauses, type CappedPause } from './capped-pauses.ts'
import { extensionsInForce, isFixed, measureOf, placeLegs } from './measure.ts'
import type { Clock, ClockDue, ClockTerms, ProvisionalCause } from './types.ts'

/**
 * When a clock is due: the earliest of the promises in force (decision `sla.onTierOrPriorityChange`), through calendar and capped pauses. An open pause is
 * taken to its cap, so the result is the latest it can be; a clock that goes on earlier is due earlier. Working days are due at the close of the N-th
 * one after the start date, calendar days at the end of the N-th date.
 *
 * @example
 * ```ts
 * dueOf(startClock('resolution', { amount: 7, unit: 'workingDays' }, at), terms).dueAt // => close of the seventh working day
 * ```
 */
export function dueOf(clock: Clock, terms: ClockTerms): ClockDue {
  return dueWith(clock, terms, cappedPauses(clock, terms))
}

/** The same where the pauses are at hand. */
export function dueWith(clock: Clock, terms: ClockTerms, pauses: readonly CappedPause[]): ClockDue {
  let dueAt: Instant | null = null
  let promise = 0
  clock.promises.forEach((candidate, index) => {
    const at = placeLegs(clock, candidate, terms.calendar, pauses).at(-1)?.to ?? null
    if (at !== null && (dueAt === null || at < dueAt)) {
      dueAt = at
      promise = index
    }
  })
  const open = pauses.findLast((pause) => pause.recordedTo === null)
  const because = causesOf(clock, terms, promise, dueAt, open)
  return { dueAt, provisional: because.length > 0, because, promise, pauseEndsAt: open?.to ?? null }
}

function causesOf(
  clock: Clock,
  terms: ClockTerms,
  index: number,
  dueAt: Instant | null,
  open: CappedPause | undefined,
): readonly ProvisionalCause[] {
  const promise = clock.promises[index]
  if (promise === undefined) return []
  const fixed = isFixed(promise.budget) && extensionsInForce(clock).length === 0
  const causes: ProvisionalCause[] = []
  if (open !== undefined && !fixed && (dueAt === null || dueAt > open.from)) causes.push('openPause')
  const calendarCounts =
    measureOf(promise.budget) === 'working' || extensionsInForce(clock).some(({ by }) => measureOf(by) === 'working')
  if (dueAt !== null && calendarCounts && terms.calendar.coverageOf(promise.from, dueAt) === 'provisional')
    causes.push('coverage')
  return causes
}
