import { describe, expect, test } from 'vitest'
import { showRecords } from '../src/native/show-records.ts'
import type { VisibleRecord } from '../src/options.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { clientOf } from './portal.ts'

const portal = (): FakeHubSpot => preparedPortal({})
const ticket = (instanceId: string, more: Partial<VisibleRecord> = {}): VisibleRecord => ({
  instanceId,
  type: 'tickets',
  by: { unique: 'kag_instance_id', value: instanceId, makes: true },
  properties: { subject: instanceId, hs_pipeline_stage: '1', kag_state: 'received' },
  company: null,
  ...more,
})
const company = (id: string): VisibleRecord => ({
  instanceId: `account-${id}`,
  type: 'companies',
  by: { id },
  properties: { kag_tier: 'A' },
  company: null,
})
const acme = (fake: FakeHubSpot): string => fake.portal.create('companies', { name: 'Acme' }).record.id
const find = (fake: FakeHubSpot, id: string) => fake.portal.find('tickets', id, 'kag_instance_id')
const companiesOf = (fake: FakeHubSpot, id: string): unknown => {
  const record = find(fake, id)
  return record === null ? null : fake.links.shownOn(record, 'companies')
}
const linked = (id: string) => [['companies', { results: [{ id, type: 'ticket_to_company' }] }]]

describe('native records', () => {
  test('are written in as few calls as there are types and keys, each told by itself and in order', async () => {
    const fake = portal()
    const id = acme(fake)
    const before = fake.log.length
    const records = [ticket('cmp-1'), company(id), ticket('cmp-2'), company('999999999'), company('acme')]
    const shown = await showRecords(clientOf(fake), records)
    expect(shown.map(({ status }) => status)).toEqual(['written', 'written', 'written', 'blocked', 'blocked'])
    // The batch of companies has one that is not there, and one whose id could be none is not asked for.
    expect(fake.log.slice(before).map(({ path }) => path.split('/').slice(-3).join('/'))).toEqual([
      'tickets/batch/upsert',
      'companies/batch/update',
    ])
    expect(fake.portal.find('companies', id)?.values.get('kag_tier')).toBe('A')
  })

  test('that an admin refuses are blocked with a reason that holds no value; the others are written', async () => {
    const fake = portal()
    fake.portal.behaviour.rules.push(({ values }) =>
      values.get('subject') === 'cmp-2' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['content'] } : null,
    )
    const shown = await showRecords(clientOf(fake), [ticket('cmp-1'), ticket('cmp-2'), ticket('cmp-3')])
    expect(shown.map(({ status }) => status)).toEqual(['written', 'blocked', 'written'])
    expect(shown[1]).toMatchObject({ reason: expect.stringMatching(/MISSING_REQUIRED_PROPERTY \(content\)/) as string })
    expect(JSON.stringify(shown)).not.toContain('cmp-2')
  })

  test.each([true, false])(
    'that went into another one are blocked, alone and beside that one (traces echoed: %s)',
    async (echoed) => {
      const fake = portal()
      fake.portal.behaviour.echoTraces = echoed
      const [kept, gone, other] = [acme(fake), acme(fake), acme(fake)]
      fake.portal.merge('companies', kept, gone)
      const statuses = async (...ids: readonly string[]) =>
        (await showRecords(clientOf(fake), ids.map(company))).map(({ status }) => status)
      expect(await statuses(gone)).toEqual(['blocked'])
      expect(await statuses(other, gone, kept)).toEqual(['written', 'blocked', 'written'])
    },
  )

  test('wait for HubSpot when it is not there, and nothing is thrown', async () => {
    const fake = portal()
    fake.script = () => 'unavailable'
    const records = [ticket('cmp-1'), ticket('cmp-2', { company: '904' }), company('904')]
    const shown = await showRecords(clientOf(fake, { tries: 1 }), records)
    expect(shown.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed'])
  })

  test('of one company written by two instances are written one after the other: the later one stays', async () => {
    const fake = portal()
    const id = acme(fake)
    await showRecords(clientOf(fake), [company(id), { ...company(id), properties: { kag_tier: 'B' } }])
    expect(fake.portal.find('companies', id)?.values.get('kag_tier')).toBe('B')
  })
})

test.each([true, false])(
  'a company that went into another one is blocked, and both are named, whether answers tell the traces of their inputs (%s) or not',
  async (echoTraces) => {
    const fake = portal()
    fake.portal.behaviour.echoTraces = echoTraces
    const [gone, kept] = [acme(fake), acme(fake)]
    fake.portal.merge('companies', kept, gone)
    expect(await showRecords(clientOf(fake), [company(gone)])).toEqual([
      { status: 'blocked', reason: `${gone} of companies went into ${kept}` },
    ])
  },
)

describe('a ticket that begins', () => {
  test('is made together with the link to its company, in one call', async () => {
    const fake = portal()
    const id = acme(fake)
    const before = fake.log.length
    expect(await showRecords(clientOf(fake), [ticket('cmp-1', { company: id })])).toEqual([{ status: 'written' }])
    expect(fake.log.length - before).toBe(1)
    expect(companiesOf(fake, 'cmp-1')).toEqual(linked(id))
  })

  test.each(['item', 'whole'] as const)(
    'of a company that is gone is made without a link, and takes none from the others: a refusal is told of the %s',
    async (conflictInBatch) => {
      const fake = portal()
      fake.portal.behaviour.conflictInBatch = conflictInBatch
      const id = acme(fake)
      const records = [
        ticket('cmp-1', { company: id }),
        ticket('cmp-2', { company: '999999999' }),
        ticket('cmp-3', { company: id }),
      ]
      expect(await showRecords(clientOf(fake), records)).toEqual(records.map(() => ({ status: 'written' })))
      expect(['cmp-1', 'cmp-2', 'cmp-3'].map((each) => companiesOf(fake, each))).toEqual([linked(id), [], linked(id)])
    },
  )

  test('that is there already is written, not made twice', async () => {
    const fake = portal()
    const id = acme(fake)
    await showRecords(clientOf(fake), [ticket('cmp-1', { company: id })])
    const again = ticket('cmp-1', { company: id, properties: { kag_state: 'assigned' } })
    expect(await showRecords(clientOf(fake), [again])).toEqual([{ status: 'written' }])
    expect(find(fake, 'cmp-1')?.values.get('kag_state')).toBe('assigned')
    expect(fake.portal.ofType('tickets').length).toBe(1)
  })

  test('whose answer is lost is not made beside itself: it waits for the next sweep', async () => {
    const fake = portal()
    const id = acme(fake)
    const number = fake.log.length + 1
    fake.script = (request) => (request.number === number ? 'cutAfter' : null)
    const record = ticket('cmp-1', { company: id })
    expect((await showRecords(clientOf(fake), [record])).map(({ status }) => status)).toEqual(['failed'])
    expect(await showRecords(clientOf(fake), [record])).toEqual([{ status: 'written' }])
    expect(fake.portal.ofType('tickets').length).toBe(1)
    expect(companiesOf(fake, 'cmp-1')).toEqual(linked(id))
  })

  test('that an admin refuses is blocked', async () => {
    const fake = portal()
    fake.portal.behaviour.rules.push(({ type }) =>
      type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['content'] } : null,
    )
    expect(await showRecords(clientOf(fake), [ticket('cmp-1', { company: acme(fake) })])).toMatchObject([{ status: 'blocked' }])
  })
})
