import type { z } from 'zod'
import { InvalidInputError, type Finding } from '../errors/index.ts'
import { bundledHolidaySets, type HolidaySet } from './holiday-set.ts'
import { calendarIssue, issueTold } from './issues.ts'
import { calendarSchema, calendarSchemaWith, type CalendarDocument } from './schema.ts'

const MAX_SHOWN = 60

const shown = (key: PropertyKey): string => {
  const text = String(key)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(shown).join('.')

/** Text for the kinds of issue that zod finds by itself; ours bring their own. */
const builtIn = (issue: z.core.$ZodIssue): Omit<Finding, 'path'> => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return calendarIssue('partsUnknown', { names: issue.keys.slice(0, 5).map(shown) })
    case 'too_big':
      return calendarIssue('calendarTooLong', { limit: Number(issue.maximum) })
    case 'too_small':
      return calendarIssue('calendarTooShort', { limit: Number(issue.minimum) })
    case 'invalid_key':
      return calendarIssue('keyNoDate', { format: 'YYYY-MM-DD' })
    default:
      // The schema's own words tell more, to who reads English.
      return { ...calendarIssue('partMalformed', {}), message: issue.message.slice(0, 200) }
  }
}

const findingOf = (issue: z.core.$ZodIssue): Finding => {
  const told = issue.code === 'custom' ? issueTold(issue.params) : null
  return { path: pathOf(issue.path), ...(told ?? builtIn(issue)) }
}

/** JSON can carry a key that JavaScript objects treat as magic; zod leaves it out of records in silence. */
const magicKeys = (input: unknown): readonly Finding[] => {
  if (typeof input !== 'object' || input === null) return []
  return (['overrides', 'breaks'] as const)
    .filter((part) => {
      const value: unknown = Object.getOwnPropertyDescriptor(input, part)?.value
      return typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')
    })
    .map((part) => ({ path: `${part}.__proto__`, ...calendarIssue('noDate', {}) }))
}

/**
 * Everything wrong with a calendar document, at once; empty when it can be used (I-18).
 *
 * @param sets the holiday sets that `holidaySets` may name; those that ship with the SDK unless given.
 * @example checkCalendar({ timeZone: 'Mars/Base', week: {} }).map(({ path }) => path) // ['timeZone', 'week']
 */
export const checkCalendar = (input: unknown, sets: readonly HolidaySet[] = bundledHolidaySets): readonly Finding[] => {
  const result = schemaFor(sets).safeParse(input)
  return [...(result.success ? [] : result.error.issues.map(findingOf)), ...magicKeys(input)]
}

/**
 * Reads a calendar document (I-18).
 *
 * @throws InvalidInputError with all findings when it cannot be used.
 * @example parseCalendar({ timeZone: 'Europe/Berlin', week: { mon: [['09:00', '17:00']] } }).timeZone // 'Europe/Berlin'
 */
export const parseCalendar = (input: unknown, sets: readonly HolidaySet[] = bundledHolidaySets): CalendarDocument => {
  const result = schemaFor(sets).safeParse(input)
  const findings = [...(result.success ? [] : result.error.issues.map(findingOf)), ...magicKeys(input)]
  if (!result.success || findings.length > 0) throw new InvalidInputError('Calendar document', findings)
  return result.data
}

const schemaFor = (sets: readonly HolidaySet[]) => (sets === bundledHolidaySets ? calendarSchema : calendarSchemaWith(sets))
