import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, dayOf, partsOf } from './day.ts'
import { instances, monthsWithout, occurrences, type Recurrence } from './recurrence.ts'

const [from, to] = [dayOf('2026-01-01'), dayOf('2028-12-31')]
const on = (rule: Recurrence, weekStart?: 'monday'): readonly string[] => occurrences(rule, from, to, weekStart).map(dateOf)
const start = from
const span = { start, end: null }
const [sunday, monday, thursday, saturday] = [0, 1, 4, 6]

describe('every kind of recurrence', () => {
  test.each<[string, Recurrence, readonly string[]]>([
    ['every 500 days', { ...span, type: 'RecursDaily', interval: 500 }, ['2026-01-01', '2027-05-16', '2028-09-27']],
    [
      'on the working days of one week',
      { start, end: dayOf('2026-01-07'), type: 'RecursEveryWeekday', weekdays: new Set([1, 2, 3, 4, 5]) },
      ['2026-01-01', '2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07'],
    ],
    [
      'every other weekend',
      { start, end: dayOf('2026-02-01'), type: 'RecursWeekly', interval: 2, weekdays: new Set([sunday, saturday]) },
      // The week of 1 January has its Sunday behind it.
      ['2026-01-03', '2026-01-11', '2026-01-17', '2026-01-25', '2026-01-31'],
    ],
    [
      'on the 31st of every sixth month that has one',
      { ...span, type: 'RecursMonthly', interval: 6, dayOfMonth: 31 },
      ['2026-01-31', '2026-07-31', '2027-01-31', '2027-07-31', '2028-01-31', '2028-07-31'],
    ],
    [
      'on the third Monday of every twelfth month',
      { ...span, type: 'RecursMonthlyNth', interval: 12, weekdays: new Set([monday]), instance: 'Third' },
      ['2026-01-19', '2027-01-18', '2028-01-17'],
    ],
    [
      'on the last working day of December',
      { ...span, type: 'RecursYearlyNth', month: 11, weekdays: new Set([1, 2, 3, 4, 5]), instance: 'Last' },
      ['2026-12-31', '2027-12-31', '2028-12-29'],
    ],
    [
      'Thanksgiving',
      { ...span, type: 'RecursYearlyNth', month: 10, weekdays: new Set([thursday]), instance: 'Fourth' },
      ['2026-11-26', '2027-11-25', '2028-11-23'],
    ],
    ['Christmas', { ...span, type: 'RecursYearly', month: 11, dayOfMonth: 25 }, ['2026-12-25', '2027-12-25', '2028-12-25']],
    ['29 February', { ...span, type: 'RecursYearly', month: 1, dayOfMonth: 29 }, ['2028-02-29']],
  ])('%s', (_, rule, expected) => {
    expect(on(rule)).toEqual(expected)
  })

  test('before it begins and after it ends there is none', () => {
    const rule: Recurrence = {
      start: dayOf('2026-12-25'),
      end: dayOf('2027-12-25'),
      type: 'RecursYearly',
      month: 11,
      dayOfMonth: 25,
    }
    expect(on(rule)).toEqual(['2026-12-25', '2027-12-25'])
    expect(on({ ...rule, start: rule.start + 1, end: dayOf('2027-12-24') })).toEqual([])
  })

  test('which weeks are skipped depends on the day that begins a week', () => {
    const rule: Recurrence = {
      start,
      end: dayOf('2026-01-31'),
      type: 'RecursWeekly',
      interval: 2,
      weekdays: new Set([sunday, monday]),
    }
    expect(on(rule)).toEqual(['2026-01-11', '2026-01-12', '2026-01-25', '2026-01-26'])
    expect(on(rule, 'monday')).toEqual(['2026-01-04', '2026-01-12', '2026-01-18', '2026-01-26'])
  })

  test('months that are too short are counted', () => {
    const monthly: Recurrence = { ...span, type: 'RecursMonthly', interval: 1, dayOfMonth: 31 }
    expect(monthsWithout(monthly, from, dayOf('2026-12-31'))).toBe(5)
    expect(monthsWithout({ ...monthly, dayOfMonth: 28 }, from, to)).toBe(0)
    expect(monthsWithout({ ...monthly, dayOfMonth: 29 }, from, to)).toBe(2)
    expect(monthsWithout({ ...span, type: 'RecursYearly', month: 1, dayOfMonth: 29 }, from, to)).toBe(2)
    expect(monthsWithout({ ...monthly, end: dayOf('2026-02-27') }, from, to)).toBe(0)
  })
})

// The other way round: not "is this day one of them?", but from the first one on to the next, with the host's dates.
function oracle(rule: Recurrence, first: number, last: number): readonly number[] {
  const DAY = 86_400_000
  const found: number[] = []
  const weekdayOf = (day: number): number => new Date(day * DAY).getUTCDay()
  const begin = new Date(rule.start * DAY)
  const daysIn = (year: number, month: number): number[] => {
    const days: number[] = []
    for (let date = Date.UTC(year, month, 1); new Date(date).getUTCMonth() === month; date += DAY) days.push(date / DAY)
    return days
  }
  const pick = (year: number, month: number): void => {
    if ('instance' in rule) {
      const matching = daysIn(year, month).filter((day) => rule.weekdays.has(weekdayOf(day)))
      const day = rule.instance === 'Last' ? matching.at(-1) : matching[instances.indexOf(rule.instance)]
      if (day !== undefined) found.push(day)
    } else if ('dayOfMonth' in rule) {
      const day = daysIn(year, month)[rule.dayOfMonth - 1]
      if (day !== undefined) found.push(day)
    }
  }
  switch (rule.type) {
    case 'RecursDaily':
      for (let day = rule.start; day <= last; day += rule.interval) found.push(day)
      break
    case 'RecursEveryWeekday':
    case 'RecursWeekly': {
      const step = rule.type === 'RecursWeekly' ? rule.interval * 7 : 7
      for (let week = rule.start - weekdayOf(rule.start); week <= last; week += step)
        for (let day = week; day < week + 7; day += 1) if (rule.weekdays.has(weekdayOf(day))) found.push(day)
      break
    }
    case 'RecursMonthly':
    case 'RecursMonthlyNth':
      for (let month = begin.getUTCMonth(); month < begin.getUTCMonth() + 120; month += rule.interval)
        pick(begin.getUTCFullYear() + Math.floor(month / 12), month % 12)
      break
    case 'RecursYearly':
    case 'RecursYearlyNth':
      for (let year = begin.getUTCFullYear(); year < begin.getUTCFullYear() + 10; year += 1) pick(year, rule.month)
  }
  return found.filter((day) => day >= rule.start && day >= first && day <= last && (rule.end === null || day <= rule.end))
}

const upTo = (max: number) => fc.integer({ min: 1, max })
const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }).map((days) => new Set(days))
const instance = fc.constantFrom(...instances)
const month = fc.integer({ min: 0, max: 11 })
const kinds = fc.oneof(
  fc.record({ type: fc.constant('RecursDaily' as const), interval: upTo(40) }),
  fc.record({ type: fc.constant('RecursEveryWeekday' as const), weekdays }),
  fc.record({ type: fc.constant('RecursWeekly' as const), interval: upTo(5), weekdays }),
  fc.record({ type: fc.constant('RecursMonthly' as const), interval: upTo(14), dayOfMonth: upTo(31) }),
  fc.record({ type: fc.constant('RecursMonthlyNth' as const), interval: upTo(14), weekdays, instance }),
  fc.record({ type: fc.constant('RecursYearly' as const), month, dayOfMonth: upTo(31) }),
  fc.record({ type: fc.constant('RecursYearlyNth' as const), month, weekdays, instance }),
)

test('any recurrence in any range: the days that one comes to by going from one to the next', () => {
  const days = fc.integer({ min: dayOf('2024-01-01'), max: dayOf('2029-12-31') })
  fc.assert(
    fc.property(kinds, days, fc.option(days), days, fc.integer({ min: 0, max: 800 }), (kind, begin, end, first, length) => {
      const rule: Recurrence = { ...kind, start: begin, end }
      expect(occurrences(rule, first, first + length)).toEqual(oracle(rule, first, first + length))
    }),
    { numRuns: 1000 },
  )
})

test('days and their parts', () => {
  expect(partsOf(dayOf('2028-02-29'))).toEqual({ year: 2028, month: 1, dayOfMonth: 29, weekday: 2 })
  expect(partsOf(dayOf('1901-12-31'))).toEqual({ year: 1901, month: 11, dayOfMonth: 31, weekday: 2 })
})
