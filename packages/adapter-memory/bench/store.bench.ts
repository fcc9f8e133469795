/** What the memory store costs, side by side in one run: `pnpm bench store`. */
import { createMemoryStore, type MemoryStore } from '@ka-governance/adapter-memory'
import { makeCommit } from '@ka-governance/core/conformance'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

function medianOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

/** A store with so many instances, a thousand of them due at 5. Rows are put in place directly: only reading is measured. */
function storeWith(instances: number): MemoryStore {
  const store = createMemoryStore()
  const { projection } = makeCommit({ instanceId: 'cmp-0' })
  const visible = JSON.stringify(projection)
  const table = store.client.table('instances')
  for (let n = 0; n < instances; n += 1) {
    const dueAt = n % (instances / 1000) === 0 ? 5 : 1000 + ((n * 7919) % 999_983)
    const columns = { accountId: `acc-${String(n)}`, state: 'open', open: true, visible, visibleSeq: 1, projection: visible }
    store.client.timetable().move(`cmp-${String(n)}`, 'complaint', null, dueAt)
    table.insert({
      instanceId: `cmp-${String(n)}`,
      kind: 'complaint',
      seq: 1,
      hash: '',
      at: 1,
      snapshotHash: '',
      snapshot: '{}',
      dueAt,
      ...columns,
    })
  }
  return store
}

async function timeOfDue(store: MemoryStore): Promise<number> {
  const start = performance.now()
  const hits = await store.due({ at: 5, limit: 5000 })
  const time = performance.now() - start
  if (hits.length !== 1000) throw new Error(`${String(hits.length)} due instead of 1000`)
  return time
}

/** A sweep's question costs what is due, not what exists. */
export async function benchDue(): Promise<Row[]> {
  const [small, large] = [storeWith(10_000), storeWith(1_000_000)]
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < 120; round += 1) {
    const pair = [await timeOfDue(small), await timeOfDue(large)]
    if (round < 20) continue
    times[0].push(pair[0] ?? 0)
    times[1].push(pair[1] ?? 0)
  }
  const [few, many] = [medianOf(times[0]), medianOf(times[1])]
  return [
    {
      name: '1,000 due among 1,000,000',
      ratio: many / few,
      note: 'the time of 1,000 due among 10,000',
      detail: `${(many * 1000).toFixed(0)} µs beside ${(few * 1000).toFixed(0)} µs`,
    },
  ]
}

/** A commit beside the least that any store of text must do: writing entry and projection as JSON. */
export async function benchCommit(): Promise<Row[]> {
  const size = 4000
  const [commits, texts]: [number[], number[]] = [[], []]
  for (let round = 0; round < 9; round += 1) {
    const store = createMemoryStore()
    const plans = Array.from({ length: size }, (_, n) => makeCommit({ instanceId: `cmp-${String(n)}`, effects: ['notify'] }))
    let start = performance.now()
    for (const plan of plans) await store.commit([plan])
    commits.push((performance.now() - start) / size)
    let characters = 0
    start = performance.now()
    for (const { entry, projection } of plans) characters += JSON.stringify(entry).length + JSON.stringify(projection).length
    texts.push((performance.now() - start) / size)
    if (characters === 0) throw new Error('nothing was written')
  }
  const [commit, text] = [medianOf(commits), medianOf(texts)]
  return [
    {
      name: 'one commit',
      ratio: commit / text,
      note: 'the time of JSON.stringify of its entry and projection',
      detail: `${(commit * 1000).toFixed(1)} µs beside ${(text * 1000).toFixed(1)} µs`,
    },
  ]
}
