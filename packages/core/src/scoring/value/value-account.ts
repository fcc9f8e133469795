import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { frequency } from '../measures/frequency.ts'
import { freshScore, missingScore, oldestJudgement } from '../measures/fresh-judgement.ts'
import { minorOf } from '../measures/minor-of.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases, type PurchaseIndex } from '../measures/purchase-index.ts'
import { freezeDate, monthsBefore, supplied, wholeSpan } from '../measures/windows.ts'
import type { DateSpan, MissingDatum } from '../types.ts'
import { accountValueOf, type AccountValue, type ValueTerms } from './account-value.ts'

/** The value of an account with what it rests on; JSON. */
export type ValuedAccount = AccountValue & {
  readonly accountId: string
  /** The year that the spend is an average of. */
  readonly year: DateSpan
  /** Net purchases of that year, in minor units of the policy's currency; null where it is not wholly on record. */
  readonly yearMinor: number | null
  readonly unknown: readonly MissingDatum[]
}

const monthsOfPeriod = { month: 1, quarter: 3, year: 12 } as const

/**
 * The terms of the value assessment, money in minor units of the policy's currency [CLS-05].
 *
 * @throws GovernanceError `missing_rate`
 */
export function compileValue(policy: Policy): ValueTerms {
  const { weights, full } = policy.value
  return {
    weights,
    full: {
      spendMinor: minorOf(full.spend, policy),
      purchasesPerYear: full.purchasesPerYear,
      lifetimeMinor: minorOf(full.lifetime, policy),
    },
    lifetime: policy.lifetime,
  }
}

/**
 * Value assessment of an account at the end of a cycle [CLS-05]: current value (spend, frequency), potential, lifetime value, loyalty and influence on one scale of
 * 0–100. The spend of a `lifetime.period` is its share of the year before `cycle.to`, so that no season decides.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * const { yearMinor, lifetime } = valueAccount(facts, policy, cycle)
 * yearMinor // => 900000000
 * lifetime?.valueMinor // => 990000000
 * ```
 */
export function valueAccount(
  facts: AccountFacts,
  policy: Policy,
  cycle: DateSpan,
  index: PurchaseIndex = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)),
): ValuedAccount {
  const terms = compileValue(policy)
  const year = monthsBefore(cycle.to, 12)
  const yearMinor = wholeSpan(facts, index, year) ? netAmount(index, year, policy) : null
  const often = supplied(facts, monthsBefore(cycle.to, policy.frequency.window.months))
  const oldest = oldestJudgement(cycle.to, policy)
  const potential = freshScore(facts.judgements.potential, oldest)
  const loyalty = freshScore(facts.judgements.loyalty, oldest)
  const influence = freshScore(facts.judgements.influence, oldest)
  const value = accountValueOf(
    {
      spendMinor: yearMinor === null ? null : Math.round((yearMinor * monthsOfPeriod[policy.lifetime.period]) / 12),
      purchasesPerYear: often ? frequency(index, cycle.to, policy).perYear : null,
      potential: potential.score,
      loyalty: loyalty.score,
      influence: influence.score,
    },
    terms,
  )
  const short = (what: string): MissingDatum => ({ what, reason: 'insufficientHistory' })
  return {
    accountId: facts.accountId,
    year,
    yearMinor,
    ...value,
    unknown: [
      ...(yearMinor === null ? [short('spend')] : []),
      ...(often ? [] : [short('frequency')]),
      ...[missingScore('potential', potential), missingScore('loyalty', loyalty), missingScore('influence', influence)].filter(
        (m) => m !== null,
      ),
    ],
  }
}
