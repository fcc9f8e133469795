import { InvalidInputError, parseCalendar, type CalendarDocument, type Finding, type LocalDate } from '@ka-governance/core'
import type { Row } from '../client.ts'
import { dateOf, dayOf, partsOf, type Day } from './day.ts'
import { isFinding, placeOf, readHoliday, type OrgHoliday } from './holiday.ts'
import { monthsWithout, occurrences } from './recurrence.ts'

/** A calendar, with what the org's records leave open. */
export interface SalesforceCalendar {
  /** `null`: the hours cannot be read; the findings say why. */
  readonly calendar: CalendarDocument | null
  /**
   * What is wrong or not certain, with its place in the org. After an error the calendar claims no dates as covered, so that its deadlines are provisional;
   * a warning names the reading that was taken.
   */
  readonly findings: readonly Finding[]
}

/** What of the org becomes a calendar. */
export interface CalendarRows {
  /** A row of `BusinessHours`. */
  readonly hours: Row
  /** Rows of `Holiday` that belong to those hours. */
  readonly holidays: readonly Row[]
  /** The dates for which holidays are wanted, both included. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** Until when the holidays that do not come back are entered. @default the end of the year of the last one; where there is none, they are not */
  readonly enteredUntil?: LocalDate
  readonly id?: string
  /** What is wrong with the holidays beforehand. */
  readonly problems?: readonly Finding[]
}

const weekdays = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const

/** The columns of `BusinessHours`. */
export const hoursColumns = [
  'Name',
  'IsDefault',
  'TimeZoneSidKey',
  ...weekdays.flatMap(([, day]) => [`${day}StartTime`, `${day}EndTime`]),
]

/** Business hours and holidays as a calendar document. Pure. @throws InvalidInputError when `from` or `to` is no date */
export function toCalendar(rows: CalendarRows): SalesforceCalendar {
  const [from, to] = [dayOf(rows.from), dayOf(rows.to)]
  const place = `BusinessHours.${String(rows.hours['Name']).slice(0, 80)}`
  const findings: Finding[] = [...(rows.problems ?? [])]
  const read = rows.holidays.map((row) => ({ row, holiday: readHoliday(row) }))
  const known = read.flatMap(({ row, holiday }) => {
    if (!isFinding(holiday)) return [{ row, holiday }]
    findings.push(holiday)
    return []
  })
  for (const each of known) findings.push(...readings(each.row, each.holiday, from, to))
  const week = weekOf(rows.hours, place, findings)
  const covered = coverageOf(rows, known, findings)
  const document = {
    ...(rows.id === undefined ? {} : { id: rows.id }),
    timeZone: rows.hours['TimeZoneSidKey'],
    week,
    ...daysOff(
      known.map(({ holiday }) => holiday),
      from,
      to,
    ),
    ...(covered === null || findings.some(({ severity }) => severity !== 'warning') ? {} : { coverage: covered }),
  }
  try {
    return { calendar: parseCalendar(document), findings }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return {
      calendar: null,
      findings: [...findings, ...error.findings.map((each) => ({ ...each, path: `${place}.${each.path}` }))],
    }
  }
}

type Interval = [string, string]

function weekOf(hours: Row, place: string, findings: Finding[]): { readonly [day: string]: readonly Interval[] } {
  return Object.fromEntries(
    weekdays.map(([day, name]) => {
      const [start, end] = [hours[`${name}StartTime`] ?? null, hours[`${name}EndTime`] ?? null]
      if (start === null && end === null) return [day, []]
      const interval = intervalOf(start, end)
      if (interval === null)
        findings.push({
          path: `${place}.${name}`,
          code: 'hours',
          message: 'the day does not open before it closes',
          remedy: 'correct the hours in Setup; a night shift needs two days: until 24:00, and from 00:00 of the next',
        })
      return [day, interval === null ? [] : [interval]]
    }),
  )
}

/** From midnight to midnight is the whole day. */
function intervalOf(start: unknown, end: unknown): Interval | null {
  const [from, until] = [timeOf(start), timeOf(end)]
  if (from === null || until === null) return null
  const to = until === '00:00' ? '24:00' : until
  return from < to ? [from, to] : null
}

/** Salesforce writes times as `09:30:00.000Z`; they are local all the same. */
function timeOf(value: unknown): string | null {
  const match = typeof value === 'string' ? /^(\d\d:\d\d)(:\d\d)(?:\.\d{3})?Z?$/.exec(value) : null
  if (match === null) return null
  const [, minutes = '', seconds = ''] = match
  return seconds === ':00' ? minutes : `${minutes}${seconds}`
}

const daysOn = ({ on }: OrgHoliday, from: Day, to: Day): readonly Day[] =>
  typeof on === 'number' ? (on >= from && on <= to ? [on] : []) : occurrences(on, from, to)

/** Whole days off, and parts of other days. */
function daysOff(
  all: readonly OrgHoliday[],
  from: Day,
  to: Day,
): { readonly holidays: readonly object[]; readonly breaks: { readonly [date: string]: readonly Interval[] } } {
  const days = new Map<Day, string[]>()
  const parts = new Map<Day, { from: number; to: number }[]>()
  for (const holiday of all)
    for (const day of daysOn(holiday, from, to)) {
      if (holiday.hours === null) days.set(day, [...(days.get(day) ?? []), holiday.name])
      else parts.set(day, [...(parts.get(day) ?? []), { ...holiday.hours }])
    }
  const inOrder = <T>(map: ReadonlyMap<Day, T>): readonly (readonly [Day, T])[] => [...map].sort(([a], [b]) => a - b)
  return {
    holidays: inOrder(days).map(([day, names]) => ({ date: dateOf(day), name: [...new Set(names)].join(' / ').slice(0, 200) })),
    breaks: Object.fromEntries(
      inOrder(parts)
        .filter(([day]) => !days.has(day))
        .map(([day, list]) => [dateOf(day), merged(list).map((part): Interval => [clock(part.from), clock(part.to)])]),
    ),
  }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function merged(parts: readonly { readonly from: number; readonly to: number }[]): readonly { from: number; to: number }[] {
  const all: { from: number; to: number }[] = []
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last !== undefined && part.from <= last.to) last.to = Math.max(last.to, part.to)
    else all.push({ ...part })
  }
  return all
}

/** Where the documentation leaves two readings: what was taken. */
function readings(row: Row, { on }: OrgHoliday, from: Day, to: Day): readonly Finding[] {
  if (typeof on === 'number') return []
  const short = monthsWithout(on, from, to)
  const differs =
    on.type === 'RecursWeekly' && occurrences(on, from, to, 'monday').join() !== occurrences(on, from, to, 'sunday').join()
  return [
    ...(short === 0
      ? []
      : [
          {
            path: placeOf(row),
            code: 'short_month',
            message: `${String(short)} months are too short for the day of the month; they have no holiday`,
            remedy: 'use the last day of the month, or enter those days one by one',
            severity: 'warning' as const,
          },
        ]),
    ...(differs
      ? [
          {
            path: placeOf(row),
            code: 'week_start',
            message: 'which weeks are skipped depends on the day that begins a week; weeks begin on Sunday here',
            remedy: 'let it begin on a Sunday, or enter the days one by one',
            severity: 'warning' as const,
          },
        ]
      : []),
  ]
}

/** Holidays that come back are there for every year, the others as far as somebody has entered them: where there is none at all, nobody has. */
function coverageOf(
  { from, to, enteredUntil }: CalendarRows,
  known: readonly { readonly holiday: OrgHoliday }[],
  findings: Finding[],
): { readonly from: LocalDate; readonly to: LocalDate } | null {
  const single = known.flatMap(({ holiday: { on } }) => (typeof on === 'number' ? [on] : []))
  const lastYear = single.length === 0 ? null : Math.max(...single.map((day) => partsOf(day).year))
  const until = enteredUntil ?? (lastYear === null ? null : `${String(lastYear)}-12-31`)
  if (until !== null && until >= to) return { from, to }
  findings.push({
    path: 'Holiday',
    code: 'not_entered',
    message:
      until === null
        ? 'no holiday that does not come back is entered; all deadlines are provisional'
        : `holidays that do not come back are entered until ${until}; later deadlines are provisional`,
    remedy: 'enter the holidays of the next year, or say with enteredUntil that there are no more',
    severity: 'warning',
  })
  return until === null || until < from ? null : { from, to: until }
}
