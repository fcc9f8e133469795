import { describe, expect, test } from 'vitest'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { compareCurrencies } from './compare-currencies.ts'

const policy = policyWith((p) => {
  p.exchangeRates = [
    { from: 'EUR', to: 'CNY', since: '2024-01-01', rate: 8 },
    { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7 },
  ]
})

describe('constant currency beside the rates of the day [I-31, F-6]', () => {
  test('the same euros are no growth in constant currency, and a fall at the rates of the day', () => {
    const euro = (date: string) => ({ ...order(date, 1_000), currency: 'EUR' })
    const facts = factsWith({ purchases: [euro('2025-02-01'), euro('2026-02-01'), order('2026-02-02', 100)] })
    expect(compareCurrencies(facts, policy, cycle)).toEqual({
      span: { from: '2026-01-01', to: '2026-07-01' },
      comparedWith: { from: '2025-01-01', to: '2025-07-01' },
      constant: { previous: yuan(8_000), current: yuan(8_100), percent: 1.25 },
      current: { previous: yuan(8_000), current: yuan(7_100), percent: -11.25 },
      ratesMinor: yuan(-1_000),
    })
  })
  test('constant is the rate of the last day of the earlier period, whatever holds a day later', () => {
    const turning = policyWith((p) => {
      p.exchangeRates = [
        { from: 'EUR', to: 'CNY', since: '2025-06-30', rate: 8 },
        { from: 'EUR', to: 'CNY', since: '2025-07-01', rate: 7 },
      ]
    })
    const facts = factsWith({ purchases: [{ ...order('2026-02-01', 1_000), currency: 'EUR' }] })
    const { constant, current, ratesMinor } = compareCurrencies(facts, turning, cycle)
    expect([constant.current, current.current, ratesMinor]).toEqual([yuan(8_000), yuan(7_000), yuan(-1_000)])
  })
  test('too little history is no comparison', () => {
    expect(compareCurrencies(factsWith({ relationshipStart: '2025-01-02' }), policy, cycle)).toMatchObject({
      constant: { percent: null, reason: 'insufficientHistory' },
      current: { percent: null, reason: 'insufficientHistory' },
      ratesMinor: null,
    })
  })
})
