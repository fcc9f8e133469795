import {
  createHubSpotClient,
  createHubSpotLimiter,
  HUBSPOT_API_VERSION,
  type Created,
  type HubSpotCall,
} from '@ka-governance/adapter-hubspot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFakeHubSpot, passingFaults, type FakeHubSpot } from './fake/server.ts'
import { clientOf, defineEvents, entry } from './portal.ts'

const type = 'p_kag_event'
const idProperty = 'kag_event_key'
const withEvents = (): FakeHubSpot => {
  const fake = createFakeHubSpot()
  defineEvents(fake)
  return fake
}
const keyed = (fake: FakeHubSpot): readonly (string | undefined)[] =>
  fake.portal.ofType('kag_event').map(({ values }) => values.get(idProperty))
const statuses = (list: readonly { readonly status: string }[]): readonly string[] => list.map(({ status }) => status)

describe('making records', () => {
  test('what a create answers is the record, with what it was made with', async () => {
    const fake = withEvents()
    const company = fake.portal.create('companies', { name: 'A' }).record.id
    const [kind] = fake.links.kindsOf(fake.portal.typeOf('kag_event'), fake.portal.typeOf('companies'))
    const made = await clientOf(fake).create(type, {
      ...entry('a-000001', { kag_at: '2026-01-05T09:00:00.000Z' }),
      associations: [{ to: company, typeId: kind?.typeId ?? 0, category: 'USER_DEFINED' }],
    })
    expect(made).toMatchObject({
      status: 'created',
      record: {
        properties: { kag_event_key: 'a-000001', kag_at: '2026-01-05T09:00:00.000Z' },
        archived: false,
        createdAt: fake.clock.now(),
      },
    })
    const id = made.status === 'created' ? made.record.id : ''
    expect(await clientOf(fake).associated(type, 'companies', [id])).toEqual([[company]])
  })

  test.each([
    ['kag_event_key', { ...entry('a'), properties: { kag_event_key: 'a' } }],
    ['kag_command_key', { properties: { kag_event_key: 'b', kag_command_key: 'cmd-a' } }],
  ])('a taken %s names the property and the record that has it', async (property, record) => {
    const fake = withEvents()
    const client = clientOf(fake)
    const first = await client.create(type, entry('a'))
    expect(await client.create(type, record)).toMatchObject({
      status: 'taken',
      property,
      holder: first.status === 'created' ? first.record.id : '',
    })
  })

  test.each([
    ['a property that is not there', type, { properties: { kag_nope: 'x' } }, 'PROPERTY_DOESNT_EXIST'],
    ['a choice that is none', type, { properties: { kag_state: 'x' } }, 'INVALID_OPTION'],
    ['a type that is not there', 'p_nope', { properties: {} }, 'VALIDATION_ERROR'],
    ['an admin’s rule', 'tickets', { properties: { subject: 'x' } }, 'MISSING_REQUIRED_PROPERTY'],
  ])('%s: refused, and nothing is written', async (_what, of, record, hubspot) => {
    const fake = withEvents()
    expect(await clientOf(fake).create(of, record)).toMatchObject({ status: 'refused', error: { details: { hubspot } } })
    expect(fake.portal.records.size).toBe(0)
  })

  test.each([
    ['item', false],
    ['item', true],
    ['whole', false],
  ] as const)(
    '250 at once in three calls, each with its outcome in order (a conflict is told of the %s, traces echoed: %s)',
    async (mode, echo) => {
      const fake = withEvents()
      fake.portal.behaviour.conflictInBatch = mode
      fake.portal.behaviour.echoTraces = echo
      const client = clientOf(fake)
      await client.create(type, entry('a-110'))
      const records = Array.from({ length: 250 }, (_, k) => entry(`a-${String(k)}`))
      const before = fake.log.length
      const outcomes = await client.inBulk.createMany(type, records, idProperty)
      expect(fake.log.length - before).toBe(3)
      const expected = records.map((_, k) =>
        mode === 'whole' && k >= 100 && k < 200 ? 'withheld' : k === 110 ? 'taken' : 'created',
      )
      expect(statuses(outcomes)).toEqual(expected)
      for (const [k, outcome] of outcomes.entries())
        if (outcome.status === 'created') expect(outcome.record.properties[idProperty]).toBe(`a-${String(k)}`)
      expect(keyed(fake)).toHaveLength(mode === 'whole' ? 151 : 250)
    },
  )

  test('an answer that shows no key is told apart by the trace of its input', async () => {
    const results = ['b', 'a'].map((trace, k) => ({ id: String(k), properties: {}, objectWriteTraceId: trace }))
    const text = JSON.stringify({ status: 'COMPLETE', results })
    const client = createHubSpotClient({ client: { request: async () => ({ status: 201, headers: new Headers(), text }) } })
    expect(await client.createMany(type, [entry('a'), entry('b'), entry('c')], idProperty)).toMatchObject([
      { status: 'created', record: { id: '1' } },
      { status: 'created', record: { id: '0' } },
      { status: 'unknown' },
    ])
  })

  test('two with the same key: the first is made, the later one is taken', async () => {
    const fake = withEvents()
    const outcomes = await clientOf(fake).createMany(type, [entry('a'), entry('b'), entry('a', { kag_title: 'x' })], idProperty)
    expect(statuses(outcomes)).toEqual(['created', 'created', 'taken'])
    expect(fake.log).toHaveLength(2)
  })

  test('a batch is cut before it is too big, and one that is too big alone goes alone', async () => {
    const fake = withEvents()
    const big = Array.from({ length: 20 }, (_, k) => entry(`a-${String(k)}`, { kag_title: 'ü'.repeat(60_000) }))
    expect(new Set(statuses(await clientOf(fake).createMany(type, big, idProperty)))).toEqual(new Set(['created']))
    const sizes = fake.log.map(({ body }) => new TextEncoder().encode(body ?? '').length)
    expect(sizes).toHaveLength(3)
    for (const size of sizes) expect(size).toBeLessThan(1_100_000)
  })

  test('what no call can say for all of them is said of each: no rights, no token, too many calls', async () => {
    for (const [fault, code] of [
      ['unauthorized', 'forbidden'],
      ['daily', 'throttled'],
      ['migration', 'unavailable'],
    ] as const) {
      const fake = withEvents()
      fake.script = () => fault
      const outcomes = await clientOf(fake).createMany(type, [entry('a'), entry('b')], idProperty)
      expect(outcomes).toMatchObject([
        { status: 'refused', error: { code } },
        { status: 'refused', error: { code } },
      ])
    }
  })

  test('whatever goes wrong: what is told as created is there once, what is told as refused is not; asking by the keys settles the rest', async () => {
    const faults = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(...passingFaults)), { maxLength: 6 })
    const world = fc.record({
      before: fc.uniqueArray(fc.nat(8), { maxLength: 4 }),
      wanted: fc.array(fc.nat(8), { minLength: 1, maxLength: 9 }),
      faults,
      mode: fc.constantFrom('item', 'whole'),
      echo: fc.boolean(),
      half: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(world, async ({ before, wanted, faults: list, mode, echo, half }) => {
        const fake = withEvents()
        Object.assign(fake.portal.behaviour, { conflictInBatch: mode, echoTraces: echo, leaveHalfRecords: half })
        const key = (k: number): string => `a-${String(k)}`
        for (const k of before) fake.portal.create('kag_event', { ...entry(key(k)).properties, kag_title: 'theirs' })
        const script = new Map(list)
        fake.script = ({ number }) => script.get(number) ?? null
        const client = clientOf(fake)
        const keys = [...new Set(wanted)].map(key)
        const told = new Map<string, Created>()
        const made = await client.createMany(
          type,
          keys.map((each) => entry(each, { kag_title: 'ours' })),
          idProperty,
        )
        keys.forEach((each, k) => told.set(each, made[k] ?? { status: 'unknown', error: undefined as never }))
        const holders = (each: string) => fake.portal.ofType('kag_event').filter(({ values }) => values.get(idProperty) === each)
        for (const [each, outcome] of told) {
          const [holder] = holders(each)
          if (outcome.status === 'created')
            expect([holder?.id, holder?.values.get('kag_title')]).toEqual([outcome.record.id, 'ours'])
          if (outcome.status === 'taken') expect(holder?.values.get('kag_title')).toBe('theirs')
          if (outcome.status === 'refused') expect(holder?.values.get('kag_title') ?? 'theirs').toBe('theirs')
        }
        // The way out of every doubt: read by the key, send what is not there again, alone.
        fake.script = null
        const open = keys.filter((each) => ['unknown', 'withheld'].includes(told.get(each)?.status ?? ''))
        const found = await client.readMany(type, open, { idProperty })
        for (const [k, each] of open.entries())
          if (found[k] === null)
            expect(['created', 'taken']).toContain((await client.create(type, entry(each, { kag_title: 'ours' }))).status)
        for (const each of keys) expect(holders(each).length, each).toBeLessThanOrEqual(1)
        for (const each of open) expect(holders(each).length, each).toBe(1)
      }),
    )
  })
})

describe('reading records', () => {
  test('many by a unique value: in order, twice if asked twice, null where there is none, 100 a call', async () => {
    const fake = withEvents()
    for (let k = 0; k < 150; k += 1) fake.portal.create('kag_event', entry(`a-${String(k)}`).properties)
    const client = clientOf(fake)
    const ids = [...Array.from({ length: 160 }, (_, k) => `a-${String(159 - k)}`), 'a-7', 'nope']
    const records = await client.readMany(type, ids, { idProperty, properties: ['kag_title'] })
    expect(records.map((record) => record?.properties[idProperty] ?? null)).toEqual(
      ids.map((id) => (id === 'nope' || Number(id.slice(2)) >= 150 ? null : id)),
    )
    expect(records[20]?.properties['kag_title']).toBe('Entry a-139')
    expect(fake.log).toHaveLength(2)
    expect(await client.readMany(type, [])).toEqual([])
    expect(fake.log).toHaveLength(2)
  })

  test('one by its id, by a unique value, from the bin, with what it is linked to', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    const { id } = fake.portal.create('kag_event', entry('a').properties).record
    const company = fake.portal.create('companies', { name: 'A' }).record.id
    await client.associate(type, id, 'companies', company)
    await client.associate(type, id, 'companies', company)
    expect(await client.read(type, id, { associations: ['companies'], properties: ['kag_seq'] })).toMatchObject({
      id,
      properties: { kag_seq: null },
      associations: { companies: [company] },
    })
    expect(await client.read(type, 'a', { idProperty })).toMatchObject({ id })
    await client.archiveMany(type, [id, id, '999'])
    expect(await client.read(type, 'a', { idProperty })).toBeNull()
    expect(await client.read(type, 'a', { idProperty, archived: true })).toMatchObject({ id, archived: true })
    expect(await client.readMany(type, ['a'], { idProperty, archived: true })).toMatchObject([{ id, archived: true }])
    await expect(client.read(type, 'x', { idProperty: 'kag_title' })).rejects.toMatchObject({ code: 'corrupt_record' })
    await expect(client.read('p_nope', '1')).rejects.toMatchObject({ code: 'corrupt_record' })
  })

  test('a long list of properties does not fit an address: it is asked for as a batch', async () => {
    const fake = withEvents()
    const { id } = fake.portal.create('kag_event', entry('a').properties).record
    const properties = ['kag_title', ...Array.from({ length: 600 }, (_, k) => `kag_property_${String(k)}`)]
    expect(await clientOf(fake).read(type, id, { properties })).toMatchObject({ id, properties: { kag_title: 'Entry a' } })
    expect(fake.log.map(({ path }) => path.split('?')[0])).toEqual([`/crm/objects/${HUBSPOT_API_VERSION}/${type}/batch/read`])
  })

  test('an address that is too long for HubSpot is asked for as a batch too', async () => {
    const paths: string[] = []
    const client = createHubSpotClient({
      client: {
        request: async ({ method, path }) => {
          paths.push(`${method} ${path}`)
          if (method === 'GET') return { status: 414, headers: new Headers(), text: '' }
          return { status: 200, headers: new Headers(), text: JSON.stringify({ results: [{ id: '7', properties: {} }] }) }
        },
      },
    })
    expect(await client.read('companies', '7', { properties: ['name'] })).toMatchObject({ id: '7' })
    expect(paths).toEqual([
      'GET /crm/objects/2026-09/companies/7?properties=name',
      'POST /crm/objects/2026-09/companies/batch/read',
    ])
    await expect(client.read('companies', '7', { associations: ['tickets'] })).rejects.toMatchObject({ code: 'too_large' })
  })

  test('a key is found whatever stands in it, and reaches no other resource', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('..', '../companies', 'a/b', '?x=1', '#', '%2F', 'a,b', 'ключ')),
        async (key) => {
          // A segment of dots is taken away by every URL parser; keys of ours are letters, digits and hyphens.
          fc.pre(key.trim() === key && !/^\.{1,2}$/.test(key))
          const fake = withEvents()
          const client = clientOf(fake)
          const made = await client.create(type, { properties: { kag_event_key: key } })
          const id = made.status === 'created' ? made.record.id : ''
          expect((await client.read(type, key, { idProperty }))?.id).toBe(id)
          expect((await client.readMany(type, [key], { idProperty }))[0]?.id).toBe(id)
          expect((await client.update(type, key, { kag_state: 'open' }, { idProperty })).id).toBe(id)
        },
      ),
    )
  })

  test('the list has no end at 10,000 and needs no index; a search says where its next page begins', async () => {
    const fake = withEvents()
    fake.portal.behaviour.lagMs = 1_000_000
    for (let k = 0; k < 250; k += 1) fake.portal.create('kag_event', entry(`a-${String(k)}`).properties)
    const client = clientOf(fake)
    const listed = await Array.fromAsync(client.list(type, { properties: [idProperty] }))
    expect(listed.map(({ properties }) => properties[idProperty])).toEqual(keyed(fake))
    const search = { filterGroups: [], properties: [idProperty], limit: 200 }
    expect(await client.search(type, search)).toEqual({ records: [], after: null })
    fake.clock.advance(1_000_000)
    const first = await client.search(type, search)
    expect([first.records.length, first.after]).toEqual([200, '200'])
    const second = await client.search(type, { ...search, after: first.after ?? '' })
    expect([second.records.length, second.after]).toEqual([50, null])
  })

  test('a list that answers the same page for ever is not read for ever', async () => {
    const page = { results: [{ id: '1', properties: {} }], paging: { next: { after: '1' } } }
    const client = createHubSpotClient({
      client: { request: async () => ({ status: 200, headers: new Headers(), text: JSON.stringify(page) }) },
    })
    await expect(Array.fromAsync(client.list(type, { properties: [] }))).rejects.toMatchObject({ code: 'unknown_outcome' })
  })

  test('links: 1,000 records a call, pages of one record’s links, none where there are none', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    const company = fake.portal.create('companies', { name: 'A' }).record
    const tickets = Array.from({ length: 1203 }, () => fake.portal.create('tickets', { hs_pipeline_stage: '1' }).record)
    const [kind] = fake.links.kindsOf(company.type, fake.portal.typeOf('tickets'))
    for (const to of tickets) fake.links.put(company, { to, typeId: kind?.typeId ?? 0 })
    const [all, none] = await client.associated('companies', 'tickets', [company.id, '999'])
    expect([all?.length, none]).toEqual([1203, []])
    expect(fake.log).toHaveLength(3)
    const back = await client.associated(
      'tickets',
      'companies',
      tickets.map(({ id }) => id),
    )
    expect(new Set(back.flat())).toEqual(new Set([company.id]))
    expect(fake.log).toHaveLength(5)
  })
})

describe('changing records', () => {
  test('many: in order, each with its outcome; twice the same record ends as the later change', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    for (const key of ['a', 'b']) fake.portal.create('kag_event', entry(key).properties)
    const changes = [
      { id: 'a', properties: { kag_seq: '1' } },
      { id: 'nope', properties: { kag_seq: '1' } },
      { id: 'b', properties: { kag_state: 'x' } },
      { id: 'a', properties: { kag_seq: '2' } },
    ]
    const outcomes = await client.updateMany(type, changes, { idProperty })
    expect(outcomes).toMatchObject([
      { status: 'written', isNew: false, record: { properties: { kag_seq: '1' } } },
      { status: 'refused', error: { details: { hubspot: 'OBJECT_NOT_FOUND' } } },
      { status: 'refused', error: { details: { hubspot: 'INVALID_OPTION' } } },
      { status: 'written', record: { properties: { kag_seq: '2' } } },
    ])
    expect(fake.portal.find('kag_event', 'a', idProperty)?.values.get('kag_seq')).toBe('2')
  })

  test.each(['item', 'whole'] as const)(
    'upsert makes what is not there, and the one that is refused holds nobody back (refused: %s)',
    async (mode) => {
      const fake = withEvents()
      fake.portal.behaviour.conflictInBatch = mode
      const client = clientOf(fake)
      fake.portal.create('kag_event', entry('a').properties)
      const changes = Array.from({ length: 120 }, (_, k) => ({
        id: k === 0 ? 'a' : `n-${String(k)}`,
        // One of them wants what another record has.
        properties: { kag_seq: '7', kag_command_key: k === 50 ? 'cmd-a' : `cmd-${k === 0 ? 'a' : String(k)}` },
      }))
      const outcomes = await client.upsertMany(type, changes, idProperty)
      expect(outcomes.map((each) => (each.status === 'written' ? each.isNew : each.error.details['hubspot']))).toEqual(
        changes.map((_, k) => (k === 0 ? false : k === 50 ? 'CONFLICTING_UNIQUE_VALUE' : true)),
      )
      expect(keyed(fake)).toHaveLength(119)
    },
  )

  test('a rule of the admin’s refuses a visible record, and says so of it alone', async () => {
    const fake = createFakeHubSpot()
    fake.portal.behaviour.rules.push(({ values }) =>
      values.get('name') === 'locked' ? { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', properties: ['domain'] } : null,
    )
    const id = fake.portal.create('companies', { name: 'A' }).record.id
    await expect(clientOf(fake).update('companies', id, { name: 'locked' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { codes: ['MISSING_CONDITIONAL_REQUIRED_PROPERTY'], properties: ['domain'] },
    })
    expect(fake.portal.find('companies', id)?.values.get('name')).toBe('A')
  })

  test('taking away what a record holds of people: for good, as far as the portal lets us, or it is gone already', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    const contact = fake.portal.create('contacts', { email: 'anna@example.com' }).record.id
    expect(await client.erase('contacts', contact, { clear: ['email'] })).toBe('erased')
    expect(fake.portal.ofType('contacts')).toEqual([])
    fake.portal.create('kag_event', entry('a').properties)
    expect(await client.erase(type, 'a', { idProperty, clear: ['kag_title'] })).toBe('cleared')
    const [left] = fake.portal.ofType('kag_event')
    expect([left?.archived, left?.values.get('kag_title')]).toEqual([true, ''])
    expect(await client.erase(type, 'a', { idProperty, clear: ['kag_title'] })).toBe('absent')
    fake.portal.behaviour.erasable = ['kag_event']
    fake.portal.create('kag_event', entry('b').properties)
    expect(await client.erase(type, 'b', { idProperty, clear: [] })).toBe('erased')
    expect(await client.erase(type, 'b', { idProperty, clear: [] })).toBe('absent')
  })
})

describe('anything else', () => {
  test('any resource, under the one version; 404 is no error of a read', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    expect(client.apiVersion).toBe('2026-09')
    expect(await client.get('/account-info/{version}/details')).toMatchObject({ portalId: 12_345_678, timeZone: 'Europe/Berlin' })
    expect(await client.get('/crm/properties/{version}/companies/kag_tier')).toBeNull()
    const property = { name: 'kag_tier', label: 'Tier', type: 'string', fieldType: 'text', groupName: 'information' }
    expect(await client.send('POST', '/crm/properties/{version}/companies', property)).toMatchObject({ name: 'kag_tier' })
    await expect(client.send('POST', '/crm/properties/{version}/companies', property)).rejects.toMatchObject({
      details: { hubspot: 'OBJECT_ALREADY_EXISTS' },
    })
    expect(await client.send('DELETE', '/crm/properties/{version}/companies/kag_tier')).toBeNull()
    await expect(client.send('PATCH', '/crm/properties/{version}/companies/kag_tier', { label: 'T' })).rejects.toMatchObject({
      details: { status: 404 },
    })
  })

  test('rows in pages', async () => {
    const fake = createFakeHubSpot()
    for (let k = 0; k < 1201; k += 1)
      fake.definitions.owners.push({
        id: String(k),
        userId: k + 5000,
        email: `u${String(k)}@example.com`,
        firstName: 'U',
        lastName: String(k),
        archived: false,
        teams: [],
      })
    const rows = await Array.fromAsync(clientOf(fake).pages('/crm/owners/{version}', { limit: 500, archived: false }))
    expect(rows.map((row) => (row as { id: string }).id)).toEqual(fake.definitions.owners.map(({ id }) => id))
    expect(fake.log.map(({ path }) => path)).toContain('/crm/owners/2026-09?limit=500&archived=false&after=500')
  })

  test('every request is told, with its lane and what is left of the day, and without its query', async () => {
    const fake = withEvents()
    const calls: HubSpotCall[] = []
    const client = clientOf(fake, { onCall: (call) => void calls.push(call) })
    await client.read(type, 'a', { idProperty })
    await client.inBulk.search(type, { filterGroups: [], properties: [] })
    await client.inBulk.inBulk.associated('companies', 'tickets', ['1'])
    expect(calls).toEqual([
      {
        method: 'GET',
        path: `/crm/objects/2026-09/${type}/a`,
        status: 404,
        lane: 'general',
        bulk: false,
        dailyRemaining: 999_999,
      },
      {
        method: 'POST',
        path: `/crm/objects/2026-09/${type}/search`,
        status: 200,
        lane: 'search',
        bulk: true,
        dailyRemaining: 999_998,
      },
      {
        method: 'POST',
        path: '/crm/associations/2026-09/companies/tickets/batch/read',
        status: 207,
        lane: 'associations',
        bulk: true,
        dailyRemaining: 999_997,
      },
    ])
  })

  test('the token is asked for once, not once a request', async () => {
    const fake = createFakeHubSpot()
    const client = clientOf(fake)
    await Promise.all(Array.from({ length: 10 }, () => client.read('companies', '1')))
    expect(fake.renewals()).toBe(1)
    // All are refused with the one token: one new one is asked for.
    fake.script = ({ number }) => (number <= 20 ? 'unauthorized' : null)
    await Promise.all(Array.from({ length: 10 }, () => client.read('companies', '1')))
    expect([fake.renewals(), fake.log.length]).toEqual([2, 30])
  })

  test('a listener that throws makes nothing unknown', async () => {
    const fake = withEvents()
    const onCall = (): void => {
      throw new Error('the host’s own')
    }
    expect(await clientOf(fake, { onCall }).create(type, entry('a'))).toMatchObject({ status: 'created' })
  })

  test('a rate that is met holds back its whole lane; a locked record holds back bulk work, and nobody else', async () => {
    const fake = withEvents()
    const said: unknown[] = []
    const limiter = createHubSpotLimiter({ now: fake.clock.now, sleep: fake.clock.sleep })
    const client = clientOf(fake, {
      limiter: {
        ...limiter,
        pause: (...all) => {
          said.push(all)
          limiter.pause(...all)
        },
        relent: () => {
          said.push('relent')
          limiter.relent()
        },
      },
    })
    const once = async (fault: 'secondly' | 'tenSecondly' | 'locked', work: () => Promise<unknown>): Promise<number> => {
      const at = fake.log.length + 1
      fake.script = ({ number }) => (number === at ? fault : null)
      const before = fake.clock.now()
      await work()
      return fake.clock.now() - before
    }
    const search = { filterGroups: [], properties: [] }
    expect(await once('secondly', () => client.search('companies', search))).toBeGreaterThanOrEqual(1000)
    expect(await once('tenSecondly', () => client.create(type, entry('a')))).toBeGreaterThanOrEqual(10_000)
    expect(await once('locked', () => client.create(type, entry('b')))).toBeGreaterThanOrEqual(2000)
    expect(said).toEqual([
      ['search', 1000],
      ['general', 10_000],
    ])
    expect(await once('locked', () => client.inBulk.create(type, entry('c')))).toBeGreaterThanOrEqual(2000)
    expect(said.slice(2)).toEqual(['relent'])
    expect(keyed(fake)).toEqual(['a', 'b', 'c'])
  })

  test('a bulk run that meets locked records goes on with fewer at once, and ends', async () => {
    const fake = withEvents()
    let locked = 0
    fake.script = ({ path }) => (path.endsWith('/create') && (locked += 1) % 3 === 0 && locked < 20 ? 'locked' : null)
    const records = Array.from({ length: 1000 }, (_, k) => entry(`a-${String(k)}`))
    expect(new Set(statuses(await clientOf(fake).inBulk.createMany(type, records, idProperty)))).toEqual(new Set(['created']))
    expect(keyed(fake)).toHaveLength(1000)
  })
})
