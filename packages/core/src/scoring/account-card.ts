import type { Policy } from '../policy/schema.ts'
import { classifyKeyAccount, type ClassedAccount } from './classes/classify-key-account.ts'
import type { AccountFacts } from './facts.ts'
import { rebateAccount, type RebateStatement } from './rebate/rebate-account.ts'
import { recommendationOf } from './recommend-tier.ts'
import { reviewAccount } from './review-account.ts'
import { gradeAccount, type AccountGrade } from './scales/grade-account.ts'
import { scalesOf, type ScaleReading } from './scales/scales-of.ts'
import { segmentAccount, type SegmentedAccount } from './segments/segment-account.ts'
import { smallestLifts, type Lift } from './tier/smallest-lifts.ts'
import { compareCurrencies, type CurrencyComparison } from './trend/compare-currencies.ts'
import { seasonsOf, type Seasons } from './trend/seasons.ts'
import type { CurrentStanding, Recommendation, ReviewCycle, TrendMeasures } from './types.ts'
import { valueAccount, type ValuedAccount } from './value/value-account.ts'

/** Everything that the policy says of one account at the end of a cycle; JSON, plain data. */
export type AccountCard = {
  readonly accountId: string
  readonly cycle: ReviewCycle
  readonly standing: CurrentStanding
  /** The tier proposed, with its classification, rules, what is missing, and the early warning. */
  readonly recommendation: Recommendation
  /** The smallest changes that would lift it. */
  readonly lifts: readonly Lift[]
  /** The account on every named scale: the tier that it has, its grade, its service level [decision 7]. */
  readonly scales: readonly ScaleReading[]
  readonly grade: AccountGrade
  readonly classes: ClassedAccount
  readonly segment: SegmentedAccount
  readonly value: ValuedAccount
  readonly trend: TrendMeasures
  readonly currency: CurrencyComparison
  readonly seasons: Seasons
  /** Of the calendar year, as far as the cycle's end. */
  readonly rebate: RebateStatement
}

/**
 * All that scoring knows of an account, gathered once: its purchases are indexed, its trend and its tier measured a single time, and every part rests on them.
 * With the facts of a group (`mergeFacts`) the rebate is that of all its members together; what each has earned, `rebateAccount` says of its own facts.
 *
 * @throws GovernanceError `missing_rate` when a purchase in another currency has no rate in the policy.
 * @example
 * ```ts
 * const card = accountCard(facts, policy, cycle, { tier: 'B' })
 * card.scales.map(({ scale, level }) => `${scale} ${String(level)}`) // => ['tier B', 'grade B', 'serviceLevel 2']
 * card.rebate.minor // => 3000000
 * ```
 */
export function accountCard(facts: AccountFacts, policy: Policy, cycle: ReviewCycle, standing: CurrentStanding): AccountCard {
  const review = reviewAccount({ facts, policy, cycle, current: standing })
  const { index, trend, measures, tierRules } = review
  const recommendation = recommendationOf(review)
  const grade = gradeAccount(facts, policy, cycle, review)
  return {
    accountId: facts.accountId,
    cycle: { id: cycle.id, from: cycle.from, to: cycle.to },
    standing,
    recommendation,
    lifts: smallestLifts(measures, tierRules),
    scales: scalesOf({ tier: standing.tier, grade: grade.grade }, policy.drivingScale),
    grade,
    classes: classifyKeyAccount(facts, policy, cycle, index),
    segment: segmentAccount(facts, policy, cycle),
    value: valueAccount(facts, policy, cycle, index),
    trend,
    currency: compareCurrencies(facts, policy, cycle, index),
    seasons: seasonsOf(facts, policy, cycle, index),
    rebate: rebateAccount(facts, policy, cycle.to),
  }
}
