import type { JsonValue, Refusal } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import type { SettledRung } from '../ports/index.ts'
import type { WorkingCalendar } from '../calendar/index.ts'
import type { Actor, AnyCommand, Facts, Inputs, RuleInput, WorkflowDefinition } from '../definition/define-workflow.ts'
import { applyActions, type Emitted } from './apply-actions.ts'
import { commonStep, isCommon } from './common-steps.ts'
import { refusalsFor, refuseAlways, refuseInternal, refuseOutOfTurn, type AnySpec } from './gate.ts'
import type { Instance } from './instance.ts'
import { rungsPerEntry, settle } from './settle.ts'
import { step } from './step.ts'
import { termsOf } from './terms.ts'

/** How strictly a workflow is enforced while it is being introduced [GOV-09]. */
export type Mode = 'observe' | 'warn' | 'enforce'

/** Everything a decision depends on besides the instance and the command. */
export interface AdvanceEnv {
  readonly at: number
  readonly actor: Actor
  readonly policy: Policy
  readonly calendar: WorkingCalendar
  /** Id of the calendar, set when an instance opens. */
  readonly calendarId: string
  readonly facts: Facts
  readonly hashOf: (value: JsonValue) => string
  readonly mode: Mode
}

export type Advanced =
  | {
      readonly ok: true
      /** More was due than fits one entry: only rungs are settled, the command comes after. */
      readonly backlog: boolean
      readonly instance: Instance
      readonly settled: readonly SettledRung[]
      readonly inputs: Inputs
      readonly effects: readonly Emitted[]
      /** What enforcement would have refused. */
      readonly observed: readonly Refusal[]
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[]; readonly state: string }

/**
 * The whole decision, pure: settle what is due, judge the command in the state that results, take the step. Nothing is read but the arguments;
 * nothing is written at all.
 */
export function advance(definition: WorkflowDefinition, before: Instance, command: AnyCommand, env: AdvanceEnv): Advanced {
  const { at, actor, policy, calendar } = env
  const spec = definition.commands[command.type] as unknown as AnySpec
  const settled = settle(definition, policy, before, termsOf(definition, policy, calendar), at, rungsPerEntry)
  const { instance } = settled
  if (settled.more)
    return { ok: true, backlog: true, instance, settled: settled.rungs, inputs: {}, effects: settled.effects, observed: [] }

  const input: RuleInput = ruleInput(instance, command, env)
  const outOfTurn = refuseOutOfTurn(definition, spec, input)
  const refusals = outOfTurn ? [outOfTurn] : refusalsFor(definition, spec, input)
  // What the state machine cannot do, no mode can let pass; nor what only instances send each other; nor what cannot be undone, such as an erasure.
  const always = (): boolean =>
    outOfTurn !== null ||
    isCommon(command.type) ||
    refuseInternal(definition, spec, input).length > 0 ||
    refuseAlways(spec, input).length > 0
  if (refusals.length > 0 && (env.mode === 'enforce' || always())) return { ok: false, refusals, state: instance.state }

  const prepared = spec.prepare?.(input) ?? { ok: true as const, inputs: {} }
  if (!prepared.ok) {
    const failed = prepared.failures.map((f): Refusal => ({ rule: 'mayDecide', clause: prepared.clause, ...f }))
    return { ok: false, refusals: [...refusals, ...failed], state: instance.state }
  }
  const inputs: Inputs = instance.state === 'opening' ? { ...prepared.inputs, calendar: env.calendarId } : prepared.inputs
  const stepped = takeStep(definition, policy, instance, command, actor, at, inputs)
  return {
    ok: true,
    backlog: false,
    instance: stepped.instance,
    settled: settled.rungs,
    inputs,
    effects: [...settled.effects, ...stepped.effects],
    observed: refusals,
  }
}

/** The input of rules and `prepare` for an instance as it stands. */
export function ruleInput(instance: Instance, command: AnyCommand, env: AdvanceEnv): RuleInput {
  const opening = instance.state === 'opening'
  return {
    instanceId: instance.id,
    accountId: opening && typeof command['accountId'] === 'string' ? command['accountId'] : instance.accountId,
    state: instance.state,
    context: instance.context,
    clocks: instance.clocks,
    makers: instance.makers,
    openedAt: opening ? env.at : instance.openedAt,
    changedAt: instance.at,
    command,
    at: env.at,
    actor: env.actor,
    policy: env.policy,
    pin: instance.policy,
    calendarId: env.calendarId,
    calendar: env.calendar,
    facts: env.facts,
    hashOf: env.hashOf,
  }
}

/** The step itself, from recorded inputs alone: live commands and replay go through here. */
export function takeStep(
  definition: WorkflowDefinition,
  policy: Policy,
  before: Instance,
  command: AnyCommand,
  actor: Actor,
  at: number,
  inputs: Inputs,
): { readonly instance: Instance; readonly effects: readonly Emitted[] } {
  if (isCommon(command.type)) {
    const { instance, effects } = commonStep(before, command, inputs, at)
    return { instance: { ...instance, at }, effects }
  }
  const result = step(definition.machine, before.state, before.context, {
    type: command.type,
    command,
    at,
    actor,
    policy,
    inputs,
    instanceId: before.id,
  })
  const acted = applyActions(definition, policy, result.context, before.clocks, result.actions, at)
  const makes = (definition.commands[command.type] as unknown as AnySpec).makes
  const opening = before.state === 'opening'
  const instance: Instance = {
    ...before,
    state: result.state,
    context: result.context,
    clocks: acted.clocks,
    makers: makes === undefined ? before.makers : { ...before.makers, [makes]: withMaker(before.makers[makes], actor) },
    at,
    ...(opening
      ? {
          accountId: typeof command['accountId'] === 'string' ? command['accountId'] : '',
          openedAt: at,
          calendar: typeof inputs['calendar'] === 'string' ? inputs['calendar'] : '',
        }
      : {}),
  }
  return { instance, effects: acted.effects }
}

function withMaker(before: readonly string[] = [], actor: Actor): readonly string[] {
  const people = [actor.id, actor.onBehalfOf].filter((p): p is string => p !== undefined && p !== 'system')
  return [...new Set([...before, ...people])]
}
