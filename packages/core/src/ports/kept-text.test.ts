import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapedJson, keptText, unescapedJson } from './index.ts'

test('JSON comes back to the character, whatever looks like an escape in it, and keeps its meaning', () => {
  const pieces = fc.constantFrom(
    '\\',
    'u2028',
    '\u2028',
    'u0085',
    '\u0085',
    '\ufeff',
    '\uffff',
    '\u007f',
    'u',
    '"',
    '\n',
    'é',
    'a',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const json = JSON.stringify(parts.join(''))
      const escaped = escapedJson(json)
      expect(escaped).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/)
      expect(JSON.parse(escaped)).toBe(parts.join(''))
      expect(unescapedJson(escaped)).toBe(json)
    }),
  )
})

test.each([
  ['white space at the ends', '\t a b\n', 'a b'],
  ['ends of lines', 'a\r\nb\nc', 'a\nb\nc'],
  ['what no field keeps', 'a\u0000\u001b\u007f\u2028\ufeffb', 'ab'],
  ['what every field keeps', 'a\tb é 的 😀', 'a\tb é 的 😀'],
  ['nothing but space', ' \u2028 ', ''],
])('a plain text as it is kept: %s [GOV-06]', (_, text, kept) => {
  expect(keptText(text)).toBe(kept)
})
