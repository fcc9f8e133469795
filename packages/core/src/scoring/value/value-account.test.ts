import { describe, expect, test } from 'vitest'
import { cycle, factsWith, monthly, order, policyWith, yuan } from '../testing/fixtures.ts'
import { valueAccount } from './value-account.ts'

const judgement = (score: number) => ({ score, judgedOn: '2026-05-01', by: 'u-4' })
const facts = factsWith({
  purchases: monthly('2025-07-01', 12, 2, 400_000),
  judgements: { potential: judgement(70), loyalty: judgement(80), influence: judgement(40) },
})

describe('the value of an account [CLS-05]', () => {
  test('a sum that a person can check, from facts and policy', () => {
    // 9.6 m of 16 m; 24 of 48 purchases; 9.6 m × 22 % × 0.9 / (1.08 − 0.9) = 10.56 m of 18 m.
    const value = valueAccount(facts, policyWith(), cycle)
    expect(value.lifetime).toMatchObject({ period: 'year', marginMinor: yuan(2_112_000), valueMinor: yuan(10_560_000) })
    expect(value.parts.map((p) => [p.name, p.points])).toEqual([
      ['spend', 18],
      ['frequency', 7.5],
      ['potential', 14],
      ['lifetime', 8.8],
      ['loyalty', 8],
      ['influence', 4],
    ])
    expect(value).toMatchObject({
      points: 60.3,
      yearMinor: yuan(9_600_000),
      year: { from: '2025-07-01', to: '2026-07-01' },
      unknown: [],
    })
  })
  test('the spend of a shorter period is its share of the year, so that no season decides', () => {
    const monthlyTerms = policyWith((p) => (p.lifetime.period = 'month'))
    const once = factsWith({ purchases: [order('2026-06-30', 1_200_000)] })
    expect(valueAccount(once, monthlyTerms, cycle).parts[0]?.raw).toBe(yuan(100_000))
    expect(
      valueAccount(
        once,
        policyWith((p) => (p.lifetime.period = 'quarter')),
        cycle,
      ).parts[0]?.raw,
    ).toBe(yuan(300_000))
  })
  test('a relation shorter than a year has no yearly spend; what is not known is named', () => {
    const young = valueAccount({ ...facts, relationshipStart: '2025-07-02', judgements: {} }, policyWith(), cycle)
    expect(young).toMatchObject({ yearMinor: null, lifetime: null, missing: expect.arrayContaining(['spend', 'lifetime']) })
    expect(young.unknown.map(({ what, reason }) => `${what} ${reason}`)).toEqual([
      'spend insufficientHistory',
      'potential missing',
      'loyalty missing',
      'influence missing',
    ])
    const partly = valueAccount({ ...facts, coverage: { from: '2025-09-01', to: '2026-08-01' } }, policyWith(), cycle)
    expect(partly.unknown.map(({ what }) => what)).toEqual(['spend', 'frequency'])
  })
})
