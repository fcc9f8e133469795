import type { Finding, LocalDate } from '@ka-governance/core'
import type { Row } from '../client.ts'
import { dayOf, type Day } from './day.ts'
import { instances, type Recurrence, type Weekdays } from './recurrence.ts'

/** Minutes of a day that are off; `null`: all of it. */
export type Hours = { readonly from: number; readonly to: number } | null

/** A holiday of the org: once, or again and again. */
export interface OrgHoliday {
  readonly name: string
  readonly hours: Hours
  readonly on: Day | Recurrence
}

/** The columns of `Holiday`. */
export const holidayColumns = [
  'Name',
  'ActivityDate',
  'IsAllDay',
  'StartTimeInMinutes',
  'EndTimeInMinutes',
  'IsRecurrence',
  'RecurrenceType',
  'RecurrenceStartDate',
  'RecurrenceEndDateOnly',
  'RecurrenceInterval',
  'RecurrenceDayOfWeekMask',
  'RecurrenceDayOfMonth',
  'RecurrenceInstance',
  'RecurrenceMonthOfYear',
] as const

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const nameOf = (row: Row): string => (typeof row['Name'] === 'string' ? row['Name'] : '')
export const placeOf = (row: Row): string => `Holiday.${nameOf(row).slice(0, 80)}`

/** The date by which a row is known: of one that comes back the first, since its `ActivityDate` is whatever day it was saved on. */
export const dateOfRow = (row: Row): LocalDate | null =>
  dateIn(row, row['IsRecurrence'] === true ? 'RecurrenceStartDate' : 'ActivityDate')

/** A row of `Holiday`, or what is wrong with it. */
export function readHoliday(row: Row): OrgHoliday | Finding {
  const wrong = (field: string, message: string): Finding => ({
    path: `${placeOf(row)}.${field}`,
    code: 'holiday',
    message,
    remedy: 'correct the holiday in Setup',
  })
  const hours = hoursOf(row)
  if (hours === undefined)
    return wrong('StartTimeInMinutes', 'the holiday is not all day and has no time from one minute to a later one')
  const date = dateOfRow(row)
  if (row['IsRecurrence'] !== true)
    return date === null ? wrong('ActivityDate', 'the holiday has no date') : { name: nameOf(row), hours, on: dayOf(date) }
  if (date === null) return wrong('RecurrenceStartDate', 'the holiday comes back, but it is not said from when')
  const end = dateIn(row, 'RecurrenceEndDateOnly')
  const rule = ruleOf(row, { start: dayOf(date), end: end === null ? null : dayOf(end) })
  return typeof rule === 'string'
    ? wrong(rule, `not given, or unknown, for a holiday of the kind ${String(row['RecurrenceType'])}`)
    : { name: nameOf(row), hours, on: rule }
}

export const isFinding = (value: OrgHoliday | Finding): value is Finding => 'path' in value

/** The rule, or the field that keeps it from being one. */
function ruleOf(row: Row, span: { readonly start: Day; readonly end: Day | null }): Recurrence | string {
  const interval = whole(row, 'RecurrenceInterval', 1, 10_000)
  const weekdays = weekdaysOf(whole(row, 'RecurrenceDayOfWeekMask', 1, 127))
  const dayOfMonth = whole(row, 'RecurrenceDayOfMonth', 1, 31)
  const instance = instances.find((each) => each === row['RecurrenceInstance'])
  const month = months.indexOf(String(row['RecurrenceMonthOfYear']))
  const type = row['RecurrenceType']
  switch (type) {
    case 'RecursDaily':
      return interval === null ? 'RecurrenceInterval' : { ...span, type, interval }
    case 'RecursEveryWeekday':
      return weekdays === null ? 'RecurrenceDayOfWeekMask' : { ...span, type, weekdays }
    case 'RecursWeekly':
      if (interval === null) return 'RecurrenceInterval'
      return weekdays === null ? 'RecurrenceDayOfWeekMask' : { ...span, type, interval, weekdays }
    case 'RecursMonthly':
      if (interval === null) return 'RecurrenceInterval'
      return dayOfMonth === null ? 'RecurrenceDayOfMonth' : { ...span, type, interval, dayOfMonth }
    case 'RecursMonthlyNth':
      if (interval === null) return 'RecurrenceInterval'
      if (weekdays === null) return 'RecurrenceDayOfWeekMask'
      return instance === undefined ? 'RecurrenceInstance' : { ...span, type, interval, weekdays, instance }
    case 'RecursYearly':
      if (month === -1) return 'RecurrenceMonthOfYear'
      return dayOfMonth === null ? 'RecurrenceDayOfMonth' : { ...span, type, month, dayOfMonth }
    case 'RecursYearlyNth':
      if (month === -1) return 'RecurrenceMonthOfYear'
      if (weekdays === null) return 'RecurrenceDayOfWeekMask'
      return instance === undefined ? 'RecurrenceInstance' : { ...span, type, month, weekdays, instance }
    default:
      return 'RecurrenceType'
  }
}

/** Sunday is 1, Monday 2, Tuesday 4 … */
const weekdaysOf = (mask: number | null): Weekdays | null =>
  mask === null ? null : new Set([0, 1, 2, 3, 4, 5, 6].filter((day) => ((mask >> day) & 1) === 1))

function whole(row: Row, field: string, min: number, max: number): number | null {
  const value = row[field]
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : null
}

/** `undefined`: neither all day nor a part of it. */
function hoursOf(row: Row): Hours | undefined {
  if (row['IsAllDay'] === true) return null
  const [from, to] = [whole(row, 'StartTimeInMinutes', 0, 1439), whole(row, 'EndTimeInMinutes', 1, 1440)]
  return from === null || to === null || from >= to ? undefined : { from, to }
}

/** A date is written with a time at times, which means nothing. */
function dateIn(row: Row, field: string): LocalDate | null {
  const value = row[field]
  return typeof value === 'string' && /^(?:19|20|21)\d\d-\d\d-\d\d/.test(value) ? value.slice(0, 10) : null
}
