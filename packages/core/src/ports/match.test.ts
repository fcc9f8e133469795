import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesQuery, pairKey, sortKey, type InstanceQuery } from './index.ts'

test('two texts are joined into different keys whatever they contain', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ':', '1', '-', ' ') })
  fc.assert(
    fc.property(text, text, text, text, (a, b, c, d) => {
      expect(pairKey(a, b) === pairKey(c, d)).toBe(a === c && b === d)
    }),
  )
})

const projection = { kind: 'complaint', accountId: 'acme', open: false, state: 'closed' }

test.each<readonly [string, InstanceQuery, boolean]>([
  ['nothing asked', {}, true],
  ['the same in every field', projection, true],
  ['another kind', { kind: 'admission' }, false],
  ['another account', { accountId: 'acm' }, false],
  ['open ones', { open: true }, false],
  ['another state', { state: 'open' }, false],
  ['another case', { accountId: 'Acme' }, false],
  ['one field of two', { kind: 'complaint', state: 'open' }, false],
])('a query for %s', (_, query, found) => {
  expect(matchesQuery(projection, query)).toBe(found)
})

test('ids sort by code units in hexadecimal digits, in every language', () => {
  const german = new Intl.Collator('de', { ignorePunctuation: true, sensitivity: 'base' })
  const id = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/)
  fc.assert(
    fc.property(id, id, (a, b) => {
      expect(Math.sign(german.compare(sortKey(a), sortKey(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})
