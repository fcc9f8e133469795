import { describe, expect, it } from 'vitest'
import { adventureWorks, onlineRetail, type Policy } from '../policy/index.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { factsWith } from '../scoring/testing/fixtures.ts'
import { sampleFilesMissing } from '../scoring/testing/sample-files.ts'
import { measureTier } from '../scoring/tier/tier-measures.ts'
import { withNumber, withValue, valueAt } from './change-policy.ts'
import { cyclesOf } from './judge.ts'
import { simulated } from './testing/portfolio.ts'
import type { SimulatedAccount } from './types.ts'
import { factsByAccount, resellers, rowsIfThere } from '../scoring/testing/sample-portfolios.ts'

/** A shop's customers as new ones: nothing is known but what they bought. */
const asNew = (portfolio: readonly AccountFacts[]): readonly SimulatedAccount[] =>
  portfolio.map((facts) => ({ accountId: facts.accountId, facts, standing: { tier: null } }))

const wholesale = factsByAccount(
  rowsIfThere('online-retail-lines-even.csv.gz').map((row) => [
    row['customer_id'] ?? '',
    {
      date: (row['invoice_date'] ?? '').slice(0, 10),
      orderId: row['invoice_no'] ?? '',
      minor: Math.round(Number(row['quantity']) * Number(row['unit_price']) * 100),
      currency: 'GBP',
      kind: Number(row['quantity']) > 0 ? 'order' : 'return',
    },
  ]),
  { currency: 'GBP', relationshipStart: '2009-12-01' },
)

/** People judged nobody here: known factors are weighed at once. */
const reweighed = (policy: Policy): Policy => withValue(policy, ['tier', 'missingData'], 'reweigh')

/** P-07 by so many percent, with the upper end of P-11. */
function withTop(policy: Policy, percent: number): Policy {
  const top = ['tier', 'A', 'amount', 'min']
  const before = policy.tier.A.amount.min.minor
  const money = withNumber(valueAt(policy, top), Math.round(before * (1 + percent / 100)))
  return withValue(withValue(policy, top, money), ['tier', 'B', 'amount', 'range', 'to'], money)
}

describe.skipIf(sampleFilesMissing !== null)(`a draft on real portfolios ${sampleFilesMissing ?? ''}`, () => {
  it.each([
    {
      name: 'AdventureWorks resellers (fictional)',
      accounts: asNew(resellers()),
      policy: reweighed(adventureWorks()),
      cycle: '2019-H2',
      count: 318,
    },
    {
      name: 'Online Retail wholesale',
      accounts: asNew(wholesale),
      policy: reweighed(onlineRetail()),
      cycle: '2011-C3',
      count: 2_187,
    },
  ])(
    '$name: P-07 down and up moves whom the sensitivity says, each for that reason alone',
    async ({ accounts, policy, cycle, count }) => {
      const { sensitivity, accounts: counts } = await simulated(null, policy, accounts, {
        cycle,
        sensitivity: { parameters: ['P-07'], percent: 25 },
      })
      expect([counts.total, counts.failed]).toEqual([count, 0])
      let moved = 0
      for (const percent of [-25, 25]) {
        const draft = withTop(policy, percent)
        const { movers, recommended, diff } = await simulated(policy, draft, accounts, {
          cycle,
          sensitivity: false,
          movers: 10_000,
        })
        const row = sensitivity?.find((one) => one.percent === percent)
        expect([movers.total, movers.up, movers.down]).toEqual([row?.moved, row?.up, row?.down])
        expect(diff).toHaveLength(2)
        moved += movers.total
        const span = cyclesOf(cycle, draft, null).draft
        for (const { accountId, because, minor } of movers.listed) {
          const facts = accounts.find((account) => account.accountId === accountId)?.facts ?? factsWith()
          const { amountA } = measureTier(facts, draft, span)
          expect(because).toMatchObject([{ number: 'P-07', actual: amountA }])
          expect(minor).toBe(amountA)
          const [low, high] = [draft, policy].map(({ tier }) => tier.A.amount.min.minor).toSorted((a, b) => a - b)
          expect(amountA).toBeGreaterThanOrEqual(low ?? NaN)
          expect(amountA).toBeLessThan(high ?? NaN)
        }
        expect(Object.values(recommended).reduce((sum, to) => sum + Object.values(to).reduce((n, c) => n + c, 0), 0)).toBe(count)
      }
      expect(moved).toBeGreaterThan(0)
    },
  )
})
