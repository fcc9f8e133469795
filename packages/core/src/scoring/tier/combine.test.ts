import { describe, expect, it } from 'vitest'
import { policyWith } from '../testing/fixtures.ts'
import { combinedRank, lowestRank, rankOfMany, rankOfPoints, weightedPoints } from './combine.ts'
import { compileTierRules, type Rank } from './tier-rules.ts'

// Every way of grading five factors, unknown ones among them, against the sentence of the requirement [decision 3, I-15].

const ranks: readonly Rank[] = [0, 1, 2, 3, 4]
type Five = readonly [Rank, Rank, Rank, Rank, Rank]
const all: readonly Five[] = ranks.flatMap((a) =>
  ranks.flatMap((b) => ranks.flatMap((c) => ranks.flatMap((d) => ranks.map((e): Five => [a, b, c, d, e])))),
)
const known = (five: Five): readonly Rank[] => five.filter((rank) => rank > 0)
const rules = (change: Parameters<typeof policyWith>[0] = () => undefined) => compileTierRules(policyWith(change))
const wrong = (expected: (five: Five) => number, actual: (five: Five) => number): readonly Five[] =>
  all.filter((five) => expected(five) !== actual(five))

describe('grades of five factors', () => {
  it('are 3,125 together', () => {
    expect(all).toHaveLength(3125)
  })

  it('all, minimum: the lowest that is known, the highest tier where none is', () => {
    expect(
      wrong(
        (five) => Math.min(4, ...known(five)),
        (five) => lowestRank(...five),
      ),
    ).toEqual([])
  })

  it.each([1, 2, 3, 4, 5])('atLeast %i of five: so many reach it, in proportion where some are unknown', (atLeast) => {
    const r = rules((p) => {
      p.tier.combine = 'atLeast'
      p.tier.atLeast = atLeast
    })
    const expected = (five: Five): number => {
      const needed = Math.ceil((atLeast * known(five).length) / 5)
      return [4, 3, 2].find((rank) => five.filter((one) => one >= rank).length >= needed) ?? 1
    }
    expect(wrong(expected, (five) => rankOfMany(...five, r))).toEqual([])
    expect(wrong(expected, (five) => combinedRank(...five, null, r))).toEqual([])
  })

  it('weighted: the mean of those that are known and weigh something, 0 where none does', () => {
    const r = rules()
    const weights = Object.values(r.weights)
    expect(weights).toEqual([40, 15, 20, 15, 10])
    const mean = (five: Five): number => {
      const total = five.reduce<number>((sum, rank, i) => sum + (rank > 0 ? (weights[i] ?? 0) : 0), 0)
      const points = five.reduce<number>((sum, rank, i) => sum + rank * (weights[i] ?? 0), 0)
      return total === 0 ? 0 : Math.round((points / total) * 1e9) / 1e9
    }
    expect(wrong(mean, (five) => weightedPoints(...five, r))).toEqual([])
    const rank = (five: Five): number => {
      const points = mean(five)
      return points >= 3.5 ? 4 : points >= 2.5 ? 3 : points >= 1.5 ? 2 : 1
    }
    expect(wrong(rank, (five) => combinedRank(...five, null, r))).toEqual([])
  })

  it('a tier is held down to the band below its own cut-off, and below those of the tiers under it [I-35]', () => {
    const r = rules()
    const low = (points: number, current: 'A' | 'B' | 'C' | 'D' | null) => rankOfPoints(points, current, r)
    const { band } = r
    expect(band).toBeGreaterThan(0)
    for (const [at, cutoff] of [
      [4, r.cutoffA],
      [3, r.cutoffB],
      [2, r.cutoffC],
    ] as const)
      for (const current of ['A', 'B', 'C', 'D', null] as const) {
        const holds = current !== null && { A: 4, B: 3, C: 2, D: 1 }[current] >= at
        const bound = Math.round((cutoff - (holds ? band : 0)) * 1e9) / 1e9
        expect([low(bound, current), low(bound - 1e-6, current)], `${String(cutoff)} ${String(current)}`).toEqual([at, at - 1])
      }
  })
})
