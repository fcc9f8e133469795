import type { JsonValue } from '../errors/index.ts'
import { GovernanceError } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import {
  cancelClock,
  extendClock,
  pauseClock,
  rebudgetClock,
  restartClock,
  resumeClock,
  startClock,
  stopClock,
  type Clock,
} from '../sla/index.ts'
import type { ChildCommand } from '../definition/actions.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import type { NamedAction } from './step.ts'

/** An effect before it has its id. */
export interface Emitted {
  readonly type: string
  readonly params: JsonValue
  readonly awaited?: boolean
  /** Only for child commands: a refused child refuses the parent. */
  readonly required?: boolean
}

/** Carries out a step's clock actions and turns the rest into effects, in the order in which the machine named them. */
export function applyActions(
  definition: WorkflowDefinition,
  policy: Policy,
  context: unknown,
  before: readonly Clock[],
  actions: readonly NamedAction[],
  at: number,
): { readonly clocks: readonly Clock[]; readonly effects: readonly Emitted[] } {
  let clocks = before
  const effects: Emitted[] = []
  for (const { type, params: given } of actions) {
    const p = (given ?? {}) as { readonly [name: string]: JsonValue | undefined }
    const change = (names: readonly string[] | 'all', to: (clock: Clock) => Clock): void => {
      clocks = clocks.map((c) => (names === 'all' || names.includes(c.name) ? to(c) : c))
    }
    switch (type) {
      case 'startClock':
      case 'restartClock':
        clocks = started(
          definition,
          policy,
          context,
          clocks,
          text(p['clock']),
          typeof p['from'] === 'number' ? p['from'] : at,
          at,
        )
        break
      case 'stopClock':
        change([text(p['clock'])], (c) => stopClock(c, at))
        break
      case 'cancelClocks':
        change(p['clocks'] as readonly string[] | 'all', (c) => cancelClock(c, at))
        break
      case 'pauseClocks':
        change('all', (c) => (c.pausable ? pauseClock(c, at, text(p['reason'])) : c))
        break
      case 'resumeClocks':
        change('all', (c) => resumeClock(c, at))
        break
      case 'extendClocks':
        change(p['clocks'] as readonly string[], (c) => extendClock(c, policy.complaint.complex.extension, at))
        break
      case 'rebudgetClocks':
        clocks = clocks.map((c) => {
          const budget = definition.clocks[c.name]?.budget(policy, context, at)
          return budget == null || 'until' in budget || sameBudget(c, budget)
            ? c
            : rebudgetClock(c, budget, at, policy.sla.onTierOrPriorityChange, text(p['reason']))
        })
        break
      case 'sendCommands': {
        const commands = p['commands'] as unknown as readonly ChildCommand[]
        for (const command of commands)
          effects.push({
            type: 'command',
            params: command as unknown as JsonValue,
            ...(p['awaited'] === true ? { awaited: true } : {}),
            ...(p['required'] === true ? { required: true } : {}),
          })
        break
      }
      default: {
        // Nobody to tell is nothing to tell.
        if (type === 'notify' && Array.isArray(p['to']) && p['to'].length === 0) break
        const { awaited, ...rest } = p
        const except = type === 'notify' ? (definition.barred?.(context) ?? []) : []
        const told: JsonValue = except.length === 0 ? rest : { ...rest, except }
        effects.push({ type, params: told, ...(awaited === true ? { awaited: true } : {}) })
      }
    }
  }
  return { clocks, effects }
}

function sameBudget(clock: Clock, budget: { readonly amount: number; readonly unit: string }): boolean {
  const last = clock.promises.at(-1)?.budget
  return last !== undefined && 'amount' in last && last.amount === budget.amount && last.unit === budget.unit
}

function started(
  definition: WorkflowDefinition,
  policy: Policy,
  context: unknown,
  clocks: readonly Clock[],
  name: string,
  from: number,
  at: number,
): readonly Clock[] {
  const spec = definition.clocks[name]
  if (!spec) throw new GovernanceError('internal', `${definition.kind} has no clock "${name}"`)
  const budget = spec.budget(policy, context, at)
  const before = clocks.find((c) => c.name === name)
  // No budget: the policy grants none here; a clock still running from an earlier stage has lost its object.
  if (budget === null) return before ? clocks.map((c) => (c === before ? cancelClock(c, at) : c)) : clocks
  const options = { pausable: spec.pausable }
  if (!before) return [...clocks, startClock(name, budget, from, options)]
  return clocks.map((c) => (c === before ? restartClock(stopClock(c, at), budget, from, options) : c))
}

/** Parameters of clock actions are texts by their declaration in `definition/actions.ts`. */
const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
