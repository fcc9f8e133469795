import { isGovernanceError } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Directory } from '../ports/index.ts'
import { compareText } from '../rules/index.ts'
import { isOpen, planRebudget } from '../sla/index.ts'
import { rebudgetsOf } from '../definition/migration.ts'
import type { OpenInstances } from '../what-if/simulate-portfolio.ts'
import { createTopList } from '../what-if/top-list.ts'
import type { ApprovalEffect, ApproverLoad, ClockEffect, SimulationFailure, SimulationStep } from '../what-if/index.ts'
import type { Instance } from './instance.ts'
import { asOf, loadInstance } from './plan.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { askAgain, type Asked } from './simulate-approvals.ts'
import { calendarOf, termsOf } from './terms.ts'

/** What a walk over the open instances is given. */
export interface WalkInput {
  readonly draft: Policy
  readonly directory: Directory
  /** Accounts that move: repeated in the steps of progress. */
  readonly movers: number
  readonly limit: number | undefined
  readonly progressEvery: number | undefined
}

/** Clocks that would be late come first, then those whose due instant moves most. */
const byUrgency = (a: ClockEffect, b: ClockEffect): number =>
  Number(b.becomesOverdue) - Number(a.becomesOverdue) ||
  (a.dueAfter ?? Infinity) - (b.dueAfter ?? Infinity) ||
  compareText(a.instanceId, b.instanceId) ||
  compareText(a.clock, b.clock)
const byQuorum = (a: ApprovalEffect, b: ApprovalEffect): number =>
  Number(b.belowQuorum) - Number(a.belowQuorum) || compareText(a.instanceId, b.instanceId) || compareText(a.approval, b.approval)
const byVotes = (a: ApproverLoad, b: ApproverLoad): number =>
  b.draft - a.draft || b.open - a.open || compareText(a.person, b.person)

/** Walks over what is open, one instance at a time: what fails is told and stops nothing, unless the store itself fails. */
export async function* walkOpenInstances(
  runtime: Runtime,
  { draft, directory, movers, limit = 200, progressEvery = 1_000 }: WalkInput,
): AsyncGenerator<SimulationStep, OpenInstances, undefined> {
  const under: Runtime = { ...runtime, directory }
  const clocks = { open: 0, earlier: 0, later: 0, overdue: 0, overdueNow: 0 }
  const approvals = { open: 0, changed: 0, belowQuorum: 0 }
  const byKind = new Map<string, number>()
  const votes = new Map<string, { open: number; draft: number }>()
  const clocksListed = createTopList<ClockEffect>(limit, byUrgency)
  const approvalsListed = createTopList<ApprovalEffect>(limit, byQuorum)
  let done = 0

  for await (const shown of runtime.store.find({ open: true })) {
    done++
    try {
      const loaded = await loadInstance(runtime, shown.kind, shown.instanceId)
      if (loaded !== null) {
        const at = Math.max(runtime.host.clock(), loaded.head.at)
        const instance = await asOf(runtime, loaded, at)
        const moves = clockEffects(runtime, instance, await runtime.policies.of(instance.policy), draft, at)
        const asked: Asked[] = []
        for (const [name, approval] of Object.entries(definitionOf(instance.kind).approvals(instance.context)))
          if (approval?.decision === null && approval.voided === null)
            asked.push(await askAgain(under, instance, name, approval, await runtime.policies.of(instance.policy), draft, at))

        byKind.set(instance.kind, (byKind.get(instance.kind) ?? 0) + 1)
        clocks.open += moves.length
        approvals.open += asked.length
        for (const { effect, overdueNow } of moves) {
          if (overdueNow) clocks.overdueNow++
          if (effect.change !== 'same') clocks[effect.change]++
          if (effect.becomesOverdue) clocks.overdue++
        }
        for (const { open, later } of asked) {
          for (const person of open) votesOf(votes, person).open++
          for (const person of later) votesOf(votes, person).draft++
        }
        const touched = moves.flatMap(({ effect }) => (effect.change === 'same' && !effect.becomesOverdue ? [] : [effect]))
        const changed = asked.flatMap(({ effect }) => (effect === null ? [] : [effect]))
        approvals.changed += changed.length
        approvals.belowQuorum += changed.filter((effect) => effect.belowQuorum).length
        touched.forEach(clocksListed.add)
        changed.forEach(approvalsListed.add)
        if (touched.length > 0 || changed.length > 0) yield { type: 'instance', clocks: touched, approvals: changed }
      }
    } catch (error) {
      yield { type: 'failed', ...failureOf(shown.accountId, shown.instanceId, error) }
    }
    if (done % progressEvery === 0) yield { type: 'progress', phase: 'instances', done, movers }
  }
  yield { type: 'progress', phase: 'instances', done, movers }

  const approvers = createTopList<ApproverLoad>(limit, byVotes)
  for (const [person, load] of votes) approvers.add({ person, ...load })
  return {
    effects: {
      open: [...byKind.values()].reduce((sum, n) => sum + n, 0),
      byKind: Object.fromEntries([...byKind].sort(([a], [b]) => compareText(a, b))),
      clocks: { ...clocks, listed: clocksListed.listed() },
      approvals: { ...approvals, listed: approvalsListed.listed() },
    },
    approvers: { total: votes.size, listed: approvers.listed() },
  }
}

function votesOf(votes: Map<string, { open: number; draft: number }>, person: string): { open: number; draft: number } {
  const known = votes.get(person) ?? { open: 0, draft: 0 }
  votes.set(person, known)
  return known
}

/** @throws the error again where it is the store or the directory that fails, or a defect. */
function failureOf(accountId: string, instanceId: string, error: unknown): SimulationFailure {
  const fatal = ['unavailable', 'throttled', 'forbidden', 'cancelled'] as const
  if (!isGovernanceError(error) || fatal.some((code) => code === error.code)) throw error
  return { accountId, instanceId, because: { code: error.code, field: null, message: error.message.slice(0, 300) } }
}

interface ClockSeen {
  readonly effect: ClockEffect
  readonly overdueNow: boolean
}

/** The rule of `planMigration` and `migrate`, without a version in a registry. */
function clockEffects(runtime: Runtime, instance: Instance, from: Policy, draft: Policy, at: number): readonly ClockSeen[] {
  const definition = definitionOf(instance.kind)
  const before = termsOf(definition, from, calendarOf(instance, from, runtime.calendars))
  const after = termsOf(definition, draft, calendarOf(instance, draft, runtime.calendars))
  const budgets = new Map(rebudgetsOf(definition, instance, from, draft).map(({ clock, budget }) => [clock, budget]))
  return instance.clocks.filter(isOpen).map((clock) => {
    const { dueBefore, dueAfter, change, overdueBefore, becomesOverdue } = planRebudget({
      clock,
      before: before(clock),
      after: after(clock),
      granted: null,
      budget: budgets.get(clock.name) ?? null,
      mode: draft.sla.onTierOrPriorityChange,
      at,
    })
    const spec = definition.clocks[clock.name]
    return {
      overdueNow: overdueBefore,
      effect: {
        instanceId: instance.id,
        kind: instance.kind,
        accountId: instance.accountId,
        clock: clock.name,
        parameter: spec?.parameter ?? '',
        clause: spec?.clause ?? '',
        dueBefore,
        dueAfter,
        change,
        becomesOverdue,
      },
    }
  })
}
