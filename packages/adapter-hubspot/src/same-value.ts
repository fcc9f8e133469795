/** Characters that a text property may drop or turn into others. */
const unkept = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A text as a property keeps it: without white space at its ends. */
const kept = (text: string): string => text.replaceAll(unkept, '').replaceAll('\r\n', '\n').trim()

/** How a value is compared: as text, as a number, as an instant. */
export type Comparison = 'plain' | 'number' | 'instant'

/** A date and time of HubSpot, epoch milliseconds; `null`: it is none. */
export function instantIn(value: string): number | null {
  const at = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value)
  return value === '' || !Number.isFinite(at) ? null : at
}

/**
 * Whether a property shows what was written into it, as far as HubSpot keeps what is written: white space at the ends, characters that no text keeps, how a number is put and, of a date, the time are
 * HubSpot's own doing. Empty and absent are the same.
 */
export function showsWhatWasWritten(written: string, shown: string | null, by: Comparison): boolean {
  const [value, there] = [kept(written), kept(shown ?? '')]
  if (value === there) return true
  if (value === '' || there === '') return false
  if (by === 'number') return Number(value) === Number(there)
  if (by !== 'instant') return false
  if (/^\d{4}-\d\d-\d\d$/.test(there)) return value.startsWith(there)
  return instantIn(value) !== null && instantIn(value) === instantIn(there)
}
