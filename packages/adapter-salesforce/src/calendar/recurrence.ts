import { lengthOfMonth, partsOf, type Day } from './day.ts'

/** How a holiday comes back, in the words of Salesforce. */
export type Recurrence = {
  readonly start: Day
  /** The last day that may be one; `null`: for ever. */
  readonly end: Day | null
} & (
  | { readonly type: 'RecursDaily'; readonly interval: number }
  | { readonly type: 'RecursEveryWeekday'; readonly weekdays: Weekdays }
  | { readonly type: 'RecursWeekly'; readonly interval: number; readonly weekdays: Weekdays }
  | { readonly type: 'RecursMonthly'; readonly interval: number; readonly dayOfMonth: number }
  | { readonly type: 'RecursMonthlyNth'; readonly interval: number; readonly weekdays: Weekdays; readonly instance: Instance }
  | { readonly type: 'RecursYearly'; readonly month: number; readonly dayOfMonth: number }
  | { readonly type: 'RecursYearlyNth'; readonly month: number; readonly weekdays: Weekdays; readonly instance: Instance }
)

/** Sunday is 0. */
export type Weekdays = ReadonlySet<number>

export const instances = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const
/** Which of the matching days of a month. */
export type Instance = (typeof instances)[number]

/** The day that begins a week: of weeks that are skipped it decides which. Salesforce does not say; its calendars begin on Sunday. */
export type WeekStart = 'sunday' | 'monday'

/** The days of a recurrence from one day to another, both included. A day that a month does not have is left out. */
export function occurrences(rule: Recurrence, from: Day, to: Day, weekStart: WeekStart = 'sunday'): readonly Day[] {
  const [first, last] = [Math.max(from, rule.start), Math.min(to, rule.end ?? to)]
  const days: Day[] = []
  for (let day = first; day <= last; day += 1) if (recursOn(rule, day, weekStart)) days.push(day)
  return days
}

function recursOn(rule: Recurrence, day: Day, weekStart: WeekStart): boolean {
  const { year, month, dayOfMonth, weekday } = partsOf(day)
  const isInTurn = (interval: number): boolean => {
    const start = partsOf(rule.start)
    return ((year - start.year) * 12 + month - start.month) % interval === 0
  }
  switch (rule.type) {
    case 'RecursDaily':
      return (day - rule.start) % rule.interval === 0
    case 'RecursEveryWeekday':
      return rule.weekdays.has(weekday)
    case 'RecursWeekly':
      return rule.weekdays.has(weekday) && (weekOf(day, weekStart) - weekOf(rule.start, weekStart)) % rule.interval === 0
    case 'RecursMonthly':
      return dayOfMonth === rule.dayOfMonth && isInTurn(rule.interval)
    case 'RecursMonthlyNth':
      return isInstance(rule, day) && isInTurn(rule.interval)
    case 'RecursYearly':
      return month === rule.month && dayOfMonth === rule.dayOfMonth
    case 'RecursYearlyNth':
      return month === rule.month && isInstance(rule, day)
  }
}

/** 1970-01-01 was a Thursday. */
const weekOf = (day: Day, weekStart: WeekStart): number => Math.floor((day + (weekStart === 'sunday' ? 4 : 3)) / 7)

/** Whether it is the first, second … or last of the month's days that match. Of several weekdays they are counted together: the first of Monday to Friday is the first working day. */
function isInstance({ weekdays, instance }: { readonly weekdays: Weekdays; readonly instance: Instance }, day: Day): boolean {
  const { year, month, dayOfMonth, weekday } = partsOf(day)
  if (!weekdays.has(weekday)) return false
  const matching = (first: number, last: number): number => {
    let count = 0
    for (let other = first; other <= last; other += 1)
      if (weekdays.has((((weekday + other - dayOfMonth) % 7) + 7) % 7)) count += 1
    return count
  }
  return instance === 'Last'
    ? matching(dayOfMonth + 1, lengthOfMonth(year, month)) === 0
    : matching(1, dayOfMonth) === instances.indexOf(instance) + 1
}

/** Months between two days that do not have the recurrence's day of the month: whether Salesforce leaves it out or takes the last one is not documented. */
export function monthsWithout(rule: Recurrence, from: Day, to: Day): number {
  if (rule.type !== 'RecursMonthly' && rule.type !== 'RecursYearly') return 0
  if (rule.dayOfMonth <= 28) return 0
  const [first, last] = [Math.max(from, rule.start), Math.min(to, rule.end ?? to)]
  let count = 0
  for (let day = first; day <= last; day += 1) {
    const { year, month, dayOfMonth } = partsOf(day)
    const length = lengthOfMonth(year, month)
    if (dayOfMonth !== length || length >= rule.dayOfMonth) continue
    const start = partsOf(rule.start)
    const inTurn =
      rule.type === 'RecursYearly' ? month === rule.month : ((year - start.year) * 12 + month - start.month) % rule.interval === 0
    if (inTurn) count += 1
  }
  return count
}
