import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBudget,
  formatMoney,
  localDateSchema,
  meets,
  moneySchema,
  operatorsOf,
  parseMoney,
  rateSchema,
  threshold,
} from './parts.ts'

describe('money', () => {
  test.each([
    ['CNY 3,000,000', { currency: 'CNY', minor: 300_000_000 }],
    ['EUR 0.5', { currency: 'EUR', minor: 50 }],
    ['JPY 16,000', { currency: 'JPY', minor: 16_000 }],
    ['KWD 1.234', { currency: 'KWD', minor: 1234 }],
    ['EUR -2.50', { currency: 'EUR', minor: -250 }],
    ['CLF 0.5', { currency: 'CLF', minor: 5000 }],
    ['UYW 1.2345', { currency: 'UYW', minor: 12345 }],
  ])('%s', (text, money) => {
    expect(parseMoney(text)).toEqual(money)
  })

  test.each([
    '3000 CNY',
    'CNY',
    'cny 3',
    'CNY 3,00',
    'JPY 1.5',
    'EUR 1.234',
    'CNY 1e6',
    'CNY 99,999,999,999,999',
    'CNY  3',
    `CNY ${'9'.repeat(70)}`,
  ])('%s is no money', (text) => {
    expect(parseMoney(text)).toBeNull()
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'), fc.integer({ min: -1e12, max: 1e12 }), (currency, minor) => {
        expect(parseMoney(formatMoney({ currency, minor }))).toEqual({ currency, minor })
      }),
    )
  })

  test('a policy takes text or the stored form, and nothing negative', () => {
    expect(moneySchema.parse('CNY 5')).toEqual({ currency: 'CNY', minor: 500 })
    expect(moneySchema.parse({ currency: 'CNY', minor: 500 })).toEqual({ currency: 'CNY', minor: 500 })
    expect(moneySchema.safeParse('CNY -5').success).toBe(false)
    expect(moneySchema.safeParse({ currency: 'CNY', minor: 0.5 }).success).toBe(false)
  })
})

describe('thresholds (decision 6)', () => {
  test('a bare number has the operator of the wording; another of the same direction may be chosen', () => {
    expect(threshold('>').parse(3)).toEqual({ op: '>', value: 3 })
    expect(threshold('>').parse({ op: '>=', value: 3 })).toEqual({ op: '>=', value: 3 })
    expect(threshold('>').safeParse({ op: '<', value: 3 }).success).toBe(false)
    expect(threshold('<').safeParse({ op: '>=', value: 3 }).success).toBe(false)
  })

  test.each([
    ['>=', [false, true, true]],
    ['>', [false, false, true]],
    ['<=', [true, true, false]],
    ['<', [true, false, false]],
  ] as const)('2, 3 and 4 against %s 3', (op, expected) => {
    expect([2, 3, 4].map((n) => meets(n, { op, value: 3 }))).toEqual(expected)
  })
})

test('dates must exist', () => {
  expect(['2024-02-29', '2026-12-31'].every((d) => localDateSchema.safeParse(d).success)).toBe(true)
  expect(
    ['2026-02-29', '2026-04-31', '1899-12-31', '2026-1-1', '2026-13-01'].some((d) => localDateSchema.safeParse(d).success),
  ).toBe(false)
})

test('budgets as text', () => {
  expect(formatBudget({ amount: 4, unit: 'workingHours' })).toBe('4 working hours')
})

describe('how often something is done [I-20]', () => {
  test.each([
    [2, 2],
    [0, 0],
    [0.5, 0.5],
    ['1/3', 1 / 3],
    ['5/2', 2.5],
    ['999/1', 999],
  ])('%s', (written, rate) => {
    expect(rateSchema.parse(written)).toBe(rate)
    // As it is stored it loads again.
    expect(rateSchema.parse(JSON.parse(JSON.stringify(rate)))).toBe(rate)
  })

  test.each([-1, 1001, Number.NaN, Infinity, '1/0', '0/3', '1', '1 / 3', '1/3/5', '-1/3', '1/1000', '1e2/3', '', null])(
    '%s is no rate',
    (written) => {
      expect(rateSchema.safeParse(written).success).toBe(false)
    },
  )
})

test('a limit keeps its sense, whichever of its two operators it has', () => {
  expect([operatorsOf('>'), operatorsOf('>='), operatorsOf('<'), operatorsOf('<=')]).toEqual([
    ['>=', '>'],
    ['>=', '>'],
    ['<=', '<'],
    ['<=', '<'],
  ])
})
