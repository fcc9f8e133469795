import { addDays, createWorkingCalendar, type LocalDate } from '../../calendar/index.ts'
import { GovernanceError } from '../../errors/index.ts'
import type { Budget } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts, Dispute } from '../facts.ts'
import type { DateSpan } from '../types.ts'

/** Upheld disputes opened in a span [I-04]. */
export function upheldDisputes(facts: AccountFacts, { from, to }: DateSpan): number {
  let n = 0
  for (const d of facts.disputes) if (d.upheld && d.openedOn >= from && d.openedOn < to) n++
  return n
}

const openAt = (d: Dispute, at: LocalDate): boolean => d.openedOn < at && (d.settledOn === null || d.settledOn >= at)

/** Whether a serious dispute was open at the end of the day before `to`, upheld or not yet judged [gate `seriousDispute`]. */
export function seriousDisputeOpen(facts: AccountFacts, to: LocalDate): boolean {
  return facts.disputes.some((d) => d.serious && openAt(d, to))
}

/**
 * Whether a serious dispute passed `adjust.A.down.disputeSettleWithin` and was still open in the cycle [ADJ-05, I-06]. One that was
 * settled as unfounded is none.
 */
export function seriousDisputeLate(facts: AccountFacts, cycle: DateSpan, policy: Policy): boolean {
  return facts.disputes.some((d) => {
    if (!d.serious || d.openedOn >= cycle.to || (d.settledOn !== null && (!d.upheld || d.settledOn < cycle.from))) return false
    const last = lastDay(d.openedOn, policy.adjust.A.down.disputeSettleWithin, policy)
    return d.settledOn === null || d.settledOn >= cycle.to ? last < cycle.to : d.settledOn > last
  })
}

/** Last day within the budget, counted from an opening day that is itself not counted. */
function lastDay(from: LocalDate, budget: Budget, policy: Policy): LocalDate {
  if (budget.unit === 'calendarDays') return addDays(from, Math.ceil(budget.amount))
  if (budget.unit === 'elapsedHours') return addDays(from, Math.ceil(budget.amount / 24))
  const document = policy.calendars[policy.calendar.default]
  if (document === undefined)
    throw new GovernanceError('invalid_policy', `The policy has no calendar "${policy.calendar.default}", its default one.`, {
      details: { parameter: 'calendar.default', value: policy.calendar.default },
      actions: ['Define the calendar under `calendars`, or name one that is defined.'],
    })
  // Only a serious dispute gets here, so the calendar is made for few accounts and not kept.
  const calendar = createWorkingCalendar(document)
  if (budget.unit === 'workingDays') return calendar.addWorkingDays(from, Math.ceil(budget.amount))
  return calendar.localDateOf(calendar.addWorkingTime(calendar.startOfDay(from), budget.amount * 3_600_000))
}
