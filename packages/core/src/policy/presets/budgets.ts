import type { Budget } from '../parts.ts'

/** `h(4)`: four working hours. */
export const h = (amount: number) => ({ amount, unit: 'workingHours' }) as const satisfies Budget
/** `wd(5)`: to the close of the fifth working day. */
export const wd = (amount: number) => ({ amount, unit: 'workingDays' }) as const satisfies Budget
/** `days(30)`: calendar days. */
export const days = (amount: number) => ({ amount, unit: 'calendarDays' }) as const satisfies Budget
