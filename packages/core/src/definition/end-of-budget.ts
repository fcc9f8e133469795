import type { WorkingCalendar } from '../calendar/index.ts'
import { GovernanceError } from '../errors/index.ts'
import type { Budget } from '../policy/index.ts'
import { dueOf, startClock } from '../sla/index.ts'

/** The instant at which a budget that began at `from` is used up: the arithmetic of the clocks, for limits that are not clocks. */
export function endOfBudget(budget: Budget, from: number, calendar: WorkingCalendar): number {
  const { dueAt } = dueOf(startClock('limit', budget, from), { calendar, ladder: [] })
  if (dueAt === null) throw new GovernanceError('internal', 'a clock without pauses has a due instant')
  return dueAt
}
