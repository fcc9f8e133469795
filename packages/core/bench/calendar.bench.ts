/** Working-time arithmetic, ours beside its peers, in one run: `node packages/core/bench/calendar.bench.ts`. */
import { pathToFileURL } from 'node:url'
import { TZDate } from '@date-fns/tz'
import { addDays, format, isWeekend } from 'date-fns'
import dayjs from 'dayjs'
import dayjsBusinessTime from 'dayjs-business-time'
import { createWorkingCalendar, type LocalDate } from '../src/calendar/index.ts'

/** One line of the benchmark. `ratio` is how many times faster ours is than the peer, or how much slower ours gets from a day to a year. */
export interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const MINUTE = 60_000
const DAY = 86_400_000
const zone = 'America/New_York'
const hours: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
const minutesADay = 480
const holidays: LocalDate[] = [2025, 2026, 2027, 2028].flatMap((year) =>
  ['01-01', '02-16', '04-03', '05-25', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'].map(
    (day) => `${String(year)}-${day}`,
  ),
)

const calendar = createWorkingCalendar({
  timeZone: zone,
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
  holidays,
})
const dates = calendar.withDates()

/** The same starts for everyone, in no order, so that no one profits from the answer before. */
const starts = Array.from({ length: 1_024 }, (_, index) => Date.UTC(2026, 0, 5) + ((index * 7_919) % 1_024) * (300 / 1_024) * DAY)

dayjs.extend(dayjsBusinessTime)
const segments = hours.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` }))
dayjs.setBusinessTime({
  sunday: null,
  monday: segments,
  tuesday: segments,
  wednesday: segments,
  thursday: segments,
  friday: segments,
  saturday: null,
})
dayjs.setHolidays(holidays)

const off = new Set(holidays)

/** The intervals of a date as one would write them by hand with date-fns and @date-fns/tz. */
const handIntervals = (day: TZDate): [number, number][] => {
  if (isWeekend(day) || off.has(format(day, 'yyyy-MM-dd'))) return []
  const at = (hour: number): number => new TZDate(day.getFullYear(), day.getMonth(), day.getDate(), hour, 0, 0, zone).getTime()
  return [
    [at(9), at(12)],
    [at(13), at(18)],
  ]
}

const handAdd = (from: number, amount: number): number => {
  let left = amount
  for (let day = new TZDate(from, zone); ; day = addDays(day, 1)) {
    for (const [start, end] of handIntervals(day)) {
      const begin = Math.max(start, from)
      if (begin >= end) continue
      if (left <= end - begin) return begin + left
      left -= end - begin
    }
  }
}

const handBetween = (from: number, to: number): number => {
  let sum = 0
  for (let day = new TZDate(from, zone); day.getTime() < to + DAY; day = addDays(day, 1))
    for (const [start, end] of handIntervals(day)) sum += Math.max(0, Math.min(end, to) - Math.max(start, from))
  return sum
}

/** A race against a wrong answer proves nothing; dayjs-business-time is left out, because it computes in the zone of the host. */
const requireAgreement = (): void => {
  for (const start of starts.slice(0, 50)) {
    const end = calendar.addWorkingTime(start, 30 * minutesADay * MINUTE)
    if (handAdd(start, 30 * minutesADay * MINUTE) !== end || handBetween(start, end) !== calendar.workingTimeBetween(start, end))
      throw new Error(`the loop and the calendar disagree at ${new Date(start).toISOString()}`)
  }
}

type Operation = (start: number, end: number, minutes: number) => number

const operations: { readonly [operation: string]: { readonly [who: string]: Operation } } = {
  add: {
    ours: (start, _end, minutes) => calendar.addWorkingTime(start, minutes * MINUTE),
    'ours, Date': (start, _end, minutes) => dates.addWorkingTime(new Date(start), minutes * MINUTE).getTime(),
    'dayjs-business-time': (start, _end, minutes) => dayjs(start).addBusinessTime(minutes, 'minutes').valueOf(),
    'date-fns loop': (start, _end, minutes) => handAdd(start, minutes * MINUTE),
  },
  between: {
    ours: (start, end) => calendar.workingTimeBetween(start, end),
    'ours, Date': (start, end) => dates.workingTimeBetween(new Date(start), new Date(end)),
    'dayjs-business-time': (start, end) => dayjs(start).businessTimeDiff(dayjs(end), 'minutes'),
    'date-fns loop': (start, end) => handBetween(start, end),
  },
}

/** Keeps results alive, so that no engine may leave the work out. */
let sink = 0

/** Nanoseconds per call: the best of three rounds, each long enough for the clock. */
const measure = (operation: Operation, minutes: number, ends: readonly number[]): number => {
  let best = Infinity
  for (let round = 0; round < 3; round += 1) {
    const begin = performance.now()
    let calls = 0
    let elapsed = 0
    // The clock is read only now and then: reading it costs more than one of our calls.
    for (let batch = 1; elapsed < 40; batch = Math.min(batch * 2, 65_536)) {
      for (let call = 0; call < batch; call += 1) {
        const index = (calls + call) & 1_023
        sink += operation(starts[index] ?? 0, ends[index] ?? 0, minutes)
      }
      calls += batch
      elapsed = performance.now() - begin
    }
    best = Math.min(best, (elapsed * 1e6) / calls)
  }
  return best
}

const perSecond = (nanoseconds: number): string => `${Math.round(1e9 / nanoseconds).toLocaleString('en-US')}/s`

/**
 * Measures adding and measuring working time over 1, 30 and 365 working days. Ratios compare within this run only.
 *
 * @returns one row for each operation, span and peer, and one for each operation with the cost of a year against a day.
 */
export const benchCalendar = (): Promise<Row[]> => {
  requireAgreement()
  const rows: Row[] = []
  for (const [name, people] of Object.entries(operations)) {
    const ownCosts = new Map<number, number>()
    for (const days of [1, 30, 365]) {
      const minutes = days * minutesADay
      const ends = starts.map((start) => calendar.addWorkingTime(start, minutes * MINUTE))
      const costs = Object.entries(people).map(([who, operation]) => ({ who, cost: measure(operation, minutes, ends) }))
      const own = costs[0]?.cost ?? Number.NaN
      ownCosts.set(days, own)
      for (const { who, cost } of costs.slice(1))
        rows.push({
          name: `calendar ${name} ${String(days)} d vs ${who}`,
          ratio: cost / own,
          note: 'times faster on epoch milliseconds',
          detail: `ours ${perSecond(own)}, ${who} ${perSecond(cost)}`,
        })
    }
    rows.push({
      name: `calendar ${name} 365 d : 1 d`,
      ratio: (ownCosts.get(365) ?? Number.NaN) / (ownCosts.get(1) ?? Number.NaN),
      note: 'cost of a year against a day; flat is 1',
      detail: [...ownCosts].map(([days, cost]) => `${String(days)} d ${cost.toFixed(1)} ns`).join(', '),
    })
  }
  if (Number.isNaN(sink)) throw new Error('a calendar answered NaN')
  return Promise.resolve(rows)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const { name, ratio, detail } of await benchCalendar())
    console.log(`${name.padEnd(48)} ${ratio.toFixed(ratio < 10 ? 2 : 0).padStart(9)}x  ${detail}`)
