import { createMemoryStore } from '@ka-governance/adapter-memory'
import { expect, test } from 'vitest'
import { inOneCall, ofMany } from './in-one-call.ts'
import type { GovernanceStore } from './store.ts'

const store: GovernanceStore = createMemoryStore({
  accounts: ['a', 'b'].map((accountId) => ({ accountId, name: accountId, region: null, parentId: null, facts: { accountId } })),
})
const offered = (of: GovernanceStore): readonly string[] =>
  Object.entries(ofMany(of)).flatMap(([name, method]) => (method === undefined ? [] : [name]))
const all = ['loadMany', 'entriesByKey', 'agenda', 'getMany', 'factsMany']

test('spread and put together again, a store offers what it did', async () => {
  expect(offered(store)).toEqual(all)
  const again: GovernanceStore = { ...store, accounts: { ...store.accounts }, effects: { ...store.effects } }
  expect(offered(again)).toEqual(all)
  expect(await ofMany(again).factsMany?.(['b', 'x', 'a'])).toEqual([{ accountId: 'b' }, null, { accountId: 'a' }])
})

test('where a host replaces what answers one, what answers many no longer counts; nothing else is touched', () => {
  const none = (): Promise<null> => Promise.resolve(null)
  const nothing = (): Promise<readonly never[]> => Promise.resolve([])
  const { accounts, effects } = store
  const without = (of: GovernanceStore): readonly string[] => all.filter((name) => !offered(of).includes(name))
  expect(without({ ...store, load: none })).toEqual(['loadMany'])
  expect(without({ ...store, entryByKey: none })).toEqual(['entriesByKey'])
  expect(without({ ...store, due: nothing })).toEqual(['agenda'])
  expect(without({ ...store, effects: { ...effects, pending: nothing } })).toEqual(['agenda'])
  expect(without({ ...store, accounts: { ...accounts, get: none } })).toEqual(['getMany'])
  expect(without({ ...store, accounts: { ...accounts, facts: none } })).toEqual(['factsMany'])
})

test('one that is tied to nothing is taken at its word, and none is none', () => {
  const loadMany = (ids: readonly string[]): Promise<readonly null[]> => Promise.resolve(ids.map(() => null))
  const free: GovernanceStore = { ...store, load: () => Promise.resolve(null), loadMany }
  expect(offered(free)).toEqual(all)
  const { loadMany: _, agenda: __, ...poor } = store
  expect(offered(poor)).toEqual(['entriesByKey', 'getMany', 'factsMany'])
})

test('methods of a class keep their object', async () => {
  class Store {
    readonly heads = ['a']
    load = (): Promise<null> => Promise.resolve(null)
    loadMany(): Promise<readonly null[]> {
      return Promise.resolve(this.heads.map(() => null))
    }
  }
  const own = Object.assign(new Store(), { effects: store.effects, accounts: store.accounts }) as unknown as GovernanceStore
  expect(await ofMany(own).loadMany?.(['a'])).toEqual([null])
})

test('inOneCall gives the very method back', () => {
  const many = (): string => 'many'
  expect(inOneCall(many, store)).toBe(many)
})
