import type { ClockEffect } from '../types.ts'
import { covers, numbersOf, type Law } from './law.ts'

/** A clock that moves; a due instant that is not known is later than any. Only one that is due earlier can become overdue. */
function isClock({ change, becomesOverdue, dueBefore, dueAfter }: ClockEffect): boolean {
  const [was, is] = [dueBefore ?? Infinity, dueAfter ?? Infinity]
  return is < was ? change === 'earlier' : is > was && change === 'later' && !becomesOverdue
}

/** What is open. */
export const ofInstances: readonly Law[] = [
  ['instances.open', ({ instances }) => instances === null || numbersOf(instances.byKind) === instances.open],
  [
    'instances.clocks',
    ({ instances }) => {
      if (instances === null) return true
      const { open, earlier, later, overdue, overdueNow, listed } = instances.clocks
      const moved = earlier + later
      return (
        moved <= open &&
        overdue <= earlier &&
        overdue + overdueNow <= open &&
        listed.length <= moved &&
        listed.every(isClock) &&
        covers(earlier, moved, listed, ({ change }) => change === 'earlier') &&
        covers(overdue, moved, listed, ({ becomesOverdue }) => becomesOverdue)
      )
    },
  ],
  [
    'instances.approvals',
    ({ instances }) => {
      if (instances === null) return true
      const { open, changed, belowQuorum, listed } = instances.approvals
      return (
        belowQuorum <= changed &&
        changed <= open &&
        listed.length <= changed &&
        listed.every((one) => one.belowQuorum === (one.lacks !== null)) &&
        covers(belowQuorum, changed, listed, (one) => one.belowQuorum)
      )
    },
  ],
]
