import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { resolveMapping } from '../src/options.ts'
import { readWebhook } from '../src/webhooks/read-webhook.ts'
import { passingFaults } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { clicked, forward, intakeOn, mapping, office } from './office.ts'
import { inboxSecret, storeOn } from './subject.ts'

describe('a click on a ticket', () => {
  test('comes in by a signed webhook, is carried out as that user, and is answered beside the ticket', async () => {
    const all = await office()
    const { fake, governance, intake, id, row, ticket } = all
    const click = clicked(all, 'forward')
    const body = JSON.stringify([
      {
        portalId: 12_345_678,
        objectTypeId: '0-5',
        objectId: Number(click.objectId),
        occurredAt: click.at,
        subscriptionType: 'object.propertyChange',
        propertyName: 'kag_request',
        propertyValue: 'forward',
        changeSource: 'CRM_UI',
        sourceId: 'userId:7',
      },
    ])
    const url = 'https://kag.example/hubspot'
    const at = String(click.at)
    const signature = createHmac('sha256', 'app').update(`POST${url}${body}${at}`).digest('base64')
    const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at }
    const { events } = readWebhook(
      { method: 'POST', url, body, headers },
      { secrets: 'app', portals: ['12345678'], now: click.at },
    )
    expect(await intake.take(events)).toEqual({ left: 1, passedOver: [], merged: [] })
    expect(ticket().values.get('kag_request')).toBe('')
    expect(await governance.inbox.process()).toMatchObject({ accepted: 1 })
    const answered = row(events[0]?.id ?? '')
    expect(answered).toMatchObject({
      kag_status: 'accepted',
      kag_accepted: 'true',
      kag_actor: 'u-huang',
      kag_expected_seq: '1',
      kag_answered_id: id,
      kag_event_key: `${id}-000002`,
      kag_state: 'assigned',
      kag_next_due_at: '2026-03-02T05:12:00.000Z',
      kag_payload: '',
    })
    expect(answered['kag_answer']).toMatch(/^Done: |^Carried out/)
    expect((await governance.complaint.get(id))?.version).toBe(2)
    const command = fake.portal.find('kag_command', events[0]?.id ?? '', 'kag_command_key')
    expect(command && fake.links.shownOn(command, 'tickets')).toMatchObject([['tickets', { results: [{ id: ticket().id }] }]])
  })

  test('told twice, late and in another order is one command each, in the order of the clicks', async () => {
    const all = await office()
    const { intake, governance, row } = all
    const first = clicked(all, 'forward')
    const second = clicked(all, 'to_product', { at: first.at + 1000 })
    expect(await intake.take([second])).toMatchObject({ left: 1 })
    expect(await intake.take([first, second, first])).toMatchObject({ left: 3 })
    // Who clicked twice saw the same version twice: the first click has changed it.
    expect(await governance.inbox.process()).toMatchObject({ accepted: 1, refused: 1 })
    expect(row(first.id)).toMatchObject({ kag_command: 'forward', kag_event_key: `${all.id}-000002` })
    expect(row(second.id)).toMatchObject({ kag_command: 'forward', kag_status: 'refused' })
    expect((await governance.inbox.process()).accepted).toBe(0)
  })

  test('says which version the person saw only while nothing has changed since', async () => {
    const all = await office()
    const { governance, intake, row, fake, id } = all
    const now = clicked(all, 'forward')
    const before = clicked(all, 'forward', { at: fake.clock.now() - 3_600_000 })
    await intake.take([now, before])
    expect([row(now.id)['kag_expected_seq'], row(before.id)['kag_expected_seq']]).toEqual(['1', ''])
    expect(await governance.inbox.process()).toMatchObject({ accepted: 1 })
    expect((await governance.complaint.get(id))?.version).toBe(2)
  })

  test('on a ticket that an admin’s rule keeps behind, or that followed after the click, names no version', async () => {
    const all = await office()
    const { fake, governance, intake, row, id } = all
    fake.portal.behaviour.rules.push(({ type }) =>
      type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['x'] } : null,
    )
    await governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
    fake.portal.behaviour.rules.length = 0
    const behind = clicked(all, 'forward', { at: fake.clock.now() + 1 })
    await fake.clock.sleep(60_000)
    await intake.take([behind])
    expect(row(behind.id)['kag_expected_seq']).toBe('')
    await governance.reindex()
    const late = clicked(all, 'to_product', { at: fake.clock.now() - 30_000 })
    const seen = clicked(all, 'to_product', { at: fake.clock.now() + 1 })
    await intake.take([late, seen])
    expect([row(late.id)['kag_expected_seq'], row(seen.id)['kag_expected_seq']]).toEqual(['', '2'])
  })

  test('on a case is as good as one on its ticket', async () => {
    const all = await office()
    const { fake, intake, id, governance } = all
    const record = fake.portal.find('kag_case', id, 'kag_instance_id')
    const click = clicked(all, 'to_product', { objectTypeId: record?.type.id ?? '', objectId: record?.id ?? '' })
    expect(await intake.take([click])).toMatchObject({ left: 1 })
    expect(await governance.inbox.process()).toMatchObject({ accepted: 1 })
  })

  test('that is another one by now keeps what it shows', async () => {
    const all = await office()
    const first = clicked(all, 'forward')
    clicked(all, 'to_product')
    await all.intake.take([first])
    expect(all.ticket().values.get('kag_request')).toBe('to_product')
  })

  test('of nobody, of something else, or on what belongs to nothing is passed over with its reason', async () => {
    const all = await office()
    const { fake, intake } = all
    const stray = fake.portal.create('tickets', { subject: 'x', hs_pipeline_stage: '1', kag_request: 'forward' }).record.id
    const orphan = fake.portal.create('tickets', { subject: 'x', hs_pipeline_stage: '1', kag_instance_id: 'cmp-none' }).record.id
    const events = [
      clicked(all, 'forward', { source: 'INTEGRATION', userId: null }),
      clicked(all, 'forward', { source: 'AUTOMATION_PLATFORM' }),
      { ...clicked(all, 'forward'), value: 'constructor' },
      clicked(all, 'forward', { objectId: '999999999' }),
      clicked(all, 'forward', { objectId: stray }),
      clicked(all, 'forward', { objectId: orphan }),
      clicked(all, 'forward', { portalId: '87654321' }),
    ].map((event, k) => ({ ...event, id: `e${String(k)}` }))
    const { left, passedOver } = await intake.take(events)
    expect(left).toBe(0)
    expect(passedOver.map(({ event, reason }) => [event.id, reason])).toEqual([
      ['e0', 'not_by_hand'],
      ['e1', 'not_by_hand'],
      ['e2', 'unknown_request'],
      ['e6', 'other_portal'],
      ['e3', 'no_record'],
      ['e4', 'no_instance'],
      ['e5', 'no_instance'],
    ])
    const others = [
      clicked(all, ''),
      clicked(all, 'forward', { property: 'subject' }),
      clicked(all, 'forward', { what: 'creation' }),
    ]
    expect(await intake.take(others)).toEqual({ left: 0, passedOver: [], merged: [] })
  })

  test('whose fields are longer than a property is passed over, and keeps back no other of its webhook', async () => {
    const all = await office()
    const [long, short] = [clicked(all, 'forward'), clicked(all, 'to_product', { at: all.fake.clock.now() + 1 })]
    const record = all.fake.portal.find('tickets', all.ticket().id)
    if (record !== null) all.fake.portal.change(record, { content: 'x'.repeat(65_536) })
    const { left, passedOver } = await all.intake.take([long, short])
    expect({ left, passedOver }).toEqual({ left: 1, passedOver: [{ event: long, reason: 'too_long' }] })
    expect(all.row(short.id)).toMatchObject({ kag_command: 'forward', kag_status: 'new' })
  })

  test('of a user who is nobody to the company is answered as one that cannot be judged', async () => {
    const all = await office()
    const click = clicked(all, 'forward', { userId: '9' })
    await all.intake.take([click])
    expect(await all.governance.inbox.process()).toMatchObject({ failed: 1 })
    expect(all.row(click.id)).toMatchObject({ kag_status: 'failed', kag_accepted: 'false' })
  })
})

describe('a command of a card', () => {
  test('that the policy refuses is answered in the person’s language, and keeps its form', async () => {
    const { intake, governance, id, row } = await office()
    const [record] = await intake.leave([forward(id, { actor: 'u-xu', locale: 'zh-CN' })])
    expect(record).toMatch(/^\d+$/)
    expect(await governance.inbox.process()).toMatchObject({ refused: 1 })
    expect(row('card-1')).toMatchObject({ kag_status: 'refused', kag_payload: '{"department":"product"}' })
    expect(row('card-1')['kag_answer']).toMatch(/[\u4e00-\u9fff]/)
  })

  test.each(passingFaults)('is left once, whatever becomes of a request: %s', async (fault) => {
    const { fake, intake, id } = await office()
    for (let k = 1; k <= 3; k += 1) {
      const number = fake.log.length + k
      fake.script = (request) => (request.number === number ? fault : null)
      const commands = [
        forward(id, { id: `card-${fault.toLowerCase()}-${String(k)}` }),
        forward(id, { id: `other-${fault.toLowerCase()}-${String(k)}` }),
      ]
      await intake.leave(commands).catch(async () => intake.leave(commands))
      fake.script = null
      expect(await intake.leave(commands)).toEqual([null, null])
    }
    expect(fake.portal.ofType('kag_command').filter(({ archived }) => !archived).length).toBe(6)
  })

  test.each([
    ['id', ''],
    ['id', 'Card-1'],
    ['id', 'x'.repeat(101)],
    ['at', Number.NaN],
    ['at', -1],
  ])('that has no %s is refused before anything is left: %j', async (name, value) => {
    const { fake, intake, id } = await office()
    await expect(intake.leave([forward(id), { ...forward(id), [name]: value }])).rejects.toMatchObject({
      code: 'invalid_input',
      findings: [{ path: `1.${name}` }],
    })
    expect(fake.portal.ofType('kag_command')).toEqual([])
  })

  test('that cannot be left is an error, never silence', async () => {
    const { fake, intake, id } = await office()
    fake.portal.behaviour.rules.push(({ type }) =>
      type === 'kag_command' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['x'] } : null,
    )
    await expect(intake.leave([forward(id)])).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the seal', () => {
  const edits: { readonly [property: string]: string } = {
    kag_kind: 'project',
    kag_instance_id: 'cmp-2',
    kag_command: 'withdraw',
    kag_payload: '{"department":"finance"}',
    kag_expected_seq: '',
    kag_on_behalf_of: 'u-liu',
    kag_locale: 'en',
    kag_actor: 'u-liu',
    kag_at_ms: '1',
    kag_seal: 'f'.repeat(64),
  }

  test.each(Object.entries(edits))(
    'of a command whose %s somebody edited is broken: it has no actor any more',
    async (name, value) => {
      const { fake, intake, id } = await office()
      const { inbox } = storeOn(fake, { mapping })
      await intake.leave([forward(id)])
      expect(await inbox?.pending({ limit: 9 })).toMatchObject([{ id: 'card-1', actor: 'u-huang' }])
      const record = fake.portal.find('kag_command', 'card-1', 'kag_command_key')
      if (record !== null) fake.portal.change(record, { [name]: value })
      expect(await inbox?.pending({ limit: 9 })).toMatchObject([{ id: 'card-1', actor: '' }])
    },
  )

  test('holds however HubSpot puts a number, and by any secret that is known', async () => {
    const { fake, intake, id } = await office()
    await intake.leave([forward(id)])
    const record = fake.portal.find('kag_command', 'card-1', 'kag_command_key')
    if (record !== null)
      fake.portal.change(record, { kag_expected_seq: '1.0', kag_at_ms: `${String(Date.UTC(2026, 2, 2, 2))}.0` })
    const pending = async (secret: string | readonly string[]) =>
      (await storeOn(fake, { mapping, inbox: { secret, portal: '12345678' } }).inbox?.pending({ limit: 9 }))?.map(
        ({ actor }) => actor,
      )
    expect(await pending(['the next one', inboxSecret])).toEqual(['u-huang'])
    expect(await pending('another one')).toEqual([''])
  })

  test.each([[''], [[]], [['a', '']]])('is none without a secret: %j', (secret) => {
    const fake = preparedPortal(mapping)
    const wrong = expect.objectContaining({ findings: [expect.objectContaining({ path: 'inbox.secret' })] }) as Error
    expect(() => intakeOn(fake, { secret })).toThrow(wrong)
    expect(() => storeOn(fake, { inbox: { secret, portal: '12345678' } })).toThrow(wrong)
  })

  test('is none without the id of a portal', () => {
    const fake = preparedPortal(mapping)
    const wrong = expect.objectContaining({ findings: [expect.objectContaining({ path: 'inbox.portal' })] }) as Error
    expect(() => intakeOn(fake, { portal: '' })).toThrow(wrong)
    expect(() => intakeOn(fake, { portal: 12_345_678 as unknown as string })).toThrow(wrong)
    expect(() => storeOn(fake, { inbox: { secret: inboxSecret, portal: 'acme' } })).toThrow(wrong)
  })

  test('is good in no other portal', async () => {
    const { fake, intake, id } = await office()
    await intake.leave([forward(id)])
    const { inbox } = storeOn(fake, { mapping, inbox: { secret: inboxSecret, portal: '87654321' } })
    expect(await inbox?.pending({ limit: 9 })).toMatchObject([{ id: 'card-1', actor: '' }])
  })

  test('is taken away by the answer: one that was refused is not judged again, whoever opens it and allows it', async () => {
    const { fake, intake, governance, id, row } = await office()
    await intake.leave([forward(id, { actor: 'u-xu' })])
    expect(await governance.inbox.process()).toMatchObject({ refused: 1 })
    const record = fake.portal.find('kag_command', 'card-1', 'kag_command_key')
    if (record !== null) fake.portal.change(record, { kag_status: 'new' })
    expect(await storeOn(fake, { mapping }).inbox?.pending({ limit: 9 })).toMatchObject([{ id: 'card-1', actor: '' }])
    expect(await governance.inbox.process()).toMatchObject({ failed: 1 })
    expect(row('card-1')).toMatchObject({ kag_status: 'failed', kag_seal: '' })
  })

  test('stays while there is no answer, and for a week', async () => {
    const { fake, intake, id } = await office()
    const { inbox } = storeOn(fake, { mapping })
    await intake.leave([forward(id, { at: fake.clock.now() })])
    const actor = async () => (await inbox?.pending({ limit: 9 }))?.map((each) => each.actor)
    const none = { instanceId: null, entryKey: null, state: null, nextDueAt: null }
    await inbox?.answer([{ ...none, id: 'card-1', status: 'pending', text: 'Later.', tries: 1 }])
    expect(await actor()).toEqual(['u-huang'])
    fake.clock.advance(6 * 86_400_000)
    expect(await actor()).toEqual(['u-huang'])
    fake.clock.advance(2 * 86_400_000)
    expect(await actor()).toEqual([''])
  })
})

test('what comes late does not take back what was carried out', async () => {
  const { fake, intake, id } = await office()
  const { inbox } = storeOn(fake, { mapping })
  await intake.leave([forward(id)])
  const answer = {
    id: 'card-1',
    text: 'Done.',
    instanceId: id,
    entryKey: `${id}-000002`,
    state: 'assigned',
    nextDueAt: null,
    tries: 0,
  }
  const late = inbox?.answer([{ ...answer, status: 'refused', text: 'No.' }])
  // The acceptance lands between the other's look and its word.
  const own = inbox?.answer([{ ...answer, status: 'accepted' }])
  await Promise.all([late, own])
  const record = fake.portal.find('kag_command', 'card-1', 'kag_command_key')
  if (record !== null) fake.portal.change(record, { kag_status: 'failed', kag_answer: 'Who wrote this?' })
  expect(await inbox?.pending({ limit: 9 })).toEqual([])
  await inbox?.answer([{ ...answer, status: 'accepted', text: 'Again.' }])
  expect(record?.values.get('kag_accepted_answer')).toBe('Done.')
})

test('who refuses what another one carried out since the look puts the answer right', async () => {
  const { fake, intake, id, row } = await office()
  await intake.leave([forward(id)])
  const answer = { id: 'card-1', instanceId: id, entryKey: `${id}-000002`, state: 'assigned', nextDueAt: null, tries: 0 }
  const other = storeOn(fake, { mapping }).inbox
  let isAccepted = false
  const slow = storeOn(fake, {
    mapping,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : input.toString()
      if (url.includes('/p_kag_command/batch/update') && !isAccepted) {
        isAccepted = true
        await other?.answer([{ ...answer, status: 'accepted', text: 'Done.' }])
      }
      return fake.fetch(input, init)
    },
  }).inbox
  await slow?.answer([{ ...answer, status: 'refused', text: 'No.' }])
  expect(row('card-1')).toMatchObject({ kag_status: 'accepted', kag_answer: 'Done.', kag_accepted: 'true' })
})

test.each(['accepted', 'refused'] as const)(
  'a note of where it leads that lands late takes back no answer: %s',
  async (status) => {
    const { fake, intake, id, row } = await office()
    await intake.leave([forward(id)])
    const held: (() => Promise<unknown>)[] = []
    const { inbox } = storeOn(fake, {
      mapping,
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : String(input)
        if (!url.includes('/p_kag_command/batch/update') || held.length > 0) return fake.fetch(input, init)
        held.push(() => fake.fetch(input, { ...init, signal: null }))
        throw new TypeError('fetch failed')
      },
    })
    const answer = { id: 'card-1', instanceId: id, entryKey: null, state: null, nextDueAt: null, tries: 0 }
    await inbox?.answer([{ ...answer, status: 'pending', text: '' }])
    await inbox?.answer([{ ...answer, status, text: 'So it is.' }])
    await held[0]?.()
    expect(row('card-1')).toMatchObject({ kag_status: status, kag_answer: 'So it is.', kag_begun_id: id })
    expect(await inbox?.pending({ limit: 9 })).toEqual([])
  },
)

test('without a secret the store has no inbox, and without requests the portal no property for them', () => {
  const fake = preparedPortal({ records: {} })
  expect(storeOn(fake, { mapping: { records: {} } }).inbox).toBeDefined()
  expect(fake.portal.typeOf('kag_case').properties.has('kag_request')).toBe(false)
  expect(
    preparedPortal(mapping)
      .portal.typeOf('tickets')
      .properties.get('kag_request')
      ?.options?.map(({ value }) => value),
  ).toEqual(['forward', 'to_product'])
  expect(() => resolveMapping({ requests: { 'No name': { command: 'x', label: { en: 'x', 'zh-CN': 'x' } } } })).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ path: 'mapping.requests' })] }) as Error,
  )
})
