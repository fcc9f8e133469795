// The index is half a minute behind, shows old hits with new values, and counts what is gone: nothing is decided by it, so nothing is lost by it and nothing happens twice.
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { createHarness, wholeJournal, type Harness } from '../../core/test/support/harness.ts'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import { preparedPortal } from './governed-portal.ts'
import { governedOn, without } from './governed.ts'
import { mapping, storeOn } from './subject.ts'

const lagMs = 30_000

/** Rungs as the journal has them, by their names. */
async function fired(harness: Harness): Promise<readonly string[]> {
  const entries = Object.values(await wholeJournal(harness.store)).flat()
  return entries
    .flatMap(({ instanceId, settled }) =>
      settled.map(({ clock, cycle, revision, rung, dueAt }) => JSON.stringify([instanceId, clock, cycle, revision, rung, dueAt])),
    )
    .sort()
}

test('no deadline is lost, and none fires twice', async () => {
  const memory = createHarness({ store: { without } })
  const { harness, fake } = governedOn({})
  fake.portal.behaviour.lagMs = lagMs
  for (const one of [memory, harness]) {
    await play(one, s.assigned())
    for (let hour = 0; hour < 120; hour += 1) {
      one.clock.advance(3_600_000)
      // A tick of a worker is shorter than the lag: a hit stays for three of them.
      fake.clock.advance(10_000)
      await one.governance.sweep()
    }
  }
  fake.clock.advance(lagMs)
  await harness.governance.sweep()
  const here = await fired(memory)
  expect(here.length).toBeGreaterThanOrEqual(3)
  expect(await fired(harness)).toEqual(here)
  expect(new Set(here).size).toBe(here.length)
  // Everybody is told once of each.
  const ids = harness.told.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(memory.told.length)
})

describe('a list of what is due', () => {
  const at = 10_000
  const seeded = async (count: number) => {
    const fake = preparedPortal(mapping)
    fake.portal.behaviour.lagMs = lagMs
    const store = storeOn(fake)
    await store.commit(Array.from({ length: count }, (_, k) => makeCommit({ instanceId: `i-${String(k)}`, nextDueAt: 1000 + k })))
    return { fake, store, ids: async (limit: number) => (await store.due({ at, limit })).map(({ instanceId }) => instanceId) }
  }

  test('shows what was written once the index has it', async () => {
    const { fake, ids } = await seeded(3)
    expect(await ids(10)).toEqual([])
    fake.clock.advance(lagMs)
    expect(await ids(10)).toEqual(['i-0', 'i-1', 'i-2'])
  })

  test('leaves out what is not due any more, whatever the index says, and is full all the same', async () => {
    const { fake, store, ids } = await seeded(5)
    fake.clock.advance(lagMs)
    await store.commit([
      makeCommit({ instanceId: 'i-0', seq: 2, nextDueAt: null }),
      makeCommit({ instanceId: 'i-1', seq: 2, nextDueAt: at + 1 }),
    ])
    expect(await ids(2)).toEqual(['i-2', 'i-3'])
  })

  test('goes past what is counted but gone', async () => {
    const { fake, ids } = await seeded(5)
    fake.clock.advance(lagMs)
    for (const id of ['i-0', 'i-1', 'i-2']) {
      const record = fake.portal.find('kag_case', id, 'kag_instance_id')
      if (record !== null) fake.portal.archive(record)
    }
    expect(await ids(2)).toEqual(['i-3', 'i-4'])
  })

  test('of more than HubSpot shows of one search is walked to its end', async () => {
    const { fake, store } = await seeded(0)
    const count = 450
    for (let k = 0; k < count; k += 50)
      await store.commit(
        Array.from({ length: 50 }, (_, n) => makeCommit({ instanceId: `w-${String(k + n).padStart(3, '0')}`, nextDueAt: 2000 })),
      )
    fake.clock.advance(lagMs)
    const walked: string[] = []
    for (let after; ;) {
      const page = await store.due({ at, limit: 200, ...(after === undefined ? {} : { after }) })
      walked.push(...page.map(({ instanceId }) => instanceId))
      after = page.at(-1)
      if (after === undefined) break
    }
    expect(walked).toEqual(Array.from({ length: count }, (_, k) => `w-${String(k).padStart(3, '0')}`))
  })
})

test('what is decided upon is read by keys: an instance is whole at once, and so are its effects and texts', async () => {
  const fake = preparedPortal(mapping)
  fake.portal.behaviour.lagMs = lagMs
  const store = storeOn(fake)
  const commit = makeCommit({ instanceId: 'cmp-1', effects: ['notify', 'file'], personal: ['Ms Li'] })
  await store.commit([commit])
  expect((await store.load('cmp-1'))?.head.seq).toBe(1)
  expect(await store.entryByKey('cmp-1', 'key-1')).toEqual(commit.entry)
  const pending = await store.effects.pending({ limit: 10, instanceId: 'cmp-1' })
  expect(pending.map(({ effect }) => effect.type)).toEqual(['notify', 'file'])
  expect(await store.effects.pending({ limit: 10 })).toEqual([])
  expect((await store.personal.read('cmp-1')).map(({ text }) => text)).toEqual(['Ms Li'])
  expect(await store.personal.erase('cmp-1', 'all')).toBe(1)
  // Without a condition every case is read.
  const all = []
  for await (const { instanceId } of store.find({})) all.push(instanceId)
  expect(all).toEqual(['cmp-1'])
})

test('effects that were carried out are not handed out again by an index that is behind', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit([makeCommit({ instanceId: 'cmp-1', effects: ['notify', 'file'] })])
  fake.clock.advance(lagMs)
  fake.portal.behaviour.lagMs = lagMs
  await store.effects.ack('cmp-1', 'cmp-1-000001-e1')
  await store.effects.fail('cmp-1', 'cmp-1-000001-e2', 'away', true)
  expect(await store.effects.pending({ limit: 10 })).toEqual([])
  expect(await store.effects.dead({ limit: 10 })).toEqual([])
  fake.clock.advance(lagMs)
  expect((await store.effects.dead({ limit: 10 })).map(({ effect }) => effect.id)).toEqual(['cmp-1-000001-e2'])
})

test('a first page of nothing but what is gone is not the end of a list', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit(Array.from({ length: 210 }, (_, k) => makeCommit({ instanceId: `i-${String(k)}`, kind: 'project' })))
  fake.clock.advance(lagMs)
  fake.portal.behaviour.lagMs = lagMs
  for (const record of fake.portal.ofType('kag_case').slice(0, 205)) fake.portal.archive(record)
  const found = []
  for await (const { instanceId } of store.find({ kind: 'project' })) found.push(instanceId)
  expect(found).toHaveLength(5)
})
