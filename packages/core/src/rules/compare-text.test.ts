import { describe, expect, it } from 'vitest'
import { compareText } from './compare-text.ts'

describe('text order', () => {
  it('goes by code units, either way, and only the same text is equal', () => {
    const pairs = [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'a'],
      ['B', 'a'],
      ['a', 'ab'],
      ['', ''],
      // A collation would take them for the same, or put them the other way round.
      ['ä', 'z'],
      ['e\u0301', 'é'],
      ['\u{1f600}', '\ufb01'],
    ] as const
    expect(pairs.map(([a, b]) => compareText(a, b))).toEqual([-1, 1, 0, -1, -1, 0, 1, -1, -1])
  })
})
