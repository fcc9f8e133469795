import type { Refusal } from '../errors/index.ts'
import { refusalsOf, type Rule } from '../rules/index.ts'
import type { AnyCommand, CommandSpec, RuleInput, WorkflowDefinition } from '../definition/define-workflow.ts'
import { isCommon, takes } from './common-steps.ts'
import { shapeOf } from './step.ts'

/** Leaf states in which some command is possible, for refusals. */
function statesAccepting(definition: WorkflowDefinition, type: string): readonly string[] {
  return [...shapeOf(definition.machine).values.keys()].filter((state) => takes(definition, state, type))
}

/** XState drops an out-of-turn event without a word; a person is told what stands in the way, or in which states the command is possible. */
export function refuseOutOfTurn(definition: WorkflowDefinition, spec: AnySpec, input: RuleInput): Refusal | null {
  const { state } = input
  const { type } = input.command
  if (takes(definition, state, type)) return null
  const because = spec.unavailable?.(input)
  if (because != null) return { rule: 'mayInThisState', clause: spec.clause, ...because }
  const required = statesAccepting(definition, type)
  return {
    code: 'command_not_available',
    rule: 'mayInThisState',
    clause: spec.clause,
    required,
    actual: state,
    remedy: { kind: 'reload' },
  }
}

export type AnySpec = CommandSpec<unknown, AnyCommand>

/** Roles that may send the command: the policy's own list, else the table's; none where only the system sends it. */
export function rolesFor(
  definition: WorkflowDefinition,
  spec: AnySpec,
  input: Pick<RuleInput, 'policy' | 'command' | 'context'>,
): readonly string[] {
  // What instances send each other is no matter of authority: no policy gives it to a person.
  if (Array.isArray(spec.roles) && spec.roles.length === 0) return []
  const { authority } = input.policy
  const { type } = input.command
  const own = authority[`${definition.kind}.${type}`] ?? (isCommon(type) ? authority[`*.${type}`] : undefined)
  return own ?? (typeof spec.roles === 'function' ? spec.roles(input.context, input.policy) : spec.roles)
}

/** Who may send it: a holder of one of the roles, resolved by the directory; the runtime itself always. */
export function refuseRole(definition: WorkflowDefinition, spec: AnySpec, input: RuleInput): readonly Refusal[] {
  const { actor } = input
  if (actor.id === 'system') return []
  const required = rolesFor(definition, spec, input)
  if (required.length > 0 && actor.roles.length === 0)
    return [
      {
        code: 'actor_without_roles',
        rule: 'mayWithRole',
        clause: spec.clause,
        required,
        actual: actor.id,
        remedy: { kind: 'ask', roles: required },
      },
    ]
  return required.includes('*') || required.some((role) => actor.roles.includes(role))
    ? []
    : [
        {
          code: 'role_required',
          rule: 'mayWithRole',
          clause: spec.clause,
          required,
          actual: actor.roles,
          remedy: { kind: 'ask', roles: required },
        },
      ]
}

/** Commands that instances send each other are no rule of the policy: nobody else sends them, in no mode. */
export function refuseInternal(definition: WorkflowDefinition, spec: AnySpec, input: RuleInput): readonly Refusal[] {
  return input.actor.id !== 'system' && rolesFor(definition, spec, input).length === 0 ? refuseRole(definition, spec, input) : []
}

/** Rules that hold in every mode. */
export function refuseAlways(spec: AnySpec, input: RuleInput): readonly Refusal[] {
  return [...refusalsOf(kept(spec.rules), input), ...refusalsOf(kept(spec.formRules), input)]
}

const kept = <Input>(rules: readonly Rule<Input>[] = []): readonly Rule<Input>[] => rules.filter((rule) => rule.always === true)

/** Maker and checker are two people, delegations included [decisions: approvals]. */
export function refuseMaker(spec: AnySpec, input: RuleInput): readonly Refusal[] {
  const material = typeof spec.checks === 'function' ? spec.checks(input.command) : spec.checks
  if (material === undefined || material === null) return []
  const makers = input.makers[material] ?? []
  return [input.actor.id, input.actor.onBehalfOf]
    .filter((person): person is string => person !== undefined && makers.includes(person))
    .map((person) => ({
      code: 'maker_is_checker',
      rule: 'mayCheckOthersWork',
      clause: spec.clause,
      required: null,
      actual: person,
    }))
}

/** A judgement is bound to what the person saw; a retry after a conflict never refreshes it. */
export function refuseBasis(definition: WorkflowDefinition, spec: AnySpec, input: RuleInput): readonly Refusal[] {
  if (spec.judges !== true) return []
  const now = input.hashOf(definition.basis(input.state, input.context))
  const seen = input.command['basis']
  if (seen === now) return []
  return [
    {
      code: seen === undefined ? 'basis_required' : 'basis_changed',
      rule: 'mayJudgeWhatWasSeen',
      clause: spec.clause,
      required: now,
      actual: seen ?? null,
      remedy: { kind: 'reload' },
    },
  ]
}

/** Every reason at once for which the command is not allowed now, apart from the state. `form: false`: only what can be said before a form is filled in. */
export function refusalsFor(definition: WorkflowDefinition, spec: AnySpec, input: RuleInput, form = true): readonly Refusal[] {
  return [
    ...refuseRole(definition, spec, input),
    ...refuseMaker(spec, input),
    ...(form ? refuseBasis(definition, spec, input) : []),
    ...refusalsOf(
      form ? definition.everyCommand : definition.everyCommand.filter(() => input.state !== 'opening'),
      input as never,
    ),
    ...refusalsOf(spec.rules ?? [], input),
    ...(form ? refusalsOf(spec.formRules ?? [], input) : []),
  ]
}
