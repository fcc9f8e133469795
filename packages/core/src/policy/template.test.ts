import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { parameters } from './clauses.ts'
import { checkPolicy, loadPolicy } from './load.ts'
import { parsePath } from './source/index.ts'
import { policyTemplate } from './template.ts'
import { manufacturer, valueAt } from './testing.ts'

const ids = (clauses: readonly (string | undefined)[], letter: string): readonly string[] =>
  [...new Set(clauses.filter((c) => c?.startsWith(letter)))].map(String).sort()

describe('the template', () => {
  const text = policyTemplate({ currency: 'CNY', timeZone: 'Asia/Shanghai' })
  const blankLines = text.split('\n').flatMap((line, i) => (/^[^#]*"\[X\]"/.test(line) ? [i + 1] : []))

  test('loading it lists exactly the blanks it contains, each with id, unit and example', () => {
    const { findings } = checkPolicy(text)
    expect(findings.map((f) => f.line)).toEqual(blankLines)
    expect(findings.every((f) => f.code === 'unset' && f.clause !== undefined && /e\.g\. ./.test(f.remedy))).toBe(true)
  })

  test('every P parameter of the schema is a blank, and every I parameter that no decision settles', () => {
    const clauses = checkPolicy(text).findings.map((f) => f.clause)
    const numbers = Array.from({ length: 33 }, (_, i) => `P-${String(i + 1).padStart(2, '0')}`)
    expect(ids(clauses, 'P-')).toEqual(numbers)
    expect(ids(clauses, 'I-')).toEqual(
      [
        ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '15', '16', '18', '19'],
        ...['20', '21', '22', '23', '26', '29', '32'],
        ...['35', '36', '37', '38', '39', '40', '41', '42', '43'],
      ].map((n) => `I-${n}`),
    )
    const settled = parameters.filter((p) => p.id.startsWith('I-') && !p.open).map((p) => p.id)
    expect(ids(settled, 'I-')).toEqual(
      ['13', '14', '15', '16', '17', '18', '20', '24', '25', '27', '28', '30', '31', '33', '34', '39'].map((n) => `I-${n}`),
    )
  })

  test('each blank has its id, meaning and Chinese term beside it', () => {
    const lines = text.split('\n').filter((line) => /^[^#]*"\[X\]"/.test(line))
    expect(
      lines.every((line) =>
        /# (P-\d\d|I-\d\d|GOV-05|CPL-04|ADM-03|ADM-06|CHG-01|CLS-0[245]|decision 1[02]) · .+ · .+ · .*\p{Script=Han}/u.test(line),
      ),
    ).toBe(true)
  })

  test('it is a legal draft', () => {
    expect(loadPolicy(text, { allowDraft: true })).toBeNull()
  })

  test('filled in from preset (i) it loads without findings, comments kept', () => {
    const document = parseDocument(policyTemplate())
    for (const { path } of checkPolicy(policyTemplate()).findings)
      document.setIn([...parsePath(path)], valueAt(manufacturer, path))
    // Preset (i) promises its first reply round the clock; the blank counts in working hours until somebody writes that.
    document.setIn(['demand', 'urgent', 'firstResponse', 'unit'], 'elapsedHours')
    const { policy, findings } = checkPolicy(document.toString())
    expect(findings).toEqual([])
    const whole = loadPolicy(manufacturer)
    const own = ['id', 'title', 'calendars', 'directory']
    for (const part of (Object.keys(whole) as (keyof typeof whole)[]).filter((key) => !own.includes(key)))
      expect([part, policy?.[part]]).toEqual([part, whole[part]])
  })

  test('without currency and zone these are blanks too', () => {
    const paths = checkPolicy(policyTemplate()).findings.map((f) => f.path)
    expect(paths).toEqual(expect.arrayContaining(['currency', 'timeZone', 'calendars.main.timeZone']))
  })
})
