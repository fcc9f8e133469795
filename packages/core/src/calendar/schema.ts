import { z } from 'zod'
import { bundledHolidaySets, findHolidaySet, type HolidaySet } from './holiday-set.ts'
import { tryHours } from './hours.ts'
import { asIssue, calendarIssue } from './issues.ts'
import { tryEpochDay } from './local-date.ts'
import { tryTimeOfDay } from './time-of-day.ts'

/** More than any company needs, few enough that a hostile document costs little. */
const MAX_INTERVALS = 48
const MAX_DATES = 20_000

const timeOfDay = z
  .string()
  .refine((text) => tryTimeOfDay(text) !== undefined, asIssue(calendarIssue('timeOfDay', { example: '09:00' })))

const localDate = z
  .string()
  .refine((text) => tryEpochDay(text) !== undefined, asIssue(calendarIssue('localDate', { example: '2026-10-01' })))

const interval = z.tuple([timeOfDay, timeOfDay])

const breakList = z.array(interval).max(MAX_INTERVALS)

const hoursList = z
  .array(interval)
  .max(MAX_INTERVALS)
  .superRefine((list, context) => {
    const hours = list.map(([from, to], index) => ({ ...(tryHours(from, to) ?? { start: 0, end: 0 }), index }))
    const sorted = hours.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)
    let latest = sorted[0]
    for (const next of sorted.slice(1)) {
      if (latest !== undefined && next.start < latest.end)
        context.addIssue({
          code: 'custom',
          path: [next.index],
          ...asIssue(calendarIssue('hoursOverlap', { interval: latest.index })),
        })
      if (latest === undefined || next.end > latest.end) latest = next
    }
  })

const holiday = z.union([localDate, z.strictObject({ date: localDate, name: z.string().max(200).optional() })])

/** Reports every date that a list names more than once. */
const refuseDuplicates =
  <T>(dateOf: (entry: T) => string) =>
  (list: readonly T[], context: z.RefinementCtx): void => {
    const seen = new Set<string>()
    list.forEach((entry, index) => {
      const date = dateOf(entry)
      if (seen.has(date)) context.addIssue({ code: 'custom', path: [index], ...asIssue(calendarIssue('dateTwice', {})) })
      seen.add(date)
    })
  }

/** The date of a holiday entry, with or without a name. */
export const dateOfHoliday = (entry: string | { readonly date: string }): string =>
  typeof entry === 'string' ? entry : entry.date

// Intl also takes offsets such as "+08:00", which are no zones and would silently know no summer time.
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/

const isTimeZone = (name: string): boolean => {
  if (name.length > 64 || !zoneName.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const shape = z.strictObject({
  id: z.string().min(1).max(80).optional(),
  timeZone: z.string().refine(isTimeZone, asIssue(calendarIssue('timeZone', { example: 'Asia/Shanghai' }))),
  week: z.strictObject({
    mon: hoursList.optional(),
    tue: hoursList.optional(),
    wed: hoursList.optional(),
    thu: hoursList.optional(),
    fri: hoursList.optional(),
    sat: hoursList.optional(),
    sun: hoursList.optional(),
  }),
  holidays: z.array(holiday).max(MAX_DATES).superRefine(refuseDuplicates(dateOfHoliday)).optional(),
  makeupWorkdays: z
    .array(localDate)
    .max(MAX_DATES)
    .superRefine(refuseDuplicates((date: string) => date))
    .optional(),
  makeupHours: hoursList.optional(),
  overrides: z.record(localDate, hoursList).optional(),
  breaks: z.record(localDate, breakList).optional(),
  coverage: z
    .strictObject({ from: localDate, to: localDate })
    .refine(({ from, to }) => from <= to, asIssue(calendarIssue('coverageReversed', {})))
    .optional(),
  holidaySets: z.array(z.string().max(64)).max(20).optional(),
})

/**
 * A calendar as a document: hours by weekday, days off, make-up days, exceptions by date, in one IANA zone (I-18).
 *
 * Hours are local wall time; `24:00` is the end of the day; an interval whose end is smaller than its start runs into the next day and
 * belongs to the day it opens on. For a date, `overrides` wins over `makeupWorkdays`, that over `holidays`, that over `week`; then
 * `breaks` are cut out. `coverage` names the dates for which the holidays are complete; `holidaySets` adds official lists.
 */
export type CalendarDocument = z.infer<typeof shape>

const isEmptyInterval = (entry: unknown): boolean => {
  const parts: readonly unknown[] = Array.isArray(entry) ? entry : []
  const [from, to] = parts
  const hours = typeof from === 'string' && typeof to === 'string' ? tryHours(from, to) : undefined
  return hours !== undefined && hours.start === hours.end
}

/** Whether any list has an interval longer than nothing. One that is wrong in itself counts: it was meant as hours. */
const hasHours = (lists: readonly unknown[]): boolean =>
  lists.some((list) => Array.isArray(list) && list.some((entry) => !isEmptyInterval(entry)))

const valuesOf = (value: unknown): readonly unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : [])

/** What no part of the document shows by itself. Reads the input with care, because it also runs when parts of it are wrong. */
const crossCheck =
  (sets: readonly HolidaySet[]) =>
  (document: { readonly [K in keyof CalendarDocument]?: unknown }, context: z.RefinementCtx): void => {
    const report = (path: (string | number)[], told: ReturnType<typeof calendarIssue>): void => {
      context.addIssue({ code: 'custom', path, ...asIssue(told) })
    }

    const names: readonly unknown[] = Array.isArray(document.holidaySets) ? document.holidaySets : []
    const found = names.map((name) => (typeof name === 'string' ? findHolidaySet(name, sets) : undefined))
    const known = sets.map(({ name, version }) => `${name}@${version}`)
    found.forEach((set, index) => {
      if (set === undefined) report(['holidaySets', index], calendarIssue('holidaySetUnknown', { known }))
      else if (found.indexOf(set) < index) report(['holidaySets', index], calendarIssue('holidaySetTwice', {}))
    })

    const ownMakeupDays = Array.isArray(document.makeupWorkdays) && document.makeupWorkdays.length > 0
    const makeupDays = ownMakeupDays || found.some((set) => set !== undefined && set.makeupWorkdays.length > 0)
    if (makeupDays && !hasHours([document.makeupHours])) report(['makeupHours'], calendarIssue('makeupHoursMissing', {}))

    const lists = [...valuesOf(document.week), ...valuesOf(document.overrides), ...(makeupDays ? [document.makeupHours] : [])]
    if (!hasHours(lists)) report(['week'], calendarIssue('noWorkingTime', {}))
  }

/** A schema that knows other holiday sets than the bundled ones. */
export const calendarSchemaWith = (sets: readonly HolidaySet[]) =>
  // `when`: run it after a part has failed as well, so that a document gets all its findings at once.
  shape.superRefine(crossCheck(sets), { when: ({ value }) => typeof value === 'object' && value !== null })

/** Schema of a {@link CalendarDocument}: strict, and its issues carry in `params.told` what a finding says. */
export const calendarSchema = calendarSchemaWith(bundledHolidaySets)
