import { addDays, startOfDay } from '../calendar/index.ts'
import type { Delegation, FixedDelegation } from '../ports/index.ts'

/**
 * Delegations that are written as local dates, as instants of a zone: from the first instant of the first day to the last of the last one.
 *
 * @throws InvalidInputError for no date; RangeError for a zone that is not known
 * @example
 * ```ts
 * const [delegation] = datedDelegations([{ from: 'u-liu', to: 'u-wu', since: '2026-03-01', until: '2026-03-01' }], 'Asia/Shanghai')
 * new Date(delegation?.until ?? 0).toISOString() // => '2026-03-01T16:00:00.000Z'
 * ```
 */
export function datedDelegations(delegations: readonly FixedDelegation[], timeZone: string): readonly Delegation[] {
  return delegations.map(({ from, to, since, until }) => ({
    from,
    to,
    since: startOfDay(since, timeZone),
    until: startOfDay(addDays(until, 1), timeZone),
  }))
}
