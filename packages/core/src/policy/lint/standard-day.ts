import type { Budget } from '../parts.ts'
import type { KnownPolicy } from './lint.ts'

/** The standard week of a calendar: what makes hours and days comparable. */
export interface StandardWeek {
  readonly calendar: string
  /** Hours of the shortest and of the longest working weekday. */
  readonly hours: readonly [least: number, most: number]
  /** Working weekdays of a week. */
  readonly days: number
}

/** At least and at most, in hours of working time. */
export type Span = readonly [least: number, most: number]

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const hoursOf = (intervals: readonly (readonly [string, string] | undefined)[]): number =>
  intervals.reduce((sum, interval) => {
    if (interval === undefined) return sum
    const [from, to] = interval
    const [start, end] = [minutesOf(from), minutesOf(to)]
    return sum + (end < start ? end + 1440 - start : end - start)
  }, 0) / 60

type Calendars = NonNullable<KnownPolicy['calendars']>
/** An interval that could not be read is `undefined`. */
type Week = { readonly [day: string]: readonly (readonly [string, string] | undefined)[] | undefined }

const weekOf = (id: string, calendars: Calendars): StandardWeek | undefined => {
  const week = Object.hasOwn(calendars, id) ? (calendars[id]?.week as Week | undefined) : undefined
  const hours = Object.values(week ?? {})
    .map((intervals) => (intervals === undefined ? 0 : hoursOf(intervals)))
    .filter((sum) => sum > 0)
  return hours.length === 0 ? undefined : { calendar: id, hours: [Math.min(...hours), Math.max(...hours)], days: hours.length }
}

/** The standard weeks of all calendars that the policy uses. */
export function standardWeeks({ calendar, calendars }: KnownPolicy): readonly StandardWeek[] {
  const ids = new Set([calendar?.default, ...Object.values(calendar?.byRegion ?? {})].filter((id) => id !== undefined))
  return [...ids].map((id) => weekOf(id, calendars ?? {})).filter((week) => week !== undefined)
}

/**
 * A budget in hours of working time of a standard week. Exact where all working days are equally long, else a span. Hours round the clock
 * and calendar days count with the working part of the week: 7 calendar days are one week of work.
 */
export function inWorkingHours(budget: Budget, week: StandardWeek): Span {
  const [least, most] = week.hours
  switch (budget.unit) {
    case 'workingHours':
      return [budget.amount, budget.amount]
    case 'workingDays':
      return [budget.amount * least, budget.amount * most]
    case 'calendarDays':
      return [((budget.amount * week.days) / 7) * least, ((budget.amount * week.days) / 7) * most]
    case 'elapsedHours':
      return [((budget.amount * week.days) / 168) * least, ((budget.amount * week.days) / 168) * most]
  }
}

const clock: Readonly<Record<Budget['unit'], 'working' | 'elapsed'>> = {
  workingHours: 'working',
  workingDays: 'working',
  calendarDays: 'elapsed',
  elapsedHours: 'elapsed',
}

/** Budgets of one unit, or of hours and days round the clock, need no calendar. */
const directly = (budgets: readonly Budget[]): readonly number[] | undefined => {
  if (new Set(budgets.map((b) => b.unit)).size === 1) return budgets.map((b) => b.amount)
  if (budgets.every((b) => clock[b.unit] === 'elapsed'))
    return budgets.map((b) => (b.unit === 'calendarDays' ? b.amount * 24 : b.amount))
  return undefined
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Whether budgets one after the other are certainly longer than the whole, in every calendar or in the one named. */
export function longerTogether(
  parts: readonly Budget[],
  whole: Budget,
  weeks: readonly StandardWeek[],
): { readonly calendar?: string } | null {
  const direct = directly([whole, ...parts])
  if (direct !== undefined) return sumOf(direct.slice(1)) > (direct[0] ?? 0) ? {} : null
  const week = weeks.find((w) => sumOf(parts.map((part) => inWorkingHours(part, w)[0])) > inWorkingHours(whole, w)[1] + 1e-9)
  return week === undefined ? null : { calendar: week.calendar }
}

/** Whether the first budget is certainly longer than the second, in every calendar or in the one named. */
export const longer = (a: Budget, b: Budget, weeks: readonly StandardWeek[]): { readonly calendar?: string } | null =>
  longerTogether([a], b, weeks)

/** Working hours that may lie in so many hours round the clock, at most. */
const mostWithin = (elapsed: number, week: StandardWeek): number => Math.min(elapsed, (elapsed / 24 + 1) * week.hours[1])
/** Hours round the clock in which so many working hours lie for certain, whenever they begin; holidays aside. */
const certainlyHolds = (working: number, week: StandardWeek): number => {
  const days = Math.ceil(working / week.hours[0]) + 1
  return (Math.ceil(days / week.days) + 1) * 168
}

const isElapsed = ({ unit }: Budget): boolean => clock[unit] === 'elapsed'
const hoursOfElapsed = ({ amount, unit }: Budget): number => (unit === 'calendarDays' ? amount * 24 : amount)

/**
 * Whether a clock with the first budget always ends after one with the second that began with it: a night or a weekend in between makes hours round the clock
 * short and working hours long, so the mean of a week is not enough.
 */
export function alwaysLonger(a: Budget, b: Budget, weeks: readonly StandardWeek[]): { readonly calendar?: string } | null {
  if (isElapsed(a) === isElapsed(b)) return longer(a, b, weeks)
  const week = weeks.find((w) =>
    isElapsed(a)
      ? hoursOfElapsed(a) > certainlyHolds(inWorkingHours(b, w)[1], w)
      : inWorkingHours(a, w)[0] > mostWithin(hoursOfElapsed(b), w),
  )
  return week === undefined ? null : { calendar: week.calendar }
}

/** Whether `parts` together are certainly not the whole, in some calendar. */
export function differs(parts: readonly Budget[], whole: Budget, weeks: readonly StandardWeek[]): boolean {
  if (parts.every((p) => p.unit === whole.unit)) return parts.reduce((sum, p) => sum + p.amount, 0) !== whole.amount
  return weeks.some((week) => {
    const spans = parts.map((p) => inWorkingHours(p, week))
    const [least, most] = [spans.reduce((s, [l]) => s + l, 0), spans.reduce((s, [, m]) => s + m, 0)]
    const [low, high] = inWorkingHours(whole, week)
    return least > high + 1e-9 || most < low - 1e-9
  })
}
