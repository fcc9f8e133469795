import { createMemoryClient, createMemoryStore, provision, schema } from '@ka-governance/adapter-memory'
import { makeChain } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'

const names = Object.keys(schema)

test('creates what is missing, once, and reports it', () => {
  const client = createMemoryClient()
  expect(provision(client, { dryRun: true })).toEqual({ created: names, existing: [] })
  expect(client.tableNames()).toEqual([])
  client.createTable('events')
  expect(provision(client)).toEqual({ created: names.filter((name) => name !== 'events'), existing: ['events'] })
  expect(provision(client)).toEqual({ created: [], existing: names })
})

test('leaves rows alone', async () => {
  const store = createMemoryStore()
  await store.commit(makeChain('cmp-1', 2))
  provision(store.client)
  expect((await store.load('cmp-1'))?.head.seq).toBe(2)
})
