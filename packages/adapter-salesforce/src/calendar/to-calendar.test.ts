import { createWorkingCalendar, parseCalendar } from '@ka-governance/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Row } from '../client.ts'
import { dateOf, dayOf, partsOf } from './day.ts'
import { toCalendar, type CalendarRows } from './to-calendar.ts'

const office = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
const hoursOf = (days: readonly string[], start: unknown, end: unknown): Row =>
  Object.fromEntries(
    days.flatMap((day) => [
      [`${day}StartTime`, start],
      [`${day}EndTime`, end],
    ]),
  )
const shanghai: Row = { Name: 'Shanghai', TimeZoneSidKey: 'Asia/Shanghai', ...hoursOf(office, '09:00:00.000Z', '17:30:00.000Z') }
const range = { from: '2026-01-01', to: '2027-12-31' }
/** Nobody has said until when holidays are entered. */
const unsaid = (over: Partial<CalendarRows>) => toCalendar({ hours: shanghai, holidays: [], ...range, ...over })
const from = (over: Partial<CalendarRows>) => unsaid({ enteredUntil: range.to, ...over })
const single = (Name: string, ActivityDate: string, more: Row = {}): Row => ({
  Name,
  ActivityDate,
  IsAllDay: true,
  IsRecurrence: false,
  ...more,
})
const yearly = (Name: string, RecurrenceMonthOfYear: string, RecurrenceDayOfMonth: number, more: Row = {}): Row => ({
  Name,
  // Whatever day it was saved on.
  ActivityDate: '2025-11-03',
  IsAllDay: true,
  IsRecurrence: true,
  RecurrenceType: 'RecursYearly',
  RecurrenceStartDate: '2020-01-01',
  RecurrenceMonthOfYear,
  RecurrenceDayOfMonth,
  ...more,
})

describe('hours of the week', () => {
  test('one interval a day, closed days, whole days, seconds', () => {
    const hours: Row = {
      ...shanghai,
      ...hoursOf(['Friday'], '09:00:00.000Z', '00:00:00.000Z'),
      ...hoursOf(['Saturday'], '00:00:00.000Z', '00:00:00.000Z'),
      ...hoursOf(['Sunday'], '08:15:30.000Z', '12:00:00.000Z'),
    }
    const weekday = [['09:00', '17:30']]
    expect(from({ hours, id: 'cn' })).toEqual({
      calendar: {
        id: 'cn',
        timeZone: 'Asia/Shanghai',
        week: {
          mon: weekday,
          tue: weekday,
          wed: weekday,
          thu: weekday,
          fri: [['09:00', '24:00']],
          sat: [['00:00', '24:00']],
          sun: [['08:15:30', '12:00']],
        },
        holidays: [],
        breaks: {},
        coverage: range,
      },
      findings: [],
    })
  })

  test.each([
    ['closes before it opens', '17:00:00.000Z', '09:00:00.000Z'],
    ['opens and never closes', '09:00:00.000Z', null],
    ['has a text for a time', 'nine', '17:00:00.000Z'],
    ['opens and closes at once', '09:00:00.000Z', '09:00:00.000Z'],
  ])('a day that %s is told with its place, and nothing is covered', (_, start, end) => {
    const { calendar, findings } = from({ hours: { ...shanghai, ...hoursOf(['Monday'], start, end) } })
    expect(findings).toMatchObject([{ path: 'BusinessHours.Shanghai.Monday', code: 'hours' }])
    expect(calendar?.week.mon).toEqual([])
    expect(calendar?.coverage).toBeUndefined()
  })

  test('hours that make no calendar: none, and why', () => {
    expect(from({ hours: { Name: 'Nowhere', TimeZoneSidKey: 'Mars/Base' } })).toMatchObject({
      calendar: null,
      findings: [
        { path: 'BusinessHours.Nowhere.timeZone', code: 'zone' },
        { path: 'BusinessHours.Nowhere.week', code: 'no_hours' },
      ],
    })
  })
})

describe('holidays', () => {
  test('once and again, in order; of two on one day both names', () => {
    const { calendar, findings } = from({
      holidays: [
        yearly('Christmas', 'December', 25),
        single('Office party', '2027-12-25'),
        single('Long ago', '2019-05-01'),
        yearly('Ended', 'May', 1, { RecurrenceEndDateOnly: '2026-05-01' }),
      ],
    })
    expect(calendar?.holidays).toEqual([
      { date: '2026-05-01', name: 'Ended' },
      { date: '2026-12-25', name: 'Christmas' },
      { date: '2027-12-25', name: 'Christmas / Office party' },
    ])
    expect(findings).toEqual([])
    expect(calendar?.coverage).toEqual(range)
  })

  test('a part of a day is cut out of its hours, and joined with what it touches; a whole day off wins', () => {
    const part = (date: string, start: number, end: number): Row =>
      single('Part', date, { IsAllDay: false, StartTimeInMinutes: start, EndTimeInMinutes: end })
    const { calendar } = from({
      enteredUntil: range.to,
      holidays: [
        part('2026-12-24', 720, 900),
        part('2026-12-24', 840, 1440),
        part('2026-12-24', 60, 120),
        part('2026-12-25', 0, 720),
        yearly('Christmas', 'December', 25),
      ],
    })
    expect(calendar?.breaks).toEqual({
      '2026-12-24': [
        ['01:00', '02:00'],
        ['12:00', '24:00'],
      ],
    })
    const working = createWorkingCalendar(parseCalendar(calendar))
    const at = (time: string): boolean => working.isWorking(Date.parse(`2026-12-24T${time}:00+08:00`))
    expect([at('08:59'), at('09:00'), at('11:59'), at('12:00'), at('17:00')]).toEqual([false, true, true, false, false])
    expect(working.isWorkingDay('2026-12-25')).toBe(false)
  })

  test.each<[string, Row, string]>([
    ['no date', single('X', '', { ActivityDate: null }), 'ActivityDate'],
    ['neither all day nor a part', single('X', '2026-01-02', { IsAllDay: false }), 'StartTimeInMinutes'],
    [
      'an end before its start',
      single('X', '2026-01-02', { IsAllDay: false, StartTimeInMinutes: 60, EndTimeInMinutes: 60 }),
      'StartTimeInMinutes',
    ],
    ['no beginning', yearly('X', 'May', 1, { RecurrenceStartDate: null }), 'RecurrenceStartDate'],
    ['a kind of tomorrow', yearly('X', 'May', 1, { RecurrenceType: 'RecursByMoon' }), 'RecurrenceType'],
    ['a month that is none', yearly('X', 'Mai', 1), 'RecurrenceMonthOfYear'],
    ['no day', yearly('X', 'May', 32), 'RecurrenceDayOfMonth'],
    ['no interval', yearly('X', 'May', 1, { RecurrenceType: 'RecursDaily' }), 'RecurrenceInterval'],
    [
      'an interval of none',
      yearly('X', 'May', 1, { RecurrenceType: 'RecursMonthly', RecurrenceInterval: 0 }),
      'RecurrenceInterval',
    ],
    ['no weekdays', yearly('X', 'May', 1, { RecurrenceType: 'RecursEveryWeekday' }), 'RecurrenceDayOfWeekMask'],
    ['no weekdays', yearly('X', 'May', 1, { RecurrenceType: 'RecursWeekly', RecurrenceInterval: 1 }), 'RecurrenceDayOfWeekMask'],
    [
      'no instance',
      yearly('X', 'May', 1, { RecurrenceType: 'RecursYearlyNth', RecurrenceDayOfWeekMask: 2, RecurrenceInstance: 'Fifth' }),
      'RecurrenceInstance',
    ],
    [
      'no instance',
      yearly('X', 'May', 1, { RecurrenceType: 'RecursMonthlyNth', RecurrenceDayOfWeekMask: 2, RecurrenceInterval: 1 }),
      'RecurrenceInstance',
    ],
  ])('one with %s is told with its place; the others are there, and no date is covered', (_, row, field) => {
    const { calendar, findings } = from({ holidays: [row, yearly('Christmas', 'December', 25)] })
    expect(findings).toMatchObject([{ path: `Holiday.X.${field}`, code: 'holiday' }])
    expect(calendar?.holidays).toHaveLength(2)
    expect(calendar?.coverage).toBeUndefined()
  })

  test('the weekdays of Salesforce: Sunday is 1, Saturday 64', () => {
    const weekly = (mask: number): Row =>
      yearly('X', '', 0, { RecurrenceType: 'RecursWeekly', RecurrenceInterval: 1, RecurrenceDayOfWeekMask: mask })
    const daysOf = (mask: number): unknown =>
      from({ to: '2026-01-10', from: '2026-01-04', holidays: [weekly(mask)] }).calendar?.holidays?.map((each) =>
        typeof each === 'string' ? each : each.date,
      )
    expect([1, 2, 4, 8, 16, 32, 64].map(daysOf)).toEqual(
      [4, 5, 6, 7, 8, 9, 10].map((day) => [`2026-01-${String(day).padStart(2, '0')}`]),
    )
    expect(daysOf(65)).toEqual(['2026-01-04', '2026-01-10'])
  })
})

describe('what is not certain is said', () => {
  test('days that some months do not have', () => {
    const { findings, calendar } = from({ holidays: [yearly('Leap', 'February', 29)] })
    expect(findings).toMatchObject([{ path: 'Holiday.Leap', code: 'short_month', severity: 'warning' }])
    expect(calendar?.coverage).toEqual(range)
  })

  test('skipped weeks, where it matters on which day a week begins', () => {
    const weekly = (mask: number): Row =>
      yearly('Shift', '', 0, { RecurrenceType: 'RecursWeekly', RecurrenceInterval: 2, RecurrenceDayOfWeekMask: mask })
    expect(from({ holidays: [weekly(3)] }).findings).toMatchObject([
      { path: 'Holiday.Shift', code: 'week_start', severity: 'warning' },
    ])
    expect(from({ holidays: [weekly(62)] }).findings).toEqual([])
  })

  test.each([[[]], [[yearly('Christmas', 'December', 25)]]])(
    'where no holiday that does not come back is entered, nothing is covered until somebody says that there is none',
    (holidays) => {
      const { calendar, findings } = unsaid({ holidays })
      expect(findings).toMatchObject([{ path: 'Holiday', code: 'not_entered', severity: 'warning' }])
      expect(calendar?.coverage).toBeUndefined()
      expect(from({ holidays })).toMatchObject({ findings: [], calendar: { coverage: range } })
    },
  )

  test('holidays that do not come back are entered for some years only', () => {
    const holidays = [single('Spring Festival', '2026-02-17'), yearly('Christmas', 'December', 25)]
    const { calendar, findings } = unsaid({ holidays })
    expect(calendar?.coverage).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(findings).toMatchObject([{ path: 'Holiday', code: 'not_entered', severity: 'warning' }])
    expect(from({ holidays, enteredUntil: '2027-12-31' })).toMatchObject({ findings: [], calendar: { coverage: range } })
    expect(from({ holidays, enteredUntil: '2025-12-31' }).calendar?.coverage).toBeUndefined()
    const firstDay = { from: '2026-01-01', to: '2026-01-01' }
    expect(from({ holidays, enteredUntil: '2026-01-01' }).calendar?.coverage).toEqual(firstDay)
    const working = createWorkingCalendar(parseCalendar(calendar))
    const at = (date: string): string => working.coverageOf(working.startOfDay(date))
    expect([at('2026-12-31'), at('2027-01-01')]).toEqual(['covered', 'provisional'])
  })
})

test('any hours and holidays: working is what the records say at that minute', () => {
  const minutes = fc.integer({ min: 0, max: 1440 })
  const dayHours = fc.option(fc.tuple(minutes, minutes).filter(([a, b]) => a < b && a < 1440))
  const time = (minute: number): string =>
    `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000Z`
  const first = dayOf('2026-02-01')
  const days = fc.integer({ min: 0, max: 59 })
  const holiday = fc.record({ day: days, until: days, weekday: fc.option(fc.integer({ min: 0, max: 6 })), part: dayHours })
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
  fc.assert(
    fc.property(
      fc.array(dayHours, { minLength: 7, maxLength: 7 }).filter((week) => week.some((hours) => hours !== null)),
      fc.array(holiday, { maxLength: 6 }),
      fc.array(fc.tuple(days, minutes), { minLength: 5, maxLength: 20 }),
      (week, given, moments) => {
        const hours: Row = {
          Name: 'Any',
          TimeZoneSidKey: 'UTC',
          ...Object.fromEntries(
            week.flatMap((each, k) =>
              each === null
                ? []
                : [
                    [`${names[k] ?? ''}StartTime`, time(each[0])],
                    [`${names[k] ?? ''}EndTime`, time(each[1])],
                  ],
            ),
          ),
        }
        const holidays = given.map(({ day, until, weekday, part }): Row => ({
          Name: 'Off',
          IsAllDay: part === null,
          ...(part === null ? {} : { StartTimeInMinutes: part[0], EndTimeInMinutes: part[1] }),
          ...(weekday === null
            ? { IsRecurrence: false, ActivityDate: dateOf(first + day) }
            : {
                IsRecurrence: true,
                RecurrenceType: 'RecursWeekly',
                RecurrenceInterval: 1,
                RecurrenceDayOfWeekMask: 1 << weekday,
                RecurrenceStartDate: dateOf(first + day),
                RecurrenceEndDateOnly: dateOf(first + until),
              }),
        }))
        const { calendar } = toCalendar({ hours, holidays, from: dateOf(first), to: dateOf(first + 59) })
        const working = createWorkingCalendar(parseCalendar(calendar))
        for (const [day, minute] of moments.filter(([, each]) => each < 1440)) {
          const { weekday } = partsOf(first + day)
          const within = (part: readonly [number, number] | null | undefined): boolean =>
            part != null && part[0] <= minute && minute < part[1]
          const off = given.some(
            (each) =>
              (each.weekday === null ? each.day === day : each.weekday === weekday && each.day <= day && day <= each.until) &&
              (each.part === null || within(each.part)),
          )
          expect(working.isWorking(((first + day) * 1440 + minute) * 60_000)).toBe(within(week[weekday]) && !off)
        }
      },
    ),
    { numRuns: 300 },
  )
})
