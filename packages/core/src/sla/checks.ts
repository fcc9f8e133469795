import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import { cappedPauses } from './capped-pauses.ts'
import { isOpen } from './ledger.ts'
import { standingOf } from './standing.ts'
import type { Clock, ClockTerms } from './types.ts'

/** Recorded pauses of one cycle; the caps bound their time, this bounds their number. */
const maxPauses = 100

const notRunning = (clock: Clock): Failure => ({ code: 'clock_not_running', required: 'running', actual: clock.status })

/** Why a clock cannot be paused now: ended, paused already, never pausable, or its pauses used up [decision 12]. Empty when it can. */
export function mayPauseClock(clock: Clock, terms: ClockTerms, at: Instant): readonly Failure[] {
  if (clock.status !== 'running') return [notRunning(clock)]
  if (!clock.pausable) return [{ code: 'clock_not_pausable', required: null, actual: clock.name }]
  const count = clock.ledger.filter((stretch) => stretch.kind === 'paused').length
  if (count >= maxPauses) return [{ code: 'limit_reached', required: maxPauses, actual: count }]
  const { maxPause } = terms
  if (maxPause === undefined) return []
  const tried: Clock = { ...clock, ledger: [...clock.ledger, { from: at, to: null, kind: 'paused' }] }
  const pause = cappedPauses(tried, terms).at(-1)
  if (pause?.to !== at) return []
  const { amount, unit } = maxPause.total
  return [{ code: 'pause_cap_reached', parameter: 'sla.maxPause.total', required: { amount, unit }, actual: count }]
}

/** Why a clock cannot be resumed: it is not paused. */
export function mayResumeClock(clock: Clock): readonly Failure[] {
  return clock.status === 'paused' ? [] : [{ code: 'clock_not_paused', required: 'paused', actual: clock.status }]
}

/** Why a clock cannot be stopped: it has ended. */
export function mayStopClock(clock: Clock): readonly Failure[] {
  return isOpen(clock) ? [] : [notRunning(clock)]
}

/**
 * Why a clock cannot be extended: ended, breached (an extension comes before the breach), or extended as often as allowed [I-10: once].
 *
 * @example
 * ```ts
 * mayExtendClock(clock, terms, at).map((failure) => failure.code) // => ['clock_breached']
 * ```
 */
export function mayExtendClock(clock: Clock, terms: ClockTerms, at: Instant, max = 1): readonly Failure[] {
  if (!isOpen(clock)) return [notRunning(clock)]
  const failures: Failure[] = []
  const { breached, dueAt } = standingOf(clock, terms, at)
  if (breached) failures.push({ code: 'clock_breached', required: dueAt, actual: at })
  const count = clock.extensions.length
  if (count >= max) failures.push({ code: 'limit_reached', required: max, actual: count })
  return failures
}
