import type { Budget } from '../policy/index.ts'

/** Hours that one unit stands for when budgets of different units are ranked: a working day as eight working hours, elapsed time round the clock. */
const elapsedHours = { elapsedHours: 1, calendarDays: 24, workingHours: 3, workingDays: 24 } as const

/**
 * The tightest of several budgets that all apply [decision 9]. Units differ, so the choice between them is by the time they span at least: a working
 * hour is counted as a third of a day's hours. All clocks of an instance run beside it; this only picks the budget of one clock.
 */
export function strictestBudget(budgets: readonly [Budget, ...Budget[]]): Budget {
  return budgets.reduce((a, b) => (b.amount * elapsedHours[b.unit] < a.amount * elapsedHours[a.unit] ? b : a))
}
