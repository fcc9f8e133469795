import { createHubSpotClient, type Created } from '@ka-governance/adapter-hubspot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passingFaults } from './fake/server.ts'
import { clientOf, entry, eventKey as idProperty, eventType as type, keyed, statuses, withEvents } from './portal.ts'

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
