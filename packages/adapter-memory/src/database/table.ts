import { createOrderedIndex, type OrderedIndex } from './ordered-index.ts'

/** What a table is: its key, its other unique values, its groups and its orders. */
export interface TableDefinition<Row extends object, Unique extends string, Group extends string, Ordered extends string> {
  readonly key: (row: Row) => string
  /** Values that no two rows share and that no update changes. */
  readonly unique: { readonly [name in Unique]: (row: Row) => string }
  /** Values that rows share and that no update changes. */
  readonly groups: { readonly [name in Group]: (row: Row) => string }
  /** Orders to read in; `where` leaves rows out. `compare` is total. */
  readonly ordered: { readonly [name in Ordered]: Order<Row> }
}

export interface Order<Row> {
  readonly compare: (a: Row, b: Row) => number
  readonly where?: (row: Row) => boolean
  /** Kept from the start. Otherwise the first reader pays for sorting, and an order that nobody reads costs nothing. */
  readonly eager?: true
}

/** Rows belong to the table: whoever reads one copies what it hands on. */
export interface Table<
  Row extends object,
  Unique extends string = never,
  Group extends string = never,
  Ordered extends string = never,
> {
  readonly size: number
  get(key: string): Row | undefined
  by(index: Unique, value: string): Row | undefined
  /** In no promised order. */
  group(index: Group, value: string): Iterable<Row>
  /** False, with nothing stored, when the key or another unique value is taken. */
  insert(row: Row): boolean
  update(row: Row, patch: Partial<Row>): void
  remove(row: Row): void
  /** All rows, in no promised order. */
  rows(): Iterable<Row>
  /** In the order of that index from the first row for which `reached` is true; see `OrderedIndex.from`. */
  from(index: Ordered, reached: (row: Row) => boolean): Generator<Row, void, undefined>
}

interface KeptOrder<Row> {
  readonly compare: (a: Row, b: Row) => number
  readonly where: (row: Row) => boolean
  readonly index: OrderedIndex<Row>
}

/** Receives the step that takes a change back. */
export type UndoLog = (step: () => void) => void

export function createTable<Row extends object, Unique extends string, Group extends string, Ordered extends string>(
  definition: TableDefinition<Row, Unique, Group, Ordered>,
  undo: UndoLog,
): Table<Row, Unique, Group, Ordered> {
  const rows = new Map<string, Row>()
  const uniques = entriesOf(definition.unique).map(([name, valueOf]) => ({ name, valueOf, rows: new Map<string, Row>() }))
  const groups = entriesOf(definition.groups).map(([name, valueOf]) => ({ name, valueOf, rows: new Map<string, Set<Row>>() }))
  const orders = new Map<string, KeptOrder<Row>>()
  for (const [name, order] of entriesOf(definition.ordered)) if (order.eager === true) orderOf(name)

  function put(row: Row): void {
    rows.set(definition.key(row), row)
    for (const unique of uniques) unique.rows.set(unique.valueOf(row), row)
    for (const group of groups) {
      const members = group.rows.get(group.valueOf(row))
      if (members === undefined) group.rows.set(group.valueOf(row), new Set([row]))
      else members.add(row)
    }
    for (const order of orders.values()) if (order.where(row)) order.index.add(row)
  }

  function drop(row: Row): void {
    rows.delete(definition.key(row))
    for (const unique of uniques) unique.rows.delete(unique.valueOf(row))
    for (const group of groups) {
      const members = group.rows.get(group.valueOf(row))
      members?.delete(row)
      if (members?.size === 0) group.rows.delete(group.valueOf(row))
    }
    for (const order of orders.values()) if (order.where(row)) order.index.remove(row)
  }

  /** Rows change in place, so an order is touched only when the row's place in it changes. */
  function change(row: Row, next: Row): void {
    const moved = [...orders.values()].filter((o) => o.where(row) !== o.where(next) || o.compare(row, next) !== 0)
    for (const order of moved) if (order.where(row)) order.index.remove(row)
    Object.assign(row, next)
    for (const order of moved) if (order.where(row)) order.index.add(row)
  }

  function orderOf(name: Ordered): OrderedIndex<Row> {
    const known = orders.get(name)
    if (known !== undefined) return known.index
    const order: Order<Row> = definition.ordered[name]
    const { compare, where = () => true } = order
    const index = createOrderedIndex(compare, [...rows.values()].filter(where))
    orders.set(name, { compare, where, index })
    return index
  }

  return {
    get size() {
      return rows.size
    },
    get: (key) => rows.get(key),
    by: (index, value) => uniques.find((unique) => unique.name === index)?.rows.get(value),
    group: (index, value) => groups.find((group) => group.name === index)?.rows.get(value) ?? [],
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
    from: (index, reached) => orderOf(index).from(reached),
  }
}

function entriesOf<Name extends string, Value>(record: { readonly [name in Name]: Value }): [Name, Value][] {
  return Object.entries(record) as [Name, Value][]
}
