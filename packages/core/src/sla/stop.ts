import type { Instant } from '../calendar/index.ts'
import { closeLedger, isOpen } from './ledger.ts'
import type { Clock } from './types.ts'

function end(clock: Clock, at: Instant, status: 'stopped' | 'cancelled'): Clock {
  if (!isOpen(clock)) return clock
  const closed = closeLedger(clock.ledger, at)
  return { ...clock, status, endedAt: closed.at, ledger: closed.ledger }
}

/**
 * Ends a clock because what was promised is done. Whether in time is derived: `standingOf(clock, terms, at).breached`. The first ending stands:
 * a clock that has ended comes back unchanged.
 *
 * @example
 * ```ts
 * stopClock(clock, at).endedAt // => at
 * ```
 */
export function stopClock(clock: Clock, at: Instant): Clock {
  return end(clock, at, 'stopped')
}

/** Ends a clock because its promise no longer applies (withdrawn, duplicate); it counts neither as met nor as missed. */
export function cancelClock(clock: Clock, at: Instant): Clock {
  return end(clock, at, 'cancelled')
}
