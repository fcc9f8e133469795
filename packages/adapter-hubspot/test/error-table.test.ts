import { expect, test } from 'vitest'
import { tablesOf } from '../../../test/support/tables-of.ts'
import { errorOf, isRecordRefusal, meaningOf, meanings } from '../src/errors.ts'

const tableUnder = tablesOf('docs/adapters/hubspot.md')

test('the table of errors on the page is the one that the adapter goes by', () => {
  const expected = Object.keys(meanings)
    .sort()
    .map((code) => {
      const error = meaningOf(errorOf({ category: code }, 400))
      return [code, error.code, error.retryable ? 'yes' : 'no', isRecordRefusal(error) ? 'blocked' : '–']
    })
  expect(tableUnder('Errors of the portal')).toEqual(expected)
})

test('so is the one of statuses that say it all', () => {
  const statuses = [401, 402, 403, 404, 408, 413, 414, 423, 429, 477, 500, 502, 503, 504, 521, 523, 524]
  const expected = statuses.map((status) => {
    const error = meaningOf(errorOf(null, status))
    const wait = error.details['retryAfterMs']
    return [
      String(status),
      error.code,
      error.retryable ? 'yes' : 'no',
      typeof wait === 'number' ? `${String(wait / 1000)} s` : '–',
    ]
  })
  expect(tableUnder('Statuses')).toEqual(expected)
})
