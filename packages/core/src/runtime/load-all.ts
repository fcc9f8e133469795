import { ofMany, type GovernanceStore, type Projection, type StoredInstance } from '../ports/index.ts'

/** Instances looked at together. */
const pageSize = 200

/** What a search finds, in pages; `after`: only behind this id. */
export async function* pagesOf(found: AsyncIterable<Projection>, after?: string): AsyncGenerator<readonly Projection[]> {
  let page: Projection[] = []
  for await (const shown of found) {
    if (after !== undefined && shown.instanceId <= after) continue
    page.push(shown)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** The heads of a page, in its order: in one read where the store can. */
export async function loadAll(store: GovernanceStore, page: readonly Projection[]): Promise<readonly (StoredInstance | null)[]> {
  const ids = page.map(({ instanceId }) => instanceId)
  const { loadMany } = ofMany(store)
  if (loadMany !== undefined) return loadMany(ids)
  const heads: (StoredInstance | null)[] = []
  for (const id of ids) heads.push(await store.load(id))
  return heads
}
