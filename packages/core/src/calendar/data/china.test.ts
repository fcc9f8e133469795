import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { addDays, createWorkingCalendar } from '../index.ts'
import { chinaHolidays } from './china.ts'

const hours: [string, string][] = [
  ['08:30', '12:00'],
  ['13:00', '17:30'],
]

const calendar = createWorkingCalendar({
  timeZone: 'Asia/Shanghai',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
  holidaySets: ['cn'],
  makeupHours: hours,
})

const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

describe("China's official days", () => {
  // Counted by hand from the notices: days off, those of them on weekdays, make-up workdays.
  it.each([
    ['2023', 26, 18, '01-28 01-29 04-23 05-06 06-25 10-07 10-08'],
    ['2024', 28, 19, '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'],
    ['2025', 28, 18, '01-26 02-08 04-27 09-28 10-11'],
    ['2026', 33, 19, '01-04 02-14 02-28 05-09 09-20 10-10'],
  ])('%s has %i days off, %i of them on weekdays, and its make-up days', (year, all, onWeekdays, makeup) => {
    const off = chinaHolidays.holidays.map(({ date }) => date).filter((date) => date.startsWith(year) && date !== '2022-12-31')
    expect(off.length).toBe(all)
    expect(off.filter((date) => ![0, 6].includes(weekdayOf(date))).length).toBe(onWeekdays)
    const worked = chinaHolidays.makeupWorkdays.filter((date) => date.startsWith(year)).map((date) => date.slice(5))
    expect(worked.join(' ')).toBe(makeup)
  })

  it('agrees with chinese-days on every day from 2020 to 2026', () => {
    const differences: string[] = []
    for (let date = '2020-01-01'; date <= '2026-12-31'; date = addDays(date, 1)) {
      const weekday = ![0, 6].includes(weekdayOf(date))
      const theirs = date in data.workdays || (weekday && !(date in data.holidays))
      if (theirs !== calendar.isWorkingDay(date)) differences.push(date)
    }
    expect(differences).toEqual([])
  })

  it('names each day in both languages, once', () => {
    expect(new Set(chinaHolidays.holidays.map(({ date }) => date)).size).toBe(chinaHolidays.holidays.length)
    expect(chinaHolidays.holidays.find(({ date }) => date === '2026-02-17')?.name).toEqual({
      en: 'Spring Festival',
      'zh-CN': '春节',
    })
  })

  it('works a make-up Saturday by its own hours and marks what lies beyond the list', () => {
    const eve = calendar.instantOf('2026-02-13', '17:30')
    expect(calendar.localDateOf(calendar.nextOpening(eve))).toBe('2026-02-14')
    expect(calendar.workingTimeBetween(eve, calendar.instantOf('2026-02-24', '08:30'))).toBe(8 * 3_600_000)
    expect(calendar.coverageOf(eve)).toBe('covered')
    expect(calendar.coverageOf(eve, calendar.instantOf('2027-01-04', '12:00'))).toBe('provisional')
  })
})
