import { bundledHolidaySets } from '../../calendar/index.ts'
import type { Finding } from '../../errors/index.ts'
import { budgetUnits, type Budget } from '../parts.ts'
import { formatPath } from '../source/index.ts'
import { daysAfter } from './days-after.ts'
import { flag, type KnownPolicy, type Lint } from './lint.ts'
import { standardWeeks, type StandardWeek } from './standard-day.ts'

const isBudget = (value: object): value is Budget =>
  'amount' in value && 'unit' in value && typeof value.amount === 'number' && budgetUnits.some((unit) => unit === value.unit)

const budgetsIn = (value: unknown): readonly Budget[] => {
  if (typeof value !== 'object' || value === null) return []
  return isBudget(value) ? [value] : Object.values(value).flatMap(budgetsIn)
}

/** Sections without clocks. */
const without: ReadonlySet<string> = new Set(['calendars', 'directory', 'exchangeRates', 'departments'])

/** Calendar days that a budget takes at most when no day is off; those counted through have no need of holidays. */
const daysOf = ({ amount, unit }: Budget, week: StandardWeek): number => {
  if (unit === 'workingDays') return Math.ceil((amount / week.days) * 7) + 1
  return unit === 'workingHours' ? Math.ceil((amount / (week.hours[0] * week.days)) * 7) + 1 : 0
}

const longestClock = (policy: KnownPolicy): number => {
  const budgets = Object.entries(policy).flatMap(([key, section]) => (without.has(key) ? [] : budgetsIn(section)))
  return standardWeeks(policy).reduce(
    (most, week) => budgets.reduce((longest, budget) => Math.max(longest, daysOf(budget, week)), most),
    0,
  )
}

type Document = NonNullable<KnownPolicy['calendars']>[string]

/** The days for which a calendar knows its holidays: as it says, else as its official lists do; `undefined` where it has none to know. */
function coverageOf(document: Document): { readonly from: string; readonly to: string } | undefined {
  const { from, to } = document?.coverage ?? {}
  if (from !== undefined && to !== undefined) return { from, to }
  const sets = (document?.holidaySets ?? []).flatMap((entry) => {
    const found = bundledHolidaySets.find(({ name, version }) => entry === name || entry === `${name}@${version}`)
    return found === undefined ? [] : [found.coverage]
  })
  if (document?.coverage !== undefined || sets.length === 0) return undefined
  return {
    from: sets.map((set) => set.from).reduce((a, b) => (a > b ? a : b)),
    to: sets.map((set) => set.to).reduce((a, b) => (a < b ? a : b)),
  }
}

/** Every calendar in use knows its holidays from the day on which the policy holds until the last clock of the time asked for has run [I-18]. */
export const lintCoverage: Lint = (policy, { until }) => {
  const since = policy.effectiveFrom
  if (since === undefined || policy.calendars === undefined) return []
  const last = until !== undefined && until > since ? until : since
  const end = daysAfter(last, longestClock(policy))
  return Object.entries(policy.calendars).flatMap(([id, document]): readonly Finding[] => {
    const coverage = coverageOf(document)
    if (coverage === undefined || (coverage.from <= since && end <= coverage.to)) return []
    return [flag(formatPath(['calendars', id, 'coverage']), 'holidaysMissing', { ...coverage, since, until: end })]
  })
}
