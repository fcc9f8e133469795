import { describe, expect, test } from 'vitest'
import { createFakeHubSpot, passingFaults } from './fake/server.ts'
import { clientOf, defineEvents, entry } from './portal.ts'

describe('faults on the way', () => {
  test.each(passingFaults)('%s at a create: told as created, or as not known, and never as refused', async (fault) => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.script = ({ number }) => (number === 1 ? fault : null)
    const client = clientOf(fake)
    const outcome = await client.create('p_kag_event', entry('cmp-1-000001'))
    expect(['created', 'unknown']).toContain(outcome.status)
    const found = await client.read('p_kag_event', 'cmp-1-000001', { idProperty: 'kag_event_key' })
    if (outcome.status === 'created') expect(found?.id).toBe(outcome.record.id)
    const again = await client.create('p_kag_event', entry('cmp-1-000001'))
    // Whoever asks again by the key learns who won; there is never a second record.
    expect(again.status === 'taken' ? again.property : again.status).toBe(
      found === null && fault !== 'later' ? 'created' : 'kag_event_key',
    )
    expect(fake.portal.ofType('kag_event')).toHaveLength(1)
  })

  test.each(passingFaults)('%s at a read, a change and a search: they get over it', async (fault) => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const client = clientOf(fake)
    const outcome = await client.create('p_kag_event', entry('cmp-1-000001'))
    if (outcome.status !== 'created') throw new Error('created')
    const at = new Set<number>()
    const next = () => at.add(fake.log.length + 1)
    fake.script = ({ number }) => (at.has(number) ? fault : null)
    next()
    expect(await client.read('p_kag_event', outcome.record.id)).toMatchObject({ id: outcome.record.id })
    next()
    expect(await client.readMany('p_kag_event', ['cmp-1-000001', 'cmp-1-000002'], { idProperty: 'kag_event_key' })).toMatchObject(
      [{ id: outcome.record.id }, null],
    )
    next()
    expect(await client.update('p_kag_event', outcome.record.id, { kag_state: 'open' })).toMatchObject({
      properties: { kag_state: 'open' },
    })
    next()
    const filters = [{ propertyName: 'kag_state', operator: 'EQ', value: 'open' } as const]
    expect((await client.search('p_kag_event', { filterGroups: [{ filters }], properties: [] })).records).toHaveLength(1)
    expect(fake.log.filter((each) => each.fault === fault)).toHaveLength(4)
  })

  test('a create whose outcome is not known is sent once', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.script = () => 'cutAfter'
    expect(await clientOf(fake).create('p_kag_event', entry('a-000001'))).toMatchObject({
      status: 'unknown',
      error: { code: 'unknown_outcome' },
    })
    expect(fake.log).toHaveLength(1)
  })

  test('a portal that never answers again is not available', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    fake.script = () => 'html'
    await expect(clientOf(fake).read('p_kag_event', '1')).rejects.toMatchObject({ code: 'unavailable' })
    expect(fake.log).toHaveLength(5)
  })

  test('the daily limit ends at once, and says when it is over', async () => {
    const fake = createFakeHubSpot()
    fake.script = () => 'daily'
    const error = await clientOf(fake, { timeZone: 'Europe/Berlin' })
      .read('companies', '1')
      .catch((each: unknown) => each)
    expect(error).toMatchObject({ code: 'throttled', details: { window: 'daily' } })
    expect((error as { details: { retryAfterMs: number } }).details.retryAfterMs + fake.clock.now()).toBe(
      Date.UTC(2026, 0, 5, 23),
    )
    expect(fake.log).toHaveLength(1)
  })

  test('an account that is moved is not waited for', async () => {
    const fake = createFakeHubSpot()
    fake.script = () => 'migration'
    await expect(clientOf(fake).read('companies', '1')).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfterMs: 3_600_000 },
    })
    expect(fake.log).toHaveLength(1)
  })

  test('a token that is refused for ever is renewed once a request, then it is an error', async () => {
    const fake = createFakeHubSpot()
    fake.script = () => 'unauthorized'
    await expect(clientOf(fake).read('companies', '1')).rejects.toMatchObject({ code: 'forbidden' })
    expect([fake.renewals(), fake.log.length]).toEqual([2, 2])
  })

  test('a token that cannot be had is no fault of the portal, and keeps its secret; the next request asks anew', async () => {
    const fake = createFakeHubSpot()
    let asked = 0
    const accessToken = async (): Promise<string> => {
      asked += 1
      if (asked === 1) throw new Error('invalid_grant for pat-eu1-secret')
      return fake.source.accessToken()
    }
    const client = clientOf(fake, { client: { accessToken, baseUrl: fake.baseUrl } })
    const error = await client.create('companies', { properties: { name: 'A' } })
    expect(error).toMatchObject({ status: 'refused', error: { code: 'forbidden' } })
    expect(JSON.stringify(error) + String(error.status === 'refused' && error.error.cause)).not.toContain('secret')
    expect(fake.log).toEqual([])
    expect(await client.create('companies', { properties: { name: 'A' } })).toMatchObject({ status: 'created' })
  })

  test('a fixed token that is refused is an error at once', async () => {
    const fake = createFakeHubSpot()
    const client = clientOf(fake, { client: { accessToken: 'pat-eu1-wrong', baseUrl: fake.baseUrl } })
    await expect(client.read('companies', '1')).rejects.toMatchObject({
      code: 'forbidden',
      details: { hubspot: 'INVALID_AUTHENTICATION' },
    })
    expect(fake.log).toHaveLength(1)
  })
})
