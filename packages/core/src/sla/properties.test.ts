import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Budget } from '../policy/parts.ts'
import {
  cappedPauses,
  dueOf,
  dueRungs,
  extendClock,
  markFired,
  nextRung,
  pauseClock,
  rebudgetClock,
  resumeClock,
  rungsOf,
  standingOf,
  startClock,
  type Clock,
  type ClockTerms,
} from './index.ts'
import {
  applyEvent,
  budgets,
  calendars,
  clocks,
  events,
  instants,
  pauseTimes,
  termsOf,
  withPauses,
} from './testing/arbitraries.ts'
import { hour, ladder, ledgerFaults } from './testing/fixtures.ts'

const runs = { numRuns: 300 }
const known = (at: number | null): number => at ?? Infinity

/** Settles as the runtime does: one rung at a time, the earliest first. */
function settle(clock: Clock, terms: ClockTerms, until: number): Clock {
  let current = clock
  for (let rung = nextRung([current], terms, until); rung !== null; rung = nextRung([current], terms, until))
    current = markFired(current, rung)
  return current
}

describe('properties of a clock', () => {
  it('due is monotone in the budget, whatever the pauses', () => {
    fc.assert(
      fc.property(
        budgets,
        fc.integer({ min: 0, max: 30 }),
        instants(200),
        pauseTimes,
        termsOf,
        (budget, more, start, times, terms) => {
          const due = (b: Budget) => known(dueOf(withPauses(startClock('r', b, start), times), terms).dueAt)
          expect(due({ ...budget, amount: budget.amount + more })).toBeGreaterThanOrEqual(due(budget))
        },
      ),
      runs,
    )
  })

  it('a pause outside working hours costs nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), instants(200), calendars, (hours, start, calendar) => {
        const terms = { calendar, ladder }
        const clock = startClock('r', { amount: hours / 4, unit: 'workingHours' }, start)
        const closing = calendar.nextClosing(start)
        const paused = resumeClock(pauseClock(clock, closing, 'q'), calendar.nextOpening(closing))
        expect(dueOf(paused, terms).dueAt).toBe(dueOf(clock, terms).dueAt)
      }),
      runs,
    )
  })

  it('hours: the time used up at the due instant, pauses left out, is the budget exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.constantFrom<Budget['unit']>('workingHours', 'elapsedHours'),
        instants(200),
        pauseTimes,
        termsOf,
        (quarters, unit, start, times, terms) => {
          const clock = withPauses(startClock('r', { amount: quarters / 4, unit }, start), times)
          const { dueAt } = dueOf(clock, terms)
          const paused = cappedPauses(clock, terms).map((p) => ({ from: p.from, to: p.to ?? Infinity }))
          const length = (from: number, to: number) =>
            unit === 'workingHours' ? terms.calendar.workingTimeBetween(from, to) : to - from
          const due = known(dueAt)
          const lost = paused.filter((p) => p.from < due).reduce((sum, p) => sum + length(p.from, Math.min(p.to, due)), 0)
          expect(length(start, due) - lost).toBe((quarters / 4) * hour)
        },
      ),
      runs,
    )
  })

  it('rungs are ordered by percentage, the one at 100 % is the due instant', () => {
    fc.assert(
      fc.property(clocks, termsOf, ({ clock }, terms) => {
        const rungs = rungsOf(clock, terms).toSorted((a, b) => a.percent - b.percent)
        const { dueAt } = dueOf(clock, terms)
        rungs.slice(1).forEach((rung, i) => expect(rung.at).toBeGreaterThanOrEqual(rungs[i]?.at ?? Infinity))
        if (dueAt !== null) expect(rungs.find((r) => r.percent === 100)?.at).toBe(dueAt)
      }),
      runs,
    )
  })

  it('architecture rule 6: the outcome does not depend on when sweeps ran', () => {
    fc.assert(
      fc.property(
        budgets,
        instants(200),
        events,
        termsOf,
        fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 30 }),
        (budget, start, list, terms, sweeps) => {
          const play = (swept: boolean): Clock => {
            let clock = startClock('r', budget, start)
            let now = start
            list.forEach((event, index) => {
              const next = now + event.after
              const between = swept
                ? sweeps.filter((_, i) => i % list.length === index).map((s) => now + Math.floor((event.after * s) / 1000))
                : []
              for (const at of between.sort((a, b) => a - b)) clock = settle(clock, terms, at)
              now = next
              clock = applyEvent(settle(clock, terms, now), event, now)
            })
            return settle(clock, terms, now + 100 * 24 * hour)
          }
          expect(play(true)).toEqual(play(false))
        },
      ),
      runs,
    )
  })

  it('a rung fires once in a cycle and revision', () => {
    fc.assert(
      fc.property(clocks, termsOf, ({ clock, now }, terms) => {
        const settled = settle(clock, terms, now + 400 * 24 * hour)
        expect(dueRungs(settled, terms, now + 400 * 24 * hour)).toEqual([])
        const keys = settled.fired.map((f) => `${String(f.cycle)}/${String(f.revision)}/${f.rung}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      runs,
    )
  })

  it('keep-consumed: never later than before, forth and back never later than the first promise', () => {
    fc.assert(
      fc.property(clocks, budgets, budgets, termsOf, ({ clock, now }, other, first, terms) => {
        const before = known(dueOf(clock, terms).dueAt)
        const forth = rebudgetClock(clock, other, now, 'keep-consumed', 'tier')
        const back = rebudgetClock(forth, first, now + hour, 'keep-consumed', 'tier')
        expect(known(dueOf(forth, terms).dueAt)).toBeLessThanOrEqual(before)
        expect(known(dueOf(back, terms).dueAt)).toBeLessThanOrEqual(known(dueOf(forth, terms).dueAt))
        expect(back.promises.length).toBeLessThanOrEqual(6)
      }),
      runs,
    )
  })

  it('an extension never makes a deadline earlier', () => {
    fc.assert(
      fc.property(clocks, budgets, termsOf, ({ clock, now }, by, terms) => {
        expect(known(dueOf(extendClock(clock, by, now), terms).dueAt)).toBeGreaterThanOrEqual(known(dueOf(clock, terms).dueAt))
      }),
      runs,
    )
  })

  it('resuming earlier than the cap never makes it due later than the open pause said', () => {
    fc.assert(
      fc.property(
        budgets,
        instants(200),
        pauseTimes,
        termsOf,
        fc.integer({ min: 0, max: 20_000 }),
        (budget, start, times, terms, wait) => {
          const running = withPauses(startClock('r', budget, start), times)
          const from = (running.ledger.at(-1)?.from ?? start) + hour
          const paused = pauseClock(running, from, 'q')
          const resumed = resumeClock(paused, from + wait * 60_000)
          expect(known(dueOf(resumed, terms).dueAt)).toBeLessThanOrEqual(known(dueOf(paused, terms).dueAt))
        },
      ),
      runs,
    )
  })

  it('sla.maxPause: what counts as paused never exceeds the caps', () => {
    fc.assert(
      fc.property(instants(200), pauseTimes, calendars, budgets, budgets, (start, times, calendar, each, total) => {
        const terms = { calendar, ladder, maxPause: { each, total } }
        const pauses = cappedPauses(withPauses(startClock('r', each, start), times), terms)
        const used = (list: typeof pauses, unit: Budget['unit']): number => {
          if (unit === 'workingHours')
            return list.reduce((sum, p) => sum + calendar.workingTimeBetween(p.from, known(p.to)), 0) / hour
          if (unit === 'elapsedHours') return list.reduce((sum, p) => sum + known(p.to) - p.from, 0) / hour
          const dates = new Set<string>()
          for (const pause of list)
            for (let t = pause.from; t < known(pause.to); t += hour / 4) {
              const date = calendar.localDateOf(t)
              const opening = calendar.workingHoursOn(date).some((w) => w.start <= t && t < w.end)
              if (unit === 'calendarDays' || opening) dates.add(date)
            }
          return dates.size
        }
        for (const pause of pauses) expect(used([pause], each.unit)).toBeLessThanOrEqual(each.amount)
        expect(used(pauses, total.unit)).toBeLessThanOrEqual(total.amount)
        for (const pause of pauses) expect(known(pause.to)).toBeLessThanOrEqual(known(pause.recordedTo))
      }),
      runs,
    )
  })

  it('a ledger adjoins, never overlaps, and stays JSON', () => {
    fc.assert(
      fc.property(clocks, ({ clock }) => {
        expect(ledgerFaults(clock)).toEqual([])
        expect(JSON.parse(JSON.stringify(clock))).toEqual(clock)
      }),
      runs,
    )
  })

  it('consumed and remaining add up to the budget where it counts hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        instants(200),
        pauseTimes,
        termsOf,
        fc.integer({ min: 0, max: 50_000 }),
        (n, start, times, terms, wait) => {
          const clock = withPauses(startClock('r', { amount: n / 4, unit: 'workingHours' }, start), times)
          const standing = standingOf(clock, terms, start + wait * 60_000)
          expect(standing.consumedMs + (standing.remainingMs ?? Number.NaN)).toBe((n / 4) * hour)
          expect(standing.breached).toBe(start + wait * 60_000 >= (standing.dueAt ?? Infinity))
        },
      ),
      runs,
    )
  })
})
