import { describe, expect, test } from 'vitest'
import type { AccountFacts } from '../facts.ts'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { compileGrade, gradeAccount } from './grade-account.ts'

const policy = policyWith()
const judged = (score: number, judgedOn = '2026-05-01') => ({ score, judgedOn, by: 'u-4' })
const answer = (id: string, on: string, says: 'satisfied' | 'neutral') => ({ id, on, says })
/** 6 m yuan in the cycle after 5 m a year before: +20 %; three of four satisfied. */
const facts = factsWith({
  purchases: [order('2025-02-01', 5_000_000), order('2026-02-01', 6_000_000)],
  judgements: { loyalty: judged(80), influence: judged(60) },
  surveys: [
    answer('s-1', '2026-01-01', 'satisfied'),
    answer('s-2', '2026-03-01', 'satisfied'),
    answer('s-3', '2026-06-30', 'satisfied'),
    answer('s-4', '2026-06-30', 'neutral'),
    answer('before', '2025-12-31', 'neutral'),
    answer('after', '2026-07-01', 'neutral'),
  ],
})
const grade = (patch: Partial<AccountFacts> = {}, p = policy) => gradeAccount({ ...facts, ...patch }, p, cycle)

describe('the KA grade of an account [TIER-06, I-05, decision 7]', () => {
  test('a sum that a person can check, with what each part rests on', () => {
    // 35/20/20/15/10 of: 6 m of 8 m = 75; +20 % of −20…20 = 100; 75 % of 50…100 = 50; 80; 60.
    const result = grade()
    expect(result.parts.map((p) => [p.name, p.raw, p.score, p.points])).toEqual([
      ['sales', yuan(6_000_000), 75, 26.25],
      ['growth', 20, 100, 20],
      ['satisfaction', 75, 50, 10],
      ['loyalty', 80, 80, 12],
      ['influence', 60, 60, 6],
    ])
    expect(result).toMatchObject({
      status: 'graded',
      grade: 'B',
      points: 74.25,
      lacks: 10.75,
      quantitativePoints: 56.25,
      qualitativePoints: 18,
      unknown: [],
      growth: { previous: yuan(5_000_000), current: yuan(6_000_000), percent: 20 },
      judged: { loyalty: judged(80), influence: judged(60) },
    })
    expect(result.satisfaction).toEqual({ percent: 75, counted: ['s-1', 's-2', 's-3'], of: ['s-1', 's-2', 's-3', 's-4'] })
  })
  test('only admitted key accounts are graded', () => {
    expect(grade({ isKeyAccount: false })).toMatchObject({ status: 'notKeyAccount', grade: null, points: null, parts: [] })
  })
  test('what is missing is weighed anew among its kind: judgements never count for more than their share', () => {
    const silent = grade({ surveys: [] })
    expect(silent.unknown).toEqual([{ what: 'satisfaction', reason: 'missing' }])
    // 75 % × (75×35 + 100×20)/55 + 18
    expect(silent.quantitativePoints).toBeCloseTo((0.75 * (75 * 35 + 100 * 20)) / 55, 4)
    expect(silent.qualitativePoints).toBe(18)
    const half = grade({ judgements: { loyalty: judged(80) } })
    expect(half.qualitativePoints).toBe(20)
    expect(half.quantitativePoints).toBe(56.25)
  })
  test('where nothing of one kind is known, the other speaks alone, and it is said', () => {
    const unjudged = grade({ judgements: { loyalty: judged(90, '2025-06-30') } })
    expect(unjudged.qualitativePoints).toBeNull()
    expect(unjudged.points).toBe(75)
    expect(unjudged.unknown).toEqual([
      { what: 'loyalty', reason: 'stale' },
      { what: 'influence', reason: 'missing' },
    ])
    expect(unjudged.judged).toEqual({ loyalty: null, influence: null })
  })
  test('judgements that count for nothing change nothing', () => {
    const measuredOnly = policyWith((p) => {
      p.grade.weights = { sales: 50, growth: 30, satisfaction: 20, loyalty: 0, influence: 0 }
      p.grade.qualitativeShare = 0
    })
    const result = grade({}, measuredOnly)
    // 75 × 50 % + 100 × 30 % + 50 × 20 %
    expect(result).toMatchObject({ points: 77.5, quantitativePoints: 77.5, qualitativePoints: 0 })
    expect(result.parts.map((p) => p.weight)).toEqual([50, 30, 20, 0, 0])
  })
  test('nothing known is no grade, never D; a relation shorter than the cycle has no sales of a cycle', () => {
    const young = grade({ judgements: {}, surveys: [], relationshipStart: '2026-01-02' })
    expect(young).toMatchObject({ status: 'noData', grade: null, points: null, missing: expect.arrayContaining(['sales']) })
    expect(young.unknown.map(({ what, reason }) => `${what} ${reason}`)).toEqual([
      'sales insufficientHistory',
      'growth insufficientHistory',
      'satisfaction missing',
      'loyalty missing',
      'influence missing',
    ])
  })
  test('the terms hold money in the policy’s own currency', () => {
    const euro = policyWith((p) => {
      p.exchangeRates = [{ from: 'EUR', to: 'CNY', since: '2025-01-01', rate: 8 }]
      p.grade.spans.sales = { zero: { currency: 'CNY', minor: 0 }, full: { currency: 'EUR', minor: 100 } }
    })
    expect(compileGrade(euro).spans.sales).toEqual({ zero: 0, full: 800 })
  })
})
