import { isGovernanceError } from '../errors/index.ts'
import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { earlyWarning } from './early-warning.ts'
import type { AccountFacts } from './facts.ts'
import { reviewAccount, type RecommendInput } from './review-account.ts'
import type { CurrentStanding, EarlyWarning, ReviewCycle } from './types.ts'

/** An account and where it stands. */
export type StandingAccount = { readonly facts: AccountFacts; readonly standing: CurrentStanding }

/** An account that is at risk, or that could not be measured. */
export type PortfolioWarning =
  | {
      readonly type: 'atRisk'
      readonly accountId: string
      readonly tier: Tier | null
      /** What the facts of this cycle make it. */
      readonly classified: Tier
      readonly warning: EarlyWarning
    }
  | {
      readonly type: 'failed'
      readonly accountId: string
      /** Code of the error, `missing_rate` for one. */
      readonly reason: string
    }

/** The early warning of one account: how near it is to its tier's down rule, number by number [ADJ-05 … ADJ-08, I-35]. */
export const warningOf = (input: RecommendInput): EarlyWarning => earlyWarning(reviewAccount(input))

/**
 * Early warning over a portfolio, one account at a time: only those at risk come out, and nothing is kept [ADJ-05 … ADJ-08, I-35]. An account that cannot be
 * measured is told, and stops nobody behind it.
 *
 * @example
 * ```ts
 * const accounts = portfolio.map((one) => ({ facts: one, standing: { tier: 'A' as const } }))
 * for (const found of warnPortfolio(accounts, policy, cycle)) if (found.type === 'atRisk') console.log(found.accountId, found.warning.warnings)
 * ```
 */
export function* warnPortfolio(
  accounts: Iterable<StandingAccount>,
  policy: Policy,
  cycle: ReviewCycle,
): Generator<PortfolioWarning, void, undefined> {
  for (const { facts, standing } of accounts) {
    const found = measure({ facts, policy, cycle, current: standing })
    if (found.type === 'failed' || found.warning.atRisk) yield found
  }
}

function measure(input: RecommendInput): PortfolioWarning {
  const { accountId } = input.facts
  try {
    const review = reviewAccount(input)
    const { tier } = input.current
    return { type: 'atRisk', accountId, tier, classified: review.classification.tier, warning: earlyWarning(review) }
  } catch (error) {
    if (!isGovernanceError(error)) throw error
    return { type: 'failed', accountId, reason: error.code }
  }
}
