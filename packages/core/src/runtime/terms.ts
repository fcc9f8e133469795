import { createWorkingCalendar, type CalendarDocument, type WorkingCalendar } from '../calendar/index.ts'
import { GovernanceError } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Clock, ClockTerms, LadderRung } from '../sla/index.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import type { Instance } from './instance.ts'

/** Calendars by policy and id; newer calendar data given to the runtime takes the place of the policy's own, which is never pinned. */
export interface Calendars {
  readonly of: (policy: Policy, id: string) => WorkingCalendar
}

export function createCalendars(newer: { readonly [id: string]: CalendarDocument } = {}): Calendars {
  const made = new WeakMap<Policy, Map<string, WorkingCalendar>>()
  return {
    of: (policy, id) => {
      let ofPolicy = made.get(policy)
      if (!ofPolicy) {
        ofPolicy = new Map()
        made.set(policy, ofPolicy)
      }
      let calendar = ofPolicy.get(id)
      if (!calendar) {
        const document = newer[id] ?? policy.calendars[id]
        if (!document)
          throw new GovernanceError('invalid_policy', `policy ${policy.id} ${policy.version} has no calendar "${id}"`, {
            details: { calendar: id },
          })
        calendar = createWorkingCalendar(document)
        ofPolicy.set(id, calendar)
      }
      return calendar
    },
  }
}

/** The calendar of an account's service region, not of the user's zone. */
export function calendarIdFor(policy: Policy, region: string | null): string {
  return (region === null ? undefined : policy.calendar.byRegion[region]) ?? policy.calendar.default
}

const timer: readonly LadderRung[] = [{ at: 100, kind: 'breach', notify: 'system' }]

/** What turns the clocks of an instance into instants. */
export function termsOf(definition: WorkflowDefinition, policy: Policy, calendar: WorkingCalendar): (clock: Clock) => ClockTerms {
  const laddered: ClockTerms = { calendar, maxPause: policy.sla.maxPause, ladder: policy.sla.ladder }
  const silent: ClockTerms = { calendar, ladder: timer }
  return (clock) => (definition.clocks[clock.name]?.silent === true ? silent : laddered)
}

/** The calendar that an instance counts with. */
export function calendarOf(instance: Instance, policy: Policy, calendars: Calendars): WorkingCalendar {
  return calendars.of(policy, instance.calendar === '' ? policy.calendar.default : instance.calendar)
}
