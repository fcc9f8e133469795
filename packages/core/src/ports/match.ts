import type { Projection } from './records.ts'
import type { InstanceQuery } from './store.ts'

/**
 * Whether a projection is among those that a query finds: it equals every field given. A store whose backend compares otherwise (without case, cut to a
 * length) asks this of every row.
 *
 * @example
 * ```ts
 * matchesQuery({ kind: 'complaint', accountId: 'acme', open: true, state: 'received' }, { open: true, state: 'Received' }) // => false
 * ```
 */
export function matchesQuery(
  projection: Pick<Projection, 'kind' | 'accountId' | 'open' | 'state'>,
  { kind, accountId, open, state }: InstanceQuery,
): boolean {
  return (
    (kind === undefined || projection.kind === kind) &&
    (accountId === undefined || projection.accountId === accountId) &&
    (open === undefined || projection.open === open) &&
    (state === undefined || projection.state === state)
  )
}

/**
 * One text out of two, different for different pairs whatever they contain: for a unique index over both. Idempotency keys have no length limit: where
 * the backend has one, index a digest of it.
 *
 * @example
 * ```ts
 * pairKey('cmp-1', 'key') // => '5:cmp-1key'
 * ```
 */
export function pairKey(first: string, second: string): string {
  return `${String(first.length)}:${first}${second}`
}

/**
 * An id in hexadecimal digits: every language sorts them alike, by code units. For backends whose text order follows a language, where it must not decide where a page begins.
 *
 * @example
 * ```ts
 * sortKey('cmp-1') // => '636d702d31'
 * ```
 */
export function sortKey(instanceId: string): string {
  return Array.from(instanceId, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}
