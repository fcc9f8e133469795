import type { Policy } from '../../policy/schema.ts'
import { minorOf } from '../measures/minor-of.ts'
import type { RebateBracket, RebateTerms } from './rebate.ts'

/**
 * The rebate of a policy as terms: brackets in minor units of its currency, or in units of the product family, the lowest first. The amount and rate of I-12
 * are the first bracket of I-13; where the policy states a lower threshold than its brackets do, it is one of its own.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * compileRebate(policy).brackets[0] // => { from: 300000000, percent: 1 }
 * ```
 */
export function compileRebate(policy: Policy): RebateTerms {
  const { basis, method, amountThreshold, rate } = policy.rebate
  const stated = policy.rebate.brackets.map(({ from, percent }): RebateBracket => ({
    from: typeof from === 'number' ? from : minorOf(from, policy),
    percent,
  }))
  const first = minorOf(amountThreshold, policy)
  const lower = basis === 'amount' && stated.every(({ from }) => from > first) ? [{ from: first, percent: rate }] : []
  return { basis, method, brackets: [...lower, ...stated].sort((a, b) => a.from - b.from) }
}
