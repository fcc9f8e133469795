// A portal without custom objects: the journal is the host's, what people see stays on tickets, companies and deals.
import { createHubSpotStore } from '@ka-governance/adapter-hubspot'
import { conformanceCases, makeCommit, runCase } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { hostedSubject, starter } from './hosted.ts'
import { storeOn } from './subject.ts'

const hosted = () => {
  const { fake, journal } = starter()
  return hostedSubject(fake, journal)
}

describe('with a journal of the host the HubSpot store keeps every promise of the port that it declares', () => {
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async ({ skip }) => {
      const result = await runCase(each, hosted())
      if (result.status === 'skipped') skip(result.reason)
      if (result.status === 'failed') throw result.error
    })
})

test('the portal is asked for nothing but what people see', async () => {
  const { fake, journal } = starter()
  const store = storeOn(fake, { journal })
  expect(store.capabilities.consistentQueries).toBe(true)
  await store.commit([makeCommit({ instanceId: 'cmp-1', effects: ['notify'], personal: ['Ms Li'], nextDueAt: 1000 })])
  await store.commit([makeCommit({ instanceId: 'prj-1', kind: 'project' })])
  expect(fake.log.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /crm/objects/2026-09/tickets/batch/upsert'])
  expect(fake.portal.ofType('tickets').map(({ values }) => values.get('kag_state'))).toEqual(['open'])
  expect(await store.due({ at: 1000, limit: 10 })).toMatchObject([{ instanceId: 'cmp-1' }])
  expect(fake.log).toHaveLength(1)
  // What the host's journal holds of people is gone once it is erased.
  expect(await store.personal.erase('cmp-1', 'all')).toBe(1)
  expect(journal.rows('document')).toEqual([])
})

test('a refused record is blocked, and a portal that is away leaves the command standing', async () => {
  const { fake, journal } = starter()
  const store = storeOn(fake, { journal })
  fake.script = () => 'unavailable'
  const commit = makeCommit({ instanceId: 'cmp-1' })
  expect(await store.commit([commit])).toEqual([{ status: 'committed', projection: 'pending' }])
  fake.script = null
  expect((await store.load('cmp-1'))?.shownSeq).toBe(null)
  await store.due({ at: 0, limit: 1 })
  expect((await store.load('cmp-1'))?.shownSeq).toBe(1)
  expect(fake.portal.ofType('tickets')).toHaveLength(1)
  fake.portal.behaviour.rules = [() => ({ code: 'MISSING_REQUIRED_PROPERTY', properties: ['hs_resolution'] })]
  expect(await store.commit([makeCommit({ instanceId: 'cmp-1', seq: 2 })])).toMatchObject([
    { status: 'committed', projection: 'blocked' },
  ])
})

test('what the host’s database throws is an error of the port, without what was written', async () => {
  const { fake, journal } = starter()
  const broken = (): never => {
    throw new Error('duplicate key (Ms Li, 139 0000 0000)')
  }
  const failing = createHubSpotStore({
    client: fake.source,
    fetch: fake.fetch,
    sleep: async () => undefined,
    journal: { ...journal, read: async () => broken(), append: async () => broken() },
  })
  const error: unknown = await failing.load('cmp-1').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'unavailable' })
  expect(JSON.stringify(error) + String(error)).not.toContain('Ms Li')
  expect(await failing.commit([makeCommit({ instanceId: 'cmp-1' })])).toMatchObject([{ status: 'unknown' }])
})
