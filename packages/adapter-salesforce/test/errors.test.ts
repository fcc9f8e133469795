import { readFileSync, existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { makeChain } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { errorsIn } from '../src/client.ts'
import { meaningOf, redacted, siblings } from '../src/errors.ts'
import { createFakeSalesforce, passingFaults } from './fake/server.ts'
import { salesforceSubject, storeOn } from './subject.ts'

describe('the error table: what the org says becomes one of the port’s answers, with the org’s words', () => {
  test.each([
    ['UNABLE_TO_LOCK_ROW', 400, 'throttled', true],
    ['INVALID_SESSION_ID', 401, 'forbidden', false],
    ['SERVER_UNAVAILABLE', 503, 'unknown_outcome', true],
    ['UNKNOWN_EXCEPTION', 500, 'unknown_outcome', true],
    ['STRING_TOO_LONG', 400, 'too_large', false],
    ['INVALID_FIELD', 400, 'corrupt_record', false],
    ['INVALID_TYPE', 400, 'corrupt_record', false],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 403, 'forbidden', false],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 400, 'forbidden', false],
    ['STORAGE_LIMIT_EXCEEDED', 400, 'unavailable', true],
    ['A_CODE_OF_TOMORROW', 400, 'unavailable', true],
    ['A_CODE_OF_TOMORROW', 502, 'unknown_outcome', true],
  ] as const)('%s with %i is %s', (code, status, expected, retryable) => {
    const error = meaningOf([{ code, message: 'as the org says', fields: ['X__c'] }], status)
    expect(error).toMatchObject({ code: expected, retryable, details: { salesforce: code, status, fields: ['X__c'] } })
    expect(error.message).toContain('as the org says')
    expect(error.actions.length).toBeGreaterThan(0)
  })

  test('the daily limit is another thing than too many at once', () => {
    const of = (message: string) => meaningOf([{ code: 'REQUEST_LIMIT_EXCEEDED', message, fields: [] }], 403).details['window']
    expect([of('TotalRequests Limit exceeded.'), of('ConcurrentRequests (Concurrent API Requests) Limit exceeded.')]).toEqual([
      'daily',
      'concurrent',
    ])
  })

  test('a request that was only rolled back is never the cause', () => {
    const errors = ['PROCESSING_HALTED', 'STRING_TOO_LONG'].map((code) => ({ code, message: '', fields: [] }))
    expect(meaningOf(errors, 400).code).toBe('too_large')
    expect([...siblings]).toContain('ALL_OR_NONE_OPERATION_ROLLED_BACK')
  })

  test('no token in any message', () => {
    expect(redacted('session 00D000000000001!AQEAQ.abc_d-e is Bearer 00D1 gone')).toBe('session [redacted] is [redacted] gone')
  })
})

const recorded = fileURLToPath(new URL('../../../../shared/fixtures/salesforce/', import.meta.url))
describe('recorded answers are read as what they are', () => {
  test.skipIf(!existsSync(recorded))(
    'a unique key that is taken, in a composite that was rolled back (skipped: no recordings beside the project)',
    () => {
      const { compositeResponse } = JSON.parse(
        readFileSync(`${recorded}composite-errors/trineforce_composite_error_DUPLICATE_VALUE.json`, 'utf8'),
      ) as {
        compositeResponse: { body: unknown }[]
      }
      expect(compositeResponse.map(({ body }) => errorsIn(body).map(({ code }) => code))).toEqual([
        ['DUPLICATE_VALUE'],
        ['PROCESSING_HALTED'],
      ])
    },
  )

  test.skipIf(!existsSync(recorded))('every error body of the recordings has its code and its words', () => {
    const folder = `${recorded}applink-wiremock/`
    let seen = 0
    for (const file of readdirSync(folder)) {
      const { response } = JSON.parse(readFileSync(folder + file, 'utf8')) as { response: { status: number; body?: string } }
      if (response.status < 400 || response.body === undefined || !response.body.startsWith('[')) continue
      const errors = errorsIn(JSON.parse(response.body))
      expect(errors.length, file).toBeGreaterThan(0)
      expect(meaningOf(errors, response.status).message, file).toContain(errors[0]?.code)
      seen += 1
    }
    expect(seen).toBeGreaterThan(5)
  })

  test.skipIf(!existsSync(recorded))('results of a list say what failed under another name', () => {
    const { body } = JSON.parse(readFileSync(`${recorded}misc/collections_allOrNone_rolled_back.json`, 'utf8')) as {
      body: unknown
    }
    expect(errorsIn(body).map(({ code }) => code)).toEqual(['DUPLICATES_DETECTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'])
  })
})

describe('answers that are none', () => {
  test.each(passingFaults)('%s at the write: the command lands once and is told as committed', async (fault) => {
    const subject = salesforceSubject(createFakeSalesforce())
    const [first, second] = makeChain('cmp-1', 2, { effects: ['notify'] })
    if (first === undefined || second === undefined) throw new Error('two commits')
    await subject.store.commit([first])
    const at = subject.fake.log.length + 1
    subject.fake.script = ({ number }) => (number === at ? fault : null)
    expect(await subject.store.commit([second])).toEqual([{ status: 'committed', projection: 'written' }])
    expect(await subject.witness.countEvents('cmp-1')).toBe(2)
    expect(await subject.store.effects.pending({ limit: 10 })).toHaveLength(2)
  })

  test('an org that never answers again: the outcome is unknown, never a success', async () => {
    const subject = salesforceSubject(createFakeSalesforce())
    const [first] = makeChain('cmp-1', 1)
    if (first === undefined) throw new Error('a commit')
    subject.fake.script = () => 'cutBefore'
    expect(await subject.store.commit([first])).toMatchObject([{ status: 'unknown' }])
    await expect(subject.store.load('cmp-1')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test.each([
    ['no rows', {}],
    ['rows that are none', { totalSize: 1, done: true, records: [null] }],
    ['a next page elsewhere', { totalSize: 9, done: false, nextRecordsUrl: 'https://elsewhere.example/', records: [] }],
    ['a composite without answers', { compositeResponse: [] }],
    ['a page inside that has no rows', { compositeResponse: [{ referenceId: 'query0', httpStatusCode: 200, body: {} }] }],
  ])('%s for a page of rows: nothing was asked to be done, so nothing is unknown', async (_, body) => {
    const fake = createFakeSalesforce()
    const { client } = storeOn(fake, { fetch: () => Promise.resolve(Response.json(body)) })
    await expect(client.query('SELECT Id FROM Account').next()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(client.queries(['SELECT Id FROM Account'])).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a record that was only rolled back, and nothing says why: an error, and never called written', async () => {
    const fake = createFakeSalesforce()
    const [first] = makeChain('cmp-1', 1)
    if (first === undefined) throw new Error('a commit')
    await storeOn(fake).commit([first])
    const body = [{ errorCode: 'PROCESSING_HALTED', message: 'rolled back' }]
    const halting: typeof fetch = (input, init) => {
      if (init?.method !== 'POST' || typeof init.body !== 'string') return fake.fetch(input, init)
      const { compositeRequest } = JSON.parse(init.body) as {
        readonly compositeRequest: readonly { readonly referenceId: string }[]
      }
      const compositeResponse = compositeRequest.map(({ referenceId }) => ({ referenceId, httpStatusCode: 400, body }))
      return Promise.resolve(Response.json({ compositeResponse }))
    }
    await expect(storeOn(fake, { fetch: halting }).project(first.projection)).rejects.toMatchObject({
      code: 'unavailable',
      details: { salesforce: 'PROCESSING_HALTED' },
    })
  })

  test('the daily limit ends at once, and says so', async () => {
    const subject = salesforceSubject(createFakeSalesforce())
    subject.fake.script = () => 'daily'
    const before = subject.fake.log.length
    await expect(subject.store.load('cmp-1')).rejects.toMatchObject({ code: 'throttled', details: { window: 'daily' } })
    expect(subject.fake.log.length - before).toBe(1)
  })

  test('a session that is refused for ever is renewed once a request, then it is an error', async () => {
    const subject = salesforceSubject(createFakeSalesforce())
    subject.fake.script = () => 'unauthorized'
    await expect(subject.store.load('cmp-1')).rejects.toMatchObject({ code: 'forbidden' })
    expect(subject.fake.renewals()).toBe(1)
  })

  test('requests that meet the end of a token share its renewal: what renews it may hold only once', async () => {
    const fake = createFakeSalesforce()
    const { store } = salesforceSubject(fake)
    const renew = fake.session.refreshAuth
    for (const grant of [1, 2]) {
      fake.session.accessToken = '00D000000000001!stale'
      fake.session.refreshAuth = async () => {
        if (fake.renewals() >= grant) throw new Error('invalid_grant: used already')
        await renew()
      }
      expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.load(id)))).toEqual([null, null, null, null])
      expect(fake.renewals()).toBe(grant)
    }
  })

  test('a session that cannot be renewed keeps its secret', async () => {
    const fake = createFakeSalesforce()
    fake.session.accessToken = '00D000000000001!stale'
    const request = { body: 'client_secret=hush&assertion=ey.jwt' }
    const words = `invalid_grant for 00D000000000001!stale by ${request.body}, "refresh_token": "5Aep"`
    fake.session.refreshAuth = () => Promise.reject(Object.assign(new Error(words), { request }))
    const error = await salesforceSubject(fake)
      .store.load('cmp-1')
      .catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'forbidden' })
    const told = inspect(error, { depth: 9, showHidden: true })
    for (const secret of ['!stale', 'hush', 'ey.jwt', '5Aep']) expect(told).not.toContain(secret)
    expect(told).toContain('invalid_grant')
  })
})
