import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesQuery, pairKey, type InstanceQuery } from './index.ts'

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
