// What the `@example` blocks of packages/core/src/baselines may use: the plan of one production line, in the manufacturer's policy.
import { createWorkingCalendar, type CalendarDocument, type WorkingCalendar } from '../../packages/core/src/calendar/index.ts'
import { manufacturerCn, type Policy } from '../../packages/core/src/policy/index.ts'

export { plan } from '../../packages/core/src/baselines/testing/arbitraries.ts'

export const policy: Policy = manufacturerCn()
export const calendar: WorkingCalendar = createWorkingCalendar(policy.calendars['main'] as CalendarDocument)
