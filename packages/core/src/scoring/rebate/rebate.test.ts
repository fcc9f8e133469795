import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rebateOf, type RebateTerms } from './rebate.ts'

/** I-13 (i): 3 m 1.0 %, 8 m 1.5 %, 20 m 2.0 %, 50 m 2.5 %, in fen. */
const m = 100_000_000
const brackets = [
  { from: 3 * m, percent: 1 },
  { from: 8 * m, percent: 1.5 },
  { from: 20 * m, percent: 2 },
  { from: 50 * m, percent: 2.5 },
]
const marginal: RebateTerms = { basis: 'amount', method: 'marginal', brackets }
const whole: RebateTerms = { basis: 'amount', method: 'whole', brackets }

describe('rebates [REB-01, INC-02, I-12, I-13, F-5]', () => {
  test('below the first step there is none, and the step is in sight', () => {
    expect(rebateOf(marginal, { minor: 2 * m })).toEqual({
      minor: 0,
      effectivePercent: 0,
      parts: [],
      next: { from: 3 * m, percent: 1, lacks: m, rebateThere: 0 },
    })
    expect(rebateOf(whole, { minor: 2 * m }).next?.rebateThere).toBe(0.03 * m)
  })
  test('marginal: each rate on its own part', () => {
    const rebate = rebateOf(marginal, { minor: 10 * m })
    expect(rebate.parts).toEqual([
      { from: 3 * m, to: 8 * m, percent: 1, onMinor: 5 * m, minor: 0.05 * m },
      { from: 8 * m, to: 20 * m, percent: 1.5, onMinor: 2 * m, minor: 0.03 * m },
    ])
    expect(rebate).toMatchObject({ minor: 0.08 * m, effectivePercent: 0.8, next: { lacks: 10 * m, rebateThere: 0.23 * m } })
  })
  test('whole: the highest rate reached on everything; the step itself counts', () => {
    expect(rebateOf(whole, { minor: 8 * m })).toMatchObject({ minor: 0.12 * m, effectivePercent: 1.5, next: { from: 20 * m } })
    expect(rebateOf(whole, { minor: 8 * m - 1 }).minor).toBe(8 * m * 0.01)
    expect(rebateOf(whole, { minor: 60 * m })).toMatchObject({ minor: 1.5 * m, next: null })
  })
  test('by quantity the bracket is found by what was bought, and the rebate is a share of what was paid', () => {
    const byTonne = {
      basis: 'quantity',
      method: 'marginal',
      brackets: [
        { from: 300, percent: 1 },
        { from: 800, percent: 1.5 },
      ],
    } as const
    const rebate = rebateOf(byTonne, { minor: 10_000_000, quantity: 1000 })
    expect(rebate.parts).toEqual([
      { from: 300, to: 800, percent: 1, onMinor: 5_000_000, minor: 50_000 },
      { from: 800, to: null, percent: 1.5, onMinor: 2_000_000, minor: 30_000 },
    ])
    expect(rebateOf(byTonne, { minor: 2_000_000, quantity: 200 }).next).toEqual({
      from: 300,
      percent: 1,
      lacks: 100,
      rebateThere: 0,
    })
    expect(() => rebateOf(byTonne, { minor: 1 })).toThrow('needs the quantity')
  })
  test('what was given back in full earns nothing', () => {
    expect(rebateOf(marginal, { minor: -5 })).toMatchObject({ minor: 0, effectivePercent: 0, parts: [] })
  })

  const terms = fc
    .record({
      method: fc.constantFrom('marginal' as const, 'whole' as const),
      steps: fc.array(fc.record({ width: fc.integer({ min: 1, max: 10 ** 12 }), rise: fc.integer({ min: 1, max: 200 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
    })
    .map(({ method, steps }): RebateTerms => {
      let from = 0
      let percent = 0
      return {
        basis: 'amount',
        method,
        brackets: steps.map((s) => ({ from: (from += s.width), percent: (percent += s.rise) / 100 })),
      }
    })
  const paid = fc.integer({ min: 0, max: 10 ** 13 })
  test('whoever pays more never gets less; the parts add up; whole is never below marginal', () => {
    fc.assert(
      fc.property(terms, paid, paid, (t, a, b) => {
        const [less, more] = [rebateOf(t, { minor: Math.min(a, b) }), rebateOf(t, { minor: Math.max(a, b) })]
        expect(more.minor).toBeGreaterThanOrEqual(less.minor)
        expect(more.parts.reduce((sum, p) => sum + p.minor, 0)).toBe(more.minor)
        expect(Number.isSafeInteger(more.minor)).toBe(true)
        expect(rebateOf({ ...t, method: 'whole' }, { minor: a }).minor).toBeGreaterThanOrEqual(
          rebateOf({ ...t, method: 'marginal' }, { minor: a }).minor,
        )
      }),
    )
  })
  test('paying what lacks reaches the step and the rebate shown for it', () => {
    fc.assert(
      fc.property(terms, paid, (t, minor) => {
        const { next } = rebateOf(t, { minor })
        if (next === null) return
        const there = rebateOf(t, { minor: minor + next.lacks })
        expect(there.minor).toBe(next.rebateThere)
        expect(there.next?.from ?? Infinity).toBeGreaterThan(next.from)
      }),
    )
  })
})
