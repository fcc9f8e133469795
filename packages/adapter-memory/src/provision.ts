import type { MemoryClient } from './client.ts'
import { schema, type TableName } from './schema.ts'

/** What was, or would be, created. */
export interface ProvisionReport {
  readonly created: readonly TableName[]
  readonly existing: readonly TableName[]
}

/**
 * Creates the tables that are missing and leaves the others, rows included, alone: running it twice changes nothing. With `dryRun` it only reports.
 *
 * @example
 * ```ts
 * const client = createMemoryClient()
 * provision(client).created.length // => 9
 * provision(client).created.length // => 0
 * ```
 */
export function provision(client: MemoryClient, options: { readonly dryRun?: boolean } = {}): ProvisionReport {
  const present = new Set(client.tableNames())
  const names = Object.keys(schema) as TableName[]
  const created = names.filter((name) => !present.has(name))
  if (options.dryRun !== true) for (const name of created) client.createTable(name)
  return { created, existing: names.filter((name) => present.has(name)) }
}
