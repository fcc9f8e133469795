import { expect, test } from 'vitest'
import { tablesOf } from '../../../test/support/tables-of.ts'
import { isPassing, meaningOf, meanings } from '../src/errors.ts'

const tableUnder = tablesOf('docs/adapters/salesforce.md')

test('the table of errors on the page is the one that the adapter goes by', () => {
  const expected = Object.keys(meanings)
    .sort()
    .map((code) => {
      const cause = { code, message: '', fields: [] }
      const error = meaningOf([cause], 400)
      return [code, error.code, error.retryable ? 'yes' : 'no', isPassing(cause, 400) ? '–' : 'blocked']
    })
  expect(tableUnder('Errors of the org')).toEqual(expected)
})
