import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createWorkingCalendar, type Pause } from './index.ts'
import { calendarNearMoment } from './testing/arbitrary-calendar.ts'
import { Oracle } from './testing/oracle.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** Days that the oracle lays out on each side; starts keep to the middle so that its walks stay inside. */
const REACH = 45

const offset = fc.integer({ min: -5 * DAY, max: 5 * DAY })
/** On the boundary, next to it, or anywhere. */
const start = fc.oneof(
  offset,
  offset.map((ms) => Math.round(ms / (15 * MINUTE)) * 15 * MINUTE),
)
const edge = fc.constantFrom('stop' as const, 'roll' as const)
const direction = fc.constantFrom('forward' as const, 'backward' as const)

/** How many walks ended inside the oracle's stretch: a guard against comparing nothing. */
const share = { compared: 0, all: 0 }

afterAll(() => {
  expect(share.compared / share.all).toBeGreaterThan(0.9)
})

describe('the calendar against a slow oracle', () => {
  it('adds working time as a walk over all pieces does', () => {
    fc.assert(
      fc.property(
        calendarNearMoment,
        start,
        fc.double({ min: -1, max: 1, noNaN: true }),
        edge,
        direction,
        fc.boolean(),
        (near, shift, part, at, zero, whole) => {
          const calendar = createWorkingCalendar(near.document)
          const oracle = new Oracle(near.document, near.center, REACH)
          const from = near.center + shift
          const available = oracle.between(near.center - 30 * DAY, near.center + 30 * DAY) / 3
          const amount = whole ? Math.round((part * available) / (15 * MINUTE)) * 15 * MINUTE : Math.round(part * available)
          const expected = oracle.add(from, amount, at, zero)
          share.all += 1
          if (expected === undefined) return
          share.compared += 1
          expect(calendar.addWorkingTime(from, amount, at, zero)).toBe(expected)
        },
      ),
      { numRuns: 250 },
    )
  })

  it('measures working time, with pauses, as a sum over all pieces does', () => {
    fc.assert(
      fc.property(
        calendarNearMoment,
        start,
        start,
        fc.array(fc.tuple(start, start), { maxLength: 3 }),
        (near, a, b, stretches) => {
          const pauses: Pause[] = stretches.map(([p, q]) => ({
            from: near.center + Math.min(p, q),
            to: near.center + Math.max(p, q),
          }))
          const calendar = createWorkingCalendar(near.document)
          const oracle = new Oracle(near.document, near.center, REACH, pauses)
          expect(calendar.workingTimeBetween(near.center + a, near.center + b, pauses)).toBe(
            oracle.between(near.center + a, near.center + b),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('finds the due instant behind pauses as a walk does, forwards and backwards', () => {
    const stretches = fc.array(fc.tuple(start, start), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        calendarNearMoment,
        start,
        fc.double({ min: -1, max: 1, noNaN: true }),
        edge,
        stretches,
        (near, shift, part, at, spans) => {
          const from = near.center + shift
          const pauses: Pause[] = spans.map(([p, q]) => ({
            from: near.center + Math.min(p, q),
            to: near.center + Math.max(p, q),
          }))
          const calendar = createWorkingCalendar(near.document)
          const oracle = new Oracle(near.document, near.center, REACH, pauses)
          const budget = Math.round((part * oracle.between(near.center - 20 * DAY, near.center + 20 * DAY)) / 3 / MINUTE) * MINUTE
          const expected = oracle.add(from, budget, at)
          share.all += 1
          if (expected === undefined) return
          share.compared += 1
          expect(calendar.dueAt(from, budget, pauses, at)).toBe(expected)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('answers about instants and dates as the pieces do', () => {
    fc.assert(
      fc.property(calendarNearMoment, start, fc.integer({ min: 1, max: 6 }), (near, shift, n) => {
        const calendar = createWorkingCalendar(near.document)
        const oracle = new Oracle(near.document, near.center, REACH)
        const at = near.center + shift
        expect(calendar.isWorking(at)).toBe(oracle.isWorking(at))
        expect(calendar.nextWorkingInstant(at)).toBe(oracle.add(at, 0, 'roll', 'forward'))
        expect(calendar.previousWorkingInstant(at)).toBe(oracle.add(at, 0, 'roll', 'backward'))
        const opening = oracle.pieces.find(({ start: from, working }) => working && from > at && !oracle.isWorking(from - 1))
        expect(calendar.nextOpening(at)).toBe(opening?.start)
        const closing = oracle.pieces.find(({ end, working }) => working && end > at && !oracle.isWorking(end))
        expect(calendar.nextClosing(at)).toBe(closing?.end)

        const today = calendar.localDateOf(at)
        expect(calendar.isWorkingDay(today)).toBe(oracle.workingDates.includes(today))
        const after = oracle.workingDates.filter((date) => date > today)
        const before = oracle.workingDates.filter((date) => date < today)
        // The oracle knows only its stretch; a sparse week may leave it too few dates.
        const [later, earlier] = [after[n - 1], before.at(-n)]
        if (later !== undefined) expect(calendar.addWorkingDays(today, n)).toBe(later)
        if (later !== undefined) expect(calendar.workingDaysBetween(today, later, '(]')).toBe(n)
        if (earlier !== undefined) expect(calendar.addWorkingDays(today, -n)).toBe(earlier)
        if (earlier !== undefined) expect(calendar.workingDaysBetween(today, earlier, '[)')).toBe(-n)
      }),
      { numRuns: 150 },
    )
  })
})
