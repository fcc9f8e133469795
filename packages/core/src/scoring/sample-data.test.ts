import { describe, expect, it } from 'vitest'
import { policySchema, presets, type Policy, type Tier } from '../policy/index.ts'
import type { AccountFacts } from './facts.ts'
import { indexPurchases, purchasesIn } from './measures/purchase-index.ts'
import { netAmount } from './measures/net-amount.ts'
import { sampleFilesMissing } from './testing/sample-files.ts'
import { factsWith } from './testing/fixtures.ts'
import { classifyAccounts } from './tier/classify-accounts.ts'
import { gradeAmount } from './tier/grade-factors.ts'
import { measureTier } from './tier/tier-measures.ts'
import { compileTierRules, tierAt } from './tier/tier-rules.ts'
import { measureTrend } from './trend/measure-trend.ts'
import type { DateSpan } from './types.ts'
import { factsByAccount, resellers, rowsIfThere, type PurchaseOf } from './testing/sample-portfolios.ts'

/** The manufacturer's policy with thresholds in scale with a sample file (rows P-07 … P-20). */
function policyFor(
  currency: string,
  lookback: number,
  [a, b, c]: readonly [number, number, number],
  [perMonth, perQuarter, about, below]: readonly [number, number, number, number],
): Policy {
  const money = (amount: number): string => `${currency} ${amount}`
  const { tier, growth, complaint } = presets.manufacturerCn
  return policySchema.parse({
    ...presets.manufacturerCn,
    currency,
    complaint: { ...complaint, compensationLimit: money(1_000) },
    growth: { ...growth, minChange: money(0) },
    cycle: { ...presets.manufacturerCn.cycle, length: 12, anchor: '2018-07-01' },
    tier: {
      ...tier,
      A: { ...tier.A, amount: { lookback, min: money(a) }, frequency: { minPerMonth: perMonth } },
      B: { ...tier.B, amount: { lookback, range: { from: money(b), to: money(a) } }, frequency: { minPerQuarter: perQuarter } },
      C: { ...tier.C, amount: { lookback, range: { from: money(c), to: money(b) } }, frequency: { aboutPerYear: about } },
      D: { ...tier.D, amount: { lookback, below: money(c) }, frequency: { belowPerYear: below } },
    },
  })
}

/** Customers by the letter of their amount alone. */
function splitByAmount(accounts: readonly AccountFacts[], policy: Policy, window: DateSpan): Record<Tier, number> {
  const rules = compileTierRules(policy)
  const split = { A: 0, B: 0, C: 0, D: 0 }
  for (const facts of accounts) split[tierAt(gradeAmount(measureTier(facts, policy, window), rules))]++
  return split
}

describe.skipIf(sampleFilesMissing !== null)(`sample data ${sampleFilesMissing ?? ''}`, () => {
  describe('AdventureWorks resellers (fictional, three fiscal years from July; the last has eleven months)', () => {
    const policy = policyFor('USD', 2, [450_000, 120_000, 10_000], [0.33, 0.75, 2, 1.6])
    const accounts = resellers({ coverage: { from: '2017-07-01', to: '2020-06-01' } })
    // The two years on record up to the last full month, 31 May 2020; only resellers who bought in them.
    const window = { from: '2018-06-01', to: '2020-06-01' }

    it('splits by amount as published: 18 / 75 / 90 / 116', () => {
      const active = accounts.filter((facts) => purchasesIn(indexPurchases(facts, 'orderDay', window.to), window) > 0)
      expect(active).toHaveLength(299)
      expect(splitByAmount(active, policy, window)).toEqual({ A: 18, B: 75, C: 90, D: 116 })
    })
    it('eleven months are not compared as a year, and do not make an amount of two years', () => {
      const fiscal2020 = { id: '2019-C1', from: '2019-07-01', to: '2020-07-01' }
      const fiscal2019 = { id: '2018-C1', from: '2018-07-01', to: '2019-07-01' }
      let [previous, current] = [0, 0]
      for (const facts of accounts) {
        const index = indexPurchases(facts, 'orderDay', '2020-08-01')
        expect(measureTrend(facts, policy, fiscal2020, index).amount.current.reason).toBe('insufficientHistory')
        expect(measureTier(facts, policy, fiscal2020).amountA).toBeNull()
        const whole = measureTrend(facts, policy, fiscal2019, index).amount.current
        previous += whole.previous ?? NaN
        current += whole.current ?? NaN
      }
      // The two full years are compared, and hold what the file is known to hold.
      expect(Math.abs(previous - 859_105_551)).toBeLessThan(200)
      expect(Math.abs(current - 1_552_201_833)).toBeLessThan(200)
    })
    it('every reseller gets a tier', () => {
      const split = { A: 0, B: 0, C: 0, D: 0 }
      for (const { classification } of classifyAccounts(accounts, policy, window)) split[classification.tier]++
      expect(split.A + split.B + split.C + split.D).toBe(318)
    })
  })

  describe('Online Retail (a wholesaler’s invoices)', () => {
    const policy = policyFor('GBP', 1, [5_000, 1_500, 400], [0.75, 1.25, 2.5, 2])
    const lines = rowsIfThere('online-retail-lines-even.csv.gz')
    /** A cancellation names no invoice: it takes back the latest earlier one with the same article, quantity and price. */
    const sold = new Map<string, string[]>()
    const accounts = factsByAccount(
      lines.map((row): PurchaseOf => {
        const quantity = Number(row['quantity'])
        const account = row['customer_id'] ?? ''
        const invoice = row['invoice_no'] ?? ''
        const article = `${account} ${row['stock_code'] ?? ''} ${Math.abs(quantity)} ${row['unit_price'] ?? ''}`
        if (quantity > 0) sold.set(article, [...(sold.get(article) ?? []), invoice])
        return [
          account,
          {
            date: (row['invoice_date'] ?? '').slice(0, 10),
            orderId: quantity > 0 ? invoice : (sold.get(article)?.pop() ?? invoice),
            minor: Math.round(quantity * Number(row['unit_price']) * 100),
            currency: 'GBP',
            kind: quantity > 0 ? 'order' : 'return',
          },
        ]
      }),
      { currency: 'GBP', relationshipStart: '2009-12-01', coverage: { from: '2010-12-01', to: '2011-12-10' } },
    )
    // The whole file, 1 December 2010 to 9 December 2011, net of cancellations, all customers: a year and nine days.
    const whole = { from: '2010-12-01', to: '2011-12-10' }
    const rules = compileTierRules(policy)

    it('splits by net amount as published: 117 / 445 / 833 / 792', () => {
      const split = { A: 0, B: 0, C: 0, D: 0 }
      for (const facts of accounts) {
        const net = netAmount(indexPurchases(facts, 'orderDay', whole.to), whole, policy)
        const m = { ...measureTier(facts, policy, whole), amountA: net, amountB: net, amountC: net }
        split[tierAt(gradeAmount(m, rules))]++
      }
      expect(split).toEqual({ A: 117, B: 445, C: 833, D: 792 })
    })
    it('customer 16446 bought 168,472.50 gross, and next to nothing net', () => {
      const facts = accounts.find((a) => a.accountId === '16446')
      const gross = facts?.purchases.reduce((sum, p) => sum + Math.max(0, p.minor), 0)
      expect(gross).toBe(16_847_250)
      const index = indexPurchases(facts ?? factsWith(), 'orderDay', whole.to)
      expect(netAmount(index, whole, policy)).toBe(290)
      expect(purchasesIn(index, whole)).toBe(1)
      const [result] = classifyAccounts(facts ? [facts] : [], policy, { from: '2010-12-10', to: '2011-12-10' })
      expect(result?.classification.tier).toBe('D')
    })
    it('every customer gets a tier, and the window of a year is on record', () => {
      let n = 0
      for (const { classification } of classifyAccounts(accounts, policy, { from: '2010-12-10', to: '2011-12-10' })) {
        expect(classification.parts[0]?.known).toBe(true)
        n++
      }
      expect(n).toBe(2_187)
    })
  })
})
