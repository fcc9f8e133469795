/** A literal of SOQL: quotes, backslashes and control characters can end nothing. Half a surrogate pair, which no row has, is none in an address either. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return String(value)
  return `'${value.toWellFormed().replaceAll(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`
}

const escapes: { readonly [character: string]: string } = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/**
 * A query with its values as literals. Only what stands in the template itself is SOQL.
 *
 * @example
 * ```ts no-run: shown for its form
 * soql`SELECT Id FROM Account WHERE Name = ${"O'Hara"}` // => "SELECT Id FROM Account WHERE Name = 'O\\'Hara'"
 * ```
 */
export function soql(parts: TemplateStringsArray, ...values: readonly SoqlValue[]): string {
  return parts.reduce((text, part, index) => `${text}${written(values[index - 1])}${part}`)
}

/** A value, a list of values, or text of ours that is SOQL itself. */
export type SoqlValue = string | number | boolean | null | readonly (string | number)[] | Soql | undefined

/** SOQL that is put in as it is: names of objects and fields out of the mapping, never anything a caller gave. */
export class Soql {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export const raw = (text: string): Soql => new Soql(text)

function written(value: SoqlValue): string {
  if (value === undefined) return ''
  if (value instanceof Soql) return value.text
  if (isList(value)) return `(${value.map((each) => literal(each)).join(', ')})`
  return literal(value)
}

const isList = (value: SoqlValue): value is readonly (string | number)[] => Array.isArray(value)

/** An API name: what may stand in a query or an address without being a value. */
export const apiName = /^[A-Za-z][A-Za-z0-9_]{0,79}(?:\.[A-Za-z][A-Za-z0-9_]{0,79}){0,4}$/

/** An id of a record: 15 characters, or 18 with a checksum behind them. */
export const isRecordId = (text: string): boolean => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text)

/** A key as a segment of an address: nothing in it can begin another segment. */
export function segment(key: string): string {
  // `.` and `..` would be taken for folders even when written out.
  return encodeURIComponent(key).replaceAll('.', '%2E')
}

/** An address is ours to the last character; this only refuses what could leave the API. */
export function encodePath(path: string): string {
  if (!path.startsWith('/') || path.includes('..') || path.includes('//')) throw new Error('not a path of the API')
  return path
}
