import { describe, expect, it } from 'vitest'
import { adventureWorks, onlineRetail, type Policy } from '../policy/index.ts'
import type { AccountFacts, Purchase } from '../scoring/facts.ts'
import { factsWith } from '../scoring/testing/fixtures.ts'
import { sampleFilesMissing, sampleRows } from '../scoring/testing/sample-files.ts'
import { measureTier } from '../scoring/tier/tier-measures.ts'
import { withNumber, withValue, valueAt } from './change-policy.ts'
import { cyclesOf } from './judge.ts'
import { simulated } from './testing/portfolio.ts'
import type { SimulatedAccount } from './types.ts'

/** A shop's customers as new ones: nothing is known but what they bought. */
function portfolio(purchases: Iterable<readonly [string, Purchase]>, patch: Partial<AccountFacts>): readonly SimulatedAccount[] {
  const byAccount = new Map<string, Purchase[]>()
  for (const [accountId, purchase] of purchases) {
    const list = byAccount.get(accountId)
    if (list) list.push(purchase)
    else byAccount.set(accountId, [purchase])
  }
  return [...byAccount].map(([accountId, list]) => ({
    accountId,
    facts: factsWith({ judgements: {}, ...patch, accountId, purchases: list }),
    standing: { tier: null },
  }))
}

const rows = (file: string): Record<string, string>[] => (sampleFilesMissing === null ? sampleRows(file) : [])
const resellers = portfolio(
  rows('adventureworks-order-lines-even.csv.gz').map((row): [string, Purchase] => [
    row['ResellerKey'] ?? '',
    {
      date: row['OrderDate'] ?? '',
      orderId: row['SalesOrderNumber'] ?? '',
      minor: Math.round(Number(row['SalesAmount']) * 100),
      currency: 'USD',
      kind: 'order',
    },
  ]),
  { currency: 'USD', relationshipStart: '2017-07-01' },
)
const wholesale = portfolio(
  rows('online-retail-lines-even.csv.gz').map((row): [string, Purchase] => [
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
      accounts: resellers,
      policy: reweighed(adventureWorks()),
      cycle: '2019-H2',
      count: 318,
    },
    { name: 'Online Retail wholesale', accounts: wholesale, policy: reweighed(onlineRetail()), cycle: '2011-C3', count: 2_187 },
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
