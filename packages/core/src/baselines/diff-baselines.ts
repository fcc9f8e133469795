import type { WorkingCalendar } from '../calendar/index.ts'
import { changeDimensions, type ChangeDimension, type Money } from '../policy/index.ts'
import type { Baseline, Milestone, Resource } from './schema.ts'
import type { BaselineDiff, DiffEntry } from './types.ts'

/**
 * What differs between two baselines [CHG-01]: scope, quality standard, end date, milestones by id, budget, resources by name. Delays are counted in working
 * days after the date before up to the date after, so that the delays of two steps add up to that of both.
 *
 * @example
 * ```ts
 * diffBaselines(plan, { ...plan, scope: 'two lines' }, calendar).map((d) => d.path) // => ['scope']
 * ```
 */
export function diffBaselines(before: Baseline, after: Baseline, calendar: WorkingCalendar): BaselineDiff {
  const delay = (from: string, to: string): number => calendar.workingDaysBetween(from, to, '(]')
  const entries: DiffEntry[] = []
  if (before.scope !== after.scope) entries.push({ dimension: 'scope', path: 'scope', before: before.scope, after: after.scope })
  if (before.endDate !== after.endDate)
    entries.push({
      dimension: 'schedule',
      path: 'endDate',
      before: before.endDate,
      after: after.endDate,
      workingDays: delay(before.endDate, after.endDate),
    })
  for (const [id, was, is] of pairs(before.milestones, after.milestones, (m) => m.id)) {
    if (sameMilestone(was, is)) continue
    const workingDays = was === null || is === null ? null : delay(was.date, is.date)
    entries.push({ dimension: 'schedule', path: `milestones.${id}`, before: was, after: is, workingDays })
  }
  if (before.budget.currency !== after.budget.currency || before.budget.minor !== after.budget.minor)
    entries.push({
      dimension: 'cost',
      path: 'budget',
      before: before.budget,
      after: after.budget,
      share: shareOf(before.budget, after.budget),
    })
  for (const [name, was, is] of pairs(before.resources, after.resources, (r) => r.name))
    if (!sameResource(was, is)) entries.push({ dimension: 'cost', path: `resources.${name}`, before: was, after: is })
  if (before.qualityStandard !== after.qualityStandard)
    entries.push({
      dimension: 'quality',
      path: 'qualityStandard',
      before: before.qualityStandard,
      after: after.qualityStandard,
    })
  return entries
}

/** The dimensions that a difference touches, each once, in the order of the policy. */
export function dimensionsOf(diff: BaselineDiff): readonly ChangeDimension[] {
  return changeDimensions.filter((dimension) => diff.some((entry) => entry.dimension === dimension))
}

/** Change of a budget in percent, rounded to four decimals. */
function shareOf(before: Money, after: Money): number | null {
  if (before.currency !== after.currency || before.minor === 0) return null
  return Math.round(((after.minor - before.minor) / before.minor) * 1_000_000) / 10_000
}

/** What either list holds under a key, by key: `null` where a list has none. */
function pairs<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [key: string, was: T | null, is: T | null])[] {
  const was = new Map(before.map((item) => [keyOf(item), item]))
  const is = new Map(after.map((item) => [keyOf(item), item]))
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((key) => [key, was.get(key) ?? null, is.get(key) ?? null])
}

function sameMilestone(a: Milestone | null, b: Milestone | null): boolean {
  return a !== null && b !== null && a.name === b.name && a.date === b.date
}

function sameResource(a: Resource | null, b: Resource | null): boolean {
  return a !== null && b !== null && a.amount === b.amount
}
