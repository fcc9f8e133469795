import { expect, test } from 'vitest'
import { tablesOf } from '../../../test/support/tables-of.ts'
import { meaningOf, meanings, recordRefusals } from '../src/errors.ts'

const tableUnder = tablesOf('docs/adapters/salesforce.md')

test('the table of errors on the page is the one that the adapter goes by', () => {
  const codes = [...new Set([...Object.keys(meanings), ...recordRefusals])].sort()
  const expected = codes.map((code) => {
    const error = meaningOf([{ code, message: '', fields: [] }], 400)
    return [code, error.code, error.retryable ? 'yes' : 'no', recordRefusals.has(code) ? 'blocked' : '–']
  })
  expect(tableUnder('Errors of the org')).toEqual(expected)
})
