import type { Finding } from '../../errors/index.ts'
import type { Path } from './path.ts'

/** A place in a source text, both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A document as it was read: plain data, and what was wrong with it so far. */
export interface Draft {
  /** Plain data: own, enumerable, without accessors, cycles or reserved keys. `undefined` when nothing could be read. */
  readonly data: unknown
  readonly findings: readonly Finding[]
  /** Where a value stands in the source text; the nearest enclosing one when it is missing there. */
  readonly locate: (path: Path) => Position | undefined
}

/** The reading of something that could not be read at all. */
export const unreadable = (finding: Finding): Draft => ({ data: undefined, findings: [finding], locate: () => undefined })

/**
 * Names that mean something to JavaScript itself. As a key of a policy they could change objects that the SDK trusts, and no department,
 * reason or person is called so.
 */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype'])

/** True for `__proto__`, `constructor`, `prototype`, `toString` and the like. */
export const isReservedKey = (key: string): boolean => reserved.has(key)
