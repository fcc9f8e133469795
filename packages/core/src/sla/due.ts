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
 * const due = dueOf(startClock('resolution', { amount: 7, unit: 'workingDays' }, receivedAt), terms)
 * new Date(due.dueAt ?? 0).toISOString() // => '2026-03-11T10:00:00.000Z'
 * ```
 */
export function dueOf(clock: Clock, terms: ClockTerms): ClockDue {
  return dueWith(clock, terms, cappedPauses(clock, terms))
}

/** The same where the pauses are at hand. */
export function dueWith(clock: Clock, terms: ClockTerms, pauses: readonly CappedPause[]): ClockDue {
  const { dueAt, promise, open, waits } = placeDue(clock, terms, pauses)
  const because: ProvisionalCause[] = waits ? ['openPause'] : []
  if (dueAt !== null && isUncovered(clock, terms, promise, dueAt)) because.push('coverage')
  return { dueAt, provisional: because.length > 0, because, promise, pauseEndsAt: open?.to ?? null }
}

/** The due instant alone, which promise sets it, and whether it waits for an open pause. */
export function placeDue(
  clock: Clock,
  terms: ClockTerms,
  pauses: readonly CappedPause[],
): { readonly dueAt: Instant | null; readonly promise: number; readonly open: CappedPause | undefined; readonly waits: boolean } {
  let dueAt: Instant | null = null
  let promise = 0
  for (const [index, candidate] of clock.promises.entries()) {
    const at = placeLegs(clock, candidate, terms.calendar, pauses).at(-1)?.to ?? null
    if (at !== null && (dueAt === null || at < dueAt)) {
      dueAt = at
      promise = index
    }
  }
  const open = pauses.findLast((pause) => pause.recordedTo === null)
  const budget = clock.promises[promise]?.budget
  const fixed = budget !== undefined && isFixed(budget) && extensionsInForce(clock).length === 0
  return { dueAt, promise, open, waits: open !== undefined && !fixed && (dueAt === null || dueAt > open.from) }
}

/** Whether a working calendar has a say in the instant and lacks the holidays up to it. */
export function isUncovered(clock: Clock, terms: ClockTerms, index: number, until: Instant): boolean {
  const promise = clock.promises[index]
  if (promise === undefined) return false
  const counts = measureOf(promise.budget) === 'working' || extensionsInForce(clock).some(({ by }) => measureOf(by) === 'working')
  return counts && terms.calendar.coverageOf(promise.from, Math.max(until, promise.from)) === 'provisional'
}
