import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../calendar/index.ts'
import { manufacturerCn } from '../../policy/index.ts'
import { anyMeasures, anyRules } from '../testing/arbitraries.ts'
import { cycle, factsWith, measuresWith, monthly, order, yuan } from '../testing/fixtures.ts'
import { smallestLifts, type Lift, type LiftChange } from './smallest-lifts.ts'
import { measureTier, type TierMeasures } from './tier-measures.ts'
import { tierOf } from './tier-of.ts'
import { compileTierRules, exact, rankOf } from './tier-rules.ts'

const policy = manufacturerCn()
const rules = compileTierRules(policy)

type Measure = 'amountA' | 'amountB' | 'amountC' | 'perMonth' | 'perQuarter' | 'perYear' | 'years' | 'potential' | 'influence'

/** What a unit adds to which measure, written down a second time. */
const adds: { readonly [U in LiftChange['unit']]?: { readonly [M in Measure]?: number } } = {
  minor: { amountA: 1, amountB: 1, amountC: 1 },
  purchasesPerMonth: { perMonth: 1, perQuarter: 3, perYear: 12 },
  purchasesPerQuarter: { perQuarter: 1, perYear: 4 },
  purchasesPerYear: { perYear: 1 },
  years: { years: 1 },
}

/** What a person would do with a lift. */
function after(m: TierMeasures, { changes }: Lift): TierMeasures {
  const now = { ...m }
  for (const { unit, by, lever } of changes) {
    const added = unit === 'score' ? { [lever]: 1 } : (adds[unit] ?? {})
    for (const [name, each] of Object.entries(added) as [Measure, number][]) now[name] = exact((now[name] ?? 0) + by * each)
    if (unit === 'disputes')
      for (const name of ['disputesA', 'disputesB', 'disputesC'] as const) now[name] = Math.max(0, now[name] - by)
    if (unit === 'days') now.overdueDays = (now.overdueDays ?? 0) - by
    if (unit === 'settled' && by === 1) now.seriousDispute = false
  }
  return now
}

const summary = (lifts: readonly Lift[]) =>
  lifts.map(({ to, changes }) => `${to}: ${changes.map((c) => `${c.lever} +${String(c.by)} ${c.unit}`).join(', ')}`)

describe('the smallest change that lifts [TIER-01, I-15]', () => {
  test('one lever is enough: each way by itself, in its own unit', () => {
    // 40/15/20/15/10: B everywhere gives 3 points, A begins at 3.5.
    const m = measuresWith({
      amountA: yuan(15_876_000),
      amountB: yuan(15_876_000),
      amountC: yuan(15_876_000),
      perMonth: 1.5,
      perQuarter: 4.5,
      perYear: 18,
      influence: 70,
    })
    expect(tierOf(m, rules)).toBe('B')
    expect(summary(smallestLifts(m, rules))).toEqual(['A: amount +12400000 minor', 'A: frequency +1 purchasesPerMonth'])
  })
  test('where no lever is enough alone, pairs; a debt that caps stands in every way', () => {
    const m = measuresWith({ overdueDays: 120, potential: 60, years: 2.5 })
    expect(tierOf(m, rules)).toBe('C')
    expect(summary(smallestLifts(m, rules))).toEqual(['A: debt +30 days'])
    const poor = measuresWith({ overdueDays: 120, amountA: yuan(100_000), amountB: yuan(100_000), amountC: yuan(100_000) })
    expect(tierOf(poor, rules)).toBe('D')
    expect(summary(smallestLifts(poor, rules))).toEqual(['C: amount +50000000 minor'])
  })
  test('each lever tells its own unit and the parameter that it meets', () => {
    // Which counts most may carry the account alone.
    const only = (factor: 'frequency' | 'stability' | 'potential' | 'influence', m: Partial<TierMeasures>) => {
      const weights = { amount: 0, frequency: 0, potential: 0, stability: 0, influence: 0, [factor]: 100 }
      return smallestLifts(measuresWith(m), { ...rules, weights }).flatMap(({ to, changes }) =>
        changes.map(({ unit, by, parameter, clause }) => [to, unit, by, parameter, clause]),
      )
    }
    const rare = { perMonth: 0.25, perQuarter: 0.75, perYear: 3 }
    expect(only('frequency', rare)).toEqual([['C', 'purchasesPerYear', 1, 'tier.C.frequency.aboutPerYear', 'P-16']])
    expect(only('stability', { disputesA: 3, disputesB: 3, disputesC: 3 })).toEqual([
      ['A', 'disputes', 2, 'tier.A.disputes.max', 'I-04'],
    ])
    expect(only('stability', { years: 5, disputesA: 5, disputesB: 5, disputesC: 5 })).toEqual([
      ['B', 'disputes', 2, 'tier.B.disputes.max', 'I-04'],
    ])
    expect(only('stability', { years: 3 })).toEqual([['A', 'years', 1, 'tier.A.relationship.minYears', 'P-09']])
    expect(only('potential', { potential: 75 })).toEqual([['A', 'score', 5, 'tier.judged.A', 'TIER-02']])
    expect(only('influence', { influence: 75 })).toEqual([['A', 'score', 5, 'tier.judged.A', 'TIER-02']])
  })
  test('a judgement that nobody made is no lever, nor is an age that nobody knows', () => {
    const only = (factor: 'potential' | 'stability', m: Partial<TierMeasures>) =>
      smallestLifts(measuresWith({ ...m, overdueDays: 120, seriousDispute: true }), {
        ...rules,
        weights: { amount: 0, frequency: 0, potential: 0, stability: 0, influence: 0, [factor]: 100 },
      })
    expect([only('potential', { potential: null }), only('stability', { years: null })]).toEqual([[], []])
  })
  test('a debt that is paid down, and a dispute that is settled', () => {
    const debt = { lever: 'debt', unit: 'days', by: 30, parameter: 'tier.gates.overdueDays', clause: 'I-15' }
    const dispute = { lever: 'dispute', unit: 'settled', by: 1, parameter: 'tier.gates.seriousDispute', clause: 'I-15' }
    expect(smallestLifts(measuresWith({ overdueDays: 120 }), rules)).toEqual([{ to: 'A', changes: [debt] }])
    expect(smallestLifts(measuresWith({ seriousDispute: true }), rules)).toEqual([{ to: 'A', changes: [dispute] }])
    expect(smallestLifts(measuresWith({ overdueDays: 120, seriousDispute: true }), rules)).toEqual([
      { to: 'A', changes: [debt, dispute] },
    ])
  })
  test('nothing lifts A, a provisional account, or one whose amount is not known', () => {
    for (const m of [
      measuresWith(),
      measuresWith({ provisional: true }),
      measuresWith({ amountA: null, amountB: null, amountC: null }),
    ])
      expect(smallestLifts(m, rules)).toEqual([])
  })
  test('buying what lacks on the last day of the cycle lifts the account, one fen less does not', () => {
    const facts = factsWith({
      purchases: monthly('2024-07-01', 24, 1, 120_000),
      judgements: {
        potential: { score: 30, judgedOn: '2026-05-01', by: 'u-4' },
        influence: { score: 70, judgedOn: '2026-05-01', by: 'u-4' },
      },
    })
    const m = measureTier(facts, policy, cycle)
    const lift = smallestLifts(m, rules).find((l) => l.changes.length === 1 && l.changes[0]?.lever === 'amount')
    const minor = lift?.changes[0]?.by ?? 0
    const withOrder = (minorMore: number) =>
      tierOf(
        measureTier(
          { ...facts, purchases: [...facts.purchases, { ...order(addDays(cycle.to, -1), 0), minor: minorMore }] },
          policy,
          cycle,
        ),
        rules,
      )
    expect(tierOf(m, rules)).toBe('C')
    expect(withOrder(minor)).toBe(lift?.to)
    expect(withOrder(minor - 1)).toBe('C')
  })
  test('applying it does it; less of any part does not; there is always a way up', () => {
    fc.assert(
      fc.property(anyMeasures, anyRules, (m, r) => {
        const lifts = smallestLifts(m, r)
        const present = rankOf(tierOf(m, r))
        if (m.provisional || m.amountA === null || present === 4) expect(lifts).toEqual([])
        else expect(lifts.length).toBeGreaterThan(0)
        for (const lift of lifts) {
          expect(tierOf(after(m, lift), r)).toBe(lift.to)
          expect(rankOf(lift.to)).toBeGreaterThan(present)
          lift.changes.forEach((one, i) => {
            expect(one.by).toBeGreaterThan(0)
            const step = one.unit === 'score' ? Math.min(one.by, 1e-6) : 1
            const less = { ...lift, changes: lift.changes.map((c, k) => (k === i ? { ...c, by: exact(c.by - step) } : c)) }
            expect(rankOf(tierOf(after(m, less), r))).toBeLessThanOrEqual(present)
          })
        }
      }),
    )
  })
})
