import type { AnyStateMachine, StateNode } from 'xstate'
import { toDirectedGraph, type DirectedGraphNode } from 'xstate/graph'
import type { GovernanceStore, JournalEntry, Policy } from '../../src/index.ts'
import { takeStep } from '../../src/runtime/advance.ts'
import { blankInstance, type Instance } from '../../src/runtime/instance.ts'
import { definitions } from '../../src/runtime/runtime.ts'
import { fireRung } from '../../src/runtime/settle.ts'
import { accepts, shapeOf } from '../../src/runtime/step.ts'

/** States and transitions of a machine by name, a guarded branch a transition of its own. */
export interface Inventory {
  readonly states: ReadonlySet<string>
  readonly transitions: ReadonlyMap<unknown, string>
}

/** Read off xstate's own directed graph of the machine. */
export function inventoryOf(machine: AnyStateMachine): Inventory {
  const transitions = new Map<unknown, string>()
  const branches = new Map<string, number>()
  const walk = (node: DirectedGraphNode): void => {
    for (const edge of node.edges) {
      const { source, eventType, target } = edge.transition
      const on = `${path(source as never)} --${eventType}-->`
      const branch = (branches.get(on) ?? 0) + 1
      branches.set(on, branch)
      transitions.set(
        edge.transition,
        `${on} ${(target ?? []).map((t) => path(t as never)).join() || '(stays)'} #${String(branch)}`,
      )
    }
    node.children.forEach(walk)
  }
  walk(toDirectedGraph(machine))
  return { states: new Set(shapeOf(machine).values.keys()), transitions }
}

const path = (node: StateNode): string => node.path.join('.') || '(root)'

/** What journals have walked through. */
export interface Walked {
  readonly states: Set<string>
  readonly transitions: Set<unknown>
}

/** Follows the journals of a store through the machines, and notes states and chosen transitions by kind. */
export async function trace(store: GovernanceStore, policy: Policy, into: Map<string, Walked>): Promise<void> {
  for await (const { instanceId } of store.find({})) {
    let instance: Instance | null = null
    for await (const entry of store.history(instanceId)) instance = follow(entry, instance, policy, into)
  }
}

function follow(entry: JournalEntry, before: Instance | null, policy: Policy, into: Map<string, Walked>): Instance {
  const definition = definitions[entry.kind]
  if (definition === undefined) throw new Error(`no definition of ${entry.kind}`)
  const walked = into.get(entry.kind) ?? { states: new Set<string>(), transitions: new Set<unknown>() }
  into.set(entry.kind, walked)
  const { machine } = definition
  let instance = before ?? blankInstance(definition, entry.instanceId, entry.policy)
  const note = (event: { readonly type: string }): void => {
    walked.states.add(instance.state)
    if (!accepts(machine, instance.state, event.type)) return
    const value = shapeOf(machine).values.get(instance.state)
    const snapshot = machine.resolveState({ value: value ?? instance.state, context: instance.context })
    for (const transition of machine.getTransitionData(snapshot as never, event)) walked.transitions.add(transition)
  }
  const shared = { policy, instanceId: instance.id }
  for (const rung of entry.settled) {
    const type = `clock.${rung.clock}.${rung.kind}`
    const at = Math.max(rung.dueAt, instance.at)
    note({ ...shared, type, command: { type }, at, actor: { id: 'system', roles: ['system'] }, inputs: {} } as never)
    instance = fireRung(definition, policy, instance, rung).instance
    walked.states.add(instance.state)
  }
  if (entry.command === undefined) return instance
  const command = entry.command as { type: string }
  const inputs = entry.inputs[0] as never
  note({ ...shared, type: command.type, command, at: entry.at, actor: entry.actor, inputs } as never)
  instance = takeStep(definition, policy, instance, command, entry.actor as never, entry.at, inputs).instance
  walked.states.add(instance.state)
  return instance
}

/** The table of what was walked and what was not. */
export function coverage(walked: ReadonlyMap<string, Walked>): {
  readonly rows: readonly { readonly machine: string; readonly states: string; readonly transitions: string }[]
  readonly missing: readonly string[]
} {
  const rows: { machine: string; states: string; transitions: string }[] = []
  const missing: string[] = []
  for (const [kind, { machine }] of Object.entries(definitions)) {
    const { states, transitions } = inventoryOf(machine)
    const seen = walked.get(kind)
    const unseenStates = [...states].filter((s) => seen?.states.has(s) !== true)
    const unseen = [...transitions].filter(([t]) => seen?.transitions.has(t) !== true).map(([, name]) => name)
    missing.push(...unseenStates.map((s) => `${kind}: state ${s}`), ...unseen.map((t) => `${kind}: ${t}`))
    rows.push({
      machine: kind,
      states: `${String(states.size - unseenStates.length)}/${String(states.size)}`,
      transitions: `${String(transitions.size - unseen.length)}/${String(transitions.size)}`,
    })
  }
  return { rows, missing }
}
