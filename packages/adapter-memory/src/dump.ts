import { entryKey, InvalidInputError, pairKey, type Finding } from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { checkJournals, type AddFinding } from './dump-journals.ts'
import {
  schema,
  type AccountRow,
  type CommandRow,
  type DocumentRow,
  type EditRow,
  type EffectRow,
  type EventRow,
  type InstanceRow,
  type LeaseRow,
  type PolicyRow,
  type TableName,
} from './schema.ts'

interface Rows {
  readonly events: EventRow
  readonly instances: InstanceRow
  readonly effects: EffectRow
  readonly documents: DocumentRow
  readonly leases: LeaseRow
  readonly accounts: AccountRow
  readonly policies: PolicyRow
  readonly commands: CommandRow
  readonly edits: EditRow
}

/**
 * Everything that a memory store holds, as plain JSON: journals, snapshots, visible records, outstanding and dead effects with their attempts, personal documents, leases, accounts,
 * published policies and the inbox. Idempotency keys stand in the journals. Give it to `createMemoryStore({ from })` to go on.
 */
export interface MemoryDump {
  readonly format: 'ka-governance-memory'
  /** Rises when a newer version of the adapter writes what an older one cannot read. */
  readonly version: 1
  readonly tables: { readonly [name in TableName]: readonly Rows[name][] }
}

type Kind = 'status' | 'text' | 'number' | 'yesNo' | 'textOrNull' | 'numberOrNull'

const columns: { readonly [name in TableName]: { readonly [column in keyof Rows[name]]: Kind } } = {
  events: { key: 'text', instanceId: 'text', seq: 'number', idempotencyKey: 'text', entry: 'text' },
  instances: {
    instanceId: 'text',
    kind: 'text',
    seq: 'number',
    hash: 'text',
    at: 'number',
    snapshotHash: 'text',
    snapshot: 'text',
    projection: 'text',
    dueAt: 'numberOrNull',
    visible: 'textOrNull',
    visibleSeq: 'number',
    accountId: 'text',
    state: 'text',
    open: 'yesNo',
  },
  effects: {
    id: 'text',
    instanceId: 'text',
    effectId: 'text',
    type: 'text',
    eventKey: 'text',
    position: 'number',
    ordinal: 'number',
    attempts: 'number',
    deadReason: 'textOrNull',
    retryAt: 'numberOrNull',
  },
  documents: { id: 'text', instanceId: 'text', documentId: 'text', seq: 'number', document: 'text' },
  leases: { instanceId: 'text', until: 'number' },
  accounts: { accountId: 'text', account: 'text', facts: 'text' },
  policies: { id: 'text', version: 'text', hash: 'text', document: 'text' },
  edits: { instanceId: 'text', over: 'text', values: 'text', deleted: 'yesNo', by: 'textOrNull', at: 'numberOrNull' },
  commands: {
    id: 'text',
    kind: 'text',
    instanceId: 'textOrNull',
    command: 'text',
    form: 'text',
    actor: 'text',
    onBehalfOf: 'textOrNull',
    expectedVersion: 'numberOrNull',
    locale: 'textOrNull',
    at: 'number',
    tries: 'number',
    status: 'status',
    answer: 'textOrNull',
  },
}

const fits: { readonly [kind in Kind]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  status: (value) => ['pending', 'accepted', 'refused', 'failed'].includes(String(value)),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  yesNo: (value) => typeof value === 'boolean',
  textOrNull: (value) => value === null || typeof value === 'string',
  numberOrNull: (value) => value === null || (typeof value === 'number' && Number.isFinite(value)),
}

/** Keys that are made of other columns: a row that was edited by hand tells itself by them. */
const madeOf: { readonly [name in TableName]?: (row: never) => boolean } = {
  events: (row: EventRow) => row.key === entryKey(row.instanceId, row.seq),
  effects: (row: EffectRow) => row.id === pairKey(row.instanceId, row.effectId),
  documents: (row: DocumentRow) => row.id === pairKey(row.instanceId, row.documentId),
  // Made of a number that must never be given twice.
  commands: (row: CommandRow) => /^in-\d{12}$/.test(row.id),
}

const tableNames = Object.keys(schema) as readonly TableName[]
const maxFindings = 20

/**
 * Copies everything out of a database, in one step: no commit is half in it. @throws DatabaseError as `MemoryClient.table` does.
 *
 * @example
 * ```ts
 * const store = createMemoryStore()
 * const later = createMemoryStore({ from: dumpMemory(store.client) })
 * await later.load('cmp-1') // => null
 * ```
 */
export function dumpMemory(client: MemoryClient): MemoryDump {
  const rowsOf = (name: TableName): readonly object[] =>
    [...(client.table(name).rows() as Iterable<object>)].map((row) => ({ ...row }))
  return {
    format: 'ka-governance-memory',
    version: 1,
    tables: Object.fromEntries(tableNames.map((name) => [name, rowsOf(name)])) as unknown as MemoryDump['tables'],
  }
}

/**
 * Everything that is wrong with a dump, as far as 20 findings: what is no dump, and (`corrupt_record`) what does not belong together: an entry without its instance, an instance without
 * one of its entries, a head that is not the last entry. Chain and replay are `verifyJournal`'s.
 *
 * @example
 * ```ts
 * checkDump(createMemoryStore().dump()) // => []
 * checkDump(null)[0]?.path // => 'format'
 * ```
 */
export function checkDump(dump: unknown): readonly Finding[] {
  const { findings, add } = collector()
  readDump(dump, add)
  return findings
}

function collector(): { readonly findings: readonly Finding[]; readonly add: AddFinding } {
  const findings: Finding[] = []
  const add: AddFinding = (path, code, message, remedy = 'take the dump as dumpMemory made it') => {
    if (findings.length < maxFindings) findings.push({ path, code, message, remedy })
  }
  return { findings, add }
}

/** The tables of a dump, where they are such. */
function readDump(dump: unknown, add: AddFinding): MemoryDump['tables'] | null {
  const tables = tablesOf(dump, add)
  if (tables === null) return null
  let rowsFit = true
  for (const name of tableNames)
    for (const [index, row] of tables[name].entries()) rowsFit = checkRow(name, index, row, add) && rowsFit
  if (rowsFit) checkJournals(tables, add)
  return tables
}

/**
 * Puts a dump into an empty, provisioned database. Nothing is trusted: whatever is no dump, or not whole, is refused before a row is stored.
 *
 * @throws InvalidInputError naming the first tables, rows and columns that do not fit, as `checkDump` finds them.
 */
export function restoreMemory(client: MemoryClient, dump: unknown): void {
  const { findings, add } = collector()
  if (tableNames.some((name) => client.table(name).size > 0))
    add('client', 'not_empty', 'the database has rows already', 'restore into a new one')
  const tables = readDump(dump, add)
  if (findings.length > 0 || tables === null) throw new InvalidInputError('dump of a memory store', findings)

  client.transaction((rollback) => {
    for (const name of tableNames) {
      const table = client.table(name) as unknown as { insert: (row: object) => boolean }
      for (const [index, row] of tables[name].entries())
        if (!table.insert({ ...row })) add(`tables.${name}[${String(index)}]`, 'twice', 'a row with this key stands before it')
    }
    if (findings.length > 0) rollback()
  })
  if (findings.length > 0) throw new InvalidInputError('dump of a memory store', findings)
  for (const { instanceId, kind, dueAt } of tables.instances) client.timetable().move(instanceId, kind, null, dueAt)
  const ordinals = [...tables.effects.map(({ ordinal }) => ordinal), ...tables.commands.map(({ id }) => Number(id.slice(3)))]
  client.raiseOrdinal(ordinals.reduce((highest, ordinal) => Math.max(highest, ordinal), 0))
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function tablesOf(dump: unknown, add: AddFinding): MemoryDump['tables'] | null {
  if (!isObject(dump) || dump['format'] !== 'ka-governance-memory') {
    add('format', 'value', 'this is no dump of a memory store')
    return null
  }
  if (dump['version'] !== 1) {
    add('version', 'value', 'written by another version of the adapter', 'read it with the version that wrote it')
    return null
  }
  const { tables: given } = dump
  // Dumps from before there was an inbox, or an edit by hand, have no tables for them.
  const tables = isObject(given) ? { commands: [], edits: [], ...given } : given
  if (!isObject(tables)) {
    add('tables', 'missing', 'there are no tables')
    return null
  }
  for (const name of tableNames) if (!Array.isArray(tables[name])) add(`tables.${name}`, 'missing', 'this is no list of rows')
  for (const name of Object.keys(tables))
    if (!Object.hasOwn(schema, name)) add(`tables.${name.slice(0, 60)}`, 'unknown_key', 'there is no such table')
  return tableNames.every((name) => Array.isArray(tables[name])) ? (tables as unknown as MemoryDump['tables']) : null
}

/** True for a row as its table has them. */
function checkRow(name: TableName, index: number, row: unknown, add: AddFinding): boolean {
  const place = `tables.${name}[${String(index)}]`
  if (!isObject(row)) {
    add(place, 'type', 'this is no row')
    return false
  }
  const known = columns[name] as { readonly [column: string]: Kind }
  const wrong = Object.entries(known).filter(([column, kind]) => !Object.hasOwn(row, column) || !fits[kind](row[column]))
  for (const [column, kind] of wrong) add(`${place}.${column}`, 'type', `missing, or not what it should be (${kind})`)
  const unknown = Object.keys(row).filter((column) => !Object.hasOwn(known, column))
  for (const column of unknown) add(`${place}.${column.slice(0, 60)}`, 'unknown_key', 'there is no such column')
  const isMade = wrong.length > 0 || madeOf[name]?.(row as never) !== false
  if (!isMade) add(place, 'mismatch', 'its key is not made of its columns')
  return wrong.length === 0 && unknown.length === 0 && isMade
}
