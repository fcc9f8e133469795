import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors/index.ts'
import {
  addDays,
  addMonths,
  compareLocalDates,
  daysBetween,
  epochDayOf,
  localDateOfEpochDay,
  parseLocalDate,
  startOfDay,
} from './index.ts'

const epochDay = fc.integer({ min: epochDayOf('1900-01-01'), max: epochDayOf('2200-12-31') })

describe('local dates', () => {
  it('agree with UTC dates on every day of three centuries', () => {
    for (let day = epochDayOf('1900-01-01'); day <= epochDayOf('2200-12-31'); day += 1) {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
      if (localDateOfEpochDay(day) !== date || epochDayOf(date) !== day)
        expect([localDateOfEpochDay(day), epochDayOf(date)]).toEqual([date, day])
    }
  })

  it('sort as their days do', () => {
    fc.assert(
      fc.property(epochDay, epochDay, (a, b) => {
        const [first, second] = [localDateOfEpochDay(a), localDateOfEpochDay(b)]
        expect(Math.sign(compareLocalDates(first, second))).toBe(Math.sign(a - b))
        expect(compareLocalDates(first, first)).toBe(0)
        expect(daysBetween(first, second)).toBe(b - a)
        expect(addDays(first, b - a)).toBe(second)
      }),
    )
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s plus %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '1899-12-31',
    '2201-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T',
    ' 2026-01-01',
    '２026-01-01',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseLocalDate(text)).toThrow(InvalidInputError)
  })

  it('refuses to leave its years and to count in fractions', () => {
    expect(() => addDays('2200-12-31', 1)).toThrow(InvalidInputError)
    expect(() => addDays('2026-01-01', 0.5)).toThrow(InvalidInputError)
    expect(() => addMonths('2026-01-01', Number.NaN)).toThrow(InvalidInputError)
    expect(() => epochDayOf(20260101 as unknown as string)).toThrow(InvalidInputError)
  })

  it.each([
    ['2026-03-01', 'Asia/Shanghai', '2026-02-28T16:00:00.000Z'],
    // Midnight did not happen: the day began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // The whole date did not happen: the next one began instead.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['1900-01-01', 'Asia/Manila', '1899-12-31T16:00:00.000Z'],
  ])('%s begins in %s at %s', (date, zone, expected) => {
    expect(new Date(startOfDay(date, zone)).toISOString()).toBe(expected)
  })
})
