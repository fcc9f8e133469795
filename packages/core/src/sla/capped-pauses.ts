import { addDays, daysBetween, type Instant, type LocalDate, type WorkingCalendar } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'
import { hoursToMs, wholeDays } from './measure.ts'
import type { Clock, ClockTerms } from './types.ts'

/** A pause as recorded, and up to where it counts. */
export interface CappedPause {
  readonly from: Instant
  /** As recorded; `null` while it lasts. */
  readonly recordedTo: Instant | null
  /** Where the clock ran on: the recorded end, or the cap if that came first; `null` for an open pause without a cap. */
  readonly to: Instant | null
  readonly cappedBy: 'each' | 'total' | null
  readonly reason: string | null
}

/** How much of a cap earlier pauses have used: milliseconds, or dates and the last of them. */
interface Used {
  readonly amount: number
  readonly lastDate: LocalDate | null
}
const unused: Used = { amount: 0, lastDate: null }

/**
 * The pauses of a clock, clipped to `sla.maxPause` [decision 12]: beyond a cap the clock runs on by itself, wherever nobody looked. A cap in days counts
 * the dates on which the clock was paused at all, each once, so that a pause renewed every morning gains nothing.
 *
 * @example
 * ```ts
 * cappedPauses(clock, terms).filter((pause) => pause.cappedBy !== null).length // => 0
 * ```
 */
export function cappedPauses(clock: Clock, terms: ClockTerms): readonly CappedPause[] {
  const { calendar, maxPause } = terms
  const pauses: CappedPause[] = []
  let used = unused
  for (const { from, to: recordedTo, kind, reason = null } of clock.ledger) {
    if (kind !== 'paused') continue
    if (maxPause === undefined) {
      pauses.push({ from, recordedTo, to: recordedTo, cappedBy: null, reason })
      continue
    }
    const each = capEnd(maxPause.each, from, unused, calendar)
    const total = capEnd(maxPause.total, from, used, calendar)
    const cap = Math.min(each, total)
    const to = Math.min(recordedTo ?? Infinity, cap)
    pauses.push({
      from,
      recordedTo,
      to,
      cappedBy: recordedTo !== null && recordedTo <= cap ? null : each <= total ? 'each' : 'total',
      reason,
    })
    used = useUp(maxPause.total, from, to, used, calendar)
  }
  return pauses
}

function closeOf(date: LocalDate, calendar: WorkingCalendar): Instant {
  return calendar.workingHoursOn(date).at(-1)?.end ?? -Infinity
}

/** Where a pause from that instant would have used up the cap. */
function capEnd(cap: Budget, from: Instant, used: Used, calendar: WorkingCalendar): Instant {
  switch (cap.unit) {
    case 'workingHours':
      return calendar.addWorkingTime(from, Math.max(0, hoursToMs(cap.amount) - used.amount))
    case 'elapsedHours':
      return from + Math.max(0, hoursToMs(cap.amount) - used.amount)
    case 'workingDays': {
      const date = calendar.localDateOf(from)
      const today = from < closeOf(date, calendar) ? 1 : 0
      const left = wholeDays(cap.amount) - used.amount + (today === 1 && used.lastDate === date ? 1 : 0)
      if (left <= 0) return from
      return left === today ? closeOf(date, calendar) : calendar.closeOfWorkingDay(from, left - today)
    }
    case 'calendarDays': {
      const date = calendar.localDateOf(from)
      const left = wholeDays(cap.amount) - used.amount + (used.lastDate === date ? 1 : 0)
      return left <= 0 ? from : calendar.startOfDay(addDays(date, left))
    }
  }
}

function useUp(cap: Budget, from: Instant, to: Instant, used: Used, calendar: WorkingCalendar): Used {
  if (to <= from) return used
  switch (cap.unit) {
    case 'workingHours':
      return { amount: used.amount + calendar.workingTimeBetween(from, to), lastDate: null }
    case 'elapsedHours':
      return { amount: used.amount + to - from, lastDate: null }
    case 'workingDays': {
      const first = calendar.localDateOf(from)
      const last = calendar.localDateOf(to)
      const touchesFirst = first === last ? calendar.workingTimeBetween(from, to) > 0 : from < closeOf(first, calendar)
      const later = first === last ? 0 : calendar.workingDaysBetween(first, last, '(]') - (to > openingOf(last, calendar) ? 0 : 1)
      const again = touchesFirst && used.lastDate === first ? 1 : 0
      const amount = used.amount + (touchesFirst ? 1 : 0) - again + later
      return {
        amount,
        lastDate: later > 0 && to > openingOf(last, calendar) ? last : later === 0 && touchesFirst ? first : used.lastDate,
      }
    }
    case 'calendarDays': {
      const first = calendar.localDateOf(from)
      const last = calendar.localDateOf(to - 1)
      return { amount: used.amount + daysBetween(first, last) + 1 - (used.lastDate === first ? 1 : 0), lastDate: last }
    }
  }
}

/** The first opening of a date; of a day off, an instant that nothing exceeds, less the day that is not counted. */
function openingOf(date: LocalDate, calendar: WorkingCalendar): Instant {
  return calendar.workingHoursOn(date)[0]?.start ?? -Infinity
}
