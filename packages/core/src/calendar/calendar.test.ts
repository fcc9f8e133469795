import { describe, expect, it } from 'vitest'
import { createWorkingCalendar, type CalendarDocument, type Pause, type WorkingCalendar } from './index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const nineToFive: [string, string][] = [['09:00', '17:00']]
const office: CalendarDocument = {
  id: 'office',
  timeZone: 'Europe/Berlin',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
  holidays: ['2026-05-01'],
}
const calendar = createWorkingCalendar(office)
const at = (text: string, on: WorkingCalendar = calendar): number => on.instantOf(text.slice(0, 10), text.slice(11))
const shown = (instant: number | null, on: WorkingCalendar = calendar): string | null =>
  instant === null
    ? null
    : `${on.localDateOf(instant)} ${new Date(instant - on.startOfDay(on.localDateOf(instant))).toISOString().slice(11, 16)}`

describe('edges', () => {
  it('stops at the closing unless told to roll on', () => {
    expect(shown(calendar.addWorkingTime(at('2026-05-04 09:00'), 8 * HOUR))).toBe('2026-05-04 17:00')
    expect(shown(calendar.addWorkingTime(at('2026-05-04 09:00'), 8 * HOUR, 'roll'))).toBe('2026-05-05 09:00')
    expect(shown(calendar.addWorkingTime(at('2026-05-05 17:00'), -8 * HOUR))).toBe('2026-05-05 09:00')
    expect(shown(calendar.addWorkingTime(at('2026-05-05 17:00'), -8 * HOUR, 'roll'))).toBe('2026-05-04 17:00')
  })

  it('leaves an instant alone when nothing is added, and snaps it with roll', () => {
    const evening = at('2026-05-04 20:00')
    expect(calendar.addWorkingTime(evening, 0)).toBe(evening)
    expect(shown(calendar.addWorkingTime(evening, 0, 'roll'))).toBe('2026-05-05 09:00')
    expect(shown(calendar.addWorkingTime(evening, 0, 'roll', 'backward'))).toBe('2026-05-04 17:00')
  })

  it('keeps milliseconds, and fractions of them', () => {
    const start = at('2026-05-04 16:59') + 59_999.5
    expect(calendar.addWorkingTime(start, 1.25)).toBe(at('2026-05-05 09:00') + 0.75)
  })

  it('keeps the time of day when days are added, or moves it into working time', () => {
    const saturday = at('2026-05-02 12:00')
    expect(shown(calendar.addWorkingDaysToInstant(saturday, 1))).toBe('2026-05-04 12:00')
    expect(shown(calendar.addWorkingDaysToInstant(saturday, 1, { start: 'roll' }))).toBe('2026-05-05 12:00')
    expect(shown(calendar.addWorkingDaysToInstant(saturday, -1, { start: 'roll' }))).toBe('2026-04-29 12:00')
    const late = at('2026-05-04 18:30')
    expect(shown(calendar.addWorkingDaysToInstant(late, 1, { time: 'snap' }))).toBe('2026-05-06 09:00')
    expect(shown(calendar.addWorkingDaysToInstant(late, -1, { time: 'snap' }))).toBe('2026-04-30 17:00')
    expect(shown(calendar.addWorkingDaysToInstant(at('2026-05-05 09:00'), -1, { time: 'snap' }))).toBe('2026-05-04 09:00')
  })

  it('keeps the second of two equal wall-clock times when no day is added', () => {
    const second = Date.parse('2026-10-25T01:30:00Z')
    expect(calendar.addWorkingDaysToInstant(second, 0)).toBe(second)
  })
})

describe('within N working days', () => {
  it('is due at the close of the N-th working day, the start day not counted', () => {
    expect(shown(calendar.closeOfWorkingDay(at('2026-04-29 08:00'), 1))).toBe('2026-04-30 17:00')
    expect(shown(calendar.closeOfWorkingDay(at('2026-04-29 08:00'), 2))).toBe('2026-05-04 17:00')
    expect(shown(calendar.closeOfWorkingDay(at('2026-05-02 12:00'), 1))).toBe('2026-05-04 17:00')
  })

  it('closes a night shift on the next morning', () => {
    const nights = createWorkingCalendar({
      timeZone: 'Europe/Berlin',
      week: { mon: [['22:00', '06:00']], tue: [['22:00', '06:00']] },
    })
    expect(shown(nights.closeOfWorkingDay(at('2026-05-04 12:00'), 1))).toBe('2026-05-06 06:00')
  })

  it('does not count a day that was paused from opening to closing', () => {
    const start = at('2026-05-04 12:00')
    const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) })
    expect(shown(calendar.dueInWorkingDays(start, 2, []))).toBe('2026-05-06 17:00')
    expect(shown(calendar.dueInWorkingDays(start, 2, [pause('2026-05-05 09:00', '2026-05-05 17:00')]))).toBe('2026-05-07 17:00')
    expect(shown(calendar.dueInWorkingDays(start, 2, [pause('2026-05-05 09:01', '2026-05-05 17:00')]))).toBe('2026-05-06 17:00')
    const halves = [pause('2026-05-05 11:00', '2026-05-05 20:00'), pause('2026-05-05 08:00', '2026-05-05 12:00')]
    expect(shown(calendar.dueInWorkingDays(start, 2, halves))).toBe('2026-05-07 17:00')
    expect(calendar.dueInWorkingDays(start, 2, [pause('2026-05-06 09:00', null)])).toBeNull()
    expect(shown(calendar.dueInWorkingDays(start, 2, [pause('2026-05-06 09:01', null)]))).toBe('2026-05-06 17:00')
  })
})

describe('pauses', () => {
  it('cost nothing outside hours, count once where they overlap, and leave the due instant open while open', () => {
    const start = at('2026-05-04 10:00')
    const night: Pause = { from: at('2026-05-04 17:00'), to: at('2026-05-05 09:00') }
    expect(shown(calendar.dueAt(start, 8 * HOUR, [night]))).toBe('2026-05-05 10:00')
    const twice = [
      { from: at('2026-05-04 11:00'), to: at('2026-05-04 13:00') },
      { from: at('2026-05-04 12:00'), to: at('2026-05-04 14:00') },
      { from: at('2026-05-01 12:00'), to: at('2026-05-04 10:30') },
    ]
    expect(shown(calendar.dueAt(start, 2 * HOUR, twice))).toBe('2026-05-04 15:30')
    expect(calendar.dueAt(start, 2 * HOUR, [{ from: at('2026-05-04 11:00'), to: null }])).toBeNull()
    // Used up just when the pause begins: due then, unless the edge is to roll.
    expect(shown(calendar.dueAt(start, 2 * HOUR, [{ from: at('2026-05-04 12:00'), to: null }]))).toBe('2026-05-04 12:00')
    expect(calendar.dueAt(start, 2 * HOUR, [{ from: at('2026-05-04 12:00'), to: null }], 'roll')).toBeNull()
  })

  it('are refused when they end before they start', () => {
    expect(() => calendar.dueAt(0, HOUR, [{ from: 10, to: 5 }])).toThrow(/pauses\.0/)
    expect(() => calendar.workingTimeBetween(0, HOUR, [{ from: Number.NaN, to: 5 }])).toThrow(/pauses\.0/)
  })
})

describe('exceptions', () => {
  it('override wins over make-up day, that over holiday, that over weekday; breaks are cut out', () => {
    const dates = createWorkingCalendar({
      ...office,
      holidays: ['2026-05-04', '2026-05-05', '2026-05-06'],
      makeupWorkdays: ['2026-05-05', '2026-05-06'],
      makeupHours: [['10:00', '12:00']],
      overrides: { '2026-05-06': [['14:00', '15:00']] },
      breaks: { '2026-05-06': [['14:15', '14:30']], '2026-05-07': [['00:00', '24:00']] },
    })
    const hours = (date: string): number[] => dates.workingHoursOn(date).map(({ start, end }) => (end - start) / MINUTE)
    expect(['2026-05-04', '2026-05-05', '2026-05-06', '2026-05-07', '2026-05-08'].map(hours)).toEqual([
      [],
      [120],
      [15, 30],
      [],
      [480],
    ])
    expect(dates.isWorkingDay('2026-05-07')).toBe(false)
  })

  it('a holiday cancels what opens on it, not the tail of the night before', () => {
    const nights = createWorkingCalendar({
      ...office,
      week: { mon: [['22:00', '06:00']], tue: [['22:00', '06:00']] },
      holidays: ['2026-05-05'],
    })
    expect(nights.isWorking(at('2026-05-05 05:59'))).toBe(true)
    expect(nights.isWorking(at('2026-05-05 23:00'))).toBe(false)
  })

  it("a company's own entry wins over the official list", () => {
    const own = createWorkingCalendar({
      ...office,
      holidaySets: ['cn'],
      makeupHours: nineToFive,
      holidays: ['2026-02-14'],
      makeupWorkdays: ['2026-02-17'],
    })
    expect(own.isWorkingDay('2026-02-14')).toBe(false)
    expect(own.isWorkingDay('2026-02-17')).toBe(true)
    expect(own.isWorkingDay('2026-02-28')).toBe(true)
  })

  it('late data is a new calendar, and due instants move', () => {
    const [cn] = [createWorkingCalendar({ ...office, holidaySets: ['cn'], makeupHours: nineToFive })]
    const newer = {
      name: 'cn',
      version: '2027.1',
      coverage: { from: '2020-01-01', to: '2027-12-31' },
      holidays: [],
      makeupWorkdays: [],
      source: { issuer: '', notices: [] },
    }
    const listed = { ...newer, holidays: [{ date: '2027-02-08', name: { en: 'Spring Festival', 'zh-CN': '春节' } }] }
    const later = createWorkingCalendar({ ...office, holidaySets: ['cn@2027.1'] }, { holidaySets: [listed] })
    const start = at('2027-02-05 12:00')
    expect([cn.coverageOf(start), later.coverageOf(start)]).toEqual(['provisional', 'covered'])
    expect([shown(cn.closeOfWorkingDay(start, 1)), shown(later.closeOfWorkingDay(start, 1))]).toEqual([
      '2027-02-08 17:00',
      '2027-02-09 17:00',
    ])
  })
})

describe('coverage', () => {
  it('is provisional without a statement, and outside the dates stated', () => {
    expect(calendar.coverageOf(at('2026-05-04 12:00'))).toBe('provisional')
    const stated = createWorkingCalendar({ ...office, coverage: { from: '2026-01-01', to: '2026-12-31' } })
    expect(stated.coverageOf(at('2026-01-01 00:00'), at('2026-12-31 23:59'))).toBe('covered')
    expect(stated.coverageOf(at('2027-01-01 00:00'), at('2026-06-01 12:00'))).toBe('provisional')
  })
})

describe('with Date objects', () => {
  it('says the same', () => {
    const dates = calendar.withDates()
    const start = new Date(at('2026-05-04 16:00'))
    const due = dates.addWorkingTime(start, 2 * HOUR)
    expect(due).toEqual(new Date(at('2026-05-05 10:00')))
    expect(dates.workingTimeBetween(start, due)).toBe(2 * HOUR)
    expect(dates.workingTimeBetween(start, due, [{ from: start, to: null }])).toBe(0)
    expect(dates.dueAt(start, HOUR, [{ from: start, to: null }])).toBeNull()
    expect(dates.closeOfWorkingDay(start, 1)).toEqual(new Date(at('2026-05-05 17:00')))
    expect(dates.dueInWorkingDays(start, 1)).toEqual(new Date(at('2026-05-05 17:00')))
    expect(dates.addWorkingDays(start, 1)).toEqual(new Date(at('2026-05-05 16:00')))
    expect(dates.workingIntervals(start, 1)).toEqual([{ start, end: new Date(at('2026-05-04 17:00')) }])
    expect([dates.isWorking(start), dates.nextWorkingInstant(start), dates.previousWorkingInstant(start)]).toEqual([
      true,
      start,
      start,
    ])
    expect([dates.nextOpening(start), dates.nextClosing(start)]).toEqual([
      new Date(at('2026-05-05 09:00')),
      new Date(at('2026-05-04 17:00')),
    ])
    expect([dates.localDateOf(start), dates.coverageOf(start), dates.instantOf('2026-05-04', '16:00')]).toEqual([
      '2026-05-04',
      'provisional',
      start,
    ])
    expect(() => dates.isWorking(new Date(Number.NaN))).toThrow(/instant/)
  })
})
