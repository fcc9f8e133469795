import { createOrderedIndex, type OrderedIndex } from './ordered-index.ts'

/** What a table is: its key, its other unique values and its orders. */
export interface TableDefinition<Row extends object, Unique extends string, Ordered extends string> {
  readonly key: (row: Row) => string
  /** Values that no two rows share and that no update changes. */
  readonly unique: { readonly [name in Unique]: (row: Row) => string }
  /** Orders to read in; `where` leaves rows out. `compare` is total. */
  readonly ordered: {
    readonly [name in Ordered]: { readonly compare: (a: Row, b: Row) => number; readonly where?: (row: Row) => boolean }
  }
}

/** Rows belong to the table: whoever reads one copies what it hands on. */
export interface Table<Row extends object, Unique extends string = never, Ordered extends string = never> {
  readonly size: number
  get(key: string): Row | undefined
  by(index: Unique, value: string): Row | undefined
  /** False, with nothing stored, when the key or another unique value is taken. */
  insert(row: Row): boolean
  update(row: Row, patch: Partial<Row>): void
  remove(row: Row): void
  /** All rows, in no promised order. */
  rows(): Iterable<Row>
  /** In the order of that index from the first row for which `reached` is true; see `OrderedIndex.from`. */
  from(index: Ordered, reached: (row: Row) => boolean): Generator<Row, void, undefined>
}

/** Receives the step that takes a change back. */
export type UndoLog = (step: () => void) => void

export function createTable<Row extends object, Unique extends string, Ordered extends string>(
  definition: TableDefinition<Row, Unique, Ordered>,
  undo: UndoLog,
): Table<Row, Unique, Ordered> {
  const rows = new Map<string, Row>()
  const uniqueNames = Object.keys(definition.unique) as Unique[]
  const uniques = uniqueNames.map((name) => ({ valueOf: definition.unique[name], rows: new Map<string, Row>() }))
  const orderedNames = Object.keys(definition.ordered) as Ordered[]
  const orders = orderedNames.map((name) => {
    const { compare, where = () => true } = definition.ordered[name]
    return { compare, where, index: createOrderedIndex(compare) as OrderedIndex<Row> }
  })

  function put(row: Row): void {
    rows.set(definition.key(row), row)
    for (const unique of uniques) unique.rows.set(unique.valueOf(row), row)
    for (const order of orders) if (order.where(row)) order.index.add(row)
  }

  function drop(row: Row): void {
    rows.delete(definition.key(row))
    for (const unique of uniques) unique.rows.delete(unique.valueOf(row))
    for (const order of orders) if (order.where(row)) order.index.remove(row)
  }

  /** Rows change in place, so an index is touched only when its order or its `where` is. */
  function change(row: Row, next: Row): void {
    const moved = orders.filter((o) => o.compare(row, next) !== 0 || o.where(row) !== o.where(next))
    for (const order of moved) if (order.where(row)) order.index.remove(row)
    Object.assign(row, next)
    for (const order of moved) if (order.where(row)) order.index.add(row)
  }

  return {
    get size() {
      return rows.size
    },
    get: (key) => rows.get(key),
    by: (index, value) => uniques[uniqueNames.indexOf(index)]?.rows.get(value),
    insert(row) {
      if (rows.has(definition.key(row)) || uniques.some((u) => u.rows.has(u.valueOf(row)))) return false
      put(row)
      undo(() => {
        drop(row)
      })
      return true
    },
    update(row, patch) {
      const before = { ...row }
      change(row, { ...row, ...patch })
      undo(() => {
        change(row, before)
      })
    },
    remove(row) {
      drop(row)
      undo(() => {
        put(row)
      })
    },
    rows: () => rows.values(),
    from(index, reached) {
      const order = orders[orderedNames.indexOf(index)]
      if (order === undefined) throw new RangeError(`no index ${index}`)
      return order.index.from(reached)
    },
  }
}
