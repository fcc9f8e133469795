import { InvalidInputError } from '@ka-governance/core'

/** A clock that moves only when told: the host's `clock` and a store's `clock` in tests and demonstrations. */
export interface VirtualClock {
  /** Epoch milliseconds. Needs no `this`: pass `clock.now` around. */
  readonly now: () => number
  /** To any instant, also back: to play a host whose clock is wrong. */
  readonly set: (instant: number | string) => void
  /** Forward by milliseconds. @throws InvalidInputError when negative or not whole. */
  readonly advance: (ms: number) => number
  /** Forward to an instant. @throws InvalidInputError when it lies in the past. */
  readonly travelTo: (instant: number | string) => number
}

/**
 * Instants are epoch milliseconds or ISO 8601 texts with an offset; a text without one would depend on the host's zone and is refused.
 *
 * @example
 * ```ts
 * const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
 * clock.advance(60_000) - Date.parse('2026-03-02T01:00:00Z') // => 60000
 * ```
 */
export function createVirtualClock(start: number | string): VirtualClock {
  let current = toInstant(start)
  return {
    now: () => current,
    set(instant) {
      current = toInstant(instant)
    },
    advance(ms) {
      if (!Number.isSafeInteger(ms) || ms < 0) throw refused(String(ms), 'a step is a whole number of milliseconds, not negative')
      current += ms
      return current
    },
    travelTo(instant) {
      const target = toInstant(instant)
      if (target < current) throw refused(String(instant), 'lies in the past of the clock; set() goes back')
      current = target
      return current
    },
  }
}

function toInstant(instant: number | string): number {
  const value = typeof instant === 'number' ? instant : /(?:Z|[+-]\d\d:\d\d)$/.test(instant) ? Date.parse(instant) : Number.NaN
  if (!Number.isSafeInteger(value)) throw refused(String(instant), 'is no instant')
  return value
}

function refused(given: string, message: string): InvalidInputError {
  const remedy = 'give epoch milliseconds, or an ISO 8601 text with its offset'
  return new InvalidInputError('virtual clock', [{ path: given, code: 'instant', message, remedy }])
}
