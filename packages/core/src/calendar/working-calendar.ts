import { intervalsOn } from './compile.ts'
import { withDates } from './date-calendar.ts'
import { dayPlan } from './day-plan.ts'
import { GrowingTimetable, requireInstant } from './growing-timetable.ts'
import { bundledHolidaySets, type HolidaySet } from './holiday-set.ts'
import { invalid, outOfRange } from './invalid.ts'
import { epochDayOf, FIRST_EPOCH_DAY, LAST_EPOCH_DAY, localDateOfEpochDay, type EpochDay } from './local-date.ts'
import { parseCalendar } from './parse-calendar.ts'
import type { CalendarDocument } from './schema.ts'
import { tryTimeOfDay } from './time-of-day.ts'
import type { AddDaysOptions, Instant, WorkingCalendar } from './types.ts'
import * as days from './working-days.ts'
import * as instants from './working-instants.ts'
import * as time from './working-time.ts'
import { zoneOffsets, type ZoneOffsets } from './zone-offsets.ts'

const DAY = 86_400_000

const epochDayAt = (zone: ZoneOffsets, at: Instant): EpochDay => {
  requireInstant(at)
  const day = Math.floor((at + zone.offsetAt(at)) / DAY)
  if (day < FIRST_EPOCH_DAY || day > LAST_EPOCH_DAY) throw outOfRange({ instant: at })
  return day
}

const addDaysToInstant = (tables: GrowingTimetable, from: Instant, n: number, options: AddDaysOptions = {}): Instant => {
  const { zone } = tables
  const day = epochDayAt(zone, from)
  const target = days.addWorkingDays(tables, day, n, options.start)
  // Not through the wall clock when the date stays: that would turn the later of two equal times into the earlier.
  const moved = target === day ? from : zone.instantOf(from + zone.offsetAt(from) + (target - day) * DAY)
  if (options.time !== 'snap') return moved
  if (n >= 0) return instants.nextWorkingInstant(tables, moved)
  return instants.isWorking(tables, moved) ? moved : instants.previousWorkingInstant(tables, moved)
}

const instantOf = (zone: ZoneOffsets, date: string, time: string): Instant => {
  const timeOfDay = typeof time === 'string' ? tryTimeOfDay(time) : undefined
  if (timeOfDay === undefined) throw invalid('time', 'time', 'not a time of day', 'write HH:mm from 00:00 to 24:00')
  return zone.instantOf(epochDayOf(date) * DAY + timeOfDay)
}

/** Options of {@link createWorkingCalendar}. */
export interface WorkingCalendarOptions {
  /** The holiday sets that `holidaySets` may name, e.g. a newer list than the one that ships; those of the SDK by default. */
  readonly holidaySets?: readonly HolidaySet[]
}

/**
 * Makes a working calendar from its document (I-18). It is compiled when first asked and grows with the questions; a new holiday list
 * is a new calendar.
 *
 * @throws InvalidInputError with all findings when the document cannot be used.
 * @example
 * ```ts
 * const calendar = createWorkingCalendar({
 *   timeZone: 'Asia/Shanghai',
 *   week: { mon: [['09:00', '12:00'], ['13:30', '18:00']], tue: [['09:00', '12:00'], ['13:30', '18:00']] },
 *   holidaySets: ['cn'],
 *   makeupHours: [['09:00', '12:00'], ['13:30', '18:00']],
 * })
 * const start = calendar.instantOf('2026-03-02', '17:00')
 * calendar.addWorkingTime(start, 2 * 3_600_000) // Tuesday 2026-03-03 10:00 in Shanghai
 * ```
 */
export const createWorkingCalendar = (document: CalendarDocument, options: WorkingCalendarOptions = {}): WorkingCalendar => {
  const sets = options.holidaySets ?? bundledHolidaySets
  const parsed = parseCalendar(document, sets)
  const plan = dayPlan(parsed, sets)
  const zone = zoneOffsets(parsed.timeZone)
  const tables = new GrowingTimetable(plan, zone)

  const calendar: WorkingCalendar = {
    id: parsed.id,
    timeZone: parsed.timeZone,
    document: parsed,
    coverage: plan.coverage,

    isWorking: (at, closing) => instants.isWorking(tables, at, closing),
    isWorkingDay: (date) => days.isWorkingDay(tables, epochDayOf(date)),
    nextWorkingInstant: (from, closing) => instants.nextWorkingInstant(tables, from, closing),
    previousWorkingInstant: (from, opening) => instants.previousWorkingInstant(tables, from, opening),
    nextOpening: (from) => instants.nextOpening(tables, from),
    nextClosing: (from) => instants.nextClosing(tables, from),
    workingIntervals: (from, count, direction) => instants.workingIntervals(tables, from, count, direction),
    workingHoursOn: (date) => intervalsOn(epochDayOf(date), plan, zone),

    addWorkingTime: (from, amount, edge, zero) => time.addWorkingTime(tables, from, amount, edge, zero),
    workingTimeBetween: (from, to, pauses, sign) => time.workingTimeBetween(tables, from, to, pauses, sign),
    dueAt: (start, budget, pauses, edge) => time.dueAt(tables, start, budget, pauses, edge),

    addWorkingDays: (from, n, start) => localDateOfEpochDay(days.addWorkingDays(tables, epochDayOf(from), n, start)),
    addWorkingDaysToInstant: (from, n, addOptions) => addDaysToInstant(tables, from, n, addOptions),
    workingDaysBetween: (from, to, bounds) => days.workingDaysBetween(tables, epochDayOf(from), epochDayOf(to), bounds),
    closeOfWorkingDay: (start, n) => days.closeOfWorkingDay(tables, epochDayAt(zone, start), n),
    dueInWorkingDays: (start, n, pauses) => days.dueInWorkingDays(tables, start, epochDayAt(zone, start), n, pauses),

    coverageOf: (from, to = from) => {
      const { coverage } = plan
      const dates = [from, to].map((at) => localDateOfEpochDay(epochDayAt(zone, at)))
      return coverage !== undefined && dates.every((date) => date >= coverage.from && date <= coverage.to)
        ? 'covered'
        : 'provisional'
    },
    localDateOf: (at) => localDateOfEpochDay(epochDayAt(zone, at)),
    instantOf: (date, wallTime) => instantOf(zone, date, wallTime),
    startOfDay: (date) => zone.startOfDay(epochDayOf(date)),
    withDates: () => withDates(calendar),
  }
  return calendar
}
