import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkingCalendar } from './index.ts'
import { calendarNearMoment } from './testing/arbitrary-calendar.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('laws', () => {
  const shift = fc.integer({ min: -10 * DAY, max: 10 * DAY })

  it('adding and then measuring gives the amount back', () => {
    fc.assert(
      fc.property(
        calendarNearMoment,
        shift,
        fc.integer({ min: -20 * HOUR, max: 20 * HOUR }),
        fc.constantFrom('stop' as const, 'roll' as const),
        (near, by, amount, edge) => {
          const any = createWorkingCalendar(near.document)
          const from = near.center + by
          expect(any.workingTimeBetween(from, any.addWorkingTime(from, amount, edge))).toBe(amount)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('measuring is additive and never runs backwards', () => {
    fc.assert(
      fc.property(calendarNearMoment, shift, shift, shift, (near, a, b, c) => {
        const any = createWorkingCalendar(near.document)
        const between = (from: number, to: number): number => any.workingTimeBetween(near.center + from, near.center + to)
        expect(between(a, b) + between(b, c)).toBe(between(a, c))
        expect(between(Math.min(a, b), Math.max(a, b))).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 200 },
    )
  })

  it('a calendar answers the same whatever it was asked before', () => {
    fc.assert(
      fc.property(calendarNearMoment, fc.array(fc.integer({ min: -20_000, max: 20_000 }), { maxLength: 4 }), (near, earlier) => {
        const fresh = createWorkingCalendar(near.document)
        const used = createWorkingCalendar(near.document)
        for (const days of earlier) used.isWorking(near.center + days * DAY)
        for (const amount of [-300 * HOUR, 300 * HOUR])
          expect(used.addWorkingTime(near.center, amount)).toBe(fresh.addWorkingTime(near.center, amount))
        expect(used.workingIntervals(near.center, 5)).toEqual(fresh.workingIntervals(near.center, 5))
        expect(used.workingIntervals(near.center, 5, 'backward')).toEqual(fresh.workingIntervals(near.center, 5, 'backward'))
      }),
      { numRuns: 30 },
    )
  })
})
