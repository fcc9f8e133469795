import { GovernanceError } from '../../errors/index.ts'

/** From this much on, this rate: `from` in minor units of the policy's currency, or in units of the product family. */
export type RebateBracket = { readonly from: number; readonly percent: number }

/** How a rebate is reckoned [I-12, I-13]. Brackets rise in `from` and in `percent`. */
export type RebateTerms = {
  /** `amount`: the bracket is found by the amount paid; `quantity`: by the quantity bought. The rebate is always a share of the amount. */
  readonly basis: 'amount' | 'quantity'
  /** `marginal`: each rate applies to the part inside its bracket; `whole`: the highest rate reached applies to everything. */
  readonly method: 'marginal' | 'whole'
  readonly brackets: readonly RebateBracket[]
}

/** What a customer has paid and bought in the rebate's period, net of VAT, returns and credit notes [decision 13]. */
export type RebateBase = { readonly minor: number; readonly quantity?: number }

/** The part of a rebate that one bracket gives; `to` is open for the last one. */
export type RebatePart = {
  readonly from: number
  readonly to: number | null
  readonly percent: number
  /** The share of the amount that the rate applies to, in minor units. */
  readonly onMinor: number
  readonly minor: number
}

/** A rebate with the sum behind it and the next step in sight. */
export type Rebate = {
  readonly minor: number
  /** Rebate as a share of the amount, in percent, rounded to four decimals; 0 where there is no amount. */
  readonly effectivePercent: number
  readonly parts: readonly RebatePart[]
  /** The next bracket: what lacks to it, in the unit of the basis, and the rebate at that point, at the present price where the basis is a quantity. */
  readonly next: { readonly from: number; readonly percent: number; readonly lacks: number; readonly rebateThere: number } | null
}

/**
 * The rebate of a period [REB-01, INC-02, F-5]. The parts add up to the rebate to the minor unit: rounding is done once, on the running total.
 *
 * @throws GovernanceError `invalid_policy` where the basis is a quantity and none is given.
 * @example
 * ```ts
 * const terms: RebateTerms = { basis: 'amount', method: 'marginal', brackets: [{ from: 300, percent: 1 }, { from: 800, percent: 1.5 }] }
 * rebateOf(terms, { minor: 1000 }).minor // => 8
 * ```
 */
export function rebateOf(terms: RebateTerms, base: RebateBase): Rebate {
  const reached = measureOf(terms, base)
  const parts = partsOf(terms, base, reached)
  const minor = parts.reduce((sum, part) => sum + part.minor, 0)
  const step = terms.brackets.find((bracket) => bracket.from > reached)
  return {
    minor,
    effectivePercent: base.minor > 0 ? Math.round((minor / base.minor) * 1e6) / 1e4 : 0,
    parts,
    next:
      step === undefined
        ? null
        : {
            from: step.from,
            percent: step.percent,
            lacks: step.from - reached,
            rebateThere: partsOf(terms, baseAt(terms, base, step.from), step.from).reduce((sum, part) => sum + part.minor, 0),
          },
  }
}

function measureOf({ basis }: RebateTerms, { minor, quantity }: RebateBase): number {
  if (basis === 'amount') return Math.max(0, minor)
  if (quantity === undefined)
    throw new GovernanceError('invalid_policy', 'a rebate by quantity needs the quantity', {
      details: { parameter: 'rebate.basis' },
      actions: ['Give the quantity of the product family with the purchases, or set rebate.basis to amount.'],
    })
  return Math.max(0, quantity)
}

/** The base at which the next step is reached: the same price for more of it. */
function baseAt({ basis }: RebateTerms, base: RebateBase, at: number): RebateBase {
  if (basis === 'amount') return { minor: at }
  const price = base.quantity === undefined || base.quantity <= 0 ? 0 : base.minor / base.quantity
  return { minor: Math.round(price * at), quantity: at }
}

function partsOf({ basis, method, brackets }: RebateTerms, base: RebateBase, reached: number): readonly RebatePart[] {
  const paid = Math.max(0, base.minor)
  const inReach = brackets.filter((bracket) => bracket.from <= reached)
  const last = inReach.at(-1)
  if (last === undefined || paid === 0) return []
  if (method === 'whole')
    return [
      { from: last.from, to: nextOf(brackets, last), percent: last.percent, onMinor: paid, minor: share(paid, last.percent) },
    ]
  // A quantity's brackets share the amount in proportion; the cuts are rounded, so that the shares add up.
  const cut = (at: number): number => (basis === 'amount' ? at : Math.round(paid * (at / reached)))
  let before = 0
  let given = 0
  return inReach.map((bracket) => {
    const to = nextOf(brackets, bracket)
    const onMinor = cut(Math.min(to ?? reached, reached)) - cut(bracket.from)
    before += onMinor * bracket.percent
    const total = roundHalfUp(before / 100)
    const part = { from: bracket.from, to, percent: bracket.percent, onMinor, minor: total - given }
    given = total
    return part
  })
}

const nextOf = (brackets: readonly RebateBracket[], bracket: RebateBracket): number | null =>
  brackets[brackets.indexOf(bracket) + 1]?.from ?? null

const share = (minor: number, percent: number): number => roundHalfUp((minor * percent) / 100)
/** Half a cent goes to the customer. Products of amounts and rates are exact to well below a millionth of a cent, which is cut off first. */
const roundHalfUp = (value: number): number => Math.floor(Math.round(value * 1e4) / 1e4 + 0.5)
