import type { JsonValue, Refusal } from '../errors/index.ts'
import { diffPolicies, type Policy, type PolicyChange, type PolicyPin } from '../policy/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { isOpen, planRebudget, type Clock } from '../sla/index.ts'
import { refuseNature, refuseTarget, rebudgetsOf, type Move } from '../definition/migration.ts'
import type { PolicyStanding, WorkflowDefinition } from '../definition/define-workflow.ts'
import { schemesOf } from '../definition/scheme-of.ts'
import type { Instance } from './instance.ts'
import type { Calendars } from './terms.ts'
import { calendarOf, termsOf } from './terms.ts'

/** What a move to another version does to one open clock. */
export interface ClockMove {
  readonly clock: string
  /** Policy parameter of the budget. */
  readonly parameter: string
  readonly clause: string
  /** Epoch milliseconds; `null` while an uncapped pause keeps it unknown. */
  readonly dueBefore: number | null
  readonly dueAfter: number | null
  /** When the new version's own budget would be due, had it been promised from the start; `null`: it grants none, or grants the same. */
  readonly dueByTarget: number | null
  /** `kept`: the new version would grant more time, and the promise that was given stays. `later`: calendar, pauses or a fresh budget move it; never in silence. */
  readonly change: 'earlier' | 'later' | 'same' | 'kept'
  /** In time now, late at once after the move. */
  readonly becomesOverdue: boolean
}

/** An approval under way whose scheme the new version says otherwise. It stands as it was opened: its voters were told so. */
export interface ApprovalMove {
  readonly approval: string
  /** The scheme that it was opened by, where it differs; of an approval from before names were kept, all that it may have been opened by. */
  readonly schemes: readonly string[]
}

/** What the new version would change for one open instance. */
export interface InstanceMigration {
  readonly instanceId: string
  readonly kind: string
  readonly accountId: string
  readonly state: string
  readonly version: number
  readonly from: PolicyPin
  readonly to: PolicyPin
  /** Whether it is there already, could go there once the version is in force, or cannot go at all: see `refusals`. */
  readonly status: 'movable' | 'there' | 'fixed'
  /** Why `migrate` would refuse now: by the instance's nature, or because the version is not in force (yet). */
  readonly refusals: readonly Refusal[]
  readonly clocks: readonly ClockMove[]
  readonly approvals: readonly ApprovalMove[]
  /** Parameters whose change this kind of instance reads, by their clause. */
  readonly changes: readonly PolicyChange[]
}

export interface PlannedMove {
  readonly definition: WorkflowDefinition
  readonly instance: Instance
  readonly version: number
  readonly from: Policy
  readonly to: Policy
  readonly pin: PolicyPin
  readonly standing: PolicyStanding | null
  /** The registry has the version under its own number. */
  readonly published: boolean
  readonly calendars: Calendars
  readonly at: number
}

/** What moving an instance does, by the rules by which `migrate` does it. Pure. */
export function planMove(input: PlannedMove): InstanceMigration {
  const { definition, instance, version, from, to, pin, standing, published } = input
  const nature = refuseNature(definition, { ...moveOf(input), target: to })
  const target = refuseTarget({ to: pin, target: published ? to : null, standing })
  const there = instance.policy.hash === pin.hash
  const refusals = [
    ...target.map((failure): Refusal => ({ rule: 'mayMigrateToPolicyInForce', clause: 'GOV-05', ...failure })),
    ...nature.map((failure): Refusal => ({ rule: 'mayDecide', clause: 'GOV-05', ...failure })),
  ]
  const fixed = nature.length > 0
  return {
    instanceId: instance.id,
    kind: instance.kind,
    accountId: instance.accountId,
    state: instance.state,
    version,
    from: instance.policy,
    to: pin,
    status: there ? 'there' : fixed ? 'fixed' : 'movable',
    refusals,
    clocks: fixed ? [] : clockMoves(input),
    approvals: fixed ? [] : approvalMoves(definition, instance, from, to),
    changes: fixed ? [] : changesRead(definition, from, to),
  }
}

const moveOf = ({ instance, pin, standing }: PlannedMove): Omit<Move, 'target'> => ({
  state: instance.state,
  calendar: instance.calendar,
  from: instance.policy,
  to: pin,
  standing,
})

function clockMoves({ definition, instance, from, to, calendars, at }: PlannedMove): readonly ClockMove[] {
  const before = termsOf(definition, from, calendarOf(instance, from, calendars))
  const after = termsOf(definition, to, calendarOf(instance, to, calendars))
  const rebudgets = new Map(rebudgetsOf(definition, instance, from, to).map((one) => [one.clock, one]))
  return instance.clocks.filter(isOpen).map((clock): ClockMove => {
    const rebudget = rebudgets.get(clock.name)
    const terms = { before: before(clock), after: after(clock) }
    const mode = to.sla.onTierOrPriorityChange
    const plan = planRebudget({ clock, ...terms, budget: rebudget?.budget ?? null, granted: null, mode, at })
    const alone =
      rebudget === undefined
        ? null
        : planRebudget({ clock: promisedAnew(clock, rebudget.budget), ...terms, budget: null, granted: null, mode, at })
    const dueByTarget = alone?.dueAfter ?? null
    const kept = plan.change === 'same' && alone !== null && (dueByTarget ?? Infinity) > (plan.dueAfter ?? Infinity)
    const spec = definition.clocks[clock.name]
    return {
      clock: clock.name,
      parameter: spec?.parameter ?? '',
      clause: spec?.clause ?? '',
      dueBefore: plan.dueBefore,
      dueAfter: plan.dueAfter,
      dueByTarget,
      change: kept ? 'kept' : plan.change,
      becomesOverdue: plan.becomesOverdue,
    }
  })
}

/** The clock as it would be had the new version been the policy from the start. */
function promisedAnew(clock: Clock, budget: Clock['promises'][number]['budget']): Clock {
  const from = clock.promises[0]?.from ?? clock.startedAt
  return { ...clock, promises: [{ budget, from, since: from, reason: 'start' }] }
}

const text = (value: unknown): string => canonicalJson(value as JsonValue)

function approvalMoves(definition: WorkflowDefinition, { context }: Instance, from: Policy, to: Policy): readonly ApprovalMove[] {
  return Object.entries(definition.approvals(context)).flatMap(([approval, state]): ApprovalMove[] => {
    if (state === undefined || state.decision !== null || state.voided !== null) return []
    const differ = schemesOf(approval, state, from).filter((name) => text(to.approval[name]) !== text(state.scheme))
    return differ.length === 0 ? [] : [{ approval, schemes: differ }]
  })
}

interface Reads {
  readonly clauses: ReadonlySet<string>
  readonly parameters: readonly string[]
}
const reads = new WeakMap<WorkflowDefinition, Reads>()

/** What a kind reads of a policy: clauses of its commands, rules and clocks, and the parameters of its clocks. */
function readsOf(definition: WorkflowDefinition): Reads {
  const known = reads.get(definition)
  if (known) return known
  const commands = Object.values(definition.commands)
  const rules = commands.flatMap(({ rules: before = [], formRules = [] }) => [...before, ...formRules])
  const clocks = Object.values(definition.clocks)
  const made: Reads = {
    clauses: new Set([...commands, ...rules, ...definition.everyCommand, ...clocks].map(({ clause }) => clause)),
    parameters: clocks.map(({ parameter }) => parameter),
  }
  reads.set(definition, made)
  return made
}

const differences = new WeakMap<Policy, WeakMap<Policy, readonly PolicyChange[]>>()

/** The same two versions are compared for many instances. */
function differencesOf(from: Policy, to: Policy): readonly PolicyChange[] {
  const ofFrom = differences.get(from) ?? new WeakMap<Policy, readonly PolicyChange[]>()
  differences.set(from, ofFrom)
  const changes = ofFrom.get(to) ?? diffPolicies(from, to)
  ofFrom.set(to, changes)
  return changes
}

function changesRead(definition: WorkflowDefinition, from: Policy, to: Policy): readonly PolicyChange[] {
  const { clauses, parameters } = readsOf(definition)
  const within = (parameter: string): boolean =>
    parameters.some((one) => parameter === one || parameter.startsWith(`${one}.`) || parameter.startsWith(`${one}[`))
  return differencesOf(from, to).filter(
    ({ clause, number, parameter }) => clauses.has(clause) || clauses.has(number) || within(parameter),
  )
}
