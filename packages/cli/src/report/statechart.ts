/** A state of a machine: `id` is its path (`inProgress.working`), `parent` the id of the state around it. */
export type ChartState = Readonly<{
  id: string
  name: string
  depth: number
  parent: string | null
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** Whether the state around it is entered through this one. */
  isInitial: boolean
}>

/**
 * One way out of a state. `to` is null for a command that acts and stays. `event` is a command's type, `clock.<name>.<rung>` for a deadline, or
 * empty where the machine goes on by itself. `guard` and `actions` are the names in the machine, with their parameters.
 */
export type ChartStep = Readonly<{
  from: string
  to: string | null
  event: string
  guard: string | null
  actions: readonly string[]
}>

/** A machine as plain data, states in the order in which the machine lists them, each followed by those inside it. */
export type Statechart = Readonly<{ id: string; states: readonly ChartState[]; steps: readonly ChartStep[] }>

/** What is read of an XState machine; every `StateMachine` of XState 5 has it. */
export type MachineLike = Readonly<{ id: string; root: StateNodeLike }>
export type StateNodeLike = Readonly<{
  key: string
  path: readonly string[]
  type: string
  states: Readonly<Record<string, StateNodeLike>>
  initial?: Readonly<{ target: readonly StateNodeLike[] }> | undefined
  transitions: ReadonlyMap<string, readonly TransitionLike[]>
  always?: readonly TransitionLike[] | undefined
}>
export type TransitionLike = Readonly<{
  target?: readonly StateNodeLike[] | undefined
  guard?: unknown
  actions: readonly unknown[]
}>

const kinds: readonly string[] = ['atomic', 'compound', 'parallel', 'final', 'history'] satisfies readonly ChartState['kind'][]
const isKind = (type: string): type is ChartState['kind'] => kinds.includes(type)

const idOf = (node: StateNodeLike): string => node.path.join('.')

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const pathOf = Symbol('path')

/** Stands for the machine's arguments, so that parameters which are computed show where their values come from: `event.command.reason`. */
const placeholder = (path: string): object =>
  new Proxy(() => undefined, {
    get: (_target, key) => {
      if (key === pathOf) return path
      if (typeof key === 'symbol') return () => path
      return placeholder(path === '' ? key : `${path}.${key}`)
    },
    apply: () => placeholder(`${path}()`),
  })

const written = (value: unknown): string => {
  if (typeof value === 'function') {
    const path = (value as unknown as Readonly<Record<symbol, unknown>>)[pathOf]
    return typeof path === 'string' ? path : '…'
  }
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, item]) => `${key}: ${written(item)}`)
      .join(', ')
  return String(value)
}

const parameters = (params: unknown): string => {
  if (params === undefined) return ''
  if (typeof params !== 'function') return written(params)
  try {
    return written((params as (args: object) => unknown)(placeholder('')))
  } catch {
    return '…'
  }
}

/** `{ type: 'stopClock', params: { clock: 'handoff' } }` as `stopClock(clock: handoff)`. */
const nameOf = (thing: unknown): string => {
  if (typeof thing === 'string') return thing
  if (isRecord(thing) && typeof thing['type'] === 'string') {
    const params = parameters(thing['params'])
    return params === '' ? thing['type'] : `${thing['type']}(${params})`
  }
  // and(), or(), not() of XState are functions that carry what they combine.
  if (typeof thing === 'function') {
    const combined = (thing as unknown as Readonly<{ guards?: unknown }>).guards
    if (Array.isArray(combined)) return `${thing.name.replace(/check$/i, '') || 'all'}(${combined.map(nameOf).join(', ')})`
    return thing.name === '' ? '…' : thing.name
  }
  return '…'
}

const stepsOf = (node: StateNodeLike, event: string, transitions: readonly TransitionLike[]): readonly ChartStep[] =>
  transitions.map((transition) => ({
    from: idOf(node),
    to: transition.target?.[0] ? idOf(transition.target[0]) : null,
    event,
    guard: transition.guard === undefined ? null : nameOf(transition.guard),
    actions: transition.actions.map(nameOf),
  }))

/**
 * Reads a machine of `@ka-governance/core/machines` as plain data, for a diagram or a table. Pure: the machine is not run.
 *
 * @example
 * ```ts
 * import { complaintMachine } from '@ka-governance/core/machines'
 *
 * const chart = readStatechart(complaintMachine)
 * chart.id // => 'complaint'
 * ```
 */
export function readStatechart(machine: MachineLike): Statechart {
  const states: ChartState[] = []
  const steps: ChartStep[] = []
  const visit = (node: StateNodeLike, parent: StateNodeLike | null): void => {
    if (parent !== null) {
      states.push({
        id: idOf(node),
        name: node.key,
        depth: node.path.length - 1,
        parent: parent.path.length === 0 ? null : idOf(parent),
        kind: isKind(node.type) ? node.type : 'atomic',
        isInitial: parent.type !== 'parallel' && (parent.initial?.target.includes(node) ?? false),
      })
    }
    for (const [event, transitions] of node.transitions) steps.push(...stepsOf(node, event, transitions))
    if (node.always) steps.push(...stepsOf(node, '', node.always))
    for (const child of Object.values(node.states)) visit(child, node)
  }
  visit(machine.root, null)
  return { id: machine.id, states, steps }
}
