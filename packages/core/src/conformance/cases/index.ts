import type { ConformanceCase } from '../types.ts'
import { aliasingCases } from './aliasing.ts'
import { atomicCases } from './atomic.ts'
import { commitCases } from './commit.ts'
import { concurrencyCases } from './concurrency.ts'
import { driftCases } from './drift.ts'
import { dueCases } from './due.ts'
import { duplicateCases } from './duplicate.ts'
import { effectCases } from './effects.ts'
import { findCases } from './find.ts'
import { historyCases } from './history.ts'
import { hostileCases } from './hostile.ts'
import { inboxCases } from './inbox.ts'
import { limitCases } from './limits.ts'
import { loadCases } from './load.ts'
import { manyCases } from './many.ts'
import { personalCases } from './personal.ts'
import { projectionCases } from './projection.ts'
import { registerCases } from './registers.ts'
import { unknownOutcomeCases } from './unknown-outcome.ts'

/**
 * Every promise of the port, one case each, by topic. Ids are stable.
 *
 * @example
 * ```ts
 * conformanceCases.find(({ id }) => id === 'load-absent')?.title // => 'what does not exist is answered as absent, not thrown'
 * ```
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...loadCases,
  ...commitCases,
  ...duplicateCases,
  ...atomicCases,
  ...unknownOutcomeCases,
  ...concurrencyCases,
  ...historyCases,
  ...dueCases,
  ...findCases,
  ...effectCases,
  ...personalCases,
  ...registerCases,
  ...manyCases,
  ...inboxCases,
  ...projectionCases,
  ...driftCases,
  ...limitCases,
  ...aliasingCases,
  ...hostileCases,
]
