import { describe, expect, it } from 'vitest'
import { parameterAt } from '../../policy/clauses.ts'
import { policyWith, yuan } from '../testing/fixtures.ts'
import { compileTierRules, type Limit } from './tier-rules.ts'

describe('tier rules of a policy [TIER-02 … TIER-05]', () => {
  const rules = compileTierRules(policyWith())
  const limits: Limit[] = [rules.A, rules.B, rules.C].flatMap((l) => [l.amount, l.frequency, l.years, l.disputes])

  it('name parameters of the policy by their own rows', () => {
    for (const { parameter, clause } of limits)
      expect([parameter, parameterAt(parameter.split('.'))?.id]).toEqual([parameter, clause])
  })
  it('ask for a judged factor by the row of the tier', () => {
    expect([rules.A, rules.B, rules.C].map(({ score }) => score)).toEqual([
      { op: '>=', value: 80, parameter: 'tier.judged.A', clause: 'TIER-02' },
      { op: '>=', value: 60, parameter: 'tier.judged.B', clause: 'TIER-03' },
      { op: '>=', value: 40, parameter: 'tier.judged.C', clause: 'TIER-04' },
    ])
  })
  it('keep each operator as the wording has it [decision 6]', () => {
    expect(rules.A.years).toMatchObject({ op: '>', value: 3 })
    expect(rules.B.years).toMatchObject({ op: '>=', value: 2 })
  })
  it('"about X" holds from X less the tolerance, without decimal noise [I-14]', () => {
    expect([rules.C.frequency.value, rules.C.years.value]).toEqual([4, 0.8])
    const three = compileTierRules(policyWith((p) => (p.tier.C.frequency.aboutPerYear = 3)))
    expect(three.C.frequency.value).toBe(2.4)
  })
  it('no limit of disputes is no limit', () => {
    const free = compileTierRules(policyWith((p) => (p.tier.C.disputes.max = null)))
    expect(free.C.disputes.value).toBe(Number.MAX_SAFE_INTEGER)
  })
  it('an amount in another currency is converted at the start of the policy', () => {
    const euro = policyWith((p) => {
      p.tier.A.amount.min = { currency: 'EUR', minor: 200_000_000 }
      p.exchangeRates = [{ from: 'EUR', to: 'CNY', since: '2025-01-01', rate: 8 }]
    })
    expect(compileTierRules(euro).A.amount.value).toBe(yuan(16_000_000))
  })
})
