import { describe, expect, it } from 'vitest'
import { abcOf } from './abc.ts'
import { rfmOf, rfmSegment, rfmThresholds, type RfmSegment } from './rfm.ts'

const customers = [
  { recencyDays: 40, frequency: 1, monetary: 900 },
  { recencyDays: 10, frequency: 3, monetary: 100 },
  { recencyDays: 30, frequency: 7, monetary: 500 },
  { recencyDays: 20, frequency: 5, monetary: 300 },
  { recencyDays: 50, frequency: 9, monetary: 700 },
]

describe('recency, frequency, monetary [CLS-05]', () => {
  it('cuts each measure by itself into groups of about equal size', () => {
    expect(rfmThresholds(customers, 2)).toEqual({ recencyDays: [31], frequency: [6], monetary: [501] })
    expect(rfmThresholds(customers, 4)).toEqual({
      recencyDays: [21, 31, 41],
      frequency: [4, 6, 8],
      monetary: [301, 501, 701],
    })
    // Between two, in proportion.
    expect(rfmThresholds(customers.slice(0, 2), 4).monetary).toEqual([301, 501, 701])
    expect(rfmThresholds(customers.slice(0, 1), 2)).toEqual({ recencyDays: [41], frequency: [2], monetary: [901] })
  })

  it('needs customers and two bins', () => {
    const message = 'RFM needs customers and at least two bins'
    for (const [some, bins] of [
      [[], 2],
      [customers, 1],
      [customers, 2.5],
    ] as const)
      expect(() => rfmThresholds(some, bins)).toThrow(new RangeError(message))
  })

  it('scores what reaches a cut above it; the latest is the best', () => {
    const thresholds = { recencyDays: [30, 90], frequency: [3, 6], monetary: [100, 500] }
    const scores = (recencyDays: number, frequency: number, monetary: number) =>
      Object.values(rfmOf({ recencyDays, frequency, monetary }, thresholds))
    expect([scores(29, 2, 99), scores(30, 3, 100), scores(89, 5, 499), scores(90, 6, 500)]).toEqual([
      [3, 1, 1],
      [2, 2, 2],
      [2, 2, 2],
      [1, 3, 3],
    ])
  })

  it('the first segment that holds all three scores, both ends included, is theirs', () => {
    const segment = (id: string, part: Partial<RfmSegment>): RfmSegment => ({
      id,
      recency: [1, 3],
      frequency: [1, 3],
      monetary: [1, 3],
      ...part,
    })
    const segments = [
      segment('new', { recency: [3, 3], frequency: [1, 1] }),
      segment('rich', { monetary: [2, 3] }),
      segment('often', { frequency: [2, 2] }),
    ]
    const of = (recency: number, frequency: number, monetary: number) => rfmSegment({ recency, frequency, monetary }, segments)
    expect([of(3, 1, 3), of(2, 1, 3), of(3, 2, 2), of(1, 2, 1)]).toEqual(['new', 'rich', 'rich', 'often'])
    expect([of(2, 1, 1), of(3, 3, 1), of(4, 1, 1), of(1, 0, 2)]).toEqual([null, null, null, null])
    expect(rfmSegment({ recency: 1, frequency: 1, monetary: 1 }, [])).toBeNull()
  })
})

describe('the curve of shares [CLS-01]', () => {
  it('puts the same values in the order of their keys, and nobody anywhere where there is nothing', () => {
    const items = ['d', 'b', 'c', 'a', 'b'].map((key) => ({ key, value: 5 }))
    expect(abcOf(items, { a: 20, b: 60 }).map(({ key, class: found }) => `${key}${found}`)).toEqual([
      'aA',
      'bB',
      'bB',
      'cC',
      'dC',
    ])
    const nothing = [
      { key: 'x', value: 0 },
      { key: 'y', value: -3 },
    ]
    expect(abcOf(nothing, { a: 60, b: 100 }).map(({ class: found }) => found)).toEqual(['C', 'C'])
  })
})
