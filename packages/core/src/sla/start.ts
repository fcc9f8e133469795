import type { Instant } from '../calendar/index.ts'
import type { Clock, ClockBudget } from './types.ts'

/** How a clock starts. */
export interface StartOptions {
  /** Default `start`. */
  readonly reason?: string
  /** Default `true`; hand-off and first response say `false` (decision 12). */
  readonly pausable?: boolean
  /** When the promise became known, where that is later than the start (a backdated receipt). Default: the start. */
  readonly since?: Instant
}

/**
 * Starts a clock [decision 12: at receipt, which may precede the entry, so that it may be breached at once].
 *
 * @example
 * ```ts
 * startClock('handoff', { amount: 4, unit: 'workingHours' }, receivedAt, { pausable: false }).status // => 'running'
 * ```
 */
export function startClock(name: string, budget: ClockBudget, at: Instant, options: StartOptions = {}): Clock {
  return {
    name,
    cycle: 1,
    revision: 0,
    base: 0,
    startedAt: at,
    endedAt: null,
    status: 'running',
    pausable: options.pausable ?? true,
    promises: [{ budget, from: at, since: options.since ?? at, reason: options.reason ?? 'start' }],
    extensions: [],
    ledger: [{ from: at, to: null, kind: 'running' }],
    fired: [],
  }
}

/** Starts the same clock again as a new cycle, with a ladder not climbed yet; the former cycle stays in the journal. */
export function restartClock(clock: Clock, budget: ClockBudget, at: Instant, options: StartOptions = {}): Clock {
  const fresh = startClock(clock.name, budget, at, { pausable: clock.pausable, reason: 'restart', ...options })
  return { ...fresh, cycle: clock.cycle + 1 }
}
