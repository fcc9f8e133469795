import type { Instant } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'
import { isOpen } from './ledger.ts'
import type { Clock } from './types.ts'

/**
 * Adds time to every promise of the present measure, those made later in it included [I-10]. Where the unit is the promise's own, amounts add up;
 * where it is another, the added time begins where the promise would have been due. `mayExtendClock` says whether it is allowed.
 *
 * @example
 * ```ts
 * extendClock(clock, { amount: 8, unit: 'workingDays' }, at).revision // => clock.revision + 1
 * ```
 */
export function extendClock(clock: Clock, by: Budget, at: Instant): Clock {
  if (!isOpen(clock)) return clock
  const revision = clock.revision + 1
  return { ...clock, revision, extensions: [...clock.extensions, { by, at, revision }] }
}
