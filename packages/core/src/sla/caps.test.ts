import { describe, expect, it } from 'vitest'
import { createWorkingCalendar } from '../calendar/index.ts'
import { cappedPauses, pauseClock, resumeClock, startClock, type Clock, type PauseCaps } from './index.ts'
import { at, calendar, uncapped } from './testing/fixtures.ts'

// sla.maxPause, unit by unit [decision 12]. 2026-03-02 is a Monday, the 9th a holiday; work is from 9 to 12 and from 13 to 18.

type Unit = PauseCaps['each']['unit']
const caps = (unit: Unit, each: number, total: number): PauseCaps => ({
  each: { amount: each, unit },
  total: { amount: total, unit },
})
const shown = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')

/** Where each pause stops counting, and which cap stopped it. `03-02 10:00 – 03-02 11:00`; without an end it is open. */
const counted = (maxPause: PauseCaps | undefined, ...pauses: readonly string[]): readonly string[] => {
  let clock: Clock = startClock('resolution', { amount: 60, unit: 'workingDays' }, at('03-02 00:00'))
  for (const pause of pauses) {
    const [from = '', to] = pause.split(' – ')
    clock = pauseClock(clock, at(from), 'customerAnswer')
    if (to !== undefined) clock = resumeClock(clock, at(to))
  }
  return cappedPauses(clock, maxPause === undefined ? uncapped : { ...uncapped, maxPause }).map(
    ({ to, cappedBy }) => `${String(shown(to))}${cappedBy === null ? '' : ` ${cappedBy}`}`,
  )
}

describe('without caps', () => {
  it('a pause counts as recorded, an open one without end', () => {
    expect(counted(undefined, '03-02 10:00 – 03-20 10:00', '03-21 10:00')).toEqual(['03-20 10:00', 'null'])
  })

  it('what is recorded comes back with it', () => {
    const clock = pauseClock(startClock('r', { amount: 1, unit: 'workingDays' }, at('03-02 09:00')), at('03-02 10:00'), 'sample')
    const capped = { from: at('03-02 10:00'), recordedTo: null, cappedBy: 'each', reason: 'sample', to: at('03-02 12:00') }
    expect(cappedPauses(clock, { ...uncapped, maxPause: caps('workingHours', 2, 5) })).toEqual([capped])
    expect(cappedPauses(clock, uncapped)).toEqual([{ ...capped, cappedBy: null, to: null }])
  })
})

describe('working hours', () => {
  const hours = caps('workingHours', 3, 5)

  it('one pause: up to the cap, at the cap, beyond it, open', () => {
    expect(counted(hours, '03-02 09:00 – 03-02 11:00')).toEqual(['03-02 11:00'])
    expect(counted(hours, '03-02 09:00 – 03-02 12:00')).toEqual(['03-02 12:00'])
    expect(counted(hours, '03-02 09:00 – 03-02 13:01')).toEqual(['03-02 12:00 each'])
    expect(counted(hours, '03-02 17:00')).toEqual(['03-03 11:00 each'])
  })

  it('all pauses: what is left of the total, then nothing', () => {
    expect(counted(hours, '03-02 09:00 – 03-02 12:00', '03-03 09:00 – 03-03 12:00', '03-04 09:00 – 03-04 12:00')).toEqual([
      '03-02 12:00',
      '03-03 11:00 total',
      '03-04 09:00 total',
    ])
    // Only working time uses it up, and only as far as it counted.
    expect(counted(hours, '03-02 18:00 – 03-03 09:00', '03-03 09:00 – 03-04 18:00', '03-05 09:00')).toEqual([
      '03-03 09:00',
      '03-03 12:00 each',
      '03-05 11:00 total',
    ])
  })

  it('where both caps end it at one instant, it is the one pause that was too long', () => {
    expect(counted(caps('workingHours', 3, 3), '03-02 09:00')).toEqual(['03-02 12:00 each'])
  })
})

describe('elapsed hours', () => {
  it('run through the night; what is left of the total is left for the next', () => {
    const hours = caps('elapsedHours', 30, 40)
    expect(counted(hours, '03-02 10:00 – 03-04 10:00', '03-05 10:00 – 03-06 10:00', '03-10 10:00')).toEqual([
      '03-03 16:00 each',
      '03-05 20:00 total',
      '03-10 10:00 total',
    ])
    expect(counted(hours, '03-02 10:00 – 03-03 10:00', '03-05 10:00')).toEqual(['03-03 10:00', '03-06 02:00 total'])
  })
})

describe('calendar days', () => {
  const days = caps('calendarDays', 3, 4)

  it('the date of the pause is the first', () => {
    expect(counted(days, '03-02 10:00')).toEqual(['03-05 00:00 each'])
    expect(counted(days, '03-02 10:00 – 03-05 00:00')).toEqual(['03-05 00:00'])
    expect(counted(days, '03-02 10:00 – 03-05 00:01')).toEqual(['03-05 00:00 each'])
  })

  it('a date counts once, however often it is paused; one that a pause only reaches at midnight does not', () => {
    const four = [
      '03-02 10:00 – 03-02 11:00',
      '03-02 15:00 – 03-03 00:00',
      '03-03 10:00 – 03-03 11:00',
      '03-04 10:00 – 03-05 10:00',
    ]
    expect(counted(days, ...four, '03-05 14:00').at(-1)).toBe('03-06 00:00 total')
    expect(counted(days, ...four, '03-06 14:00').at(-1)).toBe('03-06 14:00 total')
    expect(counted(days, ...four.slice(0, 3), '03-06 14:00').at(-1)).toBe('03-08 00:00 total')
    expect(counted(days, '03-02 15:00 – 03-03 00:00', '03-06 14:00').at(-1)).toBe('03-09 00:00 each')
  })
})

describe('working days', () => {
  const days = caps('workingDays', 2, 3)

  it('the date of the pause is the first, unless its work is over or it has none', () => {
    expect(counted(days, '03-02 10:00')).toEqual(['03-03 18:00 each'])
    expect(counted(days, '03-02 17:59')).toEqual(['03-03 18:00 each'])
    expect(counted(days, '03-02 18:00')).toEqual(['03-04 18:00 each'])
    // Saturday; the Monday is a holiday.
    expect(counted(days, '03-07 10:00')).toEqual(['03-11 18:00 each'])
    expect(counted(caps('workingDays', 1, 3), '03-02 10:00')).toEqual(['03-02 18:00 each'])
    expect(counted(days, '03-02 10:00 – 03-03 18:00')).toEqual(['03-03 18:00'])
  })

  /** How many dates of a total of ten these pauses have used. */
  const used = (...pauses: readonly string[]): number => {
    const to = counted(caps('workingDays', 100, 10), ...pauses, '03-23 09:00').at(-1) ?? ''
    return to.startsWith('03-23 09:00') ? 10 : 10 - calendar.workingDaysBetween('2026-03-23', `2026-${to.slice(0, 5)}`, '[]')
  }

  it.each<[string, number, readonly string[]]>([
    ['nothing', 0, []],
    ['an hour', 1, ['03-02 10:00 – 03-02 11:00']],
    ['the same date again', 1, ['03-02 10:00 – 03-02 11:00', '03-02 14:00 – 03-02 15:00']],
    ['another date', 2, ['03-02 10:00 – 03-02 11:00', '03-03 14:00 – 03-03 15:00']],
    ['the lunch break', 0, ['03-02 12:10 – 03-02 12:50']],
    ['the lunch break, then an hour', 1, ['03-02 12:10 – 03-02 12:50', '03-02 14:00 – 03-02 15:00']],
    ['before opening', 0, ['03-02 07:00 – 03-02 08:00']],
    ['before the opening of another date', 1, ['03-02 10:00 – 03-02 11:00', '03-03 07:00 – 03-03 08:00']],
    ['until before the opening, then that date', 3, ['03-02 10:00 – 03-04 08:00', '03-04 10:00 – 03-04 11:00']],
    ['until the opening, then that date', 3, ['03-02 10:00 – 03-04 09:00', '03-04 10:00 – 03-04 11:00']],
    ['a night', 0, ['03-02 18:00 – 03-03 09:00']],
    ['a night from before closing', 1, ['03-02 17:59 – 03-03 09:00']],
    ['a night until after opening', 1, ['03-02 18:00 – 03-03 09:01']],
    ['a night with both ends', 2, ['03-02 17:59 – 03-03 09:01']],
    ['and the next date again', 2, ['03-02 17:59 – 03-03 09:01', '03-03 10:00 – 03-03 11:00']],
    ['and after a night that ended at the opening', 2, ['03-02 17:59 – 03-03 09:00', '03-03 10:00 – 03-03 11:00']],
    ['until Saturday', 2, ['03-05 10:00 – 03-07 12:00']],
    ['from Saturday', 1, ['03-07 12:00 – 03-10 10:00']],
    ['the holiday', 0, ['03-09 10:00 – 03-09 11:00']],
    ['a week with a holiday', 4, ['03-06 10:00 – 03-12 18:00']],
    ['all of it', 10, ['03-02 10:00 – 03-20 18:00']],
  ])('%s: %i dates', (_, dates, pauses) => {
    expect(used(...pauses)).toBe(dates)
  })

  it('what is left of the total is left for the next; on a date that counted already, the rest of that date', () => {
    const three = ['03-02 10:00 – 03-02 11:00', '03-03 10:00 – 03-03 11:00', '03-04 10:00 – 03-04 11:00']
    expect(counted(days, ...three.slice(0, 2), '03-05 10:00').at(-1)).toBe('03-05 18:00 total')
    expect(counted(days, ...three, '03-04 15:00').at(-1)).toBe('03-04 18:00 total')
    expect(counted(days, ...three, '03-05 15:00').at(-1)).toBe('03-05 15:00 total')
    // In the evening the date is over, whether it counted or not.
    expect(counted(caps('workingDays', 100, 3), '03-02 10:00 – 03-02 11:00', '03-02 18:30').at(-1)).toBe('03-04 18:00 total')
  })

  it('the date ends with its last shift, however many it has', () => {
    const shifts: [string, string][] = [
      ['08:00', '10:00'],
      ['11:00', '13:00'],
      ['15:00', '20:00'],
    ]
    for (const [count, close] of [
      [1, '10:00'],
      [3, '20:00'],
    ] as const) {
      const works = createWorkingCalendar({ timeZone: 'Asia/Shanghai', week: { mon: shifts.slice(0, count) } })
      const clock = pauseClock(startClock('r', { amount: 3, unit: 'workingDays' }, at('03-02 09:00')), at('03-02 09:30'), 'q')
      const [pause] = cappedPauses(clock, { ...uncapped, calendar: works, maxPause: caps('workingDays', 1, 3) })
      expect(shown(pause?.to ?? null)).toBe(`03-02 ${close}`)
    }
  })
})
