import { brokenDrift } from './drift.ts'
import { brokenInbox } from './inbox.ts'
import { brokenLocking } from './locking.ts'
import { brokenMany } from './many.ts'
import { brokenPersonal } from './personal.ts'
import { brokenQueries } from './queries.ts'
import { brokenRecords } from './records.ts'
import type { BrokenStore } from './types.ts'

export type { BrokenStore } from './types.ts'

/**
 * The test of the tests: stores with one defect each. A suite that lets one of them pass is worth nothing.
 *
 * @example
 * ```ts
 * brokenStores.find(({ id }) => id === 'outage-as-absence')?.caughtBy // => 'load-outage'
 * ```
 */
export const brokenStores: readonly BrokenStore[] = [
  ...brokenLocking,
  ...brokenRecords,
  ...brokenQueries,
  ...brokenPersonal,
  ...brokenMany,
  ...brokenInbox,
  ...brokenDrift,
]
