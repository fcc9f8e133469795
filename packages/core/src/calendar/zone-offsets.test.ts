import { describe, expect, it } from 'vitest'
import { moments } from './testing/arbitrary-calendar.ts'
import { ZoneOffsets } from './zone-offsets.ts'

// The kept transitions against the clock that Intl shows, for tables that grew in whatever order. They are sampled in stretches of 365 days from 1970:
// some zones change their clocks within hours of the end of one.

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The local wall-clock time as if it were UTC, read from Intl's parts. */
const localOf = (timeZone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-GB-u-hc-h23', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part['year'] ?? 0, (part['month'] ?? 0) - 1, part['day'], part['hour'], part['minute'], part['second'])
  }
}

/** Clocks that change within hours of the end of a stretch: there a table that knows nothing yet has to look at both sides. */
const ends: readonly (readonly [zone: string, at: string])[] = [
  ['America/Los_Angeles', '2190-11-08T00:00:00Z'],
  ['Antarctica/Casey', '1969-01-01T00:00:00Z'],
]
const cases = [...moments, ...ends].map(([zone, at]) => [zone, at, Date.parse(at)] as const)

describe('offsets of a zone', () => {
  it.each(cases)('%s, %s: as Intl shows them, however the table grew', (zone, _text, center) => {
    const localAt = localOf(zone)
    const instants = [-800, -2, -1, 0, 1, 2, 800].flatMap((days) =>
      [-HOUR, -1000, 0, 1000, HOUR].map((ms) => center + days * DAY + ms),
    )
    const real = instants.map((at) => localAt(at) - at)
    const ways = [instants, instants.toReversed(), [center, ...instants]]
    for (const way of ways) {
      const table = new ZoneOffsets(zone)
      for (const at of way) table.offsetAt(at)
      expect(instants.map((at) => table.offsetAt(at))).toEqual(real)
    }
  })

  it.each(cases)('%s, %s: a wall-clock time is the earlier of two instants, and moves on over a gap', (zone, at, center) => {
    const localAt = localOf(zone)
    const isEnd = ends.some((end) => end[0] === zone && end[1] === at)
    const step = isEnd ? HOUR : HOUR / 4
    // Where the clocks went is found by walking.
    const walk = Array.from({ length: (100 * HOUR) / step }, (_, k) => center - 50 * HOUR + k * step)
    const locals = walk.map((instant) => localAt(instant))
    const table = new ZoneOffsets(zone)
    for (let wanted = localAt(center) - 20 * HOUR; wanted <= localAt(center) + 20 * HOUR; wanted += step) {
      const found = locals.findIndex((local) => local >= wanted)
      const [before, after] = [walk[found - 1] ?? 0, walk[found] ?? 0]
      const expected = locals[found] === wanted ? after : wanted - (localAt(before) - before)
      const instant = (isEnd ? new ZoneOffsets(zone) : table).instantOf(wanted)
      if (instant !== expected) expect(instant, new Date(wanted).toISOString()).toBe(expected)
    }
  })

  it.each(cases)('%s, %s: a date begins with the first instant that shows it, or a later one', (zone, _text, center) => {
    const localAt = localOf(zone)
    const day = Math.floor((center + (localAt(center) - center)) / DAY)
    for (const date of [day - 1, day, day + 1, day + 2]) {
      const start = new ZoneOffsets(zone).startOfDay(date)
      expect([localAt(start) >= date * DAY, localAt(start - 1000) < date * DAY]).toEqual([true, true])
      expect(new ZoneOffsets(zone).skips(date)).toBe(localAt(start) >= (date + 1) * DAY)
    }
  })
})
