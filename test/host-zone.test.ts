// The listener itself, tried with every way to ask. This file asks, so that the gate finds it among those it runs in other zones (scripts/verify/tests.ts).
import { describe, expect, it } from 'vitest'
import { hostZone } from './support/host-zone.ts'

const instant = Date.UTC(2026, 2, 8, 12)
const asks = (act: () => unknown): boolean => {
  const heard = hostZone()
  const before = heard.asked
  heard.asked = false
  act()
  const { asked } = heard
  heard.asked = before || asked
  return asked
}

describe('who asks for the zone of the host is heard', () => {
  it.each([
    ['an hour', () => new Date(instant).getHours()],
    ['a day of the week', () => new Date(instant).getDay()],
    ['an hour that is set', () => new Date(instant).setHours(3)],
    ['the offset', () => new Date(instant).getTimezoneOffset()],
    ['a date as text', () => String(new Date(instant))],
    ['a date in a template', () => `on ${new Date(instant) as unknown as string}`],
    ['a date for readers', () => new Date(instant).toLocaleDateString('en')],
    ['now as text', () => Date()],
    ['parts', () => new Date(2026, 2, 8)],
    ['a text without an offset', () => new Date('2026-03-08T02:30:00')],
    ['a text that ends in a year', () => Date.parse('08-03-2026')],
    ['the same, parsed', () => Date.parse('2026-03-08T02:30:00')],
    ['a date made from another', () => new (new Date(instant).constructor as DateConstructor)(2026, 2, 8)],
    ['a subclass', () => new (class extends Date {})(2026, 2, 8)],
    ['a format without a zone', () => new Intl.DateTimeFormat('en').format(instant)],
    ['the name of the zone', () => Intl.DateTimeFormat().resolvedOptions().timeZone],
  ])('%s', (_name, act) => {
    expect(asks(act)).toBe(true)
  })
})

describe('who does not ask is not', () => {
  it.each([
    ['an instant', () => new Date(instant).getTime()],
    ['now', () => new Date().toISOString() + String(Date.now())],
    ['a copy', () => new Date(new Date(instant))],
    ['an hour in UTC', () => new Date(instant).getUTCHours()],
    ['parts in UTC', () => Date.UTC(2026, 2, 8)],
    ['a day', () => Date.parse('2026-03-08')],
    ['a text with an offset', () => new Date('2026-03-08T02:30:00-05:00').toJSON()],
    ['a format with a zone', () => new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai' }).format(instant)],
  ])('%s', (_name, act) => {
    expect(asks(act)).toBe(false)
  })
})

it('a wrapped date is a date', () => {
  expect(new Date(instant)).toBeInstanceOf(Date)
  expect(new Date(instant).constructor).toBe(Date)
  expect(structuredClone(new Date(instant))).toEqual(new Date(instant))
  expect(Object.prototype.toString.call(new Date(instant))).toBe('[object Date]')
})
