import { describe, expect, test } from 'vitest'
import { batchOf, linksOf, readAnswer, recordIn } from '../src/answer.ts'

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
