import { describe, expect, it } from 'vitest'
import { createWorkingCalendar } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'
import {
  dueOf,
  extendClock,
  mayResumeClock,
  pauseClock,
  planRebudget,
  rebudgetClock,
  resumeClock,
  rungsOf,
  standingOf,
  startClock,
  stopClock,
  type Clock,
  type ClockBudget,
} from './index.ts'
import { at, hour, ladder, terms, uncapped, week } from './testing/fixtures.ts'

// Where what a clock answers turns over: pauses about its due instant, promises that begin anew, holidays that are not known yet.

const elapsed = (amount: number, from: string): Clock => startClock('r', { amount, unit: 'elapsedHours' }, at(from))
const paused = (clock: Clock, from: string, to?: string): Clock => {
  const open = pauseClock(clock, at(from), 'sample')
  return to === undefined ? open : resumeClock(open, at(to))
}

describe('elapsed time and pauses [decision 12]', () => {
  it('a pause moves the due instant if it begins before it', () => {
    const clock = elapsed(1, '03-02 09:00')
    expect(dueOf(paused(clock, '03-02 09:30', '03-02 09:45'), uncapped).dueAt).toBe(at('03-02 10:15'))
    for (const from of ['03-02 10:00', '03-02 11:00'])
      expect(dueOf(paused(clock, from, '03-02 12:00'), uncapped).dueAt, from).toBe(at('03-02 10:00'))
  })

  it('an open one keeps it unknown', () => {
    expect(dueOf(paused(elapsed(1, '03-02 09:00'), '03-02 09:30'), uncapped).dueAt).toBeNull()
    expect(dueOf(paused(elapsed(1, '03-02 09:00'), '03-02 10:30'), uncapped).dueAt).toBe(at('03-02 10:00'))
  })

  it('one before the promise began is none of its own', () => {
    const once = paused(elapsed(8, '03-02 09:00'), '03-02 10:00', '03-02 12:00')
    const anew = rebudgetClock(once, { amount: 2, unit: 'elapsedHours' }, at('03-02 13:00'), 'restart', 'tier')
    expect(dueOf(anew, uncapped).dueAt).toBe(at('03-02 15:00'))
    // What was consumed counts from there, and a later promise is given from there, too.
    expect(standingOf(anew, uncapped, at('03-02 14:00'))).toMatchObject({ consumedMs: hour, remainingMs: hour })
    const tighter = rebudgetClock(anew, { amount: 1, unit: 'elapsedHours' }, at('03-02 13:30'), 'keep-consumed', 'tier')
    expect(dueOf(tighter, uncapped).dueAt).toBe(at('03-02 14:00'))
  })
})

it('of two promises due at once, the earlier one holds', () => {
  const start = startClock('r', { amount: 2, unit: 'workingHours' }, at('03-02 09:00'))
  const both = rebudgetClock(start, { amount: 2, unit: 'elapsedHours' }, at('03-02 09:30'), 'keep-consumed', 'tier')
  expect(both.promises).toHaveLength(2)
  expect(dueOf(both, uncapped)).toMatchObject({ dueAt: at('03-02 11:00'), promise: 0 })
})

it('a clock that is not paused does not go on', () => {
  const clock = elapsed(1, '03-02 09:00')
  expect(mayResumeClock(paused(clock, '03-02 09:30'))).toEqual([])
  expect(mayResumeClock(clock)).toEqual([{ code: 'clock_not_paused', required: 'paused', actual: 'running' }])
})

describe('rungs beyond the holidays that are known', () => {
  const clock = startClock('r', { amount: 20, unit: 'workingHours' }, at('03-02 09:00'))
  const until = (to: string): readonly unknown[] => {
    const calendar = createWorkingCalendar({ timeZone: 'Asia/Shanghai', week, coverage: { from: '2026-01-01', to } })
    return rungsOf(clock, { calendar, ladder }).map(({ percent, provisional }) => [percent, provisional])
  }

  it('are provisional; a warning before the due instant is, if that is', () => {
    // 80 % on the third, due on the fourth, 150 % on the fifth.
    const said = (...provisional: readonly boolean[]) => [80, 100, 150].map((percent, k) => [percent, provisional[k]])
    expect(until('2026-03-05')).toEqual(said(false, false, false))
    expect(until('2026-03-04')).toEqual(said(false, false, true))
    expect(until('2026-03-03')).toEqual(said(true, true, true))
  })
})

it('holidays that are not known say nothing of calendar days, unless working time extends them', () => {
  const start = startClock('r', { amount: 400, unit: 'calendarDays' }, at('03-02 09:00'))
  const because = (by: Budget) => dueOf(extendClock(start, by, at('03-02 10:00')), uncapped).because
  expect(because({ amount: 1, unit: 'calendarDays' })).toEqual([])
  expect(because({ amount: 1, unit: 'workingHours' })).toEqual(['coverage'])
})

describe('another policy [GOV-05]', () => {
  const plan = (clock: Clock, granted: ClockBudget, budget: ClockBudget, when: string) => {
    const { clock: next, ...rest } = planRebudget({
      clock,
      before: terms,
      after: uncapped,
      granted,
      budget,
      mode: 'keep-consumed',
      at: at(when),
    })
    return { ...rest, promises: next.promises.length }
  }

  it('leaves a clock that has ended as it is', () => {
    const granted = { amount: 2, unit: 'workingHours' } as const
    const ended = stopClock(startClock('r', granted, at('03-02 09:00')), at('03-02 10:00'))
    const due = at('03-02 11:00')
    expect(plan(ended, granted, { amount: 1, unit: 'workingHours' }, '03-02 12:00')).toEqual({
      dueBefore: due,
      dueAfter: due,
      change: 'same',
      overdueBefore: false,
      becomesOverdue: false,
      promises: 1,
    })
  })

  it('promises another instant anew, and the same one not', () => {
    const until = (text: string): ClockBudget => ({ until: at(text) })
    const clock = startClock('r', until('03-05 09:00'), at('03-02 09:00'))
    expect(plan(clock, until('03-05 09:00'), until('03-05 09:00'), '03-03 09:00')).toMatchObject({ change: 'same', promises: 1 })
    expect(plan(clock, until('03-05 09:00'), until('03-04 09:00'), '03-03 09:00')).toMatchObject({
      change: 'earlier',
      dueAfter: at('03-04 09:00'),
    })
    expect(plan(clock, until('03-05 09:00'), { amount: 1, unit: 'elapsedHours' }, '03-03 09:00')).toMatchObject({
      change: 'earlier',
      becomesOverdue: true,
    })
  })
})
