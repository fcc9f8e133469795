import { schema, type MemoryStore, type TableName } from '@ka-governance/adapter-memory'

/** Everything that the database holds besides personal documents, as text. */
export function rawText(memory: MemoryStore): string {
  const names = (Object.keys(schema) as TableName[]).filter((name) => name !== 'documents')
  return names.map((name) => JSON.stringify([...memory.client.table(name).rows()])).join('\n')
}

/** The personal documents of the database, as text. */
export function rawDocuments(memory: MemoryStore): string {
  return JSON.stringify([...memory.client.table('documents').rows()])
}
