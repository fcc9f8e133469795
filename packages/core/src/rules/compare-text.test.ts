import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareText } from './compare-text.ts'

test('the order of text is a total one, the same as that of its code units', () => {
  const unit = fc.constantFrom('a', 'B', 'ä', '\uffff', '😀', '𝒳', '')
  const text = fc.array(unit, { maxLength: 4 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      expect(texts.toSorted(compareText)).toEqual(texts.toSorted())
      for (const each of texts) expect(compareText(each, each)).toBe(0)
    }),
  )
})

test('no collation: capitals stand before small letters, and a letter with an accent behind all without', () => {
  expect(['b', 'ä', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', 'b', 'ä'])
})
