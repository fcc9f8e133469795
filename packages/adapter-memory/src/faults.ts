import { InvalidInputError } from '@ka-governance/core'

/** Every method of the port, those that a store may leave out among them, as it is named in scripts and logs. */
export const storeMethods = [
  'load',
  'loadMany',
  'commit',
  'entryByKey',
  'entriesByKey',
  'history',
  'due',
  'agenda',
  'find',
  'effects.pending',
  'effects.ack',
  'effects.fail',
  'effects.dead',
  'effects.revive',
  'personal.read',
  'personal.erase',
  'policies.get',
  'policies.put',
  'policies.list',
  'accounts.get',
  'accounts.list',
  'accounts.facts',
  'accounts.getMany',
  'accounts.factsMany',
  'project',
  'drift',
  'inbox.pending',
  'inbox.answer',
] as const
/** One of {@link storeMethods}: a method of the port, with its group before the dot. */
export type StoreMethod = (typeof storeMethods)[number]

/**
 * What goes wrong with one call.
 * - `outage`, `throttled`: refused by the backend; nothing was done
 * - `lostAnswer`: done, but the caller never hears of it. A commit answers `unknown`, another write throws `unknown_outcome`, a read
 *   throws `unavailable` (a stream after its first item)
 * - `lostRequest`: the same answers, but nothing was done
 * - `conflict`: of `commit` only: another writer seems to have been first; nothing is stored
 * - `crashBefore`, `crashAfter`: the process dies ({@link SimulatedCrash}) before or after the call took effect
 * - `slow`: lets others run first, for so many microtasks (default 16)
 */
export type Fault =
  | 'outage'
  | 'throttled'
  | 'lostAnswer'
  | 'lostRequest'
  | 'conflict'
  | 'crashBefore'
  | 'crashAfter'
  | 'slow'
  | { readonly slow: number }

/** One line of the log: the n-th call of all, the n-th of its method, and what happened to it. */
export interface LoggedCall {
  readonly number: number
  readonly method: StoreMethod
  readonly methodNumber: number
  readonly fault: Fault | null
}

/** A play of failures and the log of what was called. Calls are numbered from 1 in the order in which they begin. */
export interface FaultScript {
  /** At the n-th call of all. */
  readonly at: (call: number, fault: Fault) => FaultScript
  /** At the n-th call of that method. */
  readonly on: (method: StoreMethod, call: number, fault: Fault) => FaultScript
  /** At the next call, or the next of that method, counted from now. */
  readonly next: (fault: Fault, method?: StoreMethod) => FaultScript
  /** For every call that no line above names; null: nothing goes wrong. */
  readonly when: (choose: (call: Omit<LoggedCall, 'fault'>) => Fault | null) => FaultScript
  /** Every call so far. */
  readonly calls: readonly LoggedCall[]
  /** How many calls so far, of all or of one method. */
  readonly count: (method?: StoreMethod) => number
  /** Scripted lines that have not been played yet: a test that expects its faults to happen asserts that none is left. */
  readonly unplayed: number
  /** Notes a call and says what goes wrong with it. For those who write a faulty store of their own. */
  readonly take: (method: StoreMethod) => Fault | null
}

/** The process is gone. Not a `GovernanceError`, so that no handler of store failures mistakes it for one. */
export class SimulatedCrash extends Error {
  readonly method: StoreMethod

  constructor(method: StoreMethod, when: 'before' | 'after') {
    super(`simulated crash ${when} ${method}`)
    this.name = 'SimulatedCrash'
    this.method = method
  }
}

/**
 * A script of failures, to be given to `createMemoryStore({ faults })` or to `withFaults(store, faults)`.
 *
 * @example
 * ```ts
 * const faults = faultScript().on('commit', 2, 'lostAnswer').at(7, 'outage')
 * faults.unplayed // => 2
 * ```
 */
export function faultScript(): FaultScript {
  const calls: LoggedCall[] = []
  const counts = new Map<StoreMethod, number>()
  const overall = new Map<number, Fault>()
  const byMethod = new Map<string, Fault>()
  let choose: (call: Omit<LoggedCall, 'fault'>) => Fault | null = () => null

  const count = (method?: StoreMethod): number => (method === undefined ? calls.length : (counts.get(method) ?? 0))
  const slot = (method: StoreMethod, call: number): string => `${method} ${String(call)}`

  function put<Key>(lines: Map<Key, Fault>, key: Key, call: number, seen: number, fault: Fault): FaultScript {
    if (!Number.isInteger(call) || call <= seen || lines.has(key))
      throw unplayable(String(key), 'the call is over, or has a fault already')
    lines.set(key, fault)
    return script
  }

  const script: FaultScript = {
    at: (call, fault) => put(overall, call, call, count(), fault),
    on(method, call, fault) {
      if (fault === 'conflict' && method !== 'commit') throw unplayable(method, 'only a commit can conflict')
      return put(byMethod, slot(method, call), call, count(method), fault)
    },
    next: (fault, method) => (method === undefined ? script.at(count() + 1, fault) : script.on(method, count(method) + 1, fault)),
    when(chooser) {
      choose = chooser
      return script
    },
    calls,
    count,
    get unplayed() {
      return overall.size + byMethod.size
    },
    take(method) {
      const number = calls.length + 1
      const methodNumber = count(method) + 1
      const key = slot(method, methodNumber)
      const fault = overall.get(number) ?? byMethod.get(key) ?? choose({ number, method, methodNumber })
      // A call plays one fault; a line for its method that was passed over stays and shows in `unplayed`.
      if (!overall.delete(number)) byMethod.delete(key)
      counts.set(method, methodNumber)
      calls.push({ number, method, methodNumber, fault })
      if (fault === 'conflict' && method !== 'commit')
        throw unplayable(`call ${String(number)}, ${method}`, 'only a commit can conflict')
      return fault
    },
  }
  return script
}

function unplayable(path: string, message: string): InvalidInputError {
  return new InvalidInputError('fault script', [
    { path, code: 'unplayable', message, remedy: 'name a later commit or another fault' },
  ])
}
