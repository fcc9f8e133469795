import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meets } from '../../policy/parts.ts'
import { leastThatMeets } from './tier-floors.ts'

describe('limits as plain numbers [decision 6]', () => {
  it('at least the least is the same as meeting the limit, for every number and both operators', () => {
    const number = fc.double({ min: 0, max: 1e15, noNaN: true })
    fc.assert(
      fc.property(number, number, fc.constantFrom('>' as const, '>=' as const), (value, actual, op) => {
        const least = leastThatMeets({ op, value })
        for (const tried of [actual, value, least, value - 1, value + 1]) expect(tried >= least).toBe(meets(tried, { op, value }))
      }),
      { numRuns: 500 },
    )
  })
  it('an exclusive limit begins with the next number there is', () => {
    expect(leastThatMeets({ op: '>', value: 3 })).toBe(3.0000000000000004)
    expect(leastThatMeets({ op: '>', value: 0 })).toBe(Number.MIN_VALUE)
    expect(leastThatMeets({ op: '>=', value: 3 })).toBe(3)
  })
})
