import type { JsonValue } from '../../errors/index.ts'

/** A JSON Schema or a part of one. */
export interface SchemaNode {
  readonly [keyword: string]: JsonValue
}

export const isNode = (value: JsonValue | undefined): value is SchemaNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const date: SchemaNode = {
  format: 'date',
  pattern: '^(19|20|21)\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$|^2200-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
}
const time: SchemaNode = { pattern: '^(([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{3})?)?|24:00(:00(\\.000)?)?)$' }
const zone: SchemaNode = { pattern: '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' }
const money: SchemaNode = { pattern: '^\\s*[A-Z]{3} (\\d{1,3}(,\\d{3})+|\\d{1,15})(\\.\\d{1,3})?\\s*$' }

const inCalendar: readonly (readonly [place: RegExp, form: SchemaNode])[] = [
  [/^(calendars\.\*\.)?timeZone$/, zone],
  [/^calendars\.\*\.(week\.\w+|makeupHours|(overrides|breaks)\.\*)\.\*\.\*$/, time],
  [/^calendars\.\*\.(holidays\.\*(\.date)?|makeupWorkdays\.\*|coverage\.(from|to))$/, date],
]

const dateNames: ReadonlySet<string> = new Set(['calendars.*.overrides', 'calendars.*.breaks'])

/** Whether one of the alternatives is money as it is stored: then the text beside it is money as a person writes it. */
export const isMoney = (alternatives: readonly JsonValue[]): boolean =>
  alternatives.some((one) => isNode(one) && isNode(one['properties']) && isNode(one['properties']['minor']))

export const moneyText = (node: SchemaNode): SchemaNode => (node['type'] === 'string' ? { ...node, ...money } : node)

/**
 * What zod checks by a function and so cannot tell a JSON Schema: times, dates and zones. Never narrower than the check itself.
 */
export function withPattern(node: SchemaNode, place: string): SchemaNode {
  if (dateNames.has(place)) return { ...node, propertyNames: { type: 'string', ...date } }
  const form = node['type'] === 'string' ? inCalendar.find(([where]) => where.test(place))?.[1] : undefined
  const isDate = typeof node['pattern'] === 'string' && node['pattern'].startsWith('^(19|20|21)')
  return form !== undefined ? { ...node, ...form } : isDate ? { ...node, format: 'date' } : node
}
