import { createHubSpotClient, HUBSPOT_API_VERSION } from '@ka-governance/adapter-hubspot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientOf, entry, eventKey as idProperty, eventType as type, keyed, withEvents } from './portal.ts'

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
