import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextCycle } from '../policy/cycle.ts'
import { tiers, type Tier } from '../policy/index.ts'
import { recommendTier } from './recommend-tier.ts'
import { anyMeasures, anyRules } from './testing/arbitraries.ts'
import { cycle as firstCycle, factsWith, monthly, policyWith } from './testing/fixtures.ts'
import { weightedPoints } from './tier/combine.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './tier/grade-factors.ts'
import type { TierMeasures } from './tier/tier-measures.ts'
import { tierOf } from './tier/tier-of.ts'
import type { TierRules } from './tier/tier-rules.ts'
import type { CurrentStanding, ReviewCycle } from './types.ts'

const pointsOf = (m: TierMeasures, r: TierRules): number =>
  weightedPoints(
    gradeAmount(m, r),
    gradeFrequency(m, r),
    gradeScore(m.potential, r),
    gradeStability(m, r),
    gradeScore(m.influence, r),
    r,
  )

/** How often a tier changes while the measures come one after another, each judged with the tier before. */
function moves(series: readonly TierMeasures[], r: TierRules, from: Tier): number {
  let tier = from
  let count = 0
  for (const m of series) {
    const next = tierOf({ ...m, currentTier: tier }, r)
    if (next !== tier) count += 1
    tier = next
  }
  return count
}

const times = <T>(count: number, of: (i: number) => T): readonly T[] => Array.from({ length: count }, (_, i) => of(i))

describe('hysteresis never flaps [I-34, I-35, decisions on hysteresis]', () => {
  const assessed = anyMeasures.filter((m) => !m.provisional && m.amountA !== null)
  test('the class of an account that does not change moves at most once, whatever tier it has', () => {
    fc.assert(
      fc.property(assessed, anyRules, fc.constantFrom(...tiers), (m, r, from) => {
        expect(
          moves(
            times(6, () => m),
            r,
            from,
          ),
        ).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })
  test('points that swing by less than the band move the class at most once', () => {
    // Judged factors swing; the amount, which alone sets a gate, stays.
    const swing = fc.record({ potential: fc.nat(100), influence: fc.nat(100) })
    fc.assert(
      fc.property(assessed, anyRules, fc.array(swing, { minLength: 2, maxLength: 8 }), (m, rules, swings) => {
        const r: TierRules = { ...rules, combine: 'weighted', band: 0.5 }
        const series = swings.map((s) => ({ ...m, potential: m.potential === null ? null : s.potential, influence: s.influence }))
        const points = series.map((one) => pointsOf(one, r))
        fc.pre(Math.max(...points) - Math.min(...points) < r.band)
        const first = tierOf({ ...m, ...series[0], currentTier: null }, r)
        expect(moves([...series, ...series, ...series], r, first)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })

  /** Reviews cycle after cycle, as decided: the tiers that the account had. */
  function reviews(
    perYear: number,
    amount: number,
    potential: (i: number) => number,
    from: Tier,
    count: number,
  ): readonly Tier[] {
    const policy = policyWith()
    let standing: CurrentStanding = { tier: from }
    let cycle: ReviewCycle = firstCycle
    const had: Tier[] = [from]
    for (let i = 0; i < count; i += 1) {
      const judgedOn = cycle.from
      const { recommended, direction, classification } = recommendTier({
        facts: factsWith({
          purchases: monthly('2022-07-01', 96, perYear / 12, amount),
          judgements: {
            potential: { score: potential(i), judgedOn, by: 'u-4' },
            influence: { score: 70, judgedOn, by: 'u-4' },
          },
        }),
        policy,
        cycle,
        current: standing,
      })
      const before = had.at(-1) ?? from
      const tier = recommended === 'exit' ? before : recommended
      had.push(tier)
      standing = {
        tier,
        ...(tier !== before
          ? { lastMove: { cycle: cycle.id, direction: direction === 'up' ? 'up' : 'down' } }
          : standing.lastMove && { lastMove: standing.lastMove }),
        previousClassifications: [
          ...(standing.previousClassifications ?? []),
          { cycle: cycle.id, tier: classification.tier, held: direction === 'hold' },
        ],
      }
      cycle = nextCycle(cycle, policy.cycle)
    }
    return had
  }
  const changes = (had: readonly Tier[]): number => had.filter((tier, i) => i > 0 && tier !== had[i - 1]).length
  const directions = (had: readonly Tier[]): number =>
    new Set(had.flatMap((tier, i) => (i > 0 && tier !== had[i - 1] ? [tier < (had[i - 1] ?? tier) ? 'up' : 'down'] : []))).size
  /** Amounts of an order that put the two years' sum around the cut-offs of P-07, P-11 and P-15. */
  const around = fc
    .constantFrom(600_000 / 24, 3_000_000 / 24, 16_000_000 / 24)
    .chain((cut) => fc.integer({ min: -20, max: 20 }).map((percent) => Math.round(cut * (1 + percent / 100))))

  test('reviewed cycle after cycle, an account that does not change only ever moves towards its class, a step a time', () => {
    fc.assert(
      fc.property(around, fc.nat(100), fc.constantFrom(...tiers), (amount, potential, from) => {
        const had = reviews(12, amount, () => potential, from, 8)
        expect(directions(had)).toBeLessThanOrEqual(1)
        // It has arrived: at most three steps, two reviews each.
        expect(new Set(had.slice(-2)).size).toBe(1)
      }),
      { numRuns: 20 },
    )
  })
  test('judged up one cycle and down the next, it rises at most once and stays', () => {
    fc.assert(
      fc.property(around, fc.integer({ min: 40, max: 100 }), fc.integer({ min: 0, max: 60 }), (amount, high, low) => {
        // From the lower of its two classes, so that a rise is the one move.
        const stable = reviews(12, amount, () => low, 'C', 8).at(-1) ?? 'C'
        const had = reviews(12, amount, (i) => (i % 2 === 0 ? high : low), stable, 8)
        expect(changes(had)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 20 },
    )
  })
})
