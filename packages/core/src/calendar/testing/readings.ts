import type {
  DayBounds,
  DayStart,
  Direction,
  Edge,
  Instant,
  Milliseconds,
  Pause,
  TimeOfDay,
  WorkingCalendar,
  WorkingInterval,
} from '../index.ts'

/** The arguments of any vector, in the calendar's own terms; what an operation does not use is NaN or empty. */
export interface Question {
  readonly calendar: WorkingCalendar
  readonly at: Instant
  readonly date: string
  /** Whether the vector asked about a plain date and expects one. */
  readonly isDate: boolean
  readonly to: Instant
  readonly toDate: string
  readonly amount: Milliseconds
  readonly days: number
  readonly count: number
  readonly direction: Direction
  readonly pauses: readonly Pause[]
}

/** What an operation answers; working time in minutes, as vectors give it. */
export type Answer = null | boolean | number | string | readonly WorkingInterval[]

/** An operation under one reading. */
export type Reading = (question: Question) => Answer

/** The readings of an operation that the calendar offers, and which of them its documentation recommends. */
export interface Readings {
  readonly named: ReadonlyMap<string, Reading>
  readonly documented: string | undefined
}

const MINUTE = 60_000

const add =
  (edge: Edge): Reading =>
  ({ calendar, at, amount, direction }) =>
    calendar.addWorkingTime(at, amount, edge, direction)

const due =
  (edge: Edge): Reading =>
  ({ calendar, at, amount, pauses }) =>
    calendar.dueAt(at, amount, pauses, edge)

const addDays =
  (start: DayStart, time: TimeOfDay): Reading =>
  ({ calendar, isDate, date, at, days }) =>
    isDate ? calendar.addWorkingDays(date, days, start) : calendar.addWorkingDaysToInstant(at, days, { start, time })

const daysBetween =
  (bounds: DayBounds): Reading =>
  ({ calendar, date, toDate }) =>
    calendar.workingDaysBetween(date, toDate, bounds)

/** The first reading of each operation is the documented one. */
const operations: { readonly [op: string]: { readonly [reading: string]: Reading } } = {
  addWorkingMinutes: { stop: add('stop'), roll: add('roll') },
  dueAt: { stop: due('stop'), roll: due('roll') },
  workingMinutesBetween: {
    signed: ({ calendar, at, to, pauses }) => calendar.workingTimeBetween(at, to, pauses) / MINUTE,
    clampedToZero: ({ calendar, at, to, pauses }) => calendar.workingTimeBetween(at, to, pauses, 'clamped') / MINUTE,
  },
  addWorkingDays: {
    // A plain date has no time of day to keep or to snap.
    count: addDays('count', 'keep'),
    roll: addDays('roll', 'keep'),
    'count/keep': addDays('count', 'keep'),
    'count/snap': addDays('count', 'snap'),
    'roll/keep': addDays('roll', 'keep'),
    'roll/snap': addDays('roll', 'snap'),
  },
  workingDaysBetween: {
    'signed [)': daysBetween('[)'),
    'signed (]': daysBetween('(]'),
    'signed []': daysBetween('[]'),
    walkBackFromStart: daysBetween('walk'),
  },
  isWorking: {
    endExclusive: ({ calendar, at }) => calendar.isWorking(at),
    endInclusive: ({ calendar, at }) => calendar.isWorking(at, 'inclusive'),
  },
  isWorkingDay: { any: ({ calendar, date }) => calendar.isWorkingDay(date) },
  nextWorkingInstant: {
    endExclusive: ({ calendar, at }) => calendar.nextWorkingInstant(at),
    endInclusive: ({ calendar, at }) => calendar.nextWorkingInstant(at, 'inclusive'),
  },
  previousWorkingInstant: {
    startExclusive: ({ calendar, at }) => calendar.previousWorkingInstant(at),
    startInclusive: ({ calendar, at }) => calendar.previousWorkingInstant(at, 'inclusive'),
  },
  nextOpening: { any: ({ calendar, at }) => calendar.nextOpening(at) },
  nextClosing: { any: ({ calendar, at }) => calendar.nextClosing(at) },
  workingIntervals: { any: ({ calendar, at, count, direction }) => calendar.workingIntervals(at, count, direction) },
}

/** The readings of an operation; none for an operation that is unknown. */
export const readings = (op: string): Readings => {
  const named = new Map(Object.entries(Object.hasOwn(operations, op) ? (operations[op] ?? {}) : {}))
  const [documented] = named.keys()
  const first = documented === undefined ? undefined : named.get(documented)
  // Every operation may be asked for under "any": its documented reading.
  if (first !== undefined) named.set('any', first)
  return { named, documented }
}
