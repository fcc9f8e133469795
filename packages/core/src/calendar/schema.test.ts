import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors/index.ts'
import { calendarSchema, checkCalendar, createWorkingCalendar, parseCalendar, type CalendarDocument } from './index.ts'

const weekdays = { mon: [['09:00', '17:00']], fri: [['22:00', '06:00']] }
const codes = (document: unknown): string[] => checkCalendar(document).map(({ path, code }) => `${path}: ${code}`)
const with_ = (part: object): unknown => ({ timeZone: 'Europe/Berlin', week: weekdays, ...part })

describe('a calendar document', () => {
  it('is accepted with the least and with everything', () => {
    expect(codes(with_({}))).toEqual([])
    const full = with_({
      id: 'hub',
      week: { ...weekdays, sat: [['00:00', '24:00']], sun: [['12:00', '12:00']], tue: [] },
      holidays: ['2026-12-25', { date: '2026-12-26', name: 'Boxing Day' }],
      makeupWorkdays: ['2026-12-26'],
      makeupHours: [['09:00:30', '17:00']],
      overrides: { '2026-12-24': [['09:00', '12:00']], '2026-12-31': [] },
      breaks: {
        '2026-12-28': [
          ['10:00', '11:00'],
          ['10:30', '12:00'],
        ],
      },
      coverage: { from: '2026-01-01', to: '2026-12-31' },
      holidaySets: ['cn'],
    })
    expect(codes(full)).toEqual([])
    expect(parseCalendar(full).id).toBe('hub')
  })

  it.each([
    [
      'an overlap',
      {
        week: {
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      'week.mon.1: overlap',
    ],
    [
      'an overlap past midnight',
      {
        week: {
          mon: [
            ['22:00', '06:00'],
            ['23:00', '24:00'],
          ],
        },
      },
      'week.mon.1: overlap',
    ],
    ['a bad time', { week: { mon: [['9:00', '17:00']] } }, 'week.mon.0.0: time'],
    ['24:00 and a half', { week: { mon: [['09:00', '24:30']] } }, 'week.mon.0.1: time'],
    ['half an interval', { week: { mon: [['09:00']] } }, 'week.mon.0: too_short'],
    ['an unknown zone', { timeZone: 'Mars/Base' }, 'timeZone: zone'],
    ['an offset for a zone', { timeZone: '+08:00' }, 'timeZone: zone'],
    ['a weekday misspelt', { week: { ...weekdays, monday: [] } }, 'week: unknown_key'],
    ['no working time', { week: {} }, 'week: no_hours'],
    ['only empty hours', { week: { mon: [['09:00', '09:00']], tue: [] } }, 'week: no_hours'],
    ['make-up days without hours', { makeupWorkdays: ['2026-10-10'] }, 'makeupHours: makeup_hours'],
    ['make-up days of a set without hours', { holidaySets: ['cn'] }, 'makeupHours: makeup_hours'],
    ['make-up days with empty hours', { makeupWorkdays: ['2026-10-10'], makeupHours: [] }, 'makeupHours: makeup_hours'],
    ['an unknown set', { holidaySets: ['atlantis'] }, 'holidaySets.0: holiday_set'],
    ['an unknown version', { holidaySets: ['cn@1999.1'] }, 'holidaySets.0: holiday_set'],
    ['reversed coverage', { coverage: { from: '2026-12-31', to: '2026-01-01' } }, 'coverage: coverage'],
    ['a holiday listed twice', { holidays: ['2026-05-01', { date: '2026-05-01' }] }, 'holidays.1: duplicate'],
    ['a date that does not exist', { holidays: ['2026-02-29'] }, 'holidays.0: date'],
    ['a year out of range', { holidays: ['2201-01-01'] }, 'holidays.0: date'],
    ['a number for a date', { holidays: [20260501] }, 'holidays.0: type'],
    ['an override for no date', { overrides: { soon: [] } }, 'overrides.soon: date'],
    [
      'a magic key',
      JSON.parse('{"overrides": {"__proto__": [["09:00", "10:00"]]}}') as object,
      'overrides.__proto__: unknown_key',
    ],
    ['a magic key at the top', JSON.parse('{"constructor": {}}') as object, ': unknown_key'],
  ])('is refused for %s', (_what, part, finding) => {
    expect(codes(with_(part))).toEqual([finding])
  })

  it('gets all its findings at once, each with a remedy', () => {
    const findings = checkCalendar({
      timeZone: 'Nowhere',
      week: { mon: [['25:00', '17:00']] },
      holidays: ['never'],
      makeupWorkdays: ['2026-10-10'],
      coverage: { from: '2027-01-01', to: '2026-01-01' },
      holidaySets: ['atlantis'],
      colour: 'blue',
    })
    expect(findings.map(({ code }) => code).sort()).toEqual(
      ['coverage', 'date', 'holiday_set', 'makeup_hours', 'time', 'unknown_key', 'zone'].sort(),
    )
    for (const { remedy, message } of findings) expect(Math.min(remedy.length, message.length)).toBeGreaterThan(3)
  })

  it.each([[null], [undefined], ['text'], [[]], [42]])('is refused when it is %j', (input) => {
    expect(checkCalendar(input).length).toBeGreaterThan(0)
    expect(() => createWorkingCalendar(input as unknown as CalendarDocument)).toThrow(InvalidInputError)
  })

  it('answers hostile input soon and without repeating it', () => {
    const long = 'a'.repeat(10_000_000)
    const input = {
      timeZone: long,
      id: long,
      week: { [long]: [], mon: [[long, long]] },
      holidays: [long],
      overrides: { [long]: [] },
    }
    const text = JSON.stringify(checkCalendar(input))
    expect(text.length).toBeLessThan(5_000)
    const untellable = { toString: 1, valueOf: 1 }
    expect(codes({ timeZone: untellable, week: { mon: [[untellable, untellable]] }, holidaySets: [untellable] })).toContain(
      'timeZone: type',
    )
    expect(codes(with_({ holidays: Array.from({ length: 30_000 }, () => '2026-01-01') }))).toContain('holidays: too_long')
  })

  it('has a JSON Schema, so that an editor can help with it', async () => {
    const { z } = await import('zod')
    expect(z.toJSONSchema(calendarSchema, { io: 'input' })).toMatchObject({ type: 'object', required: ['timeZone', 'week'] })
  })
})
