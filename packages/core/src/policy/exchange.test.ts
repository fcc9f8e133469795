import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGovernanceError } from '../errors/index.ts'
import { convert, type ExchangeRate } from './exchange.ts'

const rates: readonly ExchangeRate[] = [
  { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7.8 },
  { from: 'EUR', to: 'CNY', since: '2026-07-01', rate: 7.9 },
  { from: 'USD', to: 'EUR', since: '2026-01-01', rate: 0.8 },
  { from: 'EUR', to: 'USD', since: '2026-02-01', rate: 1.2 },
  { from: 'JPY', to: 'EUR', since: '2026-01-01', rate: 0.00625 },
  { from: 'KWD', to: 'EUR', since: '2026-01-01', rate: 3 },
]
const eur = (minor: number) => ({ currency: 'EUR', minor })

describe('exchange (I-31)', () => {
  test('the latest rate of the day or before holds', () => {
    expect(convert(eur(100), 'CNY', '2026-06-30', rates).minor).toBe(780)
    expect(convert(eur(100), 'CNY', '2026-07-01', rates).minor).toBe(790)
    expect(convert(eur(100), 'CNY', '2199-01-01', rates).minor).toBe(790)
  })

  test('a pair is read backwards only while it is not written forwards', () => {
    expect(convert(eur(800), 'USD', '2026-01-15', rates).minor).toBe(1000)
    expect(convert(eur(800), 'USD', '2026-02-01', rates).minor).toBe(960)
  })

  test('currencies keep their own number of decimals', () => {
    expect(convert({ currency: 'JPY', minor: 1600 }, 'EUR', '2026-01-01', rates)).toEqual(eur(1000))
    expect(convert(eur(1000), 'JPY', '2026-01-01', rates)).toEqual({ currency: 'JPY', minor: 1600 })
    expect(convert({ currency: 'KWD', minor: 1000 }, 'EUR', '2026-01-01', rates)).toEqual(eur(300))
  })

  test('rounds once, half to even, on both sides of zero', () => {
    const half: readonly ExchangeRate[] = [{ from: 'USD', to: 'EUR', since: '2026-01-01', rate: 0.5 }]
    const of = (minor: number) => convert({ currency: 'USD', minor }, 'EUR', '2026-01-01', half).minor
    expect([1, 3, 5, -1, -3, 7].map(of)).toEqual([0, 2, 2, 0, -2, 4])
  })

  test('uses the decimal that was written, where binary numbers would be a cent off', () => {
    // 1.005 is 1.00499999999999989… in binary.
    const odd: readonly ExchangeRate[] = [{ from: 'USD', to: 'EUR', since: '2026-01-01', rate: 1.005 }]
    expect(convert({ currency: 'USD', minor: 300 }, 'EUR', '2026-01-01', odd).minor).toBe(302)
    expect(convert({ currency: 'USD', minor: 100 }, 'EUR', '2026-01-01', odd).minor).toBe(100)
    expect(convert({ currency: 'USD', minor: 900_000_000_000_100 }, 'EUR', '2026-01-01', odd).minor).toBe(904_500_000_000_100)
  })

  test('reads rates in exponent notation', () => {
    const tiny: readonly ExchangeRate[] = [{ from: 'VND', to: 'EUR', since: '2026-01-01', rate: 3.3e-7 }]
    expect(convert({ currency: 'VND', minor: 1_000_000_000 }, 'EUR', '2026-01-01', tiny)).toEqual(eur(33_000))
  })

  test('a missing rate is an error that names pair and date', () => {
    for (const [to, date] of [
      ['CNY', '2025-12-31'],
      ['GBP', '2026-01-01'],
    ] as const) {
      try {
        convert(eur(1), to, date, rates)
        expect.unreachable()
      } catch (error) {
        expect(isGovernanceError(error, 'missing_rate') && error.details).toEqual({ from: 'EUR', to, date })
      }
    }
  })

  test('rates are never chained', () => {
    expect(() => convert({ currency: 'JPY', minor: 1 }, 'CNY', '2026-01-01', rates)).toThrow(/JPY to CNY on 2026-01-01/)
  })

  test('refuses what an exact integer cannot hold', () => {
    expect(() => convert(eur(Number.MAX_SAFE_INTEGER), 'CNY', '2026-01-01', rates)).toThrow(/more than can be held/)
  })

  test('the same currency needs no rate', () => {
    expect(convert(eur(5), 'EUR', '1900-01-01', [])).toEqual(eur(5))
  })

  test('is never further from the exact value than half a minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 9_999_999 }), (minor, ppm) => {
        const one: readonly ExchangeRate[] = [{ from: 'USD', to: 'EUR', since: '2026-01-01', rate: ppm / 1e6 }]
        const got = BigInt(convert({ currency: 'USD', minor }, 'EUR', '2026-01-01', one).minor)
        const off = got * 1_000_000n - BigInt(minor) * BigInt(ppm)
        expect(off <= 500_000n && off >= -500_000n).toBe(true)
      }),
    )
  })
})
