import { keptText } from '@ka-governance/core'

/** How a value is compared: as text, as a number, as an instant. */
export type Comparison = 'plain' | 'number' | 'instant'

/** A day in UTC, or an instant with its offset: nothing that means another instant where the host stands elsewhere. */
const absolute = /^\d{4}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:?\d\d))?$/

/** A date and time of HubSpot, epoch milliseconds; `null`: it is none. */
export function instantIn(value: string): number | null {
  const at = /^-?\d+$/.test(value) ? Number(value) : absolute.test(value) ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) ? at : null
}

/**
 * Whether a property shows what was written into it, as far as HubSpot keeps what is written: white space at the ends, characters that no text keeps, how a number is put and, of a date, the time are
 * HubSpot's own doing. Empty and absent are the same.
 */
export function showsWhatWasWritten(written: string, shown: string | null, by: Comparison): boolean {
  const [value, there] = [keptText(written), keptText(shown ?? '')]
  if (value === there) return true
  if (value === '' || there === '') return false
  if (by === 'number') return Number(value) === Number(there)
  if (by !== 'instant') return false
  if (/^\d{4}-\d\d-\d\d$/.test(there)) return value.startsWith(there)
  return instantIn(value) !== null && instantIn(value) === instantIn(there)
}
