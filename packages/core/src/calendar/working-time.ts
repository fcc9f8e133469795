import type { GrowingTimetable } from './growing-timetable.ts'
import { invalid, outOfRange } from './invalid.ts'
import { unionOfPauses, type Stretch } from './pauses.ts'
import type { Timetable } from './timetable.ts'
import type { Direction, Edge, Instant, Milliseconds, Pause, Sign } from './types.ts'

/** More than the years 1900 to 2200 hold, so that an absurd amount fails at once and not after a search. */
const MAX_AMOUNT = 301 * 366 * 86_400_000

const requireAmount = (amount: Milliseconds): void => {
  if (!Number.isFinite(amount)) throw invalid('amount', 'type', 'not an amount of time', 'give a finite number of milliseconds')
  if (Math.abs(amount) > MAX_AMOUNT) throw outOfRange({ amount })
}

/**
 * The instant at which an amount of work counted from the start of the table is reached. An edge is the earliest or the latest such
 * instant, seen in the direction of the walk.
 */
const reach = (tables: GrowingTimetable, from: Timetable, target: Milliseconds, direction: Direction, edge: Edge): Instant => {
  let table = from
  let work = target
  if (direction === 'forward') {
    while (edge === 'stop' ? work > table.total : work >= table.total) table = tables.later(table)
    return edge === 'stop' ? table.earliestAt(work) : table.latestAt(work)
  }
  while (edge === 'stop' ? work < 0 : work <= 0) {
    const earlier = tables.earlier(table)
    work += earlier.workAt(table.from)
    table = earlier
  }
  return edge === 'stop' ? table.latestAt(work) : table.earliestAt(work)
}

/** The instant at which `amount` of working time has passed since `from`. */
export const addWorkingTime = (
  tables: GrowingTimetable,
  from: Instant,
  amount: Milliseconds,
  edge: Edge = 'stop',
  zero: Direction = 'forward',
): Instant => {
  requireAmount(amount)
  const table = tables.at(from)
  if (amount === 0 && edge === 'stop') return from
  const direction = amount === 0 ? zero : amount > 0 ? 'forward' : 'backward'
  return reach(tables, table, table.workAt(from) + amount, direction, edge)
}

/** Signed working time outside the pauses. */
export const workingTimeBetween = (
  tables: GrowingTimetable,
  from: Instant,
  to: Instant,
  pauses?: readonly Pause[],
  sign: Sign = 'signed',
): Milliseconds => {
  const table = tables.over(from, to)
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  let work = table.workAt(high) - table.workAt(low)
  if (pauses !== undefined)
    for (const pause of unionOfPauses(pauses, low, high)) work -= table.workAt(pause.to) - table.workAt(pause.from)
  if (from <= to) return work
  return sign === 'clamped' ? 0 : 0 - work
}

/** Whether the amount is used up before the pause begins; with `roll`, an amount used up just at its beginning is not. */
const endsBefore = (table: Timetable, target: Milliseconds, pause: Stretch, edge: Edge): boolean => {
  const work = pause.from < table.to ? table.workAt(pause.from) : table.total
  return edge === 'stop' ? target <= work : target < work
}

const dueForward = (
  tables: GrowingTimetable,
  start: Instant,
  budget: Milliseconds,
  pauses: readonly Stretch[],
  edge: Edge,
): Instant | null => {
  let table = tables.at(start)
  let target = table.workAt(start) + budget
  for (const pause of pauses) {
    if (endsBefore(table, target, pause, edge)) break
    // Tables that grow later keep their start, so the target stays what it is.
    table = tables.over(start, pause.from)
    if (endsBefore(table, target, pause, edge)) break
    if (pause.to === Infinity) return null
    table = tables.over(start, pause.to)
    target += table.workAt(pause.to) - table.workAt(pause.from)
  }
  return reach(tables, table, target, 'forward', edge)
}

const dueBackward = (
  tables: GrowingTimetable,
  start: Instant,
  budget: Milliseconds,
  pauses: readonly Stretch[],
  edge: Edge,
): Instant => {
  const table = tables.over(start, pauses[0]?.from ?? start)
  let target = table.workAt(start) + budget
  for (const pause of pauses.toReversed()) {
    const after = table.workAt(pause.to)
    if (edge === 'stop' ? target >= after : target > after) break
    target -= after - table.workAt(pause.from)
  }
  return reach(tables, table, target, 'backward', edge)
}

/** The instant at which the budget is used up when paused time does not count; `null` while an open pause keeps it unknown. */
export const dueAt = (
  tables: GrowingTimetable,
  start: Instant,
  budget: Milliseconds,
  pauses?: readonly Pause[],
  edge: Edge = 'stop',
): Instant | null => {
  if (pauses === undefined || pauses.length === 0 || (budget === 0 && edge === 'stop'))
    return addWorkingTime(tables, start, budget, edge)
  requireAmount(budget)
  return budget < 0
    ? dueBackward(tables, start, budget, unionOfPauses(pauses, -Infinity, start), edge)
    : dueForward(tables, start, budget, unionOfPauses(pauses, start, Infinity), edge)
}
