import { meets, type Threshold } from '../../policy/parts.ts'
import type { Change, Condition } from '../types.ts'

/** A condition on growth in percent; `new` cannot be stated in percent, so it is no answer [F-6]. */
export function grew(name: string, change: Change, limit: Threshold, parameter: string): Condition {
  return {
    ...base(name, limit, parameter, 'percent', change),
    actual: change.percent,
    met: change.percent === null ? null : meets(change.percent, limit),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
  }
}

/** A condition on a drop in percent (a growth of −20 is a drop of 20); what is new did not drop, and an excused drop does not count. */
export function dropped(name: string, change: Change, limit: Threshold, parameter: string | null, excused: boolean): Condition {
  const shared = base(name, limit, parameter, 'percent', change)
  if (change.reason === 'new') return { ...shared, actual: null, met: false, reason: 'new' }
  if (change.percent === null) return { ...shared, actual: null, met: null, reason: 'insufficientHistory' }
  const drop = 0 - change.percent
  if (excused && drop > 0) return { ...shared, actual: drop, met: false, reason: 'excused' }
  return { ...shared, actual: drop, met: meets(drop, limit), ...(change.reason === undefined ? {} : { reason: change.reason }) }
}

/** A condition on a rate or a count that a change leads to. */
export function measured(
  name: string,
  unit: string,
  actual: number | null,
  limit: Threshold,
  parameter: string,
  change: Change | null = null,
  absent: 'insufficientHistory' | 'notRecorded' = 'insufficientHistory',
): Condition {
  return {
    ...base(name, limit, parameter, unit, change),
    actual,
    met: actual === null ? null : meets(actual, limit),
    ...(actual === null ? { reason: absent } : {}),
  }
}

function base(name: string, limit: Threshold, parameter: string | null, unit: string, change: Change | null) {
  return {
    name,
    kind: 'number' as const,
    ...(parameter === null ? {} : { parameter }),
    unit,
    op: limit.op,
    required: limit.value,
    ...(change === null || change.previous === null || change.current === null
      ? {}
      : { previous: change.previous, current: change.current }),
  }
}
