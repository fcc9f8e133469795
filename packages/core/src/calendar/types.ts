import type { CalendarDocument } from './schema.ts'
import type { DateCalendar } from './date-calendar.ts'

/** A moment in time: milliseconds since 1970-01-01T00:00:00Z, as `Date.prototype.getTime` gives them. */
export type Instant = number

/** A length of time in milliseconds. */
export type Milliseconds = number

/** A calendar date without time or zone, `YYYY-MM-DD`, years 1900 to 2200. */
export type LocalDate = string

/** A maximal stretch of working time, half-open: working at `start`, no longer at `end`. */
export interface WorkingInterval {
  readonly start: Instant
  readonly end: Instant
}

/** A stretch of time that does not count against a deadline. `to: null` means that it has not ended yet. */
export interface Pause {
  readonly from: Instant
  readonly to: Instant | null
}

/**
 * Where an amount of working time ends when it is used up exactly at a closing.
 * - `stop`: at the closing itself, the earliest such instant (8 h from 09:00 end at 17:00 today);
 * - `roll`: at the next opening, the latest such instant (tomorrow 09:00).
 */
export type Edge = 'stop' | 'roll'

/** Which way to look or to walk. */
export type Direction = 'forward' | 'backward'

/**
 * What adding working days does with a start date that is not a working date.
 * - `count`: nothing, the n-th working date strictly after it is the answer;
 * - `roll`: it first moves to the next working date (the previous one for n < 0), and that move is not counted.
 *
 * Adding 0 days gives the start date itself under both.
 */
export type DayStart = 'count' | 'roll'

/** What happens to the time of day when working days are added to an instant: kept as it is, or kept and then moved into working time. */
export type TimeOfDay = 'keep' | 'snap'

/** Whether the closing instant of an interval counts as working. */
export type Closing = 'exclusive' | 'inclusive'

/** Whether the opening instant of an interval counts as "after working time". */
export type Opening = 'exclusive' | 'inclusive'

/**
 * Which ends a count of working days includes. `[)`, `(]` and `[]` name the earlier end first and are negated when the dates are
 * reversed; `walk` counts the first argument and never the second, whichever is earlier.
 */
export type DayBounds = '[)' | '(]' | '[]' | 'walk'

/** The sign of working time between two instants: negative when they are reversed, or never below zero. */
export type Sign = 'signed' | 'clamped'

/** Whether holidays were supplied for every date asked about, or the plain weekday pattern had to stand in for some. */
export type Coverage = 'covered' | 'provisional'

/** Options of {@link WorkingCalendar.addWorkingDaysToInstant}. */
export interface AddDaysOptions {
  /** Default `count`. */
  readonly start?: DayStart
  /** Default `keep`. */
  readonly time?: TimeOfDay
}

/**
 * A company's working time as a function of real time (I-18; every clock P-01 … P-31 that counts hours or working days reads it).
 *
 * Instants are epoch milliseconds, amounts are elapsed milliseconds, dates are local dates in {@link WorkingCalendar.timeZone}.
 * Nothing depends on the zone of the host. Each method throws `InvalidInputError` for input that is no instant, date or count, and a
 * `GovernanceError` with code `calendar_range` when the answer lies outside the years 1900 to 2200; no search runs without that bound.
 */
export interface WorkingCalendar {
  /** The document's `id`, if it has one. */
  readonly id: string | undefined
  /** The IANA zone that the document's hours are local to. */
  readonly timeZone: string
  /** The validated document this calendar was made from. */
  readonly document: CalendarDocument
  /** The dates for which holidays were supplied, both included; `undefined` when the document does not say. */
  readonly coverage: { readonly from: LocalDate; readonly to: LocalDate } | undefined

  /** Whether the instant lies in working time. Intervals are half-open: true at 09:00, false at 17:00 unless `closing` is `inclusive`. */
  isWorking(at: Instant, closing?: Closing): boolean
  /** Whether any working time opens on the date. */
  isWorkingDay(date: LocalDate): boolean
  /** The instant itself when it is working, else the next opening. With `closing` `inclusive` a closing instant is returned unchanged. */
  nextWorkingInstant(from: Instant, closing?: Closing): Instant
  /** The latest instant, at or before `from`, that ends working time. With `opening` `inclusive` an opening instant is returned unchanged. */
  previousWorkingInstant(from: Instant, opening?: Opening): Instant
  /** The first opening strictly after the instant. */
  nextOpening(from: Instant): Instant
  /** The first closing strictly after the instant. */
  nextClosing(from: Instant): Instant
  /** The next (or previous, nearest first) `count` maximal intervals; the first is clipped at `from`. */
  workingIntervals(from: Instant, count: number, direction?: Direction): readonly WorkingInterval[]
  /** The intervals that open on the date, an overnight one with its tail of the next morning; empty on a day off. */
  workingHoursOn(date: LocalDate): readonly WorkingInterval[]

  /** The instant at which `amount` of working time has passed since `from`; a negative amount goes back. `zero` is the direction of an amount of 0. */
  addWorkingTime(from: Instant, amount: Milliseconds, edge?: Edge, zero?: Direction): Instant
  /** The working time from `from` to `to` in milliseconds, outside the pauses; negative when reversed, unless `sign` is `clamped`. */
  workingTimeBetween(from: Instant, to: Instant, pauses?: readonly Pause[], sign?: Sign): Milliseconds
  /** The instant at which `budget` is used up when the pauses do not count; `null` while an open pause keeps it unknown. */
  dueAt(start: Instant, budget: Milliseconds, pauses?: readonly Pause[], edge?: Edge): Instant | null

  /** The n-th working date after the date (before it, for n < 0); 0 gives the date itself. */
  addWorkingDays(from: LocalDate, days: number, start?: DayStart): LocalDate
  /** The same for an instant: its local date moves, its wall-clock time stays. */
  addWorkingDaysToInstant(from: Instant, days: number, options?: AddDaysOptions): Instant
  /** The number of working dates from one date to the other, `[)` by default. */
  workingDaysBetween(from: LocalDate, to: LocalDate, bounds?: DayBounds): number
  /** "Within N working days": the close of the N-th working date after the local date of `start`, which itself never counts. N >= 1. */
  closeOfWorkingDay(start: Instant, days: number): Instant
  /** The same with pauses: a working date counts unless all of its working time was paused; `null` while an open pause keeps it unknown. */
  dueInWorkingDays(start: Instant, days: number, pauses?: readonly Pause[]): Instant | null

  /** `covered` when holidays were supplied for every local date from one instant to the other; else `provisional`. */
  coverageOf(from: Instant, to?: Instant): Coverage
  /** The local date at an instant. */
  localDateOf(at: Instant): LocalDate
  /** The instant of a local date and time, `HH:mm` or `HH:mm:ss` (gap: moved forward; overlap: the earlier one). `24:00` is the end of the day. */
  instantOf(date: LocalDate, time: string): Instant
  /** The first instant of a local date. */
  startOfDay(date: LocalDate): Instant
  /** The same calendar for callers with `Date` objects. */
  withDates(): DateCalendar
}
