import { describe, expect, test } from 'vitest'
import { recommendTier } from './recommend-tier.ts'
import { cycle, factsWith, halves, order, policyWith } from './testing/fixtures.ts'
import { warningOf, warnPortfolio, type StandingAccount } from './warn-portfolio.ts'

const policy = policyWith()
const account = (accountId: string, purchases: StandingAccount['facts']['purchases']): StandingAccount => ({
  facts: factsWith({ accountId, purchases }),
  standing: { tier: 'A' },
})
const falling = account('falling', halves(800_000, 4, 4, 2, 2))
const steady = account('steady', halves(1_400_000, 3, 3, 3, 3))
const foreign = account('foreign', [{ ...order('2026-02-01', 100), currency: 'USD' }])

describe('early warning over a portfolio [ADJ-05 … ADJ-08, I-35]', () => {
  test('only those at risk come out, each with what its review says; who cannot be measured is told', () => {
    const found = [...warnPortfolio([falling, foreign, steady], policy, cycle)]
    expect(found.map((f) => [f.accountId, f.type])).toEqual([
      ['falling', 'atRisk'],
      ['foreign', 'failed'],
    ])
    expect(found[1]).toEqual({ type: 'failed', accountId: 'foreign', reason: 'missing_rate' })
    const { earlyWarning, classification } = recommendTier({ facts: falling.facts, policy, cycle, current: falling.standing })
    expect(found[0]).toEqual({
      type: 'atRisk',
      accountId: 'falling',
      tier: 'A',
      classified: classification.tier,
      warning: earlyWarning,
    })
    expect(warningOf({ facts: steady.facts, policy, cycle, current: steady.standing }).atRisk).toBe(false)
  })
  test('it asks for one account at a time, and for no more than are wanted', () => {
    let asked = 0
    function* endless(): Generator<StandingAccount> {
      for (;;) {
        asked += 1
        yield falling
      }
    }
    const warnings = warnPortfolio(endless(), policy, cycle)
    warnings.next()
    warnings.next()
    warnings.return()
    expect(asked).toBe(2)
  })
  test('a mistake of the program is not taken for a missing rate', () => {
    const broken = { ...steady, facts: { ...steady.facts, purchases: null as never } }
    expect(() => [...warnPortfolio([broken], policy, cycle)]).toThrow(TypeError)
  })
})
