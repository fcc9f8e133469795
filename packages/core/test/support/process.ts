import { SimulatedCrash } from '@ka-governance/adapter-memory'
import type { Governance, GovernanceOptions, GovernanceStore } from '../../src/index.ts'
import type { Harness } from './harness.ts'

/** A process over the shared store: once it crashed, nothing of it reaches the store any more. */
export interface Process {
  readonly governance: Governance
  readonly crashed: () => boolean
}

export function startProcess(h: Harness, over: Partial<GovernanceOptions> = {}): Process {
  let dead: SimulatedCrash | null = null
  const living = async <T>(call: () => Promise<T>): Promise<T> => {
    if (dead !== null) throw dead
    try {
      return await call()
    } catch (error) {
      if (error instanceof SimulatedCrash) dead = error
      throw error
    }
  }
  async function* stream<T>(items: () => AsyncIterable<T>): AsyncGenerator<T> {
    if (dead !== null) throw dead
    try {
      yield* items()
    } catch (error) {
      if (error instanceof SimulatedCrash) dead = error
      throw error
    }
  }
  const wrapped = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, member]: [string, unknown]) => {
        if (typeof member !== 'function') return [name, isPart(name) ? wrapped(member as object) : member]
        const call = member as (...args: unknown[]) => unknown
        return [
          name,
          streams.includes(name)
            ? (...args: unknown[]) => stream(() => call(...args) as AsyncIterable<unknown>)
            : (...args: unknown[]) => living(() => call(...args) as Promise<unknown>),
        ]
      }),
    ) as Port
  const store: GovernanceStore = wrapped(h.store)
  return { governance: h.another({ store, ...over }), crashed: () => dead !== null }
}

const streams = ['history', 'find', 'list']
const isPart = (name: string): boolean => ['effects', 'personal', 'policies', 'accounts', 'inbox'].includes(name)
