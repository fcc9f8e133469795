import { matchesQuery, type AccountRecord, type GovernanceStore, type InstanceQuery, type Projection } from '@ka-governance/core'
import { accountColumns, accountsThatCount, instanceConditions, toAccount } from './list-queries.ts'
import { toProjection } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { Scanner } from './scan.ts'
import { raw, soql } from './soql.ts'

/** The store with its long lists read by jobs. What belongs to one account is never long, and is waited for by somebody: that stays a query. */
export function withScans<S extends GovernanceStore>(store: S, mapping: ResolvedMapping, scanner: Scanner): S {
  return {
    ...store,
    find: (query) => find(store, mapping, scanner, query),
    accounts: { ...store.accounts, list: (query = {}) => list(store, mapping, scanner, query) },
  }
}

async function* find(
  store: GovernanceStore,
  { names }: ResolvedMapping,
  scanner: Scanner,
  query: InstanceQuery,
): AsyncGenerator<Projection, void, undefined> {
  const object = names.object('Instance')
  const sort = names.field('Instance', 'SortKey')
  const where = [soql`${raw(sort)} != ${null}`, ...instanceConditions(names, query)].join(' AND ')
  if (query.accountId !== undefined || !(await scanner.isLarge(object, where))) {
    yield* store.find(query)
    return
  }
  const columns = `${names.field('Instance', 'InstanceKey')}, ${sort}, ${names.field('Instance', 'Visible')}`
  const rows = scanner.rows(`SELECT ${columns} FROM ${object} WHERE ${where} ORDER BY ${sort} ASC`, { field: sort, rises: true })
  for await (const row of rows) {
    const projection = toProjection(names, row)
    // Columns are cut and compare without case; the record itself decides.
    if (matchesQuery(projection, query)) yield projection
  }
}

async function* list(
  store: GovernanceStore,
  mapping: ResolvedMapping,
  scanner: Scanner,
  query: { readonly after?: string },
): AsyncGenerator<AccountRecord, void, undefined> {
  const { object, id } = mapping.accounts
  const from = query.after === undefined ? soql`${raw(id)} != ${null}` : soql`${raw(id)} > ${query.after}`
  const where = `${from}${accountsThatCount(mapping)}`
  if (!(await scanner.isLarge(object, where))) {
    yield* store.accounts.list(query)
    return
  }
  const soqlText = `SELECT ${accountColumns(mapping)} FROM ${object} WHERE ${where} ORDER BY ${id} ASC`
  // Record ids rise by code units; a field of the org's own is sorted by a language.
  for await (const row of scanner.rows(soqlText, { field: id, rises: id === 'Id' })) yield toAccount(mapping, row)
}
