import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../../errors/index.ts'
import { diffPolicies, loadPolicy, presets } from '../../policy/index.ts'
import { withValue, without } from '../../policy/testing.ts'
import { locales, type Locale } from '../locale.ts'
import { formatPolicyDiff } from './format-policy-diff.ts'
import { formatPolicyPlace } from './format-policy-place.ts'
import { policyValues } from './policy-value.ts'

const preset: unknown = presets.manufacturerCn
const before = loadPolicy(preset)
const lines = (document: unknown, locale: Locale = 'en'): readonly string[] => {
  const after = loadPolicy(document)
  return formatPolicyDiff(diffPolicies(before, after), locale, { policy: after })
}
const edited = (path: string, value: unknown, locale: Locale = 'en') => lines(withValue(preset, path, value), locale)

describe('the differences of two policies in words [GOV-05]', () => {
  it('names number, parameter, both values and the share', () => {
    const lower = withValue(withValue(preset, 'tier.A.amount.min', 'CNY 12,000,000'), 'tier.B.amount.range.to', 'CNY 12,000,000')
    expect(lines(lower)).toEqual([
      'P-07 · A: purchase amount at least: CNY 16,000,000 → CNY 12,000,000 (−25 %)',
      'P-11 · B: purchase amount from (included) to (excluded) · to: CNY 16,000,000 → CNY 12,000,000 (−25 %)',
    ])
    expect(lines(lower, 'zh-CN')[0]).toBe('P-07 · A级：购买金额下限：16,000,000元 → 12,000,000元（−25 %）')
  })
  it.each([
    [
      'complaint.handoff.amount',
      5,
      'P-04 · Complaint handed to the responsible department within: 4 working hours → 5 working hours',
    ],
    [
      'tier.A.relationship.minYears',
      { op: '>=', value: 3 },
      'P-09 · A: relationship longer than: more than 3 years → at least 3 years',
    ],
    ['tier.combine', 'all', 'I-15 · How the five factors combine: as weighted points → all must hold'],
    ['capacity.maxKaPerManager', null, 'I-23 · Key accounts a manager may have; null: no limit: 8 accounts → nothing'],
    [
      'approval.blacklist.copy',
      ['sales.head'],
      'I-39 · How the committee resolves to blacklist a customer · gets a copy of the decision · finance.head: no longer: the head of the Finance department',
    ],
    ['sla.ladder[0].at', 70, 'CPL-04 · Who is told at which share of the time · warn · share of the time in percent: 80 → 70'],
    ['lifetime.retention', 0.92, 'CLS-05 · Customers that stay from one period to the next: 90 % → 92 %'],
    ['growth.twoCycle', 'cumulated', 'I-28 · Two cycles: each of them, or cumulated: each of them → both together'],
    ['effectiveFrom', '2026-07-01', 'GOV-05 · First day on which the policy holds: 1 January 2026 → 1 July 2026'],
    [
      'classes.scaleDominant.conditions.annualMinor',
      'CNY 20,000,000',
      'CLS-02 · Net purchases of a year · scaleDominant: at least CNY 16,000,000 → at least CNY 20,000,000',
    ],
    ['cadence.returnVisit.B', '1/2', 'I-20 · Customer service calls back on tier B: once every 3 months → once every 2 months'],
    [
      'inspection.cycle.A',
      null,
      'I-09 · Inspection at customers in tier A every; else onRequest or null: every 3 months → nothing',
    ],
    [
      'approval.policy.stages[0].n',
      4,
      'GOV-05 · How a version of this policy is approved · stages · committee · approvals needed: 3 → 4',
    ],
    ['rebate.brackets[3].percent', 3, 'I-13 · Brackets of the rebate · CNY 50000000.00 · rate: 2.5 % → 3 %'],
    [
      'cadence.care[4]',
      { occasion: 'newYear', label: { en: 'New Year', 'zh-CN': '元旦' } },
      'I-20 · Occasions on which a key account is cared for · newYear: new: “New Year”',
    ],
    ['departments.export', { en: 'Export', 'zh-CN': '出口部' }, 'GOV-04 · Departments · export: new: “Export”'],
  ])('%s', (path, value, line) => {
    expect(edited(path, value)).toEqual([line])
  })
  it('says where an item moved', () => {
    const { severities } = before.complaint
    expect(edited('complaint.severities', [...severities].reverse())).toEqual([
      'CPL-05 · Degrees of severity, the mildest first · minor: from position 1 to position 3',
      'CPL-05 · Degrees of severity, the mildest first · critical: from position 3 to position 1',
    ])
  })
  it('is never silent and never shows how data is written', () => {
    for (const locale of locales) {
      expect(formatPolicyDiff([], locale, { policy: before })).toHaveLength(1)
      for (const other of Object.values(presets)) {
        const changes = diffPolicies(before, loadPolicy(other))
        const text = formatPolicyDiff(changes, locale, { policy: before })
        expect(text).toHaveLength(Math.max(changes.length, 1))
        expect(text.join('\n')).not.toMatch(/undefined|\[object|NaN|: $/m)
      }
    }
    expect(lines(without(preset, 'directory'))).toHaveLength(1)
  })
  it('makes hostile names harmless', () => {
    const [line] = edited('departments.export', { en: '<b>\u202e\u0007', 'zh-CN': '出口' })
    expect(line).toContain('‹b›\\u{202e}\\u{7}')
  })
})

describe('a place of a policy and what stands there, in words [GOV-05]', () => {
  const places = [
    ['tier', 'A', 'amount', 'min'],
    ['tier', 'B', 'amount', 'range', 'to'],
    ['complaint', 'severities', 'critical'],
  ]
  it('is named as in the diff', () => {
    expect(places.map((path) => formatPolicyPlace(path, 'en'))).toEqual([
      'A: purchase amount at least',
      'B: purchase amount from (included) to (excluded) · to',
      'Degrees of severity, the mildest first · critical',
    ])
    expect(formatPolicyPlace(['tier', 'A', 'amount', 'min'], 'zh-CN')).toBe('A级：购买金额下限')
    expect(formatPolicyPlace(['departments', '<b>\u202e'], 'en')).not.toMatch(/[<>\u202e]/)
  })
  it('reads with its unit, also a number that is measured against a limit', () => {
    const [en, zh] = [policyValues(before, 'en'), policyValues(before, 'zh-CN')]
    expect(en(['tier', 'A', 'frequency', 'minPerMonth'], 1.5)).toBe('1.5 purchases a month')
    expect(zh(['tier', 'A', 'frequency', 'minPerMonth'], 1.5)).toBe('每月1.5次')
    expect(en(['tier', 'A', 'amount', 'min'], { currency: 'CNY', minor: 1_600_000_000 })).toBe('CNY 16,000,000')
    expect(() => policyValues(before, 'fr' as Locale)).toThrow(InvalidInputError)
  })
})
