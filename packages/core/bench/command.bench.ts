import { createMemoryStore, type MemoryStore } from '@ka-governance/adapter-memory'
import { createGovernance, defaultHost, demoDirectory, loadPolicy, presets, type Governance } from '@ka-governance/core'
import { complaintMachine } from '@ka-governance/core/machines'
import { transition } from 'xstate'
import type { JsonValue } from '@ka-governance/core'
import { canonicalJson, sha256Hex } from '../src/rules/index.ts'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const start = Date.UTC(2026, 2, 2, 1, 0)
const rounds = 400

interface World {
  readonly governance: Governance
  readonly store: MemoryStore
  readonly ids: readonly string[]
}

async function world(sha256: (text: string) => string): Promise<World> {
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const store = createMemoryStore({ clock: () => start, accounts: [] })
  const governance = createGovernance({ store, policy, host: { clock: () => start, sha256 } })
  await governance.account.adopt(
    { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
    { actor: 'u-liu' },
  )
  const ids: string[] = []
  for (let i = 0; i < rounds; i += 1) {
    const opened = await governance.complaint.open(
      {
        accountId: 'acme',
        matter: 'cracked flange',
        contact: 'Ms Li',
        expectedSolution: 'replacement',
        channel: Object.keys(policy.complaint.channels)[0] ?? '',
        severity: policy.complaint.severities[0]?.id ?? '',
        about: 'product',
        receivedAt: start,
      },
      { actor: 'u-huang', idempotencyKey: `open-${String(i)}` },
    )
    if (!opened.ok) throw new Error(JSON.stringify(opened.refusals))
    ids.push(opened.id)
  }
  return { governance, store, ids }
}

/** One command on each of many instances: microseconds a command. */
async function governed(w: World): Promise<number> {
  const before = performance.now()
  for (const id of w.ids) {
    const result = await w.governance.complaint.send(
      id,
      { type: 'contain', measure: 'stop shipping lot 7' },
      { actor: 'u-huang' },
    )
    if (!result.ok) throw new Error(JSON.stringify(result.refusals))
  }
  return ((performance.now() - before) * 1000) / w.ids.length
}

/** The same step by XState alone: the bare public call, on a snapshot that is at hand. */
async function bare(w: World): Promise<number> {
  const policy = w.governance.policy.own
  const view = await w.governance.complaint.get(w.ids[0] ?? '')
  const snapshot = complaintMachine.resolveState({ value: { inProgress: 'received' }, context: view?.context as never })
  const event = {
    type: 'contain',
    command: { type: 'contain', measure: 'stop shipping lot 7' },
    at: start,
    actor: { id: 'u-huang', roles: [] },
    policy,
    inputs: {},
    instanceId: 'x',
  } as const
  const before = performance.now()
  for (let i = 0; i < rounds; i += 1) transition(complaintMachine, snapshot, event as never)
  return ((performance.now() - before) * 1000) / rounds
}

/** What a command's own parts take: reading and writing the snapshot's and the entry's text, hashing them, and the store. */
async function parts(w: World): Promise<string> {
  const id = w.ids[0] ?? ''
  const stored = await w.store.load(id)
  const entries = []
  for await (const entry of w.governance.complaint.history(id)) entries.push(entry)
  const entry = entries.at(-1)
  if (stored === null || entry === undefined) throw new Error('nothing to take apart')
  const instance = JSON.parse(stored.snapshot) as JsonValue
  const micros = (work: () => unknown): number => {
    const times: number[] = []
    for (let pass = 0; pass < 9; pass += 1) {
      const before = performance.now()
      for (let i = 0; i < rounds; i += 1) work()
      times.push(((performance.now() - before) * 1000) / rounds)
    }
    return median(times)
  }
  const { sha256 } = defaultHost
  return [
    ['snapshot as canonical text', micros(() => canonicalJson(instance))],
    ['entry as canonical text', micros(() => canonicalJson(entry as unknown as JsonValue))],
    ['three hashes, native', micros(() => [sha256(stored.snapshot), sha256(stored.snapshot), sha256('x')])],
    ['entry and projection into the store', micros(() => [JSON.stringify(entry), JSON.stringify(entry)])],
  ]
    .map(([name, time]) => `${String(name)} ${round(Number(time))} µs`)
    .join(' · ')
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** One governed command, everything included, beside XState's own `transition()` of the same machine and event. */
export async function benchCommand(): Promise<Row[]> {
  const native: number[] = []
  const portable: number[] = []
  const plain: number[] = []
  const withNative = await world(defaultHost.sha256)
  const withPortable = await world(sha256Hex)
  for (let pass = 0; pass < 13; pass += 1) {
    plain.push(await bare(withNative))
    native.push(await governed(withNative))
    portable.push(await governed(withPortable))
  }
  // The first passes warm up.
  const [n, p, b] = [native, portable, plain].map((list) => median(list.slice(4))) as [number, number, number]
  const detail = `governed, native hash ${round(n)} µs · governed, portable hash ${round(p)} µs · transition() ${round(b)} µs`
  const taken = await parts(withNative)
  return [
    { name: 'governed command : transition(), native hash', ratio: n / b, note: 'aim: 1', detail: `${detail} · of it ${taken}` },
    { name: 'governed command : transition(), portable hash', ratio: p / b, note: 'aim: at most 3', detail },
  ]
}

const round = (x: number): string => x.toFixed(1)

if (import.meta.main) for (const row of await benchCommand()) console.log(row.name, row.ratio.toFixed(2), row.detail)
