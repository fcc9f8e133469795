import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalCodes, type JsonValue, type Refusal, type Remedy } from '../errors/index.ts'
import { manufacturerCn } from '../policy/index.ts'
import { formatOptionsOf } from './format-options.ts'
import { formatRefusal } from './format-refusal.ts'
import { locales } from './locale.ts'
import { sampleRefusals } from './testing/sample-refusals.ts'

const noon = 1_772_416_800_000
const refusal = (patch: Partial<Refusal>): Refusal => ({
  code: 'value_not_allowed',
  rule: 'mayUsePolicyTerms',
  clause: 'CPL-01',
  required: ['hotline'],
  actual: 'fax',
  ...patch,
})
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029<>]/u

describe('formatRefusal', () => {
  it('has a sample of every code', () => {
    expect(new Set(sampleRefusals.map(({ code }) => code))).toEqual(new Set(refusalCodes))
  })
  it.each(locales)('names the rule, the clause in brackets, what is and what would help: %s', (locale) => {
    for (const sample of sampleRefusals) {
      const text = formatRefusal(sample, locale, { timeZone: 'Asia/Shanghai', currency: 'CNY' })
      expect(text).not.toMatch(/undefined|\[object|NaN|null/)
      if (!sample.clause.startsWith('architecture')) expect(text).toContain(`[${sample.clause}`)
      if (sample.parameter !== undefined) expect(text).toContain(sample.parameter)
      expect(text).not.toContain(sample.rule)
    }
  })
  it('asks for a role of whoever has none, where any role would do', () => {
    const unknown = refusal({
      code: 'actor_without_roles',
      required: ['*'],
      actual: 'u-17',
      remedy: { kind: 'ask', roles: ['*'] },
    })
    expect(formatRefusal(unknown, 'en')).toContain(
      'has no role here; this needs a role. Ask whoever keeps the directory of people for a role.',
    )
    expect(formatRefusal(unknown, 'zh-CN')).toContain('在此没有任何角色，须先有角色。请联系人员名录的维护人赋予角色。')
  })
  it('has no English left in Chinese but ids and what people wrote', () => {
    const ids = /\[[^\]]*\]|“[^”]*”|KA|Liu Yang/g
    for (const sample of sampleRefusals)
      expect(formatRefusal(sample, 'zh-CN', { timeZone: 'Asia/Shanghai', currency: 'CNY' }).replaceAll(ids, '')).not.toMatch(
        /[A-Za-z]{2,}/,
      )
  })
  it('speaks of the policy’s own departments, severities and people', () => {
    const policy = manufacturerCn()
    const options = formatOptionsOf({
      ...policy,
      departments: { ...policy.departments, coating: { en: 'Coating shop', 'zh-CN': '涂装车间' } },
    })
    const mine = refusal({ code: 'role_required', rule: 'mayWithRole', required: ['coating.head'], actual: [] })
    expect(formatRefusal(mine, 'zh-CN', options)).toContain('须为涂装车间负责人')
    expect(formatRefusal(mine, 'en', options)).toContain('the head of the Coating shop')
    expect(formatRefusal(refusal({ code: 'person_barred', actual: 'u-liu' }), 'zh-CN', options)).toContain('刘洋 Liu Yang须回避')
    expect(formatRefusal(refusal({ required: ['major'], actual: 'minor' }), 'zh-CN', options)).toContain('“轻微”，可选：“较重”')
  })
  it('shows instants in the zone it is given, in UTC and saying so without one, to the second where the minute would not tell', () => {
    const late = refusal({ code: 'too_late', rule: 'mayReopenInTime', required: noon, actual: noon + 3_600_000 })
    expect(formatRefusal(late, 'en', { timeZone: 'America/New_York' })).toContain('1 March 2026, 21:00')
    expect(formatRefusal(late, 'en')).toContain('2 March 2026, 02:00 UTC')
    const close = refusal({ code: 'too_late', rule: 'mayRecordOnlyThePast', required: noon, actual: noon + 1000 })
    expect(formatRefusal(close, 'zh-CN', { timeZone: 'Asia/Shanghai' })).toContain('10:00:00，实际为2026年3月2日 10:00:01')
    expect(() => formatRefusal(late, 'en', { timeZone: 'Mars/Olympus' })).toThrow('no time zone is called Mars/Olympus')
  })
  it('does not depend on the zone of the host', () => {
    const late = refusal({ code: 'too_late', rule: 'mayReopenInTime', required: noon, actual: noon + 3_600_000 })
    const before = process.env['TZ']
    const texts = ['UTC', 'America/St_Johns', 'Pacific/Kiritimati'].map((zone) => {
      process.env['TZ'] = zone
      return formatRefusal(late, 'zh-CN', { timeZone: 'Asia/Shanghai' })
    })
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
    expect(new Set(texts).size).toBe(1)
  })
  it('formats money with a currency, from the value or from the options, and leaves a bare number out without one', () => {
    const missing = refusal({ code: 'approval_missing', required: 5_000_000, actual: 7_500_000 })
    expect(formatRefusal(missing, 'zh-CN', { currency: 'CNY' })).toContain('75,000元的赔付尚未通过审批，未经审批最多50,000元')
    expect(formatRefusal(missing, 'en')).toContain('the approval is not there yet')
    const euros = { currency: 'EUR', minor: 99 }
    expect(formatRefusal({ ...missing, required: euros, actual: euros }, 'en')).toContain('EUR 0.99')
  })
  it('names the smallest value that is allowed, dates and numbers alike [ADJ-12, ADM-09]', () => {
    const early = refusal({
      code: 'value_too_small',
      rule: 'mayOverrideForSomeCycles',
      required: '2026-03-03',
      actual: '2026-03-02',
    })
    expect(formatRefusal(early, 'en')).toContain('it must be not before 3 March 2026')
    expect(formatRefusal(early, 'zh-CN')).toContain('不得早于2026年3月3日')
    const few = { ...early, required: 2, actual: 1 }
    expect(formatRefusal(few, 'en')).toContain('it is 1; it must be at least 2')
    expect(formatRefusal(few, 'zh-CN')).toContain('所填为1，不得小于2')
    const condition = refusal({ code: 'too_early', rule: 'maySetConditionsAhead', required: noon + 1, actual: noon - 3_600_000 })
    expect(formatRefusal(condition, 'en', { timeZone: 'Asia/Shanghai' })).toContain('not before 2 March 2026, 10:00')
  })
  it('tells apart states of the same name by the workflow', () => {
    const open = refusal({ code: 'command_not_available', rule: 'mayInThisState', required: ['opening'], actual: 'exiting' })
    expect(formatRefusal(open, 'zh-CN', { kind: 'account' })).toContain('“终止办理中”')
    expect(formatRefusal({ ...open, remedy: { kind: 'send', command: 'tier-adjustment.open' } }, 'zh-CN')).toContain(
      '“发起级别调整”',
    )
    expect(formatRefusal({ ...open, remedy: { kind: 'send', command: 'open' } }, 'zh-CN', { kind: 'nothing' })).toContain(
      '“登记投诉”',
    )
  })
  it('shows unknown codes, rules and names verbatim', () => {
    const strange = refusal({ code: 'from_the_future' as never, rule: 'mayFly', required: 'wings', actual: 2 })
    expect(formatRefusal(strange, 'en')).toBe('mayFly [CPL-01]: from_the_future: “wings” ≠ 2.')
    expect(formatRefusal(strange, 'zh-CN')).toBe('mayFly[CPL-01]：from_the_future：“wings” ≠ 2。')
    const inherited = refusal({
      code: 'constructor' as never,
      rule: 'toString',
      actual: '__proto__',
      remedy: { kind: 'valueOf' } as never,
    })
    expect(formatRefusal(inherited, 'en')).toContain('toString [CPL-01]: constructor')
  })
  it('makes hostile values harmless: control characters shown, markup dulled, long ones cut', () => {
    const bad = `<img src=x onerror=alert(1)>\u0000\u001b[31m\u202e\u200b\n${'长'.repeat(100_000)}`
    for (const locale of locales) {
      const text = formatRefusal(refusal({ actual: bad, clause: bad, rule: bad, parameter: bad, required: [bad] }), locale)
      expect(text).not.toMatch(unseen)
      expect(text).toContain('‹img src=x onerror=alert(1)›\\u{0}\\u{1b}[31m\\u{202e}\\u{200b}\\n')
      expect(text.length).toBeLessThan(1500)
    }
  })
  it('is total and bounded, whatever JSON a journal holds', () => {
    const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }) as fc.Arbitrary<JsonValue>
    const word = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'received', 'u-1', 'exit'))
    const remedy: fc.Arbitrary<Remedy> = fc.oneof(
      word.map((field) => ({ kind: 'fill' as const, field })),
      fc.array(word).map((roles) => ({ kind: 'ask' as const, roles })),
      fc.double().map((until) => ({ kind: 'wait' as const, until })),
      word.map((command) => ({ kind: 'send' as const, command })),
      fc.tuple(word, json).map(([field, to]) => ({ kind: 'change' as const, field, to })),
    )
    const anyRefusal = fc.record({
      code: fc.constantFrom(...refusalCodes),
      rule: word,
      clause: word,
      parameter: word,
      required: json,
      actual: json,
      remedy,
    })
    fc.assert(
      fc.property(anyRefusal, fc.constantFrom(...locales), (any, locale) => {
        const text = formatRefusal(any, locale, { timeZone: 'Europe/Berlin' })
        expect(text).not.toMatch(unseen)
        expect(text).not.toMatch(/\[object/)
        expect(text.length).toBeLessThan(60_000)
      }),
      { numRuns: 500 },
    )
  })
})
