import type { Instant } from '../calendar/index.ts'
import type { Clock, LedgerStretch } from './types.ts'

/** Whether the clock has not ended. */
export function isOpen(clock: Clock): boolean {
  return clock.status === 'running' || clock.status === 'paused'
}

/** Closes the open stretch at an instant, never before it began; a stretch of no length leaves no trace. */
export function closeLedger(
  ledger: readonly LedgerStretch[],
  at: Instant,
): { readonly ledger: readonly LedgerStretch[]; readonly at: Instant } {
  const last = ledger.at(-1)
  if (last === undefined || last.to !== null) return { ledger, at }
  const to = Math.max(at, last.from)
  const before = ledger.slice(0, -1)
  return { ledger: to > last.from ? [...before, { ...last, to }] : before, at: to }
}
