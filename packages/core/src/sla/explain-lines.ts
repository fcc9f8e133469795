import { addDays, daysBetween, type Instant, type LocalDate, type Pause, type WorkingCalendar } from '../calendar/index.ts'
import { elapsedBetween, hoursToMs, isByDate, isFixed, measureOf, timeBetween, wholeDays, type PlacedLeg } from './measure.ts'
import type { ClockBudget } from './types.ts'

/** A stretch of one day that counted, or stood still. */
export interface DayInterval {
  readonly from: Instant
  readonly to: Instant
  readonly kind: 'counted' | 'paused'
}

/** Why a date counted or not: no working time on it, all of it paused, or the start date of a budget in days. */
export type DayVerdict = 'counted' | 'off' | 'paused' | 'startDate'

/** One line of the sum; `counted` and `total` are in the part's unit. */
export type ExplanationLine =
  | {
      readonly kind: 'day'
      readonly date: LocalDate
      readonly verdict: DayVerdict
      readonly intervals: readonly DayInterval[]
      readonly counted: number
      readonly total: number
    }
  | {
      /** So many dates between two, not always in a row, each of which counted the same. */
      readonly kind: 'days'
      readonly from: LocalDate
      readonly to: LocalDate
      readonly verdict: DayVerdict
      readonly days: number
      readonly each: number
      readonly counted: number
      readonly total: number
    }
  | {
      /** A span too long or too uneven to list. */
      readonly kind: 'span'
      readonly from: LocalDate
      readonly to: LocalDate
      readonly days: number
      readonly counted: number
      readonly total: number
    }

/** The sum of one budget. */
export interface ExplanationPart {
  readonly leg: ClockBudget
  /** `ms` of working or elapsed time, `days`, or `instant` for a fixed one, which needs no sum. */
  readonly unit: 'ms' | 'days' | 'instant'
  readonly measure: 'working' | 'elapsed'
  readonly budget: number
  readonly from: Instant
  readonly to: Instant | null
  readonly lines: readonly ExplanationLine[]
  readonly total: number
}

/** Dates listed one by one, at most; of a longer span the first and last few. */
const maxListed = 31
const edge = 7
/** Dates of the middle that are still looked at one by one. */
const maxWalked = 400
const maxGroups = 12

interface Day {
  readonly date: LocalDate
  readonly verdict: DayVerdict
  readonly intervals: readonly DayInterval[]
  readonly counted: number
}
type Sum = ExplanationLine extends infer L ? (L extends unknown ? Omit<L, 'total'> : never) : never

/** Explains one leg: a line a date, long spans collapsed. */
export function explainLeg(placed: PlacedLeg, calendar: WorkingCalendar, pauses: readonly Pause[]): ExplanationPart {
  const { leg, from, to } = placed
  const measure = measureOf(leg)
  if (isFixed(leg)) return { leg, unit: 'instant', measure, budget: 0, from, to, lines: [], total: 0 }
  const byDate = isByDate(leg)
  // Without a due instant the sum goes as far as the pause that keeps it unknown, which is the last one.
  const end = to ?? pauses.reduce((latest, pause) => Math.max(latest, pause.from), from)
  const day = byDate ? dateDay(measure, from, calendar, pauses) : timeDay(measure, from, end, calendar, pauses)
  const first = calendar.localDateOf(from)
  const last = calendar.localDateOf(Math.max(from, end - 1))
  const between = (a: LocalDate, b: LocalDate): number =>
    byDate
      ? measure === 'working'
        ? calendar.workingDaysBetween(a, b, '[]')
        : daysBetween(a, b) + 1
      : timeBetween(
          measure,
          calendar,
          Math.max(from, calendar.startOfDay(a)),
          Math.min(end, calendar.startOfDay(addDays(b, 1))),
          pauses,
        )
  const { lines, total } = withTotals(sumsOf(first, last, day, between, byDate && pauses.length > 0))
  return {
    leg,
    unit: byDate ? 'days' : 'ms',
    measure,
    budget: byDate ? wholeDays(leg.amount) : hoursToMs(leg.amount),
    from,
    to,
    lines,
    total,
  }
}

function withTotals(sums: readonly Sum[]): { readonly lines: readonly ExplanationLine[]; readonly total: number } {
  let total = 0
  const lines = sums.map((sum) => {
    total += sum.counted
    return { ...sum, total }
  })
  return { lines, total }
}

/** What a date gives to a budget in hours: its stretches between local midnights. */
function timeDay(
  measure: 'working' | 'elapsed',
  from: Instant,
  end: Instant,
  calendar: WorkingCalendar,
  pauses: readonly Pause[],
): (date: LocalDate) => Day {
  return (date) => {
    const low = Math.max(from, calendar.startOfDay(date))
    const high = Math.min(end, calendar.startOfDay(addDays(date, 1)))
    const stretches = measure === 'elapsed' ? [{ start: low, end: high }] : intervalsBetween(low, high, calendar)
    const intervals = stretches.flatMap((stretch) => cut(stretch.start, stretch.end, pauses))
    const counted = intervals.reduce((sum, i) => sum + (i.kind === 'counted' ? i.to - i.from : 0), 0)
    return { date, verdict: counted > 0 ? 'counted' : intervals.length > 0 ? 'paused' : 'off', intervals, counted }
  }
}

/** What a date gives to a budget in days: one, unless it is the start date, off, or paused from opening to closing. */
function dateDay(
  measure: 'working' | 'elapsed',
  from: Instant,
  calendar: WorkingCalendar,
  pauses: readonly Pause[],
): (date: LocalDate) => Day {
  const start = calendar.localDateOf(from)
  return (date) => {
    if (date === start) return { date, verdict: 'startDate', intervals: [], counted: 0 }
    const hours =
      measure === 'working'
        ? calendar.workingHoursOn(date)
        : [{ start: calendar.startOfDay(date), end: calendar.startOfDay(addDays(date, 1)) }]
    const opening = hours[0]?.start
    const closing = hours.at(-1)?.end
    if (opening === undefined || closing === undefined) return { date, verdict: 'off', intervals: [], counted: 0 }
    const open =
      measure === 'working'
        ? calendar.workingTimeBetween(opening, closing, pauses)
        : elapsedBetween(opening, closing, pauses) + (closing > opening ? 0 : 1)
    const intervals = hours.flatMap((h) => cut(h.start, h.end, pauses))
    return { date, verdict: open > 0 ? 'counted' : 'paused', intervals, counted: open > 0 ? 1 : 0 }
  }
}

function intervalsBetween(
  from: Instant,
  to: Instant,
  calendar: WorkingCalendar,
): readonly { readonly start: Instant; readonly end: Instant }[] {
  const found: { start: Instant; end: Instant }[] = []
  let at = from
  // The calendar must not be asked beyond `to`: after its last working day there is nothing to find.
  while (calendar.workingTimeBetween(at, to) > 0)
    for (const { start, end } of calendar.workingIntervals(at, 1)) {
      found.push({ start, end: Math.min(end, to) })
      at = end
    }
  return found
}

/** Cuts a stretch along the pauses. */
function cut(from: Instant, to: Instant, pauses: readonly Pause[]): DayInterval[] {
  const pieces: DayInterval[] = []
  let at = from
  const push = (end: Instant, kind: DayInterval['kind']): void => {
    if (end > at) pieces.push({ from: at, to: end, kind })
    at = Math.max(at, end)
  }
  for (const pause of pauses) {
    push(Math.min(pause.from, to), 'counted')
    push(Math.min(pause.to ?? Infinity, to), 'paused')
  }
  push(to, 'counted')
  return pieces
}

const ownLine = (day: Day): Sum => ({ kind: 'day', ...day })

/** The lines without their running totals. */
function sumsOf(
  first: LocalDate,
  last: LocalDate,
  day: (date: LocalDate) => Day,
  between: (a: LocalDate, b: LocalDate) => number,
  pausedDays: boolean,
): readonly Sum[] {
  const count = daysBetween(first, last) + 1
  const walk = (from: LocalDate, days: number): Day[] =>
    Array.from({ length: Math.max(0, days) }, (_, i) => day(addDays(from, i)))
  if (count <= maxListed) return joinOff(walk(first, count))
  const middleFrom = addDays(first, edge)
  const middleTo = addDays(last, -edge)
  const middle = count - 2 * edge
  const head = joinOff(walk(first, edge))
  const tail = joinOff(walk(addDays(last, 1 - edge), edge))
  if (middle <= maxWalked || pausedDays) {
    const groups = group(walk(middleFrom, middle))
    if (groups.length <= maxGroups) return [...head, ...groups, ...tail]
  }
  return [
    ...head,
    { kind: 'span', from: middleFrom, to: middleTo, days: middle, counted: between(middleFrom, middleTo) },
    ...tail,
  ]
}

/** Days off in a row become one line. */
function joinOff(days: readonly Day[]): readonly Sum[] {
  const lines: Sum[] = []
  let run: Day[] = []
  const flush = (): void => {
    lines.push(...(run.length === 1 ? run.map(ownLine) : group(run)))
    run = []
  }
  for (const day of days) {
    if (day.verdict === 'off') run.push(day)
    else {
      flush()
      lines.push(ownLine(day))
    }
  }
  flush()
  return lines
}

/** Dates that counted the same become one line each: "52 days × 8 h". */
function group(days: readonly Day[]): readonly Sum[] {
  const groups = new Map<string, { from: LocalDate; to: LocalDate; verdict: DayVerdict; days: number; each: number }>()
  for (const { date, verdict, counted } of days) {
    const key = `${verdict} ${String(counted)}`
    const found = groups.get(key)
    if (found === undefined) groups.set(key, { from: date, to: date, verdict, days: 1, each: counted })
    else {
      found.to = date
      found.days += 1
    }
  }
  return [...groups.values()].map((g) => ({ kind: 'days', ...g, counted: g.days * g.each }))
}
