import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiers } from '../../policy/index.ts'
import { anyMeasures, anyRules } from '../testing/arbitraries.ts'
import { yuan } from '../testing/fixtures.ts'
import { classifyTier } from './classify-tier.ts'
import type { TierMeasures } from './tier-measures.ts'
import { tierOf } from './tier-of.ts'
import { rankOf } from './tier-rules.ts'

/** Improvements of one measured value each; what is not known stays so. */
const improvements: readonly ((m: TierMeasures, by: number) => TierMeasures)[] = [
  (m, by) => {
    const more = (v: number | null) => (v === null ? null : v + Math.round(by * yuan(20_000_000)))
    return { ...m, amountA: more(m.amountA), amountB: more(m.amountB), amountC: more(m.amountC) }
  },
  (m, by) => {
    if (m.perYear === null) return m
    const yearly = m.perYear + Math.round(by * 40)
    return { ...m, perMonth: yearly / 12, perQuarter: yearly / 4, perYear: yearly }
  },
  (m, by) => ({ ...m, potential: m.potential === null ? null : Math.min(100, m.potential + by * 100) }),
  (m, by) => ({ ...m, influence: m.influence === null ? null : Math.min(100, m.influence + by * 100) }),
  (m, by) => ({ ...m, years: m.years === null ? null : m.years + by * 10 }),
  (m, by) => {
    const fewer = (n: number) => Math.max(0, n - Math.round(by * 9))
    return { ...m, disputesA: fewer(m.disputesA), disputesB: fewer(m.disputesB), disputesC: fewer(m.disputesC) }
  },
  (m, by) => ({ ...m, overdueDays: m.overdueDays === null ? null : Math.floor(m.overdueDays * (1 - by)) }),
  (m) => ({ ...m, seriousDispute: false }),
]

const isNumberOrNull = (value: unknown): boolean => value === null || (typeof value === 'number' && Number.isFinite(value))

describe('laws of the classification, for every way of combining [decision 3]', () => {
  it('it is total, JSON, free of NaN, and agrees with the tier alone', () => {
    fc.assert(
      fc.property(anyMeasures, anyRules, (m, r) => {
        const result = classifyTier(m, r)
        expect(tiers).toContain(result.tier)
        expect(tierOf(m, r)).toBe(result.tier)
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect([result.points, ...result.parts.flatMap((p) => [p.raw, p.points, p.weight])].every(isNumberOrNull)).toBe(true)
        expect(result.shortfalls.every((s) => Number.isFinite(s.needed) && isNumberOrNull(s.actual))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
  it('improving any measured factor never lowers the tier', () => {
    const by = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyMeasures, anyRules, fc.constantFrom(...improvements), by, (m, r, improve, step) => {
        expect(rankOf(tierOf(improve(m, step), r))).toBeGreaterThanOrEqual(rankOf(tierOf(m, r)))
      }),
      { numRuns: 500 },
    )
  })
  it('an assessed account below A is told what kept it from the next tier, or what is missing', () => {
    fc.assert(
      fc.property(anyMeasures, anyRules, (m, r) => {
        const result = classifyTier(m, r)
        if (result.status !== 'assessed' || result.tier === 'A') return
        expect(result.shortfalls.length + result.missing.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})
