import type { HolidayName } from './read-calendar.ts'

/**
 * Which holidays belong to business hours, out of the metadata `BusinessHoursSettings`: the only place where Salesforce tells. Reading it needs the right to
 * modify metadata, so a pipeline reads it once, with `connection.metadata.read` of `@salesforce/core` or as a file of `sf project retrieve`, and keeps it.
 *
 * @example
 * ```ts
 * const settings = { holidays: [{ name: 'Labour Day', activityDate: '2026-05-01', businessHours: ['Shanghai', 'Berlin'] }] }
 * holidaysOf(settings, 'Berlin') // => [{ name: 'Labour Day', date: '2026-05-01' }]
 * holidaysOf(settings, 'Vienna') // => []
 * ```
 */
export function holidaysOf(settings: unknown, hours: string): readonly HolidayName[] {
  return listOf(fieldOf(settings, 'holidays')).flatMap((holiday): readonly HolidayName[] => {
    const name = fieldOf(holiday, 'name')
    if (typeof name !== 'string' || !listOf(fieldOf(holiday, 'businessHours')).includes(hours)) return []
    const recurring = String(fieldOf(holiday, 'isRecurring')) === 'true'
    const date = fieldOf(holiday, recurring ? 'recurrenceStartDate' : 'activityDate')
    return [typeof date === 'string' ? { name, date: date.slice(0, 10) } : name]
  })
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown })[name] : undefined

/** XML that was read as an object has a list only where there are several. */
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
