import { addDays, type LocalDate } from '../../calendar/index.ts'
import { convert } from '../../policy/exchange.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { freezeDate } from '../measures/windows.ts'
import type { MissingDatum } from '../types.ts'
import { compileRebate } from './compile-rebate.ts'
import { rebateBase, type RebateBaseOfFamily } from './rebate-base.ts'
import { rebateOf, type Rebate, type RebateTerms } from './rebate.ts'

/** The rebate of one product family with what it rests on. */
export type FamilyRebate = RebateBaseOfFamily & { readonly rebate: Rebate }

/** What an account has earned in a rebate's period, what it was given of it, and what comes next [INC-02, REB-01]. Amounts in minor units of the policy's currency. */
export type RebateStatement = {
  readonly accountId: string
  /** The calendar year, and the part of it that is counted: `from` included, `to` excluded. */
  readonly period: { readonly year: number; readonly from: LocalDate; readonly to: LocalDate }
  readonly basis: RebateTerms['basis']
  readonly method: RebateTerms['method']
  readonly families: readonly FamilyRebate[]
  /** Earned on what is paid. */
  readonly minor: number
  /** Given already by credit notes for the period. */
  readonly creditedMinor: number
  /** Earned and not given; negative where more was given than is earned. */
  readonly outstandingMinor: number
  /** By quantity: families whose lines lack the product or a quantity, so that they count for less than they are. */
  readonly missing: readonly MissingDatum[]
}

/**
 * The rebate of an account in the calendar year before `upTo`, as far as that day [REB-01, INC-02, I-12, I-13, F-5]: on what is paid, net of VAT, returns and
 * credit notes, to the contracting entity (so of the account's own facts, not those of its group). Facts freeze `amount.returnLag` later [I-26]. Each family
 * shows its next step in sight.
 *
 * @param upTo first day that does not count any more; `2027-01-01` is the whole of 2026.
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * const { minor, families } = rebateAccount(facts, policy, '2026-07-01')
 * minor // => 3000000
 * families[0]?.rebate.next // => { from: 800000000, percent: 1.5, lacks: 200000000, rebateThere: 5000000 }
 * ```
 */
export function rebateAccount(facts: AccountFacts, policy: Policy, upTo: LocalDate): RebateStatement {
  const terms = compileRebate(policy)
  const year = addDays(upTo, -1).slice(0, 4)
  const span = { from: `${year}-01-01`, to: upTo }
  const byFamily = terms.basis === 'quantity'
  const families = rebateBase(facts, span, freezeDate(span, policy), policy, byFamily)
    // What names no product belongs to no family, and finds no bracket.
    .map((base): FamilyRebate => ({ ...base, rebate: rebateOf(terms, byFamily && base.family === null ? nothing : base) }))
  const minor = families.reduce((sum, { rebate }) => sum + rebate.minor, 0)
  const creditedMinor = credited(facts, policy, span)
  return {
    accountId: facts.accountId,
    period: { year: Number(year), ...span },
    basis: terms.basis,
    method: terms.method,
    families,
    minor,
    creditedMinor,
    outstandingMinor: minor - creditedMinor,
    missing: byFamily ? families.flatMap(gaps) : [],
  }
}

const nothing = { minor: 0, quantity: 0 }

function gaps({ family, withoutQuantity }: RebateBaseOfFamily): readonly MissingDatum[] {
  if (family === null) return [{ what: 'product', reason: 'missing' }]
  return withoutQuantity === 0 ? [] : [{ what: `quantity ${family}`, reason: 'missing' }]
}

/** Credit notes that pay a rebate of the period: by the period that they name, else by their own date. */
function credited(facts: AccountFacts, policy: Policy, span: { readonly from: LocalDate; readonly to: LocalDate }): number {
  return facts.purchases.reduce((sum, { pays, date, originalDate, minor, currency }) => {
    const day = originalDate ?? date
    if (pays !== 'rebate' || day < span.from || day >= span.to) return sum
    return sum - convert({ minor, currency }, policy.currency, date, policy.exchangeRates).minor
  }, 0)
}
