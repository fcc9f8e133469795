import type { EpochDay } from './local-date.ts'
import type { Instant, Milliseconds, WorkingInterval } from './types.ts'

const DAY = 86_400_000

/** What a timetable is built from: a range of dates, its maximal intervals clipped to the range, its working dates. */
export interface TimetableSource {
  readonly first: EpochDay
  readonly last: EpochDay
  readonly from: Instant
  readonly to: Instant
  readonly intervals: readonly WorkingInterval[]
  readonly days: readonly EpochDay[]
  readonly openings: readonly Instant[]
  readonly closings: readonly Instant[]
}

/**
 * Working time of a range of dates as tables. `workAt(t)`, the working time before t, is a rising line with flat stretches; every
 * question of the calendar is that line or its inverse. Both directions start from a bucket and step over a few intervals at most, so
 * that an answer costs the same for a day and for a year.
 */
export class Timetable {
  /** The dates covered: `first` up to, and without, `last`. */
  readonly first: EpochDay
  readonly last: EpochDay
  /** The same range in real time. */
  readonly from: Instant
  readonly to: Instant
  readonly size: number
  readonly total: Milliseconds
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** The working dates in order, and the instants at which the first interval of each opens and the last one closes. */
  readonly days: Int32Array
  readonly openings: Float64Array
  readonly closings: Float64Array
  /** Working time before each interval; one entry more, the total. */
  readonly #before: Float64Array
  /** By days of real time since `from`: the first interval that ends later. */
  readonly #byTime: Int32Array
  /** By portions of working time: the first interval in which the portion is exceeded. */
  readonly #byWork: Int32Array
  readonly #portion: Milliseconds
  /** By date since `first`: how many working dates came before. */
  readonly #rank: Int32Array

  constructor(source: TimetableSource) {
    this.first = source.first
    this.last = source.last
    this.from = source.from
    this.to = source.to
    this.size = source.intervals.length
    this.starts = Float64Array.from(source.intervals, ({ start }) => start)
    this.ends = Float64Array.from(source.intervals, ({ end }) => end)
    this.days = Int32Array.from(source.days)
    this.openings = Float64Array.from(source.openings)
    this.closings = Float64Array.from(source.closings)

    this.#before = new Float64Array(this.size + 1)
    let total = 0
    source.intervals.forEach(({ start, end }, index) => {
      total += end - start
      this.#before[index + 1] = total
    })
    this.total = total

    this.#byTime = new Int32Array(Math.ceil((this.to - this.from) / DAY) + 1)
    for (let bucket = 0, index = 0; bucket < this.#byTime.length; bucket += 1) {
      while (index < this.size && (this.ends[index] ?? 0) <= this.from + bucket * DAY) index += 1
      this.#byTime[bucket] = index
    }

    this.#portion = this.size === 0 ? 1 : total / this.size
    this.#byWork = new Int32Array(this.size + 2)
    for (let bucket = 0, index = 0; bucket < this.#byWork.length; bucket += 1) {
      while (index < this.size && (this.#before[index + 1] ?? 0) <= (bucket - 1) * this.#portion) index += 1
      this.#byWork[bucket] = index
    }

    this.#rank = new Int32Array(this.last - this.first + 1)
    for (let offset = 0, rank = 0; offset < this.#rank.length; offset += 1) {
      this.#rank[offset] = rank
      if (this.days[rank] === this.first + offset) rank += 1
    }
  }

  /** Whether the instant lies inside, not on the edge: on the edge an interval may be clipped. False for NaN. */
  covers(at: Instant): boolean {
    return at > this.from && at < this.to
  }

  coversDay(day: EpochDay): boolean {
    return day >= this.first && day < this.last
  }

  /** Index of the first interval that ends after the instant; `size` when none does. */
  seek(at: Instant): number {
    const { ends } = this
    let index = this.#byTime[Math.floor((at - this.from) / DAY)] ?? this.size
    while (index < this.size && (ends[index] ?? 0) <= at) index += 1
    return index
  }

  /** Working time between the start of the range and an instant of the range. */
  workAt(at: Instant): Milliseconds {
    const index = this.seek(at)
    const before = this.#before[index] ?? 0
    const start = this.starts[index] ?? Infinity
    return at > start ? before + (at - start) : before
  }

  /** The earliest instant before which `work` has been done, for 0 < work <= total. */
  earliestAt(work: Milliseconds): Instant {
    const before = this.#before
    let index = this.#bucketOf(work)
    while (index < this.size - 1 && (before[index + 1] ?? 0) < work) index += 1
    return (this.starts[index] ?? 0) + (work - (before[index] ?? 0))
  }

  /** The latest instant before which no more than `work` has been done, for 0 <= work < total. */
  latestAt(work: Milliseconds): Instant {
    const before = this.#before
    let index = this.#bucketOf(work)
    while (index < this.size - 1 && (before[index + 1] ?? 0) <= work) index += 1
    return (this.starts[index] ?? 0) + (work - (before[index] ?? 0))
  }

  /** How many working dates of the range come before the date. */
  rankOf(day: EpochDay): number {
    return this.#rank[day - this.first] ?? 0
  }

  // One bucket early: rounding in the division must not land behind the interval that is looked for.
  #bucketOf(work: Milliseconds): number {
    return this.#byWork[Math.floor(work / this.#portion)] ?? 0
  }
}
