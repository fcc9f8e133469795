import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorOf, isRecordRefusal, unreadable, untilMidnight } from '../src/errors.ts'
import { told } from './told.ts'

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

  test.each(['Say "hi" to Ms Li', 'one line\nMs Li', 'C:\\Ms Li'])(
    'a text that is repeated as JSON puts it is masked, too: %j',
    (value) => {
      const list = `[{"message":${JSON.stringify(value)},"error":"INVALID_OPTION"`
      for (const message of [`bad value ${JSON.stringify(value)}`, `not valid: ${list}`])
        expect(told({ message }, 400, [value]).message).not.toContain('Ms Li')
    },
  )

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
