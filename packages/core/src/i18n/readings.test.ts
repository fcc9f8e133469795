import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundledHolidaySets, checkCalendar, type CalendarIssueData } from '../calendar/index.ts'
import type { Finding, Refusal } from '../errors/index.ts'
import { checkPolicy, type ReadingData } from '../policy/index.ts'
import { anyData, anyText, brokenPresets, brokenTexts } from '../policy/fuzz/testing/arbitraries.ts'
import { limits } from '../policy/source/index.ts'
import { manufacturer, withValue, without } from '../policy/testing.ts'
import { refuseFinding } from '../workflows/policy-publication/prepare.ts'
import { formatFinding } from './format-finding.ts'
import { formatRefusal } from './format-refusal.ts'
import { isChinese } from './testing/in-chinese.ts'

const policyWith = (path: string, value: unknown) => checkPolicy(withValue(manufacturer, path, value)).findings
const ofText = (text: string) => checkPolicy(text).findings

/** A policy for every kind of finding of its reader. */
const read: { readonly [K in keyof ReadingData]: () => readonly Finding[] } = {
  sourceTooLong: () => ofText('x'.repeat(limits.characters + 1)),
  notJson: () => checkPolicy('{"id": "a",\n "b" 2}', { format: 'json' }).findings,
  yamlSlip: () => ofText('id: a\ncycle: { length: 6\ncurrency: CNY'),
  tooDeep: () => ofText(`a: ${'['.repeat(60)}${']'.repeat(60)}`),
  tooManyValues: () => checkPolicy({ directory: Array(limits.values + 1).fill(1) }).findings,
  textTooLong: () => ofText(`id: ${'x'.repeat(limits.text + 1)}`),
  tooManyAliases: () => ofText(`a: &a 1\nb: [${'*a, '.repeat(limits.aliases + 1)}]`),
  aliasUnknown: () => ofText('tier: *base'),
  keyNoText: () => ofText('[1, 2]: 3'),
  keyTwice: () => ofText('id: a\nid: b'),
  keyReserved: () => ofText('__proto__: 1'),
  notPlain: () => policyWith('cycle.length', () => 6),
  numberNotFinite: () => ofText('cycle: { length: .nan }'),
  unset: () => policyWith('complaint.handoff.amount', '[X]'),
  missing: () => checkPolicy(without(manufacturer, 'cycle')).findings,
  choiceMissing: () => checkPolicy(without(manufacturer, 'complaint.handoff.unit')).findings,
  wrongType: () => checkPolicy([]).findings,
  unknownKey: () => policyWith('tier.A.amount.lookbak', 2),
  noForm: () => [formless],
  noChoice: () => policyWith('complaint.handoff.unit', 'workinghours'),
  tooSmall: () => policyWith('complaint.handoff.amount', 0),
  tooBig: () => policyWith('tier.tolerance', 120),
  badName: () => policyWith('departments.Bad Name', { en: 'a', 'zh-CN': 'b' }),
  badFormat: () => policyWith('currency', 'yuan'),
  noSuchDay: () => policyWith('effectiveFrom', '2026-02-30'),
  noMoney: () => policyWith('tier.A.amount.min', 'CNY 16 m'),
  notAllowed: () => [unlike],
  moreFindings: () => checkPolicy(Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${String(i)}`, 1]))).findings,
}

/** Kinds that no schema of a policy leads to today; the reader says them of one that does. */
const formless: Finding = { path: 'tier.x', code: 'value', message: 'none of the allowed forms', remedy: 'correct the value', data: { kind: 'noForm' } } // prettier-ignore
const unlike: Finding = { path: 'tier.x', code: 'value', message: 'not an allowed value', remedy: 'correct the value', data: { kind: 'notAllowed' } } // prettier-ignore

const office = { timeZone: 'Asia/Shanghai', week: { mon: [['09:00', '17:00']] } }
const calendarWith = (part: object) => checkCalendar({ ...office, ...part })
const holidays = bundledHolidaySets.map(({ name, version }) => `${name}@${version}`)[0] ?? ''
const nineToFive = [['09:00', '17:00']]

/** A calendar for every kind of finding of its reader. */
const readCalendar: { readonly [K in keyof CalendarIssueData]: () => readonly Finding[] } = {
  timeOfDay: () => calendarWith({ makeupHours: [['9:00', '17:00']] }),
  localDate: () => calendarWith({ holidays: [{ date: '2026-02-29' }] }),
  hoursOverlap: () => calendarWith({ makeupHours: [...nineToFive, ['10:00', '11:00']] }),
  dateTwice: () => calendarWith({ holidays: ['2026-10-01', '2026-10-01'] }),
  timeZone: () => calendarWith({ timeZone: 'Mars/Base' }),
  coverageReversed: () => calendarWith({ coverage: { from: '2026-12-31', to: '2026-01-01' } }),
  holidaySetUnknown: () => calendarWith({ holidaySets: ['mars'] }),
  holidaySetTwice: () => calendarWith({ holidaySets: [holidays, holidays] }),
  makeupHoursMissing: () => calendarWith({ makeupWorkdays: ['2026-10-10'] }),
  noWorkingTime: () => calendarWith({ week: {} }),
  partsUnknown: () => calendarWith({ colour: 'red' }),
  calendarTooLong: () => calendarWith({ id: 'x'.repeat(81) }),
  calendarTooShort: () => calendarWith({ id: '' }),
  keyNoDate: () => calendarWith({ overrides: { soon: [] } }),
  noDate: () => checkCalendar(JSON.parse(`{"timeZone":"UTC","week":{"mon":[["09:00","10:00"]]},"breaks":{"__proto__":[]}}`)),
  partMalformed: () => calendarWith({ id: 7 }),
}

describe('what the reading of a policy or a calendar finds is said in Chinese in full [GOV-05, I-18]', () => {
  it.each(Object.entries({ ...read, ...readCalendar }))('%s', (kind, find) => {
    const finding = find().find(({ data }) => data?.['kind'] === kind)
    expect(finding).toBeDefined()
    if (finding === undefined) return
    isChinese(finding)
    if (kind === 'notJson' || kind === 'yamlSlip') return
    const numbers = `${finding.message} ${finding.remedy}`.match(/\d[\d,.:-]*\d|\d/gu) ?? []
    for (const number of numbers) expect(formatFinding(finding, 'zh-CN')).toContain(number)
  })
  it('with the line at which JSON breaks off', () => {
    expect(read.notJson()).toMatchObject([{ line: 2, column: 6 }])
  })

  it('also where a publication is refused for it', () => {
    for (const find of Object.values(read)) {
      const [finding] = find()
      if (finding === undefined) throw new Error('nothing found')
      const { code, parameter, required, actual } = refuseFinding(finding)
      const refusal: Refusal = {
        rule: 'mayCheckUsablePolicy',
        clause: 'GOV-05',
        code,
        parameter: parameter ?? '',
        required,
        actual,
      }
      expect(formatRefusal(refusal, 'zh-CN')).not.toMatch(/英文说明|undefined|\[object/)
    }
  })

  const allChinese = (findings: readonly Finding[]): void => {
    for (const finding of findings.slice(0, 20)) isChinese(finding)
  }
  it('whatever has happened to a policy', () => {
    fc.assert(
      fc.property(brokenPresets, (document) =>
        allChinese(checkPolicy(document, { until: '2199-12-31', on: '2026-01-01' }).findings),
      ),
      { numRuns: 30 },
    )
    fc.assert(
      fc.property(brokenTexts, (text) => allChinese(checkPolicy(text).findings)),
      { numRuns: 30 },
    )
  })
  it('whatever is given as one', () => {
    fc.assert(
      fc.property(anyData, (data) => allChinese(checkPolicy(data).findings)),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(anyText, fc.constantFrom('yaml' as const, 'json' as const), (text, format) =>
        allChinese(checkPolicy(text, { format }).findings),
      ),
      { numRuns: 80 },
    )
  })
  it('and data of another shape, or of another kind, only cost the particulars', () => {
    const finding = { path: 'tier', code: 'value', message: 'odd', remedy: 'mend it' }
    for (const data of [{ kind: 'unknownKey' }, { kind: 'toString' }, { kind: 7 }, { kind: 'tooSmall', limit: null }])
      expect(formatFinding({ ...finding, data }, 'zh-CN')).not.toMatch(/undefined|\[object/)
  })
})
