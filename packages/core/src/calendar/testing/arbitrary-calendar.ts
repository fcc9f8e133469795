import fc from 'fast-check'
import type { CalendarDocument } from '../index.ts'

/** Zones with a moment at which their clocks did something worth a test. */
export const moments: readonly (readonly [zone: string, at: string, what: string])[] = [
  ['UTC', '2026-01-01T00:00:00Z', 'nothing'],
  ['Asia/Shanghai', '2026-02-14T00:00:00Z', 'no summer time'],
  ['Asia/Shanghai', '1991-04-14T00:00:00Z', 'summer time of old'],
  ['Asia/Kathmandu', '1986-01-01T00:00:00Z', 'offset changed by 15 minutes'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 'forward at 02:00'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', 'back at 03:00'],
  ['America/New_York', '2026-03-08T07:00:00Z', 'forward'],
  ['America/New_York', '2026-11-01T06:00:00Z', 'back'],
  ['America/St_Johns', '2010-03-14T03:31:00Z', 'forward at one minute past midnight'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z', 'forward at midnight'],
  ['America/Sao_Paulo', '2018-02-18T02:00:00Z', 'back at midnight'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 'forward by half an hour'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 'back by half an hour'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', 'a date skipped'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z', 'a date skipped'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z', 'back for Ramadan'],
]

const DAY = 86_400_000

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Up to three intervals that do not overlap; the last may run into the next day. */
const hours = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { maxLength: 6 }), fc.boolean())
  .map(([quarters, overnight]): [string, string][] => {
    const sorted = quarters.sort((a, b) => a - b).map((quarter) => quarter * 15)
    const list: [string, string][] = []
    for (let index = 0; index + 1 < sorted.length; index += 2)
      list.push([clock(sorted[index] ?? 0), clock(sorted[index + 1] ?? 0)])
    const last = list.at(-1)
    const first = sorted[0] ?? 0
    if (last !== undefined && overnight) last[1] = first === 0 ? '24:00' : clock(Math.min(first, 420))
    return list
  })

/** A calendar with exceptions close to an interesting moment of its zone, and that moment. */
export const calendarNearMoment: fc.Arbitrary<{ document: CalendarDocument; center: number }> = fc
  .constantFrom(...moments)
  .chain(([timeZone, at]) => {
    const center = Date.parse(at)
    const date = fc.integer({ min: -12, max: 12 }).map((days) => new Date(center + days * DAY).toISOString().slice(0, 10))
    const dates = fc.uniqueArray(date, { maxLength: 4 })
    const byDate = fc.dictionary(date, hours, { maxKeys: 3 })
    const day = fc.oneof({ arbitrary: hours, weight: 3 }, fc.constant<[string, string][]>([['22:00', '06:00']]))
    const document = fc.record({
      timeZone: fc.constant(timeZone),
      week: fc.record({
        mon: day,
        tue: day,
        wed: day,
        thu: fc.constant<[string, string][]>([['09:00', '17:00']]),
        sat: day,
        sun: day,
      }),
      holidays: dates,
      makeupWorkdays: dates,
      makeupHours: fc.constant<[string, string][]>([
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ]),
      overrides: byDate,
      breaks: byDate,
    })
    return fc.record({ document, center: fc.constant(center) })
  })
