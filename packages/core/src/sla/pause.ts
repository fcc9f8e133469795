import type { Instant } from '../calendar/index.ts'
import { closeLedger } from './ledger.ts'
import type { Clock } from './types.ts'

/**
 * Pauses a running clock, e.g. while the customer owes an answer. A clock that is not running comes back unchanged; `mayPauseClock` says why.
 *
 * @example
 * ```ts
 * pauseClock(clock, at, 'customerAnswer').ledger.at(-1) // => { from: at, to: null, kind: 'paused', reason: 'customerAnswer' }
 * ```
 */
export function pauseClock(clock: Clock, at: Instant, reason: string): Clock {
  if (clock.status !== 'running') return clock
  const closed = closeLedger(clock.ledger, at)
  return { ...clock, status: 'paused', ledger: [...closed.ledger, { from: closed.at, to: null, kind: 'paused', reason }] }
}

/** Lets a paused clock run on; one that is not paused comes back unchanged. */
export function resumeClock(clock: Clock, at: Instant): Clock {
  if (clock.status !== 'paused') return clock
  const closed = closeLedger(clock.ledger, at)
  return { ...clock, status: 'running', ledger: [...closed.ledger, { from: closed.at, to: null, kind: 'running' }] }
}
