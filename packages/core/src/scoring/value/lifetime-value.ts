/** What a lifetime value is reckoned from; every rate belongs to the same unit of time, which is named [CLS-05]. */
export type LifetimeTerms = {
  readonly period: 'month' | 'quarter' | 'year'
  /** Share of customers that stay from one period to the next, 0 to 1. */
  readonly retention: number
  /** Interest a period, 0 or more. */
  readonly discount: number
  /** Share of the amount that remains after its costs, in percent. */
  readonly marginPercent: number
  /**
   * `afterFirst`: margins from the next period on, each after surviving to it: m·r / (1 + d − r). `fromFirst`: the present period's margin comes on top: m·(1 + d) / (1 + d − r).
   */
  readonly starts: 'afterFirst' | 'fromFirst'
}

/** A lifetime value with the terms that it stands on; `null`: retention and discount give no finite value. */
export type LifetimeValue = LifetimeTerms & {
  /** Margin of one period, in minor units. */
  readonly marginMinor: number
  readonly valueMinor: number | null
  /** Value divided by the margin of one period; `null` where there is none. */
  readonly multiple: number | null
}

/**
 * Customer lifetime value in closed form: a constant margin a period, kept with a constant retention, discounted [CLS-05]. A stated formula instead of a
 * fitted model: an admin can check it by hand.
 *
 * @param amountMinor what the customer buys in one period, net, in minor units.
 * @throws RangeError when a rate is outside its range.
 * @example
 * ```ts
 * const terms: LifetimeTerms = { period: 'year', retention: 0.8, discount: 0.1, marginPercent: 25, starts: 'afterFirst' }
 * lifetimeValue(1_000_000, terms).valueMinor // => 666667
 * ```
 */
export function lifetimeValue(amountMinor: number, terms: LifetimeTerms): LifetimeValue {
  const { retention, discount, marginPercent, starts } = terms
  if (
    !(retention >= 0 && retention <= 1) ||
    !(discount >= 0) ||
    !Number.isFinite(discount) ||
    !(marginPercent >= -100 && marginPercent <= 100)
  )
    throw new RangeError('retention is 0 to 1, discount 0 or more, margin −100 to 100 percent')
  const marginMinor = (amountMinor * marginPercent) / 100
  const multiple = lifetimeMultiple(retention, discount, starts)
  return {
    ...terms,
    marginMinor: Math.round(marginMinor),
    valueMinor: multiple === null ? null : Math.round(marginMinor * multiple),
    multiple,
  }
}

/** How many periods' margins a customer is worth; `null` where nobody ever leaves and nothing is discounted. */
export function lifetimeMultiple(retention: number, discount: number, starts: LifetimeTerms['starts']): number | null {
  const lost = 1 + discount - retention
  if (lost <= 0) return null
  return (starts === 'afterFirst' ? retention : 1 + discount) / lost
}
