import { createHubSpotLimiter, type HubSpotCall } from '@ka-governance/adapter-hubspot'
import { describe, expect, test } from 'vitest'
import { createFakeHubSpot } from './fake/server.ts'
import { clientOf, entry, eventKey as idProperty, eventType as type, keyed, statuses, withEvents } from './portal.ts'

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
