// Lists: what the index has to say, within HubSpot's limits, and judged by the records.
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { preparedPortal } from './governed-portal.ts'
import { forward, mapping as ofOffice, office } from './office.ts'
import { mapping, storeOn } from './subject.ts'

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

test('more than the ten thousand that HubSpot shows of one search are all found, in order of their ids', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  const count = 10_230
  for (let k = 0; k < count; k += 1) {
    const { projection } = makeCommit({ instanceId: `p-${String(count - k).padStart(5, '0')}`, kind: 'project' })
    fake.portal.create('kag_case', {
      kag_instance_id: projection.instanceId,
      kag_kind: 'project',
      kag_projection: JSON.stringify(projection),
    })
  }
  const ids = (await collected(store.find({ kind: 'project' }))).map(({ instanceId }) => instanceId)
  expect(ids).toHaveLength(count)
  expect(ids).toEqual([...ids].sort())
  expect(await collected(store.find({}))).toHaveLength(count)
}, 60_000)

test('texts are found by all their characters: by case, and beyond what a column holds', async () => {
  const store = storeOn(preparedPortal(mapping))
  const long = 'x'.repeat(300)
  const plans = [
    { instanceId: 'a', accountId: `${long}a` },
    { instanceId: 'b', accountId: `${long}b` },
    { instanceId: 'c', accountId: 'Acme', state: 'Open' },
    { instanceId: 'd', accountId: 'acme', state: 'open' },
  ]
  for (const plan of plans) await store.commit([makeCommit({ ...plan, kind: 'project' })])
  const ids = async (query: Parameters<typeof store.find>[0]) =>
    (await collected(store.find(query))).map((each) => each.instanceId)
  expect(await ids({ accountId: `${long}b` })).toEqual(['b'])
  expect(await ids({ accountId: 'Acme' })).toEqual(['c'])
  expect(await ids({ state: 'open', accountId: 'acme' })).toEqual(['d'])
  expect(await ids({ accountId: '' })).toEqual([])
})

test('effects of more types than one search has room for, of names that differ in case, and longer than a column', async () => {
  const store = storeOn(preparedPortal(mapping))
  const long = 't'.repeat(100)
  const types = [
    ...Array.from({ length: 60 }, (_, k) => `type-${String(k).padStart(2, '0')}-${'y'.repeat(40)}`),
    'Mail',
    'mail',
    `${long}a`,
    `${long}b`,
  ]
  await store.commit(
    types.map((type, k) => makeCommit({ instanceId: `i-${String(k).padStart(2, '0')}`, effects: [type], at: 1000 + k })),
  )
  const of = async (wanted: readonly string[], limit = 100) =>
    (await store.effects.pending({ limit, types: wanted })).map(({ effect }) => effect.type)
  expect(await of(types)).toEqual(types)
  expect(await of(types, 5)).toEqual(types.slice(0, 5))
  expect(await of(['mail'])).toEqual(['mail'])
  expect(await of([`${long}b`])).toEqual([`${long}b`])
})

describe('an effect whose record somebody damaged', () => {
  const damages = ['null', '{', '[]', '{"kind":"project","seq":1,"at":1,"effect":null}', '']

  async function damaged(text: string) {
    const fake = preparedPortal(mapping)
    const store = storeOn(fake)
    const damage = (type: string, key: string, values: { readonly [property: string]: string }): void => {
      const record = fake.portal.find(type, key, `${type}_key`)
      if (record === null) throw new Error(`no ${type} ${key}`)
      fake.portal.change(record, values)
    }
    for (const [k, instanceId] of ['a', 'b', 'c'].entries())
      await store.commit([makeCommit({ instanceId, effects: ['mail'], at: 1000 + k })])
    const before = await store.effects.pending({ limit: 9 })
    damage('kag_effect', 'a-000001-e1', { kag_effect: text, kag_attempts: '2' })
    return { store, damage, before }
  }

  test.each(damages)('is taken from its entry, in its place: %j', async (text) => {
    const { store, before } = await damaged(text)
    const [first, ...others] = before
    expect(await store.effects.pending({ limit: 9, at: 2000 })).toEqual([{ ...first, attempts: 2 }, ...others])
    expect(await store.effects.pending({ limit: 2, types: ['mail'] })).toEqual([{ ...first, attempts: 2 }, others[0]])
    expect(await store.effects.pending({ limit: 9, instanceId: 'a' })).toEqual([{ ...first, attempts: 2 }])
    await store.effects.fail('a', 'a-000001-e1', 'no', true)
    expect(await store.effects.dead({ limit: 9 })).toEqual([{ ...first, attempts: 3, reason: 'no' }])
  })

  test('and that names another one is taken from its entry', async () => {
    const { store, before } = await damaged(
      JSON.stringify({ kind: 'project', seq: 1, at: 1, effect: { id: 'b-000001-e1', type: 'mail', params: {} } }),
    )
    expect((await store.effects.pending({ limit: 9 })).map(({ effect }) => effect)).toEqual(before.map(({ effect }) => effect))
  })

  test.each(damages)('and whose entry is damaged as well harms no other one: %j', async (text) => {
    const { store, damage, before } = await damaged(text)
    damage('kag_event', 'a-000001', { kag_entry: text })
    expect(await store.effects.pending({ limit: 9 })).toEqual(before.slice(1))
    expect(await store.effects.pending({ limit: 9, instanceId: 'b' })).toEqual([before[1]])
    await expect(store.effects.pending({ limit: 9, instanceId: 'a' })).rejects.toMatchObject({ code: 'corrupt_record' })
  })
})

test('commands that were made by hand with any number for an instant, or none, are each met once, page by page', async () => {
  const { fake, intake, id } = await office()
  const { inbox } = storeOn(fake, { mapping: ofOffice })
  await intake.leave([forward(id)])
  const instants = ['-5', '-1e300', '', '1.5', '99999999999999999']
  for (const [k, at] of instants.entries())
    fake.portal.create('kag_command', {
      kag_command_key: `hand-${String(k)}`,
      kag_status: 'new',
      ...(at === '' ? {} : { kag_at_ms: at }),
    })
  const met: string[] = []
  for (let after: string | undefined; ;) {
    const [row] = (await inbox?.pending({ limit: 1, ...(after === undefined ? {} : { after }) })) ?? []
    if (row === undefined) break
    met.push(row.id)
    after = row.place
  }
  expect(met).toEqual(['hand-0', 'hand-1', 'hand-2', 'hand-3', 'card-1', 'hand-4'])
})
