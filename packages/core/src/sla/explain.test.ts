import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkingCalendar } from '../calendar/index.ts'
import {
  dueOf,
  explainClock,
  extendClock,
  pauseClock,
  rebudgetClock,
  resumeClock,
  startClock,
  type Clock,
  type ClockExplanation,
  type ClockTerms,
} from './index.ts'
import { budgets, clocks, instants, pauseTimes, termsOf, withPauses } from './testing/arbitraries.ts'
import { at, hour, terms, uncapped, week } from './testing/fixtures.ts'

/** Whether every part's lines, running totals and intervals add up as a person would add them. */
function faultsOf(explanation: ClockExplanation): readonly string[] {
  const faults: string[] = []
  let end = explanation.promise.from
  for (const part of explanation.parts) {
    let sum = 0
    for (const line of part.lines) {
      if (line.kind === 'days' && line.days * line.each !== line.counted) faults.push(`${line.from}: days × each`)
      if (line.kind === 'day' && part.unit === 'ms') {
        const counted = line.intervals.reduce((ms, i) => ms + (i.kind === 'counted' ? i.to - i.from : 0), 0)
        if (counted !== line.counted) faults.push(`${line.date}: intervals`)
      }
      sum += line.counted
      if (sum !== line.total) faults.push('running total')
    }
    if (sum !== part.total) faults.push('total')
    if (part.to !== null && sum !== part.budget) faults.push(`sum ${String(sum)} is not the budget ${String(part.budget)}`)
    if (part.lines.length > 45) faults.push('not bounded')
    end = part.to ?? Number.NaN
  }
  if (explanation.dueAt !== null && end !== explanation.dueAt) faults.push('the last part does not end at the due instant')
  return faults
}

describe('explainClock', () => {
  it('P-04: shows the deadline as a sum, day by day', () => {
    const clock = resumeClock(
      pauseClock(
        startClock('handoff', { amount: 4, unit: 'workingHours' }, at('03-06 15:00')),
        at('03-06 16:00'),
        'customerAnswer',
      ),
      at('03-06 17:30'),
    )
    const explanation = explainClock(clock, terms)
    expect([explanation.dueAt, explanation.promise.dueAt]).toEqual([at('03-10 11:30'), at('03-10 11:30')])
    expect(explanation.parts[0]?.lines).toEqual([
      {
        kind: 'day',
        date: '2026-03-06',
        verdict: 'counted',
        intervals: [
          { from: at('03-06 15:00'), to: at('03-06 16:00'), kind: 'counted' },
          { from: at('03-06 16:00'), to: at('03-06 17:30'), kind: 'paused' },
          { from: at('03-06 17:30'), to: at('03-06 18:00'), kind: 'counted' },
        ],
        counted: 1.5 * hour,
        total: 1.5 * hour,
      },
      // Weekend and the holiday on Monday.
      { kind: 'days', from: '2026-03-07', to: '2026-03-09', verdict: 'off', days: 3, each: 0, counted: 0, total: 1.5 * hour },
      {
        kind: 'day',
        date: '2026-03-10',
        verdict: 'counted',
        intervals: [{ from: at('03-10 09:00'), to: at('03-10 11:30'), kind: 'counted' }],
        counted: 2.5 * hour,
        total: 4 * hour,
      },
    ])
  })

  it('P-05: counts days, and says which did not count', () => {
    const start = startClock('resolution', { amount: 2, unit: 'workingDays' }, at('03-05 10:00'))
    const clock = resumeClock(pauseClock(start, at('03-05 18:00'), 'sample'), at('03-06 18:00'))
    const { parts, dueAt } = explainClock(clock, terms)
    expect(dueAt).toBe(at('03-11 18:00'))
    expect(
      parts[0]?.lines.map((l) => [l.kind === 'day' ? l.date : l.from, l.kind === 'span' ? 'span' : l.verdict, l.counted]),
    ).toEqual([
      ['2026-03-05', 'startDate', 0],
      ['2026-03-06', 'paused', 0],
      ['2026-03-07', 'off', 0],
      ['2026-03-10', 'counted', 1],
      ['2026-03-11', 'counted', 1],
    ])
  })

  it('a date covered by two pauses one after the other does not count', () => {
    const start = startClock('r', { amount: 3, unit: 'calendarDays' }, at('03-02 09:00'))
    const first = resumeClock(pauseClock(start, at('03-02 10:00'), 'sample'), at('03-03 12:00'))
    const clock = resumeClock(pauseClock(first, at('03-03 12:00'), 'site'), at('03-04 09:00'))
    const explanation = explainClock(clock, terms)
    expect(explanation.dueAt).toBe(at('03-07 00:00'))
    expect(faultsOf(explanation)).toEqual([])
  })

  it('shows the other promises, extensions, caps and why it is provisional', () => {
    const start = startClock('resolution', { amount: 7, unit: 'workingDays' }, at('03-02 09:00'))
    const tighter = rebudgetClock(start, { amount: 30, unit: 'workingHours' }, at('03-03 09:00'), 'keep-consumed', 'tier')
    const clock = pauseClock(
      extendClock(tighter, { amount: 1, unit: 'workingDays' }, at('03-03 10:00')),
      at('03-03 11:00'),
      'sample',
    )
    const explanation = explainClock(clock, terms)
    expect(explanation.promise).toMatchObject({
      budget: { amount: 30, unit: 'workingHours' },
      reason: 'tier',
      dueAt: explanation.dueAt,
    })
    expect(explanation.others.map((o) => o.reason)).toEqual(['start'])
    expect(explanation.parts.map((p) => p.unit)).toEqual(['ms', 'days'])
    expect(explanation.pauses).toMatchObject([{ cappedBy: 'each', recordedTo: null, to: at('03-17 18:00') }])
    expect(explanation).toMatchObject({ provisional: true, because: ['openPause'], pauseEndsAt: at('03-17 18:00') })
    expect(faultsOf(explanation)).toEqual([])
  })

  it('sums up to the pause while an uncapped one lasts; a fixed instant needs no sum', () => {
    const clock = pauseClock(startClock('r', { amount: 8, unit: 'workingHours' }, at('03-02 16:00')), at('03-03 10:00'), 'q')
    expect(explainClock(clock, uncapped).parts[0]).toMatchObject({ budget: 8 * hour, total: 3 * hour, to: null })
    expect(explainClock(startClock('m', { until: at('03-04 10:00') }, at('03-02 09:00')), terms).parts).toEqual([
      {
        leg: { until: at('03-04 10:00') },
        unit: 'instant',
        measure: 'elapsed',
        budget: 0,
        from: at('03-02 09:00'),
        to: at('03-04 10:00'),
        lines: [],
        total: 0,
      },
    ])
  })

  it('adds extensions of one unit to what they extend, and lists them', () => {
    const start = startClock('r', { amount: 2, unit: 'workingDays' }, at('03-02 09:00'))
    const once = extendClock(start, { amount: 1, unit: 'workingDays' }, at('03-02 10:00'))
    const twice = extendClock(once, { amount: 4, unit: 'workingHours' }, at('03-02 11:00'))
    const { parts, extensions } = explainClock(extendClock(twice, { amount: 3, unit: 'workingHours' }, at('03-02 12:00')), terms)
    expect(parts.map(({ leg }) => leg)).toEqual([
      { amount: 3, unit: 'workingDays' },
      { amount: 7, unit: 'workingHours' },
    ])
    expect(extensions).toEqual([
      { by: { amount: 1, unit: 'workingDays' }, at: at('03-02 10:00') },
      { by: { amount: 4, unit: 'workingHours' }, at: at('03-02 11:00') },
      { by: { amount: 3, unit: 'workingHours' }, at: at('03-02 12:00') },
    ])
  })

  it('shows a date that was paused from opening to closing as paused, in pieces that have a length', () => {
    const start = startClock('r', { amount: 4, unit: 'workingHours' }, at('03-02 17:00'))
    const clock = resumeClock(pauseClock(start, at('03-02 18:00'), 'sample'), at('03-04 10:00'))
    const line = explainClock(clock, terms).parts[0]?.lines
    expect(line).toMatchObject([
      { date: '2026-03-02', verdict: 'counted', intervals: [{ from: at('03-02 17:00'), to: at('03-02 18:00') }] },
      {
        date: '2026-03-03',
        verdict: 'paused',
        intervals: [
          { from: at('03-03 09:00'), to: at('03-03 12:00'), kind: 'paused' },
          { from: at('03-03 13:00'), to: at('03-03 18:00'), kind: 'paused' },
        ],
        counted: 0,
      },
      {
        date: '2026-03-04',
        verdict: 'counted',
        intervals: [
          { from: at('03-04 09:00'), to: at('03-04 10:00'), kind: 'paused' },
          { from: at('03-04 10:00'), to: at('03-04 12:00'), kind: 'counted' },
          { from: at('03-04 13:00'), to: at('03-04 14:00'), kind: 'counted' },
        ],
      },
    ])
  })

  const kinds = (clock: Clock, of: ClockTerms = uncapped): readonly unknown[] => {
    const explanation = explainClock(clock, of)
    expect(faultsOf(explanation)).toEqual([])
    return (
      explanation.parts[0]?.lines.map((line) =>
        line.kind === 'day'
          ? `${line.date} ${line.verdict}`
          : `${line.from} – ${line.to} ${line.kind === 'span' ? 'span' : line.verdict} ${String(line.days)}`,
      ) ?? []
    )
  }

  it('names a single day off, and joins several in a row, also before and behind what is collapsed', () => {
    const wednesday = createWorkingCalendar({ timeZone: 'Asia/Shanghai', week, holidays: ['2026-03-04'] })
    const short = startClock('r', { amount: 3, unit: 'workingDays' }, at('03-02 09:00'))
    const off = explainClock(short, { ...uncapped, calendar: wednesday }).parts[0]?.lines[2]
    expect(off).toEqual({ kind: 'day', date: '2026-03-04', verdict: 'off', intervals: [], counted: 0, total: 1 })
    // From a Monday: the first seven days end with a weekend. 240 hours are 30 days of work.
    expect(kinds(startClock('r', { amount: 240, unit: 'workingHours' }, at('03-02 09:00')))).toEqual([
      '2026-03-02 counted',
      '2026-03-03 counted',
      '2026-03-04 counted',
      '2026-03-05 counted',
      '2026-03-06 counted',
      '2026-03-07 – 2026-03-08 off 2',
      // A Monday that is a holiday, and what lies between.
      '2026-03-09 – 2026-04-05 off 9',
      '2026-03-10 – 2026-04-06 counted 20',
      '2026-04-07 counted',
      '2026-04-08 counted',
      '2026-04-09 counted',
      '2026-04-10 counted',
      '2026-04-11 – 2026-04-12 off 2',
      '2026-04-13 counted',
    ])
  })

  it('of more than a year, the middle is one line; but dates that were paused are looked at one by one', () => {
    const long = startClock('r', { amount: 500, unit: 'calendarDays' }, at('03-02 09:00'))
    const dates = (from: number, verdict: string) =>
      Array.from({ length: 7 }, (_, k) => `2026-03-0${String(from + k)} ${k === 0 ? verdict : 'counted'}`)
    const all = kinds(long)
    expect(all).toHaveLength(15)
    expect(all.slice(0, 8)).toEqual([...dates(2, 'startDate'), '2026-03-09 – 2027-07-08 span 487'])
    const paused = resumeClock(pauseClock(long, at('04-01 00:00'), 'sample'), at('04-03 00:00'))
    const looked = kinds(paused)
    expect(looked.slice(7, -7)).toEqual(['2026-03-09 – 2027-07-10 counted 487', '2026-04-01 – 2026-04-02 paused 2'])
    // Hours of so many days are one line, pauses or not.
    const hours = startClock('r', { amount: 4000, unit: 'workingHours' }, at('03-02 09:00'))
    for (const clock of [hours, resumeClock(pauseClock(hours, at('04-01 09:00'), 'sample'), at('04-03 09:00'))])
      expect(kinds(clock).filter((line) => String(line).includes('span'))).toHaveLength(1)
  })

  it('thirty-one dates are told each by itself, and not one more; a start date has no hours', () => {
    const days = (amount: number) => explainClock(startClock('r', { amount, unit: 'calendarDays' }, at('03-02 09:00')), uncapped)
    expect(days(30).parts[0]?.lines).toHaveLength(31)
    expect(days(30).parts[0]?.lines[0]).toEqual({
      kind: 'day',
      date: '2026-03-02',
      verdict: 'startDate',
      intervals: [],
      counted: 0,
      total: 0,
    })
    expect(days(31).parts[0]?.lines).toHaveLength(15)
  })

  it('a span of working days holds its last date, too', () => {
    for (const amount of [300, 301, 302, 303, 304])
      expect(kinds(startClock('r', { amount, unit: 'workingDays' }, at('03-02 09:00'))).join()).toContain('span')
  })

  it('of what lies between, twelve lines are told one by one, and more are one', () => {
    // Each of so many dates is paused a minute longer than the one before.
    const paused = (dates: number): Clock =>
      Array.from({ length: dates }, (_, k) => `04-${String(k + 1).padStart(2, '0')}`).reduce(
        (clock, date, k) =>
          resumeClock(pauseClock(clock, at(`${date} 09:00`), 'q'), at(`${date} 09:${String(k + 1).padStart(2, '0')}`)),
        startClock('r', { amount: 960, unit: 'elapsedHours' }, at('03-20 00:00')),
      )
    const between = (dates: number) => kinds(paused(dates)).slice(7, -7)
    expect(between(11)).toHaveLength(12)
    expect(between(11)[0]).toBe('2026-03-27 – 2026-04-22 counted 16')
    expect(between(12)).toEqual(['2026-03-27 – 2026-04-22 span 27'])
  })

  it('the lines add up to the budget exactly, for every clock', () => {
    fc.assert(
      fc.property(clocks, termsOf, ({ clock }, of) => {
        const explanation = explainClock(clock, of)
        expect(explanation.dueAt).toBe(dueOf(clock, of).dueAt)
        expect(faultsOf(explanation)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('collapses long spans and still adds up', () => {
    const long = budgets.chain((b) => fc.integer({ min: 20, max: 80 }).map((factor) => ({ ...b, amount: b.amount * factor })))
    fc.assert(
      fc.property(long, instants(200), pauseTimes, termsOf, (budget, start, times, of) => {
        expect(faultsOf(explainClock(withPauses(startClock('r', budget, start), times), of))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
