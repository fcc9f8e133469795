import {
  checkDump,
  createMemoryClient,
  createMemoryStore,
  createRawWitness,
  createVirtualClock,
  dumpMemory,
  editRecord,
  faultScript,
  provision,
  restoreMemory,
  withFaults,
  type MemoryDump,
  type MemoryStore,
} from '@ka-governance/adapter-memory'
import { createGovernance, InvalidInputError, loadPolicy, presets, type GovernanceStore } from '@ka-governance/core'
import { conformanceCases, runCase, type ConformanceSubject } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { inboxWitness, memorySubject } from './subject.ts'

/** The answer of a method that a store may lack, and that memory's has. */
function offered<T>(answer: Promise<T> | undefined): Promise<T> {
  if (answer === undefined) throw new Error('not offered')
  return answer
}

/** As a file would keep it. */
const written = (store: MemoryStore): MemoryDump => JSON.parse(JSON.stringify(store.dump())) as MemoryDump

/** A store that is dumped and restored before every single call: what a dump forgets, a case misses. */
function forgetfulSubject(): ConformanceSubject {
  const { accounts } = memorySubject()
  const clock = createVirtualClock('2026-01-05T09:00:00+08:00')
  const faults = faultScript()
  let inner = createMemoryStore({ accounts: accounts.map((a) => ({ ...a, facts: { orders: [1] } })), clock: clock.now })
  const again = (): MemoryStore => (inner = createMemoryStore({ from: written(inner), clock: clock.now }))
  const store: GovernanceStore = {
    name: inner.name,
    capabilities: inner.capabilities,
    load: (id) => again().load(id),
    loadMany: (ids) => offered(again().loadMany?.(ids)),
    commit: (commits) => again().commit(commits),
    entryByKey: (id, key) => again().entryByKey(id, key),
    entriesByKey: (keys) => offered(again().entriesByKey?.(keys)),
    history: (id, from) => again().history(id, from),
    due: (query) => again().due(query),
    agenda: (query) => offered(again().agenda?.(query)),
    find: (query) => again().find(query),
    project: (projection) => again().project(projection),
    inbox: { pending: (query) => again().inbox.pending(query), answer: (answers) => again().inbox.answer(answers) },
    drift: (projections) => again().drift?.(projections) ?? Promise.resolve([]),
    effects: {
      pending: (query) => again().effects.pending(query),
      ack: (id, effect) => again().effects.ack(id, effect),
      fail: (id, effect, reason, dead, options) => again().effects.fail(id, effect, reason, dead, options),
      dead: (query) => again().effects.dead(query),
      revive: (id, effect) => again().effects.revive(id, effect),
    },
    personal: { read: (id) => again().personal.read(id), erase: (id, ids) => again().personal.erase(id, ids) },
    policies: {
      get: (id, version) => again().policies.get(id, version),
      put: (record) => again().policies.put(record),
      list: (id) => again().policies.list(id),
    },
    accounts: {
      get: (id) => again().accounts.get(id),
      list: (query) => again().accounts.list(query),
      facts: (id) => again().accounts.facts(id),
      getMany: (ids) => offered(again().accounts.getMany?.(ids)),
      factsMany: (ids) => offered(again().accounts.factsMany?.(ids)),
    },
  }
  return {
    store: withFaults(store, faults),
    witness: {
      event: (key) => createRawWitness(inner.client).event(key),
      projection: (id) => createRawWitness(inner.client).projection(id),
      countEvents: (id) => createRawWitness(inner.client).countEvents(id),
      documents: (id) => createRawWitness(inner.client).documents(id),
    },
    accounts,
    advance: clock.advance,
    disturb: (kind) => faults.next(kind),
    inbox: {
      author: inboxWitness(inner).author,
      submit: (command) => inboxWitness(inner).submit(command),
      read: (id) => inboxWitness(inner).read(id),
    },
    byHand: (id) => editRecord(inner.client, id, { values: { state: 'by hand' } }),
  }
}

describe('a store that is written down and read back before every call keeps every promise of the port', () => {
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async () => {
      const result = await runCase(each, forgetfulSubject())
      if (result.status === 'skipped') throw new Error(result.reason)
      if (result.status === 'failed') throw result.error
    })
})

describe('what is no dump is refused before a row is stored', () => {
  const dump = createMemoryStore({ accounts: [{ accountId: 'a-1', name: 'A', region: null, parentId: null }] }).dump()
  const account = dump.tables.accounts[0] ?? {}
  const hostile: readonly (readonly [string, unknown, string])[] = [
    ['nothing', null, 'format'],
    ['a list', [], 'format'],
    ['another format', { ...dump, format: 'x' }, 'format'],
    ['a newer version', { ...dump, version: 2 }, 'version'],
    ['no tables', { ...dump, tables: undefined }, 'tables'],
    ['a table that is no list', { ...dump, tables: { ...dump.tables, events: {} } }, 'tables.events'],
    ['an unknown table', { ...dump, tables: { ...dump.tables, more: [] } }, 'tables.more'],
    ['a row that is none', { ...dump, tables: { ...dump.tables, leases: [null] } }, 'tables.leases[0]'],
    [
      'a wrong column',
      { ...dump, tables: { ...dump.tables, leases: [{ instanceId: 'x', until: '1' }] } },
      'tables.leases[0].until',
    ],
    [
      'an infinite number',
      { ...dump, tables: { ...dump.tables, leases: [{ instanceId: 'x', until: Infinity }] } },
      'tables.leases[0].until',
    ],
    ['a column more', { ...dump, tables: { ...dump.tables, accounts: [{ ...account, more: 1 }] } }, 'tables.accounts[0].more'],
    ['a row twice', { ...dump, tables: { ...dump.tables, accounts: [account, account] } }, 'tables.accounts[1]'],
    [
      'a key that is not made of its columns',
      {
        ...dump,
        tables: { ...dump.tables, events: [{ key: 'x-000001', instanceId: 'y', seq: 1, idempotencyKey: 'k', entry: '{}' }] },
      },
      'tables.events[0]',
    ],
  ]
  test.each(hostile)('%s', (_, from, path) => {
    const client = createMemoryClient()
    provision(client)
    let findings: InvalidInputError['findings'] = []
    try {
      restoreMemory(client, from)
    } catch (error) {
      if (error instanceof InvalidInputError) ({ findings } = error)
    }
    expect(findings.map((f) => f.path)).toContain(path)
    expect(findings.every((f) => f.remedy !== '')).toBe(true)
    expect(Object.values(dumpMemory(client).tables).flat()).toEqual([])
  })

  test('a database with rows takes none', () => {
    const store = createMemoryStore({ from: dump })
    expect(() => restoreMemory(store.client, dump)).toThrow(InvalidInputError)
    expect(store.dump()).toEqual(dump)
  })

  test('accounts given beside it are the newer ones', async () => {
    const store = createMemoryStore({ from: dump, accounts: [{ accountId: 'a-1', name: 'B', region: 'east', parentId: null }] })
    expect(await store.accounts.get('a-1')).toEqual({ accountId: 'a-1', name: 'B', region: 'east', parentId: null })
    const ids: string[] = []
    for await (const { accountId } of store.accounts.list()) ids.push(accountId)
    expect(ids).toEqual(['a-1'])
  })
})

describe('a dump whose journals and heads do not belong together is refused, also where no known heads tell', () => {
  const of = async (): Promise<MemoryDump> => {
    const ids = ['a-1', 'a-2']
    const store = createMemoryStore({
      accounts: ids.map((accountId) => ({ accountId, name: accountId, region: null, parentId: null })),
    })
    const policy = loadPolicy(presets.manufacturerCn)
    const governance = createGovernance({ store, policy, host: { clock: () => Date.parse('2026-03-02T10:00:00+08:00') } })
    const [actor = ''] = Object.entries(policy.directory?.people ?? {}).find(([, p]) => p.roles.includes('sales.head')) ?? []
    for (const accountId of ids)
      await governance.account.adopt(
        { accountId, name: accountId, region: null, isKeyAccount: true, tier: 'B', manager: null, history: 'x' },
        { actor },
      )
    return written(store)
  }
  const cases: readonly (readonly [string, (tables: MemoryDump['tables']) => Partial<MemoryDump['tables']>, string])[] = [
    ['an entry without its instance', ({ instances }) => ({ instances: instances.slice(1) }), 'tables.events[0]'],
    ['an instance without an entry', ({ events }) => ({ events: events.slice(1), effects: [] }), 'tables.instances[0]'],
    [
      'an entry behind the head',
      ({ events }) => {
        const [first] = events
        if (first === undefined) throw new Error('no entry')
        return { events: [...events, { ...first, key: first.key.replace(/.$/, '2'), seq: 2, idempotencyKey: 'other' }] }
      },
      'tables.events[2]',
    ],
    [
      'a head that is another entry',
      ({ instances }) => ({ instances: instances.map((row) => ({ ...row, hash: '0'.repeat(64) })) }),
      'tables.instances[0]',
    ],
    [
      'a head of another snapshot',
      ({ instances }) => ({ instances: instances.map((row) => ({ ...row, snapshotHash: '0'.repeat(64) })) }),
      'tables.instances[0]',
    ],
    [
      'a head beyond every journal',
      ({ instances }) => ({ instances: instances.map((row) => ({ ...row, seq: Number.MAX_SAFE_INTEGER })) }),
      'tables.instances[0]',
    ],
    [
      'an effect without its entry',
      ({ events }) => ({
        effects: [
          {
            id: `${String(events[0]?.instanceId.length)}:${events[0]?.instanceId ?? ''}e`,
            instanceId: events[0]?.instanceId ?? '',
            effectId: 'e',
            type: 't',
            eventKey: 'none',
            position: 0,
            ordinal: 1,
            attempts: 0,
            deadReason: null,
            retryAt: null,
          },
        ],
      }),
      'tables.effects[0]',
    ],
    ...[2, 0, 1.5].map((seq): readonly [string, (tables: MemoryDump['tables']) => Partial<MemoryDump['tables']>, string] => [
      `a personal document of entry ${String(seq)}, which is not there`,
      ({ events }) => {
        const instanceId = events[0]?.instanceId ?? ''
        const id = `${String(instanceId.length)}:${instanceId}d`
        return { documents: [{ id, instanceId, documentId: 'd', seq, document: '{}' }] }
      },
      'tables.documents[0]',
    ]),
  ]
  test.each(cases)('%s', async (_, change, path) => {
    const dump = await of()
    expect(dump.tables.events.length).toBe(2)
    expect(checkDump(dump)).toEqual([])
    const broken = { ...dump, tables: { ...dump.tables, ...change(dump.tables) } }
    expect(checkDump(broken)).toContainEqual(expect.objectContaining({ path, code: 'corrupt_record' }))
    expect(() => createMemoryStore({ from: broken })).toThrow(InvalidInputError)
  })
})
