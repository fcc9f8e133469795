import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { freshScore, missingScore, oldestJudgement } from '../measures/fresh-judgement.ts'
import type { DateSpan, MissingDatum } from '../types.ts'
import { needSegmentOf, needSegments, type NeedResult } from './need-segment.ts'

/** The need segment of an account, and why a need is not known; JSON. */
export type SegmentedAccount = NeedResult & { readonly accountId: string; readonly unknown: readonly MissingDatum[] }

/**
 * The need segment of an account at the end of a cycle [CLS-04]: from what people judged of its needs and is not stale, by the limits of the policy.
 *
 * @example
 * ```ts
 * segmentAccount(facts, policy, cycle).unclear // => 'notJudged'
 * ```
 */
export function segmentAccount(facts: AccountFacts, policy: Policy, cycle: DateSpan): SegmentedAccount {
  const oldest = oldestJudgement(cycle.to, policy)
  const price = freshScore(facts.needs?.price, oldest)
  const service = freshScore(facts.needs?.service, oldest)
  const technology = freshScore(facts.needs?.technology, oldest)
  const judged = { price, service, technology }
  return {
    accountId: facts.accountId,
    ...needSegmentOf({ price: price.score, service: service.score, technology: technology.score }, policy.segments),
    unknown: needSegments.map((need) => missingScore(need, judged[need])).filter((m) => m !== null),
  }
}
