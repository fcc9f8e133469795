import type { Instant } from '../calendar/index.ts'
import { dueOf } from './due.ts'
import { isOpen } from './ledger.ts'
import { rebudgetClock, type RebudgetMode } from './rebudget.ts'
import type { Clock, ClockBudget, ClockTerms } from './types.ts'

/** What a clock meets when its instance comes under another policy. */
export interface RebudgetInput {
  readonly clock: Clock
  /** Calendar, caps of pauses and ladder under the policy that it has, and under the one to come. */
  readonly before: ClockTerms
  readonly after: ClockTerms
  /** What the policy to come grants; null where it grants nothing of the kind: then the promise stays. */
  readonly budget: ClockBudget | null
  /** The same under the policy that it has: only what differs is promised anew. */
  readonly granted: ClockBudget | null
  /** `sla.onTierOrPriorityChange` of the policy to come. */
  readonly mode: RebudgetMode
  readonly at: Instant
}

/** What becomes of the clock. */
export interface RebudgetPlan {
  /** The clock as it would be. The same object where no promise is made anew: only its terms may differ. */
  readonly clock: Clock
  readonly dueBefore: Instant | null
  readonly dueAfter: Instant | null
  readonly change: 'earlier' | 'later' | 'same'
  readonly overdueBefore: boolean
  /** In time before, late after: what a new policy must not do unseen. */
  readonly becomesOverdue: boolean
}

/** Why a migrated clock has another promise. */
export const policyReason = 'policy'

/**
 * What moving an open clock to another policy does to it: the one rule for looking ahead (a simulation, a plan of a migration) and for doing it. A budget
 * that both policies grant alike is promised once; another one is promised as a change of tier would be [`sla.onTierOrPriorityChange`]: under `keep-consumed`
 * no promise is ever lengthened. Calendar, caps of pauses and ladder are those of the policy to come at once. A due instant that an uncapped pause keeps
 * unknown is later than any known one.
 *
 * @returns the clock as it would be and both due instants; a clock that has ended stays as it is.
 * @example
 * ```ts
 * const plan = planRebudget({ clock, before: terms, after: terms, granted: sevenDays, budget: fiveDays, mode: 'keep-consumed', at: now })
 * plan.change // => 'earlier'
 * ```
 */
export function planRebudget({ clock, before, after, granted, budget, mode, at }: RebudgetInput): RebudgetPlan {
  const dueBefore = dueOf(clock, before).dueAt
  if (!isOpen(clock))
    return { clock, dueBefore, dueAfter: dueBefore, change: 'same', overdueBefore: false, becomesOverdue: false }
  const next = budget === null || sameBudget(budget, granted) ? clock : rebudgetClock(clock, budget, at, mode, policyReason)
  const dueAfter = dueOf(next, after).dueAt
  const [was, is] = [dueBefore ?? Infinity, dueAfter ?? Infinity]
  const overdueBefore = at >= was
  return {
    clock: next,
    dueBefore,
    dueAfter,
    change: is < was ? 'earlier' : is > was ? 'later' : 'same',
    overdueBefore,
    becomesOverdue: !overdueBefore && at >= is,
  }
}

function sameBudget(a: ClockBudget, b: ClockBudget | null): boolean {
  if (b === null) return false
  if ('until' in a || 'until' in b) return 'until' in a && 'until' in b && a.until === b.until
  return a.amount === b.amount && a.unit === b.unit
}
