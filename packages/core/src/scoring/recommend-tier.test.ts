import { describe, expect, it } from 'vitest'
import type { Tier } from '../policy/index.ts'
import type { JudgedCondition, Purchase } from './facts.ts'
import { halves, monthly, order, policyWith, recommend, scores } from './testing/fixtures.ts'
import type { CurrentStanding, Recommendation } from './types.ts'

const yes = (...names: JudgedCondition[]) => ({
  conditions: Object.fromEntries(names.map((n) => [n, { holds: true, judgedOn: '2026-06-01', by: 'u-4' }])),
})
const outcomes = (r: Recommendation) => Object.fromEntries(r.rules.map((rule) => [rule.rule, rule.outcome]))
/** One order a month, then two; 15 million in two years, which is B. */
const doubling = halves(500_000, 1, 1, 1, 2)
/** The same backwards: half as many in the last half-year as in the same one a year before. */
const halving = halves(500_000, 2, 2, 2, 1)
const growingTwice = halves(500_000, 2, 2, 3, 3)
const fallingTwice = halves(500_000, 3, 3, 2, 2)

describe('rising [ADJ-02 … ADJ-04, decision 1]', () => {
  it('B rises to A by B up', () => {
    const r = recommend({ purchases: doubling, ...yes('goodRelations') }, { tier: 'B' })
    expect(r).toMatchObject({
      accountId: 'a-1',
      cycle: '2026-H1',
      currentTier: 'B',
      recommended: 'A',
      direction: 'up',
      blockedBy: [],
    })
    expect(outcomes(r)).toEqual({ 'B.up': 'met', 'B.down': 'notMet', fallbackDown: 'notMet' })
    expect(r.explanation).toContainEqual({ code: 'ruleMet', rule: 'B.up', clause: 'ADJ-03' })
  })
  it('under `target` the same rule lifts C to B, and B is asked A up', () => {
    const target = policyWith((p) => (p.adjust.upRulesName = 'target'))
    const facts = { purchases: doubling, ...yes('goodRelations') }
    expect(recommend(facts, { tier: 'C' }, target)).toMatchObject({ recommended: 'B', direction: 'up' })
    const b = recommend(facts, { tier: 'B' }, target)
    expect([b.direction, outcomes(b)['A.up']]).toEqual(['stay', 'notMet'])
    expect(outcomes(recommend(facts, { tier: 'D' }, target))).toHaveProperty('fallbackUp')
    expect(outcomes(recommend(facts, { tier: 'A' }, target))).not.toHaveProperty('A.up')
    expect(recommend({ purchases: growingTwice, ...yes('potentialUp') }, { tier: 'B' }, target)).toMatchObject({
      recommended: 'A',
    })
  })
  it('A up keeps A and nominates for the level above', () => {
    const named = policyWith((p) => (p.adjust.aboveA = { en: 'Strategic', 'zh-CN': '战略' }))
    const r = recommend({ purchases: growingTwice, ...yes('potentialUp') }, { tier: 'A' }, named)
    expect(r).toMatchObject({
      recommended: 'A',
      direction: 'nominate',
      nomination: { class: 'strategicPartner', level: { en: 'Strategic' } },
    })
    expect(Object.isFrozen(named.adjust.aboveA)).toBe(false)
  })
  it('C and D rise by their class, one tier at a time', () => {
    const facts = { purchases: halves(500_000, 1, 1, 1, 1) }
    expect(recommend(facts, { tier: 'C' })).toMatchObject({ recommended: 'B', direction: 'up' })
    expect(recommend(facts, { tier: 'D' })).toMatchObject({ recommended: 'C', direction: 'up' })
    expect(
      recommend(
        facts,
        { tier: 'D' },
        policyWith((p) => (p.adjust.maxStep = 2)),
      ),
    ).toMatchObject({ recommended: 'B' })
    expect(
      recommend(
        facts,
        { tier: 'C' },
        policyWith((p) => (p.adjust.fallbackUp = 'none')),
      ),
    ).toMatchObject({ direction: 'stay' })
  })
  it('growth does not lift past a gate', () => {
    const small = halves(25_000, 1, 1, 1, 2)
    expect(recommend({ purchases: small, ...yes('goodRelations') }, { tier: 'B' })).toMatchObject({
      direction: 'stay',
      recommended: 'B',
      blockedBy: [{ by: 'gate', move: 'up', parameter: 'tier.gates.aboveAmount' }],
      explanation: [
        { code: 'classified', clause: 'TIER-01', tier: 'B' },
        { code: 'ruleMet', rule: 'B.up', clause: 'ADJ-03' },
        { code: 'ruleNotMet', rule: 'B.down', clause: 'ADJ-06' },
        { code: 'ruleNotMet', rule: 'fallbackDown', clause: 'I-34' },
        { code: 'blocked', value: 'gate' },
      ],
    })
    const debtor = { purchases: doubling, overdueDays: 120, ...yes('goodRelations') }
    expect(recommend(debtor, { tier: 'B' }).blockedBy).toEqual([{ by: 'gate', move: 'up', parameter: 'tier.gates.overdueDays' }])
  })
})

describe('falling [ADJ-05 … ADJ-08]', () => {
  it.each<[Tier, Purchase[], Tier, string]>([
    ['A', fallingTwice, 'B', 'A.down'],
    ['B', halving, 'C', 'B.down'],
    ['C', halves(50_000, 2, 2, 1, 1), 'D', 'C.down'],
  ])('%s falls by its rule', (tier, purchases, to, rule) => {
    const r = recommend({ purchases, ...scores(40) }, { tier })
    expect(r).toMatchObject({ recommended: to, direction: 'down' })
    expect(outcomes(r)[rule]).toBe('met')
  })
  it('a slow decline falls by its class, seen in two reviews in a row [I-34]', () => {
    const facts = { purchases: halves(100_000, 1, 1, 1, 1), ...scores(20) }
    const before = (tier: Tier, id = '2025-H2', held = false) => ({
      tier: 'B' as const,
      previousClassifications: [{ cycle: id, tier, held }],
    })
    expect(recommend(facts, { tier: 'B' }).direction).toBe('stay')
    expect(recommend(facts, before('B')).direction).toBe('stay')
    expect(recommend(facts, before('C', '2025-H1')).direction).toBe('stay')
    expect(recommend(facts, before('C', '2025-H2', true)).direction).toBe('stay')
    expect(recommend(facts, before('C'))).toMatchObject({ recommended: 'C', direction: 'down' })
    expect(recommend(facts, before('D'))).toMatchObject({ recommended: 'C' })
    expect(
      recommend(
        facts,
        before('C'),
        policyWith((p) => (p.adjust.fallbackDown = 'none')),
      ).direction,
    ).toBe('stay')
  })
  const leaving = {
    purchases: [order('2025-02-01', 500_000), order('2026-02-01', 50_000)],
    ...scores(30),
    ...yes('potentialGone'),
  }
  it.each([
    ['propose-exit', 'exit', 'exit', undefined],
    ['prepayment', 'D', 'stay', 'prepayment'],
    ['watch', 'D', 'stay', 'watch'],
    ['keep', 'D', 'stay', undefined],
  ] as const)('D down with `%s`', (dDown, recommended, direction, measure) => {
    const r = recommend(
      leaving,
      { tier: 'D' },
      policyWith((p) => (p.adjust.dDown = dDown)),
    )
    expect([r.recommended, r.direction, r.measure]).toEqual([recommended, direction, measure])
  })
  it('a drop that we caused lowers nobody', () => {
    const excusedDrops = [{ cycle: '2026-H1', reason: 'stock-out', evidence: 'doc:1' }]
    expect(recommend({ purchases: halving, ...scores(40), excusedDrops }, { tier: 'B' }).direction).toBe('stay')
  })
  it('rising and falling at once is for a person to weigh', () => {
    const r = recommend({ purchases: halves(500_000, 3, 3, 1, 1), ...scores(80) }, { tier: 'C' })
    expect(outcomes(r)).toMatchObject({ 'C.down': 'met', fallbackUp: 'met' })
    expect(r).toMatchObject({ direction: 'stay', recommended: 'C', blockedBy: [{ by: 'contradiction', move: null }] })
  })
})

describe('what stops a move', () => {
  const falls = { purchases: halving, ...scores(40) }
  const moved = (cycleId: string, direction: 'up' | 'down'): CurrentStanding => ({
    tier: 'B',
    lastMove: { cycle: cycleId, direction },
  })
  const grace = (cycles: number) => policyWith((p) => (p.adjust.grace = cycles))
  it.each([
    ['the opposite direction, one cycle after', moved('2025-H2', 'up'), 1, 'stay'],
    ['not the same direction', moved('2025-H2', 'down'), 1, 'down'],
    ['not two cycles after', moved('2025-H1', 'up'), 1, 'down'],
    ['two cycles after, where grace is two', moved('2025-H1', 'up'), 2, 'stay'],
    ['nothing, where there is no grace', moved('2025-H2', 'up'), 0, 'down'],
  ] as const)('grace blocks %s', (_, current, cycles, direction) => {
    const r = recommend(falls, current, grace(cycles))
    expect(r.direction).toBe(direction)
    expect(r.blockedBy.map((b) => b.by)).toEqual(direction === 'stay' ? ['grace'] : [])
  })
  it('an override keeps the tier until it lapses', () => {
    const until = (day: string): CurrentStanding => ({ tier: 'B', override: { until: day } })
    expect(recommend(falls, until('2026-12-31'))).toMatchObject({
      direction: 'stay',
      blockedBy: [{ by: 'override', move: 'down', until: '2026-12-31' }],
    })
    expect(recommend(falls, until('2026-07-01')).direction).toBe('stay')
    expect(recommend(falls, until('2026-06-30')).direction).toBe('down')
  })
  it('every reason is named', () => {
    const current: CurrentStanding = { ...moved('2025-H2', 'up'), override: { until: '2026-12-31' } }
    expect(recommend(falls, current).blockedBy.map((b) => b.by)).toEqual(['override', 'grace'])
  })
})

describe('new accounts [I-32]', () => {
  const young = { relationshipStart: '2025-10-01', purchases: monthly('2025-10-01', 9, 2, 500_000) }
  it('are not assessed while they have too few full cycles', () => {
    expect(recommend(young, { tier: null })).toMatchObject({ direction: 'notAssessed', recommended: 'B', rules: [] })
    expect(recommend({ ...young, isKeyAccount: false }, { tier: null })).toMatchObject({ recommended: 'C' })
    expect(recommend(young, { tier: 'C' })).toMatchObject({ direction: 'notAssessed', recommended: 'C' })
  })
  it('stay provisional as long as their tier is, whatever their history', () => {
    const current: CurrentStanding = { tier: 'B', provisionalUntil: '2026-07-02' }
    expect(recommend({ purchases: fallingTwice }, current)).toMatchObject({ direction: 'notAssessed', recommended: 'B' })
  })
  it('get their class when the provisional tier ends, in as many steps as it takes', () => {
    const current: CurrentStanding = { tier: 'B', provisionalUntil: '2026-07-01' }
    const r = recommend({ purchases: [order('2026-03-01', 1_000)], ...scores(0) }, current)
    expect(r).toMatchObject({ direction: 'down', recommended: 'D', rules: [] })
    expect(r.explanation.map((s) => s.code)).toEqual(['provisionalEnded', 'classified'])
    expect(recommend({ purchases: halves(500_000, 1, 1, 1, 1) }, current)).toMatchObject({ direction: 'stay', recommended: 'B' })
    expect(recommend({ purchases: halves(1_000_000, 3, 3, 3, 3), ...scores(90) }, current)).toMatchObject({ direction: 'up' })
  })
  it('an old account without a tier is assigned its class', () => {
    expect(recommend({ purchases: halves(500_000, 1, 1, 1, 1) }, { tier: null })).toMatchObject({
      direction: 'assign',
      recommended: 'B',
    })
  })
})

describe('missing judgements hold once, then the known factors are weighed', () => {
  const unjudged = { purchases: halves(500_000, 1, 1, 1, 1), judgements: {} }
  const held: CurrentStanding = { tier: 'C', previousClassifications: [{ cycle: '2025-H2', tier: 'B', held: true }] }
  it('holds the first time, and lists what is missing', () => {
    const r = recommend(unjudged, { tier: 'C' })
    expect(r).toMatchObject({ direction: 'hold', recommended: 'C' })
    expect(r.missing).toEqual([
      { what: 'potential', reason: 'missing' },
      { what: 'influence', reason: 'missing' },
    ])
    expect(outcomes(r)).toMatchObject({ fallbackUp: 'notRun', fallbackDown: 'notRun' })
  })
  it('weighs the known factors the second time', () => {
    expect(recommend(unjudged, held)).toMatchObject({ direction: 'up', recommended: 'B' })
  })
  it('weighs at once where the policy says so', () => {
    const reweigh = policyWith((p) => (p.tier.missingData = 'reweigh'))
    expect(recommend(unjudged, { tier: 'C' }, reweigh)).toMatchObject({ direction: 'up', recommended: 'B' })
  })
  it('holds for the judged condition of a rule whose numbers are met', () => {
    const r = recommend({ purchases: doubling }, { tier: 'B' })
    expect(r).toMatchObject({ direction: 'hold', recommended: 'B' })
    expect(r.missing.map((m) => m.what)).toEqual(['potentialRealised', 'goodRelations'])
  })
  it('does not hold a rule that is met without them', () => {
    expect(recommend({ purchases: halving, judgements: {} }, { tier: 'B' })).toMatchObject({ direction: 'down' })
  })
  it('an account without a tier waits on its provisional one', () => {
    expect(recommend(unjudged, { tier: null })).toMatchObject({ direction: 'hold', recommended: 'B' })
  })
  it('without supplied purchases it holds, then says that it is not assessed', () => {
    const gap = { purchases: doubling, coverage: { from: '2025-01-01', to: '2026-08-01' } }
    expect(recommend(gap, { tier: 'C' })).toMatchObject({ direction: 'hold', classification: { status: 'notAssessed' } })
    expect(recommend(gap, held)).toMatchObject({ direction: 'notAssessed', recommended: 'C' })
  })
})
