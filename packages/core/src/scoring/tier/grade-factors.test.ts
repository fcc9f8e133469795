import { describe, expect, it } from 'vitest'
import { measuresWith, policyWith, yuan } from '../testing/fixtures.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './grade-factors.ts'
import { compileTierRules, tierAt } from './tier-rules.ts'

const rules = compileTierRules(policyWith())
const letter = (rank: number) => (rank === 0 ? '?' : tierAt(rank))
const amounts = (v: number | null) => measuresWith({ amountA: v, amountB: v, amountC: v })

describe('ladders of the five factors [TIER-01 … TIER-05]', () => {
  it.each([
    [16_000_000, 'A'],
    [15_999_999.99, 'B'],
    [3_000_000, 'B'],
    [2_999_999.99, 'C'],
    [600_000, 'C'],
    [599_999.99, 'D'],
    [0, 'D'],
    [-5, 'D'],
  ])('amount %f is %s [P-07, P-11, P-15, P-19]', (amount, expected) => {
    expect(letter(gradeAmount(amounts(yuan(amount)), rules))).toBe(expected)
  })
  it('each tier looks at its own lookback [P-06, P-10, P-14]', () => {
    expect(letter(gradeAmount(measuresWith({ amountA: 0, amountB: 0, amountC: yuan(600_000) }), rules))).toBe('C')
  })
  it.each([
    [24, 'A'],
    [23, 'B'],
    [12, 'B'],
    [11, 'C'],
    [4, 'C'],
    [3, 'D'],
  ])('%i purchases a year are %s [P-08, P-12, P-16, P-20]', (n, expected) => {
    expect(letter(gradeFrequency(measuresWith({ perMonth: n / 12, perQuarter: n / 4, perYear: n }), rules))).toBe(expected)
  })
  it.each([
    [80, 'A'],
    [79.9, 'B'],
    [60, 'B'],
    [59.9, 'C'],
    [40, 'C'],
    [39.9, 'D'],
    [0, 'D'],
    [null, '?'],
  ])('a score of %s is %s', (score, expected) => {
    expect(letter(gradeScore(score, rules))).toBe(expected)
  })
  it.each([
    [3.001, 1, 'A'],
    [3, 1, 'B'],
    [3.001, 2, 'B'],
    [2, 3, 'B'],
    [1.99, 3, 'C'],
    [5, 4, 'C'],
    [0.8, 6, 'C'],
    [0.79, 0, 'D'],
    [5, 7, 'D'],
    [null, 0, '?'],
  ])('%s years with %i disputes are %s [P-09, P-13, P-17, I-04]', (years, n, expected) => {
    const m = measuresWith({ years, disputesA: n, disputesB: n, disputesC: n })
    expect(letter(gradeStability(m, rules))).toBe(expected)
  })
  it('what is not known over one of its periods has no letter', () => {
    for (const name of ['amountA', 'amountB', 'amountC'] as const)
      expect(gradeAmount(measuresWith({ [name]: null }), rules), name).toBe(0)
    for (const name of ['perMonth', 'perQuarter', 'perYear'] as const)
      expect(gradeFrequency(measuresWith({ [name]: null }), rules), name).toBe(0)
  })
  it('what is not known has no letter', () => {
    expect(gradeAmount(amounts(null), rules)).toBe(0)
    expect(gradeFrequency(measuresWith({ perMonth: null, perQuarter: null, perYear: null }), rules)).toBe(0)
  })
})
