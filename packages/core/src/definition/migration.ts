import type { Policy } from '../policy/index.ts'
import { canonicalJson, type Failure } from '../rules/index.ts'
import { isOpen, policyReason, rebudgetClock, type Clock, type ClockBudget, type RebudgetMode } from '../sla/index.ts'
import type { Inputs, PolicyStanding, WorkflowDefinition } from './define-workflow.ts'

/** A clock that the new version grants another budget, and how it gets it. Stands in the entry, so that replay asks no policy. */
export interface Rebudget {
  readonly clock: string
  readonly budget: ClockBudget
  /** `sla.onTierOrPriorityChange` of the new version: the rule of `planRebudget`. */
  readonly mode: RebudgetMode
}

const same = (a: ClockBudget | null, b: ClockBudget | null): boolean => canonicalJson(a) === canonicalJson(b)

/**
 * The open clocks to which two versions of a policy grant different budgets, as the instance stands. Only what the policy changed counts: both versions are
 * asked as of the start of the clock's cycle, so that what the instance itself has brought about since is no difference.
 */
export function rebudgetsOf(
  definition: Pick<WorkflowDefinition, 'clocks'>,
  { clocks, context }: { readonly clocks: readonly Clock[]; readonly context: unknown },
  from: Policy,
  to: Policy,
): readonly Rebudget[] {
  return clocks.filter(isOpen).flatMap((clock): Rebudget[] => {
    const spec = definition.clocks[clock.name]
    if (spec === undefined) return []
    const before = spec.budget(from, context, clock.startedAt)
    const budget = spec.budget(to, context, clock.startedAt)
    // What the new version no longer promises stays promised.
    return budget === null || same(before, budget) ? [] : [{ clock: clock.name, budget, mode: to.sla.onTierOrPriorityChange }]
  })
}

/**
 * The clocks with their new promises, made as a change of tier would make them [decision sla.onTierOrPriorityChange]: under `keep-consumed` time used counts,
 * earlier promises stay in force and the earliest due counts, so that no promise lengthens.
 */
export function withRebudgets(clocks: readonly Clock[], rebudgets: readonly Rebudget[], at: number): readonly Clock[] {
  if (rebudgets.length === 0) return clocks
  const byName = new Map(rebudgets.map((one) => [one.clock, one]))
  return clocks.map((clock) => {
    const rebudget = byName.get(clock.name)
    return rebudget === undefined ? clock : rebudgetClock(clock, rebudget.budget, at, rebudget.mode, policyReason)
  })
}

/** The rebudgets that a migration's entry holds. */
export const rebudgetsIn = ({ clocks }: Inputs): readonly Rebudget[] =>
  Array.isArray(clocks) ? (clocks as readonly unknown[] as readonly Rebudget[]) : []

/** Where an instance stands and where it shall go. */
export interface Move {
  readonly state: string
  /** Calendar that the instance counts with; empty: the default. */
  readonly calendar: string
  readonly from: { readonly id: string; readonly version: string; readonly hash: string }
  readonly to: { readonly id: string; readonly version: string; readonly hash: string }
  /** `null`: the registry does not have it under its own version. */
  readonly target: Policy | null
  /** `null`: no version of the policy was ever published. */
  readonly standing: PolicyStanding | null
}

/** Why an instance cannot be moved by its own nature, wherever the new version stands: it is closed, of another policy, there already, or its calendar is gone. */
export function refuseNature(
  { closedStates }: Pick<WorkflowDefinition, 'closedStates'>,
  move: Omit<Move, 'standing'>,
): readonly Failure[] {
  const { state, calendar, from, to, target } = move
  const failures: Failure[] = []
  if (closedStates.includes(state)) failures.push({ code: 'not_movable', required: 'open', actual: state })
  if (to.id !== from.id) failures.push({ code: 'not_movable', required: from.id, actual: to.id })
  else if (to.hash === from.hash) failures.push({ code: 'already_done', required: null, actual: to.version })
  if (target !== null && calendar !== '' && !Object.hasOwn(target.calendars, calendar))
    failures.push({ code: 'not_movable', parameter: 'calendars', required: Object.keys(target.calendars), actual: calendar })
  return failures
}

/** Why nothing can be moved to a version now: it is not in the registry, or another one is in force. */
export function refuseTarget({ to, target, standing }: Pick<Move, 'to' | 'target' | 'standing'>): readonly Failure[] {
  const inForce = standing?.inForce ?? null
  if (target !== null && (standing === null || inForce?.hash === to.hash)) return []
  const coming = standing?.scheduled.find(({ hash }) => hash === to.hash)
  return [
    {
      code: 'policy_not_in_force',
      required: inForce?.version ?? null,
      actual: to.version,
      ...(coming === undefined ? {} : { remedy: { kind: 'wait', until: coming.effectiveAt } }),
    },
  ]
}
