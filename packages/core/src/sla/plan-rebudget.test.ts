import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkingCalendar } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'
import { dueOf } from './due.ts'
import { pauseClock } from './pause.ts'
import { planRebudget, type RebudgetInput } from './plan-rebudget.ts'
import { startClock } from './start.ts'
import { stopClock } from './stop.ts'
import { at, calendar, hour, terms, uncapped } from './testing/fixtures.ts'

const days = (amount: number): Budget => ({ amount, unit: 'workingDays' })
const begun = at('03-02 10:00')
const now = at('03-05 10:00')
const clock = startClock('resolution', days(7), begun)
const plan = (patch: Partial<RebudgetInput> = {}) =>
  planRebudget({
    clock,
    before: terms,
    after: terms,
    granted: days(7),
    budget: days(7),
    mode: 'keep-consumed',
    at: now,
    ...patch,
  })

describe('an open clock under another policy [GOV-05, decision 9]', () => {
  it('a budget that both grant alike changes nothing: not even where a change would start it anew', () => {
    for (const mode of ['keep-consumed', 'restart', 'unchanged'] as const) {
      const { clock: next, change, becomesOverdue } = plan({ mode })
      expect([next, change, becomesOverdue]).toEqual([clock, 'same', false])
      expect(next).toBe(clock)
    }
  })

  it('a shorter one makes it due earlier, from the same start', () => {
    const planned = plan({ budget: days(5) })
    expect(planned).toMatchObject({ change: 'earlier', overdueBefore: false, becomesOverdue: false })
    expect(planned.dueAfter).toBe(dueOf(startClock('resolution', days(5), begun), terms).dueAt)
    expect(planned.clock.promises.at(-1)).toMatchObject({ reason: 'policy', since: now })
  })

  it('one that is used up already makes it overdue at once; the very instant is late', () => {
    expect(plan({ budget: days(2) })).toMatchObject({ change: 'earlier', overdueBefore: false, becomesOverdue: true })
    const due = plan({ budget: days(5) }).dueAfter ?? 0
    expect(plan({ budget: days(5), at: due - 1 }).becomesOverdue).toBe(false)
    expect(plan({ budget: days(5), at: due }).becomesOverdue).toBe(true)
  })

  it('what is overdue already does not become it', () => {
    const late = (dueOf(clock, terms).dueAt ?? 0) + hour
    expect(plan({ budget: days(2), at: late })).toMatchObject({ overdueBefore: true, becomesOverdue: false })
  })

  it('a longer one lengthens no promise, unless the policy starts clocks anew', () => {
    expect(plan({ budget: days(9) })).toMatchObject({ change: 'same' })
    expect(plan({ budget: days(9), mode: 'restart' })).toMatchObject({ change: 'later' })
    expect(plan({ budget: days(2), mode: 'unchanged' })).toMatchObject({ change: 'same', clock })
  })

  it('no budget of the kind leaves the promise; a fixed day is compared as a day', () => {
    expect(plan({ budget: null }).clock).toBe(clock)
    expect(plan({ budget: { until: now }, granted: { until: now } }).clock).toBe(clock)
    expect(plan({ budget: { until: now }, granted: null })).toMatchObject({ dueAfter: now, becomesOverdue: true })
    expect(plan({ budget: { amount: 7, unit: 'calendarDays' } }).change).toBe('earlier')
  })

  it('another calendar and other caps of pauses count at once', () => {
    const open = createWorkingCalendar({
      timeZone: 'Asia/Shanghai',
      week: {
        mon: [['09:00', '18:00']],
        tue: [['09:00', '18:00']],
        wed: [['09:00', '18:00']],
        thu: [['09:00', '18:00']],
        fri: [['09:00', '18:00']],
      },
      coverage: { from: '2026-01-01', to: '2026-12-31' },
    })
    expect(calendar.coverageOf(begun, now)).toBe('covered')
    // 9 March is no holiday there.
    expect(plan({ after: { ...terms, calendar: open } }).change).toBe('earlier')
    const paused = pauseClock(clock, now, 'customer')
    // Without a cap nobody knows when it is due: later than any known instant, and never late.
    expect(plan({ clock: paused, after: uncapped })).toMatchObject({ dueAfter: null, change: 'later', becomesOverdue: false })
    expect(plan({ clock: paused, before: uncapped })).toMatchObject({ dueBefore: null, change: 'earlier', overdueBefore: false })
  })

  it('a clock that has ended stays as it is', () => {
    const ended = stopClock(clock, now)
    expect(plan({ clock: ended, budget: days(1), mode: 'restart', after: uncapped })).toMatchObject({
      clock: ended,
      change: 'same',
      overdueBefore: false,
      becomesOverdue: false,
    })
  })

  it('whatever is granted, kept promises are only ever due earlier', () => {
    const budget = fc.record({
      amount: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom('workingHours', 'elapsedHours', 'workingDays', 'calendarDays'),
    })
    fc.assert(
      fc.property(budget, budget, fc.integer({ min: 0, max: 30 * 24 }), (granted, given, hours) => {
        const own = startClock('resolution', granted, begun)
        const planned = plan({ clock: own, granted, budget: given, at: begun + hours * hour })
        expect(planned.change).not.toBe('later')
        expect(planned.dueAfter).toBe(dueOf(planned.clock, terms).dueAt)
        if (planned.becomesOverdue) expect(planned.overdueBefore).toBe(false)
      }),
    )
  })
})
