import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halves, order, policyWith, recommend, scores } from './testing/fixtures.ts'
import type { Recommendation } from './types.ts'

describe('early warning [workflows: review]', () => {
  const warning = (r: Recommendation, name: string) => r.earlyWarning.warnings.find((w) => w.name === name)
  it('tells how far each number is from firing, and what would have stopped it', () => {
    const r = recommend({ purchases: halves(500_000, 2, 2, 2, 1) }, { tier: 'A' })
    // One cycle fell by half, the other did not: A down needs both.
    expect(r.direction).toBe('stay')
    expect(warning(r, 'amountDrop')).toEqual({
      name: 'amountDrop',
      parameter: 'adjust.A.down.amountDrop',
      op: '>',
      limit: 20,
      actual: 50,
      margin: -30,
      firing: true,
      // 80 % of 6 million, less the 3 million bought.
      lacks: 180_000_000,
      lacksUnit: 'minor',
    })
    expect(warning(r, 'amountDropBefore')).toMatchObject({ actual: 0, margin: 20, firing: false, lacks: 0 })
    expect(r.earlyWarning.atRisk).toBe(true)
  })
  it('what it lacks is the least: with it the number does not fire, with one less it does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 400_000 }), fc.integer({ min: 1, max: 60_000 }), (before, now) => {
        const year = (amount: number) => [order('2025-03-01', before), { ...order('2026-03-01', 0), minor: amount }]
        const found = (amount: number) => warning(recommend({ purchases: year(amount) }, { tier: 'B' }), 'amountDrop')
        const first = found(now * 100)
        if (first?.firing !== true) return
        expect(found(now * 100 + first.lacks)?.firing).toBe(false)
        expect(found(now * 100 + first.lacks - 1)?.firing).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  it('counts purchases: fewer a year for B, too few a year for D', () => {
    const b = recommend({ purchases: halves(500_000, 2, 2, 2, 1) }, { tier: 'B' })
    // 18 in the last twelve months, 24 in the twelve before; fewer than four fewer would do.
    expect(warning(b, 'frequencyDrop')).toMatchObject({ actual: 6, margin: -2, firing: true, lacks: 3, lacksUnit: 'purchases' })
    const d = recommend({ purchases: [order('2026-02-01', 50_000)] }, { tier: 'D' })
    expect(warning(d, 'purchasesPerYear')).toMatchObject({ actual: 1, limit: 2, margin: -1, firing: true, lacks: 1 })
  })
  it('counts in the window of the policy what it tells a year', () => {
    const half = policyWith((p) => (p.frequency.window.months = 6))
    const b = recommend({ purchases: halves(500_000, 2, 2, 2, 1) }, { tier: 'B' }, half)
    // Six in the last six months after twelve: twelve fewer a year, and fewer than four are allowed: two in six months are too many.
    expect(warning(b, 'frequencyDrop')).toMatchObject({ actual: 12, limit: 4, margin: -8, firing: true, lacks: 5 })
    const d = recommend(
      { purchases: [order('2026-02-01', 50_000)] },
      { tier: 'D' },
      policyWith((p) => {
        p.frequency.window.months = 6
        p.adjust.D.down.belowPerYear.value = 7
      }),
    )
    // One in six months are two a year; four would be eight.
    expect(warning(d, 'purchasesPerYear')).toMatchObject({ actual: 2, limit: 7, margin: -5, firing: true, lacks: 3 })
  })
  it('shows the margin to the cut-off, band included', () => {
    const r = recommend({ purchases: halves(1_000_000, 3, 3, 3, 3), ...scores(70) }, { tier: 'A' })
    expect(warning(r, 'points')).toEqual({
      name: 'points',
      parameter: 'tier.cutoffs.A',
      op: '<',
      limit: 3.4,
      actual: 3.7,
      margin: 0.3,
      firing: false,
      lacks: 0,
      lacksUnit: 'points',
    })
    expect(r.earlyWarning.atRisk).toBe(false)
  })
  it('shows no margin to a cut-off where there is none to fall below', () => {
    const purchases = halves(500_000, 2, 2, 2, 2)
    const all = policyWith((p) => (p.tier.combine = 'all'))
    const unknown = policyWith((p) => {
      p.tier.weights = { amount: 0, frequency: 0, potential: 100, stability: 0, influence: 0 }
      p.tier.missingData = 'reweigh'
    })
    const gap = { purchases, coverage: { from: '2025-01-01', to: '2026-08-01' } }
    for (const r of [
      recommend({ purchases }, { tier: null }),
      recommend({ purchases }, { tier: 'D' }),
      recommend({ purchases }, { tier: 'B' }, all),
      recommend({ purchases, judgements: {} }, { tier: 'B' }, unknown),
      recommend(gap, { tier: 'B' }),
    ])
      expect(warning(r, 'points')).toBeUndefined()
    expect(recommend({ purchases }, { tier: null }).earlyWarning).toEqual({ atRisk: false, warnings: [] })
    for (const tier of ['A', 'B', 'C'] as const)
      expect(warning(recommend({ purchases }, { tier }), 'points')?.parameter).toBe(`tier.cutoffs.${tier}`)
  })
  it('a class below the tier is a risk, though no number fires', () => {
    const r = recommend({ purchases: halves(100_000, 1, 1, 1, 1), ...scores(20) }, { tier: 'B' })
    expect(r.earlyWarning.warnings.filter((w) => w.firing).map((w) => w.name)).toEqual(['points'])
    expect(r.earlyWarning.atRisk).toBe(true)
  })
  it('an excused drop does not fire', () => {
    const excusedDrops = [{ cycle: '2026-H1', reason: 'stock-out', evidence: 'doc:1' }]
    const r = recommend({ purchases: halves(500_000, 2, 2, 2, 1), excusedDrops }, { tier: 'A' })
    expect(warning(r, 'amountDrop')).toMatchObject({ actual: 50, firing: false, lacks: 0 })
  })
})
