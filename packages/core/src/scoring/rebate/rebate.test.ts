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

  test('half a cent goes to the customer and less than half does not, however many decimals a rate has [I-13]', () => {
    const of = (percent: number, minor: number): number =>
      rebateOf({ basis: 'amount', method: 'whole', brackets: [{ from: 0, percent }] }, { minor }).minor
    expect([of(0.49999, 100), of(0.5, 100), of(0.499999999, 100), of(1e-7, 500_000_000), of(1e-7, 499_999_999)]).toEqual([
      0, 1, 0, 1, 0,
    ])
    // 1.005 % of 10,000 is on the half, and 1.005 has no exact binary form.
    expect(of(1.005, 10_000)).toBe(101)
    expect(of(0.0000005, Number.MAX_SAFE_INTEGER)).toBe(45_035_996)
  })

  /** Rates of up to twelve decimals, as text: what the policy's author wrote. */
  const rate = fc
    .record({ whole: fc.integer({ min: 0, max: 99 }), decimals: fc.stringMatching(/^[0-9]{0,12}$/) })
    .map(({ whole, decimals }) => `${String(whole)}.${decimals}0`)
    .filter((text) => Number(text) > 0)
  const unit = 10n ** 13n
  const exactOf = (text: string): bigint => {
    const [whole = '0', decimals = ''] = text.split('.')
    return BigInt(whole + decimals.padEnd(13, '0').slice(0, 13))
  }
  const halfUp = (over: bigint, under: bigint): bigint => over / under + ((over % under) * 2n >= under ? 1n : 0n)
  test('to the minor unit what whole numbers give, for any number of decimals of a rate', () => {
    const written = fc.uniqueArray(fc.record({ from: fc.integer({ min: 0, max: 10 ** 12 }), rate }), {
      minLength: 1,
      maxLength: 5,
      selector: ({ from }) => from,
    })
    fc.assert(
      fc.property(
        written,
        fc.constantFrom('marginal' as const, 'whole' as const),
        fc.integer({ min: 0, max: 10 ** 13 }),
        (steps, method, minor) => {
          const sorted = [...steps].sort((a, b) => a.from - b.from)
          const brackets = sorted.map((step) => ({ from: step.from, percent: Number(step.rate) }))
          const reached = sorted.filter(({ from }) => from <= minor)
          const last = reached.at(-1)
          const expected =
            method === 'whole'
              ? halfUp(BigInt(minor) * exactOf(last?.rate ?? '0.0'), unit * 100n)
              : halfUp(
                  reached.reduce(
                    (sum, { from, rate: text }, i) =>
                      sum + BigInt(Math.min(reached[i + 1]?.from ?? minor, minor) - from) * exactOf(text),
                    0n,
                  ),
                  unit * 100n,
                )
          expect(BigInt(rebateOf({ basis: 'amount', method, brackets }, { minor }).minor)).toBe(expected)
        },
      ),
    )
  })

  test('a quantity cuts the amount exactly: its decimals are those that were written', () => {
    const quantity = fc.integer({ min: 1, max: 10 ** 9 })
    fc.assert(
      fc.property(quantity, quantity, fc.integer({ min: 1, max: 10 ** 12 }), rate, rate, (a, b, minor, low, high) => {
        const [from, reached] = [Math.min(a, b), Math.max(a, b) + 1]
        const brackets = [
          { from: 0, percent: Number(low) },
          { from: from / 1000, percent: Number(high) },
        ]
        const cut = halfUp(BigInt(minor) * BigInt(from), BigInt(reached))
        const rebate = rebateOf({ basis: 'quantity', method: 'marginal', brackets }, { minor, quantity: reached / 1000 })
        expect(rebate.parts.map(({ onMinor }) => BigInt(onMinor))).toEqual([cut, BigInt(minor) - cut])
        expect(BigInt(rebate.minor)).toBe(halfUp(cut * exactOf(low) + (BigInt(minor) - cut) * exactOf(high), unit * 100n))
      }),
    )
  })

  test('by quantity it needs the quantity, and says where that is asked for', () => {
    const terms: RebateTerms = { basis: 'quantity', method: 'whole', brackets: [{ from: 10, percent: 1 }] }
    expect(() => rebateOf(terms, { minor: 100 })).toThrow(
      expect.objectContaining({
        code: 'invalid_policy',
        message: 'a rebate by quantity needs the quantity',
        details: { parameter: 'rebate.basis' },
        actions: ['Give the quantity of the product family with the purchases, or set rebate.basis to amount.'],
      }) as Error,
    )
    // What was paid nothing for gives nothing at the next step either.
    expect(rebateOf(terms, { minor: 0, quantity: 5 }).next).toEqual({ from: 10, percent: 1, lacks: 5, rebateThere: 0 })
    expect(rebateOf(terms, { minor: -50, quantity: 5 }).next?.rebateThere).toBe(0)
    expect(rebateOf(terms, { minor: 50, quantity: 0 }).next?.rebateThere).toBe(0)
    expect(rebateOf(terms, { minor: 5_000, quantity: 5 }).next?.rebateThere).toBe(100)
    expect(rebateOf(terms, { minor: 5_000, quantity: -5 })).toMatchObject({ minor: 0, next: { lacks: 10 } })
  })
})
