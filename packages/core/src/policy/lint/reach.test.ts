import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { combinedRank } from '../../scoring/tier/combine.ts'
import { capOfAmount } from '../../scoring/tier/gates.ts'
import { gradeFrequency, gradeScore, gradeStability } from '../../scoring/tier/grade-factors.ts'
import { measuresWith } from '../../scoring/testing/fixtures.ts'
import { compileTierRules } from '../../scoring/tier/tier-rules.ts'
import type { Policy } from '../schema.ts'
import { presets } from '../presets/index.ts'
import { loadPolicy } from '../load.ts'
import { possibleLetters, type Rank } from './letters.ts'
import { rankOfLetters } from './reach.ts'
import { found, testCases } from './testing/cases.ts'

type Tier = Policy['tier']

const base = loadPolicy(presets.manufacturerCn)
const withTier = (tier: Partial<Tier>): Policy => ({ ...base, tier: { ...base.tier, ...tier } })
const known = fc.constantFrom<Rank>(1, 2, 3, 4)
const letter = fc.constantFrom<Rank>(0, 1, 2, 3, 4)
const weight = fc.integer({ min: 0, max: 100 })
const point = fc.integer({ min: 100, max: 400 }).map((n) => n / 100)
const combination = fc.record({
  combine: fc.constantFrom<Tier['combine']>('weighted', 'all', 'atLeast', 'minimum'),
  atLeast: fc.integer({ min: 1, max: 5 }),
  weights: fc.record({ amount: weight, frequency: weight, potential: weight, stability: weight, influence: weight }),
  cutoffs: fc.record({ A: point, B: point, C: point }),
  amountD: fc.boolean(),
  aboveAmount: fc.constantFrom(null, 0, 1, 2, 3),
})

describe('TIER-01: what the lint takes for a tier is what a review gives', () => {
  test('whatever the letters, weights, cut-offs and gates', () => {
    fc.assert(
      fc.property(combination, known, letter, letter, letter, letter, (c, amount, frequency, potential, stability, influence) => {
        const { combine, atLeast, weights, cutoffs, amountD, aboveAmount } = c
        const gates = { ...base.tier.gates, amountD, aboveAmount }
        const rules = compileTierRules(withTier({ combine, atLeast, weights, cutoffs, gates }))
        const review = Math.min(
          combinedRank(amount, frequency, potential, stability, influence, null, rules),
          capOfAmount(amount, rules),
        )
        const letters = { amount, frequency, potential, stability, influence }
        expect(rankOfLetters(letters, { combine, atLeast, weights, cutoffs, gates })).toBe(review)
      }),
      { numRuns: 2000 },
    )
  })

  const few = fc.constantFrom(0, 0.5, 1, 2, 3, 6, 12)
  test('the letters that it holds for possible are those that some measure gets', () => {
    fc.assert(
      fc.property(
        fc.record({ month: few, quarter: few, year: few, tolerance: fc.constantFrom(0, 20, 100) }),
        fc.record({ A: fc.constantFrom(0, 50, 100), B: fc.constantFrom(0, 40, 100), C: fc.constantFrom(0, 30) }),
        fc.record({ A: few, B: few, C: few, max: fc.constantFrom(null, 0, 2) }),
        (rhythm, judged, years) => {
          const policy = withTier({
            A: {
              ...base.tier.A,
              frequency: { minPerMonth: { op: '>=', value: rhythm.month } },
              relationship: { minYears: { op: '>', value: years.A } },
              disputes: { max: years.max },
            },
            B: {
              ...base.tier.B,
              frequency: { minPerQuarter: { op: '>=', value: rhythm.quarter } },
              relationship: { minYears: { op: '>=', value: years.B } },
              disputes: { max: years.max },
            },
            C: {
              ...base.tier.C,
              frequency: { aboutPerYear: rhythm.year },
              relationship: { aboutYears: years.C },
              disputes: { max: years.max },
            },
            tolerance: rhythm.tolerance,
            judged,
          })
          const rules = compileTierRules(policy)
          const possible = possibleLetters(policy.tier)
          const all = (values: readonly number[], grade: (value: number) => Rank): readonly Rank[] =>
            [...new Set(values.map(grade))].sort()
          const grid = Array.from({ length: 700 }, (_, i) => i / 24 + (i % 2) * 0.001)
          const perYear = [...grid, ...grid.map((x) => x * 12)]
          expect([...(possible?.frequency ?? [])].sort()).toEqual(
            all(perYear, (n) => gradeFrequency(measuresWith({ perMonth: n / 12, perQuarter: n / 4, perYear: n }), rules)),
          )
          expect([...(possible?.potential ?? [])].sort()).toEqual(
            all(
              Array.from({ length: 201 }, (_, i) => i / 2),
              (score) => gradeScore(score, rules),
            ),
          )
          // Disputes can be any number; the lookbacks are equal, so all tiers count the same.
          const stable = [0, 1, 2, 3].flatMap((n) =>
            grid.map((y) => gradeStability(measuresWith({ years: y, disputesA: n, disputesB: n, disputesC: n }), rules)),
          )
          expect([...new Set(stable)].filter((rank) => !(possible?.stability ?? []).includes(rank))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('I-15: tiers in reach', () => {
  testCases([
    {
      title: 'a judged factor that nobody has in D takes no tier away',
      changes: [['tier.judged', { A: 2, B: 1, C: 0 }]],
      finds: [],
      mend: [],
    },
    {
      title: 'B between two cut-offs that no sum of weights falls between',
      changes: [
        ['tier.weights', { amount: 100, frequency: 0, potential: 0, stability: 0, influence: 0 }],
        ['tier.cutoffs', { A: 3, B: 2.9, C: 1.5 }],
      ],
      finds: [['warning', 'unreachable', 'tier.cutoffs.B', 'decision 3']],
      mend: [['tier.cutoffs.A', 3.1]],
    },
    {
      title: 'nobody below C, since nothing caps an amount of D',
      changes: [
        ['tier.gates.amountD', false],
        ['tier.gates.aboveAmount', null],
        ['tier.cutoffs.C', 1],
      ],
      finds: [['warning', 'unreachable', 'tier.cutoffs.C', 'decision 3']],
      mend: [['tier.gates.amountD', true]],
    },
    {
      title: 'weights too small to decide',
      changes: [['tier.weights', { amount: 97, frequency: 3, potential: 0, stability: 0, influence: 0 }]],
      finds: [['warning', 'no_effect', 'tier.weights.frequency', 'I-15']],
      mend: [['tier.weights', { amount: 60, frequency: 40, potential: 0, stability: 0, influence: 0 }]],
    },
  ])

  test('nothing is said of tiers while a cut-off is open', () => {
    const weights = { amount: 97, frequency: 3, potential: 0, stability: 0, influence: 0 }
    expect(
      found([
        ['tier.weights', weights],
        ['tier.cutoffs.A', '[X]'],
      ]),
    ).toEqual([['error', 'unset', 'tier.cutoffs.A', 'decision 3']])
  })
})
