/** Wall-clock parts, or an instant where the text names its offset. */
export interface ParsedTime {
  /** Epoch milliseconds of the wall clock read as if it were UTC. */
  readonly wall: number
  /** Minutes east of UTC, when the text says so. */
  readonly offset: number | null
  /** The text has no time of day. */
  readonly dateOnly: boolean
}

const tokens: { readonly [token: string]: string } = {
  yyyy: '(?<yyyy>\\d{4})',
  yy: '(?<yy>\\d{2})',
  MM: '(?<MM>\\d{2})',
  M: '(?<MM>\\d{1,2})',
  dd: '(?<dd>\\d{2})',
  d: '(?<dd>\\d{1,2})',
  HH: '(?<HH>\\d{2})',
  H: '(?<HH>\\d{1,2})',
  hh: '(?<hh>\\d{2})',
  h: '(?<hh>\\d{1,2})',
  mm: '(?<mm>\\d{2})',
  ss: '(?<ss>\\d{2})',
  a: '(?<a>[AaPp][Mm])',
}
const isoPattern =
  /^(?<yyyy>\d{4})-(?<MM>\d{2})-(?<dd>\d{2})(?:[T ](?<HH>\d{2}):(?<mm>\d{2})(?::(?<ss>\d{2})(?:[.,]\d{1,9})?)?\s?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/

/** A compiled date format. */
export type DateReader = (text: string) => ParsedTime | null

/**
 * Compiles a format such as `yyyy-MM-dd HH:mm`, `d/M/yyyy`, `yyyy年M月d日`; `iso` takes ISO 8601 dates and times with or without offset. Dates that do not exist
 * (30 February) are not accepted.
 * @returns `null` for a format without year, month and day (`yyyy` alone is taken as 1 January).
 * @example
 * ```ts
 * compileDateFormat('d.M.yyyy')?.('3.2.2024')?.wall // => 1706918400000
 * ```
 */
export function compileDateFormat(format: string): DateReader | null {
  if (format === 'iso') return (text) => fromMatch(isoPattern.exec(text))
  const source = format.replace(/yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|a|[^A-Za-z]|[A-Za-z]/gu, (t) => {
    const token = Object.hasOwn(tokens, t) ? tokens[t] : undefined
    return token ?? t.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  })
  let pattern: RegExp
  try {
    pattern = new RegExp(`^${source}$`, 'u')
  } catch {
    return null
  }
  const year = source.includes('(?<yyyy>') || source.includes('(?<yy>')
  if (!year || source.includes('(?<MM>') !== source.includes('(?<dd>')) return null
  return (text) => fromMatch(pattern.exec(text))
}

function fromMatch(m: RegExpExecArray | null): ParsedTime | null {
  if (!m) return null
  const g = m.groups ?? {}
  const two = g['yy'] === undefined ? null : Number(g['yy'])
  const year = two === null ? Number(g['yyyy']) : two + (two < 70 ? 2000 : 1900)
  const month = Number(g['MM'] ?? 1)
  const day = Number(g['dd'] ?? 1)
  let hour = Number(g['HH'] ?? 0)
  if (g['hh'] !== undefined) {
    hour = Number(g['hh'])
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + ((g['a'] ?? '').toLowerCase() === 'pm' ? 12 : 0)
  }
  const minute = Number(g['mm'] ?? 0)
  const second = Number(g['ss'] ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const wall = Date.UTC(2000, month - 1, day, hour, minute, second)
  const date = new Date(wall)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  const zone = g['zone']
  const offset =
    zone === undefined
      ? null
      : zone === 'Z'
        ? 0
        : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  return { wall: date.getTime(), offset, dateOnly: g['HH'] === undefined && g['hh'] === undefined }
}

/** Turns wall-clock times of one zone into instants, and back into that zone's dates. */
export interface ZoneClock {
  /** Epoch milliseconds. A time that the clocks skip is taken after the gap; one that they repeat is the first. */
  toInstant(wall: number): number
  /** `YYYY-MM-DD` of an instant in the zone. */
  dateOf(instant: number): string
}

/**
 * @throws {RangeError} unknown zone.
 * @example
 * ```ts
 * zoneClock('Asia/Shanghai').toInstant(Date.UTC(2024, 0, 1, 8)) === Date.UTC(2024, 0, 1, 0) // => true
 * ```
 */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-CA-u-ca-iso8601', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  // Offsets change on whole quarter hours, so one look-up serves a quarter of an hour.
  const cache = new Map<number, number>()
  const offsetAt = (instant: number): number => {
    const slot = Math.floor(instant / 900_000)
    const known = cache.get(slot)
    if (known !== undefined) return known
    const at = slot * 900_000
    const p: Record<string, number> = {}
    for (const part of format.formatToParts(at)) if (part.type !== 'literal') p[part.type] = Number(part.value)
    const offset = Date.UTC(p['year'] ?? 0, (p['month'] ?? 1) - 1, p['day'], p['hour'], p['minute'], p['second']) - at
    if (cache.size > 200_000) cache.clear()
    cache.set(slot, offset)
    return offset
  }
  return {
    toInstant(wall) {
      const before = offsetAt(wall - 86_400_000)
      const after = offsetAt(wall + 86_400_000)
      if (before === after) return wall - before
      const early = wall - before
      if (offsetAt(early) === before) return early
      const late = wall - after
      return offsetAt(late) === after ? late : early
    },
    dateOf: (instant) => new Date(instant + offsetAt(instant)).toISOString().slice(0, 10),
  }
}
