import { describe, expect, test } from 'vitest'
import { createFakeHubSpot } from './fake/server.ts'
import { clientOf, entry, eventKey as idProperty, eventType as type, keyed, withEvents } from './portal.ts'

describe('changing records', () => {
  test('many: in order, each with its outcome; twice the same record ends as the later change', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    for (const key of ['a', 'b']) fake.portal.create('kag_event', entry(key).properties)
    const changes = [
      { id: 'a', properties: { kag_seq: '1' } },
      { id: 'nope', properties: { kag_seq: '1' } },
      { id: 'b', properties: { kag_state: 'x' } },
      { id: 'a', properties: { kag_seq: '2' } },
    ]
    const outcomes = await client.updateMany(type, changes, { idProperty })
    expect(outcomes).toMatchObject([
      { status: 'written', isNew: false, record: { properties: { kag_seq: '1' } } },
      { status: 'refused', error: { details: { hubspot: 'OBJECT_NOT_FOUND' } } },
      { status: 'refused', error: { details: { hubspot: 'INVALID_OPTION' } } },
      { status: 'written', record: { properties: { kag_seq: '2' } } },
    ])
    expect(fake.portal.find('kag_event', 'a', idProperty)?.values.get('kag_seq')).toBe('2')
  })

  test.each(['item', 'whole'] as const)(
    'upsert makes what is not there, and the one that is refused holds nobody back (refused: %s)',
    async (mode) => {
      const fake = withEvents()
      fake.portal.behaviour.conflictInBatch = mode
      const client = clientOf(fake)
      fake.portal.create('kag_event', entry('a').properties)
      const changes = Array.from({ length: 120 }, (_, k) => ({
        id: k === 0 ? 'a' : `n-${String(k)}`,
        // One of them wants what another record has.
        properties: { kag_seq: '7', kag_command_key: k === 50 ? 'cmd-a' : `cmd-${k === 0 ? 'a' : String(k)}` },
      }))
      const outcomes = await client.upsertMany(type, changes, idProperty)
      expect(outcomes.map((each) => (each.status === 'written' ? each.isNew : each.error.details['hubspot']))).toEqual(
        changes.map((_, k) => (k === 0 ? false : k === 50 ? 'CONFLICTING_UNIQUE_VALUE' : true)),
      )
      expect(keyed(fake)).toHaveLength(119)
    },
  )

  test('a rule of the admin’s refuses a visible record, and says so of it alone', async () => {
    const fake = createFakeHubSpot()
    fake.portal.behaviour.rules.push(({ values }) =>
      values.get('name') === 'locked' ? { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', properties: ['domain'] } : null,
    )
    const id = fake.portal.create('companies', { name: 'A' }).record.id
    await expect(clientOf(fake).update('companies', id, { name: 'locked' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { codes: ['MISSING_CONDITIONAL_REQUIRED_PROPERTY'], properties: ['domain'] },
    })
    expect(fake.portal.find('companies', id)?.values.get('name')).toBe('A')
  })

  test('taking away what a record holds of people: for good, as far as the portal lets us, or it is gone already', async () => {
    const fake = withEvents()
    const client = clientOf(fake)
    const contact = fake.portal.create('contacts', { email: 'anna@example.com' }).record.id
    expect(await client.erase('contacts', contact, { clear: ['email'] })).toBe('erased')
    expect(fake.portal.ofType('contacts')).toEqual([])
    fake.portal.create('kag_event', entry('a').properties)
    expect(await client.erase(type, 'a', { idProperty, clear: ['kag_title'] })).toBe('cleared')
    const [left] = fake.portal.ofType('kag_event')
    expect([left?.archived, left?.values.get('kag_title')]).toEqual([true, ''])
    expect(await client.erase(type, 'a', { idProperty, clear: ['kag_title'] })).toBe('absent')
    fake.portal.behaviour.erasable = ['kag_event']
    fake.portal.create('kag_event', entry('b').properties)
    expect(await client.erase(type, 'b', { idProperty, clear: [] })).toBe('erased')
    expect(await client.erase(type, 'b', { idProperty, clear: [] })).toBe('absent')
  })
})
