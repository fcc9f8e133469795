import { expect, it } from 'vitest'
import { createWorkingCalendar, type CalendarDocument } from './index.ts'

// A calendar looks as far as it was asked, and farther when it is asked again (I-18). No answer may depend on what was asked before.

const HOUR = 3_600_000
const nineToFive: [string, string][] = [['09:00', '17:00']]
const office = (timeZone: string): CalendarDocument => ({ timeZone, week: { mon: nineToFive, wed: nineToFive } })

it.each(['America/New_York', 'UTC', 'Asia/Shanghai'])(
  'beyond what was asked before there is an answer at any hour: %s',
  (zone) => {
    const now = Date.parse('2026-05-04T12:00Z')
    const answers = (hours: number): boolean => {
      const fresh = createWorkingCalendar(office(zone))
      fresh.isWorking(now)
      return fresh.isWorking(now + hours * HOUR)
    }
    const known = createWorkingCalendar(office(zone))
    known.workingTimeBetween(now - 30_000 * HOUR, now + 30_000 * HOUR)
    // It looks 200 days back and 530 ahead at first: the six days about either end.
    for (const end of [-201 * 24, 531 * 24])
      for (let hours = end - 72; hours <= end + 72; hours += 2)
        expect(answers(hours), String(hours)).toBe(known.isWorking(now + hours * HOUR))
  },
)

it('hours that summer time moves over midnight come behind those that open the next date', () => {
  // Toronto, 1919: 30 March ended at 23:30, and 31 March began at 00:30.
  const toronto = createWorkingCalendar({
    timeZone: 'America/Toronto',
    week: {},
    overrides: { '1919-03-30': [['23:45', '24:00']], '1919-03-31': [['00:30', '00:40']] },
  })
  const start = Date.parse('1919-03-31T04:30Z')
  const minutes = toronto.workingIntervals(start - HOUR, 2).map((i) => [(i.start - start) / 60_000, (i.end - start) / 60_000])
  expect(minutes).toEqual([
    [0, 10],
    [15, 30],
  ])
})
