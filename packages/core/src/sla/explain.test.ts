import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dueOf,
  explainClock,
  extendClock,
  pauseClock,
  rebudgetClock,
  resumeClock,
  startClock,
  type ClockExplanation,
} from './index.ts'
import { budgets, clocks, instants, pauseTimes, termsOf, withPauses } from './testing/arbitraries.ts'
import { at, hour, terms, uncapped } from './testing/fixtures.ts'

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
    expect(explanation.dueAt).toBe(at('03-10 11:30'))
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
