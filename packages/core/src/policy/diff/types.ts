import type { JsonValue } from '../../errors/index.ts'

/**
 * Where a change is: keys from the top. An item of a list stands under what tells it apart from the others (a stage under its id, a role under itself),
 * never under its position, so that one item more does not look like a change of all behind it.
 */
export type ChangePath = readonly string[]

interface Located {
  readonly path: ChangePath
  /** Path of the parameter in the parameter table, e.g. `tier.B.amount.range`. */
  readonly parameter: string
  /** Its number there: `P-11`, `I-15`, else the requirement or decision behind it. */
  readonly number: string
  /** Requirement that uses it. */
  readonly clause: string
}

/** A value that is another now. */
export interface ChangedValue extends Located {
  readonly kind: 'changed'
  readonly before: JsonValue
  readonly after: JsonValue
}

/** A value, a key or an item of a list that is new. `position` where the order of the list has a meaning: its place in the list after. */
export interface AddedValue extends Located {
  readonly kind: 'added'
  readonly after: JsonValue
  readonly position?: number
}

/** A value, a key or an item of a list that is no longer there. */
export interface RemovedValue extends Located {
  readonly kind: 'removed'
  readonly before: JsonValue
}

/** An item that stands elsewhere in a list whose order has a meaning; positions from 0, in the list before and in the list after. */
export interface MovedItem extends Located {
  readonly kind: 'moved'
  readonly before: number
  readonly after: number
}

/** One difference between two policies. */
export type PolicyChange = ChangedValue | AddedValue | RemovedValue | MovedItem
