import { addDays, type LocalDate } from '../../calendar/index.ts'
import { previousCycle } from '../../policy/cycle.ts'
import type { Policy } from '../../policy/schema.ts'
import { minorOf } from '../measures/minor-of.ts'
import { oncePerPolicy } from '../measures/once-per-policy.ts'
import { comparedWith, monthsBefore, shift } from '../measures/windows.ts'
import type { DateSpan, ReviewCycle } from '../types.ts'

/** A span and what it is compared with, at which day's rates, and the least change that counts. */
export interface Comparison {
  readonly span: DateSpan
  readonly base: DateSpan
  readonly rateOf: LocalDate
  readonly minChange: number
}

/** The comparisons that every account of a cycle is measured by. */
export interface TrendWindows {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly before: string
  readonly current: Comparison
  readonly previous: Comparison
  readonly together: Comparison
  readonly recovery: Comparison
  readonly rolling: Comparison
}

/** Those of the last cycle asked for: the same a million times in a row. */
const last = oncePerPolicy((): { windows: TrendWindows | null } => ({ windows: null }))

/**
 * The comparisons of a cycle [I-19, I-27 … I-30].
 *
 * @throws GovernanceError `missing_rate`
 */
export function trendWindows(policy: Policy, cycle: ReviewCycle): TrendWindows {
  const known = last(policy)
  const { windows } = known
  if (windows !== null && windows.from === cycle.from && windows.to === cycle.to) return windows
  return (known.windows = windowsOf(policy, cycle))
}

function windowsOf(policy: Policy, cycle: ReviewCycle): TrendWindows {
  const before = previousCycle(cycle, policy.cycle)
  const minChange = minorOf(policy.growth.minChange, policy)
  const { months } = policy.trend.noRecoveryWindow
  const window = policy.frequency.window.months
  const comparison = (span: DateSpan, base: DateSpan, least: number): Comparison => ({
    span,
    base,
    rateOf: addDays(base.to, -1),
    minChange: least,
  })
  const both: DateSpan = { from: before.from, to: cycle.to }
  const recent = monthsBefore(cycle.to, months)
  const rolling = monthsBefore(cycle.to, window)
  return {
    from: cycle.from,
    to: cycle.to,
    before: before.id,
    current: comparison(cycle, comparedWith(cycle, 1, policy), minChange),
    previous: comparison(before, comparedWith(before, 1, policy), minChange),
    together: comparison(both, comparedWith(both, 2, policy), 2 * minChange),
    recovery: comparison(recent, shift(recent, -12), Math.round((minChange * months) / policy.cycle.length)),
    rolling: comparison(rolling, shift(rolling, -window), 0),
  }
}
