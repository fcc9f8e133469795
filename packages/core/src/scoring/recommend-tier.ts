import { earlyWarning } from './early-warning.ts'
import { firstOutcome, provisionalOutcome, settledOutcome, type Outcome } from './outcome.ts'
import { inOrder } from './proposed-move.ts'
import { reviewAccount, type RecommendInput, type Review } from './review-account.ts'
import type { Recommendation } from './types.ts'

/**
 * What the review of a cycle proposes for an account, with everything it rests on [ADJ-02 … ADJ-10, decisions 1–3]. Pure; the result is
 * frozen JSON for the journal, bounded in size whatever the number of purchases.
 *
 * Order: an account that is too new is not assessed; the first assessment sets the class; else the tier's up and down rules and their
 * fallbacks run. A met rule moves; override, grace, gates and contradiction can block it, and say so; a missing judgement holds once.
 *
 * @throws GovernanceError `missing_rate` when a purchase in another currency has no rate in the policy.
 * @example
 * ```ts
 * const { direction, recommended } = recommendTier({ facts, policy, cycle: cycleById('2026-H1', policy.cycle), current: { tier: 'B' } })
 * direction // => 'stay'
 * recommended // => 'B'
 * ```
 */
export function recommendTier(input: RecommendInput): Recommendation {
  return recommendationOf(reviewAccount(input))
}

/** The same from a review that was made already. */
export function recommendationOf(review: Review): Recommendation {
  const { facts, cycle, current, classification, settled, missing } = review
  return deepFreeze({
    accountId: facts.accountId,
    cycle: cycle.id,
    currentTier: current.tier,
    ...outcomeOf(review),
    classification,
    rules: settled === null ? [] : inOrder(settled.run),
    missing,
    earlyWarning: earlyWarning(review),
  })
}

/** The deciding part alone. */
export function outcomeOf(review: Review): Outcome {
  if (review.classification.status === 'provisional') return provisionalOutcome(review)
  return review.settled === null ? firstOutcome(review) : settledOutcome(review, review.settled.tier, review.settled.run)
}

function deepFreeze<T extends object>(value: T): T {
  Object.freeze(value)
  for (const key in value) {
    const member: unknown = value[key]
    // What the classification froze already is left as it is.
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) deepFreeze(member)
  }
  return value
}
