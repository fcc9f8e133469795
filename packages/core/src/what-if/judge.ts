import { addDays } from '../calendar/index.ts'
import { cycleById, cycleOf } from '../policy/cycle.ts'
import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { canonicalJson } from '../rules/index.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { outcomeOf } from '../scoring/recommend-tier.ts'
import { judgeReview, measureReview, type Measured } from '../scoring/review-account.ts'
import { compileTierRules, type TierRules } from '../scoring/tier/tier-rules.ts'
import { growth } from '../scoring/trend/growth.ts'
import { minChangeOf } from '../scoring/trend/measure-trend.ts'
import type { Change, Classification, CurrentStanding, Recommendation, ReviewCycle, TrendMeasures } from '../scoring/types.ts'
import type { TierOrExit } from './types.ts'

/** A policy, prepared to judge any number of accounts in one cycle. */
export interface Judge {
  readonly policy: Policy
  readonly cycle: ReviewCycle
  readonly rules: TierRules
  /** `growth.minChange` in minor units of the policy's currency. */
  readonly minChange: number
  /** Policies with the same key measure every account alike. */
  readonly measuring: string
}

/** What is judged. */
export interface Judged {
  readonly facts: AccountFacts
  readonly standing: CurrentStanding
}

/** What a policy makes of an account, without the reasons. */
export interface Verdict {
  readonly class: Tier
  readonly status: Classification['status']
  readonly points: number | null
  readonly recommended: TierOrExit
  readonly direction: Recommendation['direction']
}

/** Prepares a policy. @throws GovernanceError `missing_rate` where an amount of it cannot be stated in its currency. */
export function prepareJudge(policy: Policy, cycle: ReviewCycle): Judge {
  const rules = compileTierRules(policy)
  return { policy, cycle, rules, minChange: minChangeOf(policy), measuring: canonicalJson(measuringParameters(policy)) }
}

/**
 * Everything that decides what is measured, and nothing that only judges it. `growth.minChange` is left out: what it hides is measured anyway, see {@link judgeAccount}.
 */
const measuringParameters = ({
  tier,
  purchase,
  amount,
  frequency,
  growth: { compare },
  trend,
  cycle,
  currency,
  exchangeRates,
}: Policy) => ({
  lookbacks: [tier.A.amount.lookback, tier.B.amount.lookback, tier.C.amount.lookback],
  level: tier.level,
  frequencyBasis: tier.frequencyBasis,
  judgementMaxAge: tier.judgementMaxAge,
  provisional: tier.provisional.cycles,
  purchase,
  amount,
  frequency,
  compare,
  trend,
  cycle: { length: cycle.length, anchor: cycle.anchor },
  currency,
  exchangeRates,
})

/** The cycle of an id under a policy, and the one in which another policy reviews the same last day. */
export function cyclesOf(
  id: string,
  draft: Policy,
  inForce: Policy | null,
): { readonly draft: ReviewCycle; readonly inForce: ReviewCycle } {
  const cycle = cycleById(id, draft.cycle)
  return { draft: cycle, inForce: inForce === null ? cycle : cycleOf(addDays(cycle.to, -1), inForce.cycle) }
}

/** What a policy goes by: the account itself, or its group where it reviews by groups and the other policy does not. */
export const judgedUnder = ({ policy }: Judge, account: Judged & { readonly group?: Judged }): Judged =>
  policy.tier.level === 'group' ? (account.group ?? account) : account

/** @throws GovernanceError `missing_rate` when a purchase in another currency has no rate in the policy. */
export function measureAccount({ policy, cycle }: Judge, { facts, standing }: Judged): Measured {
  return measureReview({ facts, policy, cycle, current: standing })
}

/** What the policy makes of an account that was measured by it, or by one that measures alike. */
export function judgeAccount(judge: Judge, { facts, standing }: Judged, measured: Measured, measuredBy: Judge): Verdict {
  const { policy, cycle, rules } = judge
  const shown = judge.minChange === measuredBy.minChange ? measured : { ...measured, trend: trendFor(judge, measured.trend) }
  const review = judgeReview({ facts, policy, cycle, current: standing }, shown, rules)
  const { recommended, direction } = outcomeOf(review)
  const { tier, status, points } = review.classification
  return { class: tier, status, points, recommended, direction }
}

/** The same movements, seen by a policy that ignores other small changes [I-29]. */
function trendFor({ minChange, policy }: Judge, { amount, recovery, ...rest }: TrendMeasures): TrendMeasures {
  return {
    ...rest,
    amount: {
      current: seen(amount.current, minChange),
      previous: seen(amount.previous, minChange),
      together: seen(amount.together, 2 * minChange),
    },
    recovery: seen(recovery, leastRecovery(policy, minChange)),
  }
}

const seen = (change: Change, least: number): Change =>
  change.previous === null || change.current === null ? change : growth(change.previous, change.current, least)

/** `growth.minChange` of the months that `trend.noRecoveryWindow` looks at. */
export const leastRecovery = ({ trend, cycle }: Policy, minChange: number): number =>
  Math.round((minChange * trend.noRecoveryWindow.months) / cycle.length)
