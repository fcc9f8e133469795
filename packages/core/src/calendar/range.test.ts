import { describe, expect, it } from 'vitest'
import { GovernanceError } from '../errors/index.ts'
import { createWorkingCalendar } from './index.ts'
import { at, calendar, nineToFive, office, thrownBy } from './testing/office.ts'

// The first and the last that the calendar answers (I-18). Some of these look through all of three centuries.

const HOUR = 3_600_000
/** Eight hours in all of time. */
const once = createWorkingCalendar({ ...office, week: {}, overrides: { '2026-05-04': nineToFive } })
const allDay: [string, string][] = [['00:00', '24:00']]
const always = createWorkingCalendar({
  timeZone: 'UTC',
  week: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
})

describe('an answer outside the years 1900 to 2200 is refused, with what was asked for', () => {
  const newYork = createWorkingCalendar({ ...office, timeZone: 'America/New_York' })
  const most = 301 * 366 * 24 * HOUR
  const [first, end] = [Date.UTC(1900, 0, 1), Date.UTC(2201, 0, 1)]
  it.each<[string, () => unknown, object]>([
    ['an absurd amount', () => calendar.addWorkingTime(0, most + 1), { amount: most + 1 }],
    ['an absurd amount, backwards', () => calendar.addWorkingTime(0, -most - 1), { amount: -most - 1 }],
    ['the largest amount, which is not there', () => calendar.addWorkingTime(0, most), { direction: 'forward' }],
    ['the same, backwards', () => calendar.addWorkingTime(0, -most), { direction: 'backward' }],
    ['more time than there is', () => once.addWorkingTime(at('2026-05-04 09:00'), 9 * HOUR), { direction: 'forward' }],
    [
      'what comes after the last of it',
      () => once.addWorkingTime(at('2026-05-04 09:00'), 8 * HOUR, 'roll'),
      { direction: 'forward' },
    ],
    [
      'what came before the first of it',
      () => once.addWorkingTime(at('2026-05-04 17:00'), -8 * HOUR, 'roll'),
      { direction: 'backward' },
    ],
    ['the most intervals, which are not there', () => calendar.workingIntervals(0, 100_000), { direction: 'forward' }],
    ['an interval that never ends', () => always.workingIntervals(0, 1), { direction: 'forward' }],
    ['an interval that never began', () => always.workingIntervals(0, 1, 'backward'), { direction: 'backward' }],
    ['the most days, which are not there', () => calendar.addWorkingDays('2026-05-04', 200_000), { direction: 'forward' }],
    ['the same, backwards', () => calendar.addWorkingDays('2026-05-04', -200_000), { direction: 'backward' }],
    ['before the first working day', () => calendar.previousWorkingInstant(at('1900-01-01 08:00')), { direction: 'backward' }],
    ['an opening that never comes', () => once.nextOpening(at('2026-05-04 10:00')), { direction: 'forward' }],
    ['a closing that never comes', () => always.nextClosing(0), { direction: 'forward' }],
    ['an opening that never was', () => once.previousWorkingInstant(at('2026-05-04 09:00')), { direction: 'backward' }],
    ['intervals that never come', () => once.workingIntervals(0, 2), { direction: 'forward' }],
    ['intervals that never were', () => once.workingIntervals(at('2026-05-04 09:00'), 1, 'backward'), { direction: 'backward' }],
    ['a day that never comes', () => once.addWorkingDays('2026-05-04', 1), { direction: 'forward' }],
    ['a day that never was', () => once.addWorkingDays('2026-05-04', -1), { direction: 'backward' }],
    ['a close that never comes', () => once.closeOfWorkingDay(at('2026-05-04 09:00'), 1), { direction: 'forward' }],
    ['a pause into the far future', () => calendar.dueAt(0, HOUR, [{ from: 0, to: 1e15 }]), { instant: 1e15 }],
    ['an instant long before all', () => calendar.isWorking(first - 24 * HOUR - 1), { instant: first - 24 * HOUR - 1 }],
    ['an instant long after all', () => calendar.isWorking(end + 24 * HOUR), { instant: end + 24 * HOUR }],
    ['the local date of an instant before all', () => newYork.localDateOf(first), { instant: first }],
    ['the local date of an instant after all', () => calendar.localDateOf(end), { instant: end }],
    // By UTC it is 1900 already, by the clocks of New York it is not.
    ['an instant before all, by local time', () => newYork.workingTimeBetween(first, 0), { from: first, to: 0 }],
  ])('%s', (_what, ask, details) => {
    const error = thrownBy(ask)
    expect(error).toBeInstanceOf(GovernanceError)
    expect(error).toMatchObject({
      code: 'calendar_range',
      message: 'The answer lies outside the years 1900 to 2200',
      details,
      actions: [
        'Check that the calendar has working time around the date.',
        'Use a smaller amount of working time or fewer working days.',
      ],
    })
  })

  it('an instant belongs to them by its local date, whatever was asked before', () => {
    const [first, end] = [at('1900-01-01 00:00'), at('2200-12-31 23:59')]
    // Berlin was ahead of UTC.
    expect(first).toBeLessThan(Date.UTC(1900, 0, 1))
    const used = createWorkingCalendar(office)
    used.isWorkingDay('1900-01-01')
    used.isWorkingDay('2200-12-31')
    for (const asked of [used, createWorkingCalendar(office)]) {
      expect([asked.isWorking(first + 1), asked.isWorking(end)]).toEqual([false, false])
      expect([asked.localDateOf(first), asked.localDateOf(end)]).toEqual(['1900-01-01', '2200-12-31'])
      for (const outside of [first - 1, end + 60_000]) {
        expect(thrownBy(() => asked.isWorking(outside))).toMatchObject({ code: 'calendar_range' })
        expect(thrownBy(() => asked.localDateOf(outside))).toMatchObject({ code: 'calendar_range' })
      }
    }
  })

  it('the last that there is, and the first, are answered', () => {
    expect(once.addWorkingTime(at('2026-05-04 09:00'), 8 * HOUR)).toBe(at('2026-05-04 17:00'))
    expect(once.addWorkingTime(at('2026-05-04 17:00'), -8 * HOUR)).toBe(at('2026-05-04 09:00'))
    expect([calendar.isWorkingDay('1900-01-01'), calendar.isWorkingDay('2200-12-31')]).toEqual([true, true])
    expect([at('1900-01-01 10:00'), at('2200-12-31 10:00')].map((instant) => calendar.isWorking(instant))).toEqual([true, true])
    expect(calendar.closeOfWorkingDay(at('2200-12-30 10:00'), 1)).toBe(at('2200-12-31 17:00'))
    expect(calendar.previousWorkingInstant(at('1900-01-01 18:00'))).toBe(at('1900-01-01 17:00'))
  })
})
