import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate'
import { GovernanceError, type JsonValue } from '../errors/index.ts'
import type { MachineEvent } from '../definition/define-workflow.ts'
import { transition } from './transition.ts'

/** An action that a machine named, with its parameters. */
export interface NamedAction {
  readonly type: string
  readonly params: JsonValue
}

export interface StepResult {
  readonly state: string
  readonly context: { readonly [name: string]: JsonValue | undefined }
  readonly actions: readonly NamedAction[]
}

interface StateNode {
  readonly key: string
  readonly ownEvents: readonly string[]
  readonly states: { readonly [key: string]: StateNode }
}

interface Shape {
  /** Leaf state → XState's nested value. */
  readonly values: ReadonlyMap<string, StateValue>
  /** Leaf state → every event that it or an ancestor takes. */
  readonly accepts: ReadonlyMap<string, ReadonlySet<string>>
}

const shapes = new WeakMap<AnyStateMachine, Shape>()

/** Leaf states with what they accept; read off the machine once. */
export function shapeOf(machine: AnyStateMachine): Shape {
  const known = shapes.get(machine)
  if (known) return known
  const values = new Map<string, StateValue>()
  const accepts = new Map<string, ReadonlySet<string>>()
  const walk = (node: StateNode, wrap: (inner: StateValue) => StateValue, inherited: readonly string[]): void => {
    for (const [key, child] of Object.entries(node.states)) {
      const events = [...inherited, ...child.ownEvents]
      if (Object.keys(child.states).length > 0) {
        walk(child, (inner) => wrap({ [key]: inner }), events)
        continue
      }
      values.set(key, wrap(key))
      accepts.set(key, new Set(events))
    }
  }
  const root = machine.root as unknown as StateNode
  walk(root, (inner) => inner, root.ownEvents)
  const shape = { values, accepts }
  shapes.set(machine, shape)
  return shape
}

/** Whether some transition of the state, or of a state around it, takes the event: XState itself would drop it without a word. */
export function accepts(machine: AnyStateMachine, state: string, eventType: string): boolean {
  return shapeOf(machine).accepts.get(state)?.has(eventType) ?? false
}

/**
 * One step of a machine: state and context in, state, context and named actions out. Pure; the machine runs nothing.
 * @throws GovernanceError `newer_definition` when the state is not one of the machine's, `internal` when every guard of an accepted event said no
 * (a machine's branches end in an unguarded default; the model-based tests hold that).
 */
export function step(machine: AnyStateMachine, state: string, context: unknown, event: MachineEvent): StepResult {
  const value = shapeOf(machine).values.get(state)
  if (value === undefined)
    throw new GovernanceError('newer_definition', `${machine.id} has no state "${state}"`, {
      details: { state },
      actions: ['Update @ka-governance/core, or migrate the instance.'],
    })
  const before = machine.resolveState({ value, context }) as AnyMachineSnapshot
  const [next, actions] = transition(machine, before, event)
  if (next === before && actions.length === 0)
    throw new GovernanceError('internal', `${machine.id} took "${event.type}" in "${state}" and did nothing`, {
      details: { state },
    })
  return {
    state: leafOf(next.value as StateValue),
    context: next.context as StepResult['context'],
    actions: actions.map((a) => ({ type: a.type, params: (a.params ?? null) as JsonValue })),
  }
}

function leafOf(value: StateValue): string {
  if (typeof value === 'string') return value
  const inner = Object.values(value)[0]
  if (inner === undefined) throw new GovernanceError('internal', 'a state without a leaf')
  return leafOf(inner)
}
