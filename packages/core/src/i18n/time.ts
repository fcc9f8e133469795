import { zoneFormat } from '../calendar/index.ts'
import { InvalidInputError, type JsonValue } from '../errors/index.ts'
import type { LocalTime } from './catalogue.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { textOf } from './text-of.ts'

/** How an instant is shown. */
export interface InstantOptions {
  /** IANA zone; default UTC, which is then said. */
  readonly timeZone?: string
  readonly weekday?: boolean
  readonly seconds?: boolean
}

/** What `Date` can hold. */
const farthest = 8.64e15

/** Reads the local clock of a zone. */
export function zoneReader(timeZone: string): (at: number) => LocalTime {
  let format: Intl.DateTimeFormat
  try {
    format = zoneFormat(timeZone)
  } catch {
    throw new InvalidInputError('time zone', [
      {
        path: 'timeZone',
        code: 'zone',
        message: `no time zone is called ${harmless(timeZone, 60)}`,
        remedy: 'use an IANA name, e.g. Asia/Shanghai',
      },
    ])
  }
  return (at) => {
    const parts: { [name: string]: number } = {}
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return { year, month, day, hour, minute, second, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
  }
}

/** Shows instants of one zone in one language. */
export function instantFormatter(locale: Locale, options: InstantOptions = {}): (at: number) => string {
  const { grammar } = textOf(locale)
  const read = zoneReader(options.timeZone ?? 'UTC')
  const zone = options.timeZone === undefined ? ' UTC' : ''
  return (at) => {
    if (!Number.isFinite(at) || Math.abs(at) > farthest) return String(at)
    const local = read(at)
    return `${grammar.dateTime(grammar.date(local, options.weekday === true), grammar.time(local, options.seconds === true))}${zone}`
  }
}

/**
 * An instant in the local time of a zone.
 *
 * @param at epoch milliseconds.
 * @throws InvalidInputError when the zone does not exist.
 * @example
 * ```ts
 * formatInstant(1772416800000, 'en', { timeZone: 'Asia/Shanghai', weekday: true }) // => 'Monday 2 March 2026, 10:00'
 * ```
 * @example
 * ```ts
 * formatInstant(1772416800000, 'zh-CN', { timeZone: 'Asia/Shanghai' }) // => '2026年3月2日 10:00'
 * ```
 */
export function formatInstant(at: number, locale: Locale, options: InstantOptions = {}): string {
  return instantFormatter(locale, options)(at)
}

/** A business date `YYYY-MM-DD` in words; anything else is shown as it is, made harmless. */
export function formatLocalDate(date: string, locale: Locale, weekday = false): string {
  const [year = 0, month = 0, day = 0] = isLocalDate(date) ? date.split('-').map(Number) : []
  if (month === 0) return harmless(date, 40)
  const local = { year, month, day, hour: 0, minute: 0, second: 0, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
  return textOf(locale).grammar.date(local, weekday)
}

export function isLocalDate(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)
}

/** Epoch milliseconds of the years that forms accept; distinguishes an instant from a count. */
export function isInstant(value: JsonValue): value is number {
  return typeof value === 'number' && value >= 631_152_000_000 && value <= 7_258_118_400_000
}
