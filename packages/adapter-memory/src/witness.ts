import type { JournalEntry, PersonalDocument, Projection } from '@ka-governance/core'
import type { MemoryClient } from './client.ts'

/** Reads rows past the store: what is really there, for tests that trust no adapter. */
export interface MemoryWitness {
  /** The journal entry under its key, `<instanceId>-<seq, six digits>`; `null`: no such row. @throws DatabaseError as `MemoryClient.table` does. */
  event(key: string): JournalEntry | null
  /** The visible record; `null` while none was written. @throws DatabaseError as `MemoryClient.table` does. */
  projection(instanceId: string): Projection | null
  /** How many entries there are, gaps or not. Reads every row. @throws DatabaseError as `MemoryClient.table` does. */
  countEvents(instanceId: string): number
  /** The personal documents in the table, in no promised order. Reads every row. @throws DatabaseError as `MemoryClient.table` does. */
  documents(instanceId: string): readonly PersonalDocument[]
}

/**
 * A witness shares no code with the store: it reads the tables and parses by itself.
 *
 * @example
 * ```ts
 * const store = createMemoryStore()
 * createRawWitness(store.client).event('cmp-1-000001') // => null
 * ```
 */
export function createRawWitness(client: MemoryClient): MemoryWitness {
  return {
    event(key) {
      const text = client.table('events').get(key)?.entry
      return text === undefined ? null : (JSON.parse(text) as JournalEntry)
    },
    projection(instanceId) {
      const text = client.table('instances').get(instanceId)?.visible
      return typeof text === 'string' ? (JSON.parse(text) as Projection) : null
    },
    countEvents(instanceId) {
      let count = 0
      for (const row of client.table('events').rows()) if (row.instanceId === instanceId) count += 1
      return count
    },
    documents: (instanceId) =>
      [...client.table('documents').rows()]
        .filter((row) => row.instanceId === instanceId)
        .map((row) => JSON.parse(row.document) as PersonalDocument),
  }
}
