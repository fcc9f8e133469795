import { describe, expect, it, test } from 'vitest'
import {
  checkCalendar,
  createWorkingCalendar,
  localDateIn,
  type CalendarDocument,
  type DayBounds,
  type HolidaySet,
  type WorkingInterval,
} from './index.ts'
import { nineToFive, office as plain } from './testing/office.ts'

// What a person can check by looking at a calendar, question by question (I-18). 2026-05-01 is a Friday, and a holiday here.

const HOUR = 3_600_000
const office: CalendarDocument = { ...plain, holidays: ['2026-05-01'] }
const calendar = createWorkingCalendar(office)
const at = (text: string, of = calendar): number => of.instantOf(text.slice(0, 10), text.slice(11))
const shown = (instant: number, of = calendar): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: of.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant)
const spans = (list: readonly WorkingInterval[], of = calendar): string[] =>
  list.map(({ start, end }) => `${shown(start, of)} – ${shown(end, of).slice(11)}`)

describe('instants', () => {
  it.each([
    ['2026-05-04 08:59', false, false],
    ['2026-05-04 09:00', true, true],
    ['2026-05-04 16:59', true, true],
    ['2026-05-04 17:00', false, true],
    ['2026-05-04 17:01', false, false],
    ['2026-05-01 12:00', false, false],
    ['2026-05-02 12:00', false, false],
  ])('%s is worked: %s, with the closing: %s', (text, exclusive, inclusive) => {
    expect(calendar.isWorking(at(text))).toBe(exclusive)
    expect(calendar.isWorking(at(text), 'inclusive')).toBe(inclusive)
  })

  it.each([
    ['2026-05-04 08:00', '2026-05-04 09:00', '2026-05-04 09:00'],
    ['2026-05-04 12:00', '2026-05-04 12:00', '2026-05-04 12:00'],
    ['2026-05-04 17:00', '2026-05-05 09:00', '2026-05-04 17:00'],
    ['2026-05-04 17:01', '2026-05-05 09:00', '2026-05-05 09:00'],
    ['2026-04-30 17:30', '2026-05-04 09:00', '2026-05-04 09:00'],
  ])('the next working instant from %s is %s; where a closing counts, %s', (from, next, inclusive) => {
    expect(shown(calendar.nextWorkingInstant(at(from)))).toBe(next)
    expect(shown(calendar.nextWorkingInstant(at(from), 'inclusive'))).toBe(inclusive)
  })

  it.each([
    ['2026-05-04 20:00', '2026-05-04 17:00', '2026-05-04 17:00'],
    ['2026-05-04 17:00', '2026-05-04 17:00', '2026-05-04 17:00'],
    ['2026-05-04 09:01', '2026-05-04 09:01', '2026-05-04 09:01'],
    ['2026-05-04 09:00', '2026-04-30 17:00', '2026-05-04 09:00'],
    ['2026-05-04 08:59', '2026-04-30 17:00', '2026-04-30 17:00'],
  ])('the one before %s is %s; where an opening counts, %s', (from, previous, inclusive) => {
    expect(shown(calendar.previousWorkingInstant(at(from)))).toBe(previous)
    expect(shown(calendar.previousWorkingInstant(at(from), 'inclusive'))).toBe(inclusive)
  })

  it.each([
    ['2026-05-04 08:59', '2026-05-04 09:00', '2026-05-04 17:00'],
    ['2026-05-04 09:00', '2026-05-05 09:00', '2026-05-04 17:00'],
    ['2026-05-04 16:59', '2026-05-05 09:00', '2026-05-04 17:00'],
    ['2026-05-04 17:00', '2026-05-05 09:00', '2026-05-05 17:00'],
    ['2026-04-30 17:00', '2026-05-04 09:00', '2026-05-04 17:00'],
  ])('after %s comes the opening of %s and the closing of %s', (from, opening, closing) => {
    expect(shown(calendar.nextOpening(at(from)))).toBe(opening)
    expect(shown(calendar.nextClosing(at(from)))).toBe(closing)
  })

  it('a search that goes far beyond what was asked before', () => {
    const seldom = createWorkingCalendar({
      ...office,
      week: {},
      overrides: { '2020-01-02': nineToFive, '2031-01-02': nineToFive },
    })
    const now = at('2026-05-04 12:00', seldom)
    expect(shown(seldom.nextWorkingInstant(now))).toBe('2031-01-02 09:00')
    expect(shown(seldom.previousWorkingInstant(now))).toBe('2020-01-02 17:00')
    expect(shown(seldom.nextOpening(now))).toBe('2031-01-02 09:00')
    expect(shown(seldom.nextClosing(now))).toBe('2031-01-02 17:00')
    expect(spans(seldom.workingIntervals(now, 1))).toEqual(['2031-01-02 09:00 – 17:00'])
    expect(spans(seldom.workingIntervals(now, 1, 'backward'))).toEqual(['2020-01-02 09:00 – 17:00'])
  })
})

describe('intervals', () => {
  it('forward, nearest first, the first one clipped', () => {
    expect(spans(calendar.workingIntervals(at('2026-04-30 12:00'), 3))).toEqual([
      '2026-04-30 12:00 – 17:00',
      '2026-05-04 09:00 – 17:00',
      '2026-05-05 09:00 – 17:00',
    ])
    expect(spans(calendar.workingIntervals(at('2026-05-04 17:00'), 1))).toEqual(['2026-05-05 09:00 – 17:00'])
    expect(calendar.workingIntervals(at('2026-05-04 17:00'), 0)).toEqual([])
  })

  it('backward, nearest first, the first one clipped', () => {
    expect(spans(calendar.workingIntervals(at('2026-05-05 12:00'), 3, 'backward'))).toEqual([
      '2026-05-05 09:00 – 12:00',
      '2026-05-04 09:00 – 17:00',
      '2026-04-30 09:00 – 17:00',
    ])
    expect(spans(calendar.workingIntervals(at('2026-05-05 09:00'), 1, 'backward'))).toEqual(['2026-05-04 09:00 – 17:00'])
    expect(spans(calendar.workingIntervals(at('2026-05-05 20:00'), 1, 'backward'))).toEqual(['2026-05-05 09:00 – 17:00'])
  })

  it('whole numbers of them, and no more than 100,000', () => {
    expect(() => calendar.workingIntervals(0, 100_001)).toThrow(/from 0 to 100000/)
    expect(() => calendar.workingIntervals(0, 1.5)).toThrow(/count/)
  })

  it('of a date: in order, whatever order they are written in, breaks cut out of the middle and off the ends', () => {
    const shifts = createWorkingCalendar({
      ...office,
      overrides: {
        '2026-05-04': [
          ['13:00', '18:00'],
          ['09:00', '12:00'],
        ],
      },
      breaks: {
        '2026-05-04': [
          ['12:00', '13:00'],
          ['17:30', '19:00'],
          ['08:00', '09:00'],
          ['10:00', '10:15'],
        ],
      },
    })
    expect(spans(shifts.workingHoursOn('2026-05-04'))).toEqual([
      '2026-05-04 09:00 – 10:00',
      '2026-05-04 10:15 – 12:00',
      '2026-05-04 13:00 – 17:30',
    ])
    expect(spans(shifts.workingIntervals(at('2026-05-04 00:00'), 3))).toEqual([
      '2026-05-04 09:00 – 10:00',
      '2026-05-04 10:15 – 12:00',
      '2026-05-04 13:00 – 17:30',
    ])
  })

  it('a night shift and the early shift that it touches or overlaps are one', () => {
    const works = createWorkingCalendar({
      timeZone: 'UTC',
      week: { mon: [['22:00', '06:00']], tue: [['06:00', '14:00']], wed: [['22:00', '06:00']], thu: [['05:00', '08:00']] },
    })
    const list = works.workingIntervals(Date.parse('2026-05-04T00:00Z'), 2)
    expect(list.map(({ start, end }) => (end - start) / HOUR)).toEqual([16, 10])
    expect(works.workingHoursOn('2026-05-07').map(({ start, end }) => (end - start) / HOUR)).toEqual([3])
    expect(works.workingTimeBetween(Date.parse('2026-05-04T00:00Z'), Date.parse('2026-05-09T00:00Z'))).toBe(26 * HOUR)
  })
})

describe('summer time and dates that are not there', () => {
  const nights = createWorkingCalendar({
    timeZone: 'Europe/Berlin',
    week: { sat: [['22:00', '06:00']] },
    overrides: { '2026-03-29': [['02:30', '04:00']], '2027-03-28': [['02:00', '02:30']] },
  })
  const hoursOn = (date: string, of = nights) => of.workingHoursOn(date).map(({ start, end }) => (end - start) / HOUR)

  it('a night is an hour shorter in spring, an hour longer in autumn', () => {
    expect(['2026-03-21', '2026-03-28', '2026-10-24'].map((date) => hoursOn(date))).toEqual([[8], [7], [9]])
  })

  it('hours in the gap move on, in part or as a whole', () => {
    expect(spans(nights.workingHoursOn('2026-03-29'))).toEqual(['2026-03-29 03:30 – 04:00'])
    expect(spans(nights.workingHoursOn('2027-03-28'))).toEqual(['2027-03-28 03:00 – 03:30'])
  })

  it('a date that the zone skipped has no working time', () => {
    const apia = createWorkingCalendar({ timeZone: 'Pacific/Apia', week: { thu: nineToFive, fri: nineToFive, sat: nineToFive } })
    expect(hoursOn('2011-12-29', apia)).toEqual([8])
    expect(apia.workingHoursOn('2011-12-30')).toEqual([])
    expect(apia.isWorkingDay('2011-12-30')).toBe(false)
    expect(apia.workingDaysBetween('2011-12-29', '2011-12-31', '[]')).toBe(2)
  })
})

describe('working days', () => {
  it.each<[string, string, DayBounds | undefined, number]>([
    ['2026-05-02', '2026-05-06', undefined, 2],
    ['2026-05-02', '2026-05-06', '[)', 2],
    ['2026-05-02', '2026-05-06', '(]', 3],
    ['2026-04-30', '2026-05-06', '[]', 4],
    ['2026-04-30', '2026-05-06', '[)', 3],
    ['2026-04-30', '2026-05-06', '(]', 3],
    ['2026-04-30', '2026-05-05', 'walk', 2],
    ['2026-05-05', '2026-04-30', 'walk', -2],
    ['2026-05-06', '2026-05-02', 'walk', -3],
    ['2026-05-06', '2026-05-02', '[)', -2],
    ['2026-05-06', '2026-05-02', '(]', -3],
    ['2026-05-04', '2026-05-04', '[)', 0],
    ['2026-05-04', '2026-05-04', '(]', 0],
    ['2026-05-04', '2026-05-04', '[]', 1],
    ['2026-05-04', '2026-05-04', 'walk', 0],
  ])('from %s to %s, bounds %s: %i', (from, to, bounds, count) => {
    expect(calendar.workingDaysBetween(from, to, bounds)).toBe(count)
  })

  it.each([
    ['2026-05-02', 1, '2026-05-04', '2026-05-05'],
    ['2026-05-02', -1, '2026-04-30', '2026-04-29'],
    ['2026-05-02', 0, '2026-05-02', '2026-05-02'],
    ['2026-05-04', 1, '2026-05-05', '2026-05-05'],
    ['2026-05-04', -1, '2026-04-30', '2026-04-30'],
  ])('%s and %i working days: %s; rolled first: %s', (from, days, counted, rolled) => {
    expect(calendar.addWorkingDays(from, days)).toBe(counted)
    expect(calendar.addWorkingDays(from, days, 'roll')).toBe(rolled)
  })
})

describe('amounts of time', () => {
  it('600 working days of 8 hours, forwards and backwards', () => {
    const opening = at('2026-05-04 09:00')
    const later = calendar.addWorkingDays('2026-05-04', 599)
    const earlier = calendar.addWorkingDays('2026-05-04', -600)
    expect(shown(calendar.addWorkingTime(opening, 600 * 8 * HOUR))).toBe(`${later} 17:00`)
    expect(shown(calendar.addWorkingTime(opening, -600 * 8 * HOUR))).toBe(`${earlier} 09:00`)
    expect(calendar.workingTimeBetween(opening, at(`${later} 17:00`))).toBe(600 * 8 * HOUR)
    expect(calendar.workingTimeBetween(opening, at(`${earlier} 09:00`))).toBe(-600 * 8 * HOUR)
    expect(calendar.workingTimeBetween(opening, at(`${earlier} 09:00`), [], 'clamped')).toBe(0)
  })

  it('without pauses are those of an addition, and nothing is due at once', () => {
    const start = at('2026-05-04 12:00')
    for (const pauses of [undefined, []]) expect(shown(calendar.dueAt(start, 8 * HOUR, pauses) ?? 0)).toBe('2026-05-05 12:00')
    // With a pause that begins at the same time, and in the night, when nothing is worked.
    const night = at('2026-05-04 20:00')
    expect(calendar.dueAt(night, 0, [{ from: night, to: null }])).toBe(night)
    expect(shown(calendar.dueAt(night, 0, [{ from: at('2026-05-01 12:00'), to: at('2026-05-01 13:00') }], 'roll') ?? 0)).toBe(
      '2026-05-05 09:00',
    )
  })

  it('do not depend on what was asked before, nor on the order of the two ends', () => {
    const [now, long, next] = ['2026-05-04', '2022-05-02', '2030-05-06'] as const
    const instant = (date: string) => at(`${date} 12:00`)
    const fresh = () => createWorkingCalendar(office)
    const asked = () => {
      const used = fresh()
      used.isWorking(instant(now))
      return used
    }
    const hours = calendar.workingTimeBetween(instant(long), instant(next))
    // Eight years and four days are 418 weeks, with one holiday.
    expect(hours / 8 / HOUR).toBe(418 * 5 - 1)
    for (const make of [fresh, asked]) {
      expect(make().workingTimeBetween(instant(long), instant(next))).toBe(hours)
      expect(make().workingTimeBetween(instant(next), instant(long))).toBe(-hours)
      expect(
        make().workingTimeBetween(instant(long), instant(now)) + make().workingTimeBetween(instant(now), instant(next)),
      ).toBe(hours)
      expect([make().isWorkingDay(long), make().isWorkingDay(next)]).toEqual([true, true])
      expect(make().workingDaysBetween(long, next)).toBe(hours / 8 / HOUR)
      expect(make().workingDaysBetween(next, long, 'walk')).toBe(-hours / 8 / HOUR)
    }
  })

  it('backwards, time that was paused does not count', () => {
    const start = at('2026-05-05 17:00')
    const pause = [{ from: at('2026-05-05 12:00'), to: at('2026-05-05 13:00') }]
    expect(shown(calendar.dueAt(start, -8 * HOUR, pause) ?? 0)).toBe('2026-05-04 16:00')
    expect(shown(calendar.dueAt(start, -3 * HOUR, pause) ?? 0)).toBe('2026-05-05 14:00')
    expect(shown(calendar.dueAt(start, -3 * HOUR, pause, 'roll') ?? 0)).toBe('2026-05-05 14:00')
    expect(shown(calendar.dueAt(start, -8 * HOUR, [{ from: start, to: null }]) ?? 0)).toBe('2026-05-05 09:00')
    // Used up just where the pause ends: there, or with roll where it began.
    expect(shown(calendar.dueAt(start, -4 * HOUR, pause) ?? 0)).toBe('2026-05-05 13:00')
    expect(shown(calendar.dueAt(start, -4 * HOUR, pause, 'roll') ?? 0)).toBe('2026-05-05 12:00')
    const two = [...pause, { from: at('2026-05-04 10:00'), to: at('2026-05-04 16:00') }]
    expect(shown(calendar.dueAt(start, -9 * HOUR, two) ?? 0)).toBe('2026-05-04 09:00')
  })
})

describe('holiday sets', () => {
  const set = (name: string, from: string, to: string): HolidaySet => ({
    name,
    version: '1',
    coverage: { from, to },
    holidays: [],
    makeupWorkdays: [],
    source: { issuer: '', notices: [] },
  })
  const sets = [set('a', '2025-01-01', '2026-12-31'), set('b', '2026-01-01', '2027-12-31'), set('c', '2028-01-01', '2028-12-31')]
  const coverage = (...names: string[]) =>
    createWorkingCalendar({ ...office, holidaySets: names }, { holidaySets: sets }).coverage

  it('cover what all of them cover', () => {
    expect(coverage('a')).toEqual({ from: '2025-01-01', to: '2026-12-31' })
    expect(coverage('a', 'b')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(coverage('b', 'a')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(coverage('a', 'c')).toBeUndefined()
    expect(createWorkingCalendar(office).coverage).toBeUndefined()
  })

  it('a document that names one twice, or one that there is not, is told where', () => {
    expect(checkCalendar({ ...office, holidaySets: ['a', 'b', 'a'] }, sets)).toMatchObject([
      { path: 'holidaySets.2', code: 'duplicate', message: 'the set is listed twice', remedy: 'delete one of the two' },
    ])
    expect(checkCalendar({ ...office, holidaySets: ['z'] }, sets)).toMatchObject([
      { path: 'holidaySets.0', code: 'holiday_set', remedy: 'use one of: a@1, b@1, c@1' },
    ])
  })
})

test('the local date of an instant, in any zone', () => {
  const late = Date.parse('2026-02-28T16:30Z')
  expect(['Asia/Shanghai', 'UTC', 'America/New_York'].map((zone) => localDateIn(late, zone))).toEqual([
    '2026-03-01',
    '2026-02-28',
    '2026-02-28',
  ])
  expect(localDateIn(Date.parse('2026-03-01T03:00Z'), 'America/New_York')).toBe('2026-02-28')
})
