import { invalid } from './invalid.ts'
import type { LocalDate } from './types.ts'

/** Days since 1970-01-01, the form in which the calendar counts dates. */
export type EpochDay = number

const DAY = 86_400_000

/** The earliest date the SDK accepts, as an epoch day: 1900-01-01. */
export const FIRST_EPOCH_DAY: EpochDay = Date.UTC(1900, 0, 1) / DAY

/** The latest date the SDK accepts, as an epoch day: 2200-12-31. */
export const LAST_EPOCH_DAY: EpochDay = Date.UTC(2200, 11, 31) / DAY

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar, month 1 to 12. The year is shifted to start in March, so that the leap day comes last. */
const daysFromCivil = (year: number, month: number, day: number): EpochDay => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const civilFromDays = (epochDay: EpochDay): { year: number; month: number; day: number } => {
  const days = epochDay + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** The epoch day of a text, or `undefined` when it is no date `YYYY-MM-DD` of the years 1900 to 2200. */
export const tryEpochDay = (text: string): EpochDay | undefined => {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined
  const year = digit(text, 0) * 1_000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3)
  const month = digit(text, 5) * 10 + digit(text, 6)
  const day = digit(text, 8) * 10 + digit(text, 9)
  // Written so that NaN (a character that is no digit) fails as well.
  const exists = year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? daysFromCivil(year, month, day) : undefined
}

/**
 * Reads a text as a local date.
 *
 * @throws InvalidInputError when it is no existing date `YYYY-MM-DD` of the years 1900 to 2200.
 * @example parseLocalDate('2026-02-29') // throws: 2026 has no 29 February
 */
export const parseLocalDate = (text: string): LocalDate => {
  epochDayOf(text)
  return text
}

/**
 * Days from 1970-01-01 to a local date.
 *
 * @throws InvalidInputError when it is no date of the years 1900 to 2200.
 * @example epochDayOf('1970-01-02') // 1
 */
export const epochDayOf = (date: LocalDate): EpochDay => {
  const epochDay = typeof date === 'string' ? tryEpochDay(date) : undefined
  if (epochDay === undefined) throw invalid('date', 'date_invalid', 'not a date of the years 1900 to 2200', 'write YYYY-MM-DD')
  return epochDay
}

const padded = (value: number): string => (value < 10 ? `0${value}` : String(value))

/**
 * The local date of an epoch day.
 *
 * @throws InvalidInputError outside the years 1900 to 2200.
 * @example localDateOfEpochDay(1) // '1970-01-02'
 */
export const localDateOfEpochDay = (epochDay: EpochDay): LocalDate => {
  if (!Number.isInteger(epochDay) || epochDay < FIRST_EPOCH_DAY || epochDay > LAST_EPOCH_DAY)
    throw invalid('date', 'date_invalid', 'outside the years 1900 to 2200', 'use a date of the years 1900 to 2200')
  const { year, month, day } = civilFromDays(epochDay)
  return `${year}-${padded(month)}-${padded(day)}`
}

/**
 * The date `days` calendar days later (earlier, when negative).
 *
 * @throws InvalidInputError for no date, no whole number, or a result outside the years 1900 to 2200.
 * @example addDays('2026-02-28', 1) // '2026-03-01'
 */
export const addDays = (date: LocalDate, days: number): LocalDate => localDateOfEpochDay(epochDayOf(date) + days)

/**
 * The same day of the month `months` later (earlier, when negative), or that month's last day when it is shorter.
 *
 * @throws InvalidInputError for no date, no whole number, or a result outside the years 1900 to 2200.
 * @example addMonths('2026-01-31', 1) // '2026-02-28'
 */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const { year, month, day } = civilFromDays(epochDayOf(date))
  const monthIndex = year * 12 + month - 1 + months
  const targetYear = Math.floor(monthIndex / 12)
  const targetMonth = monthIndex - targetYear * 12 + 1
  return localDateOfEpochDay(daysFromCivil(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth))))
}

/**
 * The calendar days from one date to the other, negative when reversed.
 *
 * @throws InvalidInputError when either is no date of the years 1900 to 2200.
 * @example daysBetween('2026-01-01', '2026-02-01') // 31
 */
export const daysBetween = (from: LocalDate, to: LocalDate): number => epochDayOf(to) - epochDayOf(from)

/**
 * Orders two local dates, for `Array.prototype.sort`. Negative when `a` is earlier.
 *
 * @example ['2026-02-01', '2026-01-01'].sort(compareLocalDates) // ['2026-01-01', '2026-02-01']
 */
export const compareLocalDates = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0)

/** The weekday of an epoch day, Monday 0 to Sunday 6. */
export const weekdayOf = (epochDay: EpochDay): number => (((epochDay + 3) % 7) + 7) % 7
