import type { GrowingTimetable } from './growing-timetable.ts'
import { outOfRange, invalid } from './invalid.ts'
import { FIRST_EPOCH_DAY, LAST_EPOCH_DAY, type EpochDay } from './local-date.ts'
import { unionOfPauses, type Stretch } from './pauses.ts'
import type { Timetable } from './timetable.ts'
import type { DayBounds, DayStart, Instant, Pause } from './types.ts'

/** More working days than three centuries hold. */
const MAX_DAYS = 200_000

/** A place in a timetable's list of working dates. */
interface Place {
  readonly table: Timetable
  readonly index: number
}

const requireDays = (days: number, least: number): void => {
  if (!Number.isInteger(days) || days < least || days > MAX_DAYS)
    throw invalid(
      'days',
      'type',
      'not a possible number of days',
      `give a whole number from ${String(least)} to ${String(MAX_DAYS)}`,
    )
}

/** The n-th working date strictly after (n > 0) or before (n < 0) a date. */
const nthWorkingDay = (tables: GrowingTimetable, from: EpochDay, n: number): Place => {
  let table = tables.overDays(from, from)
  if (n > 0) {
    const index = table.rankOf(from + 1) + n - 1
    while (index >= table.days.length) table = tables.later(table)
    return { table, index }
  }
  while (table.rankOf(from) + n < 0) table = tables.earlier(table)
  return { table, index: table.rankOf(from) + n }
}

/** Whether working time opens on the date. */
export const isWorkingDay = (tables: GrowingTimetable, day: EpochDay): boolean => {
  const table = tables.overDays(day, day)
  return table.rankOf(day + 1) > table.rankOf(day)
}

/** The n-th working date from a date on; 0 gives the date itself, whatever it is. */
export const addWorkingDays = (tables: GrowingTimetable, from: EpochDay, n: number, start: DayStart = 'count'): EpochDay => {
  requireDays(n, -MAX_DAYS)
  if (n === 0) return from
  // Rolling a day off to its neighbour and counting from there is one working date more from the day off itself.
  const steps = start === 'roll' && !isWorkingDay(tables, from) ? n + Math.sign(n) : n
  const { table, index } = nthWorkingDay(tables, from, steps)
  const day = table.days[index]
  if (day === undefined || day < FIRST_EPOCH_DAY || day > LAST_EPOCH_DAY) throw outOfRange({ days: n })
  return day
}

/** The number of working dates between two dates, with the ends that `bounds` names. */
export const workingDaysBetween = (tables: GrowingTimetable, from: EpochDay, to: EpochDay, bounds: DayBounds = '[)'): number => {
  const table = tables.overDays(from, to)
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  const effective = bounds === 'walk' ? (from <= to ? '[)' : '(]') : bounds
  const before = table.rankOf(effective === '(]' ? low + 1 : low)
  const count = table.rankOf(effective === '[)' ? high : high + 1) - before
  return from <= to ? count : 0 - count
}

/** The close of the n-th working date after a date. */
export const closeOfWorkingDay = (tables: GrowingTimetable, from: EpochDay, n: number): Instant => {
  requireDays(n, 1)
  const { table, index } = nthWorkingDay(tables, from, n)
  return table.closings[index] ?? Number.NaN
}

/** The working time of [opening, closing] that lies in the pauses. */
const pausedWork = (table: Timetable, opening: Instant, closing: Instant, pauses: readonly Stretch[]): number => {
  let paused = 0
  for (const { from, to } of pauses) {
    const low = Math.max(from, opening)
    const high = Math.min(to, closing)
    if (high > low) paused += table.workAt(high) - table.workAt(low)
  }
  return paused
}

/** The close of the n-th working date after a date whose working time was not all paused. */
export const dueInWorkingDays = (
  tables: GrowingTimetable,
  start: Instant,
  startDay: EpochDay,
  n: number,
  pauses: readonly Pause[] = [],
): Instant | null => {
  requireDays(n, 1)
  const union = unionOfPauses(pauses, start, Infinity)
  let counted = 0
  for (let step = 1; ; step += 1) {
    const place = nthWorkingDay(tables, startDay, step)
    const opening = place.table.openings[place.index] ?? 0
    const closing = place.table.closings[place.index] ?? 0
    const table = tables.over(opening, closing)
    const last = union.at(-1)
    if (last === undefined || last.to <= opening) return closeOfWorkingDay(tables, startDay, step + n - counted - 1)
    if (last.to === Infinity && last.from <= opening) return null
    if (table.workAt(closing) - table.workAt(opening) > pausedWork(table, opening, closing, union)) counted += 1
    if (counted === n) return closing
  }
}
