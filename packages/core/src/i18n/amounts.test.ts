import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBudgetIn, formatDuration, formatMoneyIn, formatNumber } from './amounts.ts'
import { harmless } from './harmless.ts'
import { formatInstant, formatLocalDate } from './time.ts'

describe('numbers and money', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [-1234567.5, '-1,234,567.5'],
    [0.1 + 0.2, '0.3'],
    [1e21, '1e+21'],
    [NaN, 'NaN'],
  ])('%f is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
  it.each([
    ['CNY', 1_600_000_000, 'CNY 16,000,000', '16,000,000元'],
    ['CNY', -5, 'CNY -0.05', '-0.05元'],
    ['JPY', 1234, 'JPY 1,234', '1,234日元'],
    ['KWD', 1005, 'KWD 1.005', 'KWD 1.005'],
    ['EUR', Number.MAX_SAFE_INTEGER, 'EUR 90,071,992,547,409.91', '90,071,992,547,409.91欧元'],
    ['toString', 100, '¤ 1', '¤ 1'],
  ])('%s %i minor units', (currency, minor, en, zh) => {
    expect(formatMoneyIn({ currency, minor }, 'en')).toBe(en)
    expect(formatMoneyIn({ currency, minor }, 'zh-CN')).toBe(zh)
  })
})

describe('time', () => {
  it.each([
    [0, '0 h', '0小时'],
    [12_600_000, '3 h 30 min', '3小时30分钟'],
    [90_061_001, '25 h 1 min 1.001 s', '25小时1分钟1.001秒'],
    [59_000, '0 h 59 s', '0小时59秒'],
    [-3_600_000, '-1 h', '-1小时'],
  ])('%i ms', (ms, en, zh) => {
    expect(formatDuration(ms, 'en')).toBe(en === '0 h 59 s' ? '59 s' : en)
    expect(formatDuration(ms, 'zh-CN')).toBe(zh === '0小时59秒' ? '59秒' : zh)
  })
  it('a duration is exact: read back, it is the same', () => {
    const back = (text: string): number => {
      const [, h = '0', m = '0', s = '0'] = /^(?:([\d,]+) h)? ?(?:(\d+) min)? ?(?:([\d.]+) s)?$/.exec(text) ?? []
      return Number(h.replaceAll(',', '')) * 3_600_000 + Number(m) * 60_000 + Math.round(Number(s) * 1000)
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (ms) => {
        expect(back(formatDuration(ms, 'en'))).toBe(ms)
      }),
    )
  })
  it('budgets, in one and in many', () => {
    expect(formatBudgetIn({ amount: 1, unit: 'workingDays' }, 'en')).toBe('1 working day')
    expect(formatBudgetIn({ amount: 1.5, unit: 'elapsedHours' }, 'en')).toBe('1.5 hours')
    expect(formatBudgetIn({ amount: 4, unit: 'workingHours' }, 'zh-CN')).toBe('4个工作小时')
  })
  it('instants over summer time, at midnight, and where no date is', () => {
    const at = Date.UTC(2026, 2, 29, 0, 59, 59)
    expect(formatInstant(at, 'en', { timeZone: 'Europe/Berlin', seconds: true })).toBe('29 March 2026, 01:59:59')
    expect(formatInstant(at + 1000, 'en', { timeZone: 'Europe/Berlin', weekday: true })).toBe('Sunday 29 March 2026, 03:00')
    expect(formatInstant(Date.UTC(2026, 0, 1), 'zh-CN', { timeZone: 'UTC', weekday: true })).toBe('2026年1月1日（周四）00:00')
    expect(formatInstant(Infinity, 'en')).toBe('Infinity')
    expect(formatInstant(9e15, 'zh-CN')).toBe('9000000000000000')
  })
  it('dates, and what is none', () => {
    expect(formatLocalDate('2026-10-01', 'zh-CN', true)).toBe('2026年10月1日（周四）')
    expect(formatLocalDate('2026-13-01<', 'en')).toBe('2026-13-01‹')
  })
})

describe('harmless', () => {
  it('keeps what people write, emoji and rare characters included', () => {
    for (const text of ['苏州工厂 №7', 'Zoë & Söhne', '𠮷野家 👍', 'a "b" \'c\'']) expect(harmless(text)).toBe(text)
  })
  it('shows what cannot be seen, and cuts between characters', () => {
    expect(harmless('\ud800x\ufeff\u2066')).toBe('\\u{d800}x\\u{feff}\\u{2066}')
    expect(harmless('👍👍👍', 2)).toBe('👍👍…')
    expect(harmless('a'.repeat(50_000_000), 3)).toBe('aaa…')
  })
})
