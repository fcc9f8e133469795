import { createMemoryClient, createMemoryStore, DatabaseError } from '@ka-governance/adapter-memory'
import { makeChain } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { translated } from '../src/errors.ts'
import { resolveOptions } from '../src/options.ts'
import { createStoreOver } from '../src/store.ts'

async function drain(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of items) count += 1
  return count
}

test('a closed database is unavailable for every method, never absent', async () => {
  const store = createMemoryStore()
  store.client.close()
  const calls = [
    store.load('a'),
    store.commit(makeChain('a', 1)),
    store.commit(makeChain('a', 2).map((commit) => ({ ...commit, group: 1 }))),
    store.entryByKey('a', 'k'),
    drain(store.history('a')),
    store.due({ at: 0, limit: 1 }),
    drain(store.find({})),
    store.effects.pending({ limit: 1 }),
    store.effects.ack('a', 'e'),
    store.effects.fail('a', 'e', '', true),
    store.effects.dead({ limit: 1 }),
    store.effects.revive('a', 'e'),
    store.policies.get('p', '1'),
    store.policies.put({ id: 'p', version: '1', hash: '', document: '' }),
    drain(store.policies.list()),
    store.accounts.get('a'),
    drain(store.accounts.list()),
    store.accounts.facts('a'),
    store.project(makeChain('a', 1)[0]?.projection as never),
    store.drift?.(makeChain('a', 1).map(({ projection }) => projection)),
  ]
  const offered = [
    store.loadMany?.(['a']),
    store.entriesByKey?.([{ instanceId: 'a', idempotencyKey: 'k' }]),
    store.agenda?.({ due: { at: 0, limit: 1 }, effects: { limit: 1 } }),
    store.accounts.getMany?.(['a']),
    store.accounts.factsMany?.(['a']),
  ].filter((call) => call !== undefined)
  expect(offered).toHaveLength(5)
  for (const call of await Promise.allSettled([...calls, ...offered]))
    expect(call).toMatchObject({
      status: 'rejected',
      reason: { code: 'unavailable', details: { reason: 'closed' }, retryable: true },
    })
})

test('a database that was not provisioned says so', async () => {
  const store = createStoreOver(createMemoryClient(), resolveOptions({}))
  await expect(store.load('a')).rejects.toMatchObject({ code: 'unavailable', actions: ['Run provision(client) first.'] })
  await expect(store.load('a')).rejects.toHaveProperty('cause', expect.any(DatabaseError))
})

describe('rows that somebody changed by hand', () => {
  const tamperedStore = async (): Promise<ReturnType<typeof createMemoryStore>> => {
    const store = createMemoryStore()
    await store.commit(makeChain('cmp-1', 3, { effects: ['notify'] }))
    return store
  }

  test('an unreadable entry is corrupt', async () => {
    const store = await tamperedStore()
    const events = store.client.table('events')
    const row = events.get('cmp-1-000003')
    if (row === undefined) throw new Error('no row')
    events.update(row, { entry: '{"key":' })
    const corrupt = { code: 'corrupt_record', details: { table: 'events', key: 'cmp-1-000003' }, retryable: false }
    await expect(drain(store.history('cmp-1'))).rejects.toMatchObject(corrupt)
    await expect(store.entryByKey('cmp-1', row.idempotencyKey)).rejects.toMatchObject(corrupt)
    await expect(drain(store.history('cmp-1'))).rejects.toHaveProperty('cause', expect.any(SyntaxError))
    // Loading reads the head beside the snapshot and no entry.
    expect((await store.load('cmp-1'))?.head.seq).toBe(3)
  })

  test('a removed entry is a truncated journal, wherever it is needed', async () => {
    const store = await tamperedStore()
    const events = store.client.table('events')
    for (const key of ['cmp-1-000002', 'cmp-1-000003']) {
      const row = events.get(key)
      if (row !== undefined) events.remove(row)
    }
    await expect(drain(store.history('cmp-1'))).rejects.toMatchObject({
      code: 'journal_truncated',
      details: { key: 'cmp-1-000002' },
    })
    await expect(drain(store.history('cmp-1', 3))).rejects.toMatchObject({
      code: 'journal_truncated',
      details: { key: 'cmp-1-000003' },
    })
    await expect(store.effects.pending({ limit: 9 })).rejects.toMatchObject({ code: 'journal_truncated' })
    expect(await drain(store.history('cmp-1', 4))).toBe(0)
  })

  test('an entry whose effect is gone is corrupt', async () => {
    const store = await tamperedStore()
    const events = store.client.table('events')
    const row = events.get('cmp-1-000001')
    if (row === undefined) throw new Error('no row')
    events.update(row, { entry: row.entry.replace(/"effects":\[.*?\],/, '"effects":[],') })
    await expect(store.effects.pending({ limit: 1 })).rejects.toMatchObject({ code: 'corrupt_record' })
  })
})

test('asking a store without atomicMultiCommit for it is a mistake of the caller', async () => {
  const store = createMemoryStore({ without: ['atomicMultiCommit'] })
  const grouped = makeChain('a', 1).map((commit) => ({ ...commit, group: 1 }))
  await expect(store.commit(grouped)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await store.load('a')).toBeNull()
})

test('all mistakes in the options are named at once', () => {
  const accounts = ['', 'a', 'a'].map((accountId) => ({ accountId, name: 'x', region: null, parentId: null }))
  expect(() => createMemoryStore({ accounts })).toThrow(
    expect.objectContaining({
      findings: [
        expect.objectContaining({ path: 'accounts[0].accountId', code: 'empty' }),
        expect.objectContaining({ path: 'accounts[2].accountId', code: 'twice' }),
      ],
    }) as Error,
  )
})

test('what is not the database’s own failure passes unchanged', () => {
  const mistake = new TypeError('a mistake')
  expect(() =>
    translated(() => {
      throw mistake
    }),
  ).toThrow(mistake)
})
