import { createMemoryStore, createRawWitness } from '@ka-governance/adapter-memory'
import { headOf } from '@ka-governance/core'
import { makeChain, makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'

const visible = makeCommit({ instanceId: 'cmp-1' })

test('the witness reads rows that no store has passed on', async () => {
  const store = createMemoryStore()
  const witness = createRawWitness(store.client)
  expect([witness.event('cmp-1-000001'), witness.projection('cmp-1'), witness.countEvents('cmp-1')]).toEqual([null, null, 0])
  const chain = makeChain('cmp-1', 2)
  await store.commit(chain)
  expect(witness.event('cmp-1-000002')).toEqual(chain[1]?.entry)
  expect(witness.projection('cmp-1')).toEqual(chain[1]?.projection)
  expect(witness.countEvents('cmp-1')).toBe(2)
})

test('a visible record refused by an admin’s rule: the command stands, the record waits, deadlines run', async () => {
  let rule: string | null = 'Region must be filled in'
  const store = createMemoryStore({ projectionRule: () => rule })
  const witness = createRawWitness(store.client)
  const commit = makeCommit({ instanceId: 'cmp-1', nextDueAt: 100 })
  expect(await store.commit([commit])).toEqual([
    { status: 'committed', projection: 'blocked', blockedReason: 'Region must be filled in' },
  ])
  expect(witness.event(commit.entry.key)).toEqual(commit.entry)
  expect(witness.projection('cmp-1')).toBeNull()
  for await (const each of store.find({})) throw new Error(`${each.instanceId} is not visible`)
  expect(await store.due({ at: 100, limit: 1 })).toHaveLength(1)
  expect(await store.project({ ...commit.projection, nextDueAt: 200 })).toBe('blocked')
  expect(await store.due({ at: 100, limit: 1 })).toHaveLength(0)

  rule = null
  expect(await store.project(commit.projection)).toBe('written')
  expect(witness.projection('cmp-1')).toEqual(commit.projection)
})

test('without atomicProjection the visible record follows when it is projected', async () => {
  const store = createMemoryStore({ without: ['atomicProjection'] })
  const [first, second] = makeChain('cmp-1', 2)
  if (first === undefined || second === undefined) throw new Error('two commits')
  expect(await store.commit([first])).toEqual([{ status: 'committed', projection: 'pending' }])
  await store.project(first.projection)
  await store.commit([second])
  expect((await store.load('cmp-1'))?.shownSeq).toBe(1)
  expect((await store.load('cmp-1'))?.head.seq).toBe(2)
  expect(await store.project(second.projection)).toBe('written')
  expect(await store.project(first.projection)).toBe('stale')
  expect(createRawWitness(store.client).projection('cmp-1')).toEqual(second.projection)
})

test('a projection of what never happened is refused', async () => {
  const store = createMemoryStore()
  await expect(store.project(visible.projection)).rejects.toMatchObject({ code: 'corrupt_record' })
  await store.commit([visible])
  await expect(store.project({ ...visible.projection, seq: 2 })).rejects.toMatchObject({
    code: 'corrupt_record',
    details: { head: 1 },
  })
})

test('several stores over one client are several processes over one backend', async () => {
  const one = createMemoryStore()
  const two = createMemoryStore({ client: one.client })
  await one.commit([visible])
  expect((await two.load('cmp-1'))?.head).toEqual(headOf(visible.entry))
  expect(await two.commit([makeCommit({ instanceId: 'cmp-1', idempotencyKey: 'other' })])).toEqual([
    { status: 'conflict', headSeq: 1 },
  ])
})

test('a commit ends the lease on its instance', async () => {
  const store = createMemoryStore({ clock: () => 0 })
  const chain = makeChain('cmp-1', 2, { nextDueAt: 5 })
  const ask = (): ReturnType<typeof store.due> => store.due({ at: 5, limit: 1, leaseMs: 1000 })
  await store.commit(chain.slice(0, 1))
  expect([(await ask()).length, (await ask()).length]).toEqual([1, 0])
  expect(await store.due({ at: 5, limit: 1 })).toHaveLength(1)
  await store.commit(chain.slice(1))
  expect(await ask()).toHaveLength(1)
})
