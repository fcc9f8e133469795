// What the `@example` blocks of packages/core/src/sla may use without saying where it comes from. 2026-03-02 is a Monday.
import { createWorkingCalendar } from '../../packages/core/src/calendar/index.ts'
import type { Budget } from '../../packages/core/src/policy/index.ts'
import { startClock, type Clock, type ClockTerms } from '../../packages/core/src/sla/index.ts'

const hours: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]

export const calendar = createWorkingCalendar({
  timeZone: 'Asia/Shanghai',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
})

export const terms: ClockTerms = {
  calendar,
  ladder: [
    { at: 80, kind: 'warn', notify: 'accountManager' },
    { at: 100, kind: 'breach', notify: 'superior' },
    { at: 150, kind: 'escalate', notify: 'kaGroup' },
  ],
  maxPause: { each: { amount: 10, unit: 'workingDays' }, total: { amount: 15, unit: 'workingDays' } },
}

export const nine: number = calendar.instantOf('2026-03-02', '09:00')
export const eleven: number = calendar.instantOf('2026-03-02', '11:00')
/** When the complaint came in. */
export const receivedAt: number = nine
/** A month later: `clock` is over its budget by then. */
export const at: number = calendar.instantOf('2026-04-01', '09:00')

export const handoff: Clock = startClock('handoff', { amount: 4, unit: 'workingHours' }, receivedAt, { pausable: false })
export const resolution: Clock = startClock('resolution', { amount: 7, unit: 'workingDays' }, receivedAt)
export const clock: Clock = resolution
/** What the policy grants, and what the next one would; the second day of the clock. */
export const sevenDays: Budget = { amount: 7, unit: 'workingDays' }
export const fiveDays: Budget = { amount: 5, unit: 'workingDays' }
export const now: number = calendar.instantOf('2026-03-03', '09:00')
