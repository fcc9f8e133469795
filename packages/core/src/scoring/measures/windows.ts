import { addDays, addMonths, daysBetween, type LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import type { DateSpan } from '../types.ts'
import type { PurchaseIndex } from './purchase-index.ts'

/** The span, moved by months. */
export function shift(span: DateSpan, months: number): DateSpan {
  return { from: addMonths(span.from, months), to: addMonths(span.to, months) }
}

/** The months before a date: `[to − months, to)`. */
export function monthsBefore(to: LocalDate, months: number): DateSpan {
  return { from: addMonths(to, -months), to }
}

/** Months of a lookback in years, P-06 and its like; fractions of a month are rounded. */
export const monthsOf = (years: number): number => Math.max(1, Math.round(years * 12))

/** First day on which the facts of a cycle no longer change: its end and `amount.returnLag` [I-26]. */
export function freezeDate(cycle: DateSpan, policy: Pick<Policy, 'amount'>): LocalDate {
  return addDays(cycle.to, policy.amount.returnLag.days)
}

/** The span with which growth compares this one [I-27]: a year earlier, or as many cycles earlier as it is long. */
export function comparedWith(span: DateSpan, cycles: number, policy: Pick<Policy, 'growth' | 'cycle'>): DateSpan {
  return shift(span, policy.growth.compare === 'samePeriodLastYear' ? -12 : -cycles * policy.cycle.length)
}

/** Years from one date to the other as a decimal, exact at anniversaries; never below 0. */
export function yearsBetween(from: LocalDate, to: LocalDate): number {
  if (to <= from) return 0
  let years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  if (addMonths(from, years * 12) > to) years--
  const anniversary = addMonths(from, years * 12)
  return years + daysBetween(anniversary, to) / daysBetween(anniversary, addMonths(from, (years + 1) * 12))
}

/** First day of the relation; the first order stands in where nobody recorded it. */
export function relationBegan(facts: AccountFacts, index: PurchaseIndex): LocalDate | null {
  return facts.relationshipStart ?? index.firstOrder
}

/**
 * Whether a span can be compared: the relation existed for all of it and its purchases were supplied. A year of which eleven months are on
 * record is not a year.
 */
export function wholeSpan(facts: AccountFacts, index: PurchaseIndex, span: DateSpan): boolean {
  const began = relationBegan(facts, index)
  return began !== null && began <= span.from && supplied(facts, span)
}

/** Whether the purchases of a span were supplied; before the relation there were none to supply. */
export function supplied({ coverage, relationshipStart: began }: AccountFacts, span: DateSpan): boolean {
  if (coverage === undefined) return true
  const needed = began !== null && began > span.from ? began : span.from
  return coverage.from <= needed && span.to <= coverage.to
}
