// Commands of a portal without custom objects: left in the host's journal, asked for on tickets.
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import type { HubSpotMapping } from '../src/options.ts'
import { createIntake } from '../src/webhooks/create-intake.ts'
import { createFakeHubSpot } from './fake/server.ts'
import { prepareNative, ticketMapping } from './governed-portal.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { inboxSecret, storeOn } from './subject.ts'

const mapping: HubSpotMapping = {
  records: { account: null, complaint: ticketMapping },
  requests: { forward: { command: 'forward', label: { en: 'Forward', 'zh-CN': '转交' } } },
}

test('a click on a ticket is left with the host, once, and the ticket is emptied; nothing of ours is asked of the portal', async () => {
  const fake = createFakeHubSpot()
  prepareNative(fake, mapping)
  const journal = createMemoryJournal(fake.clock.now)
  const store = storeOn(fake, { mapping, journal })
  await store.commit([makeCommit({ instanceId: 'cmp-1', state: 'received', at: fake.clock.now() - 1000 })])
  const ticket = fake.portal.find('tickets', 'cmp-1', 'kag_instance_id')
  if (ticket === null) throw new Error('no ticket')
  fake.portal.change(ticket, { kag_request: 'forward' })
  const connection = { client: fake.source, fetch: fake.fetch, now: fake.clock.now, sleep: fake.clock.sleep }
  const intake = createIntake({ ...connection, mapping, journal, secret: inboxSecret, portal: '12345678' })
  const click = {
    id: 'click-1',
    what: 'propertyChange',
    portalId: '12345678',
    objectTypeId: '0-5',
    objectId: ticket.id,
    property: 'kag_request',
    value: 'forward',
    at: fake.clock.now(),
    source: 'CRM_UI',
    userId: '7',
    mergedInto: null,
    mergedFrom: [],
  }
  expect(await intake.take([click])).toEqual({ left: 1, passedOver: [], merged: [] })
  expect(await intake.take([click])).toMatchObject({ left: 1 })
  expect(fake.portal.find('tickets', ticket.id)?.values.get('kag_request')).toBe('')
  expect(await store.inbox?.pending({ limit: 9 })).toMatchObject([
    { id: 'click-1', actor: '7', kind: 'complaint', instanceId: 'cmp-1', command: 'forward', expectedVersion: 1 },
  ])
  const none = { instanceId: null, entryKey: null, state: null, nextDueAt: null }
  await store.inbox?.answer([{ ...none, id: 'click-1', status: 'refused', text: 'No.', tries: 0 }])
  expect(await store.inbox?.pending({ limit: 9 })).toEqual([])
  expect(fake.log.filter(({ path }) => /kag_/.test(path.split('?')[0] ?? ''))).toEqual([])
})
