import { describe, expect, it } from 'vitest'
import {
  dueOf,
  explainClock,
  extendClock,
  isOpen,
  markFired,
  mayExtendClock,
  mayPauseClock,
  mayStopClock,
  nextDue,
  nextRung,
  pauseClock,
  rebudgetClock,
  resumeClock,
  rungsOf,
  standingOf,
  startClock,
  stopClock,
  strictest,
  type Clock,
  type ClockTerms,
} from './index.ts'
import { closeLedger } from './ledger.ts'
import { at, hour, ladder, terms, uncapped } from './testing/fixtures.ts'

const four = { amount: 4, unit: 'workingHours' } as const
const start = (name = 'resolution') => startClock(name, four, at('03-02 09:00'))
const told = (clock: Clock, of: ClockTerms = terms) => rungsOf(clock, of).map((r) => [r.rung, r.at])

describe('the ladder (architecture rule 6)', () => {
  it('percentages of the working time; 100 % is the due instant', () => {
    expect(told(start())).toEqual([
      ['80-warn-accountManager', at('03-02 13:12')],
      ['100-breach-superior', at('03-02 14:00')],
      ['150-escalate-kaGroup', at('03-02 16:00')],
    ])
  })

  it('of the elapsed time where the unit is one; a fixed instant moves with no pause', () => {
    const night = startClock('reply', { amount: 10, unit: 'elapsedHours' }, at('03-02 20:00'))
    expect(told(night).map(([, instant]) => instant)).toEqual([at('03-03 04:00'), at('03-03 06:00'), at('03-03 11:00')])
    const paused = resumeClock(pauseClock(night, at('03-02 21:00'), 'q'), at('03-02 23:00'))
    expect(told(paused).map(([, instant]) => instant)).toEqual([at('03-03 06:00'), at('03-03 08:00'), at('03-03 13:00')])
    const fixed = startClock('meeting', { until: at('03-03 06:00') }, at('03-02 20:00'))
    const same = resumeClock(pauseClock(fixed, at('03-02 21:00'), 'q'), at('03-02 23:00'))
    expect(told(same)).toEqual(told(fixed))
    expect(told(fixed).map(([, instant]) => instant)).toEqual([at('03-03 04:00'), at('03-03 06:00'), at('03-03 11:00')])
  })

  it('without any time in it, everything falls due at once, in order of percentage, then name', () => {
    const now = startClock('effectiveDate', { until: at('03-02 09:00') }, at('03-02 09:00'))
    const twice: ClockTerms = { ...uncapped, ladder: [...ladder].reverse().concat({ at: 80, kind: 'warn', notify: 'a' }) }
    expect(told(now, twice)).toEqual([
      ['80-warn-a', at('03-02 09:00')],
      ['80-warn-accountManager', at('03-02 09:00')],
      ['100-breach-superior', at('03-02 09:00')],
      ['150-escalate-kaGroup', at('03-02 09:00')],
    ])
  })

  it('empty while an open pause keeps the end unknown', () => {
    expect(told(pauseClock(start(), at('03-02 10:00'), 'q'), uncapped)).toEqual([])
    // Paused when it was late already: only what comes after is unknown.
    expect(told(pauseClock(start(), at('03-02 15:00'), 'q'), uncapped).map(([rung]) => rung)).toEqual([
      '80-warn-accountManager',
      '100-breach-superior',
    ])
  })

  it('other terms for the same clock give other rungs, the same terms the same ones', () => {
    const clock = start()
    const first = rungsOf(clock, terms)
    expect(rungsOf(clock, { ...terms })).toBe(first)
    expect(rungsOf(clock, { ...terms, ladder: ladder.slice(0, 1) })).toHaveLength(1)
    expect(rungsOf(clock, terms)).toHaveLength(3)
    const paused = pauseClock(start(), at('03-02 10:00'), 'q')
    expect(rungsOf(paused, terms)).toHaveLength(3)
    expect(rungsOf(paused, uncapped)).toEqual([])
  })

  it('a rung is marked once, for its own clock, cycle and revision', () => {
    const clock = start()
    const [warn] = rungsOf(clock, terms)
    if (warn === undefined) throw new Error('no rung')
    expect(markFired(clock, warn).fired).toEqual([
      { cycle: 1, revision: 0, rung: '80-warn-accountManager', dueAt: at('03-02 13:12') },
    ])
    for (const other of [{ clock: 'other' }, { cycle: 2 }, { revision: 1 }])
      expect(markFired(clock, { ...warn, ...other })).toBe(clock)
  })

  it('the next one of several clocks: the earliest; of two at one instant the first by name, whichever comes first in the list', () => {
    const clocks = [start('b'), start('a'), startClock('c', four, at('03-02 09:01'))]
    expect(nextDue(clocks, terms)?.clock).toBe('a')
    expect(nextDue([...clocks].reverse(), terms)?.clock).toBe('a')
    expect(nextRung(clocks, terms, at('03-02 13:12'))?.clock).toBe('a')
    expect(nextRung(clocks, terms, at('03-02 13:12') - 1)).toBeNull()
  })

  it('decision 9: of two clocks due at one instant the first by name, whichever comes first in the list', () => {
    for (const clocks of [
      [start('b'), start('a')],
      [start('a'), start('b')],
    ])
      expect(strictest(clocks, terms)?.clock.name).toBe('a')
    const later = startClock('0', four, at('03-02 10:00'))
    expect(strictest([later, start('b')], terms)?.clock.name).toBe('b')
    // Two that no name tells apart stay in the order of the list.
    const same = [start('a'), start('a')]
    expect(strictest(same, terms)?.clock).toBe(same[0])
    const unknown = pauseClock(start('a'), at('03-02 10:00'), 'q')
    expect(strictest([unknown, later], uncapped)?.clock.name).toBe('0')
  })
})

describe('promises of fixed instants', () => {
  const until = (text: string) => ({ until: at(text) })
  const promised = (...texts: readonly string[]) =>
    texts.reduce<Clock>(
      (clock, text, i) =>
        i === 0
          ? startClock('d', until(text), at('03-02 09:00'))
          : rebudgetClock(clock, until(text), at('03-02 10:00'), 'keep-consumed', text),
      startClock('d', until('03-02 09:00'), at('03-02 09:00')),
    )
  const kept = (clock: Clock) => clock.promises.map(({ reason }) => reason)

  it('the earliest counts; of the others only the newest is kept', () => {
    expect(dueOf(promised('03-05 12:00', '03-04 12:00'), terms).dueAt).toBe(at('03-04 12:00'))
    expect(kept(promised('03-05 12:00', '03-04 12:00'))).toEqual(['03-04 12:00'])
    expect(kept(promised('03-05 12:00', '03-06 12:00'))).toEqual(['start', '03-06 12:00'])
    expect(kept(promised('03-05 12:00', '03-06 12:00', '03-07 12:00'))).toEqual(['start', '03-07 12:00'])
    expect(kept(promised('03-05 12:00', '03-05 12:00', '03-05 12:00'))).toEqual(['start', '03-05 12:00'])
  })

  it('beside an amount of time both stay, as the calendar decides which is earlier', () => {
    const both = rebudgetClock(start(), until('03-05 12:00'), at('03-02 10:00'), 'keep-consumed', 'date')
    expect(both.promises.map(({ reason }) => reason)).toEqual(['start', 'date'])
    expect(dueOf(both, terms)).toMatchObject({ dueAt: at('03-02 14:00'), promise: 0 })
    const earlier = rebudgetClock(start(), until('03-02 11:00'), at('03-02 10:00'), 'keep-consumed', 'date')
    expect(dueOf(earlier, terms)).toMatchObject({ dueAt: at('03-02 11:00'), promise: 1 })
    expect(standingOf(earlier, terms, at('03-02 10:00'))).toMatchObject({
      measure: 'elapsed',
      consumedMs: hour,
      remainingMs: hour,
    })
  })

  it('amounts of one unit: the smaller, of equal ones the first, and always the newest', () => {
    const days = (amount: number) => ({ amount, unit: 'workingDays' as const })
    const chain = (...amounts: readonly number[]) =>
      amounts.reduce<Clock>(
        (clock, amount) => rebudgetClock(clock, days(amount), at('03-02 10:00'), 'keep-consumed', 'tier'),
        startClock('r', days(5), at('03-02 09:00')),
      )
    const left = (clock: Clock) => clock.promises.map(({ budget }) => ('amount' in budget ? budget.amount : null))
    expect(left(chain(3))).toEqual([3])
    expect(left(chain(7))).toEqual([5, 7])
    expect(left(chain(7, 5))).toEqual([5, 5])
    expect(left(chain(7, 5, 6))).toEqual([5, 6])
  })
})

describe('what may be done with a clock', () => {
  it('a hundred pauses, and no more', () => {
    const paused = (count: number): Clock => ({
      ...start(),
      ledger: Array.from({ length: count }, (_, i) => ({ from: i, to: i + 1, kind: 'paused' as const })),
    })
    expect(mayPauseClock(paused(99), uncapped, at('03-02 10:00'))).toEqual([])
    expect(mayPauseClock(paused(100), uncapped, at('03-02 10:00'))).toEqual([
      { code: 'limit_reached', required: 100, actual: 100 },
    ])
  })

  it('refusals in full: what is required, and what was found', () => {
    const paused = pauseClock(start(), at('03-02 10:00'), 'q')
    expect(mayPauseClock(paused, terms, at('03-02 11:00'))).toEqual([
      { code: 'clock_not_running', required: 'running', actual: 'paused' },
    ])
    const still = startClock('handoff', four, at('03-02 09:00'), { pausable: false })
    expect(mayPauseClock(still, terms, at('03-02 10:00'))).toEqual([
      { code: 'clock_not_pausable', required: null, actual: 'handoff' },
    ])
    const none = { ...terms, maxPause: { each: four, total: { amount: 1, unit: 'workingHours' as const } } }
    const once = resumeClock(pauseClock(start(), at('03-02 10:00'), 'q'), at('03-02 11:00'))
    expect(mayPauseClock(once, none, at('03-02 12:00'))).toEqual([
      { code: 'pause_cap_reached', parameter: 'sla.maxPause.total', required: { amount: 1, unit: 'workingHours' }, actual: 1 },
    ])
    expect(mayStopClock(start())).toEqual([])
    expect(mayStopClock(paused)).toEqual([])
    expect(mayStopClock(stopClock(start(), at('03-02 10:00')))).toEqual([
      { code: 'clock_not_running', required: 'running', actual: 'stopped' },
    ])
    expect(mayExtendClock(extendClock(start(), four, at('03-02 10:00')), terms, at('03-09 10:00'))).toEqual([
      { code: 'clock_breached', required: at('03-02 18:00'), actual: at('03-09 10:00') },
      { code: 'limit_reached', required: 1, actual: 1 },
    ])
    expect(mayExtendClock(paused, uncapped, at('03-09 10:00'))).toEqual([])
  })

  it('open are running and paused ones', () => {
    const paused = pauseClock(start(), at('03-02 10:00'), 'q')
    expect([start(), paused, stopClock(start(), 1), stopClock(paused, 1)].map(isOpen)).toEqual([true, true, false, false])
  })
})

describe('the ledger', () => {
  it('a stretch of no length leaves no trace, and nothing runs backwards', () => {
    const ledger = [{ from: 5, to: null, kind: 'running' }] as const
    expect(closeLedger(ledger, 9)).toEqual({ ledger: [{ from: 5, to: 9, kind: 'running' }], at: 9 })
    expect(closeLedger(ledger, 5)).toEqual({ ledger: [], at: 5 })
    expect(closeLedger(ledger, 3)).toEqual({ ledger: [], at: 5 })
    expect(closeLedger([], 9)).toEqual({ ledger: [], at: 9 })
    const closed = [{ from: 5, to: 7, kind: 'running' }] as const
    expect(closeLedger(closed, 9)).toEqual({ ledger: closed, at: 9 })
    const clock = pauseClock(start(), at('03-02 08:00'), 'q')
    expect(clock.ledger).toEqual([{ from: at('03-02 09:00'), to: null, kind: 'paused', reason: 'q' }])
  })
})

describe('calendar days explained', () => {
  it('date by date, and long spans as so many of them', () => {
    const clock = startClock('settle', { amount: 60, unit: 'calendarDays' }, at('03-02 09:00'))
    const [part] = explainClock(clock, terms).parts
    expect(part).toMatchObject({ unit: 'days', measure: 'elapsed', budget: 60, total: 60, to: at('05-02 00:00') })
    expect(part?.lines.reduce((sum, line) => sum + line.counted, 0)).toBe(60)
  })
})
