import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors/index.ts'
import { tryHours, readHours } from './hours.ts'
import { addDays, checkCalendar, createWorkingCalendar, epochDayOf, parseCalendar } from './index.ts'
import { at, calendar, nineToFive, office, thrownBy } from './testing/office.ts'

// Where the calendar refuses to answer, and every word of what it says then (I-18). 2026-05-04 is a Monday.

const HOUR = 3_600_000

describe('a wrong argument is named, with what to give instead', () => {
  const range = (least: number): string => `give a whole number from ${String(least)} to 200000`
  it.each<[string, () => unknown, readonly [path: string, code: string, message: string, remedy: string]]>([
    [
      'no instant',
      () => calendar.isWorking(Number.NaN),
      ['instant', 'type', 'not an instant', 'give epoch milliseconds, e.g. Date.parse(text)'],
    ],
    [
      'no amount',
      () => calendar.addWorkingTime(0, Infinity),
      ['amount', 'type', 'not an amount of time', 'give a finite number of milliseconds'],
    ],
    [
      'no amount beside a pause',
      () => calendar.dueAt(0, Number.NaN, [{ from: 0, to: 1 }]),
      ['amount', 'type', 'not an amount of time', 'give a finite number of milliseconds'],
    ],
    [
      'half a day',
      () => calendar.addWorkingDays('2026-05-04', 0.5),
      ['days', 'type', 'not a possible number of days', range(-200_000)],
    ],
    [
      'too many days',
      () => calendar.addWorkingDays('2026-05-04', 200_001),
      ['days', 'type', 'not a possible number of days', range(-200_000)],
    ],
    [
      'too many days back',
      () => calendar.addWorkingDays('2026-05-04', -200_001),
      ['days', 'type', 'not a possible number of days', range(-200_000)],
    ],
    ['no day to be within', () => calendar.closeOfWorkingDay(0, 0), ['days', 'type', 'not a possible number of days', range(1)]],
    [
      'no day to be due in',
      () => calendar.dueInWorkingDays(0, 0, []),
      ['days', 'type', 'not a possible number of days', range(1)],
    ],
    [
      'too many intervals',
      () => calendar.workingIntervals(0, 100_001),
      ['count', 'type', 'not a whole number from 0 to 100000', 'ask for fewer intervals at a time'],
    ],
    [
      'minus one interval',
      () => calendar.workingIntervals(0, -1),
      ['count', 'type', 'not a whole number from 0 to 100000', 'ask for fewer intervals at a time'],
    ],
    [
      'no date',
      () => calendar.isWorkingDay('soon'),
      ['date', 'date_invalid', 'not a date of the years 1900 to 2200', 'write YYYY-MM-DD'],
    ],
    [
      'a date beyond all',
      () => addDays('2200-12-31', 1),
      ['date', 'date_invalid', 'outside the years 1900 to 2200', 'use a date of the years 1900 to 2200'],
    ],
    [
      'no time',
      () => calendar.instantOf('2026-05-04', '9 am'),
      ['time', 'time', 'not a time of day', 'write HH:mm from 00:00 to 24:00'],
    ],
    [
      'no text for a time',
      () => calendar.instantOf('2026-05-04', 9 as unknown as string),
      ['time', 'time', 'not a time of day', 'write HH:mm from 00:00 to 24:00'],
    ],
    [
      'a pause that ends before it begins',
      () =>
        calendar.dueAt(0, HOUR, [
          { from: 1, to: 1 },
          { from: 10, to: 5 },
        ]),
      ['pauses.1', 'pause', 'not a stretch of time', 'give from and a later to, or to: null while it lasts'],
    ],
  ])('%s', (_what, ask, [path, code, message, remedy]) => {
    const error = thrownBy(ask)
    expect(error).toBeInstanceOf(InvalidInputError)
    expect(error).toMatchObject({ findings: [{ path, code, message, remedy }] })
    expect(String(error)).toContain('Working calendar')
  })
})

describe('a date', () => {
  it('exists as the months of the Gregorian calendar do, in all three centuries', () => {
    for (let year = 1900; year <= 2200; year += 1)
      for (let month = 1; month <= 12; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        const date = (day: number): string => `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        if (epochDayOf(date(last)) !== Date.UTC(year, month - 1, last) / 86_400_000) expect.fail(date(last))
        if (!(thrownBy(() => epochDayOf(date(last + 1))) instanceof InvalidInputError)) expect.fail(date(last + 1))
      }
  })

  it.each(['2026-01-0:', '2026-01-/1', '2026:01-01', '2026-01:01', '202:-01-01', '2026-0 -01'])('is not %j', (text) => {
    expect(() => epochDayOf(text)).toThrow(InvalidInputError)
  })
})

describe('hours', () => {
  it('are two times, and run into the next day where they end before they begin', () => {
    expect(tryHours('22:00', '06:00')).toEqual({ start: 22 * HOUR, end: 30 * HOUR })
    expect(tryHours('09:00', '09:00')).toEqual({ start: 9 * HOUR, end: 9 * HOUR })
    expect(tryHours('01:02:03.004', '24:00')).toEqual({ start: 3_723_004, end: 24 * HOUR })
    expect([tryHours('9', '17:00'), tryHours('09:00', '5 pm'), tryHours('09:00', '24:00:00.001')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('of a day are in order, and none is empty', () => {
    expect(
      readHours([
        ['13:00', '17:00'],
        ['12:00', '12:00'],
        ['09:00', '12:00'],
      ]),
    ).toEqual([
      { start: 9 * HOUR, end: 12 * HOUR },
      { start: 13 * HOUR, end: 17 * HOUR },
    ])
  })

  it('that the clocks moved are in order all the same', () => {
    const gap = createWorkingCalendar({
      ...office,
      overrides: {
        '2026-03-29': [
          ['02:15', '02:45'],
          ['03:00', '04:00'],
        ],
      },
    })
    expect(gap.workingHoursOn('2026-03-29')).toEqual([
      { start: at('2026-03-29 03:00'), end: at('2026-03-29 04:00') },
      { start: at('2026-03-29 03:15'), end: at('2026-03-29 03:45') },
    ])
  })
})

describe('a document', () => {
  const findings = (part: object) => checkCalendar({ ...office, ...part })

  it('is told what is wrong, in words', () => {
    expect(findings({ id: '' })).toEqual([
      {
        path: 'id',
        code: 'too_short',
        message: 'shorter than 1',
        remedy: 'complete it',
        data: { kind: 'calendarTooShort', limit: 1 },
      },
    ])
    expect(findings({ id: 'x'.repeat(81) })).toEqual([
      {
        path: 'id',
        code: 'too_long',
        message: 'longer than 80',
        remedy: 'shorten it',
        data: { kind: 'calendarTooLong', limit: 80 },
      },
    ])
    expect(findings({ id: 7 })).toEqual([
      {
        path: 'id',
        code: 'type',
        message: expect.stringContaining('string') as string,
        remedy: 'see the format of a calendar document',
        data: { kind: 'partMalformed' },
      },
    ])
    expect(findings({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })).toEqual([
      {
        path: '',
        code: 'unknown_key',
        message: 'unknown: a, b, c, d, e',
        remedy: 'delete it, or correct its name',
        data: { kind: 'partsUnknown', names: ['a', 'b', 'c', 'd', 'e'] },
      },
    ])
    expect(findings({ overrides: { soon: [] } })).toEqual([
      {
        path: 'overrides.soon',
        code: 'date',
        message: 'the key is not an existing date of the years 1900 to 2200',
        remedy: 'write YYYY-MM-DD',
        data: { kind: 'keyNoDate', format: 'YYYY-MM-DD' },
      },
    ])
    for (const part of ['overrides', 'breaks'])
      expect(findings(JSON.parse(`{"${part}": {"__proto__": [["09:00", "10:00"]]}}`) as object)).toEqual([
        { path: `${part}.__proto__`, code: 'unknown_key', message: 'not a date', remedy: 'delete it', data: { kind: 'noDate' } },
      ])
    expect(findings({ week: {} })).toEqual([
      {
        path: 'week',
        code: 'no_hours',
        message: 'the calendar has no working time at all',
        remedy: 'give at least one weekday its hours',
        data: { kind: 'noWorkingTime' },
      },
    ])
    expect(findings({ makeupWorkdays: ['2026-10-10'] })).toEqual([
      {
        path: 'makeupHours',
        code: 'makeup_hours',
        message: 'there are make-up workdays, but no hours for them',
        remedy: 'add makeupHours, e.g. the hours of an ordinary weekday',
        data: { kind: 'makeupHoursMissing' },
      },
    ])
    const word = (part: object): readonly unknown[] => findings(part).map(({ message, remedy }) => [message, remedy])
    expect(word({ timeZone: 'Mars/Base' })).toEqual([
      ['not a time zone this runtime knows', 'use an IANA name, e.g. Asia/Shanghai'],
    ])
    expect(word({ holidays: ['2026-02-29'] })).toHaveLength(1)
    expect(word({ makeupWorkdays: ['2026-02-29'], makeupHours: nineToFive })).toEqual([
      ['not an existing date of the years 1900 to 2200', 'write YYYY-MM-DD, e.g. 2026-10-01'],
    ])
    expect(word({ makeupHours: [['9:00', '17:00']] })).toEqual([
      ['not a time of day', 'write HH:mm from 00:00 to 24:00, e.g. 09:00'],
    ])
    expect(word({ coverage: { from: '2026-12-31', to: '2026-01-01' } })).toEqual([['ends before it starts', 'swap from and to']])
    expect(word({ makeupWorkdays: ['2026-10-10', '2026-10-10'], makeupHours: nineToFive })).toEqual([
      ['the date is listed twice', 'delete one of the two'],
    ])
  })

  it.each(['overrides', 'breaks'])('with null for %s is told so, not answered with a crash', (part) => {
    expect(findings({ [part]: null })).toMatchObject([{ path: part, code: 'type' }])
  })

  it('that is read is refused with the same findings', () => {
    const document = { ...office, timeZone: 'Mars/Base', id: '' }
    expect(thrownBy(() => parseCalendar(document))).toMatchObject({ findings: checkCalendar(document) })
    const magic = JSON.parse(JSON.stringify({ ...office, overrides: {} }).replace('{}', '{"__proto__":[]}')) as object
    expect(thrownBy(() => parseCalendar(magic))).toMatchObject({ findings: checkCalendar(magic) })
    expect(checkCalendar(magic)).toHaveLength(1)
  })

  it('has hours that do not overlap, in whichever order; empty ones are in nobody’s way', () => {
    const overlap = (path: string, other: number) => ({
      path,
      code: 'overlap',
      message: `overlaps interval ${String(other)} of the same day`,
      remedy: 'merge the two, or move one',
      data: { kind: 'hoursOverlap', interval: other },
    })
    const hours = (...mon: [string, string][]) => findings({ week: { mon } })
    expect(hours(['13:00', '17:00'], ['09:00', '13:00'], ['10:00', '10:00'])).toEqual([])
    expect(hours(['13:00', '17:00'], ['09:00', '13:01'])).toEqual([overlap('week.mon.0', 1)])
    // With the one that reaches furthest, which need not be the one before, nor the first.
    expect(hours(['09:00', '10:00'], ['11:00', '15:00'], ['14:00', '16:00'])).toEqual([overlap('week.mon.2', 1)])
    expect(hours(['09:00', '15:00'], ['10:00', '11:00'], ['12:00', '13:00'])).toEqual([
      overlap('week.mon.1', 0),
      overlap('week.mon.2', 0),
    ])
  })
})
