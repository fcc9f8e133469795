import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growth } from './growth.ts'

describe('growth [F-6, I-29]', () => {
  it.each([
    [200, 150, 0, -25, undefined],
    [200, 230, 0, 15, undefined],
    [0, 0, 0, 0, undefined],
    [0, 1, 0, null, 'new'],
    [-50, 10, 0, null, 'new'],
    [-50, -10, 0, 0, undefined],
    [100, -10, 0, -100, undefined],
    [100, 0, 0, -100, undefined],
    [1000, 901, 100, 0, 'belowMinChange'],
    [1000, 900, 100, -10, undefined],
    [0, 99, 100, 0, 'belowMinChange'],
    [0, 100, 100, null, 'new'],
  ] as const)('from %i to %i with least change %i: %s', (previous, current, least, percent, reason) => {
    expect(growth(previous, current, least)).toEqual({ previous, current, percent, ...(reason === undefined ? {} : { reason }) })
  })
  it('is never NaN and never infinite', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.nat(), (previous, current, least) => {
        const { percent } = growth(previous, current, least)
        expect(percent === null || (Number.isFinite(percent) && percent >= -100)).toBe(true)
      }),
    )
  })
})
