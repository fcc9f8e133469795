import { describe, expect, test } from 'vitest'
import { batchOf, pageOf, readAnswer, recordIn } from '../src/answer.ts'
import { apiError, errorOf } from '../src/errors.ts'
import { read, there, type Recording } from './recordings.ts'
import { told } from './told.ts'

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
