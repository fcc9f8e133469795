import type { Policy } from '../policy/index.ts'
import type { SettledRung } from '../ports/index.ts'
import { markFired, nextRung, type Clock, type ClockTerms, type RungDue } from '../sla/index.ts'
import { systemActor, type WorkflowDefinition } from '../definition/define-workflow.ts'
import { applyActions, type Emitted } from './apply-actions.ts'
import type { Instance } from './instance.ts'
import { accepts, step } from './step.ts'

export interface Settled {
  readonly instance: Instance
  readonly rungs: readonly SettledRung[]
  readonly effects: readonly Emitted[]
  /** More rungs are due than one settling takes. */
  readonly more: boolean
}

/** Rungs of one entry, so that an entry stays within every store's limit however long nobody looked. */
export const rungsPerEntry = 50

/** A bound on rungs of a view, which writes no entry: a machine that restarts a due clock for ever is a defect, not a reason to hang. */
const maxRungs = 10_000

/**
 * Fires every rung due at or before an instant, in due order, each in the state that the one before left [architecture rule 6]. A sweep is nothing
 * but this; every command does it first. So the outcome does not depend on when anybody swept.
 */
export function settle(
  definition: WorkflowDefinition,
  policy: Policy,
  before: Instance,
  terms: (clock: Clock) => ClockTerms,
  until: number,
  limit = maxRungs,
): Settled {
  let instance = before
  const rungs: SettledRung[] = []
  const effects: Emitted[] = []
  for (;;) {
    const due = nextRung(instance.clocks, terms, until)
    if (due === null) return { instance, rungs, effects, more: false }
    if (rungs.length >= limit) return { instance, rungs, effects, more: true }
    const rung = settledRung(due)
    const fired = fireRung(definition, policy, instance, rung, due.notify)
    instance = fired.instance
    rungs.push(rung)
    effects.push(...fired.effects)
  }
}

function settledRung(due: RungDue): SettledRung {
  return { clock: due.clock, cycle: due.cycle, revision: due.revision, rung: due.rung, kind: due.kind, dueAt: due.at }
}

/** One rung: remembered on its clock, told to its role, and given to the machine where the state branches on it. Replay uses it with the recorded rung. */
export function fireRung(
  definition: WorkflowDefinition,
  policy: Policy,
  before: Instance,
  rung: SettledRung,
  notify: string = notifyOf(rung.rung),
): { readonly instance: Instance; readonly effects: readonly Emitted[] } {
  // A clock can be breached before the last step (a backdated receipt): time never runs back.
  const at = Math.max(rung.dueAt, before.at)
  const clocks = before.clocks.map((c) =>
    c.name === rung.clock ? markFired(c, { ...rung, at: rung.dueAt, percent: 0, notify, provisional: false }) : c,
  )
  const instance: Instance = { ...before, clocks, at }
  const spec = definition.clocks[rung.clock]
  const told: Emitted[] = []
  if (spec?.silent !== true) {
    const to = spec?.notify?.(policy, instance.context, rung.kind) ?? notify
    const owner = definition.owner(instance.state, instance.context, policy)
    told.push({
      type: 'clockRung',
      params: {
        clock: rung.clock,
        cycle: rung.cycle,
        kind: rung.kind,
        rung: rung.rung,
        dueAt: rung.dueAt,
        to,
        owner,
      },
    })
  }
  const type = `clock.${rung.clock}.${rung.kind}`
  if (!accepts(definition.machine, instance.state, type)) return { instance, effects: told }
  const result = step(definition.machine, instance.state, instance.context, {
    type,
    command: { type },
    at,
    actor: systemActor,
    policy,
    inputs: {},
    instanceId: instance.id,
  })
  const acted = applyActions(definition, policy, result.context, instance.clocks, result.actions, at)
  return {
    instance: { ...instance, state: result.state, context: result.context, clocks: acted.clocks },
    effects: [...told, ...acted.effects],
  }
}

/** The role is the last part of a rung's id: `80-warn-accountManager`. */
function notifyOf(rung: string): string {
  return rung.split('-').slice(2).join('-')
}
