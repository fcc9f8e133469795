import type { Instant } from '../calendar/index.ts'
import { isOpen } from './ledger.ts'
import type { Clock, ClockBudget, ClockPromise } from './types.ts'

/** `sla.onTierOrPriorityChange`. */
export type RebudgetMode = 'keep-consumed' | 'restart' | 'unchanged'

/**
 * Gives an open clock the budget of a new tier or priority.
 * - `keep-consumed`: measured from the same start, so that time used counts and is re-measured in the new unit; earlier promises stay in force and the
 *   earliest due counts, so a looser tier never lengthens a promise. The due instant can only move earlier: rungs fired stay fired.
 * - `restart`: the full budget from now; earlier promises and extensions are spent, the ladder is climbed again.
 * - `unchanged`: nothing happens.
 *
 * @example
 * ```ts
 * const tighter = rebudgetClock(resolution, { amount: 5, unit: 'workingDays' }, eleven, 'keep-consumed', 'tier')
 * new Date(dueOf(tighter, terms).dueAt ?? 0).toISOString() // => '2026-03-09T10:00:00.000Z'
 * ```
 */
export function rebudgetClock(clock: Clock, budget: ClockBudget, at: Instant, mode: RebudgetMode, reason: string): Clock {
  if (mode === 'unchanged' || !isOpen(clock)) return clock
  if (mode === 'restart') {
    const revision = clock.revision + 1
    return { ...clock, revision, base: revision, promises: [{ budget, from: at, since: at, reason }] }
  }
  const from = clock.promises[0]?.from ?? clock.startedAt
  return { ...clock, promises: withPromise(clock.promises, { budget, from, since: at, reason }) }
}

/** Keeps the newest promise and, of the others, those that can still be the earliest: so the list never exceeds one a unit and one more. */
function withPromise(promises: readonly ClockPromise[], added: ClockPromise): readonly ClockPromise[] {
  const all = [...promises, added]
  return all.filter((p, i) => p === added || !all.some((other, j) => outdoes(other, p, j < i)))
}

/** Whether `a` is due no later than `b` under every calendar: same unit and start, and not more of it. */
function outdoes(a: ClockPromise, b: ClockPromise, earlier: boolean): boolean {
  if ('until' in a.budget || 'until' in b.budget) {
    if (!('until' in a.budget && 'until' in b.budget)) return false
    return a.budget.until < b.budget.until || (a.budget.until === b.budget.until && earlier)
  }
  if (a.budget.unit !== b.budget.unit || a.from !== b.from) return false
  return a.budget.amount < b.budget.amount || (a.budget.amount === b.budget.amount && earlier)
}
