import { compile } from './compile.ts'
import type { DayPlan } from './day-plan.ts'
import { invalid, outOfRange } from './invalid.ts'
import { FIRST_EPOCH_DAY, LAST_EPOCH_DAY, type EpochDay } from './local-date.ts'
import type { Timetable } from './timetable.ts'
import type { Instant } from './types.ts'
import type { ZoneOffsets } from './zone-offsets.ts'

const DAY = 86_400_000

/** Deadlines look ahead more than back; two years fit a processor's first cache. */
const DAYS_BEHIND = 200
const DAYS_AHEAD = 530

/** Refuses what is no instant near the years 1900 to 2200. Whether its local date belongs to them is for the zone to say: within a day of UTC's. */
export const requireInstant = (at: Instant): Instant => {
  if (typeof at !== 'number' || !Number.isFinite(at))
    throw invalid('instant', 'type', 'not an instant', 'give epoch milliseconds, e.g. Date.parse(text)')
  if (at < (FIRST_EPOCH_DAY - 1) * DAY || at >= (LAST_EPOCH_DAY + 2) * DAY) throw outOfRange({ instant: at })
  return at
}

/**
 * The timetable of a calendar, compiled for the dates that were asked about and made larger when a question or an answer lies outside.
 * It at least doubles each time, so that growing costs little in all, and ends at the years 1900 and 2200, so that no search is endless.
 */
export class GrowingTimetable {
  readonly plan: DayPlan
  readonly zone: ZoneOffsets
  #table: Timetable | undefined

  constructor(plan: DayPlan, zone: ZoneOffsets) {
    this.plan = plan
    this.zone = zone
  }

  /** A timetable with the instant inside. */
  at(instant: Instant): Timetable {
    const table = this.#table
    return table?.covers(instant) === true ? table : this.#reachInstants(instant, instant)
  }

  /** A timetable with both instants inside, in whichever order. */
  over(a: Instant, b: Instant): Timetable {
    const table = this.#table
    return table?.covers(a) === true && table.covers(b) ? table : this.#reachInstants(a, b)
  }

  /** A timetable with both dates and those next to them. */
  overDays(a: EpochDay, b: EpochDay): Timetable {
    const table = this.#table
    return table?.coversDay(a) === true && table.coversDay(b) ? table : this.#reach(Math.min(a, b), Math.max(a, b))
  }

  /** A timetable that starts where this one does and ends later. */
  later(table: Timetable): Timetable {
    if (table.last > LAST_EPOCH_DAY) throw outOfRange({ direction: 'forward' })
    return this.#reach(table.first, table.last)
  }

  /** A timetable that ends where this one does, or later, and starts earlier. */
  earlier(table: Timetable): Timetable {
    if (table.first <= FIRST_EPOCH_DAY) throw outOfRange({ direction: 'backward' })
    return this.#reach(table.first - 1, table.last - 1)
  }

  #reachInstants(a: Instant, b: Instant): Timetable {
    const low = Math.min(requireInstant(a), requireInstant(b))
    const high = Math.max(a, b)
    // The local date may be the one before or after the UTC date.
    const table = this.#reach(Math.floor(low / DAY) - 1, Math.floor(high / DAY) + 1)
    if (!table.covers(low) || !table.covers(high)) throw outOfRange({ from: low, to: high })
    return table
  }

  #reach(low: EpochDay, high: EpochDay): Timetable {
    const table = this.#table
    let first = low - DAYS_BEHIND
    let last = high + DAYS_AHEAD
    if (table !== undefined) {
      const span = table.last - table.first
      first = low < table.first ? Math.min(first, table.first - span) : table.first
      last = high >= table.last ? Math.max(last, table.last + span) : table.last
    }
    first = Math.max(first, FIRST_EPOCH_DAY)
    last = Math.min(last, LAST_EPOCH_DAY + 1)
    if (table !== undefined && first === table.first && last === table.last) return table
    return (this.#table = compile(this.plan, this.zone, first, last))
  }
}
