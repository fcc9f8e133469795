import { compareText, StoreError, type GovernanceStore } from '@ka-governance/core'
import type { SalesforceClient, Subrequest } from './client.ts'
import { meaningOf, siblings } from './errors.ts'
import { toDocument } from './mapping.ts'
import { limits } from './requests.ts'
import type { FieldName, Names } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

/** Two requests a row, and a composite has room for so many. */
const erasedAtOnce = Math.floor(limits.composite / 2)

/** Personal texts: rows beside the journal, and the only ones of an instance that can be erased. */
export function createDocumentStore(client: SalesforceClient, names: Names): GovernanceStore['personal'] {
  const f = (name: FieldName<'Document'>): Soql => raw(names.field('Document', name))
  const object = raw(names.object('Document'))
  const rowsOf = (instanceId: string) =>
    client.query(
      soql`SELECT Id, ${f('DocumentKey')}, ${f('Document')} FROM ${object} WHERE ${f('InstanceKey')} = ${instanceId} ORDER BY ${f('Seq')} ASC, ${f('DocumentKey')} ASC`,
    )

  return {
    read: async (instanceId) => {
      const documents = []
      for await (const row of rowsOf(instanceId)) documents.push(toDocument(names, row))
      // By code units: the org sorts texts by a language.
      return documents.sort((a, b) => a.seq - b.seq || compareText(a.documentId, b.documentId))
    },

    erase: async (instanceId, documentIds) => {
      const wanted = documentIds === 'all' ? null : new Set(documentIds.map((id) => `${instanceId}:${id}`))
      const ids: string[] = []
      for await (const row of rowsOf(instanceId))
        if (wanted?.has(String(row[f('DocumentKey').text])) ?? true) ids.push(String(row['Id']))
      let erased = 0
      for (let k = 0; k < ids.length; k += erasedAtOnce) erased += await eraseRows(ids.slice(k, k + erasedAtOnce))
      return erased
    },
  }

  /** The text is blanked before the row is deleted: a recycle bin keeps deleted rows for weeks. */
  async function eraseRows(ids: readonly string[]): Promise<number> {
    const requests = ids.flatMap((id, k): readonly Subrequest[] => {
      const url = `/sobjects/${object.text}/${id}`
      return [
        { method: 'PATCH', url, referenceId: `blank${String(k)}`, body: { [f('Document').text]: null } },
        { method: 'DELETE', url, referenceId: `erase${String(k)}` },
      ]
    })
    const answers = await client.composite(requests)
    const causes = answers.flatMap(({ errors }) => errors).filter(({ code }) => !siblings.has(code))
    if (causes.length === 0 && answers.every(({ status }) => status < 300)) return ids.length
    // Somebody else has erased one of them: what is left is erased one by one.
    if (causes.some(({ code }) => code === 'ENTITY_IS_DELETED' || code === 'NOT_FOUND')) {
      if (ids.length === 1) return 0
      let erased = 0
      for (const id of ids) erased += await eraseRows([id])
      return erased
    }
    if (causes.length === 0) throw new StoreError('unavailable', 'the texts were not erased', { actions: ['Erase them again.'] })
    throw meaningOf(causes, 400)
  }
}
