import { epochDayOf } from './local-date.ts'
import type { Instant, LocalDate } from './types.ts'
import { zoneOffsets } from './zone-offsets.ts'

/**
 * The first instant of a local date in a zone; of a date that the zone skipped, the first one after it.
 *
 * @throws InvalidInputError for no date; RangeError for a zone the runtime does not know.
 * @example new Date(startOfDay('2026-03-01', 'Asia/Shanghai')).toISOString() // '2026-02-28T16:00:00.000Z'
 */
export const startOfDay = (date: LocalDate, timeZone: string): Instant => zoneOffsets(timeZone).startOfDay(epochDayOf(date))
