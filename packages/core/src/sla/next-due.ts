import type { Instant } from '../calendar/index.ts'
import { dueOf } from './due.ts'
import { isOpen } from './ledger.ts'
import { compareRungs, openRungs } from './rungs.ts'
import type { Clock, ClockDue, RungDue, TermsOf } from './types.ts'

/**
 * The earliest rung of all clocks that has not fired: what the store's index holds. `null` when nothing will fall due by itself.
 *
 * @example
 * ```ts
 * nextDue([handoff, resolution], terms)?.clock // => 'handoff'
 * ```
 */
export function nextDue(clocks: readonly Clock[], terms: TermsOf): RungDue | null {
  let first: RungDue | null = null
  for (const clock of clocks) {
    const rung = openRungs(clock, typeof terms === 'function' ? terms(clock) : terms)[0]
    if (rung !== undefined && (first === null || compareRungs(rung, first) < 0)) first = rung
  }
  return first
}

/**
 * The next rung to settle: the earliest due at or before the instant; ties by clock name, then percentage. Settling takes one, acts (which may
 * stop or start clocks), and asks again.
 */
export function nextRung(clocks: readonly Clock[], terms: TermsOf, until: Instant): RungDue | null {
  const rung = nextDue(clocks, terms)
  return rung !== null && rung.at <= until ? rung : null
}

/** The open clock that is due first; the others go on and stay visible [decision 9, `sla.conflict`]. */
export function strictest(clocks: readonly Clock[], terms: TermsOf): { readonly clock: Clock; readonly due: ClockDue } | null {
  let first: { readonly clock: Clock; readonly due: ClockDue; readonly at: Instant } | null = null
  for (const clock of clocks) {
    if (!isOpen(clock)) continue
    const due = dueOf(clock, typeof terms === 'function' ? terms(clock) : terms)
    const at = due.dueAt ?? Infinity
    if (first === null || at < first.at || (at === first.at && clock.name < first.clock.name)) first = { clock, due, at }
  }
  return first === null ? null : { clock: first.clock, due: first.due }
}
