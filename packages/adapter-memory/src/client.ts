import { createTable } from './database/table.ts'
import { createTimetable, type Timetable } from './database/timetable.ts'
import { schema, type TableName, type Tables } from './schema.ts'

/** The database's own failures; `errors.ts` translates them for callers. */
export class DatabaseError extends Error {
  readonly code: 'closed' | 'table_missing'

  constructor(code: 'closed' | 'table_missing', message: string) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/**
 * The backend: tables of raw rows with unique and ordered indexes, and transactions. It knows nothing of governance. Several stores may share one
 * client, as several processes share one CRM; a second witness reads it without passing through a store.
 */
export interface MemoryClient {
  /** @throws DatabaseError when the table was not provisioned or the client is closed. */
  table<Name extends TableName>(name: Name): Tables[Name]
  /** Due instants of instances; takes part in transactions like a table. @throws DatabaseError as `table` does. */
  timetable(): Timetable
  /** The tables there are, in the order of their creation; `provision` makes those that are missing. */
  tableNames(): readonly TableName[]
  /** Makes an empty table. One of that name is replaced, rows and all: `provision` asks `tableNames` first. */
  createTable(name: TableName): void
  /** Runs `work` whole or, when it throws or calls `rollback`, not at all. Synchronous: nobody sees it half done. */
  transaction<T>(work: (rollback: () => void) => T): T
  /** A number higher than every one before. */
  nextOrdinal(): number
  /** From now on `nextOrdinal` is higher than this: rows that were brought in have ordinals already. */
  raiseOrdinal(atLeast: number): void
  /** From now on every call on a table fails, as when the backend is gone. */
  close(): void
}

/**
 * An empty database, without tables: see `provision`.
 *
 * @example
 * ```ts
 * const client = createMemoryClient()
 * const one = createMemoryStore({ client })
 * const two = createMemoryStore({ client }) // a second process over the same backend
 * ```
 */
export function createMemoryClient(): MemoryClient {
  const tables = new Map<TableName, unknown>()
  let undoSteps: (() => void)[] | null = null
  let ordinal = 0
  let closed = false
  const deadlines = createTimetable((step) => undoSteps?.push(step))
  const open = (): void => {
    if (closed) throw new DatabaseError('closed', 'the in-memory database is closed')
  }

  return {
    table(name) {
      open()
      const table = tables.get(name)
      if (table === undefined) throw new DatabaseError('table_missing', `table ${name} does not exist`)
      return table as Tables[typeof name]
    },
    timetable() {
      open()
      return deadlines
    },
    tableNames: () => [...tables.keys()],
    createTable(name) {
      // The union of definitions cannot be matched to the name by the compiler; rows stay typed through `Tables`.
      const definition = schema[name] as unknown as Parameters<typeof createTable>[0]
      tables.set(
        name,
        createTable(definition, (step) => undoSteps?.push(step)),
      )
    },
    transaction(work) {
      if (undoSteps !== null) throw new Error('transactions do not nest')
      const steps: (() => void)[] = []
      undoSteps = steps
      let keep = false
      try {
        let abandoned = false
        const result = work(() => {
          abandoned = true
        })
        keep = !abandoned
        return result
      } finally {
        undoSteps = null
        if (!keep) for (const step of steps.reverse()) step()
      }
    },
    nextOrdinal() {
      ordinal += 1
      return ordinal
    },
    raiseOrdinal(atLeast) {
      ordinal = Math.max(ordinal, atLeast)
    },
    close() {
      closed = true
    },
  }
}
