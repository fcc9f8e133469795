import type { LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import { oldestJudgement } from '../measures/fresh-judgement.ts'
import { oncePerPolicy } from '../measures/once-per-policy.ts'
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

/** Those of the last cycle asked for: the same a million times in a row. */
const last = oncePerPolicy((): { windows: TierWindows | null } => ({ windows: null }))

/** The windows of a cycle that ends before `to` [P-06, P-10, P-14, I-30]. */
export function tierWindows(policy: Policy, to: LocalDate): TierWindows {
  const known = last(policy)
  if (known.windows?.to !== to) known.windows = windowsOf(policy, to)
  return known.windows
}

function windowsOf(policy: Policy, to: LocalDate): TierWindows {
  const { A, B, C } = policy.tier
  const lookback = (years: number): DateSpan => monthsBefore(to, monthsOf(years))
  return {
    to,
    A: lookback(A.amount.lookback),
    B: lookback(B.amount.lookback),
    C: lookback(C.amount.lookback),
    longest: lookback(Math.max(A.amount.lookback, B.amount.lookback, C.amount.lookback)),
    frequency: monthsBefore(to, policy.frequency.window.months),
    oldestJudgement: oldestJudgement(to, policy),
  }
}
