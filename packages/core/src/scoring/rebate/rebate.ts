import { GovernanceError } from '../../errors/index.ts'
import { fractionOf } from '../../policy/exchange.ts'

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
 * The rebate of a period [REB-01, INC-02, F-5]. The parts add up to the rebate to the minor unit: rounding is done once, on the running total, of exact decimals however
 * many a rate has. Half a minor unit goes to the customer.
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
    effectivePercent: base.minor > 0 ? divideHalfUp(BigInt(minor) * 1_000_000n, BigInt(base.minor)) / 1e4 : 0,
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
  const { minor, quantity = 0 } = base
  return { minor: minor <= 0 || quantity <= 0 ? 0 : shareOf(minor, at, quantity), quantity: at }
}

function partsOf({ basis, method, brackets }: RebateTerms, base: RebateBase, reached: number): readonly RebatePart[] {
  const paid = Math.max(0, base.minor)
  const inReach = brackets.filter((bracket) => bracket.from <= reached)
  const last = inReach.at(-1)
  if (last === undefined || paid === 0) return []
  const rates = ratesOf(brackets)
  if (method === 'whole') {
    const minor = divideHalfUp(BigInt(paid) * rateOf(rates, brackets, last), rates.under)
    return [{ from: last.from, to: nextOf(brackets, last), percent: last.percent, onMinor: paid, minor }]
  }
  // A quantity's brackets share the amount in proportion; the cuts are rounded, so that the shares add up.
  const cut = (at: number): number => (basis === 'amount' ? at : shareOf(paid, at, reached))
  let before = 0n
  let given = 0
  return inReach.map((bracket) => {
    const to = nextOf(brackets, bracket)
    const onMinor = cut(Math.min(to ?? reached, reached)) - cut(bracket.from)
    before += BigInt(onMinor) * rateOf(rates, brackets, bracket)
    const total = divideHalfUp(before, rates.under)
    const part = { from: bracket.from, to, percent: bracket.percent, onMinor, minor: total - given }
    given = total
    return part
  })
}

const nextOf = (brackets: readonly RebateBracket[], bracket: RebateBracket): number | null =>
  brackets[brackets.indexOf(bracket) + 1]?.from ?? null

/** The rates as whole numbers over one denominator, in the order of the brackets. */
interface Rates {
  readonly over: readonly bigint[]
  readonly under: bigint
}

/** A policy's brackets are asked for every account. */
const known = new WeakMap<readonly RebateBracket[], Rates>()

function ratesOf(brackets: readonly RebateBracket[]): Rates {
  const before = known.get(brackets)
  if (before !== undefined) return before
  const fractions = brackets.map(({ percent }) => fractionOf(percent))
  // Powers of ten: the largest is a multiple of all.
  const common = fractions.reduce((most, { under }) => (under > most ? under : most), 1n)
  const rates: Rates = { over: fractions.map(({ over, under }) => over * (common / under)), under: common * 100n }
  known.set(brackets, rates)
  return rates
}

const rateOf = ({ over }: Rates, brackets: readonly RebateBracket[], bracket: RebateBracket): bigint =>
  over[brackets.indexOf(bracket)] ?? 0n

/** `minor` times `part` over `whole`, to the nearest whole number. Quantities have decimals. */
function shareOf(minor: number, part: number, whole: number): number {
  const [a, b] = [fractionOf(part), fractionOf(whole)]
  return divideHalfUp(BigInt(minor) * a.over * b.under, a.under * b.over)
}

/** `a / b` to the nearest whole number, half a one up; neither is negative. */
const divideHalfUp = (a: bigint, b: bigint): number => Number((2n * a + b) / (2n * b))
