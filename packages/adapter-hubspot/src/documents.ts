import { compareText, StoreError, type GovernanceStore } from '@ka-governance/core'
import { waitBefore } from './calls.ts'
import type { HubSpotRecord, Values } from './client.ts'
import { eventsOf } from './journal.ts'
import { documentIdsIn, documentKey, namesFor, textIn, toDocument } from './records.ts'
import { searched } from './searches.ts'
import type { StoreTools } from './tools.ts'

/**
 * Makes texts durable before the entries that name them. One that is there already is the same text: its key is made of it.
 *
 * @returns for each list why it is not stored; `null`: it is.
 */
export async function storeDocuments(
  tools: StoreTools,
  lists: readonly (readonly Values[])[],
): Promise<readonly (StoreError | null)[]> {
  const { own, mapping } = tools
  const { names } = mapping
  const type = names.type('document')
  const key = names.property('document', 'document_key')
  const failed = new Map<Values, StoreError>()
  let open = lists.flat()
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const records = open.map((properties) => ({ properties }))
    // What was refused together with others is sent alone.
    const answers =
      attempt === 1 ? await own.createMany(type, records, key) : await Promise.all(records.map((each) => own.create(type, each)))
    const doubtful: Values[] = []
    for (const [k, values] of open.entries()) {
      const answer = answers[k] ?? { status: 'unknown', error: unanswered }
      if (answer.status === 'created' || answer.status === 'taken') failed.delete(values)
      else failed.set(values, answer.error)
      if (answer.status === 'withheld' || answer.status === 'unknown') doubtful.push(values)
    }
    if (doubtful.length === 0 || attempt >= tools.tries) break
    const there = await own.readMany(
      type,
      doubtful.map((values) => values[key] ?? ''),
      { idProperty: key },
    )
    for (const [k, values] of doubtful.entries()) if (there[k] != null) failed.delete(values)
    open = doubtful.filter((values) => failed.has(values))
    if (open.length > 0) await tools.sleep(waitBefore(attempt, tools.jitter))
  }
  return lists.map((list) => list.flatMap((values) => failed.get(values) ?? [])[0] ?? null)
}

const unanswered = new StoreError('unknown_outcome', 'HubSpot said nothing of one of the texts', {
  actions: ['Send it again with the same key.'],
})

/** Personal texts: records beside the journal, and the only ones of an instance that can be erased. */
export function createDocumentStore(tools: StoreTools): GovernanceStore['personal'] {
  const { own, mapping, sha256 } = tools
  const { names } = mapping
  const columns = ['document_key', 'instance_id', 'document'] as const

  const byId = (instanceId: string, documentIds: readonly string[]): Promise<readonly (HubSpotRecord | null)[]> =>
    own.readMany(
      names.type('document'),
      documentIds.map((id) => documentKey(instanceId, id, sha256)),
      { idProperty: names.property('document', 'document_key'), properties: namesFor(names, 'document', columns) },
    )

  /** Those that the journal names: no index is asked. */
  async function named(instanceId: string): Promise<readonly HubSpotRecord[]> {
    const ids = new Set<string>()
    for await (const event of eventsOf(tools, instanceId, ['event_key', 'documents']))
      for (const id of documentIdsIn(names, event)) ids.add(id)
    return (await byId(instanceId, [...ids])).filter((record) => record !== null)
  }

  /** And those that nothing names, of commits that did not land. `damaged`: why the journal did not name all of its own. */
  async function all(instanceId: string) {
    const found = new Map<string, HubSpotRecord>()
    let damaged: StoreError | null = null
    try {
      for (const record of await named(instanceId)) found.set(record.id, record)
    } catch (error) {
      if (!(error instanceof StoreError) || error.retryable) throw error
      damaged = error
    }
    const filters = [{ propertyName: names.property('document', 'instance_id'), operator: 'EQ', value: instanceId }] as const
    for await (const record of searched(tools, 'document', { filters, by: 'document_key', columns }))
      if (textIn(names, 'document', record, 'instance_id') === instanceId) found.set(record.id, record)
    return { records: [...found.values()], damaged }
  }

  return {
    read: async (instanceId) =>
      (await named(instanceId))
        // One that is empty was being erased when somebody crashed.
        .filter((record) => textIn(names, 'document', record, 'document') !== '')
        .map((record) => toDocument(names, record))
        .sort((a, b) => a.seq - b.seq || compareText(a.documentId, b.documentId)),

    erase: async (instanceId, documentIds) => {
      const { records, damaged } =
        documentIds === 'all'
          ? await all(instanceId)
          : { records: (await byId(instanceId, [...new Set(documentIds)])).filter((record) => record !== null), damaged: null }
      const clear = namesFor(names, 'document', ['document'])
      let erased = 0
      for (const { id } of records) if ((await own.erase(names.type('document'), id, { clear })) !== 'absent') erased += 1
      // What the index shows is gone; that it was all, a damaged journal does not say.
      if (damaged !== null) throw damaged
      return erased
    },
  }
}
