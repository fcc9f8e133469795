import { expect, it } from 'vitest'
import type { AccountFacts } from '../facts.ts'
import { cycle, factsWith, monthly, policyWith } from '../testing/fixtures.ts'
import { classifyAccounts } from './classify-accounts.ts'
import { classifyTier } from './classify-tier.ts'
import { measureTier } from './tier-measures.ts'
import { compileTierRules } from './tier-rules.ts'

it('accounts are classified as they come, each with the tier that it has now [ADJ-01, I-35]', () => {
  const policy = policyWith()
  const purchases = monthly('2024-07-01', 24, 2, 300_000)
  const portfolio = ['a-1', 'a-2'].map((accountId) => factsWith({ accountId, purchases }))
  let taken = 0
  function* coming(): Generator<AccountFacts> {
    for (const facts of portfolio) {
      taken += 1
      yield facts
    }
  }
  const one = (facts: AccountFacts, now: 'A' | null) =>
    classifyTier(measureTier(facts, policy, cycle, now), compileTierRules(policy))
  const [first, second] = portfolio.map((facts) => one(facts, null))
  const stream = classifyAccounts(coming(), policy, cycle)
  expect(stream.next().value).toEqual({ accountId: 'a-1', classification: first })
  expect(taken).toBe(1)
  expect([...stream]).toEqual([{ accountId: 'a-2', classification: second }])
  const now = (accountId: string) => (accountId === 'a-2' ? ('A' as const) : null)
  expect([...classifyAccounts(portfolio, policy, cycle, now)].map(({ classification }) => classification)).toEqual([
    first,
    one(factsWith({ accountId: 'a-2', purchases }), 'A'),
  ])
})
