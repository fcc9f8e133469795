// The ways in: a token, the Client of @hubspot/api-client, and that library's own transport; all over a real socket. The library drives the stand-in by
// itself too, so that the stand-in is not only what our client takes it for.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '@hubspot/api-client'
import { createHubSpotClient, fromApiClient, type ApiClient, type HubSpotConnection } from '@ka-governance/adapter-hubspot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listen } from '../../../test/support/listen.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { defineEvents, entry } from './portal.ts'

let fake: FakeHubSpot
let url: string
let close: () => Promise<void>
beforeEach(async () => {
  fake = createFakeHubSpot()
  defineEvents(fake)
  ;({ url, close } = await listen(fake, fake.baseUrl))
})
afterEach(() => close())

const ways: readonly (readonly [string, (basePath: string) => HubSpotConnection])[] = [
  ['a token', (baseUrl) => ({ accessToken: fake.token(), baseUrl })],
  ['a source of tokens', (baseUrl) => ({ accessToken: async () => fake.token(), baseUrl: `${baseUrl}/` })],
  ['a Client of @hubspot/api-client', (basePath) => new Client({ accessToken: fake.token(), basePath })],
  ['its own transport', (basePath) => fromApiClient(new Client({ accessToken: fake.token(), basePath }))],
]
const clientAt = (client: HubSpotConnection, more = {}) =>
  createHubSpotClient({ client, now: fake.clock.now, sleep: fake.clock.sleep, jitter: () => 0.5, ...more })

describe.each(ways)('through %s', (name, wayTo) => {
  test('the same calls have the same answers', async () => {
    const client = clientAt(wayTo(url))
    const key = { idProperty: 'kag_event_key' }
    const made = await client.create('p_kag_event', entry('a-000001'))
    expect(made).toMatchObject({ status: 'created', record: { properties: { kag_event_key: 'a-000001' } } })
    const id = made.status === 'created' ? made.record.id : ''
    expect(await client.create('p_kag_event', entry('a-000001'))).toMatchObject({
      status: 'taken',
      property: 'kag_event_key',
      holder: id,
    })
    expect(await client.read('p_kag_event', 'a:b/c?', key)).toBeNull()
    expect(await client.readMany('p_kag_event', ['a-000002', 'a-000001'], key)).toMatchObject([null, { id }])
    expect(await client.update('p_kag_event', 'a-000001', { kag_seq: '1' }, key)).toMatchObject({ id })
    expect(
      await client.upsertMany('p_kag_event', [{ id: 'a-000001', properties: { kag_seq: '2' } }], 'kag_event_key'),
    ).toMatchObject([{ status: 'written', isNew: false }])
    expect((await client.search('p_kag_event', { filterGroups: [], properties: [] })).records).toMatchObject([{ id }])
    await client.archiveMany('p_kag_event', [id])
    expect(await client.read('p_kag_event', id)).toBeNull()
  })

  test('a connection that is cut: a read is asked again, a create is not known', async () => {
    const client = clientAt(wayTo(url))
    fake.script = ({ number }) => (number === 1 ? 'cutAfter' : null)
    expect(await client.create('p_kag_event', entry('a'))).toMatchObject({ status: 'unknown' })
    fake.script = ({ number }) => (number === 2 ? 'cutBefore' : null)
    expect(await client.read('p_kag_event', 'a', { idProperty: 'kag_event_key' })).toMatchObject({ properties: {} })
    expect(fake.portal.ofType('kag_event')).toHaveLength(1)
  })

  test('a success with another number than the documented one is a success', async () => {
    const client = clientAt(wayTo(url))
    fake.portal.behaviour.successStatus = { create: 200, update: 202, batchCreate: 200, upsert: 201, batchUpdate: 207 }
    expect(await client.create('p_kag_event', entry('a'))).toMatchObject({ status: 'created' })
    expect(await client.createMany('p_kag_event', [entry('b')], 'kag_event_key')).toMatchObject([{ status: 'created' }])
    expect(await client.upsertMany('p_kag_event', [{ id: 'c', properties: {} }], 'kag_event_key')).toMatchObject([
      { isNew: true },
    ])
  })

  test('who never answers is not waited for', async () => {
    const mute = createServer(() => undefined)
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${String((mute.address() as AddressInfo).port)}`
    const client = clientAt(wayTo(at), { timeoutMs: 30, tries: 2 })
    expect(await client.create('p_kag_event', entry('a'))).toMatchObject({ status: 'unknown' })
    await expect(client.read('p_kag_event', '1')).rejects.toMatchObject({ code: 'unavailable' })
    mute.closeAllConnections()
    await new Promise((resolve) => mute.close(resolve))
  })

  test('half an answer, then nothing: not known', async () => {
    const half = createServer((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"id":"1",')
      setImmediate(() => response.socket?.destroy())
    })
    await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${String((half.address() as AddressInfo).port)}`
    expect(await clientAt(wayTo(at)).create('p_kag_event', entry('a'))).toMatchObject({ status: 'unknown' })
    half.closeAllConnections()
    await new Promise((resolve) => half.close(resolve))
  })

  test('a redirect is no answer, and our own requests take the token nowhere', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end('<html>')
    })
    const away = createServer((_request, response) => {
      const { port } = elsewhere.address() as AddressInfo
      response.writeHead(302, { location: `http://127.0.0.1:${String(port)}/login` }).end()
    })
    for (const server of [elsewhere, away]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${String((away.address() as AddressInfo).port)}`
    expect(await clientAt(wayTo(at)).create('p_kag_event', entry('a'))).toMatchObject({ status: 'unknown' })
    // The library follows it, and the platform leaves the token behind.
    expect(seen).toEqual(name === 'its own transport' ? [undefined] : [])
    for (const server of [elsewhere, away]) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('nothing is asked before the first call', () => {
    clientAt(wayTo(url))
    expect(fake.log).toEqual([])
  })
})

describe('a new token', () => {
  test('that the host gives the Client while a request is under way is used for the second try', async () => {
    for (const through of [(client: Client): HubSpotConnection => client, fromApiClient]) {
      const api = new Client({ accessToken: 'pat-eu1-old', basePath: url })
      const before = fake.log.length
      fake.script = () => {
        api.setAccessToken(fake.token())
        return null
      }
      expect(await clientAt(through(api)).read('companies', '1')).toBeNull()
      expect(fake.log.length - before).toBe(2)
    }
  })

  test('that the Client gets only after it was handed over is used', async () => {
    const api = new Client({ basePath: url })
    const client = clientAt(api)
    await expect(client.read('companies', '1')).rejects.toMatchObject({ code: 'forbidden' })
    api.setAccessToken(fake.token())
    expect(await client.read('companies', '1')).toBeNull()
  })

  test('is the library’s own affair as long as its client has none: our requests do not go out without', async () => {
    const paths: string[] = []
    const apiRequest: ApiClient['apiRequest'] = async ({ path }) => {
      paths.push(path)
      return new Response('{"id":"1"}', { status: 200 })
    }
    const client = clientAt({ config: {}, apiRequest }, { fetch: () => Promise.reject(new Error('went out')) })
    expect(await client.read('companies', '1')).toMatchObject({ id: '1' })
    expect(paths).toEqual(['/crm/objects/2026-09/companies/1'])
  })

  test('that nobody gives is an error', async () => {
    for (const through of [(client: Client): HubSpotConnection => client, fromApiClient]) {
      const api = new Client({ accessToken: 'pat-eu1-old', basePath: url })
      const before = fake.log.length
      await expect(clientAt(through(api)).read('companies', '1')).rejects.toMatchObject({ code: 'forbidden' })
      expect(fake.log.length - before).toBe(1)
    }
  })
})

describe('@hubspot/api-client by itself, against the stand-in', () => {
  // The library's inputs are classes that nobody makes instances of.
  const given = (input: object): never => input as never
  const api = () => new Client({ accessToken: fake.token(), basePath: url })

  test('records: made, read, changed, found, archived', async () => {
    const { crm } = api()
    const made = await crm.objects.basicApi.create('p_kag_event', given({ properties: { kag_event_key: 'a' }, associations: [] }))
    expect(made.createdAt).toBeInstanceOf(Date)
    const read = await crm.objects.basicApi.getById('p_kag_event', 'a', ['kag_seq'], undefined, undefined, false, 'kag_event_key')
    expect([read.id, read.properties['kag_seq']]).toEqual([made.id, null])
    await crm.objects.basicApi.update('p_kag_event', made.id, given({ properties: { kag_seq: '3' } }))
    const found = await crm.objects.searchApi.doSearch(
      'p_kag_event',
      given({
        filterGroups: [{ filters: [{ propertyName: 'kag_seq', operator: 'EQ', value: '3' }] }],
        properties: ['kag_seq'],
        limit: 10,
        after: '0',
        sorts: [],
      }),
    )
    expect([found.total, found.results[0]?.id]).toEqual([1, made.id])
    const batch = await crm.objects.batchApi.read(
      'p_kag_event',
      given({ idProperty: 'kag_event_key', properties: [], propertiesWithHistory: [], inputs: [{ id: 'a' }, { id: 'b' }] }),
      false,
    )
    expect(batch.results.map(({ id }) => id)).toEqual([made.id])
    await crm.objects.basicApi.archive('p_kag_event', made.id)
    expect((await crm.objects.basicApi.getPage('p_kag_event', 100)).results).toEqual([])
  })

  test('a conflict comes as an exception with the text that we read; a success with another number too', async () => {
    const { crm } = api()
    const input = { properties: { kag_event_key: 'a' }, associations: [] }
    await crm.objects.basicApi.create('p_kag_event', given(input))
    await expect(crm.objects.basicApi.create('p_kag_event', given(input))).rejects.toMatchObject({
      code: 400,
      body: { category: 'VALIDATION_ERROR', message: expect.stringContaining('already has that value') },
    })
    fake.portal.behaviour.successStatus = { create: 200 }
    await expect(
      crm.objects.basicApi.create('p_kag_event', given({ properties: { kag_event_key: 'b' }, associations: [] })),
    ).rejects.toMatchObject({ code: 200 })
    expect(fake.portal.ofType('kag_event')).toHaveLength(2)
  })

  test('links, definitions, people', async () => {
    const { crm } = api()
    const company = fake.portal.create('companies', { name: 'A' }).record.id
    const ticket = fake.portal.create('tickets', { hs_pipeline_stage: '1' }).record.id
    await crm.associations.v4.basicApi.createDefault('tickets', ticket, 'companies', company)
    const links = await crm.associations.v4.batchApi.getPage('tickets', 'companies', given({ inputs: [{ id: ticket }] }))
    expect(links.results[0]?.to.map(({ toObjectId }) => toObjectId)).toEqual([company])
    const labels = await crm.associations.v4.schema.definitionsApi.getAll('tickets', 'companies')
    expect(labels.results.map(({ typeId }) => typeId)).toEqual([339])
    const schemas = await crm.schemas.coreApi.getAll(false)
    expect(schemas.results.map(({ name }) => name)).toEqual(['kag_event'])
    const group = { name: 'kag', label: 'KAG', displayOrder: 0 }
    expect((await crm.properties.groupsApi.create('companies', given(group))).name).toBe('kag')
    const property = await crm.properties.coreApi.create(
      'companies',
      given({
        name: 'kag_tier',
        label: 'Tier',
        type: 'string',
        fieldType: 'text',
        groupName: 'kag',
        hasUniqueValue: false,
        formField: false,
      }),
    )
    expect(property.formField).toBe(false)
    const pipeline = await crm.pipelines.pipelinesApi.create(
      'tickets',
      given({
        label: 'Complaints',
        displayOrder: 0,
        stages: [{ label: 'New', displayOrder: 0, metadata: { ticketState: 'OPEN' } }],
      }),
    )
    expect(pipeline.stages.map(({ label }) => label)).toEqual(['New'])
    fake.definitions.owners.push({
      id: '7',
      userId: 8,
      email: 'a@example.com',
      firstName: 'A',
      lastName: 'B',
      archived: false,
      teams: [],
    })
    expect((await crm.owners.ownersApi.getPage()).results.map(({ userId }) => userId)).toEqual([8])
  })
})
