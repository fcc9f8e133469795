import { describe, expect, it } from 'vitest'
import { GovernanceError, InvalidInputError, type Refusal } from '../errors/index.ts'
import type { InboundVerdict } from '../runtime/index.ts'
import { formatInboundVerdict } from './format-inbound-verdict.ts'
import { formatRefusal } from './format-refusal.ts'
import { localeOf, locales } from './locale.ts'

const refusal: Refusal = {
  code: 'field_missing',
  rule: 'mayCompleteAfterRework',
  clause: 'CPL-11',
  required: 'reworkResult',
  actual: null,
  remedy: { kind: 'send', command: 'reportRework' },
}
const at = { kind: 'complaint', command: 'complete', instanceId: 'cmp-1' } as const
const accepted: InboundVerdict = {
  ...at,
  status: 'accepted',
  entryKey: 'cmp-1-000002',
  state: 'handling',
  nextDueAt: 1772416800000,
  observed: [],
  edited: false,
}
const malformed = new InvalidInputError(
  'inbound command',
  [{ path: 'form', code: 'syntax', message: 'no JSON', remedy: 'write one JSON object', line: 3, column: 7 }],
  'invalid_command',
)
const zone = { timeZone: 'Asia/Shanghai' }

describe('formatInboundVerdict', () => {
  it.each(locales)('says of an accepted command what was done, and only what is known: %s', (locale) => {
    const lines = formatInboundVerdict(accepted, locale, zone).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('cmp-1')
    expect(lines[2]).toMatch(/2 March 2026, 10:00|2026年3月2日 10:00/)
    expect(formatInboundVerdict({ ...accepted, state: null, nextDueAt: null }, locale)).toBe(lines[0])
    expect(formatInboundVerdict({ ...accepted, edited: true, observed: [refusal] }, locale, zone).split('\n')).toHaveLength(6)
  })
  it.each(locales)('lists every refusal as formatRefusal says it: %s', (locale) => {
    const verdict: InboundVerdict = { ...at, status: 'refused', state: 'handling', refusals: [refusal, refusal] }
    const said = `- ${formatRefusal(refusal, locale, { kind: 'complaint' })}`
    expect(formatInboundVerdict(verdict, locale).split('\n').slice(1)).toEqual([said, said])
  })
  it.each(locales)('names the place of what cannot be read, and how often was tried: %s', (locale) => {
    const failed = formatInboundVerdict({ ...at, status: 'failed', error: malformed, tries: 1 }, locale)
    expect(failed).toMatch(/line 3, column 7|第3行第7列|第3行/)
    const error = new GovernanceError('conflict', 'others were faster')
    expect(formatInboundVerdict({ ...at, status: 'pending', error, tries: 2, of: 5 }, locale)).toMatch(/2.*5/)
  })
  it('has no English in Chinese but ids', () => {
    const text = formatInboundVerdict({ ...accepted, edited: true, observed: [refusal] }, 'zh-CN', zone)
    expect(text.replaceAll(/\[CPL-11\]|cmp-1/g, '')).not.toMatch(/[A-Za-z]{2,}/)
  })
  it('makes harmless what others wrote', () => {
    const text = formatInboundVerdict({ ...accepted, kind: '<b>', instanceId: 'a\u202eb', state: '<i>' }, 'en')
    expect(text).not.toMatch(/[<\u202e]/)
  })
})

describe('localeOf', () => {
  it.each([
    ['zh_CN', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['ZH', 'zh-CN'],
    ['en_US', 'en'],
    ['en', 'en'],
  ] as const)('%s', (tag, locale) => {
    expect(localeOf(tag, locale === 'en' ? 'zh-CN' : 'en')).toBe(locale)
  })
  it.each(['de', '', 'zhuang', 'e', null])('otherwise: %s', (tag) => {
    expect([localeOf(tag, 'en'), localeOf(tag, 'zh-CN')]).toEqual(['en', 'zh-CN'])
  })
})
