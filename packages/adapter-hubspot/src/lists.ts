import { compareText, matchesQuery, type DueHit, type DueQuery, type InstanceQuery, type Projection } from '@ka-governance/core'
import type { HubSpotRecord, SearchFilter } from './client.ts'
import { columns, cut } from './mapping.ts'
import { namesFor, toDueHit, toProjection } from './records.ts'
import type { PropertyName } from './schema.ts'
import { everyMatch, searched } from './searches.ts'
import type { StoreTools } from './tools.ts'

const inOrder = (a: DueHit, b: DueHit): number => a.dueAt - b.dueAt || compareText(a.instanceId, b.instanceId)

/** Instances due as the index finds them and as their cases say they are. At most ten thousand that are due at one instant can be walked past. */
export async function due(tools: StoreTools, { at, limit, after }: DueQuery): Promise<readonly DueHit[]> {
  if (limit <= 0) return []
  const { names } = tools.mapping
  const dueMs = names.property('case', 'due_ms')
  const filters: readonly SearchFilter[] = [
    { propertyName: dueMs, operator: 'LTE', value: String(at) },
    ...(after === undefined ? [] : [{ propertyName: dueMs, operator: 'GTE', value: String(after.dueAt) } as const]),
  ]
  const hits: DueHit[] = []
  const wanted = { filters, by: 'due_key', columns: ['instance_id', 'kind', 'due_ms'], limit } as const
  for await (const record of searched(tools, 'case', wanted)) {
    const hit = toDueHit(names, record)
    if (hit === null || hit.dueAt > at || (after !== undefined && inOrder(hit, after) <= 0)) continue
    hits.push(hit)
    if (hits.length >= limit) break
  }
  return hits.sort(inOrder)
}

/** Visible records, ordered by id. Without any condition every case is read, page by page and not by the index. */
export async function* find(tools: StoreTools, query: InstanceQuery): AsyncGenerator<Projection, void, undefined> {
  const { names } = tools.mapping
  const found = new Map<string, Projection>()
  for await (const record of candidates(tools, query)) {
    const projection = toProjection(names, 'case', record)
    // The index compares without case, and columns are cut; the record itself decides.
    if (matchesQuery(projection, query)) found.set(projection.instanceId, projection)
  }
  for (const id of [...found.keys()].sort(compareText)) {
    const projection = found.get(id)
    if (projection !== undefined) yield projection
  }
}

async function* candidates(tools: StoreTools, query: InstanceQuery): AsyncGenerator<HubSpotRecord, void, undefined> {
  const { own, mapping } = tools
  const { names } = mapping
  const p = (name: PropertyName<'case'>): string => names.property('case', name)
  const wanted = ['instance_id', 'projection'] as const
  const conditions: readonly (readonly [PropertyName<'case'>, string | undefined])[] = [
    ['kind', query.kind === undefined ? undefined : cut(query.kind, columns.kind)],
    ['account_id', query.accountId === undefined ? undefined : cut(query.accountId, columns.account_id)],
    ['open', query.open === undefined ? undefined : String(query.open)],
    ['state', query.state === undefined ? undefined : cut(query.state, columns.state)],
  ]
  const filters = conditions.flatMap(([name, value]): readonly SearchFilter[] =>
    value === undefined ? [] : [{ propertyName: p(name), operator: 'EQ', value }],
  )
  if (filters.length === 0) {
    yield* own.list(names.type('case'), { properties: namesFor(names, 'case', wanted) })
    return
  }
  yield* everyMatch(tools, 'case', filters, wanted)
}
