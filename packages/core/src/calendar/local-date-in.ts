import { localDateOfEpochDay } from './local-date.ts'
import type { Instant, LocalDate } from './types.ts'
import { zoneOffsets } from './zone-offsets.ts'

const DAY = 86_400_000

/**
 * The local date of an instant in a zone: what day it is there.
 *
 * @throws RangeError for a zone the runtime does not know.
 * @example
 * ```ts
 * localDateIn(Date.UTC(2026, 1, 28, 16), 'Asia/Shanghai') // => '2026-03-01'
 * ```
 */
export const localDateIn = (at: Instant, timeZone: string): LocalDate =>
  localDateOfEpochDay(Math.floor((at + zoneOffsets(timeZone).offsetAt(at)) / DAY))
