import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multiply, parseDecimal, parsePlain, toMinor } from './decimal.ts'

const point = { decimal: '.' } as const
const comma = { decimal: ',' } as const

describe('parseDecimal', () => {
  it.each([
    ['1,234.50', point, 123_450n, 2],
    ['1.234,50 €', comma, 123_450n, 2],
    ['¥ 12', point, 12n, 0],
    ['CNY 12.30', point, 1230n, 2],
    ['(12.50)', point, -1250n, 2],
    ['12.50-', point, -1250n, 2],
    ['−3', point, -3n, 0],
    ['£-4.1', point, -41n, 1],
    ['.5', point, 5n, 1],
    ['1.5E3', point, 1500n, 0],
    ["1'000", point, 1000n, 0],
  ] as const)('reads %s', (text, style, digits, scale) => {
    expect(parseDecimal(text, style)).toEqual({ digits, scale })
  })

  it.each(['', '-', '.', '12O', '1,2', '1.2.3', '0x10', 'NaN', 'Infinity', '１２', '--1', '(-1)', '1 2', '9'.repeat(61)])(
    'does not read %j',
    (text) => {
      expect(parseDecimal(text, point)).toBeNull()
    },
  )
})

describe('money', () => {
  it('multiplies quantity and price without drift', () => {
    const price = parseDecimal('0.1', point)
    const quantity = parseDecimal('3', point)
    expect(price && quantity && toMinor(multiply(price, quantity), 2)).toEqual({ minor: 30, rounded: false })
  })

  it('rounds half away from zero, and says so', () => {
    const at = (text: string): unknown => toMinor(parseDecimal(text, point) ?? { digits: 0n, scale: 0 }, 2)
    expect(at('0.005')).toEqual({ minor: 1, rounded: true })
    expect(at('-0.005')).toEqual({ minor: -1, rounded: true })
    expect(at('-0.004')).toEqual({ minor: 0, rounded: true })
    expect(at('1.230')).toEqual({ minor: 123, rounded: false })
  })

  it('answers null beyond exact integers', () => {
    expect(toMinor({ digits: 10n ** 16n, scale: 0 }, 2)).toBeNull()
    expect(parsePlain('1e99', point)).toBe(1e99)
  })

  it('gives back every amount of minor units', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (minor) => {
        const text = `${minor < 0 ? '-' : ''}${String(Math.floor(Math.abs(minor) / 100))}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
        const parsed = parseDecimal(text, point)
        expect(parsed && toMinor(parsed, 2)).toEqual({ minor, rounded: false })
      }),
    )
  })
})
