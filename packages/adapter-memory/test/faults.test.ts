import {
  createMemoryStore,
  createRawWitness,
  faultScript,
  SimulatedCrash,
  storeMethods,
  withFaults,
} from '@ka-governance/adapter-memory'
import type { GovernanceStore } from '@ka-governance/core'
import { makeChain, makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'

const commit = makeCommit({ instanceId: 'cmp-1', effects: ['notify'] })
const account = { accountId: 'acc-1', name: 'Acme', region: null, parentId: null }

async function drain(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The answer of a method that a store may lack, and that memory's has. */
function offered<T>(answer: Promise<T> | undefined): Promise<T> {
  if (answer === undefined) throw new Error('not offered')
  return answer
}

/** One call of every method, by its name in scripts. */
function callAll(store: GovernanceStore): Record<(typeof storeMethods)[number], () => Promise<unknown>> {
  return {
    load: () => store.load('cmp-1'),
    loadMany: () => offered(store.loadMany?.(['cmp-1', 'cmp-2'])),
    commit: () => store.commit([commit]),
    entryByKey: () => store.entryByKey('cmp-1', 'key-1'),
    entriesByKey: () => offered(store.entriesByKey?.([{ instanceId: 'cmp-1', idempotencyKey: 'key-1' }])),
    history: () => drain(store.history('cmp-1')),
    due: () => store.due({ at: 0, limit: 1 }),
    agenda: () => offered(store.agenda?.({ due: { at: 0, limit: 1 }, effects: { limit: 1 } })),
    find: () => drain(store.find({})),
    'effects.pending': () => store.effects.pending({ limit: 1 }),
    'effects.ack': () => store.effects.ack('cmp-1', 'x'),
    'effects.fail': () => store.effects.fail('cmp-1', 'x', 'why', false),
    'effects.dead': () => store.effects.dead({ limit: 1 }),
    'effects.revive': () => store.effects.revive('cmp-1', 'x'),
    'personal.read': () => store.personal.read('cmp-1'),
    'personal.erase': () => store.personal.erase('cmp-1', 'all'),
    'policies.get': () => store.policies.get('p', '1'),
    'policies.put': () => store.policies.put({ id: 'p', version: '1', hash: 'h', document: '{}' }),
    'policies.list': () => drain(store.policies.list()),
    'accounts.get': () => store.accounts.get('acc-1'),
    'accounts.list': () => drain(store.accounts.list()),
    'accounts.facts': () => store.accounts.facts('acc-1'),
    'accounts.getMany': () => offered(store.accounts.getMany?.(['acc-1', 'acc-2'])),
    'accounts.factsMany': () => offered(store.accounts.factsMany?.(['acc-1'])),
    project: () => store.project(commit.projection),
    drift: () => offered(store.drift?.([commit.projection])),
    'inbox.pending': () => offered(store.inbox?.pending({ limit: 1 })),
    'inbox.answer': () => offered(store.inbox?.answer([])),
  }
}

describe.each(storeMethods)('%s', (method) => {
  const setUp = async (): Promise<{ call: () => Promise<unknown>; faults: ReturnType<typeof faultScript> }> => {
    const plain = createMemoryStore({ accounts: [account] })
    if (method !== 'commit') await plain.commit([commit])
    const faults = faultScript()
    return { call: callAll(withFaults(plain, faults))[method], faults }
  }

  test('answers as the store does when nothing is scripted, and is logged', async () => {
    const { call, faults } = await setUp()
    const plain = createMemoryStore({ accounts: [account] })
    if (method !== 'commit') await plain.commit([commit])
    expect(await call()).toEqual(await callAll(plain)[method]())
    expect(faults.calls).toEqual([{ number: 1, method, methodNumber: 1, fault: null }])
  })

  test.each([
    ['outage', 'unavailable'],
    ['throttled', 'throttled'],
  ] as const)('%s is thrown as %s', async (fault, code) => {
    const { call, faults } = await setUp()
    faults.next(fault, method)
    await expect(call()).rejects.toMatchObject({ code, retryable: true, details: { method } })
    expect(faults.unplayed).toBe(0)
  })

  test('a crash is no governance error', async () => {
    const { call, faults } = await setUp()
    faults.next('crashBefore').at(2, 'crashAfter')
    await expect(call()).rejects.toBeInstanceOf(SimulatedCrash)
    await expect(call()).rejects.toThrow(`simulated crash after ${method}`)
    expect(await call()).not.toBeInstanceOf(Error)
  })

  test('a lost answer is never taken for one', async () => {
    const { call, faults } = await setUp()
    faults.next('lostAnswer')
    if (method === 'commit') expect(await call()).toEqual([{ status: 'unknown', reason: 'the answer was lost' }])
    else await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(/^un(available|known_outcome)$/) as string })
  })
})

test('what a lost or refused commit leaves behind', async () => {
  const remains = async (
    fault: 'lostAnswer' | 'lostRequest' | 'conflict' | 'crashBefore' | 'crashAfter' | 'outage',
  ): Promise<number> => {
    const store = createMemoryStore({ faults: faultScript().on('commit', 1, fault) })
    await store.commit([commit]).catch(() => null)
    return createRawWitness(store.client).countEvents('cmp-1')
  }
  expect(await remains('lostAnswer')).toBe(1)
  expect(await remains('crashAfter')).toBe(1)
  for (const fault of ['lostRequest', 'conflict', 'crashBefore', 'outage'] as const) expect(await remains(fault)).toBe(0)
})

test('a spurious conflict answers every commit of the call', async () => {
  const store = createMemoryStore({ faults: faultScript().on('commit', 1, 'conflict') })
  const chain = makeChain('cmp-1', 2)
  expect(await store.commit(chain)).toEqual([
    { status: 'conflict', headSeq: null },
    { status: 'conflict', headSeq: null },
  ])
  expect(await store.commit(chain)).toMatchObject([{ status: 'committed' }, { status: 'committed' }])
})

test('a stream whose answer is lost breaks after its first item', async () => {
  const store = createMemoryStore({ faults: faultScript().on('history', 1, 'lostAnswer') })
  await store.commit(makeChain('cmp-1', 3))
  const seen: number[] = []
  await expect(async () => {
    for await (const entry of store.history('cmp-1')) seen.push(entry.seq)
  }).rejects.toMatchObject({ code: 'unavailable' })
  expect(seen).toEqual([1])
})

test('slow lets the other caller go first', async () => {
  const store = createMemoryStore({ faults: faultScript().at(1, { slow: 50 }) })
  const [slow, fast] = await Promise.all(
    ['slow', 'fast'].map((idempotencyKey) => store.commit([makeCommit({ instanceId: 'cmp-1', idempotencyKey })])),
  )
  expect(slow).toEqual([{ status: 'conflict', headSeq: 1 }])
  expect(fast).toMatchObject([{ status: 'committed' }])
})

test('calls are counted overall and by method; the line for a call is played once', async () => {
  const faults = faultScript().on('load', 2, 'outage').at(4, 'throttled')
  const store = createMemoryStore({ faults })
  await store.load('a')
  await store.due({ at: 0, limit: 1 })
  expect(faults.unplayed).toBe(2)
  await expect(store.load('a')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(store.load('a')).rejects.toMatchObject({ code: 'throttled' })
  expect(await store.load('a')).toBeNull()
  expect([faults.count(), faults.count('load'), faults.count('due'), faults.count('commit'), faults.unplayed]).toEqual([
    5, 4, 1, 0, 0,
  ])
  expect(faults.calls.map(({ fault }) => fault)).toEqual([null, null, 'outage', 'throttled', null])
})

test('a line passed over by another one stays unplayed', async () => {
  const faults = faultScript().at(1, 'outage').on('load', 1, 'throttled')
  await expect(createMemoryStore({ faults }).load('a')).rejects.toMatchObject({ code: 'unavailable' })
  expect(faults.unplayed).toBe(1)
})

test('a line that can never be played is refused when it is written', async () => {
  const faults = faultScript()
  await createMemoryStore({ faults }).load('a')
  const refused = expect.objectContaining({ code: 'invalid_input' }) as Error
  expect(() => faults.at(1, 'outage')).toThrow(refused)
  expect(() => faults.on('load', 1, 'outage')).toThrow(refused)
  expect(() => faults.on('load', 2, 'conflict')).toThrow(refused)
  expect(() => faults.at(1.5, 'outage')).toThrow(refused)
  expect(() => faults.at(2, 'outage').at(2, 'slow')).toThrow(refused)
})

test('what a store does not offer, the faulty one does not either', () => {
  const { loadMany: _, entriesByKey: __, agenda: ___, ...plain } = createMemoryStore()
  const { getMany: ____, factsMany: _____, ...accounts } = plain.accounts
  const faulty = withFaults({ ...plain, accounts }, faultScript())
  expect([faulty.loadMany, faulty.entriesByKey, faulty.agenda, faulty.accounts.getMany, faulty.accounts.factsMany]).toEqual(
    Array.from({ length: 5 }),
  )
})
