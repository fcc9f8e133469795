import type { EpochDay } from './local-date.ts'
import type { Instant, Milliseconds } from './types.ts'
import { zoneFormat } from './zone-format.ts'

const DAY = 86_400_000

/** No zone has ever been 16 hours or more from UTC (the widest local mean time is Manila's, 15:56 behind). */
const WIDEST_OFFSET = 16 * 3_600_000

/** Three spare days beyond every accepted date, so that overnight shifts and zone offsets at the limits need no special case. */
const EARLIEST = Date.UTC(1900, 0, 1) - 3 * DAY
const LATEST = Date.UTC(2201, 0, 1) + 3 * DAY

/** Chunks of a year, sampled when first asked for. */
const CHUNK = 365 * DAY

type OffsetAt = (at: Instant) => Milliseconds

/** The zone's offset from UTC at an instant, read off the local clock that Intl shows. */
const intlOffset = (timeZone: string): OffsetAt => {
  const format = zoneFormat(timeZone)
  return (at) => {
    const whole = Math.floor(at / 1_000) * 1_000
    // "3/29/2026, 03:00:00"; cutting up the text is several times faster than formatToParts, and this is the dear part of a calendar.
    const [month, day, year, hour, minute, second] = format.format(whole).split(/\D+/).map(Number)
    return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - whole
  }
}

/**
 * The offsets of one time zone, kept as a sorted list of transitions. Intl is asked once a day of the range, and between two days that
 * differ the transition is found by bisection; after that every conversion is a binary search over a handful of numbers.
 */
export class ZoneOffsets {
  readonly #offsetAt: OffsetAt
  /** `#at[k]` is the instant from which `#offset[k]` holds; the first entry stands for "always before". */
  #at: Instant[] = []
  #offset: Milliseconds[] = []
  #from = 0
  #to = 0

  constructor(timeZone: string) {
    this.#offsetAt = intlOffset(timeZone)
  }

  /** Offset from UTC in milliseconds, positive east of Greenwich. */
  offsetAt(at: Instant): Milliseconds {
    this.#cover(at, at)
    return this.#offset[this.#segment(at)] ?? 0
  }

  /**
   * The instant of a local wall-clock time (given as if it were UTC) by Temporal's "compatible" rule: the earlier of two,
   * and a time that the clocks skipped is moved forward by the length of the gap.
   */
  instantOf(local: Milliseconds): Instant {
    return this.#resolve(local, false)
  }

  /** The first instant that belongs to a local date, or to a later one when the zone skipped the date. */
  startOfDay(epochDay: EpochDay): Instant {
    return this.#resolve(epochDay * DAY, true)
  }

  /** Whether the zone left the date out, as Samoa did with 2011-12-30 when it crossed the date line. */
  skips(epochDay: EpochDay): boolean {
    const start = this.startOfDay(epochDay)
    return start + this.offsetAt(start) >= (epochDay + 1) * DAY
  }

  #resolve(local: Milliseconds, endOfGap: boolean): Instant {
    this.#cover(local - WIDEST_OFFSET, local + WIDEST_OFFSET)
    let previous = 0
    for (let k = this.#segment(local - WIDEST_OFFSET); k < this.#at.length; k += 1) {
      const offset = this.#offset[k] ?? 0
      const begin = this.#at[k] ?? 0
      const at = local - offset
      if (at < (this.#at[k + 1] ?? Infinity)) {
        // Too late for the segment before and too early for this one: the clocks jumped over it.
        if (at < begin && k > 0) return endOfGap ? begin : local - previous
        return at
      }
      previous = offset
    }
    return local - previous
  }

  /** Index of the last transition at or before the instant. */
  #segment(at: Instant): number {
    let low = 0
    let high = this.#at.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#at[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return low
  }

  #cover(low: Instant, high: Instant): void {
    if (low >= this.#from && high < this.#to) return
    const from = Math.max(EARLIEST, Math.floor(low / CHUNK) * CHUNK)
    const to = Math.min(LATEST, (Math.floor(high / CHUNK) + 1) * CHUNK)
    if (this.#to === this.#from) {
      this.#from = this.#to = from
      this.#at = [from]
      this.#offset = [this.#offsetAt(from)]
    }
    if (from < this.#from) {
      const before: [Instant, Milliseconds][] = [[from, this.#offsetAt(from)]]
      this.#sample(from, this.#from, before)
      // The old first entry only marked the edge of what was known; the sample covers that instant too.
      this.#at = [...before.map(([at]) => at), ...this.#at.slice(1)]
      this.#offset = [...before.map(([, offset]) => offset), ...this.#offset.slice(1)]
      this.#from = from
    }
    if (to > this.#to) {
      const after: [Instant, Milliseconds][] = [[this.#to, this.#offset.at(-1) ?? 0]]
      this.#sample(this.#to, to, after)
      for (const [at, offset] of after.slice(1)) {
        this.#at.push(at)
        this.#offset.push(offset)
      }
      this.#to = to
    }
  }

  /** Appends the transitions in (from, to] to `into`, whose last entry holds the offset at `from`. */
  #sample(from: Instant, to: Instant, into: [Instant, Milliseconds][]): void {
    let offset = into.at(-1)?.[1] ?? 0
    for (let low = from; low < to; low += DAY) {
      const high = Math.min(low + DAY, to)
      const next = this.#offsetAt(high)
      if (next === offset) continue
      into.push([this.#bisect(low, high, offset), next])
      offset = next
    }
  }

  /** The first second in (low, high] whose offset is no longer `offset`. */
  #bisect(low: Instant, high: Instant, offset: Milliseconds): Instant {
    let [before, after] = [Math.floor(low / 1_000), Math.ceil(high / 1_000)]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (this.#offsetAt(middle * 1_000) === offset) before = middle
      else after = middle
    }
    return after * 1_000
  }
}

const known = new Map<string, ZoneOffsets>()

/** The offsets of a zone, shared by all calendars: they are facts about the world, and sampling them costs more than all the rest of a calendar. */
export const zoneOffsets = (timeZone: string): ZoneOffsets => {
  // Keyed by the canonical name, so that spelling variants cannot grow the cache without bound.
  const name = new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone
  let zone = known.get(name)
  if (zone === undefined) known.set(name, (zone = new ZoneOffsets(name)))
  return zone
}
