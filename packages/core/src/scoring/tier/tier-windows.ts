import type { LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import { oldestJudgement } from '../measures/fresh-judgement.ts'
import { monthsBefore, monthsOf } from '../measures/windows.ts'
import type { DateSpan } from '../types.ts'

/** The spans that every account of a cycle is measured over. */
export interface TierWindows {
  readonly to: LocalDate
  readonly A: DateSpan
  readonly B: DateSpan
  readonly C: DateSpan
  readonly longest: DateSpan
  readonly frequency: DateSpan
  readonly oldestJudgement: LocalDate
}

/** Those of the last cycle asked for, by policy: the same million times in a row. */
const last = new WeakMap<Policy, TierWindows>()

/** The windows of a cycle that ends before `to` [P-06, P-10, P-14, I-30]. */
export function tierWindows(policy: Policy, to: LocalDate): TierWindows {
  const known = last.get(policy)
  if (known?.to === to) return known
  const { A, B, C } = policy.tier
  const lookback = (years: number): DateSpan => monthsBefore(to, monthsOf(years))
  const windows: TierWindows = {
    to,
    A: lookback(A.amount.lookback),
    B: lookback(B.amount.lookback),
    C: lookback(C.amount.lookback),
    longest: lookback(Math.max(A.amount.lookback, B.amount.lookback, C.amount.lookback)),
    frequency: monthsBefore(to, policy.frequency.window.months),
    oldestJudgement: oldestJudgement(to, policy),
  }
  last.set(policy, windows)
  return windows
}
