import { addDays, daysBetween, type LocalDate } from '@ka-governance/core'

/** Days since 1970-01-01. */
export type Day = number

/** A day, taken apart. */
export interface DayParts {
  readonly year: number
  /** January is 0. */
  readonly month: number
  readonly dayOfMonth: number
  /** Sunday is 0, as Salesforce counts. */
  readonly weekday: number
}

const epoch = '1970-01-01'
const millisecondsOfDay = 86_400_000

/** @throws InvalidInputError when it is no date of the years 1900 to 2200 */
export const dayOf = (date: LocalDate): Day => daysBetween(epoch, date)
export const dateOf = (day: Day): LocalDate => addDays(epoch, day)

export function partsOf(day: Day): DayParts {
  const date = new Date(day * millisecondsOfDay)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    dayOfMonth: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}

/** Month 12 is January of the next year. */
export const lengthOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
