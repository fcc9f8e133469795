import { epochDayOf, localDateOfEpochDay, type LocalDate } from '../../calendar/index.ts'

/** The last day that a policy can name. */
const lastDay = epochDayOf('2199-12-31')

/** So many days after a date, or the last day that there is: a number in a policy can be as large as it likes. */
export const daysAfter = (date: LocalDate, days: number): LocalDate =>
  localDateOfEpochDay(Math.min(epochDayOf(date) + Math.ceil(days), Math.max(lastDay, epochDayOf(date))))
