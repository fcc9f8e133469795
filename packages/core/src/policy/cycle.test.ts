import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, localDateOfEpochDay } from '../calendar/index.ts'
import { isGovernanceError } from '../errors/index.ts'
import { cycleById, cycleOf, cyclesBetween, nextCycle, previousCycle } from './cycle.ts'

const half = { length: 6, anchor: '2026-01-01' }

describe('evaluation cycles (ADJ-01, I-16)', () => {
  test('half-years', () => {
    expect(cycleOf('2026-06-30', half)).toEqual({ id: '2026-H1', from: '2026-01-01', to: '2026-07-01' })
    expect(cycleOf('2026-07-01', half)).toEqual({ id: '2026-H2', from: '2026-07-01', to: '2027-01-01' })
    expect(cycleOf('2019-12-31', half).id).toBe('2019-H2')
  })

  test('a fiscal year: named after the year in which the cycle begins', () => {
    const april = { length: 6, anchor: '2026-04-01' }
    expect(cycleOf('2027-02-01', april)).toEqual({ id: '2026-H2', from: '2026-10-01', to: '2027-04-01' })
    expect(cycleOf('2026-03-31', april).id).toBe('2025-H2')
  })

  test('any first day of a cycle is the same anchor', () => {
    expect(cycleOf('2026-08-15', { length: 6, anchor: '2031-07-01' })).toEqual(cycleOf('2026-08-15', half))
  })

  test('other lengths are counted in the year in which they begin', () => {
    expect(cycleOf('2026-08-15', { length: 3, anchor: '2026-01-01' }).id).toBe('2026-C3')
    expect(cycleOf('2011-02-01', { length: 3, anchor: '2010-12-01' })).toEqual({
      id: '2010-C4',
      from: '2010-12-01',
      to: '2011-03-01',
    })
    expect(cycleOf('2026-12-31', { length: 1, anchor: '2026-01-01' }).id).toBe('2026-C12')
    expect(cycleOf('2027-06-01', { length: 24, anchor: '2026-01-01' }).id).toBe('2026-C1')
  })

  test('before and after', () => {
    const cycle = cycleOf('2026-03-01', half)
    expect(previousCycle(cycle, half).id).toBe('2025-H2')
    expect(nextCycle(cycle, half).id).toBe('2026-H2')
  })

  test('between two dates, the second excluded', () => {
    const ids = (from: string, to: string) => cyclesBetween(from, to, half).map((c) => c.id)
    expect(ids('2025-12-31', '2026-07-01')).toEqual(['2025-H2', '2026-H1'])
    expect(ids('2026-07-01', '2026-07-02')).toEqual(['2026-H2'])
    expect(ids('2026-07-01', '2026-07-01')).toEqual([])
    expect(ids('2026-07-02', '2026-07-01')).toEqual([])
  })

  test.each(['2026-H3', '2026-C1', '2026-H0', '2026H1', '', '2026-H1 ', '9999-H1', '2026-h1', '2026-H01'])(
    'no cycle has the id %j',
    (id) => {
      try {
        cycleById(id, half)
        expect.unreachable()
      } catch (error) {
        expect(isGovernanceError(error, 'invalid_input')).toBe(true)
      }
    },
  )

  const rule = fc.record({
    length: fc.integer({ min: 1, max: 24 }),
    anchor: fc
      .tuple(fc.integer({ min: 1950, max: 2150 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .map(([y, m, d]) => `${String(y)}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
  })
  const date = fc.integer({ min: -20_000, max: 70_000 }).map(localDateOfEpochDay)

  test('every date lies in exactly one cycle, whose neighbours adjoin and whose id leads back', () => {
    fc.assert(
      fc.property(date, rule, (d, r) => {
        const cycle = cycleOf(d, r)
        expect(cycle.from <= d && d < cycle.to).toBe(true)
        expect(cycleOf(cycle.from, r)).toEqual(cycle)
        expect(cycleOf(addDays(cycle.to, -1), r)).toEqual(cycle)
        expect(previousCycle(cycle, r).to).toBe(cycle.from)
        expect(nextCycle(cycle, r).from).toBe(cycle.to)
        expect(cycleById(cycle.id, r)).toEqual(cycle)
        expect(new Set([previousCycle(cycle, r).id, cycle.id, nextCycle(cycle, r).id]).size).toBe(3)
      }),
    )
  })
})
