import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchOf, linksOf, pageOf, readAnswer, recordIn } from '../src/answer.ts'
import { apiError, errorOf, isRecordRefusal, meaningOf, unreadable, untilMidnight } from '../src/errors.ts'
import { createFakeHubSpot, passingFaults } from './fake/server.ts'
import { clientOf, defineEvents, entry } from './portal.ts'
import { read, there, type Recording } from './recordings.ts'

const told = (body: unknown, status: number, sent: readonly string[] = []) => meaningOf(errorOf(body, status, sent))

describe('the error table: what the portal says becomes one of the port’s answers', () => {
  test.each([
    ['CONFLICTING_UNIQUE_VALUE', 400, 'forbidden', true],
    ['UNIQUE_VALUE_CONFLICT', 400, 'forbidden', true],
    ['PROPERTY_DOESNT_EXIST', 400, 'corrupt_record', true],
    ['INVALID_OPTION', 400, 'corrupt_record', true],
    ['INVALID_DATE', 400, 'corrupt_record', true],
    ['INVALID_INTEGER', 400, 'corrupt_record', true],
    ['MISSING_REQUIRED_PROPERTY', 400, 'forbidden', true],
    ['MISSING_CONDITIONAL_REQUIRED_PROPERTY', 400, 'forbidden', true],
    ['A_CODE_OF_TOMORROW', 400, 'corrupt_record', true],
  ] as const)('%s with %i is %s', (code, status, expected, blocks) => {
    const error = told({ category: 'VALIDATION_ERROR', errors: [{ code, context: { propertyName: ['kag_x'] } }] }, status)
    expect(error).toMatchObject({ code: expected, retryable: false, details: { status, codes: [code], properties: ['kag_x'] } })
    expect(isRecordRefusal(error)).toBe(blocks)
    expect(error.actions.length).toBeGreaterThan(0)
  })

  test.each([
    [401, 'forbidden', false],
    [402, 'forbidden', false],
    [403, 'forbidden', false],
    [404, 'corrupt_record', false],
    [405, 'corrupt_record', false],
    [408, 'unknown_outcome', true],
    [413, 'too_large', false],
    [414, 'too_large', false],
    [423, 'throttled', true],
    [429, 'throttled', true],
    [477, 'unavailable', true],
    [500, 'unknown_outcome', true],
    [502, 'unknown_outcome', true],
    [521, 'unknown_outcome', true],
    [524, 'unknown_outcome', true],
  ] as const)('%i alone is %s', (status, expected, retryable) => {
    expect(told(null, status)).toMatchObject({ code: expected, retryable, details: { status } })
  })

  test('who is not there blocks a record; who may not does not', () => {
    expect([404, 403, 401, 429, 502].map((status) => isRecordRefusal(told(null, status)))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('three limits have three waits: a second, ten seconds, a day', () => {
    const of = (body: object) => {
      const { window, retryAfterMs } = told(body, 429).details
      return [window, retryAfterMs]
    }
    expect(of({ message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' })).toEqual(['rolling', 1000])
    expect(of({ message: 'You have reached your ten_secondly_rolling limit.' })).toEqual(['rolling', 10_000])
    expect(of({ policyName: 'TEN_SECONDLY_ROLLING' })).toEqual(['rolling', 10_000])
    expect(of({ policyName: 'A_POLICY_OF_TOMORROW' })).toEqual(['rolling', 10_000])
    expect(of({ message: 'You have reached your daily limit.' })).toEqual(['daily', null])
    expect(of({ policyName: 'DAILY' })).toEqual(['daily', null])
  })

  test.each([
    ['2026-01-05T01:00:00.500Z', 'Europe/Berlin', 22 * 3_600_000 - 500],
    ['2026-01-05T23:59:59.000Z', 'UTC', 1000],
    // The day on which clocks go forward has 23 hours, the one on which they go back 25.
    ['2026-03-28T23:00:00.000Z', 'Europe/Berlin', 23 * 3_600_000],
    ['2026-10-24T22:00:00.000Z', 'Europe/Berlin', 25 * 3_600_000],
    ['2026-06-01T00:00:00.000Z', 'Asia/Kolkata', 18.5 * 3_600_000],
  ])('from %s the day in %s lasts %i ms', (now, zone, ms) => {
    expect(untilMidnight(Date.parse(now), zone)).toBe(ms)
  })
})

describe('no value of a customer in any message', () => {
  test('a value that was sent is masked wherever it is repeated, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 200 }), fc.string({ maxLength: 30 }), (value, around) => {
        fc.pre(value.trim().length >= 4 && !'[redacted]'.includes(value.toLowerCase()) && !'VALIDATION_ERROR: '.includes(value))
        const error = told({ message: `${around}"${value}" ${around}`, category: 'VALIDATION_ERROR' }, 400, [value])
        const rest = error.message.replaceAll('[redacted]', '').replace(/^VALIDATION_ERROR(: )?/, '')
        // What is around may hold it too only where it is masked as well.
        expect(rest.toLowerCase()).not.toContain(value.toLowerCase())
      }),
    )
  })

  test('a value that is repeated cut short, a token and an address are masked too', () => {
    const long = `Dear Ms Weber, ${'the machine stands still. '.repeat(20)}`
    const text = `Value ${long.slice(0, 100)}… of anna@example.com with Bearer pat-eu1-01234567-89ab-cdef is too long`
    const error = told({ message: text }, 400, [long])
    expect(error.message).toBe('status 400: Value [redacted]')
    expect(told({ message: 'sent by anna@example.com with pat-eu1-01234567-89ab-cdef-0123' }, 400).message).toBe(
      'status 400: sent by [redacted] with [redacted]',
    )
  })

  test('a short value is masked where it stands alone, and a number of HubSpot’s stays', () => {
    expect(told({ message: 'type 2-3604285 has no 3, see "3"' }, 400, ['3']).message).toBe(
      'status 400: type 2-3604285 has no [redacted], see "[redacted]"',
    )
  })

  test('a conflict says which property and which record, not which value', () => {
    const value = 'a, propertyName=other} on 1. 2 already has that value'
    const message = `Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=DEAL}, propertyName=kag_key, value=${value}} on 7. 8 already has that value.`
    const error = told({ message }, 400)
    expect(errorOf({ message }, 400).conflict).toEqual({ property: 'kag_key', holder: '8' })
    expect(error.message).toBe('CONFLICTING_UNIQUE_VALUE (kag_key): kag_key is taken by 8')
  })

  test('a text of a conflict counts beside a code of tomorrow, and not beside one of today that repeats it', () => {
    const message =
      'Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{x}, propertyName=kag_key, value=v} on 7. 8 already has that value.'
    const codes = (code: string) => errorOf({ message, errors: [{ code }] }, 400).codes
    expect(codes('A_CODE_OF_TOMORROW')).toEqual(['CONFLICTING_UNIQUE_VALUE', 'A_CODE_OF_TOMORROW'])
    expect(codes('INVALID_OPTION')).toEqual(['INVALID_OPTION'])
  })

  test('what JSON inside of a message says is told by codes and names', () => {
    const message = `Property values were not valid: [{"isValid":false,"message":"Weber was not one of the options","error":"INVALID_OPTION","name":"kag_state"}]`
    expect(told({ message, category: 'VALIDATION_ERROR' }, 400).message).toBe(
      'INVALID_OPTION (kag_state): Property values were not valid:',
    )
    expect(told({ message: message.slice(0, -3), category: 'VALIDATION_ERROR' }, 400, ['Weber']).message).not.toContain('Weber')
  })

  test('a cause keeps its name and its code, not its words', () => {
    const cause = new TypeError('failed: Bearer pat-1', { cause: { code: 'UND_ERR_SOCKET' } })
    const error = unreadable('POST', 'no answer', cause)
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'UND_ERR_SOCKET' })
  })

  test('a body may be anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 400, max: 599 }), (body, status) => {
        const error = told(body, status)
        expect(error.details['status']).toBe(status)
        expect(JSON.parse(JSON.stringify(error.details))).toEqual(error.details)
      }),
    )
  })
})

const answerOf = ({ request, response }: Recording) =>
  readAnswer(request.method, {
    status: response.status,
    headers: new Headers({ ...response.headers }),
    text: typeof response.body === 'string' ? response.body : JSON.stringify(response.body),
  })

describe('recorded answers are read as what they are (skipped: no recordings beside the project)', () => {
  const expected: { readonly [id: string]: readonly [code: string, details: object] } = {
    'unique-conflict-deal': [
      'forbidden',
      { codes: ['CONFLICTING_UNIQUE_VALUE'], properties: ['kag_event_key'], holder: '100000000001' },
    ],
    'unique-conflict-order': ['forbidden', { properties: ['kag_event_key'], holder: '1337741441227' }],
    'unique-conflict-contact-email-400': ['forbidden', { properties: ['email'], holder: '550000000002' }],
    'unique-conflict-marketing-event': [
      'forbidden',
      { codes: ['UNIQUE_VALUE_CONFLICT'], properties: ['hs_unique_id'], holder: '190000000002' },
    ],
    'contact-email-409': ['forbidden', { category: 'CONFLICT', holder: '1001' }],
    'rate-secondly-search': ['throttled', { window: 'rolling', policy: 'SECONDLY', retryAfterMs: 1000 }],
    'rate-ten-secondly': ['throttled', { window: 'rolling', policy: 'TEN_SECONDLY_ROLLING', retryAfterMs: 10_000 }],
    'rate-daily': ['throttled', { window: 'daily', policy: 'DAILY' }],
    'missing-scopes': ['forbidden', { hubspot: 'MISSING_SCOPES', scopes: ['crm.objects.custom.write'] }],
    'invalid-auth': ['forbidden', { hubspot: 'INVALID_AUTHENTICATION' }],
    'property-missing': ['corrupt_record', { hubspot: 'PROPERTY_DOESNT_EXIST', properties: ['kag_nope'] }],
    'property-name-exists': [
      'forbidden',
      { hubspot: 'OBJECT_ALREADY_EXISTS', subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS' },
    ],
    'upsert-non-unique': ['corrupt_record', { category: 'VALIDATION_ERROR' }],
  }

  test.skipIf(!there)('every error body, by the table', () => {
    const { items } = read('error-bodies.json') as {
      items: { id: string; status: number; body: { correlationId?: string; message?: string } }[]
    }
    const errors = items.filter(({ status }) => status >= 400)
    expect(errors.map(({ id }) => id).sort()).toEqual(Object.keys(expected).sort())
    for (const { id, status, body } of errors) {
      const [code, details] = expected[id] ?? ['', {}]
      const error = told(body, status)
      expect(error, id).toMatchObject({ code, details: { status, ...details } })
      expect(error.details['correlationId'] ?? null, id).toBe(body.correlationId ?? null)
      expect(error.message, id).not.toMatch(/kae-01hzx|person@example|a-b-c/)
    }
    const [partial, warned] = items.filter(({ status }) => status < 400)
    expect(partial?.status).toBe(207)
    const batch = batchOf({ method: 'POST', status: 207, body: partial?.body, retryAfterMs: null })
    expect(batch.records.map(({ id }) => id)).toEqual(['1145814089'])
    expect(batch.errors.map((each) => errorOf(each, 207))).toMatchObject([
      { codes: ['INVALID_OPTION'], properties: ['kag_state'] },
    ])
    expect(recordIn(warned?.body, 'PATCH').properties).toEqual({ kag_due: '2026-10-01' })
  })

  test.skipIf(!there)('a whole tape of a custom object: searches, batches, and 25 times too many', () => {
    const tape = read('grouparoo-custom-object-search-batch-429.json') as Recording[]
    const seen = { records: 0, ghosts: 0, limited: 0, archived: 0 }
    for (const each of tape) {
      const { path } = each.request
      const answer = answerOf(each)
      if (answer.status === 429) {
        expect(apiError(answer).details).toMatchObject({ window: 'rolling', policy: 'SECONDLY', retryAfterMs: 1000 })
        seen.limited += 1
      } else if (path.endsWith('/search')) {
        const page = pageOf(answer)
        const records = page.rows.map((row) => recordIn(row, 'POST'))
        seen.records += records.length
        if ((each.response.body as { total: number }).total > records.length) seen.ghosts += 1
      } else if (path.endsWith('/archive')) {
        expect(answer.body).toBeNull()
        seen.archived += 1
      } else {
        const inputs = (each.request.body as { inputs: unknown[] }).inputs.length
        const { records, errors } = batchOf(answer)
        expect([records.length, errors.length]).toEqual([inputs, 0])
        for (const record of records) expect(record.properties['hs_object_id']).toBe(record.id)
      }
    }
    expect(seen).toMatchObject({ limited: 25, archived: 14, ghosts: 11 })
    expect(seen.records).toBeGreaterThan(100)
  })

  test.skipIf(!there)('the schemas of a portal', () => {
    const [first] = read('grouparoo-custom-object-schemas.json') as Recording[]
    if (first === undefined) throw new Error('a recording')
    expect(pageOf(answerOf(first)).rows).toHaveLength(2)
  })
})

describe('answers that are none', () => {
  const answer = (status: number, text: string) => ({ status, text, headers: new Headers() })

  test.each([
    [200, '<html>'],
    [200, '{"id":"1"'],
    [200, ''],
    [201, '   '],
    [204, '<html>'],
    [302, ''],
    [304, ''],
    [404, '<html>not found</html>'],
    [404, ''],
    [400, '{"status":"err'],
    [409, ''],
    [100, ''],
    [0, ''],
  ])('%i with %s says nothing', (status, text) => {
    expect(() => readAnswer('POST', answer(status, text))).toThrow(expect.objectContaining({ code: 'unknown_outcome' }))
  })

  test.each([
    [204, ''],
    [401, '<html>'],
    [403, ''],
    [414, ''],
    [423, ''],
    [429, '<html>'],
    [477, ''],
  ])('%i says all by itself', (status, text) => {
    expect(readAnswer('POST', answer(status, text))).toMatchObject({ status, body: null })
  })

  test.each([200, 201, 202, 207])('%i is a success, whatever is documented', (status) => {
    expect(readAnswer('POST', answer(status, '{"id":"1"}'))).toMatchObject({ status, body: { id: '1' } })
  })

  test('Retry-After is read as seconds, and no other text as anything', () => {
    const of = (value: string) =>
      readAnswer('GET', { status: 429, text: '', headers: new Headers({ 'retry-after': value }) }).retryAfterMs
    expect(['7', '0', '-1', 'Wed, 21 Oct 2026 07:28:00 GMT', ''].map(of)).toEqual([7000, null, null, null, null])
  })

  test('ids are texts in one version and numbers in another', () => {
    const to = [{ toObjectId: 7 }, { toObjectId: '8' }, {}]
    expect(linksOf({ from: { id: 1 }, to, paging: { next: { after: 'x' } } })).toEqual({ from: '1', to: ['7', '8'], after: 'x' })
    expect(recordIn({ id: 9, properties: { a: null, b: 7, c: { d: true } }, createdAt: 'x' }, 'GET')).toEqual({
      id: '9',
      properties: { a: null, b: '7', c: '{"d":true}' },
      createdAt: null,
      updatedAt: null,
      archived: false,
      associations: {},
    })
    for (const each of [null, {}, { from: { id: '1' } }, { to: [] }])
      expect(() => linksOf(each)).toThrow(expect.objectContaining({ code: 'unknown_outcome' }))
  })

  test.each([
    null,
    [],
    {},
    { results: {} },
    { results: [{}] },
    { results: [{ id: '' }] },
    { results: [null] },
    { status: 'PENDING', results: [] },
    { status: 'CANCELED', results: [] },
  ])('%j is no answer to a batch', (body) => {
    expect(() => batchOf({ method: 'POST', status: 200, body, retryAfterMs: null })).toThrow(
      expect.objectContaining({ code: 'unknown_outcome' }),
    )
  })
})

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
