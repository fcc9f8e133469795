import fc from 'fast-check'
import type { WorkingCalendar } from '../../calendar/index.ts'
import type { Budget } from '../../policy/parts.ts'
import {
  cancelClock,
  extendClock,
  pauseClock,
  rebudgetClock,
  resumeClock,
  startClock,
  stopClock,
  type Clock,
  type ClockTerms,
} from '../index.ts'
import { at, berlin, calendar, hour, ladder } from './fixtures.ts'

const minute = 60_000

/** A budget that a policy might hold, in any unit. */
export const budgets: fc.Arbitrary<Budget> = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 400 }).map((n) => n / 4),
    unit: fc.constantFrom('workingHours', 'elapsedHours'),
  }),
  fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom('workingDays', 'calendarDays') }),
)

export const calendars: fc.Arbitrary<WorkingCalendar> = fc.constantFrom(calendar, berlin)

/** Instants of 2026 up to the given number of days from 27 February on, to the minute. */
export const instants = (days: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: days * 24 * 60 }).map((n) => at('02-27 00:00') + n * minute)

export const termsOf: fc.Arbitrary<ClockTerms> = fc
  .tuple(calendars, fc.option(fc.tuple(budgets, budgets)))
  .map(([of, caps]) => ({ calendar: of, ladder, ...(caps === null ? {} : { maxPause: { each: caps[0], total: caps[1] } }) }))

/** What happens to a clock, at so many milliseconds after the event before. */
export type ClockEvent = { readonly after: number } & (
  | { readonly type: 'pause' | 'resume' | 'stop' | 'cancel' }
  | { readonly type: 'keep-consumed' | 'restart' | 'extend'; readonly budget: Budget }
)
const after = fc.integer({ min: 0, max: 60 * 24 * 12 }).map((n) => n * minute)
export const events: fc.Arbitrary<readonly ClockEvent[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ after, type: fc.constantFrom<'pause' | 'resume'>('pause', 'resume') }) },
    { weight: 1, arbitrary: fc.record({ after, type: fc.constantFrom<'stop' | 'cancel'>('stop', 'cancel') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        after,
        type: fc.constantFrom<'keep-consumed' | 'restart' | 'extend'>('keep-consumed', 'restart', 'extend'),
        budget: budgets,
      }),
    },
  ),
  { maxLength: 12 },
)

export function applyEvent(clock: Clock, event: ClockEvent, now: number): Clock {
  switch (event.type) {
    case 'pause':
      return pauseClock(clock, now, 'customerAnswer')
    case 'resume':
      return resumeClock(clock, now)
    case 'stop':
      return stopClock(clock, now)
    case 'cancel':
      return cancelClock(clock, now)
    case 'extend':
      return extendClock(clock, event.budget, now)
    default:
      return rebudgetClock(clock, event.budget, now, event.type, 'tier')
  }
}

/** A clock with a history. */
export const clocks: fc.Arbitrary<{ readonly clock: Clock; readonly now: number }> = fc
  .tuple(budgets, instants(200), events)
  .map(([budget, start, list]) => {
    let clock = startClock('resolution', budget, start)
    let now = start
    for (const event of list) {
      now += event.after
      clock = applyEvent(clock, event, now)
    }
    return { clock, now }
  })

/** Pauses that all have ended, as (start, length) in minutes from the clock's start. */
export const pauseTimes = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 4000 })), {
  maxLength: 5,
})

export function withPauses(clock: Clock, times: readonly (readonly [number, number])[]): Clock {
  let now = clock.startedAt
  let paused = clock
  for (const [wait, length] of times) {
    paused = pauseClock(paused, now + wait * minute, 'customerAnswer')
    now += (wait + length) * minute
    paused = resumeClock(paused, now)
  }
  return paused
}

export { hour, minute }
