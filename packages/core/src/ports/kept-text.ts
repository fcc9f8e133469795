const fragile = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g
const escape = /((?<!\\)(?:\\\\)*)\\u(00[789][0-9a-f]|202[89]|feff|fff[ef])/g
const unkept = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * JSON text in characters that every text field of a CRM keeps: those that one may drop or turn into others, though JSON allows them as they are, become escapes. Canonical JSON never has such an
 * escape of its own.
 *
 * @example
 * ```ts
 * escapedJson('"a\u2028b"') // => '"a\\u2028b"'
 * ```
 */
export function escapedJson(json: string): string {
  return json.replaceAll(fragile, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * `escapedJson` the other way round, to the character.
 *
 * @example
 * ```ts
 * unescapedJson('"a\\u2028b"') === '"a\u2028b"' // => true
 * ```
 */
export function unescapedJson(json: string): string {
  return json.includes('\\u')
    ? json.replaceAll(escape, (_, before: string, hex: string) => `${before}${String.fromCharCode(parseInt(hex, 16))}`)
    : json
}

/**
 * A plain text as a text field of a CRM keeps it: without white space at its ends and characters that it drops, each line ended one way. To compare what is shown with what was written [GOV-06].
 *
 * @example
 * ```ts
 * keptText(' two\r\nlines\u0000 ') // => 'two\nlines'
 * ```
 */
export const keptText = (text: string): string => text.replaceAll(unkept, '').replaceAll('\r\n', '\n').trim()
