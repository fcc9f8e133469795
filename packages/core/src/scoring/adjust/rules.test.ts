import { describe, expect, it } from 'vitest'
import type { Policy } from '../../policy/index.ts'
import { evidenceWith, isNew, noHistory, percent, policyWith, trendWith } from '../testing/fixtures.ts'
import { aDown } from './a-down.ts'
import { aUp } from './a-up.ts'
import { bDown } from './b-down.ts'
import { bUp } from './b-up.ts'
import { cDown } from './c-down.ts'
import { dDown } from './d-down.ts'
import { allOf, anyOf, type RuleInput } from './decide.ts'
import type { AdjustRule } from './rules-of-tier.ts'

type Trend = Parameters<typeof trendWith>[0]
type Held = Parameters<typeof evidenceWith>[0]
const policy = policyWith()
const input = (trend: Trend, held: Held = {}, p: Policy = policy): RuleInput => ({
  policy: p,
  trend: trendWith(trend),
  evidence: evidenceWith(held),
})
const outcome = (rule: AdjustRule, ...args: Parameters<typeof input>) => rule(input(...args)).outcome
const both = (now: number, before: number) => ({ current: percent(now), previous: percent(before) })

describe('A up [ADJ-02]: P-25 ≥ 15 % in amount and frequency in each of two cycles, one judged', () => {
  const judged = { potentialUp: true }
  it.each([
    ['at the limit', both(15, 15), both(15, 15), judged, 'met'],
    ['amount just below', both(14.99, 15), both(15, 15), judged, 'notMet'],
    ['amount before just below', both(15, 14.99), both(15, 15), judged, 'notMet'],
    ['frequency just below', both(15, 15), both(14.99, 15), judged, 'notMet'],
    ['nothing judged', both(15, 15), both(15, 15), {}, 'notRun'],
    ['one judged no, one not judged', both(15, 15), both(15, 15), { potentialUp: false }, 'notRun'],
    ['both judged no', both(15, 15), both(15, 15), { potentialUp: false, loyaltyVeryHigh: false }, 'notMet'],
    ['one of two judged yes', both(15, 15), both(15, 15), { potentialUp: false, loyaltyVeryHigh: true }, 'met'],
    ['numbers settle it, judged or not', both(0, 15), both(15, 15), {}, 'notMet'],
  ] as const)('%s', (_, amount, orders, held, expected) => {
    expect(outcome(aUp, { amount, orders }, held)).toBe(expected)
  })
  it('does not run on too little history, nor on growth from nothing', () => {
    expect(outcome(aUp, { amount: { ...both(15, 15), previous: noHistory }, orders: both(15, 15) }, judged)).toBe('notRun')
    expect(outcome(aUp, { amount: { ...both(15, 15), current: isNew }, orders: both(15, 15) }, judged)).toBe('notRun')
  })
  it('takes both cycles together where the policy says so [I-28]', () => {
    const cumulated = policyWith((p) => (p.growth.twoCycle = 'cumulated'))
    const trend = { amount: { ...both(30, 0), together: percent(15) }, orders: { ...both(30, 0), together: percent(15) } }
    expect(outcome(aUp, trend, judged, cumulated)).toBe('met')
    expect(outcome(aUp, trend, judged)).toBe('notMet')
  })
  it('says what was asked and what was found', () => {
    expect(aUp(input({ amount: both(20, 15), orders: both(15, 15) })).conditions[0]).toEqual({
      name: 'amountGrowth',
      kind: 'number',
      parameter: 'adjust.A.up.growth',
      unit: 'percent',
      op: '>=',
      required: 15,
      actual: 20,
      met: true,
      previous: 100_000_000,
      current: 120_000_000,
    })
  })
})

describe('B up [ADJ-03]: P-26 ≥ 30 % and P-27 ≥ 2 more a quarter in one cycle, one judged', () => {
  const orders = (previous: number, current: number) => ({ current: { previous, current, percent: null } })
  it.each([
    ['at the limits', 30, orders(10, 14), { goodRelations: true }, 'met'],
    ['amount just below', 29.99, orders(10, 14), { goodRelations: true }, 'notMet'],
    ['one purchase short', 30, orders(10, 13), { goodRelations: true }, 'notMet'],
    ['from no purchase at all', 30, orders(0, 4), { potentialRealised: true }, 'met'],
    ['nothing judged', 30, orders(10, 14), {}, 'notRun'],
  ] as const)('%s', (_, growth, o, held, expected) => {
    expect(outcome(bUp, { amount: { current: percent(growth) }, orders: o }, held)).toBe(expected)
  })
  it('does not look at the cycle before', () => {
    expect(outcome(bUp, { amount: { ...both(30, -50) }, orders: orders(10, 14) }, { goodRelations: true })).toBe('met')
  })
  it('numbers alone suffice where the policy says so', () => {
    const numbers = policyWith((p) => (p.adjust.combine.up = 'numbers'))
    expect(outcome(bUp, { amount: { current: percent(30) }, orders: orders(10, 14) }, {}, numbers)).toBe('met')
  })
  it('a quarter is three months of the cycle, however long that is', () => {
    const quarterly = policyWith((p) => (p.cycle.length = 3))
    const trend = { amount: { current: percent(30) }, orders: orders(10, 12) }
    expect(outcome(bUp, trend, { goodRelations: true }, quarterly)).toBe('met')
    expect(outcome(bUp, trend, { goodRelations: true })).toBe('notMet')
  })
})

describe('A down [ADJ-05]: P-28 > 20 % in each of two cycles, no recovery in sight', () => {
  const falling = percent(-1)
  it.each([
    ['beyond the limit', both(-20.01, -20.01), falling, 'met'],
    ['exactly 20 % is not more than 20 %', both(-20, -20.01), falling, 'notMet'],
    ['one cycle only', both(-50, 0), falling, 'notMet'],
    ['the last quarter recovered', both(-30, -30), percent(1), 'notMet'],
    ['the last quarter stands still', both(-30, -30), percent(0), 'notMet'],
  ] as const)('%s', (_, amount, recovery, expected) => {
    expect(outcome(aDown, { amount, recovery })).toBe(expected)
  })
  it('a person answers for the recovery where purchases cannot', () => {
    const trend = { amount: both(-30, -30), recovery: noHistory }
    expect(outcome(aDown, trend)).toBe('notRun')
    expect(outcome(aDown, trend, { noRecovery: true })).toBe('met')
    expect(outcome(aDown, trend, { noRecovery: false })).toBe('notMet')
  })
  it('a drop that we caused does not count', () => {
    const trend = { amount: both(-30, -30), recovery: falling, excused: { previous: true } }
    expect(outcome(aDown, trend)).toBe('notMet')
    expect(aDown(input(trend)).conditions[1]).toMatchObject({ actual: 30, met: false, reason: 'excused' })
  })
  it('judged conditions are evidence, unless the policy asks for one', () => {
    const strict = policyWith((p) => (p.adjust.combine.down = 'numbersAndOneJudged'))
    const trend = { amount: both(-30, -30), recovery: falling }
    expect(outcome(aDown, trend, {}, strict)).toBe('notRun')
    expect(outcome(aDown, trend, { disputeUnsettled: true }, strict)).toBe('met')
    expect(outcome(aDown, trend, { disputeUnsettled: false, potentialDown: false }, strict)).toBe('notMet')
    expect(outcome(aDown, { amount: both(0, 0), recovery: falling }, { disputeUnsettled: true }, strict)).toBe('notMet')
  })
  it('takes both cycles together where the policy says so [I-28]', () => {
    const cumulated = policyWith((p) => (p.growth.twoCycle = 'cumulated'))
    const amount = { ...both(-45, 0), together: percent(-20.01) }
    expect(outcome(aDown, { amount, recovery: falling }, {}, cumulated)).toBe('met')
    expect(outcome(aDown, { amount, recovery: falling, excused: { current: true } }, {}, cumulated)).toBe('notMet')
  })
  it('what is new did not drop', () => {
    expect(outcome(aDown, { amount: { current: isNew, previous: percent(-30) }, recovery: falling })).toBe('notMet')
  })
})

describe('B down [ADJ-06]: P-29 ≥ 30 % in one cycle and P-30 ≥ 4 fewer a year', () => {
  const year = (previous: number, current: number) => ({ previous, current, percent: null })
  it.each([
    ['at the limits', -30, year(12, 8), 'met'],
    ['amount just below', -29.99, year(12, 8), 'notMet'],
    ['three fewer', -30, year(12, 9), 'notMet'],
    ['no history of frequency', -30, noHistory, 'notRun'],
    ['no history, but the amount settles it', 0, noHistory, 'notMet'],
  ] as const)('%s', (_, growth, rolling, expected) => {
    expect(outcome(bDown, { amount: { current: percent(growth) }, rolling })).toBe(expected)
  })
  it('yearly counts are scaled to the window [I-30]', () => {
    const half = policyWith((p) => (p.frequency.window.months = 6))
    expect(outcome(bDown, { amount: { current: percent(-30) }, rolling: year(6, 4) }, {}, half)).toBe('met')
  })
  it('stability counts as worse only after repeated contact [I-07]', () => {
    const strict = policyWith((p) => (p.adjust.combine.down = 'numbersAndOneJudged'))
    const trend = trendWith({ amount: { current: percent(-30) }, rolling: year(12, 8) })
    const run = (held: Held, latePayments: number, contactAttempts: number | null) =>
      bDown({
        policy: strict,
        trend,
        evidence: evidenceWith({ potentialStagnant: false, ...held }, { latePayments, contactAttempts }),
      }).outcome
    expect(run({ stabilityWorse: true }, 0, 3)).toBe('met')
    expect(run({ stabilityWorse: true }, 0, 2)).toBe('notMet')
    expect(run({ stabilityWorse: false }, 3, 3)).toBe('met')
    expect(run({ stabilityWorse: false }, 2, 3)).toBe('notMet')
    expect(run({ stabilityWorse: true }, 0, null)).toBe('notRun')
    expect(run({ potentialStagnant: true }, 0, null)).toBe('met')
    const unknown = bDown({ policy: strict, trend, evidence: evidenceWith({}, { latePayments: 3, contactAttempts: null }) })
    expect(unknown.conditions.at(-1)).toMatchObject({ name: 'contactAttempts', actual: null, met: null, reason: 'notRecorded' })
  })
})

describe('C down [ADJ-07]: falling in both cycles, together P-31 > 35 %', () => {
  it.each([
    ['beyond the limit', both(-40, -31), -35.01, 'met'],
    ['exactly 35 % is not more', both(-40, -30), -35, 'notMet'],
    ['not falling in one of them', both(-80, 0), -40, 'notMet'],
    ['falling by little in one of them', both(-80, -0.5), -40, 'met'],
  ] as const)('%s', (_, amount, together, expected) => {
    expect(outcome(cDown, { amount: { ...amount, together: percent(together) } })).toBe(expected)
  })
  it('an excused cycle breaks the fall', () => {
    const amount = { ...both(-40, -40), together: percent(-40) }
    expect(outcome(cDown, { amount, excused: { current: true } })).toBe('notMet')
  })
  it('lists the judged conditions as evidence', () => {
    expect(cDown(input({})).conditions.map((c) => c.name)).toEqual([
      'amountFalling',
      'amountFallingBefore',
      'cumulativeDrop',
      'potentialDown',
      'willingnessLower',
      'complaintsUnresolved',
    ])
  })
})

describe('D down [ADJ-08]: P-32 > 50 % and P-33 < 2 a year, one judged', () => {
  it.each([
    ['beyond the limits', -50.01, 1, { potentialGone: true }, 'met'],
    ['exactly halved', -50, 1, { potentialGone: true }, 'notMet'],
    ['two purchases', -60, 2, { potentialGone: true }, 'notMet'],
    ['nothing judged', -60, 1, {}, 'notRun'],
    ['judged no', -60, 1, { potentialGone: false, relationBreaking: false }, 'notMet'],
    ['no history of frequency', -60, null, { potentialGone: true }, 'notRun'],
  ] as const)('%s', (_, growth, rollingOrders, held, expected) => {
    expect(outcome(dDown, { amount: { current: percent(growth) }, rollingOrders }, held)).toBe(expected)
  })
})

describe('what is known settles a rule, what is not leaves it open', () => {
  it('all', () => {
    expect([allOf([]), allOf([true, true]), allOf([true, null]), allOf([null, false])]).toEqual([true, true, null, false])
  })
  it('any', () => {
    expect([anyOf([]), anyOf([false, false]), anyOf([false, null]), anyOf([null, true])]).toEqual([false, false, null, true])
  })
  it('each operator is the policy’s [decision 6]', () => {
    const inclusive = policyWith((p) => (p.adjust.A.down.amountDrop = { op: '>=', value: 20 }))
    expect(outcome(aDown, { amount: both(-20, -20), recovery: percent(-1) }, {}, inclusive)).toBe('met')
  })
})
