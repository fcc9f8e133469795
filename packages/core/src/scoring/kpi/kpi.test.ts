import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tiers } from '../../policy/parts.ts'
import { retentionOf, upgradeRateOf, type CohortMember } from './cohort.ts'
import { satisfactionOf } from './satisfaction.ts'
import { timelinessOf } from './timeliness.ts'

const period = { activeSince: '2025-07-01', end: '2026-07-01' }
const member = (accountId: string, more: Partial<CohortMember> = {}): CohortMember => ({
  accountId,
  tierAtStart: 'B',
  tierAtEnd: 'B',
  lastPurchaseOn: '2026-03-01',
  exitedOn: null,
  ...more,
})

describe('figures that name what is behind them [F-1 … F-4, decision 14]', () => {
  test('no data is no figure, never 0 %', () => {
    expect(satisfactionOf([])).toEqual({ percent: null, counted: [], of: [] })
    expect(retentionOf([], period).byTier.A.percent).toBeNull()
    expect(upgradeRateOf([]).percent).toBeNull()
    expect(timelinessOf([], { from: 0, to: 1 }).percent).toBeNull()
  })
  test('F-1: satisfied and very satisfied of all who answered', () => {
    const says = ['verySatisfied', 'satisfied', 'neutral', 'dissatisfied', 'veryDissatisfied', 'satisfied'] as const
    expect(satisfactionOf(says.map((s, i) => ({ id: `s${String(i)}`, says: s })))).toMatchObject({
      percent: 50,
      counted: ['s0', 's1', 's5'],
    })
  })
  test('F-2: kept is active and not gone; only the starting cohort counts', () => {
    const cohort = [
      member('kept'),
      member('silent', { lastPurchaseOn: '2025-06-30' }),
      member('never', { lastPurchaseOn: null }),
      member('left', { exitedOn: '2026-06-30' }),
      member('leavesLater', { exitedOn: '2026-07-01', tierAtStart: 'A' }),
    ]
    const retention = retentionOf(cohort, period)
    expect(retention).toMatchObject({ percent: 40, counted: ['kept', 'leavesLater'] })
    expect(retention.byTier.A).toEqual({ percent: 100, counted: ['leavesLater'], of: ['leavesLater'] })
    expect(retention.byTier.B.percent).toBe(25)
    expect(retention.byTier.D.percent).toBeNull()
  })
  test('F-3: risen of all that were there; shown without A too', () => {
    const cohort = [
      member('top', { tierAtStart: 'A', tierAtEnd: 'A' }),
      member('up', { tierAtStart: 'C', tierAtEnd: 'B' }),
      member('down', { tierAtEnd: 'C' }),
      member('gone', { tierAtEnd: null }),
      member('new', { tierAtStart: null, tierAtEnd: 'A' }),
    ]
    expect(upgradeRateOf(cohort)).toMatchObject({ percent: 25, counted: ['up'], withoutA: { percent: 33.33 } })
  })
  test('F-4: due in the period, finished by then; duplicates and withdrawn are left out', () => {
    const due = { dueAt: 100, excluded: null }
    const complaints = [
      { id: 'inTime', ...due, finishedAt: 100 },
      { id: 'late', ...due, finishedAt: 101 },
      { id: 'open', ...due, finishedAt: null },
      { id: 'double', ...due, finishedAt: 1, excluded: 'duplicate' as const },
      { id: 'taken', ...due, finishedAt: null, excluded: 'withdrawn' as const },
      { id: 'next', ...due, dueAt: 200, finishedAt: 150 },
    ]
    expect(timelinessOf(complaints, { from: 0, to: 200 })).toEqual({
      percent: 33.33,
      counted: ['inTime'],
      of: ['inTime', 'late', 'open'],
    })
  })
  const cohorts = fc.array(
    fc.record({
      accountId: fc.uuid(),
      tierAtStart: fc.option(fc.constantFrom(...tiers)),
      tierAtEnd: fc.option(fc.constantFrom(...tiers)),
      lastPurchaseOn: fc.option(fc.constantFrom('2025-06-30', '2025-07-01', '2026-06-30')),
      exitedOn: fc.option(fc.constantFrom('2026-01-01', '2026-07-01')),
    }),
    { maxLength: 30 },
  )
  test('every figure is null or 0 to 100, counts only whom it asked, and the tiers add up', () => {
    fc.assert(
      fc.property(cohorts, (cohort) => {
        const retention = retentionOf(cohort, period)
        const ratios = [retention, ...Object.values(retention.byTier), upgradeRateOf(cohort), upgradeRateOf(cohort).withoutA]
        for (const { percent, counted, of } of ratios) {
          expect(percent === null ? of.length === 0 : percent >= 0 && percent <= 100).toBe(true)
          expect(of).toEqual(expect.arrayContaining([...counted]))
        }
        const untiered = cohort.filter((m) => m.tierAtStart === null).length
        expect(Object.values(retention.byTier).reduce((n, r) => n + r.of.length, untiered)).toBe(retention.of.length)
      }),
    )
  })
})
