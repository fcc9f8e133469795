import type { LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases, type PurchaseIndex } from '../measures/purchase-index.ts'
import { freezeDate, monthsBefore, shift, wholeSpan } from '../measures/windows.ts'
import type { DateSpan } from '../types.ts'

/** How one month stands against the average month. */
export type SeasonalMonth = {
  /** 1 to 12: the calendar month in which it begins. */
  readonly month: number
  /** 100: as much as the average month of its year; rounded to two decimals. */
  readonly indexPercent: number
}

/** The seasons of an account over whole years. */
export type Seasons = {
  /** The whole years on record before the cycle's end. */
  readonly span: DateSpan
  /** How many of them have net purchases: only these are counted. */
  readonly years: number
  /** January to December; null: fewer than two whole years with net purchases are on record, and one year has no season. */
  readonly months: readonly SeasonalMonth[] | null
}

/** No account is asked for more. */
const mostYears = 10

/**
 * The seasonal index of an account's amounts [DAT-04, I-27]: for every whole year before `cycle.to` that is on record, each month against the year's average month;
 * of these the mean over the years. Years without net purchases say nothing of seasons and are left out. The twelve add up to 1,200.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * seasonsOf(facts, policy, cycle).months?.[0] // => { month: 1, indexPercent: 166.67 }
 * ```
 */
export function seasonsOf(
  facts: AccountFacts,
  policy: Policy,
  cycle: DateSpan,
  index: PurchaseIndex = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)),
): Seasons {
  const years = wholeYears(facts, index, cycle.to)
  const span = monthsBefore(cycle.to, years * 12)
  const first = Number(cycle.to.slice(5, 7))
  const ratios = Array.from({ length: years }, (_, k) => yearOf(index, policy, cycle.to, k)).filter((year) => year !== null)
  if (ratios.length < 2) return { span, years: ratios.length, months: null }
  const months = Array.from({ length: 12 }, (_, i): SeasonalMonth => {
    const mean = ratios.reduce((sum, year) => sum + (year[i] ?? 0), 0) / ratios.length
    return { month: ((first - 1 + i) % 12) + 1, indexPercent: Math.round(mean * 10_000) / 100 }
  })
  return { span, years: ratios.length, months: months.sort((a, b) => a.month - b.month) }
}

function wholeYears(facts: AccountFacts, index: PurchaseIndex, to: LocalDate): number {
  let years = 0
  while (years < mostYears && wholeSpan(facts, index, monthsBefore(to, (years + 1) * 12))) years += 1
  return years
}

/** Each month of one year over its average month, the earliest first; null where the year nets to nothing. */
function yearOf(index: PurchaseIndex, policy: Policy, to: LocalDate, back: number): readonly number[] | null {
  const year = shift(monthsBefore(to, 12), -12 * back)
  const amounts = Array.from({ length: 12 }, (_, i) =>
    netAmount(index, { from: shift(year, i).from, to: shift(year, i + 1).from }, policy),
  )
  const total = amounts.reduce((sum, minor) => sum + minor, 0)
  return total > 0 ? amounts.map((minor) => (minor * 12) / total) : null
}
