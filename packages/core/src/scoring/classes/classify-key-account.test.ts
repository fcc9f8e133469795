import { describe, expect, test } from 'vitest'
import type { AccountFacts } from '../facts.ts'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { classifyKeyAccount, compileClasses } from './classify-key-account.ts'

const judgement = (score: number, judgedOn = '2026-05-01') => ({ score, judgedOn, by: 'u-4' })
const classes = (patch: Partial<AccountFacts>, policy = policyWith()) => classifyKeyAccount(factsWith(patch), policy, cycle)
const fits = (patch: Partial<AccountFacts>, policy = policyWith()) =>
  Object.fromEntries(classes(patch, policy).classes.map((c) => [c.id, c.fits]))

describe('classes of an account [CLS-02]', () => {
  test('by facts and policy, not exclusive', () => {
    expect(
      fits({
        purchases: [order('2026-01-05', 16_000_000)],
        judgements: { influence: judgement(80) },
        industryRank: { rank: 3, judgedOn: '2026-05-01', by: 'u-4' },
        partnership: { business: judgement(60), technology: judgement(59), market: judgement(60) },
      }),
    ).toEqual({ industryLeader: true, scaleDominant: true, strategicPartner: true })
    expect(
      fits({
        purchases: [order('2026-01-05', 15_999_999)],
        judgements: { influence: judgement(80) },
        industryRank: { rank: 4, judgedOn: '2026-05-01', by: 'u-4' },
        partnership: { business: judgement(60), technology: judgement(59), market: judgement(59) },
      }),
    ).toEqual({ industryLeader: false, scaleDominant: false, strategicPartner: false })
  })
  test('what is not known or stale decides nothing, and is named as far as a class asks for it', () => {
    const result = classes({
      judgements: { influence: judgement(90, '2025-06-30') },
      coverage: { from: '2026-01-01', to: '2026-08-01' },
    })
    expect(result.classes.map((c) => c.fits)).toEqual([null, null, null])
    expect(result.unknown).toEqual([
      { what: 'influence', reason: 'stale' },
      { what: 'industryRank', reason: 'missing' },
      { what: 'annualMinor', reason: 'insufficientHistory' },
      { what: 'businessPotential', reason: 'missing' },
      { what: 'technologyPotential', reason: 'missing' },
      { what: 'marketPotential', reason: 'missing' },
    ])
    const bySizeAlone = policyWith(
      (p) => (p.classes = { scaleDominant: p.classes['scaleDominant'] ?? { atLeast: 1, conditions: {} } }),
    )
    expect(classes({}, bySizeAlone).unknown).toEqual([])
  })
  test('a class without conditions is for people to give, whatever the facts', () => {
    const policy = policyWith((p) => (p.classes = {}))
    expect(fits({ purchases: [order('2026-01-05', 99_000_000)] }, policy)).toEqual({
      industryLeader: null,
      scaleDominant: null,
      strategicPartner: null,
    })
  })
  test('money of a condition is in the policy’s own currency; each condition names its parameter', () => {
    const policy = policyWith((p) => {
      p.exchangeRates = [{ from: 'EUR', to: 'CNY', since: '2025-01-01', rate: 8 }]
      p.classes = {
        scaleDominant: { atLeast: 1, conditions: { annualMinor: { op: '>', money: { currency: 'EUR', minor: 100 } } } },
      }
    })
    expect(compileClasses(policy)[1]).toEqual({
      id: 'scaleDominant',
      atLeast: 1,
      conditions: [
        { measure: 'annualMinor', threshold: { op: '>', value: 800 }, parameter: 'classes.scaleDominant.conditions.annualMinor' },
      ],
    })
    expect(fits({ purchases: [order('2026-01-05', 8)] }, policy)['scaleDominant']).toBe(false)
    expect(fits({ purchases: [{ ...order('2026-01-05', 8), minor: yuan(8) + 1 }] }, policy)['scaleDominant']).toBe(true)
  })
})
