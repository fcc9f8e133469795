import { compareText, type GovernanceStore } from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { translated } from './errors.ts'
import { toDocument } from './mapping.ts'
import type { DocumentRow } from './schema.ts'

/** Personal texts: rows beside the journal, and the only ones of an instance that can be erased. */
export function createDocumentStore(client: MemoryClient): GovernanceStore['personal'] {
  const rowsOf = (instanceId: string): DocumentRow[] => [...client.table('documents').group('instance', instanceId)]

  return {
    read: async (instanceId) =>
      translated(() =>
        rowsOf(instanceId)
          .sort((a, b) => a.seq - b.seq || compareText(a.documentId, b.documentId))
          .map(toDocument),
      ),

    erase: async (instanceId, documentIds) =>
      translated(() => {
        const wanted = documentIds === 'all' ? null : new Set(documentIds)
        const rows = rowsOf(instanceId).filter((row) => wanted?.has(row.documentId) ?? true)
        for (const row of rows) client.table('documents').remove(row)
        return rows.length
      }),
  }
}
