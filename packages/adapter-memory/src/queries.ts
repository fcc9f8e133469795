import { compareText, matchesQuery, type InstanceQuery, type Projection } from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import type { InstanceRow } from './schema.ts'

const pageSize = 128

/** Streams what `next` answers page by page, each after the last item of the page before; commits in between are no problem. */
export async function* pages<T>(next: (last: T | null) => readonly T[]): AsyncGenerator<T, void, undefined> {
  let last: T | null = null
  do {
    const page: readonly T[] = next(last)
    yield* page
    last = page.at(-1) ?? null
  } while (last !== null)
}

/** At most one page of visible instances after `last`, by the narrowest index that the query allows. */
export function findPage(client: MemoryClient, query: InstanceQuery, last: Projection | null, limit = pageSize): InstanceRow[] {
  const found: InstanceRow[] = []
  const { index, within, prefix } = plan(query)
  const instances = client.table('instances')
  const start = (row: InstanceRow): boolean => {
    const place = prefix(row)
    return place > 0 || (place === 0 && (last === null || row.instanceId > last.instanceId))
  }
  for (const row of instances.from(index, start)) {
    if (!within(row) || found.length >= limit) break
    if (matchesQuery(row, query)) found.push(row)
  }
  return found
}

interface Plan {
  readonly index: 'id' | 'account' | 'kind' | 'open' | 'openKind'
  /** Where the row stands to the wanted range: before (-1), inside (0), behind (1). */
  readonly prefix: (row: InstanceRow) => number
  readonly within: (row: InstanceRow) => boolean
}

function plan({ accountId, kind, open }: InstanceQuery): Plan {
  if (accountId !== undefined) return ranged('account', (row) => compareText(row.accountId, accountId))
  if (kind !== undefined) return ranged(open === true ? 'openKind' : 'kind', (row) => compareText(row.kind, kind))
  return ranged(open === true ? 'open' : 'id', () => 0)
}

function ranged(index: Plan['index'], prefix: Plan['prefix']): Plan {
  return { index, prefix, within: (row) => prefix(row) === 0 }
}
