import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { distributor, manufacturer } from '../testing.ts'
import { differs, inWorkingHours, longer, longerTogether, standardWeeks } from './standard-day.ts'
import { changed, days, elapsed, h, wd } from './testing/cases.ts'

describe('comparing budgets of different units', () => {
  const week = { calendar: 'main', hours: [8, 8], days: 5 } as const
  const uneven = { calendar: 'uneven', hours: [4, 9], days: 6 } as const
  const budget = (b: object) => b as Parameters<typeof longer>[0]

  test('one unit needs no calendar', () => {
    expect(longer(budget(wd(3)), budget(wd(2)), [])).toEqual({})
    expect(longer(budget(wd(2)), budget(wd(2)), [])).toBeNull()
    expect(longer(budget(elapsed(49)), budget(days(2)), [])).toEqual({})
    expect(longer(budget(elapsed(48)), budget(days(2)), [])).toBeNull()
  })

  test('budgets one after the other', () => {
    expect(longerTogether([budget(wd(5)), budget(wd(5))], budget(wd(9)), [])).toEqual({})
    expect(longerTogether([budget(wd(5)), budget(wd(5))], budget(wd(10)), [])).toBeNull()
    expect(longerTogether([budget(elapsed(24)), budget(days(1))], budget(elapsed(47)), [])).toEqual({})
    expect(longerTogether([budget(wd(5)), budget(h(1))], budget(days(7)), [week])).toEqual({ calendar: 'main' })
    expect(longerTogether([budget(wd(3)), budget(wd(2))], budget(days(7)), [week])).toBeNull()
    expect(longerTogether([], budget(wd(1)), [week])).toBeNull()
  })

  test('working and elapsed time are not compared without one', () => {
    expect(longer(budget(h(1000)), budget(wd(1)), [])).toBeNull()
    expect(differs([budget(h(8))], budget(wd(2)), [])).toBe(false)
  })

  test('hours of a standard working day make hours and days comparable', () => {
    expect(inWorkingHours(budget(wd(2)), week)).toEqual([16, 16])
    expect(inWorkingHours(budget(days(7)), week)).toEqual([40, 40])
    expect(inWorkingHours(budget(elapsed(168)), week)).toEqual([40, 40])
    expect(longer(budget(h(17)), budget(wd(2)), [week])).toEqual({ calendar: 'main' })
  })

  test('uneven days are compared only where the answer is certain', () => {
    expect(inWorkingHours(budget(wd(1)), uneven)).toEqual([4, 9])
    expect(longer(budget(h(6)), budget(wd(1)), [uneven])).toBeNull()
    expect(longer(budget(h(10)), budget(wd(1)), [uneven])).toEqual({ calendar: 'uneven' })
  })

  test('all calendars of the policy count, the lunch break does not', () => {
    const policy = checkPolicy(distributor).policy
    expect(policy && standardWeeks(policy).map((w) => [w.calendar, w.hours[0], w.days])).toEqual([
      ['main', 9, 5],
      ['uk', 9, 5],
      ['us', 9, 5],
    ])
    const own = checkPolicy(manufacturer).policy
    expect(own && standardWeeks(own)).toEqual([week])
  })

  test('night shifts end on the next day', () => {
    const night = changed([['calendars.main.week', { mon: [['22:00', '06:00']], tue: [['00:00', '24:00']] }]])
    const { policy } = checkPolicy(night)
    expect(policy && standardWeeks(policy)[0]?.hours).toEqual([8, 24])
  })
})
