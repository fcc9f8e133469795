import type { DayPlan } from './day-plan.ts'
import type { Hours } from './hours.ts'
import type { EpochDay } from './local-date.ts'
import { Timetable } from './timetable.ts'
import type { Instant, WorkingInterval } from './types.ts'
import type { ZoneOffsets } from './zone-offsets.ts'

const DAY = 86_400_000

const toInstants = (day: EpochDay, { start, end }: Hours, zone: ZoneOffsets): WorkingInterval => ({
  start: zone.instantOf(day * DAY + start),
  end: zone.instantOf(day * DAY + end),
})

const cut = (intervals: readonly WorkingInterval[], gap: WorkingInterval): WorkingInterval[] =>
  intervals.flatMap(({ start, end }) =>
    gap.end <= start || gap.start >= end
      ? [{ start, end }]
      : [
          { start, end: gap.start },
          { start: gap.end, end },
        ],
  )

const isNotEmpty = ({ start, end }: WorkingInterval): boolean => end > start

/** The real intervals that open on a date, in order. Summer time may stretch, shrink or swallow them; a skipped date has none. */
export const intervalsOn = (day: EpochDay, plan: DayPlan, zone: ZoneOffsets): readonly WorkingInterval[] => {
  const hours = plan.hoursOf(day)
  if (hours.length === 0 || zone.skips(day)) return []
  let intervals = hours.map((entry) => toInstants(day, entry, zone)).filter(isNotEmpty)
  for (const entry of plan.breaksOf(day)) {
    const gap = toInstants(day, entry, zone)
    if (isNotEmpty(gap)) intervals = cut(intervals, gap).filter(isNotEmpty)
  }
  return intervals.sort((a, b) => a.start - b.start)
}

/** Joins intervals that touch or overlap (a night shift's tail and the early shift) and clips them to [from, to). */
const mergeAndClip = (intervals: WorkingInterval[], from: Instant, to: Instant): WorkingInterval[] => {
  const merged: { start: Instant; end: Instant }[] = []
  let last: { start: Instant; end: Instant } | undefined
  for (const interval of intervals.sort((a, b) => a.start - b.start)) {
    const start = Math.max(interval.start, from)
    const end = Math.min(interval.end, to)
    if (end <= start) continue
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push((last = { start, end }))
  }
  return merged
}

/** Computes the timetable of the local dates from `first` up to, and without, `last`. */
export const compile = (plan: DayPlan, zone: ZoneOffsets, first: EpochDay, last: EpochDay): Timetable => {
  const intervals: WorkingInterval[] = []
  const days: EpochDay[] = []
  const openings: Instant[] = []
  const closings: Instant[] = []
  // Two days more on each side: their night shifts reach into the range.
  for (let day = first - 2; day < last + 2; day += 1) {
    const open = intervalsOn(day, plan, zone)
    if (open.length === 0) continue
    intervals.push(...open)
    if (day < first || day >= last) continue
    days.push(day)
    openings.push(Math.min(...open.map(({ start }) => start)))
    closings.push(Math.max(...open.map(({ end }) => end)))
  }
  const from = zone.startOfDay(first)
  const to = zone.startOfDay(last)
  return new Timetable({ first, last, from, to, intervals: mergeAndClip(intervals, from, to), days, openings, closings })
}
