import { isGovernanceError } from '../errors/index.ts'
import type { Policy } from '../policy/schema.ts'
import { canonicalJson } from '../rules/index.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { freezeDate } from '../scoring/measures/windows.ts'
import { compileRebate } from '../scoring/rebate/compile-rebate.ts'
import { rebateBase, type RebateBaseOfFamily } from '../scoring/rebate/rebate-base.ts'
import { rebateOf, type RebateTerms } from '../scoring/rebate/rebate.ts'
import type { DateSpan } from '../scoring/types.ts'
import type { Simulation } from './types.ts'

/** Adds up what rebates cost under two policies [INC-02, REB-01]. */
export interface RebateTally {
  readonly add: (entities: readonly AccountFacts[]) => void
  readonly report: () => Simulation['rebate']
}

interface Side {
  readonly policy: Policy
  readonly terms: RebateTerms
  /** Policies with the same key find the same base. */
  readonly base: string
}

const sideOf = (policy: Policy): Side => {
  const terms = compileRebate(policy)
  const { currency, exchangeRates, amount } = policy
  return { policy, terms, base: canonicalJson({ currency, exchangeRates, returnLag: amount.returnLag, basis: terms.basis }) }
}

/**
 * What both policies grant for the latest calendar year that was over at the end of the cycle: the same purchases, whatever each would have led to.
 *
 * @throws GovernanceError `missing_rate` where an amount of a policy cannot be stated in its currency.
 */
export function createRebateTally(inForce: Policy | null, draft: Policy, { to }: DateSpan): RebateTally {
  const year = Number(to.slice(0, 4)) - 1
  const span = { from: `${String(year)}-01-01`, to: `${String(year + 1)}-01-01` }
  const after = sideOf(draft)
  const before = inForce === null || inForce.currency !== draft.currency ? null : sideOf(inForce)
  const sum = { before: 0, after: 0, unknown: 0 }

  const basesOf = (facts: AccountFacts, { policy, terms }: Side): readonly RebateBaseOfFamily[] =>
    rebateBase(facts, span, freezeDate(span, policy), policy, terms.basis === 'quantity')

  const add: RebateTally['add'] = (entities) => {
    let [was, is] = [0, 0]
    try {
      for (const facts of entities) {
        const bases = basesOf(facts, after)
        is += granted(bases, after)
        if (before !== null) was += granted(before.base === after.base ? bases : basesOf(facts, before), before)
      }
    } catch (error) {
      if (!isGovernanceError(error)) throw error
      sum.unknown++
      return
    }
    sum.before += was
    sum.after += is
  }

  return {
    add,
    report: () =>
      sum.before === 0 && sum.after === 0 && sum.unknown === 0
        ? null
        : { year, inForceMinor: before === null ? null : sum.before, draftMinor: sum.after, unknown: sum.unknown },
  }
}

function granted(bases: readonly RebateBaseOfFamily[], { terms }: Side): number {
  let minor = 0
  // By quantity, what names no product belongs to no family and finds no bracket.
  for (const base of bases) if (terms.basis === 'amount' || base.family !== null) minor += rebateOf(terms, base).minor
  return minor
}
