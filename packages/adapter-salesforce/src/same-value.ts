import { keptText } from '@ka-governance/core'
import type { Fields } from './mapping.ts'

/** A value as it is written into a field of the org. */
export type Written = Fields[string]

/** A text as a field keeps it; none at all is `null`. */
const kept = (text: string): string | null => {
  const tidy = keptText(text)
  return tidy === '' ? null : tidy
}

const recordId = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/

/** A day in UTC, or an instant with its offset: nothing that means another instant where the host stands elsewhere. */
const absolute = /^\d{4}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:?\d\d))?$/

/** A date and time of Salesforce, epoch milliseconds; `null`: it is none. */
export function instantIn(value: unknown): number | null {
  if (typeof value !== 'string' || !absolute.test(value)) return null
  // An offset without a colon is no ISO date to every host.
  const at = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isFinite(at) ? at : null
}

/** Numbers are rounded to the digits that the field has; a whole number stays whole. */
function sameNumber(written: number, shown: number): boolean {
  if (written === shown) return true
  if (Number.isInteger(written)) return false
  const [, fraction = ''] = String(shown).split('.')
  return Math.abs(written - shown) <= 0.5 * 10 ** -fraction.length * (1 + 1e-9)
}

/** Dates and times to the second, or to the day where the field is a date. */
function sameInstant(written: string, shown: unknown): boolean {
  if (typeof shown === 'string' && /^\d{4}-\d\d-\d\d$/.test(shown)) return written.startsWith(shown)
  const [a, b] = [instantIn(written), instantIn(shown)]
  return a !== null && b !== null && Math.floor(a / 1000) === Math.floor(b / 1000)
}

/** How a value is compared: an instant by its second, a word of a picklist whatever its case, a record's id by the part that counts. */
export type Comparison = 'plain' | 'instant' | 'word' | 'id'

/**
 * Whether a field shows what was written into it, as far as the org keeps what is written: white space at the ends, characters that no text field keeps, digits behind the point, parts of
 * a second, the three letters behind a record's id and the case of a picklist's word are the org's own doing.
 */
export function showsWhatWasWritten(written: Written, shown: unknown, by: Comparison): boolean {
  const [value, there] = [typeof written === 'string' ? kept(written) : written, typeof shown === 'string' ? kept(shown) : shown]
  if (value === null || value === false) return there === null || there === undefined || there === false
  if (typeof value === 'number') return typeof there === 'number' ? sameNumber(value, there) : String(value) === there
  if (typeof value !== 'string') return value === there
  if (by === 'instant') return sameInstant(value, there)
  if (typeof there !== 'string') return false
  if (by === 'word') return value.toLowerCase() === there.toLowerCase()
  return (
    value === there || (by === 'id' && recordId.test(value) && recordId.test(there) && value.slice(0, 15) === there.slice(0, 15))
  )
}
