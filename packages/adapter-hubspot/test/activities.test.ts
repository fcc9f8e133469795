// Effects that become tasks and notes behind their entry: one each, whatever gets lost and whoever dies, and never in the way of the command.
import type { EffectsMapping, HubSpotMapping, HubSpotStore, HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import {
  compareText,
  createStaticDirectory,
  demoDirectory,
  formatOptionsOf,
  type Commit,
  type JsonValue,
} from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { policyWith } from '../../core/test/support/harness.ts'
import { ownerOf, user } from './company.ts'
import type { FakeRecord } from './fake/portal.ts'
import type { FakeHubSpot, Fault } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { starter } from './hosted.ts'
import { mapping as plain, storeOn } from './subject.ts'

const policy = policyWith({ directory: demoDirectory })
const wording = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', words: formatOptionsOf(policy) } as const
const effects: EffectsMapping = { notify: { task: wording }, clockRung: { task: wording }, file: { note: wording } }
const mapping: HubSpotMapping = { ...plain, effects, people: { id: 'email' } }
const settled = 6 * 60_000

/** A commit with effects of these types. */
function telling(
  all: readonly (readonly [type: string, params: JsonValue])[],
  over: Partial<Parameters<typeof makeCommit>[0]> = {},
): Commit {
  const commit = makeCommit({ instanceId: 'cmp-1', ...over, effects: all.map(([type]) => type) })
  const told = commit.entry.effects.map((effect, k) => ({ ...effect, params: all[k]?.[1] ?? null }))
  return { ...commit, entry: { ...commit.entry, effects: told } }
}
const toLiu = ['notify', { to: ['person:u-liu'], message: 'complaintReceived' }] as const
const filed = ['file', { document: 'a <b> & c' }] as const

const both = {
  portal: (over: Partial<HubSpotStoreOptions> = {}) => {
    const fake = preparedPortal(mapping)
    return { fake, storeWith: (more: Partial<HubSpotStoreOptions> = {}) => storeOn(fake, { mapping, ...over, ...more }) }
  },
  hosted: (over: Partial<HubSpotStoreOptions> = {}) => {
    const { fake, journal } = starter(mapping)
    const storeWith = (more: Partial<HubSpotStoreOptions> = {}) => storeOn(fake, { mapping, journal, ...over, ...more })
    return { fake, storeWith }
  },
}

const live = (fake: FakeHubSpot, type: string): readonly FakeRecord[] =>
  fake.portal.ofType(type).filter(({ archived }) => !archived)
/** In order of the effects that their texts name: which of several is made first is a matter of moments. */
const values = (fake: FakeHubSpot, type: string) =>
  live(fake, type)
    .map((record) => Object.fromEntries(record.values))
    .sort((a, b) => compareText(a['hs_task_body'] ?? '', b['hs_task_body'] ?? ''))
const linked = async (store: HubSpotStore, from: string, to: string, id: string) =>
  (await store.client.associated(from, to, [id]))[0]
const pendingOf = async (store: HubSpotStore) => (await store.effects.pending({ limit: 100 })).map(({ effect }) => effect.id)
const sweep = (store: HubSpotStore) => store.due({ at: 0, limit: 10 })

describe('a task in the place of a message', () => {
  test('is made behind the entry, for whom the effect names, linked with the record and with its effect', async () => {
    const { fake, storeWith } = both.portal()
    user(fake, 'liu', { email: 'u-liu' })
    const liu = fake.definitions.owners[0]?.id
    const store = storeWith()
    const dueAt = Date.UTC(2026, 2, 2, 17)
    const [outcome] = await store.commit([
      telling([toLiu, ['clockRung', { to: 'customerService.head', clock: 'receipt', kind: 'warn', dueAt }], filed]),
    ])
    expect(outcome).toEqual({ status: 'committed', projection: 'written' })
    const [first, second] = values(fake, 'tasks')
    expect(first).toMatchObject({
      hs_task_subject: '通知刘洋 Liu Yang：收到客户投诉。',
      hs_task_body: '[cmp-1-000001-e1]',
      hs_task_status: 'NOT_STARTED',
      hubspot_owner_id: liu,
    })
    // Nobody asked a directory: a role is nobody's task.
    expect([second?.['hs_timestamp'], second?.['hubspot_owner_id']]).toEqual(['2026-03-02T17:00:00.000Z', undefined])
    expect(second?.['hs_task_subject']).toContain('2026年3月3日 01:00')
    const [note] = values(fake, 'notes')
    expect(note?.['hs_note_body']).toMatch(/<br>\[cmp-1-000001-e3\]$/)
    expect(note?.['hs_note_body']).not.toContain('<b>')
    const ticket = live(fake, 'tickets')[0]?.id ?? ''
    const effect = fake.portal.find('kag_effect', 'cmp-1-000001-e1', 'kag_effect_key')?.id ?? ''
    expect(await linked(store, 'tickets', 'tasks', ticket)).toHaveLength(2)
    expect(await linked(store, 'tickets', 'notes', ticket)).toHaveLength(1)
    expect(await linked(store, 'p_kag_effect', 'tasks', effect)).toEqual([first?.['hs_object_id']])
    expect(await pendingOf(store)).toEqual([])
  })

  test('goes to the one who holds the role, and to nobody where several do', async () => {
    const { fake, storeWith } = both.portal({ directory: createStaticDirectory(policy) })
    for (const person of Object.keys(demoDirectory.people)) user(fake, person, { email: person })
    const owner = (person: string) => fake.definitions.owners.find(({ email }) => email === person)?.id
    const one = { ...wording, to: ['customerService.head'], properties: { hs_task_priority: 'HIGH' } }
    const store = storeWith({ mapping: { ...mapping, effects: { ...effects, tellCustomer: { task: one } } } })
    const several = ['notify', { to: ['accountManager'], message: 'complaintReceived' }] as const
    const barred = ['notify', { to: ['accountManager'], message: 'complaintReceived', except: ['u-liu'] }] as const
    await store.commit([telling([['tellCustomer', { message: 'resultReported' }], several, barred])])
    expect(values(fake, 'tasks').map((row) => [row['hubspot_owner_id'], row['hs_task_priority']])).toEqual([
      [owner('u-okafor'), 'HIGH'],
      [undefined, undefined],
      [owner('u-smith'), undefined],
    ])
  })

  test('is nobody’s where nobody active is known as the person, or two are', async () => {
    const { fake, storeWith } = both.portal()
    user(fake, 'gone', { email: 'u-liu', archived: true })
    for (const name of ['a', 'b']) user(fake, name, { email: 'u-xu' })
    await storeWith().commit([telling([toLiu, ['notify', { to: ['person:u-xu'], message: 'complaintReceived' }]])])
    expect(values(fake, 'tasks').map((row) => row['hubspot_owner_id'])).toEqual([undefined, undefined])
  })

  test('people may be known by the ids of users', async () => {
    const { fake, storeWith } = both.portal({ mapping: { ...mapping, people: {} } })
    const anna = user(fake, 'anna')
    await storeWith().commit([telling([['notify', { to: [`person:${anna}`], message: 'complaintReceived' }]])])
    expect(values(fake, 'tasks')[0]?.['hubspot_owner_id']).toBe(ownerOf(fake, anna))
  })

  test('is on the company where the instance has no record, and on nothing where the portal refuses the link', async () => {
    const { fake, storeWith } = both.portal()
    const store = storeWith()
    const company = fake.portal.create('companies', { name: 'Acme' }).record
    const about = (instanceId: string): Commit => {
      const commit = telling([toLiu], { instanceId, kind: 'project' })
      return { ...commit, projection: { ...commit.projection, accountId: company.id } }
    }
    await store.commit([about('prj-1')])
    expect(await linked(store, 'companies', 'tasks', company.id)).toEqual([live(fake, 'tasks')[0]?.id])
    fake.portal.archive(company)
    await store.commit([about('prj-2')])
    await store.commit([telling([toLiu], { instanceId: 'prj-3', kind: 'project' })])
    const own = live(fake, 'kag_effect').map(({ id }) => id)
    const tasks = live(fake, 'tasks').map(({ id }) => [id])
    expect(await store.client.associated('p_kag_effect', 'tasks', own)).toEqual(tasks)
    expect(await pendingOf(store)).toEqual([])
  })
})

describe('handlers', () => {
  test('see nothing of it, not even while it fails; what an instance waits for is theirs', async () => {
    const { fake, storeWith } = both.portal()
    fake.portal.behaviour.rules = [
      ({ type }) => (type === 'tasks' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['x'] } : null),
    ]
    const store = storeWith()
    const commit = telling([toLiu, toLiu, ['other', null]])
    const awaited = commit.entry.effects.map((effect, k) => (k === 1 ? { ...effect, awaited: true } : effect))
    await store.commit([{ ...commit, entry: { ...commit.entry, effects: awaited } }])
    fake.clock.advance(settled)
    const at = fake.clock.now()
    const handed = async (query: object) =>
      (await store.effects.pending({ limit: 10, at, ...query })).map(({ effect }) => effect.id)
    expect(await handed({})).toEqual(['cmp-1-000001-e2', 'cmp-1-000001-e3'])
    expect(await handed({ instanceId: 'cmp-1' })).toEqual(['cmp-1-000001-e2', 'cmp-1-000001-e3'])
    expect(await pendingOf(store)).toEqual(['cmp-1-000001-e1', 'cmp-1-000001-e2', 'cmp-1-000001-e3'])
    expect(live(fake, 'tasks')).toEqual([])
  })
})

describe.each(['portal', 'hosted'] as const)('journal of the %s', (where) => {
  test('what the portal refuses harms no command; it is tried again, given up in the end, and revived', async () => {
    const { fake, storeWith } = both[where]()
    const rule = { on: true }
    fake.portal.behaviour.rules = [
      ({ type }) => (rule.on && type === 'tasks' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['hs_cost_centre'] } : null),
    ]
    const store = storeWith()
    expect(await store.commit([telling([toLiu, filed])])).toEqual([{ status: 'committed', projection: 'written' }])
    expect(await store.effects.pending({ limit: 10 })).toMatchObject([{ attempts: 1, effect: { id: 'cmp-1-000001-e1' } }])
    for (let attempts = 2; attempts <= 8; attempts += 1) {
      // A sweep that comes too early tries nothing.
      await sweep(store)
      expect(await store.effects.dead({ limit: 10 })).toEqual([])
      fake.clock.advance(24 * 60 * 60_000)
      await sweep(store)
      if (attempts < 8) expect(await store.effects.pending({ limit: 10 })).toMatchObject([{ attempts }])
    }
    const [dead] = await store.effects.dead({ limit: 10 })
    expect(dead?.reason).toContain('hs_cost_centre')
    rule.on = false
    await sweep(store)
    expect(live(fake, 'tasks')).toHaveLength(0)
    expect(await store.effects.revive('cmp-1', 'cmp-1-000001-e1')).toBe(true)
    // The claim of the first try after it may be an old one's: then the try after that has it.
    await sweep(store)
    fake.clock.advance(settled)
    await sweep(store)
    expect(live(fake, 'tasks')).toHaveLength(1)
    expect(live(fake, 'notes')).toHaveLength(1)
    expect(await pendingOf(store)).toEqual([])
  })

  test.each([
    'cutBefore',
    'cutAfter',
    'later',
    'midBody',
    'empty',
    'html',
    'htmlAfter',
    'gatewayTimeout',
    'unavailable',
  ] as const)('%s: a lost answer makes no second one', async (fault: Fault) => {
    const { fake, storeWith } = both[where]()
    let lost = 0
    fake.script = ({ method, path }) => (method === 'POST' && /\/(tasks|notes)$/.test(path) && (lost += 1) <= 2 ? fault : null)
    const store = storeWith()
    expect(await store.commit([telling([toLiu, filed])])).toEqual([{ status: 'committed', projection: 'written' }])
    for (let k = 0; k < 3; k += 1) {
      fake.clock.advance(settled)
      await sweep(store)
    }
    expect([live(fake, 'tasks').length, live(fake, 'notes').length, await pendingOf(store)]).toEqual([1, 1, []])
  })

  test('a process that dies at any request, which the portal carries out or not, leaves one of each', async () => {
    const work = (store: HubSpotStore) => store.commit([telling([toLiu, filed])])
    const alone = both[where]()
    await work(alone.storeWith())
    const requests = alone.fake.log.length
    expect(requests).toBeGreaterThan(where === 'portal' ? 8 : 4)
    for (let last = 1; last <= requests; last += 1)
      for (const isCarriedOut of [true, false]) {
        const { fake, storeWith } = both[where]()
        let left = last
        const mortal = storeWith({
          fetch: async (input, init) => {
            left -= 1
            if (left > 0) return fake.fetch(input, init)
            if (left === 0 && isCarriedOut) await fake.fetch(input, init)
            throw new TypeError('fetch failed')
          },
        })
        await work(mortal).catch(() => null)
        const store = storeWith()
        if ((await store.load('cmp-1')) === null) await work(store)
        for (let k = 0; k < 3; k += 1) {
          fake.clock.advance(settled)
          await sweep(store)
        }
        expect(
          [live(fake, 'tasks').length, live(fake, 'notes').length, await pendingOf(store)],
          `request ${String(last)}${isCarriedOut ? ', carried out' : ''}`,
        ).toEqual([1, 1, []])
      }
  }, 60_000)

  test('a sweep that dies at any request leaves one of each as well, and so do several at once', async () => {
    const left = async () => {
      const { fake, storeWith } = both[where]()
      fake.script = ({ method, path }) => (method === 'POST' && /\/(tasks|notes)$/.test(path) ? 'unavailable' : null)
      await storeWith().commit([telling([toLiu, filed])])
      fake.script = null
      fake.clock.advance(settled)
      return { fake, storeWith }
    }
    const alone = await left()
    const before = alone.fake.log.length
    await sweep(alone.storeWith())
    expect(live(alone.fake, 'tasks')).toHaveLength(1)
    for (let last = 1; last <= alone.fake.log.length - before; last += 1)
      for (const isCarriedOut of [true, false]) {
        const { fake, storeWith } = await left()
        let lives = last
        const mortal = storeWith({
          fetch: async (input, init) => {
            lives -= 1
            if (lives > 0) return fake.fetch(input, init)
            if (lives === 0 && isCarriedOut) await fake.fetch(input, init)
            throw new TypeError('fetch failed')
          },
        })
        await sweep(mortal).catch(() => null)
        const stores = [storeWith(), storeWith()]
        for (let k = 0; k < 3; k += 1) {
          fake.clock.advance(settled * 2)
          await Promise.all(stores.map(sweep))
        }
        const [store = storeWith()] = stores
        expect(
          [live(fake, 'tasks').length, live(fake, 'notes').length, await pendingOf(store)],
          `request ${String(last)}${isCarriedOut ? ', carried out' : ''}`,
        ).toEqual([1, 1, []])
      }
  }, 60_000)
})

test('where nothing of the portal can be linked with it, a journal of the host’s has no task', async () => {
  const { fake, storeWith } = both.hosted()
  const store = storeWith()
  await store.commit([telling([toLiu], { instanceId: 'prj-1', kind: 'project' })])
  expect(live(fake, 'tasks')).toEqual([])
  expect(await store.effects.pending({ limit: 10 })).toMatchObject([{ attempts: 1 }])
})

test('an effect that somebody damaged is made by its entry; one whose entry is damaged is a failed try, and holds up no other', async () => {
  const { fake, storeWith } = both.portal()
  fake.script = ({ method, path }) => (method === 'POST' && path.endsWith('/tasks') ? 'unavailable' : null)
  const store = storeWith()
  await store.commit(['a', 'b', 'c', 'd'].map((instanceId) => telling([toLiu], { instanceId })))
  fake.script = null
  const damage = (type: string, key: string, property: string): void => {
    const record = fake.portal.find(type, key, `${type}_key`)
    if (record !== null) fake.portal.change(record, { [property]: '{' })
  }
  for (const instanceId of ['a', 'd']) damage('kag_effect', `${instanceId}-000001-e1`, 'kag_effect')
  damage('kag_event', 'b-000001', 'kag_projection')
  damage('kag_event', 'd-000001', 'kag_entry')
  fake.clock.advance(settled)
  await sweep(store)
  expect(values(fake, 'tasks').map((task) => task['hs_task_body'])).toEqual(['[a-000001-e1]', '[c-000001-e1]'])
  const effects = new Map(values(fake, 'kag_effect').map((each) => [each['kag_effect_key'], each]))
  expect(effects.get('a-000001-e1')).toMatchObject({ kag_done: 'true' })
  expect(effects.get('b-000001-e1')).toMatchObject({ kag_attempts: '2', kag_reason: 'its journal entry is damaged, or gone' })
})

test('a directory that does not answer, or is broken, is a failed try', async () => {
  const { fake, storeWith } = both.portal()
  const members = () => Promise.reject(new Error('a bug of the host’s'))
  const store = storeWith({ directory: { ...createStaticDirectory(policy), members } })
  const [outcome] = await store.commit([telling([['notify', { to: ['accountManager'], message: 'complaintReceived' }]])])
  expect(outcome?.status).toBe('committed')
  expect(live(fake, 'tasks')).toEqual([])
  expect(values(fake, 'kag_effect')[0]).toMatchObject({ kag_attempts: '1', kag_reason: 'Error' })
})

test('a sweep that takes longer than others wait leaves the rest to them', async () => {
  const { fake, storeWith } = both.portal()
  fake.script = ({ method, path }) => (method === 'POST' && path.endsWith('/tasks') ? 'unavailable' : null)
  await storeWith().commit([telling(Array.from({ length: 12 }, () => toLiu))])
  fake.script = null
  fake.clock.advance(settled)
  const other = storeWith()
  let made = 0
  const slow = storeWith({
    fetch: async (input, init) => {
      const answer = await fake.fetch(input, init)
      const url = input instanceof Request ? input.url : String(input)
      if (init?.method === 'POST' && url.endsWith('/tasks') && (made += 1) === 10)
        for (let k = 0; k < 3; k += 1) {
          await sweep(other)
          fake.clock.advance(settled)
        }
      return answer
    },
  })
  await sweep(slow)
  for (let k = 0; k < 3; k += 1) {
    fake.clock.advance(settled)
    await sweep(other)
  }
  expect([live(fake, 'tasks').length, await pendingOf(other)]).toEqual([12, []])
})

test('a task that went to the company, since the ticket was not there yet, is found there', async () => {
  const { fake, storeWith } = both.hosted()
  const company = fake.portal.create('companies', { name: 'Acme' }).record
  const commit = telling([toLiu])
  fake.script = ({ method, path }) =>
    /\/tickets.*(create|upsert)/.test(path) ? 'unavailable' : method === 'POST' && path.endsWith('/tasks') ? 'cutAfter' : null
  const store = storeWith()
  await store.commit([{ ...commit, projection: { ...commit.projection, accountId: company.id } }])
  fake.script = null
  expect(live(fake, 'tasks')).toHaveLength(1)
  for (let k = 0; k < 3; k += 1) {
    fake.clock.advance(settled)
    await sweep(store)
  }
  expect([live(fake, 'tickets').length, live(fake, 'tasks').length, await pendingOf(store)]).toEqual([1, 1, []])
})

test('a sweep that may not look for tasks hears of deadlines all the same, and gives the tasks up in the end', async () => {
  const { fake, storeWith } = both.portal()
  fake.script = ({ method, path }) => (method === 'POST' && path.endsWith('/tasks') ? 'unavailable' : null)
  await storeWith().commit(['a', 'b'].map((instanceId) => telling([toLiu], { instanceId, nextDueAt: 1000 })))
  fake.script = null
  const barred = JSON.stringify({ status: 'error', category: 'MISSING_SCOPES', message: 'not allowed' })
  const store = storeWith({
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      return url.includes('/associations/') ? new Response(barred, { status: 403 }) : fake.fetch(input, init)
    },
  })
  for (let k = 0; k < 8; k += 1) {
    fake.clock.advance(24 * 60 * 60_000)
    expect(await store.due({ at: 1000, limit: 10 })).toHaveLength(2)
  }
  const dead = await store.effects.dead({ limit: 10 })
  expect(dead.map(({ attempts, reason }) => [attempts, reason.includes('MISSING_SCOPES')])).toEqual([
    [8, true],
    [8, true],
  ])
})
