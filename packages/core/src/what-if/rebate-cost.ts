import { isGovernanceError } from '../errors/index.ts'
import type { Policy } from '../policy/schema.ts'
import { canonicalJson } from '../rules/index.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { freezeDate } from '../scoring/measures/windows.ts'
import { compileRebate } from '../scoring/rebate/compile-rebate.ts'
import { rebateBase, type RebateBaseOfFamily } from '../scoring/rebate/rebate-base.ts'
import { rebateOf, type RebateTerms } from '../scoring/rebate/rebate.ts'
import type { DateSpan } from '../scoring/types.ts'
import type { BracketCost, Simulation } from './types.ts'

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
  const sums = { before: before && createSum(before), after: createSum(after) }
  let unknown = 0

  const basesOf = (facts: AccountFacts, { policy, terms }: Side): readonly RebateBaseOfFamily[] =>
    rebateBase(facts, span, freezeDate(span, policy), policy, terms.basis === 'quantity')

  const add: RebateTally['add'] = (entities) => {
    const is: Granted = new Map()
    const was: Granted = new Map()
    try {
      for (const facts of entities) {
        const bases = basesOf(facts, after)
        grant(bases, after, is)
        if (before !== null) grant(before.base === after.base ? bases : basesOf(facts, before), before, was)
      }
    } catch (error) {
      if (!isGovernanceError(error)) throw error
      unknown++
      return
    }
    sums.after.add(is)
    sums.before?.add(was)
  }

  return {
    add,
    report: () => {
      const [draftMinor, inForceMinor] = [sums.after.total(), sums.before?.total() ?? null]
      return draftMinor === 0 && (inForceMinor ?? 0) === 0 && unknown === 0
        ? null
        : {
            year,
            inForceMinor,
            draftMinor,
            unknown,
            brackets: { inForce: sums.before?.brackets() ?? null, draft: sums.after.brackets() },
          }
    },
  }
}

/** What an account is given, by where the bracket begins. */
type Granted = Map<number, number>

/** Adds up what the brackets of a policy cost. */
function createSum({ terms }: Side) {
  const rows = new Map(terms.brackets.map(({ from, percent }) => [from, { from, percent, accounts: 0, minor: 0 }]))
  return {
    add: (granted: Granted): void => {
      for (const [from, minor] of granted) {
        const row = rows.get(from)
        if (row === undefined || minor === 0) continue
        row.accounts++
        row.minor += minor
      }
    },
    total: (): number => [...rows.values()].reduce((sum, { minor }) => sum + minor, 0),
    brackets: (): readonly BracketCost[] => [...rows.values()],
  }
}

function grant(bases: readonly RebateBaseOfFamily[], { terms }: Side, granted: Granted): void {
  for (const base of bases) {
    // By quantity, what names no product belongs to no family and finds no bracket.
    if (terms.basis === 'quantity' && base.family === null) continue
    for (const { from, minor } of rebateOf(terms, base).parts) granted.set(from, (granted.get(from) ?? 0) + minor)
  }
}
