import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventsOf } from '../src/webhooks/events.ts'
import { readWebhook } from '../src/webhooks/read-webhook.ts'
import { checkSignature, type SignedRequest } from '../src/webhooks/signature.ts'

const secret = 'a-secret-of-nobody'
const now = Date.UTC(2026, 0, 5, 1)
const url = 'https://kag.example/hubspot?tenant=a'

/** A request as HubSpot signs it; `signedUrl`: what it puts under the signature. */
function signed(body: string, { at = now, key = secret, signedUrl = url, method = 'POST' } = {}): SignedRequest {
  const signature = createHmac('sha256', key)
    .update(`${method}${signedUrl}${body}${String(at)}`)
    .digest('base64')
  return { method, url, body, headers: { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(at) } }
}

const change = (more: object = {}) => ({
  eventId: 2_300_000_001,
  subscriptionId: 3_800_001,
  portalId: 12_345_678,
  appId: 14_000_001,
  occurredAt: 1_751_276_050_977,
  subscriptionType: 'object.propertyChange',
  attemptNumber: 0,
  objectId: 180_000_000_001,
  objectTypeId: '2-1000001',
  propertyName: 'kag_request',
  propertyValue: 'approve',
  changeSource: 'CRM_UI',
  sourceId: 'userId:70000001',
  isSensitive: false,
  ...more,
})

describe('the signature', () => {
  const given = signed('[]')
  const check = (request: SignedRequest, more: object = {}) => checkSignature(request, { secrets: secret, now, ...more })
  const headers = given.headers as { readonly [name: string]: string }

  // Made with openssl: printf '%s' 'POSThttps://kag.example/hubspot?a=b[]1767575000000' | openssl dgst -sha256 -hmac secret -binary | base64
  test('a vector of another program', () => {
    const request = {
      method: 'POST',
      url: 'https://kag.example/hubspot?a=b',
      body: '[]',
      headers: {
        'x-hubspot-signature-v3': 'AULsZf6DIbDerPR8Bzu+NXTlMc7awpZ3qjoXI1YpqsU=',
        'x-hubspot-request-timestamp': '1767575000000',
      },
    }
    expect(checkSignature(request, { secrets: 'secret', now: 1_767_575_000_000 })).toBe('valid')
  })

  test.each([
    ['a body that is another', { ...given, body: '[ ]' }],
    ['another address', { ...given, url: `${url}&x=1` }],
    ['another method', { ...given, method: 'PUT' }],
    ['another secret', signed('[]', { key: 'other' })],
    [
      'an instant that is not the signed one',
      { ...given, headers: { ...headers, 'X-HubSpot-Request-Timestamp': String(now - 1) } },
    ],
  ])('%s is wrong', (_, request) => {
    expect(check(given)).toBe('valid')
    expect(check(request)).toBe('wrong')
  })

  test.each([
    ['none', {}, 'unsigned'],
    ['no instant', { 'x-hubspot-signature-v3': headers['X-HubSpot-Signature-v3'] }, 'unsigned'],
    ['two of them', { ...headers, 'x-hubspot-signature-v3': headers['X-HubSpot-Signature-v3'] }, 'unsigned'],
    ['an empty list', { ...headers, 'X-HubSpot-Signature-v3': [] }, 'unsigned'],
    ['a short one', { ...headers, 'X-HubSpot-Signature-v3': 'AAAA' }, 'malformed'],
    ['hexadecimal digits', { ...headers, 'X-HubSpot-Signature-v3': 'a'.repeat(64) }, 'malformed'],
    ['NaN', { ...headers, 'X-HubSpot-Request-Timestamp': 'NaN' }, 'malformed'],
    ['an instant with a point', { ...headers, 'X-HubSpot-Request-Timestamp': `${String(now)}.0` }, 'malformed'],
    ['a negative instant', { ...headers, 'X-HubSpot-Request-Timestamp': '-1' }, 'malformed'],
    ['an instant beyond all numbers', { ...headers, 'X-HubSpot-Request-Timestamp': '9'.repeat(40) }, 'malformed'],
  ] as const)('%s', (_, some, expected) => {
    expect(check({ ...given, headers: some })).toBe(expected)
  })

  test('the window has two ends', () => {
    const at = (age: number) => check(signed('[]', { at: now - age }))
    expect([at(300_000), at(300_001), at(-60_000), at(-60_001)]).toEqual(['valid', 'too_old', 'valid', 'ahead'])
    expect(check(signed('[]', { at: now - 11 }), { maxAgeMs: 10 })).toBe('too_old')
    expect(check(signed('[]', { at: now + 11 }), { maxAheadMs: 10 })).toBe('ahead')
  })

  test('a clock or a window that is no number lets nothing in', () => {
    expect(check(given, { now: NaN })).toBe('too_old')
    expect(check(given, { maxAgeMs: NaN })).toBe('too_old')
    expect(check(given, { maxAheadMs: NaN })).toBe('ahead')
  })

  test('what HubSpot decodes of an address is decoded, and nothing else', () => {
    const codes = '%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B%20%25%3D%C3%A9%zz'
    const request = signed('[]', { signedUrl: `https://kag.example/x?q=:/?@!$'()*,;%20%25%3D%C3%A9%zz` })
    expect(check({ ...request, url: `https://kag.example/x?q=${codes}` })).toBe('valid')
  })

  test('a body in bytes, headers of a fetch, and a secret that is being replaced', () => {
    const request = signed('["é"]')
    expect(check({ ...request, body: new TextEncoder().encode('["é"]') })).toBe('valid')
    expect(check({ ...request, headers: new Headers(request.headers as Record<string, string>) })).toBe('valid')
    expect(check(request, { secrets: ['the next one', secret] })).toBe('valid')
    expect(check(request, { secrets: ['the next one', 'the one after'] })).toBe('wrong')
  })

  test.each([[''], [[]], [['a', '']]])('no secret is no way to check: %j', (secrets) => {
    expect(() => check(given, { secrets })).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path: 'secrets' })] }) as Error,
    )
  })

  test('whatever is sent, only what was signed is believed, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string(), (body, name, value) => {
        fc.pre(body.isWellFormed())
        expect(check({ ...signed(body), url })).toBe('valid')
        expect(check({ ...given, body, headers: { [name]: value, 'x-hubspot-signature-v3': value } })).not.toBe('valid')
      }),
    )
  })
})

describe('events', () => {
  const of = (...given: unknown[]) => eventsOf(JSON.stringify(given))

  test('a change by hand is told with its user', () => {
    expect(of(change())?.events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        what: 'propertyChange',
        portalId: '12345678',
        objectTypeId: '2-1000001',
        objectId: '180000000001',
        property: 'kag_request',
        value: 'approve',
        at: 1_751_276_050_977,
        source: 'CRM_UI',
        userId: '70000001',
        mergedInto: null,
        mergedFrom: [],
      },
    ])
  })

  test('what is sent again, in whatever order and with whatever number, is the same event', () => {
    const [first, second] = [change(), change({ occurredAt: 1_751_276_050_000, propertyValue: 'reject' })]
    const again = { ...first, eventId: 1, attemptNumber: 7 }
    const events = of(first, second, again)?.events ?? []
    expect(events.map(({ value }) => value)).toEqual(['reject', 'approve'])
    expect(of(again)?.events[0]?.id).toBe(events[1]?.id)
  })

  test('another portal, record, property, instant or value is another event', () => {
    const others = [
      {},
      { portalId: 1 },
      { objectTypeId: '2-1' },
      { objectId: 1 },
      { propertyName: 'x' },
      { occurredAt: 1 },
      { propertyValue: 'x' },
      { subscriptionType: 'object.creation' },
      // Where one part ends and the next begins counts.
      { propertyName: 'kag_request1', occurredAt: 751_276_050_977 },
    ].map(change)
    expect(new Set(of(...others)?.events.map(({ id }) => id)).size).toBe(others.length)
  })

  test('a merge names what went in and what it left, which may be a new record', () => {
    const merge = (more: object) =>
      of(change({ subscriptionType: 'object.merge', objectTypeId: '0-2', objectId: 77, ...more }))?.events.map(
        ({ mergedFrom, mergedInto }) => [mergedFrom, mergedInto],
      )
    expect(merge({ primaryObjectId: 77, mergedObjectIds: [12, '13', 2 ** 53, '../1'] })).toEqual([[['12', '13'], '77']])
    expect(merge({ primaryObjectId: 77, mergedObjectIds: [12], newObjectId: 90 })).toEqual([[['12', '77'], '90']])
    expect(merge({ primaryObjectId: 90, mergedObjectIds: 'x' })).toEqual([[['77'], '90']])
    expect(merge({ mergedObjectIds: [12] })).toEqual([[[], null]])
  })

  test('older apps name the type in the subscription; a merge names what it left', () => {
    const events = of(
      change({ subscriptionType: 'ticket.propertyChange', objectTypeId: undefined }),
      change({ subscriptionType: 'object.merge', objectTypeId: '0-2', primaryObjectId: 77, occurredAt: 1_751_276_060_000 }),
    )?.events
    expect(events?.map(({ objectTypeId, what, mergedInto }) => [objectTypeId, what, mergedInto])).toEqual([
      ['0-5', 'propertyChange', null],
      ['0-2', 'merge', '77'],
    ])
  })

  test('an echo of our own has no user', () => {
    const [echo] = of(change({ propertyValue: '', changeSource: 'INTEGRATION', sourceId: '14000001' }))?.events ?? []
    expect(echo).toMatchObject({ value: '', source: 'INTEGRATION', userId: null })
  })

  test.each([
    ['a text', 'x'],
    ['null', null],
    ['a list', []],
    ['no portal', change({ portalId: undefined })],
    ['an id that JSON has rounded', change({ objectId: 2 ** 53 })],
    ['an id that is none', change({ objectId: '../1' })],
    ['an instant that is a text', change({ occurredAt: 'now' })],
    ['no type of record', change({ objectTypeId: 'tickets' })],
    ['no subscription', change({ subscriptionType: 'object' })],
    ['an inherited name', change({ subscriptionType: 'constructor.propertyChange', objectTypeId: undefined })],
  ])('one that cannot be read does not hold up the others: %s', (_, bad) => {
    expect(of(bad, change())).toMatchObject({ events: [{ value: 'approve' }], unreadable: 1 })
  })

  test.each(['', '{', '{}', 'null', '"[]"', JSON.stringify(Array.from({ length: 101 }, () => change()))])(
    'no list: %j',
    (body) => {
      expect(eventsOf(body)).toBeNull()
    },
  )

  test('any JSON is read or counted', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 20 }), (list) => {
        const read = eventsOf(JSON.stringify(list))
        expect((read?.events.length ?? 0) + (read?.unreadable ?? 0)).toBe(list.length)
      }),
    )
  })
})

describe('a webhook', () => {
  const read = (request: SignedRequest, more: object = {}) =>
    readWebhook(request, { secrets: secret, portals: ['12345678'], now, ...more })

  test('is answered with 204 and what it told', () => {
    const body = JSON.stringify([change(), change({ portalId: 1 }), 'x'])
    expect(read(signed(body))).toMatchObject({ status: 204, events: [{ portalId: '12345678' }], passedOver: 2 })
    const bytes = { ...signed(body), body: new TextEncoder().encode(body) }
    expect(read(bytes, { portals: ['1', '12345678'] })).toMatchObject({ status: 204, passedOver: 1 })
  })

  test('the longest body is counted in bytes, as a text and as bytes', () => {
    const body = JSON.stringify([change({ propertyValue: '转交'.repeat(100) })])
    const bytes = new TextEncoder().encode(body)
    expect(bytes.length).toBe(body.length + 400)
    for (const given of [signed(body), { ...signed(body), body: bytes }]) {
      expect(read(given, { maxBytes: bytes.length }).status).toBe(204)
      expect(read(given, { maxBytes: bytes.length - 1 })).toMatchObject({ status: 413, reason: 'too_large' })
    }
  })

  test.each([
    ['not signed', { ...signed('[]'), headers: {} }, 401, 'unsigned'],
    ['signed by somebody else, whatever is in it', signed('{', { key: 'other' }), 401, 'wrong'],
    ['signed, and no list', signed('{'), 400, 'no_list'],
    ['too long, before anything is reckoned', signed(`["${'x'.repeat(1_000_000)}"]`), 413, 'too_large'],
  ] as const)('%s', (_, request, status, reason) => {
    expect(read(request)).toEqual({ status, reason, events: [] })
  })
})
