import type {
  AddDaysOptions,
  Closing,
  Coverage,
  Direction,
  Edge,
  LocalDate,
  Milliseconds,
  Opening,
  Sign,
  WorkingCalendar,
} from './types.ts'

/** A pause with `Date` ends; `to: null` means that it has not ended yet. */
export interface DatePause {
  readonly from: Date
  readonly to: Date | null
}

/** A maximal stretch of working time with `Date` ends, half-open. */
export interface DateInterval {
  readonly start: Date
  readonly end: Date
}

/** {@link WorkingCalendar} for callers with `Date` objects: same names, same meanings, same errors. Amounts stay milliseconds. */
export interface DateCalendar {
  isWorking(at: Date, closing?: Closing): boolean
  nextWorkingInstant(from: Date, closing?: Closing): Date
  previousWorkingInstant(from: Date, opening?: Opening): Date
  nextOpening(from: Date): Date
  nextClosing(from: Date): Date
  workingIntervals(from: Date, count: number, direction?: Direction): readonly DateInterval[]
  addWorkingTime(from: Date, amount: Milliseconds, edge?: Edge, zero?: Direction): Date
  workingTimeBetween(from: Date, to: Date, pauses?: readonly DatePause[], sign?: Sign): Milliseconds
  dueAt(start: Date, budget: Milliseconds, pauses?: readonly DatePause[], edge?: Edge): Date | null
  addWorkingDays(from: Date, days: number, options?: AddDaysOptions): Date
  closeOfWorkingDay(start: Date, days: number): Date
  dueInWorkingDays(start: Date, days: number, pauses?: readonly DatePause[]): Date | null
  coverageOf(from: Date, to?: Date): Coverage
  localDateOf(at: Date): LocalDate
  instantOf(date: LocalDate, time: string): Date
}

const instants = (pauses: readonly DatePause[]) =>
  pauses.map(({ from, to }) => ({ from: from.getTime(), to: to === null ? null : to.getTime() }))

const dateOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at))

/** Wraps a calendar for `Date` in and `Date` out (I-18). The calendar itself counts in epoch milliseconds, which is several times faster. */
export const withDates = (calendar: WorkingCalendar): DateCalendar => ({
  isWorking: (at, closing) => calendar.isWorking(at.getTime(), closing),
  nextWorkingInstant: (from, closing) => new Date(calendar.nextWorkingInstant(from.getTime(), closing)),
  previousWorkingInstant: (from, opening) => new Date(calendar.previousWorkingInstant(from.getTime(), opening)),
  nextOpening: (from) => new Date(calendar.nextOpening(from.getTime())),
  nextClosing: (from) => new Date(calendar.nextClosing(from.getTime())),
  workingIntervals: (from, count, direction) =>
    calendar
      .workingIntervals(from.getTime(), count, direction)
      .map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
  addWorkingTime: (from, amount, edge, zero) => new Date(calendar.addWorkingTime(from.getTime(), amount, edge, zero)),
  workingTimeBetween: (from, to, pauses, sign) =>
    calendar.workingTimeBetween(from.getTime(), to.getTime(), pauses && instants(pauses), sign),
  dueAt: (start, budget, pauses, edge) => dateOrNull(calendar.dueAt(start.getTime(), budget, pauses && instants(pauses), edge)),
  addWorkingDays: (from, days, options) => new Date(calendar.addWorkingDaysToInstant(from.getTime(), days, options)),
  closeOfWorkingDay: (start, days) => new Date(calendar.closeOfWorkingDay(start.getTime(), days)),
  dueInWorkingDays: (start, days, pauses) =>
    dateOrNull(calendar.dueInWorkingDays(start.getTime(), days, pauses && instants(pauses))),
  coverageOf: (from, to) => calendar.coverageOf(from.getTime(), to?.getTime()),
  localDateOf: (at) => calendar.localDateOf(at.getTime()),
  instantOf: (date, time) => new Date(calendar.instantOf(date, time)),
})
