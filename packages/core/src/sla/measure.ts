import { addDays, type Instant, type Milliseconds, type Pause, type WorkingCalendar } from '../calendar/index.ts'
import type { Clock, ClockBudget, ClockExtension, ClockPromise } from './types.ts'

const HOUR = 3_600_000

/** Hours as milliseconds, rounded once and here only. */
export function hoursToMs(hours: number): Milliseconds {
  return Math.round(hours * HOUR)
}

/** A number of days: whole ones, at least one. "Within half a day" by date is within one day. */
export function wholeDays(amount: number): number {
  return Math.max(1, Math.ceil(amount))
}

export function isFixed(budget: ClockBudget): budget is { readonly until: Instant } {
  return 'until' in budget
}

/** What a promise's percentages and consumption are taken of. */
export function measureOf(budget: ClockBudget): 'working' | 'elapsed' {
  return !isFixed(budget) && (budget.unit === 'workingHours' || budget.unit === 'workingDays') ? 'working' : 'elapsed'
}

/** The extensions of the present measure. */
export function extensionsInForce(clock: Clock): readonly ClockExtension[] {
  return clock.extensions.filter(({ revision }) => revision > clock.base)
}

/** The budget and the extensions in force, neighbours of one unit added up. */
function legsOf(clock: Clock, promise: ClockPromise): readonly ClockBudget[] {
  const legs: ClockBudget[] = [promise.budget]
  for (const { by } of extensionsInForce(clock)) {
    const last = legs.at(-1)
    if (last !== undefined && !isFixed(last) && last.unit === by.unit)
      legs[legs.length - 1] = { unit: by.unit, amount: last.amount + by.amount }
    else legs.push(by)
  }
  return legs
}

/** Time from one instant to a later one that lies in no pause. Pauses are disjoint and sorted, as a ledger keeps them. */
export function elapsedBetween(from: Instant, to: Instant, pauses: readonly Pause[]): Milliseconds {
  let ms = Math.max(0, to - from)
  for (const pause of pauses) ms -= Math.max(0, Math.min(pause.to ?? Infinity, to) - Math.max(pause.from, from))
  return ms
}

/** The instant at which that much unpaused time has passed; `null` when an open pause comes first. */
export function advanceElapsed(from: Instant, amount: Milliseconds, pauses: readonly Pause[]): Instant | null {
  let at = from + amount
  for (const pause of pauses) {
    if (pause.from >= at || (pause.to ?? Infinity) <= from) continue
    if (pause.to === null) return null
    at += pause.to - Math.max(pause.from, from)
  }
  return at
}

/** Working or elapsed time outside the pauses; 0 when reversed. */
export function timeBetween(
  measure: 'working' | 'elapsed',
  calendar: WorkingCalendar,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[],
): Milliseconds {
  return measure === 'working' ? calendar.workingTimeBetween(from, to, pauses, 'clamped') : elapsedBetween(from, to, pauses)
}

/** The earliest instant at which that much working or elapsed time outside the pauses has passed. */
export function advance(
  measure: 'working' | 'elapsed',
  calendar: WorkingCalendar,
  from: Instant,
  amount: Milliseconds,
  pauses: readonly Pause[],
): Instant | null {
  return measure === 'working' ? calendar.dueAt(from, amount, pauses, 'stop') : advanceElapsed(from, amount, pauses)
}

/** The end of the n-th calendar date after the start's, dates that were paused from end to end left out. */
function calendarDaysFrom(start: Instant, days: number, calendar: WorkingCalendar, pauses: readonly Pause[]): Instant | null {
  let date = calendar.localDateOf(start)
  let left = days
  for (;;) {
    const opening = calendar.startOfDay(addDays(date, 1))
    const ahead = pauses.filter((pause) => (pause.to ?? Infinity) > opening)
    if (ahead.length === 0) return calendar.startOfDay(addDays(date, left + 1))
    date = addDays(date, 1)
    const closing = calendar.startOfDay(addDays(date, 1))
    if (ahead.some((pause) => pause.to === null && pause.from <= opening)) return null
    // Two pauses can cover a date together. A date that the zone skipped has no time that could be paused.
    if (closing <= opening || elapsedBetween(opening, closing, ahead) > 0) left -= 1
    if (left === 0) return closing
  }
}

/** Where one leg ends that begins at `from`; `null` while an open pause keeps it unknown. */
export function endOfLeg(leg: ClockBudget, from: Instant, calendar: WorkingCalendar, pauses: readonly Pause[]): Instant | null {
  if (isFixed(leg)) return leg.until
  switch (leg.unit) {
    case 'workingHours':
      return calendar.dueAt(from, hoursToMs(leg.amount), pauses, 'stop')
    case 'elapsedHours':
      return advanceElapsed(from, hoursToMs(leg.amount), pauses)
    case 'workingDays':
      return calendar.dueInWorkingDays(from, wholeDays(leg.amount), pauses)
    case 'calendarDays':
      return calendarDaysFrom(from, wholeDays(leg.amount), calendar, pauses)
  }
}

/** A leg with its place in time. */
export interface PlacedLeg {
  readonly leg: ClockBudget
  readonly from: Instant
  /** `null` while an open pause keeps it unknown; then no leg follows. */
  readonly to: Instant | null
}

/** The legs of a promise, one after the other. */
export function placeLegs(
  clock: Clock,
  promise: ClockPromise,
  calendar: WorkingCalendar,
  pauses: readonly Pause[],
): readonly PlacedLeg[] {
  const placed: PlacedLeg[] = []
  let from = promise.from
  for (const leg of legsOf(clock, promise)) {
    // For a leg that counts dates, an earlier leg that ended at midnight ended the day before.
    if (placed.length > 0 && isByDate(leg)) from = Math.max(promise.from, from - 1)
    const to = endOfLeg(leg, from, calendar, pauses)
    placed.push({ leg, from, to })
    if (to === null) break
    from = to
  }
  return placed
}

export function isByDate(leg: ClockBudget): boolean {
  return !isFixed(leg) && (leg.unit === 'calendarDays' || leg.unit === 'workingDays')
}
