import { describe, expect, it } from 'vitest'
import {
  cancelClock,
  dueOf,
  dueRungs,
  extendClock,
  markFired,
  mayExtendClock,
  mayPauseClock,
  mayResumeClock,
  mayStopClock,
  pauseClock,
  rebudgetClock,
  restartClock,
  resumeClock,
  standingOf,
  startClock,
  stopClock,
  strictest,
  type Clock,
} from './index.ts'
import { at, calendar, hour, ladder, ledgerFaults, terms, uncapped } from './testing/fixtures.ts'

const four = { amount: 4, unit: 'workingHours' } as const
const seven = { amount: 7, unit: 'workingDays' } as const
const codes = (failures: readonly { code: string }[]): string[] => failures.map((f) => f.code)

describe('a clock', () => {
  it('P-04: four working hours from the afternoon end in the next morning', () => {
    expect(dueOf(startClock('handoff', four, at('03-02 16:00')), terms).dueAt).toBe(at('03-03 11:00'))
  })

  it('P-05: within seven working days is due at the close of the seventh working day after the start date, the holiday left out', () => {
    expect(dueOf(startClock('resolution', seven, at('03-02 09:00')), terms).dueAt).toBe(at('03-12 18:00'))
  })

  it('P-02: elapsed hours run through the night; calendar days end at midnight', () => {
    expect(dueOf(startClock('reply', { amount: 24, unit: 'elapsedHours' }, at('03-06 17:00')), terms).dueAt).toBe(
      at('03-07 17:00'),
    )
    expect(dueOf(startClock('settle', { amount: 2, unit: 'calendarDays' }, at('03-06 17:00')), terms).dueAt).toBe(
      at('03-09 00:00'),
    )
  })

  it('a fixed instant is due then, paused or not', () => {
    const clock = pauseClock(
      startClock('meeting', { until: at('03-04 10:00') }, at('03-02 09:00')),
      at('03-02 10:00'),
      'customer',
    )
    expect(dueOf(clock, uncapped)).toMatchObject({ dueAt: at('03-04 10:00'), provisional: false })
  })

  it('decision 12: a backdated receipt may be breached at once', () => {
    const clock = startClock('handoff', four, at('03-02 09:00'), { since: at('03-03 15:00') })
    expect(dueRungs(clock, terms, at('03-03 15:00')).map((r) => r.percent)).toEqual([80, 100, 150])
  })

  it('is kept before its due instant and broken at it', () => {
    const clock = startClock('handoff', four, at('03-02 09:00'))
    const due = at('03-02 14:00')
    expect(standingOf(stopClock(clock, due - 1), terms, at('03-09 09:00'))).toMatchObject({ breached: false, remainingMs: 1 })
    expect(standingOf(stopClock(clock, due), terms, at('03-09 09:00'))).toMatchObject({ breached: true, remainingMs: 0 })
    expect(standingOf(stopClock(clock, at('03-03 10:00')), terms, at('03-09 09:00')).remainingMs).toBe(-5 * hour)
  })

  it('the first ending stands, and an ended clock takes nothing more', () => {
    const stopped = stopClock(startClock('handoff', four, at('03-02 09:00')), at('03-02 10:00'))
    expect(stopClock(stopped, at('03-02 11:00'))).toBe(stopped)
    expect(cancelClock(stopped, at('03-02 11:00'))).toBe(stopped)
    expect(pauseClock(stopped, at('03-02 11:00'), 'x')).toBe(stopped)
    expect(extendClock(stopped, four, at('03-02 11:00'))).toBe(stopped)
    expect(rebudgetClock(stopped, seven, at('03-02 11:00'), 'restart', 'tier')).toBe(stopped)
    expect(dueRungs(stopped, terms, at('12-01 09:00'))).toEqual([])
    expect(codes(mayStopClock(stopped))).toEqual(['clock_not_running'])
  })

  it('survives JSON unchanged', () => {
    const clock = rebudgetClock(
      pauseClock(startClock('r', seven, at('03-02 09:00')), at('03-03 09:00'), 'q'),
      four,
      at('03-03 10:00'),
      'restart',
      't',
    )
    expect(JSON.parse(JSON.stringify(clock))).toEqual(clock)
  })

  it('restarts as a new cycle whose ladder is unclimbed (reopening)', () => {
    const first = startClock('resolution', four, at('03-02 09:00'), { pausable: false })
    const [warn] = dueRungs(first, terms, at('03-02 14:00'))
    if (warn === undefined) throw new Error('no rung')
    const again = restartClock(stopClock(markFired(first, warn), at('03-02 14:00')), four, at('03-04 09:00'))
    expect(again).toMatchObject({ cycle: 2, revision: 0, pausable: false, fired: [], status: 'running' })
    expect(dueOf(again, terms).dueAt).toBe(at('03-04 14:00'))
    expect(markFired(again, warn)).toBe(again)
  })
})

describe('pauses', () => {
  const paused = pauseClock(startClock('resolution', four, at('03-02 10:00')), at('03-02 11:00'), 'customerAnswer')

  it('decision 12: the paused working time is given back', () => {
    const clock = resumeClock(paused, at('03-03 11:00'))
    expect(dueOf(clock, terms).dueAt).toBe(at('03-03 15:00'))
    expect(standingOf(clock, terms, at('03-03 12:00'))).toMatchObject({
      consumedMs: 2 * hour,
      remainingMs: 2 * hour,
      paused: false,
    })
    expect(ledgerFaults(clock)).toEqual([])
  })

  it('an open pause without a cap leaves the due instant unknown', () => {
    expect(dueOf(paused, uncapped)).toMatchObject({ dueAt: null, provisional: true, because: ['openPause'], pauseEndsAt: null })
    expect(standingOf(paused, uncapped, at('03-20 09:00'))).toMatchObject({
      remainingMs: null,
      breached: false,
      paused: true,
      consumedMs: hour,
    })
  })

  it('sla.maxPause: beyond the cap the clock runs on by itself, seen or unseen', () => {
    // Ten paused working days: 2 to 16 March without the holiday; the eleventh is worked again.
    const due = dueOf(paused, terms)
    expect(due).toMatchObject({ dueAt: at('03-17 12:00'), because: ['openPause'], pauseEndsAt: at('03-16 18:00') })
    expect(standingOf(paused, terms, at('03-17 10:00'))).toMatchObject({
      paused: false,
      consumedMs: 2 * hour,
      provisional: false,
    })
    const late = resumeClock(paused, at('03-25 09:00'))
    expect(dueOf(late, terms).dueAt).toBe(due.dueAt)
  })

  it('sla.maxPause.total: pausing anew every morning gains nothing', () => {
    let clock: Clock = startClock('resolution', seven, at('03-02 09:00'))
    const days = Array.from({ length: 20 }, (_, i) => calendar.addWorkingDays('2026-03-02', i))
    for (const day of days) {
      clock = resumeClock(pauseClock(clock, calendar.instantOf(day, '09:00'), 'customerAnswer'), calendar.instantOf(day, '17:59'))
      clock = resumeClock(pauseClock(clock, calendar.instantOf(day, '17:59'), 'customerAnswer'), calendar.instantOf(day, '18:00'))
    }
    // Fifteen dates stand still, then seven count.
    expect(dueOf(clock, terms).dueAt).toBe(calendar.instantOf(calendar.addWorkingDays('2026-03-02', 14 + 7), '18:00'))
    expect(codes(mayPauseClock(clock, terms, calendar.instantOf(calendar.addWorkingDays('2026-03-02', 20), '09:00')))).toEqual([
      'pause_cap_reached',
    ])
  })

  it('caps in hours count hours', () => {
    const caps = { each: { amount: 3, unit: 'workingHours' }, total: { amount: 5, unit: 'workingHours' } } as const
    const start = startClock('resolution', four, at('03-02 09:00'))
    const once = resumeClock(pauseClock(start, at('03-02 09:00'), 'a'), at('03-03 09:00'))
    const twice = resumeClock(pauseClock(once, at('03-03 09:00'), 'b'), at('03-04 09:00'))
    expect(dueOf(once, { ...uncapped, maxPause: caps }).dueAt).toBe(at('03-02 17:00'))
    // Three hours, then two: beyond both the clock ran on, so it was due before the second pause began.
    expect(dueOf(twice, { ...uncapped, maxPause: caps }).dueAt).toBe(at('03-02 17:00'))
    const elapsed = { each: { amount: 30, unit: 'elapsedHours' }, total: { amount: 40, unit: 'elapsedHours' } } as const
    expect(dueOf(pauseClock(start, at('03-02 10:00'), 'a'), { ...uncapped, maxPause: elapsed }).pauseEndsAt).toBe(
      at('03-03 16:00'),
    )
    const dates = { each: { amount: 3, unit: 'calendarDays' }, total: { amount: 3, unit: 'calendarDays' } } as const
    expect(dueOf(pauseClock(start, at('03-02 10:00'), 'a'), { ...uncapped, maxPause: dates }).pauseEndsAt).toBe(at('03-05 00:00'))
  })

  it('hand-off and first response never pause; nothing pauses twice', () => {
    const handoff = startClock('handoff', four, at('03-02 09:00'), { pausable: false })
    expect(codes(mayPauseClock(handoff, terms, at('03-02 10:00')))).toEqual(['clock_not_pausable'])
    expect(codes(mayPauseClock(paused, terms, at('03-02 12:00')))).toEqual(['clock_not_running'])
    expect(pauseClock(paused, at('03-02 12:00'), 'again')).toBe(paused)
    expect(codes(mayResumeClock(startClock('r', four, at('03-02 09:00'))))).toEqual(['clock_not_paused'])
    expect(mayResumeClock(paused)).toEqual([])
    expect(mayPauseClock(startClock('r', four, at('03-02 09:00')), terms, at('03-02 10:00'))).toEqual([])
  })

  it('a day paused from opening to closing does not count, a day paused in part does', () => {
    const start = startClock('resolution', { amount: 2, unit: 'workingDays' }, at('03-02 09:00'))
    const inPart = resumeClock(pauseClock(start, at('03-03 09:01'), 'a'), at('03-03 18:00'))
    const whole = resumeClock(pauseClock(start, at('03-03 09:00'), 'a'), at('03-03 18:00'))
    expect(dueOf(inPart, terms).dueAt).toBe(at('03-04 18:00'))
    expect(dueOf(whole, terms).dueAt).toBe(at('03-05 18:00'))
  })

  it('calendar days likewise, from midnight to midnight', () => {
    const start = startClock('settle', { amount: 2, unit: 'calendarDays' }, at('03-02 09:00'))
    const whole = resumeClock(pauseClock(start, at('03-02 20:00'), 'a'), at('03-04 01:00'))
    expect(dueOf(whole, uncapped).dueAt).toBe(at('03-06 00:00'))
    expect(dueOf(pauseClock(start, at('03-02 20:00'), 'a'), uncapped).dueAt).toBeNull()
  })
})

describe('sla.onTierOrPriorityChange', () => {
  const start = startClock('resolution', seven, at('03-02 09:00'))

  it('keep-consumed: time used counts against the new budget, measured in the new unit', () => {
    const tighter = rebudgetClock(start, { amount: 12, unit: 'workingHours' }, at('03-03 12:00'), 'keep-consumed', 'tier')
    expect(dueOf(tighter, terms).dueAt).toBe(at('03-03 14:00'))
    expect(standingOf(tighter, terms, at('03-03 12:00'))).toMatchObject({ consumedMs: 11 * hour, remainingMs: hour })
  })

  it('keep-consumed: a looser tier never lengthens a promise, and the list of promises stays short', () => {
    const five = { amount: 5, unit: 'workingDays' } as const
    let clock = rebudgetClock(start, five, at('03-03 09:00'), 'keep-consumed', 'tier')
    for (let i = 0; i < 20; i += 1)
      clock = rebudgetClock(clock, i % 2 === 0 ? seven : five, at('03-04 09:00'), 'keep-consumed', 'tier')
    expect(dueOf(clock, terms).dueAt).toBe(at('03-10 18:00'))
    expect(clock.promises.length).toBeLessThanOrEqual(2)
    expect(clock.revision).toBe(0)
  })

  it('keep-consumed: a rung that fired does not fire again', () => {
    const [warn] = dueRungs(start, terms, at('03-12 17:00'))
    if (warn === undefined) throw new Error('no rung')
    const clock = rebudgetClock(
      markFired(start, warn),
      { amount: 9, unit: 'workingDays' },
      at('03-12 17:00'),
      'keep-consumed',
      'tier',
    )
    expect(dueRungs(clock, terms, at('03-12 17:00'))).toEqual([])
  })

  it('restart gives the whole budget from now and spends extensions; unchanged does nothing', () => {
    const extended = extendClock(start, seven, at('03-03 09:00'))
    const again = rebudgetClock(extended, { amount: 1, unit: 'workingDays' }, at('03-04 09:00'), 'restart', 'priority')
    expect(dueOf(again, terms).dueAt).toBe(at('03-05 18:00'))
    expect(again.revision).toBe(2)
    expect(rebudgetClock(start, four, at('03-04 09:00'), 'unchanged', 'tier')).toBe(start)
    const paused = rebudgetClock(pauseClock(start, at('03-03 09:00'), 'q'), four, at('03-04 09:00'), 'restart', 'tier')
    expect(dueOf(resumeClock(paused, at('03-04 11:00')), terms).dueAt).toBe(at('03-04 16:00'))
  })
})

describe('I-10: extension', () => {
  const start = startClock('resolution', seven, at('03-02 09:00'))

  it('adds days to days, lets the ladder be climbed again, and holds for later promises too', () => {
    const [warn] = dueRungs(start, terms, at('03-12 09:00'))
    if (warn === undefined) throw new Error('no rung')
    const extended = extendClock(markFired(start, warn), { amount: 8, unit: 'workingDays' }, at('03-12 09:00'))
    expect(dueOf(extended, terms).dueAt).toBe(at('03-24 18:00'))
    expect(dueRungs(extended, terms, at('03-24 17:59')).map((r) => [r.percent, r.revision])).toEqual([[80, 1]])
    const tighter = rebudgetClock(extended, { amount: 5, unit: 'workingDays' }, at('03-13 09:00'), 'keep-consumed', 'tier')
    expect(dueOf(tighter, terms).dueAt).toBe(at('03-20 18:00'))
  })

  it('in another unit begins where the promise would have been due', () => {
    expect(dueOf(extendClock(start, { amount: 2, unit: 'workingHours' }, at('03-03 09:00')), terms).dueAt).toBe(at('03-13 11:00'))
    const settle = startClock('settle', { amount: 1, unit: 'calendarDays' }, at('03-02 09:00'))
    expect(dueOf(extendClock(settle, { amount: 1, unit: 'workingDays' }, at('03-02 10:00')), terms).dueAt).toBe(at('03-04 18:00'))
  })

  it('comes before the breach, and once', () => {
    expect(mayExtendClock(start, terms, at('03-12 17:59'))).toEqual([])
    expect(mayExtendClock(start, terms, at('03-12 18:00'))).toEqual([
      { code: 'clock_breached', required: at('03-12 18:00'), actual: at('03-12 18:00') },
    ])
    const once = extendClock(start, four, at('03-03 09:00'))
    expect(codes(mayExtendClock(once, terms, at('03-04 09:00')))).toEqual(['limit_reached'])
    expect(mayExtendClock(once, terms, at('03-04 09:00'), 2)).toEqual([])
    expect(codes(mayExtendClock(stopClock(start, at('03-03 09:00')), terms, at('03-04 09:00')))).toEqual(['clock_not_running'])
  })
})

describe('sla.conflict', () => {
  it('decision 9: the clock due first counts, whatever unit; unknown ones come last; terms may differ by clock', () => {
    const urgent = startClock('demandReply', { amount: 2, unit: 'elapsedHours' }, at('03-06 17:00'))
    const group = startClock('groupReply', four, at('03-06 17:00'))
    const open = pauseClock(startClock('answer', four, at('03-06 16:00')), at('03-06 16:30'), 'q')
    expect(strictest([group, urgent, open], { calendar, ladder })?.clock.name).toBe('demandReply')
    expect(strictest([open], () => ({ calendar, ladder }))?.due.dueAt).toBeNull()
    expect(strictest([stopClock(urgent, at('03-06 17:30'))], terms)).toBeNull()
  })
})

describe('coverage', () => {
  it('I-18: beyond the supplied holidays a deadline is provisional; elapsed hours are not', () => {
    const late = at('12-30 09:00')
    expect(dueOf(startClock('r', seven, late), terms)).toMatchObject({ provisional: true, because: ['coverage'] })
    expect(dueOf(startClock('r', { amount: 200, unit: 'elapsedHours' }, late), terms).provisional).toBe(false)
  })
})
