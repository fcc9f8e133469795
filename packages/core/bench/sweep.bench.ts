import { createMemoryStore, type MemoryStore } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets, type Governance } from '@ka-governance/core'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const start = Date.UTC(2026, 2, 2, 1, 0)
const due = 1000

interface World {
  readonly governance: Governance
  readonly store: MemoryStore
  readonly travel: (to: number) => void
}

/** A store in which a thousand complaints fall due, among so many instances in all; the others are rows that are due much later. */
async function world(instances: number): Promise<World> {
  let now = start
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const store = createMemoryStore({ clock: () => now })
  const governance = createGovernance({ store, policy, host: { clock: () => now } })
  await governance.account.adopt(
    { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
    { actor: 'u-liu' },
  )
  for (let i = 0; i < due; i += 1) {
    const opened = await governance.complaint.open(
      {
        accountId: 'acme',
        matter: 'cracked flange',
        contact: 'Ms Li',
        expectedSolution: 'replacement',
        channel: 'hotline',
        severity: 'major',
        about: 'product',
        receivedAt: start,
      },
      { actor: 'u-huang', idempotencyKey: `open-${String(i)}` },
    )
    if (!opened.ok) throw new Error(JSON.stringify(opened.refusals))
  }
  fill(store, instances - due)
  return {
    governance,
    store,
    travel: (to) => {
      now = to
    },
  }
}

function fill(store: MemoryStore, count: number): void {
  const table = store.client.table('instances')
  const visible = JSON.stringify({ instanceId: 'x' })
  for (let n = 0; n < count; n += 1) {
    const instanceId = `later-${String(n)}`
    const dueAt = start + 10 ** 11 + ((n * 7919) % 999_983)
    store.client.timetable().move(instanceId, 'complaint', null, dueAt)
    const head = { seq: 1, hash: '', at: start, snapshotHash: '' }
    const shown = { visible, visibleSeq: 1, accountId: 'later', state: 'received', open: true }
    table.insert({ instanceId, kind: 'complaint', ...head, snapshot: '{}', projection: visible, dueAt, ...shown })
  }
}

async function sweepIn(w: World): Promise<number> {
  w.travel(start + 5 * 3_600_000)
  const before = performance.now()
  const swept = await w.governance.sweep({ limit: 10_000, effects: 0 })
  const time = performance.now() - before
  if (swept.settled !== due) throw new Error(`${String(swept.settled)} settled instead of ${String(due)}`)
  return time
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** A whole sweep, settling included: it costs what is due, not what exists. Each world is swept once; several of each are made. */
export async function benchSweep(): Promise<Row[]> {
  const times: [number[], number[]] = [[], []]
  for (let pass = 0; pass < 4; pass += 1) {
    const pair = [await sweepIn(await world(10_000)), await sweepIn(await world(1_000_000))] as const
    // The first pass warms up.
    if (pass > 0) for (const i of [0, 1] as const) times[i].push(pair[i])
  }
  const [few, many] = [median(times[0]), median(times[1])]
  return [
    {
      name: 'sweep of 1,000 due among 1,000,000 : among 10,000',
      ratio: many / few,
      note: 'aim: under 2',
      detail: `${many.toFixed(0)} ms beside ${few.toFixed(0)} ms`,
    },
  ]
}

/** Characters that an instance takes: its snapshot, and all its entries, after intake and hand-off. */
export async function benchBytes(): Promise<Row[]> {
  const w = await world(due)
  let snapshot = 0
  let entries = 0
  for await (const shown of w.store.find({ kind: 'complaint' })) {
    snapshot += (await w.store.load(shown.instanceId))?.snapshot.length ?? 0
    for await (const entry of w.governance.complaint.history(shown.instanceId)) entries += JSON.stringify(entry).length
  }
  const detail = `snapshot ${(snapshot / due).toFixed(0)} characters · journal ${(entries / due).toFixed(0)} characters, one entry`
  return [{ name: 'journal : snapshot of a fresh complaint', ratio: entries / snapshot, note: 'characters of JSON', detail }]
}
