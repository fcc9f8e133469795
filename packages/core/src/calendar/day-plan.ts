import { findHolidaySet, type HolidaySet } from './holiday-set.ts'
import { readHours, type Hours } from './hours.ts'
import { epochDayOf, weekdayOf, type EpochDay } from './local-date.ts'
import { dateOfHoliday, type CalendarDocument } from './schema.ts'
import type { LocalDate } from './types.ts'

/** A calendar document reduced to two questions about a date. */
export interface DayPlan {
  /** The wall-clock hours that open on the date. */
  hoursOf(day: EpochDay): readonly Hours[]
  /** What is cut out of them. */
  breaksOf(day: EpochDay): readonly Hours[]
  readonly coverage: { readonly from: LocalDate; readonly to: LocalDate } | undefined
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const none: readonly Hours[] = []

const byDay = (
  record: { readonly [date: string]: readonly (readonly [string, string])[] } = {},
): Map<EpochDay, readonly Hours[]> => new Map(Object.entries(record).map(([date, list]) => [epochDayOf(date), readHours(list)]))

/** The dates that follow neither the week nor an override: official days first, so that the company's own entries win over them. */
const exceptions = (document: CalendarDocument, sets: readonly HolidaySet[]): Map<EpochDay, readonly Hours[]> => {
  const makeupHours = readHours(document.makeupHours ?? [])
  const days = new Map<EpochDay, readonly Hours[]>()
  for (const set of sets) {
    for (const { date } of set.holidays) days.set(epochDayOf(date), none)
    for (const date of set.makeupWorkdays) days.set(epochDayOf(date), makeupHours)
  }
  for (const entry of document.holidays ?? []) days.set(epochDayOf(dateOfHoliday(entry)), none)
  for (const date of document.makeupWorkdays ?? []) days.set(epochDayOf(date), makeupHours)
  return days
}

/** The dates that every set covers. */
const commonCoverage = (sets: readonly HolidaySet[]): { from: LocalDate; to: LocalDate } | undefined => {
  const from = sets.map((set) => set.coverage.from).reduce((a, b) => (a > b ? a : b), '')
  const to = sets.map((set) => set.coverage.to).reduce((a, b) => (a === '' || b < a ? b : a), '')
  return sets.length > 0 && from <= to ? { from, to } : undefined
}

/** Applies the precedence of a validated document: override, then make-up day, then holiday, then weekday (I-18). */
export const dayPlan = (document: CalendarDocument, available: readonly HolidaySet[]): DayPlan => {
  const sets = (document.holidaySets ?? []).map((name) => findHolidaySet(name, available)).filter((set) => set !== undefined)
  const week = weekdays.map((weekday) => readHours(document.week[weekday] ?? []))
  const byDate = new Map([...exceptions(document, sets), ...byDay(document.overrides)])
  const breaks = byDay(document.breaks)
  return {
    hoursOf: (day) => byDate.get(day) ?? week[weekdayOf(day)] ?? none,
    breaksOf: (day) => breaks.get(day) ?? none,
    coverage: document.coverage ?? commonCoverage(sets),
  }
}
