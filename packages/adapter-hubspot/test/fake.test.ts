// What the stand-in answers has the shape of what HubSpot answered: member for member, header for header.
import { describe, expect, test } from 'vitest'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { defineEvents, entry } from './portal.ts'
import { read, there, type Recording } from './recordings.ts'

async function call(fake: FakeHubSpot, method: string, path: string, body?: unknown) {
  const response = await fake.fetch(`${fake.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${fake.token()}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? '' : (JSON.parse(text) as unknown) }
}

/** The kinds of values by their places: `results[].id: string`. What stands in `properties` of a record is told by name. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return [...new Set((value as unknown[]).flatMap((each) => shapeOf(each, `${path}[]`)))]
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`]
  return Object.entries(value).flatMap(([name, each]) => shapeOf(each, `${path}.${name}`))
}
const headersOf = (headers: Headers | { readonly [name: string]: string }): readonly string[] =>
  [...new Headers({ ...(headers instanceof Headers ? Object.fromEntries(headers) : headers) }).keys()]
    .filter((name) => name !== 'date')
    .sort()

describe('the stand-in answers as the recorded portal did (skipped: no recordings beside the project)', () => {
  test.skipIf(!there)('the whole tape, played again in its order and its time: statuses, shapes, headers', async () => {
    const tape = read('grouparoo-custom-object-search-batch-429.json') as Recording[]
    const types = {
      first_name: 'string',
      last_name: 'string',
      text_field: 'string',
      number_field: 'number',
      date_field: 'date',
    } as const
    const played = { answers: 0, limited: 0 }
    for (const oauth of [false, true]) {
      const start = Date.parse('2022-02-17T20:19:26.000Z')
      const fake = createFakeHubSpot({
        start,
        rates: { daily: oauth ? null : 250_000, general: { max: 100, windowMs: 10_000 } },
      })
      fake.portal.define({
        name: 'grouparoo_object',
        requiredProperties: ['grouparoo_object_property'],
        properties: [
          { name: 'grouparoo_object_property', label: 'Key', type: 'string', fieldType: 'text' },
          ...Object.entries(types).map(([name, type]) => ({ name, label: name, type, fieldType: 'text' })),
        ],
      })
      const ids = new Map<string, string>()
      for (const { request, response } of tape.filter(
        (each) => oauth === (each.response.headers['x-hubspot-ratelimit-daily'] === undefined),
      )) {
        if (response.status === 429) {
          fake.script = () => 'secondly'
          played.limited += 1
        }
        const body = JSON.parse(JSON.stringify(request.body), (name, value: unknown) =>
          name === 'id' ? (ids.get(String(value)) ?? value) : value,
        ) as unknown
        fake.clock.advance(1000)
        const path = request.path.replace(/2-\d+/, 'grouparoo_object')
        const answer = await call(fake, request.method, path, body)
        fake.script = null
        const place = `${request.path} ${JSON.stringify(request.body)}`
        expect(answer.status, place).toBe(response.status)
        if (response.status !== 429) expect(headersOf(answer.headers), place).toEqual(headersOf(response.headers))
        if (path.endsWith('/create'))
          for (const [k, { id }] of (response.body as { results: { id: string }[] }).results.entries())
            ids.set(id, (answer.body as { results: { id: string }[] }).results[k]?.id ?? '')
        // What a search finds depends on the moment; what a write answers does not.
        if (!path.endsWith('/search')) {
          expect([...shapeOf(answer.body)].sort(), place).toEqual([...shapeOf(response.body)].sort())
        } else if (response.status === 200) {
          const known = new Set([
            ...shapeOf(answer.body),
            ': object',
            '.results[].id: string',
            '.results[].createdAt: string',
            '.results[].updatedAt: string',
            '.results[].archived: boolean',
            ...Object.keys(types).flatMap((name) => [
              `.results[].properties.${name}: string`,
              `.results[].properties.${name}: null`,
            ]),
            ...['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id', 'grouparoo_object_property'].map(
              (name) => `.results[].properties.${name}: string`,
            ),
          ])
          expect(
            shapeOf(response.body).filter((each) => !known.has(each)),
            place,
          ).toEqual([])
        } else expect([...shapeOf(answer.body)].sort(), place).toEqual([...shapeOf(response.body)].sort())
        played.answers += 1
      }
    }
    expect(played).toEqual({ answers: 269, limited: 25 })
  })

  test.skipIf(!there)('a schema of a custom type', async () => {
    const [recorded] = read('grouparoo-custom-object-schemas.json') as Recording[]
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const answer = await call(fake, 'GET', '/crm-object-schemas/2026-09/schemas')
    const [theirs] = (recorded?.response.body as { results: { properties: { hubspotDefined?: boolean }[] }[] }).results
    const [ours] = (answer.body as { results: { properties: { hubspotDefined?: boolean }[] }[] }).results
    const top = (each: object | undefined) => Object.keys(each ?? {}).sort()
    expect(top(ours)).toEqual(top(theirs))
    const own = (each: typeof ours) => each?.properties.filter(({ hubspotDefined }) => hubspotDefined !== true)[0]
    const defined = (each: typeof ours) => each?.properties.filter(({ hubspotDefined }) => hubspotDefined === true)[0]
    expect(top(own(ours))).toEqual(top(own(theirs)))
    expect(top(defined(ours))).toEqual(top(defined(theirs)))
  })

  test.skipIf(!there)('errors that are on record', async () => {
    const { items } = read('error-bodies.json') as { items: { id: string; status: number; body: { message: string } }[] }
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.portal.typeOf('deals').properties.set('kag_event_key', {
      name: 'kag_event_key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'information',
      hasUniqueValue: true,
    })
    const deal = { properties: { kag_event_key: 'kae-01hzx-000002' } }
    await call(fake, 'POST', '/crm/objects/2026-09/deals', deal)
    const state = { name: 'kag_state', label: 'State', type: 'string', fieldType: 'text', groupName: 'information' }
    await call(fake, 'POST', '/crm/properties/2026-09/deals', state)
    const answers: { readonly [id: string]: () => ReturnType<typeof call> } = {
      'unique-conflict-deal': () => call(fake, 'POST', '/crm/objects/2026-09/deals', deal),
      'property-missing': () => call(fake, 'POST', '/crm/objects/2026-09/deals', { properties: { kag_nope: 'x' } }),
      'property-name-exists': () => call(fake, 'POST', '/crm/properties/2026-09/deals', state),
      'rate-secondly-search': () => faulty('secondly'),
      'rate-ten-secondly': () => faulty('tenSecondly'),
      'rate-daily': () => faulty('daily'),
      'invalid-auth': () =>
        fake.fetch(`${fake.baseUrl}/crm/objects/2026-09/deals`).then(async (answer) => ({
          status: answer.status,
          headers: answer.headers,
          body: await answer.json(),
        })),
      'batch-create-207': () =>
        call(fake, 'POST', '/crm/objects/2026-09/p_kag_event/batch/create', {
          inputs: [
            { objectWriteTraceId: 'a', properties: {} },
            { objectWriteTraceId: 'b', properties: { kag_state: 'x' } },
          ],
        }),
      'normalised-date-warning': async () => {
        const { record } = fake.portal.create('kag_event', {})
        return call(fake, 'PATCH', `/crm/objects/2026-09/p_kag_event/${record.id}`, {
          properties: { kag_due: '2026-10-01T13:00:00Z' },
        })
      },
    }
    async function faulty(fault: 'secondly' | 'tenSecondly' | 'daily') {
      fake.script = () => fault
      const answer = await call(fake, 'GET', '/crm/objects/2026-09/deals')
      fake.script = null
      return answer
    }
    const digits = (text: string): string => text.replace(/\d+/g, '0').replace(/ and you can find.*/, '')
    for (const [id, ask] of Object.entries(answers)) {
      const recorded = items.find((each) => each.id === id)
      const { status, body } = await ask()
      expect(status, id).toBe(recorded?.status)
      const mine = new Set(shapeOf(body))
      // What the record has is there; what it left out (ids, three dates) may come along.
      const wanted = shapeOf(recorded?.body).filter((each) => !each.includes('requestId'))
      expect(
        wanted.filter((each) => !mine.has(each)),
        id,
      ).toEqual([])
      const message = recorded?.body.message
      if (message !== undefined && !message.includes('[{'))
        expect(digits((body as { message: string }).message), id).toBe(digits(message))
    }
  })
})

describe('what the portal holds to', () => {
  const objects = '/crm/objects/2026-09/p_kag_event'
  const made = async (fake: FakeHubSpot, key: string, more = {}) =>
    (await call(fake, 'POST', objects, entry(key, more))).body as { id: string }

  test('a unique value is taken once, whoever asks first; the refused record is not there', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(fake, 'POST', objects, entry('a-000001'))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 400)])
    expect(fake.portal.ofType('kag_event')).toHaveLength(1)
  })

  test('the index is behind: new ones are missing, old values are found with new ones in them, archived ones are counted', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.portal.behaviour.lagMs = 30_000
    const { id } = await made(fake, 'a-000001', { kag_state: 'open' })
    const search = async (value: string) => {
      const filters = [{ propertyName: 'kag_state', operator: 'EQ', value }]
      const { body } = await call(fake, 'POST', `${objects}/search`, { filterGroups: [{ filters }], properties: ['kag_state'] })
      const { total, results } = body as { total: number; results: { properties: { kag_state: string } }[] }
      return [total, ...results.map(({ properties }) => properties.kag_state)]
    }
    expect(await search('open')).toEqual([0])
    fake.clock.advance(30_000)
    expect(await search('open')).toEqual([1, 'open'])
    await call(fake, 'PATCH', `${objects}/${id}`, { properties: { kag_state: 'closed' } })
    expect([await search('open'), await search('closed')]).toEqual([[1, 'closed'], [0]])
    fake.clock.advance(30_000)
    await call(fake, 'DELETE', `${objects}/${id}`)
    expect([await search('open'), await search('closed')]).toEqual([[0], [1]])
    fake.clock.advance(30_000)
    expect(await search('closed')).toEqual([0])
  })

  test.each([
    ['six groups', { filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
    [
      'seven filters',
      { filterGroups: [{ filters: Array.from({ length: 7 }, () => ({ propertyName: 'kag_seq', operator: 'EQ', value: '1' })) }] },
    ],
    [
      'nineteen filters',
      {
        filterGroups: [5, 5, 5, 4].map((length) => ({
          filters: Array.from({ length }, () => ({ propertyName: 'kag_seq', operator: 'EQ', value: '1' })),
        })),
      },
    ],
    ['a page of 201', { limit: 201 }],
    ['a page behind 10,000', { limit: 200, after: '9900' }],
    ['3,001 characters', { properties: ['x'.repeat(3001)] }],
    ['two sorts', { sorts: [{ propertyName: 'kag_seq' }, { propertyName: 'kag_at' }] }],
    ['a property that is not there', { filterGroups: [{ filters: [{ propertyName: 'kag_nope', operator: 'EQ', value: '1' }] }] }],
    [
      'an operator without its value',
      { filterGroups: [{ filters: [{ propertyName: 'kag_seq', operator: 'BETWEEN', value: '1' }] }] },
    ],
  ])('a search with %s is refused', async (_what, body) => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    expect((await call(fake, 'POST', `${objects}/search`, body)).status).toBe(400)
    expect((await call(fake, 'POST', `${objects}/search`, {})).status).toBe(200)
  })

  test('101 inputs, a value of 65,537 characters, a second of the same id, a value for a read-only property: refused', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const inputs = (length: number) => ({ inputs: Array.from({ length }, (_, k) => entry(`a-${String(k)}`)) })
    expect((await call(fake, 'POST', `${objects}/batch/create`, inputs(101))).status).toBe(400)
    expect((await call(fake, 'POST', `${objects}/batch/create`, inputs(100))).status).toBe(201)
    expect((await call(fake, 'POST', objects, entry('b', { kag_title: 'x'.repeat(65_537) }))).status).toBe(400)
    expect((await call(fake, 'POST', objects, entry('b', { kag_title: 'x'.repeat(65_536) }))).status).toBe(201)
    const twice = [entry('c'), entry('c')].map((each) => ({ id: 'c', idProperty: 'kag_event_key', ...each }))
    expect((await call(fake, 'POST', `${objects}/batch/upsert`, { inputs: twice })).status).toBe(400)
    expect((await call(fake, 'POST', objects, entry('d', { hs_object_id: '7' }))).status).toBe(400)
  })

  test('a batch without traces is all or none; with them each is told by itself', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    await made(fake, 'a')
    const plain = [entry('b'), entry('a'), entry('c')]
    expect((await call(fake, 'POST', `${objects}/batch/create`, { inputs: plain })).status).toBe(400)
    expect(fake.portal.ofType('kag_event')).toHaveLength(1)
    const traced = plain.map((each, k) => ({ ...each, objectWriteTraceId: String(k) }))
    const { status, body } = await call(fake, 'POST', `${objects}/batch/create`, { inputs: traced })
    expect(status).toBe(207)
    expect(body).toMatchObject({ numErrors: 1, errors: [{ context: { objectWriteTraceId: ['1'] } }] })
    expect(fake.portal.ofType('kag_event')).toHaveLength(3)
  })

  test('the bin keeps values unless the portal frees them; what is restored needs its own', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const { id } = await made(fake, 'a')
    await call(fake, 'DELETE', `${objects}/${id}`)
    expect((await call(fake, 'GET', `${objects}/a?idProperty=kag_event_key`)).status).toBe(404)
    expect((await call(fake, 'GET', `${objects}/a?idProperty=kag_event_key&archived=true`)).status).toBe(200)
    expect((await call(fake, 'POST', objects, entry('a'))).status).toBe(400)
    const other = createFakeHubSpot()
    defineEvents(other)
    other.portal.behaviour.archivedKeepValues = false
    const gone = await made(other, 'a')
    await call(other, 'DELETE', `${objects}/${gone.id}`)
    expect((await call(other, 'POST', objects, entry('a'))).status).toBe(201)
    const record = other.portal.ofType('kag_event').find(({ archived }) => archived)
    expect(() => record && other.portal.restore(record)).toThrow('already has that value')
  })

  test('two companies become one: the id of the other leads to it', async () => {
    const fake = createFakeHubSpot()
    const ids = ['A', 'B'].map((name) => fake.portal.create('companies', { name }).record.id)
    const [primaryObjectId, objectIdToMerge] = ids
    await call(fake, 'POST', '/crm/objects/2026-09/companies/merge', { primaryObjectId, objectIdToMerge })
    expect(
      (await call(fake, 'GET', `/crm/objects/2026-09/companies/${String(objectIdToMerge)}?properties=name`)).body,
    ).toMatchObject({
      id: primaryObjectId,
      properties: { name: 'A' },
    })
  })

  test('definitions: shown after a while, restored as they were, types fixed, options replaced, links only where they are allowed', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.portal.behaviour.definitionLagMs = 500
    const at = '/crm/properties/2026-09/companies'
    const tier = { name: 'kag_tier', label: 'Tier', type: 'string', fieldType: 'text', groupName: 'information' }
    expect((await call(fake, 'POST', at, tier)).status).toBe(201)
    expect((await call(fake, 'GET', `${at}/kag_tier`)).status).toBe(404)
    fake.clock.advance(500)
    expect((await call(fake, 'GET', `${at}/kag_tier`)).body).toMatchObject({ hasUniqueValue: false, formField: true })
    expect((await call(fake, 'PATCH', `${at}/kag_tier`, { hasUniqueValue: true })).status).toBe(400)
    await call(fake, 'DELETE', `${at}/kag_tier`)
    const restored = await call(fake, 'POST', at, { ...tier, type: 'number', fieldType: 'number' })
    expect([restored.status, (restored.body as { type: string }).type]).toEqual([201, 'string'])
    const choice = { ...tier, name: 'kag_a', type: 'enumeration', fieldType: 'select', options: [{ label: 'A', value: 'a' }] }
    await call(fake, 'POST', at, choice)
    const changed = await call(fake, 'PATCH', `${at}/kag_a`, { options: [{ label: 'B', value: 'b' }] })
    expect((changed.body as { options: { value: string }[] }).options.map(({ value }) => value)).toEqual(['b'])
    const company = fake.portal.create('companies', {}).record.id
    const deal = fake.portal.create('deals', {}).record.id
    const { id } = await made(fake, 'a')
    const link = (type: string, to: string) => call(fake, 'PUT', `${objects}/${id}/associations/default/${type}/${to}`)
    expect([(await link('companies', company)).status, (await link('deals', deal)).status]).toEqual([200, 400])
    fake.clock.advance(500)
    await call(fake, 'POST', '/crm-object-schemas/2026-09/schemas/kag_event/associations', { toObjectTypeId: '0-3' })
    expect((await link('deals', deal)).status).toBe(200)
  })

  test('a pipeline: its stages have ids of the portal, a stage that is none is refused, one in use stays', async () => {
    const fake = createFakeHubSpot()
    const at = '/crm/pipelines/2026-09/tickets'
    const stages = ['New', 'Done'].map((label, displayOrder) => ({ label, displayOrder, metadata: { ticketState: 'OPEN' } }))
    const { body } = await call(fake, 'POST', at, { label: 'Complaints', displayOrder: 0, stages })
    const pipeline = body as { id: string; stages: { id: string }[] }
    expect((await call(fake, 'POST', at, { label: 'Complaints', displayOrder: 0, stages })).status).toBe(409)
    const ticket = (stage: string) =>
      call(fake, 'POST', '/crm/objects/2026-09/tickets', { properties: { hs_pipeline: pipeline.id, hs_pipeline_stage: stage } })
    expect([(await ticket('1')).status, (await ticket(pipeline.stages[0]?.id ?? '')).status]).toEqual([400, 201])
    const remove = (k: number) => call(fake, 'DELETE', `${at}/${pipeline.id}/stages/${pipeline.stages[k]?.id ?? ''}`)
    expect([(await remove(0)).status, (await remove(1)).status]).toEqual([400, 204])
  })

  test('a refused create leaves half a record where the portal does that', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.portal.behaviour.leaveHalfRecords = true
    await made(fake, 'a')
    await made(fake, 'a')
    expect(fake.portal.ofType('kag_event').map(({ values }) => values.get('kag_event_key') ?? null)).toEqual(['a', null])
  })
})
