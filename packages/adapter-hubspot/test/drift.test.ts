import type { Projection, RecordDrift } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import type { HubSpotMapping } from '../src/options.ts'
import { showsWhatWasWritten } from '../src/same-value.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal, ticketMapping } from './governed-portal.ts'
import { storeOn } from './subject.ts'

const complaint = ticketMapping
const due = Date.UTC(2026, 1, 1)

async function shown(
  mapping: HubSpotMapping,
  plan: Parameters<typeof makeCommit>[0],
  more: Partial<Projection> = {},
  fake?: FakeHubSpot,
) {
  const portal = fake ?? preparedPortal(mapping)
  const store = storeOn(portal, { mapping })
  const made = makeCommit(plan)
  const commit = { ...made, projection: { ...made.projection, ...more } }
  const [outcome] = await store.commit([commit])
  const drift = (projection: Projection = commit.projection): Promise<readonly RecordDrift[]> =>
    store.drift?.([projection]) ?? Promise.resolve([])
  return { fake: portal, store, outcome, projection: commit.projection, drift }
}

/** What a person does in the portal. */
function byHand(fake: FakeHubSpot, type: string, id: string, values: object, idProperty?: string): void {
  const record = fake.portal.find(type, id, idProperty)
  if (record === null) throw new Error(`no ${type} ${id}`)
  fake.portal.change(record, values)
}

const plan = { instanceId: 'cmp-1', nextDueAt: due, state: 'received' } as const
const differences = (found: readonly RecordDrift[]) =>
  found.flatMap((each) =>
    each.differences.map(({ field, part, governed, shown: there }) => [each.record.object, field, part, governed, there]),
  )

describe('of a case', () => {
  test('every column that people see, in the terms of the projection', async () => {
    const { fake, drift, projection } = await shown(
      { records: { complaint: null } },
      { ...plan, accountId: 'acme' },
      { owner: 'u-7' },
    )
    expect(await drift()).toEqual([])
    const at = '2027-01-01T00:00:00.000Z'
    const values = {
      kag_state: 'archived',
      kag_open: 'false',
      kag_owner: '',
      kag_account_id: 'bolt',
      kag_due_ms: '7',
      kag_due_at: at,
    }
    byHand(fake, 'kag_case', 'cmp-1', values, 'kag_instance_id')
    expect(differences(await drift())).toEqual([
      ['kag_case', 'kag_state', 'state', 'received', 'archived'],
      ['kag_case', 'kag_open', 'open', true, false],
      ['kag_case', 'kag_owner', 'owner', 'u-7', null],
      ['kag_case', 'kag_account_id', 'accountId', 'acme', 'bolt'],
      ['kag_case', 'kag_due_ms', 'nextDueAt', due, 7],
      ['kag_case', 'kag_due_at', 'nextDueAt', due, Date.parse(at)],
    ])
    const [found] = await drift()
    expect(found).toMatchObject({ instanceId: 'cmp-1', missing: false, record: { object: 'kag_case' } })
    expect(found?.changedAt).toBe(fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')?.updatedAt)
    expect(projection.seq).toBe(1)
  })

  test('the copy that lists are made of, and the number of entries', async () => {
    const { fake, drift, projection } = await shown({ records: { complaint: null } }, plan)
    byHand(
      fake,
      'kag_case',
      'cmp-1',
      { kag_projection: JSON.stringify({ ...projection, state: 'archived', open: false }) },
      'kag_instance_id',
    )
    expect(differences(await drift())).toEqual([
      ['kag_case', 'kag_projection', 'state', 'received', 'archived'],
      ['kag_case', 'kag_projection', 'open', true, false],
    ])
    byHand(fake, 'kag_case', 'cmp-1', { kag_projection: 'nothing of the kind' }, 'kag_instance_id')
    expect(differences(await drift())).toEqual([['kag_case', 'kag_projection', null, 1, null]])
    byHand(fake, 'kag_case', 'cmp-1', { kag_projection: JSON.stringify(projection), kag_seq: '9' }, 'kag_instance_id')
    expect(differences(await drift())).toEqual([['kag_case', 'kag_seq', null, 1, 9]])
  })

  test('a stage into which somebody dragged it, with the states that it stands for', async () => {
    const pipelines = { cases: { complaint: { id: '1', stages: { received: '2', assigned: '3', closed: '3' } } } }
    const { fake, drift } = await shown({ records: { complaint: null }, pipelines }, plan)
    expect(await drift()).toEqual([])
    byHand(fake, 'kag_case', 'cmp-1', { hs_pipeline_stage: '3' }, 'kag_instance_id')
    expect((await drift())[0]?.differences).toEqual([
      { field: 'hs_pipeline_stage', part: 'state', governed: '2', shown: '3', means: ['assigned', 'closed'] },
    ])
  })

  test('that somebody deleted: what is due would never be found; a new one may still be on its way', async () => {
    const { fake, drift } = await shown({ records: { complaint: null } }, plan)
    const record = fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')
    if (record !== null) fake.portal.archive(record)
    expect(await drift()).toEqual([])
    fake.clock.advance(6 * 60_000)
    expect(await drift()).toMatchObject([{ instanceId: 'cmp-1', missing: true, record: { object: 'kag_case' }, differences: [] }])
  })

  test('what newer calendar data would say is no change; what a hand wrote into a reckoned part is', async () => {
    const { fake, drift, projection } = await shown({ records: { complaint: null } }, plan)
    const newer = { ...projection, nextDueAt: due + 86_400_000 }
    expect(await drift(newer)).toEqual([])
    byHand(fake, 'kag_case', 'cmp-1', { kag_due_ms: '7' }, 'kag_instance_id')
    expect(differences(await drift(newer))).toEqual([['kag_case', 'kag_due_ms', 'nextDueAt', due + 86_400_000, 7]])
  })
})

describe('of a native record', () => {
  const tickets: HubSpotMapping = { records: { complaint } }

  test('fields of a ticket, and a ticket that is gone', async () => {
    const { fake, drift } = await shown(tickets, plan, { owner: 'u-7' })
    expect(await drift()).toEqual([])
    byHand(
      fake,
      'tickets',
      'cmp-1',
      { kag_state: 'archived', kag_due_at: '', subject: ' cmp-1 ', content: 'theirs' },
      'kag_instance_id',
    )
    expect(differences(await drift())).toEqual([
      ['tickets', 'kag_state', 'state', 'received', 'archived'],
      ['tickets', 'kag_due_at', 'nextDueAt', due, null],
    ])
    const record = fake.portal.find('tickets', 'cmp-1', 'kag_instance_id')
    if (record !== null) fake.portal.archive(record)
    expect(await drift()).toEqual([
      {
        instanceId: 'cmp-1',
        record: { object: 'tickets', id: null },
        missing: true,
        differences: [],
        changedBy: null,
        changedAt: null,
      },
    ])
  })

  test('who changed it last is told where HubSpot tells', async () => {
    const { fake, drift } = await shown(tickets, plan)
    const name = 'hs_updated_by_user_id'
    fake.portal
      .typeOf('tickets')
      .properties.set(name, { name, label: name, type: 'number', fieldType: 'number', groupName: 'information' })
    byHand(fake, 'tickets', 'cmp-1', { kag_state: 'archived', [name]: '70000001' }, 'kag_instance_id')
    expect(await drift()).toMatchObject([{ changedBy: '70000001', record: { object: 'tickets' } }])
  })

  test('what an admin refuses stands behind by its own will', async () => {
    const fake = preparedPortal(tickets)
    fake.portal.behaviour.rules.push(({ type }) =>
      type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['content'] } : null,
    )
    const { outcome, drift } = await shown(tickets, plan, {}, fake)
    expect(outcome).toMatchObject({ status: 'committed', projection: 'blocked' })
    expect(await drift()).toEqual([])
  })

  test('a number or a yes of the projection is one of the record, however it is put', async () => {
    const mapping = {
      records: {
        complaint: {
          ...complaint,
          properties: { ...complaint.properties, content: { field: 'score' }, hs_resolution: { projection: 'open' } },
        },
      },
    } as const
    const { fake, drift } = await shown(mapping, plan, { fields: { score: 3 } })
    byHand(fake, 'tickets', 'cmp-1', { content: '3.0' }, 'kag_instance_id')
    expect(await drift()).toEqual([])
    byHand(fake, 'tickets', 'cmp-1', { content: '4', hs_resolution: 'false' }, 'kag_instance_id')
    expect(differences(await drift())).toEqual([
      ['tickets', 'content', 'fields.score', 3, 4],
      ['tickets', 'hs_resolution', 'open', true, false],
    ])
  })

  test('of a company that several instances write, any of their values may stand there', async () => {
    const properties = { kag_standing: { projection: 'state' } } as const
    const mapping: HubSpotMapping = {
      records: {
        complaint: { type: 'companies', by: 'accountId', properties },
        account: { type: 'companies', by: 'accountId', properties },
      },
    }
    const fake = preparedPortal(mapping)
    const { id } = fake.portal.create('companies', { name: 'Acme' }).record
    const first = await shown(mapping, { ...plan, accountId: id }, {}, fake)
    const other = await shown(mapping, { instanceId: 'account-1', kind: 'account', accountId: id, state: 'ka' }, {}, fake)
    expect(await first.drift()).toEqual([])
    expect(await other.drift()).toEqual([])
    byHand(fake, 'companies', id, { kag_standing: 'blacklisted' })
    expect(differences(await first.drift())).toEqual([['companies', 'kag_standing', 'state', 'received', 'blacklisted']])
  })

  test('a company that went into another one is told with the other, until its ledger is merged as well', async () => {
    const mapping: HubSpotMapping = { records: {} }
    const fake = preparedPortal(mapping)
    const [a = '', b = ''] = ['Acme', 'Bolt'].map((name) => fake.portal.create('companies', { name }).record.id)
    const { drift, projection } = await shown(
      mapping,
      { instanceId: 'account-1', kind: 'account', accountId: a, state: 'ka' },
      {},
      fake,
    )
    expect(await drift()).toEqual([])
    fake.portal.merge('companies', b, a)
    const found = await drift()
    expect(found).toMatchObject([{ missing: false, record: { object: 'companies', id: a } }])
    expect(differences(found)).toEqual([['companies', 'hs_object_id', 'accountId', a, b]])
    const company = fake.portal.find('companies', b)
    if (company !== null) fake.portal.archive(company)
    expect(await drift()).toMatchObject([{ missing: true, record: { object: 'companies', id: a } }])
    if (company !== null) fake.portal.restore(company)
    expect(await drift({ ...projection, state: 'merged' })).toMatchObject([{ record: { object: 'kag_case' } }])
  })
})

test('many are compared in few calls', async () => {
  const mapping: HubSpotMapping = { records: { complaint } }
  const fake = preparedPortal(mapping)
  const store = storeOn(fake, { mapping })
  const commits = Array.from({ length: 150 }, (_, k) => makeCommit({ instanceId: `cmp-${String(k)}`, state: 'received' }))
  await store.commit(commits)
  const before = fake.log.length
  expect(await store.drift?.(commits.map(({ projection }) => projection))).toEqual([])
  expect(fake.log.length - before).toBe(4)
})

test.each([
  [' a\r\nb\u0000 ', 'a\nb', 'plain', true],
  ['', null, 'plain', true],
  ['a', null, 'plain', false],
  ['1', '1.0', 'plain', false],
  ['1', '1.0', 'number', true],
  ['', '0', 'number', false],
  ['2026-01-05T01:00:00.000Z', '2026-01-05T02:00:00+01:00', 'instant', true],
  ['2026-01-05T01:00:00.000Z', '1767574800000', 'instant', true],
  ['2026-01-05T01:00:00.000Z', '2026-01-05', 'instant', true],
  ['2026-01-05T01:00:00.000Z', '2026-01-06', 'instant', false],
  ['2026-01-05T01:00:00.000Z', 'soon', 'instant', false],
] as const)('%j written, %j shown, as %s: %j', (written, there, by, same) => {
  expect(showsWhatWasWritten(written, there, by)).toBe(same)
})
