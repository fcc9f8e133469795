import type { GrowingTimetable } from './growing-timetable.ts'
import { invalid } from './invalid.ts'
import type { Closing, Direction, Instant, Opening, WorkingInterval } from './types.ts'

const MAX_INTERVALS = 100_000

/** Whether the instant lies in an interval, or with `inclusive` on its closing. */
export const isWorking = (tables: GrowingTimetable, at: Instant, closing: Closing = 'exclusive'): boolean => {
  const table = tables.at(at)
  const index = table.seek(at)
  return (table.starts[index] ?? Infinity) <= at || (closing === 'inclusive' && table.ends[index - 1] === at)
}

/** The instant itself when it is working, else the next opening. */
export const nextWorkingInstant = (tables: GrowingTimetable, from: Instant, closing: Closing = 'exclusive'): Instant => {
  let table = tables.at(from)
  let index = table.seek(from)
  if (closing === 'inclusive' && table.ends[index - 1] === from) return from
  while (index === table.size) {
    table = tables.later(table)
    index = table.seek(from)
  }
  return Math.max(table.starts[index] ?? Infinity, from)
}

/** The latest instant at or before `from` such that the time just before it is working. */
export const previousWorkingInstant = (tables: GrowingTimetable, from: Instant, opening: Opening = 'exclusive'): Instant => {
  let table = tables.at(from)
  let index = table.seek(from)
  const start = table.starts[index] ?? Infinity
  if (start < from || (opening === 'inclusive' && start === from)) return from
  while (index === 0) {
    table = tables.earlier(table)
    index = table.seek(from)
  }
  return table.ends[index - 1] ?? from
}

/** The first opening strictly after the instant. */
export const nextOpening = (tables: GrowingTimetable, from: Instant): Instant => {
  let table = tables.at(from)
  for (;;) {
    const index = table.seek(from)
    const start = table.starts[index] ?? Infinity
    const opening = start > from ? start : (table.starts[index + 1] ?? Infinity)
    if (opening < Infinity) return opening
    table = tables.later(table)
  }
}

/** The first closing strictly after the instant. */
export const nextClosing = (tables: GrowingTimetable, from: Instant): Instant => {
  let table = tables.at(from)
  for (;;) {
    const closing = table.ends[table.seek(from)] ?? Infinity
    // At the edge of the table the interval is only clipped, not closed.
    if (closing < table.to) return closing
    table = tables.later(table)
  }
}

const forward = (tables: GrowingTimetable, from: Instant, count: number): WorkingInterval[] => {
  let table = tables.at(from)
  const index = table.seek(from)
  // Larger timetables keep the start, and with it the numbering.
  while (index + count > table.size || (table.ends[index + count - 1] ?? Infinity) >= table.to) table = tables.later(table)
  return Array.from({ length: count }, (_, step) => ({
    start: Math.max(table.starts[index + step] ?? from, from),
    end: table.ends[index + step] ?? from,
  }))
}

const backward = (tables: GrowingTimetable, from: Instant, count: number): WorkingInterval[] => {
  let table = tables.at(from)
  for (;;) {
    const at = table.seek(from)
    const index = (table.starts[at] ?? Infinity) < from ? at : at - 1
    if (index - count + 1 >= 0 && (table.starts[index - count + 1] ?? 0) > table.from)
      return Array.from({ length: count }, (_, step) => ({
        start: table.starts[index - step] ?? from,
        end: Math.min(table.ends[index - step] ?? from, from),
      }))
    table = tables.earlier(table)
  }
}

/** The next or previous maximal intervals, nearest first, the first one clipped at `from`. */
export const workingIntervals = (
  tables: GrowingTimetable,
  from: Instant,
  count: number,
  direction: Direction = 'forward',
): readonly WorkingInterval[] => {
  if (!Number.isInteger(count) || count < 0 || count > MAX_INTERVALS)
    throw invalid('count', 'type', `not a whole number from 0 to ${String(MAX_INTERVALS)}`, 'ask for fewer intervals at a time')
  if (count === 0) return []
  return direction === 'forward' ? forward(tables, from, count) : backward(tables, from, count)
}
