import type { Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import type { Classification, DateSpan } from '../types.ts'
import { classifyTier } from './classify-tier.ts'
import { measureTier } from './tier-measures.ts'
import { compileTierRules } from './tier-rules.ts'

/** An account and its classification. */
export interface ClassifiedAccount {
  readonly accountId: string
  readonly classification: Classification
}

/**
 * Classifies accounts as they come, one at a time: a portfolio is never in memory as a whole [ADJ-01].
 *
 * @param tierNow gives the account's present tier for the band [I-35]; without it, no tier is held.
 * @example
 * ```ts
 * for (const { accountId, classification } of classifyAccounts(portfolio, policy, cycle)) console.log(accountId, classification.tier)
 * ```
 */
export function* classifyAccounts(
  accounts: Iterable<AccountFacts>,
  policy: Policy,
  cycle: DateSpan,
  tierNow: (accountId: string) => Tier | null = () => null,
): Generator<ClassifiedAccount, void, undefined> {
  const rules = compileTierRules(policy)
  for (const facts of accounts) {
    const measures = measureTier(facts, policy, cycle, tierNow(facts.accountId))
    yield { accountId: facts.accountId, classification: classifyTier(measures, rules) }
  }
}
