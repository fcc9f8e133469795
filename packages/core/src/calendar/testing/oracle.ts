import type { CalendarDocument, Direction, Edge, Instant, Pause, WorkingInterval } from '../index.ts'

/**
 * A second, slow and plain implementation of the calendar's semantics for the tests. It shares no code with the first: dates through
 * `Date`, offsets through Intl's "longOffset" at every question, and a walk over the pieces of time between all boundaries.
 */

const DAY = 86_400_000
const MINUTE = 60_000
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

type List = readonly (readonly [string, string])[]

/** Intl is slow, and the tests ask it about the same instants again and again. */
const answers = new Map<string, Map<Instant, number>>()

const offsetOf = (zone: string): ((at: Instant) => number) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const asked = answers.get(zone) ?? new Map<Instant, number>()
  answers.set(zone, asked)
  const ask = (at: Instant): number => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name) ?? []
    const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE + Number(seconds ?? 0) * 1_000
    return sign === '-' ? -size : size
  }
  return (at) => {
    const known = asked.get(at)
    if (known !== undefined) return known
    const offset = ask(at)
    asked.set(at, offset)
    return offset
  }
}

const wallToInstant = (local: number, offset: (at: Instant) => number): Instant => {
  const before = offset(local - DAY)
  const candidates = [before, offset(local + DAY)].map((size) => local - size)
  const valid = candidates.filter((at) => at + offset(at) === local)
  return valid.length > 0 ? Math.min(...valid) : local - before
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

const subtract = (intervals: WorkingInterval[], gap: WorkingInterval): WorkingInterval[] =>
  intervals
    .flatMap(({ start, end }) => [
      { start, end: Math.min(end, gap.start) },
      { start: Math.max(start, gap.end), end },
    ])
    .filter(({ start, end }) => end > start)

/** The stretch of `days` around an instant, cut at every boundary: pieces in order, each wholly working or wholly not. */
export class Oracle {
  readonly pieces: readonly (WorkingInterval & { readonly working: boolean })[]
  readonly workingDates: readonly string[]
  readonly #offset: (at: Instant) => number

  constructor(document: CalendarDocument, center: Instant, days: number, pauses: readonly Pause[] = []) {
    this.#offset = offsetOf(document.timeZone)
    const all: WorkingInterval[] = []
    const dates: string[] = []
    const middle = Math.floor(center / DAY)
    for (let day = middle - days; day <= middle + days; day += 1) {
      const open = this.#open(document, day)
      if (open.length > 0) dates.push(new Date(day * DAY).toISOString().slice(0, 10))
      all.push(...open)
    }
    this.workingDates = dates
    const paused = pauses.map(({ from, to }) => ({ start: from, end: to ?? Infinity }))
    const edges = [(middle - days) * DAY, (middle + days) * DAY, ...all.flatMap(({ start, end }) => [start, end])]
    const cuts = [...edges, ...paused.flatMap(({ start, end }) => [start, end])].filter((at) => at < Infinity)
    const sorted = [...new Set(cuts)].sort((a, b) => a - b)
    this.pieces = sorted.slice(1).map((end, index) => {
      const start = sorted[index] ?? 0
      const covers = (interval: WorkingInterval): boolean => interval.start <= start && end <= interval.end
      return { start, end, working: all.some(covers) && !paused.some(covers) }
    })
  }

  #open(document: CalendarDocument, day: number): WorkingInterval[] {
    const date = new Date(day * DAY).toISOString().slice(0, 10)
    // A date exists if the local clock shows it at some time of the three days around it.
    let exists = false
    for (let at = (day - 1) * DAY; at < (day + 2) * DAY && !exists; at += 180 * MINUTE)
      exists = Math.floor((at + this.#offset(at)) / DAY) === day
    if (!exists) return []
    const holidays = (document.holidays ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.date))
    const weekday = weekdays[new Date(day * DAY).getUTCDay()] ?? 'sun'
    const list: List =
      document.overrides?.[date] ??
      (document.makeupWorkdays?.includes(date) === true
        ? (document.makeupHours ?? [])
        : holidays.includes(date)
          ? []
          : (document.week[weekday] ?? []))
    const real = ([from, to]: readonly [string, string]): WorkingInterval => {
      const next = minutesOf(to) < minutesOf(from) ? DAY : 0
      return {
        start: wallToInstant(day * DAY + minutesOf(from) * MINUTE, this.#offset),
        end: wallToInstant(day * DAY + minutesOf(to) * MINUTE + next, this.#offset),
      }
    }
    let intervals = list.map(real).filter(({ start, end }) => end > start)
    for (const entry of document.breaks?.[date] ?? []) {
      const gap = real(entry)
      if (gap.end > gap.start) intervals = subtract(intervals, gap)
    }
    return intervals
  }

  isWorking(at: Instant): boolean {
    return this.pieces.some(({ start, end, working }) => working && start <= at && at < end)
  }

  between(from: Instant, to: Instant): number {
    const sum = this.pieces
      .filter(({ working }) => working)
      .reduce(
        (total, { start, end }) => total + Math.max(0, Math.min(end, Math.max(from, to)) - Math.max(start, Math.min(from, to))),
        0,
      )
    return from <= to ? sum : 0 - sum
  }

  /** Walks from an instant until the amount is used up; `undefined` when the stretch ends before. */
  add(from: Instant, amount: number, edge: Edge, zero: Direction = 'forward'): Instant | undefined {
    if (amount === 0 && edge === 'stop') return from
    const forward = amount === 0 ? zero === 'forward' : amount > 0
    let left = Math.abs(amount)
    let at = from
    const walk = forward ? this.pieces : this.pieces.toReversed()
    for (const { start, end, working } of walk) {
      const [near, far] = forward ? [Math.max(start, at), end] : [Math.min(end, at), start]
      const length = forward ? far - near : near - far
      if (length <= 0) continue
      if (!working) {
        at = far
        continue
      }
      if (left < length || (left === length && edge === 'stop')) return forward ? near + left : near - left
      left -= length
      at = far
    }
    return undefined
  }
}
