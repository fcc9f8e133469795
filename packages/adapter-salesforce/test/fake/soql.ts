import { parseQuery, type Condition, type Query, type WhereClause } from '@jetstreamapp/soql-parser-js'

/** A query that the fake refuses, as Salesforce words it. */
export class SoqlError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type Value = string | number | boolean | null
export type FakeRow = { readonly [field: string]: Value }

/** What a query asks for. */
export interface Plan {
  readonly object: string
  /** Column by its name in the answer, and where it comes from. */
  readonly columns: readonly { readonly name: string; readonly field: string; readonly sum: boolean; readonly count?: boolean }[]
  readonly test: (row: FakeRow) => boolean
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[]
  readonly groupBy: readonly string[]
  readonly limit: number | null
  /** Fields that conditions read: a long text among them is an error. */
  readonly filtered: readonly string[]
}

/** How the org compares texts of a field. */
export type CompareBy = (field: string) => 'exact' | 'folded' | 'id'

/** Characters of a query, and of one text in it. */
const longest = { query: 100_000, text: 4000 } as const

export function planOf(text: string, by: CompareBy): Plan {
  if (text.length > longest.query)
    throw new SoqlError('MALFORMED_QUERY', 'SOQL statements cannot be longer than 100000 characters.')
  if ([...text.matchAll(/'(?:[^'\\]|\\.)*'/gs)].some(([literal]) => literal.length > longest.text + 2))
    throw new SoqlError('MALFORMED_QUERY', 'string literal is longer than 4000 characters')
  let query: Query
  try {
    query = parseQuery(text)
  } catch (error) {
    throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${error instanceof Error ? error.message : ''}`)
  }
  const filtered: string[] = []
  const columns = (query.fields ?? []).map((field) => {
    if (field.type === 'Field') return { name: field.alias ?? field.field, field: field.field, sum: false }
    // A field of a row that this one refers to: `Assignee.IsActive`.
    if (field.type === 'FieldRelationship') {
      const path = [...field.relationships, field.field].join('.')
      return { name: path, field: path, sum: false }
    }
    if (field.type === 'FieldFunctionExpression' && field.rawValue?.toUpperCase() === 'COUNT()')
      return { name: 'COUNT()', field: 'Id', sum: false, count: true }
    if (field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'SUM')
      return {
        name: field.alias ?? 'expr0',
        field: typeof field.parameters[0] === 'string' ? field.parameters[0] : '',
        sum: true,
      }
    throw new SoqlError('MALFORMED_QUERY', `the fake does not know ${field.type}`)
  })
  const orders = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy]
  const groups = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy]
  return {
    object: query.sObject ?? '',
    columns,
    test: query.where === undefined ? () => true : compiled(query.where, by, filtered),
    orderBy: orders.map((order) => ({ field: 'field' in order ? order.field : '', descending: order.order === 'DESC' })),
    groupBy: groups.map((group) => ('field' in group ? group.field : '')),
    limit: query.limit ?? null,
    filtered,
  }
}

type Test = (row: FakeRow) => boolean
type Token = '(' | ')' | 'AND' | 'OR' | Test

/** The parser keeps brackets as counts at the conditions: they become tokens, and the tokens a test. */
function compiled(where: WhereClause, by: CompareBy, filtered: string[]): Test {
  const tokens: Token[] = []
  for (let part: WhereClause | undefined = where; part !== undefined; part = 'right' in part ? part.right : undefined) {
    const { left } = part
    if (left !== null) {
      for (let n = 0; n < (left.openParen ?? 0); n += 1) tokens.push('(')
      if ('operator' in left) tokens.push(condition(left as Condition, by, filtered))
      for (let n = 0; n < ('closeParen' in left ? (left.closeParen ?? 0) : 0); n += 1) tokens.push(')')
    }
    const operator = 'operator' in part ? part.operator : undefined
    if (operator === 'AND' || operator === 'OR') tokens.push(operator)
    else if (operator !== undefined) throw new SoqlError('MALFORMED_QUERY', `the fake does not know ${operator}`)
  }
  let at = 0
  const group = (): Test => {
    let test = term()
    let joined: Token | undefined
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      const operator = tokens[at]
      // Salesforce refuses AND beside OR without brackets.
      if (joined !== undefined && joined !== operator) throw new SoqlError('MALFORMED_QUERY', 'unexpected token: OR')
      joined = operator
      at += 1
      const [before, next] = [test, term()]
      test = operator === 'AND' ? (row) => before(row) && next(row) : (row) => before(row) || next(row)
    }
    return test
  }
  const term = (): Test => {
    const token = tokens[at]
    at += 1
    if (typeof token === 'function') return token
    if (token !== '(') throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${String(token)}`)
    const test = group()
    if (tokens[at] !== ')') throw new SoqlError('MALFORMED_QUERY', 'expecting a right parentheses')
    at += 1
    return test
  }
  const test = group()
  if (at !== tokens.length) throw new SoqlError('MALFORMED_QUERY', 'unexpected token')
  return test
}

function condition(left: Condition, by: CompareBy, filtered: string[]): Test {
  if (!('field' in left) || !('value' in left)) throw new SoqlError('MALFORMED_QUERY', 'the fake knows comparisons only')
  const { field, operator } = left
  filtered.push(field)
  const fold = (value: Value): Value => (typeof value === 'string' && by(field) === 'folded' ? value.toLowerCase() : value)
  // An id of 15 characters is taken, too; the checksum of all ids here is the same.
  const literal = (value: Value): Value =>
    typeof value === 'string' && value.length === 15 && by(field) === 'id' ? `${value}AAA` : fold(value)
  const types = Array.isArray(left.literalType) ? left.literalType : [left.literalType]
  const values = (Array.isArray(left.value) ? left.value : [left.value]).map((value, k) =>
    literal(valueOf(value, types[k] ?? types[0])),
  )
  const [value = null] = values
  switch (operator) {
    case '=':
      return (row) => fold(row[field] ?? null) === value
    case '!=':
      return (row) => fold(row[field] ?? null) !== value
    case 'IN':
      return (row) => values.includes(fold(row[field] ?? null))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (row) => {
        const actual = row[field] ?? null
        if (actual === null || value === null) return false
        const order = compareValues(fold(actual), value)
        return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0
      }
    default:
      throw new SoqlError('MALFORMED_QUERY', `the fake does not know ${operator}`)
  }
}

const unescapes: { readonly [c: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function valueOf(text: string, type: string | undefined): Value {
  if (type === 'STRING' || /^'.*'$/s.test(text))
    return text.slice(1, -1).replaceAll(/\\(.)/gs, (_, c: string) => unescapes[c] ?? c)
  if (type === 'BOOLEAN' || /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  if (type === 'NULL' || /^null$/i.test(text)) return null
  return /^-?\d/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text
}

/** The org sorts texts by a language: signs count for nothing at first, capital and small letters are one. */
const collator = new Intl.Collator('en', { ignorePunctuation: true, sensitivity: 'base' })

export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b) || (a < b ? -1 : 1)
  return a < b ? -1 : 1
}
