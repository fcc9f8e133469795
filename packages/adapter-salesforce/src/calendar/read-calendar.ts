import type { Finding, LocalDate } from '@ka-governance/core'
import { clientOf, type ClientOrConnection } from '../client-of.ts'
import type { Row } from '../client.ts'
import { dateOfRow, holidayColumns, nameOf } from './holiday.ts'
import { hoursColumns, toCalendar, type SalesforceCalendar } from './to-calendar.ts'

/** A holiday by its name, or by its name and date (of one that comes back: the first) where several have that name. */
export type HolidayName = string | { readonly name: string; readonly date: LocalDate }

/** What `readSalesforceCalendar` takes. */
export interface SalesforceCalendarOptions extends ClientOrConnection {
  /** Name of the business hours. @default those that the org marks as default */
  readonly hours?: string
  /** The dates for which holidays are wanted, both included. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** Which holidays belong to these hours; queries do not tell, `holidaysOf` does. @default all of the org */
  readonly holidays?: readonly HolidayName[]
  /** Until when the holidays that do not come back are entered. @default the end of the year of the last one; where there is none, they are not */
  readonly enteredUntil?: LocalDate
  /** Of the calendar document. */
  readonly id?: string
}

/**
 * The working calendar that an org has: one of its `BusinessHours` with the `Holiday`s, recurrences written out; one call. A policy takes the document as it
 * is, or with what Salesforce has no field for: make-up workdays, official lists, a break at noon.
 *
 * @throws StoreError when the org does not answer, InvalidInputError when `from` or `to` is no date
 * @example
 * ```ts no-run: needs an org
 * const connection = { instanceUrl: 'https://example.my.salesforce.com', accessToken: '…' }
 * const { calendar, findings } = await readSalesforceCalendar({ connection, from: '2026-01-01', to: '2027-12-31' })
 * for (const { path, message, remedy } of findings) console.log(`${path}: ${message} → ${remedy}`)
 * const withOfficialDays = { ...calendar, holidaySets: ['cn'], makeupHours: [['09:00', '17:30']] }
 * ```
 */
export async function readSalesforceCalendar(options: SalesforceCalendarOptions): Promise<SalesforceCalendar> {
  const { hours: name, holidays: wanted, from, to, enteredUntil, id } = options
  const [all = [], holidays = []] = await clientOf(options).queries([
    `SELECT ${hoursColumns.join(', ')} FROM BusinessHours WHERE IsActive = true`,
    `SELECT ${holidayColumns.join(', ')} FROM Holiday`,
  ])
  const [hours, another] = all.filter((row) => (name === undefined ? row['IsDefault'] === true : nameOf(row) === name))
  if (hours === undefined || another !== undefined)
    return { calendar: null, findings: [notOne(name, another !== undefined, all)] }
  return toCalendar({
    hours,
    holidays: holidays.filter((row) => wanted?.some((each) => isNamed(row, each)) ?? true),
    problems: (wanted ?? []).filter((each) => !holidays.some((row) => isNamed(row, each))).map(notThere),
    from,
    to,
    ...(enteredUntil === undefined ? {} : { enteredUntil }),
    ...(id === undefined ? {} : { id }),
  })
}

const isNamed = (row: Row, wanted: HolidayName): boolean =>
  typeof wanted === 'string' ? nameOf(row) === wanted : nameOf(row) === wanted.name && dateOfRow(row) === wanted.date

function notOne(name: string | undefined, several: boolean, all: readonly Row[]): Finding {
  const there = all.map(nameOf).join(', ')
  return {
    path: name === undefined ? 'BusinessHours' : `BusinessHours.${name.slice(0, 80)}`,
    code: several ? 'ambiguous' : 'missing',
    message: several ? 'several active business hours have this name' : 'there are no such active business hours',
    remedy:
      there === '' ? 'activate business hours in Setup' : `give each a name of its own and name one of: ${there.slice(0, 400)}`,
  }
}

const notThere = (wanted: HolidayName): Finding => ({
  path: `Holiday.${(typeof wanted === 'string' ? wanted : wanted.name).slice(0, 80)}`,
  code: 'missing',
  message: `the org has no such holiday${typeof wanted === 'string' ? '' : ` on ${wanted.date}`}`,
  remedy: 'correct the name, or enter the holiday in Setup',
})
