import { invalid } from './bodies.ts'
import type { FakeRecord } from './portal.ts'
import type { FakeType } from './types.ts'

interface Filter {
  readonly propertyName?: unknown
  readonly operator?: unknown
  readonly value?: unknown
  readonly highValue?: unknown
  readonly values?: unknown
}

/** A search as it comes in. */
export interface SearchBody {
  readonly filterGroups?: readonly { readonly filters?: readonly Filter[] }[]
  readonly sorts?: readonly (string | { readonly propertyName?: string; readonly direction?: string })[]
  readonly properties?: readonly string[]
  readonly limit?: number
  readonly after?: string | number
}

type Values = ReadonlyMap<string, string>
const operators: ReadonlySet<unknown> = new Set([
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
])

/** Limits of the search API, enforced. @throws PortalError */
export function checkSearch(type: FakeType, body: SearchBody, text: string): void {
  if (text.length > 3000) throw invalid('The request body is too large: at most 3000 characters')
  const groups = body.filterGroups ?? []
  const filters = groups.flatMap((group) => group.filters ?? [])
  if (groups.length > 5) throw invalid('Too many filterGroups: at most 5')
  if (groups.some((group) => (group.filters ?? []).length > 6)) throw invalid('Too many filters in a group: at most 6')
  if (filters.length > 18) throw invalid('Too many filters: at most 18')
  if ((body.sorts ?? []).length > 1) throw invalid('At most one sort')
  const limit = body.limit ?? 10
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw invalid('limit must be between 1 and 200')
  const after = Number(body.after ?? 0)
  if (!Number.isInteger(after) || after < 0) throw invalid('after is no offset')
  if (after + limit > 10_000) throw invalid('Paging beyond 10000 results is not supported')
  for (const { propertyName, operator, value, values, highValue } of filters) {
    const name = typeof propertyName === 'string' ? propertyName : ''
    if (name.startsWith('associations.') ? type.custom : !type.properties.has(name))
      throw invalid(`There was a problem with the request: property ${name} does not exist`)
    if (!operators.has(operator)) throw invalid(`Invalid operator`)
    const needsList = operator === 'IN' || operator === 'NOT_IN'
    const needsNone = operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY'
    if (needsList && (!Array.isArray(values) || values.length === 0)) throw invalid('values are missing')
    if (!needsList && !needsNone && typeof value !== 'string') throw invalid('value is missing')
    if (operator === 'BETWEEN' && typeof highValue !== 'string') throw invalid('highValue is missing')
  }
}

/** What the index finds: in order of the sort, ids within it. Values are those that the index has seen, which may be old ones. */
export function hitsOf(
  type: FakeType,
  body: SearchBody,
  seen: readonly { readonly record: FakeRecord; readonly values: Values }[],
): readonly FakeRecord[] {
  const groups = body.filterGroups ?? []
  const hits = seen.filter(
    ({ values }) =>
      groups.length === 0 || groups.some((group) => (group.filters ?? []).every((filter) => matches(type, filter, values))),
  )
  const [sort] = body.sorts ?? []
  const by = typeof sort === 'string' ? sort : (sort?.propertyName ?? 'hs_createdate')
  const sign = typeof sort === 'object' && sort.direction === 'DESCENDING' ? -1 : 1
  return [...hits]
    .sort((a, b) => {
      const order = compare(type, by, a.values.get(by) ?? '', b.values.get(by) ?? '')
      return order !== 0 ? sign * order : Number(a.record.id) - Number(b.record.id)
    })
    .map(({ record }) => record)
}

function matches(type: FakeType, filter: Filter, values: Values): boolean {
  const name = String(filter.propertyName)
  const own = values.get(name) ?? ''
  const has = own !== ''
  const against = (value: unknown): number => compare(type, name, own, String(value))
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return has
    case 'NOT_HAS_PROPERTY':
      return !has
    case 'EQ':
      return has && against(filter.value) === 0
    case 'NEQ':
      return has && against(filter.value) !== 0
    case 'LT':
      return has && against(filter.value) < 0
    case 'LTE':
      return has && against(filter.value) <= 0
    case 'GT':
      return has && against(filter.value) > 0
    case 'GTE':
      return has && against(filter.value) >= 0
    case 'BETWEEN':
      return has && against(filter.value) >= 0 && against(filter.highValue) <= 0
    // A list of texts is compared as it stands: what is not in lower case finds nothing.
    case 'IN':
      return has && listed(type, name, own, filter.values)
    case 'NOT_IN':
      return has && !listed(type, name, own, filter.values)
    case 'CONTAINS_TOKEN':
      return has && tokens(own).has(String(filter.value).toLowerCase())
    default:
      return has && !tokens(own).has(String(filter.value).toLowerCase())
  }
}

const listed = (type: FakeType, name: string, own: string, values: unknown): boolean => {
  const list = (values as readonly unknown[]).map(String)
  return type.properties.get(name)?.type === 'string' ? list.includes(own.toLowerCase()) : list.includes(own)
}
const tokens = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().split(/[^\p{L}\p{N}]+/u))

/** Dates and numbers by size, texts without regard to case, choices exactly. */
function compare(type: FakeType, name: string, a: string, b: string): number {
  const kind = type.properties.get(name)?.type ?? 'string'
  if (kind === 'number') return Number(a) - Number(b)
  if (kind === 'date' || kind === 'datetime') return instant(a) - instant(b)
  const [x, y] = kind === 'string' ? [a.toLowerCase(), b.toLowerCase()] : [a, b]
  return x < y ? -1 : x > y ? 1 : 0
}

const instant = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : text === '' ? -Infinity : Date.parse(text))
