import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { commitGroups } from './groups.ts'

const atomic = { atomicMultiCommit: true }

describe('commitGroups', () => {
  test('what has the same number belongs together, in the order in which groups begin', () => {
    expect(commitGroups([{ group: 7 }, {}, { group: 0 }, { group: 7 }, {}], atomic)).toEqual([[0, 3], [1], [2], [4]])
    expect(commitGroups([], atomic)).toEqual([])
  })

  test('any number is one: 0 and negative ones too', () => {
    expect(commitGroups([{ group: 0 }, { group: -1 }, { group: 0 }, { group: -1 }], atomic)).toEqual([
      [0, 2],
      [1, 3],
    ])
  })

  test('a store that cannot commit together refuses every group, and says where; without groups it has none to refuse', () => {
    const poor = { atomicMultiCommit: false }
    expect(() => commitGroups([{}, { group: 1 }], poor)).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path: '[1].group' })] }),
    )
    expect(commitGroups([{}, {}], poor)).toEqual([[0], [1]])
  })

  test('every place is in exactly one unit', () => {
    const group = fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined })
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        const units = commitGroups(
          groups.map((each) => (each === undefined ? {} : { group: each })),
          atomic,
        )
        expect(units.flat().sort((a, b) => a - b)).toEqual(groups.map((_, place) => place))
        for (const unit of units) expect(new Set(unit.map((place) => groups[place])).size).toBe(1)
        expect(units.filter(([first]) => groups[first ?? 0] === undefined).every((unit) => unit.length === 1)).toBe(true)
      }),
    )
  })
})
