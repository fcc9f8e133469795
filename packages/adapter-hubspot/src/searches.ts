import type { HubSpotRecord, SearchFilter } from './client.ts'
import { namesFor } from './records.ts'
import { recordId, type ObjectName, type PropertyName } from './schema.ts'
import type { StoreTools } from './tools.ts'

/** A question to the index. */
interface Question<O extends ObjectName> {
  readonly filters: readonly SearchFilter[]
  /** In rising order of this property. */
  readonly by: PropertyName<O>
  readonly columns: readonly PropertyName<O>[]
  /** About how many rows are wanted. @default as many as a page holds */
  readonly limit?: number
}

/** Most rows of a page. */
const page = 200
/** Most rows of a search: HubSpot shows none behind them. */
const mostFound = 10_000

/**
 * Records that the index finds, each once, page by page, up to the ten thousand that HubSpot shows of one search. The index is behind: a match may be missing, and a hit is to be judged
 * by its own values, which are newer.
 */
export async function* searched<O extends ObjectName>(
  { own, mapping: { names } }: Pick<StoreTools, 'own' | 'mapping'>,
  object: O,
  { filters, by, columns, limit = page }: Question<O>,
): AsyncGenerator<HubSpotRecord, void, undefined> {
  const seen = new Set<string>()
  const rows = Math.max(1, Math.min(page, limit))
  let after: string | undefined
  // HubSpot names a next page beyond the last row that it shows, and refuses it.
  for (let shown = 0; shown + rows <= mostFound; shown += rows) {
    const found = await own.search(names.type(object), {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: names.property(object, by), direction: 'ASCENDING' }],
      properties: namesFor(names, object, columns),
      limit: rows,
      ...(after === undefined ? {} : { after }),
    })
    for (const record of found.records)
      if (!seen.has(record.id)) {
        seen.add(record.id)
        yield record
      }
    after = found.after ?? undefined
    if (after === undefined) return
  }
}

/** Every record that the index finds, however many, in order of their ids: behind the ten thousandth another search goes on with the ids that follow. */
export async function* everyMatch<O extends ObjectName>(
  { own, mapping: { names } }: Pick<StoreTools, 'own' | 'mapping'>,
  object: O,
  filters: readonly SearchFilter[],
  columns: readonly PropertyName<O>[],
): AsyncGenerator<HubSpotRecord, void, undefined> {
  let behind = '0'
  let last = behind
  let after: string | undefined
  for (let pages = 1; ; pages += 1) {
    const found = await own.search(names.type(object), {
      filterGroups: [{ filters: [...filters, { propertyName: recordId, operator: 'GT', value: behind }] }],
      sorts: [{ propertyName: recordId, direction: 'ASCENDING' }],
      properties: namesFor(names, object, columns),
      limit: page,
      ...(after === undefined ? {} : { after }),
    })
    yield* found.records
    last = found.records.at(-1)?.id ?? last
    after = found.after ?? undefined
    if ((pages + 1) * page <= mostFound) {
      if (after === undefined) return
      continue
    }
    if (last === behind) return
    behind = last
    after = undefined
    pages = 0
  }
}
