import {
  createActor,
  transition as publicTransition,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate'

/** An action as `transition()` hands it out: nothing has run. */
export interface ExecutableAction {
  readonly type: string
  readonly params: unknown
}
export type Transitioned = readonly [AnyMachineSnapshot, readonly ExecutableAction[]]

type Scope = Parameters<AnyStateMachine['transition']>[2]
type Fast = (snapshot: AnyMachineSnapshot, event: AnyEventObject) => Transitioned

const fastOf = new WeakMap<AnyStateMachine, Fast | null>()

/**
 * XState's `transition()`, which makes an inert actor anew at every call, with that actor kept per machine. It rests on `machine.transition(snapshot,
 * event, scope)`, so the first use of each machine is compared with the public call, which takes over for good where they differ. Our machines spawn
 * nothing, so that the kept actor stays as inert as a fresh one.
 */
export function transition(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): Transitioned {
  const fast = fastOf.get(machine)
  if (fast) return fast(snapshot, event)
  const expected = publicTransition(machine, snapshot, event) as unknown as Transitioned
  if (fast === undefined) fastOf.set(machine, candidate(machine, snapshot, event, expected))
  return expected
}

function candidate(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: AnyEventObject,
  expected: Transitioned,
): Fast | null {
  try {
    const fast = makeFast(machine)
    const [next, actions] = fast(snapshot, event)
    const shape = (of: Transitioned): string => JSON.stringify([of[0].value, of[0].context, of[1].map((a) => [a.type, a.params])])
    return shape([next, actions]) === shape(expected) ? fast : null
  } catch {
    // Internals that changed are no failure: the public call stays.
    return null
  }
}

function makeFast(machine: AnyStateMachine): Fast {
  const self = createActor(machine)
  const ignore = (): void => undefined
  let collected: ExecutableAction[] = []
  const scope = {
    self,
    defer: ignore,
    id: '',
    logger: ignore,
    sessionId: '',
    stopChild: ignore,
    system: self.system,
    emit: ignore,
    actionExecutor: (action: ExecutableAction) => collected.push(action),
  } as unknown as Scope
  return (snapshot, event) => {
    collected = []
    const next = machine.transition(snapshot, event, scope) as AnyMachineSnapshot
    return [next, collected]
  }
}
