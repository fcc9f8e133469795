import type { Row, SalesforceClient } from '../client.ts'

/** Ids in one list of a query: far below the 100,000 characters that a query may have. */
const idsAtOnce = 1000

/** A list in parts that a query takes; no part of an empty one. */
export function parts<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / idsAtOnce) }, (_, k) => list.slice(k * idsAtOnce, (k + 1) * idsAtOnce))
}

/** Adds to the list under a key. */
export function put<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** The queries that are wanted, in one call; no rows for those that are not. */
export async function rowsOf(
  client: SalesforceClient,
  queries: readonly (string | false)[],
): Promise<readonly (readonly Row[])[]> {
  const answers = await client.queries(queries.filter((query) => query !== false))
  let next = 0
  return queries.map((query) => {
    if (query === false) return []
    next += 1
    return answers[next - 1] ?? []
  })
}

/** A text of a row; empty where there is none. */
export function text(row: Row, field: string): string {
  const value = row[field]
  return typeof value === 'string' ? value : ''
}

/** A value of a row, or of the row above it: `Owner.IsActive`. */
export function valueAt(row: Row, path: string): unknown {
  let value: unknown = row
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown })[step] : undefined
  return value ?? null
}

/** Salesforce writes instants with `+0000`. */
export const instantOf = (value: string): number => Date.parse(value.replace(/\+0000$/, 'Z'))

/** `OwnerId` → `Owner`, `Manager__c` → `Manager__r`: how a query goes from a row to the one it refers to. */
export const relationOf = (field: string): string => (field.endsWith('__c') ? `${field.slice(0, -1)}r` : field.replace(/Id$/, ''))

/**
 * Whether a field could have the value at all: a query refuses what is no record id as malformed instead of answering nothing, takes an empty text for no value,
 * and no key is longer than a text field.
 */
export const mayBe = (field: string, value: string): boolean =>
  field === 'Id' ? /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value) : value !== '' && value.length <= 255
