import {
  createMemoryStore,
  createVirtualClock,
  type MemoryStore,
  type MemoryStoreOptions,
  type VirtualClock,
} from '@ka-governance/adapter-memory'
import {
  createGovernance,
  loadPolicy,
  presets,
  type Accepted,
  type Delivery,
  type Governance,
  type GovernanceOptions,
  type GovernanceStore,
  type JournalEntry,
  type JsonValue,
  type Policy,
  type Refusal,
  type Result,
} from '../../src/index.ts'
import { factsOf } from './facts.ts'

/** What a test says otherwise than the preset: objects are laid over it key by key, everything else takes its place. */
export interface PolicyPatch {
  readonly [key: string]: PolicyPatch | readonly unknown[] | string | number | boolean | null
}

export interface HarnessOptions {
  /** Laid over the document of the manufacturer preset. */
  readonly policy?: PolicyPatch
  readonly mode?: GovernanceOptions['mode']
  readonly start?: string
  readonly store?: Partial<MemoryStoreOptions>
  /** Facts by account; the accounts of the pretended CRM are these. */
  readonly facts?: { readonly [accountId: string]: JsonValue | null }
  readonly handlers?: GovernanceOptions['handlers'] | null
  readonly maxAttempts?: number
  readonly wrap?: (store: GovernanceStore) => GovernanceStore
  readonly directory?: GovernanceOptions['directory']
  /** Generated keys begin behind this number: for a database that another harness has written to. */
  readonly firstId?: number
}

export interface Harness {
  readonly clock: VirtualClock
  readonly memory: MemoryStore
  readonly store: GovernanceStore
  readonly policy: Policy
  readonly governance: Governance
  readonly told: Delivery[]
  /** Another process over the same database. */
  readonly another: (over?: Partial<GovernanceOptions>) => Governance
}

/** Monday, 2 March 2026, 9:00 in Shanghai. */
export const monday = '2026-03-02T09:00:00+08:00'

/** The manufacturer's policy as the test wants it. */
export function policyWith(patch: PolicyPatch = {}): Policy {
  return loadPolicy(laidOver(presets.manufacturerCn as never, patch))
}

/** Objects are laid over each other key by key; of everything else the one above counts. */
export function laidOver(below: PolicyPatch, above: PolicyPatch): PolicyPatch {
  const isObject = (v: unknown): v is PolicyPatch => typeof v === 'object' && v !== null && !Array.isArray(v)
  const entries = Object.entries(above).map(([key, value]) => {
    const under = below[key]
    return [key, isObject(value) && isObject(under) ? laidOver(under, value) : value] as const
  })
  return { ...below, ...Object.fromEntries(entries) }
}
const plain = policyWith()
/** Many stories are played under the same few patches. */
const patched = new WeakMap<PolicyPatch, Policy>()
function policyOf(patch: PolicyPatch): Policy {
  const made = patched.get(patch) ?? policyWith(patch)
  patched.set(patch, made)
  return made
}

/** Store in memory, virtual clock, demo directory, handlers that keep what they are told. */
export function createHarness(options: HarnessOptions = {}): Harness {
  const clock = createVirtualClock(options.start ?? monday)
  const facts = options.facts ?? { acme: factsOf('acme') }
  const accounts = Object.entries(facts).map(([accountId, of]) => ({
    accountId,
    name: accountId.toUpperCase(),
    region: null,
    parentId: null,
    ...(of === null ? {} : { facts: of }),
  }))
  const memory = createMemoryStore({ clock: clock.now, accounts, ...options.store })
  const store = options.wrap?.(memory) ?? memory
  const policy = options.policy === undefined ? plain : policyOf(options.policy)
  const told: Delivery[] = []
  let ids = options.firstId ?? 0
  const handlers =
    options.handlers === null
      ? undefined
      : (options.handlers ?? {
          default: (delivery: Delivery) => {
            told.push(delivery)
            return Promise.resolve()
          },
        })
  const another = (over: Partial<GovernanceOptions> = {}): Governance =>
    createGovernance({
      store,
      policy,
      host: { clock: clock.now, newId: () => `id-${String((ids += 1))}`, newSalt: () => 'salt' },
      ...(handlers === undefined ? {} : { handlers }),
      ...(options.mode === undefined ? {} : { mode: options.mode }),
      ...(options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts }),
      ...(options.directory === undefined ? {} : { directory: options.directory }),
      ...over,
    })
  return { clock, memory, store, policy, told, another, governance: another() }
}

/** The accepted result, or a failure that shows every refusal. */
export function ok(result: Result): Accepted {
  if (result.ok) return result
  throw new Error(`refused in ${result.state}: ${JSON.stringify(result.refusals, null, 1)}`)
}

/** The codes of a refused result; of an accepted one `['accepted']`. */
export function codes(result: Result): readonly string[] {
  return result.ok ? ['accepted'] : result.refusals.map((r) => r.code)
}

/** The refusals of a refused result; none where nothing was refused. */
export const refusalsOf = (result: Result | null | undefined): readonly Refusal[] => (result?.ok === false ? result.refusals : [])

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Journals of all instances, without what differs from run to run: keys and the hashes over them. */
export async function journals(store: GovernanceStore): Promise<{ readonly [id: string]: readonly unknown[] }> {
  const all = Object.entries(await wholeJournal(store))
  return Object.fromEntries(all.map(([id, entries]) => [id, entries.map(essence)]))
}

/** Every entry of every instance, to the last character. */
export async function wholeJournal(store: GovernanceStore): Promise<{ readonly [id: string]: readonly JournalEntry[] }> {
  const all: Record<string, readonly JournalEntry[]> = {}
  for await (const { instanceId } of store.find({})) all[instanceId] = await collect(store.history(instanceId))
  return all
}

function essence(entry: JournalEntry): unknown {
  const { idempotencyKey: _, hash: __, previousHash: ___, commandHash: ____, ...rest } = entry
  return rest
}

/** Sweeps until nothing is due and no effect can be carried out any more. */
export async function sweepAll(governance: Governance): Promise<void> {
  for (let i = 0; i < 50; i += 1) {
    const swept = await governance.sweep()
    if (swept.failed.length > 0) throw new Error(JSON.stringify(swept.failed))
    if (swept.rungs === 0 && swept.effects.delivered === 0) return
  }
  throw new Error('the sweep does not come to an end')
}
