import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { InvalidInputError, isGovernanceError } from '../errors/index.ts'
import { checkPolicy, loadPolicy } from './load.ts'
import { presets } from './presets/index.ts'
import { formatPath, type Path } from './source/index.ts'
import { manufacturer, withValue, without } from './testing.ts'

const placesOf = (value: unknown, path: Path = []): readonly string[] => [
  ...(path.length === 0 ? [] : [formatPath(path)]),
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, Array.isArray(value) ? Number(key) : key]))
    : []),
]

const refusal = (source: unknown): InvalidInputError => {
  try {
    loadPolicy(source)
  } catch (error) {
    if (error instanceof InvalidInputError) return error
  }
  throw new Error('was not refused')
}

describe('loadPolicy (architecture rule 10)', () => {
  test('YAML, JSON and data give the same policy', () => {
    const loaded = loadPolicy(manufacturer)
    expect(loadPolicy(stringify(manufacturer))).toEqual(loaded)
    expect(loadPolicy(JSON.stringify(manufacturer))).toEqual(loaded)
    expect(loadPolicy(JSON.stringify(manufacturer, null, '\t'), { format: 'json' })).toEqual(loaded)
  })

  test.each(Object.entries(presets))('%s: a loaded policy written to JSON loads as the same policy', (_, preset) => {
    const loaded = loadPolicy(preset)
    expect(loadPolicy(JSON.stringify(loaded))).toEqual(loaded)
    expect(loadPolicy(loaded)).toEqual(loaded)
  })

  test('a loaded policy cannot be changed', () => {
    const policy = loadPolicy(manufacturer)
    expect(Object.isFrozen(policy.tier.A.amount) && Object.isFrozen(policy.sla.ladder)).toBe(true)
    expect(() => Object.assign(policy.complaint.handoff, { amount: 1 })).toThrow(TypeError)
  })

  test('records know only their own names', () => {
    const { departments, complaint, authority, admission } = loadPolicy(manufacturer)
    for (const record of [departments, complaint.channels, authority, admission.leadSources, admission.classes])
      expect([record['constructor'], record['toString'], record['__proto__']]).toEqual([undefined, undefined, undefined])
  })

  test('all findings come at once, errors first, with code invalid_policy', () => {
    const broken = withValue(
      withValue(withValue(manufacturer, 'tier.A.amount.min', '[X]'), 'tier.A.amount.lookback', 1),
      'colour',
      1,
    )
    const error = refusal(without(broken, 'complaint.handoff'))
    expect(isGovernanceError(error, 'invalid_policy')).toBe(true)
    expect(error.findings.map((f) => [f.severity, f.code, f.clause])).toEqual([
      ['error', 'unset', 'P-07'],
      ['error', 'missing', 'P-04'],
      ['error', 'unknown_key', undefined],
      ['warning', 'differ', 'P-10'],
      ['warning', 'differ', 'P-14'],
      ['warning', 'differ', 'P-18'],
    ])
    expect(error.message).toContain('tier.A.amount.min: not filled in')
  })

  test('findings in a text carry line and column', () => {
    const text = stringify(withValue(manufacturer, 'complaint.handoff.amount', '[X]'))
    const line = text.split('\n').findIndex((l) => l.includes('[X]')) + 1
    expect(refusal(text).findings).toMatchObject([{ clause: 'P-04', line, column: 5 }])
    expect(refusal(text).message).toContain(`complaint.handoff.amount (line ${String(line)})`)
  })

  test('warnings alone refuse nothing', () => {
    const { policy, findings } = checkPolicy(withValue(manufacturer, 'tier.D.amount.lookback', 3))
    expect(findings.map((f) => f.severity)).toEqual(['warning'])
    expect(policy?.tier.D.amount.lookback).toBe(3)
  })

  test('[X] is legal in a draft: a warning, and no policy', () => {
    const draft = withValue(manufacturer, 'tier.A.amount.min', '[X]')
    expect(loadPolicy(draft, { allowDraft: true })).toBeNull()
    expect(checkPolicy(draft, { allowDraft: true }).findings).toMatchObject([{ code: 'unset', severity: 'warning' }])
    expect(checkPolicy(draft, { allowDraft: true }).policy).toBeUndefined()
    expect(loadPolicy(manufacturer, { allowDraft: true })).toEqual(loadPolicy(manufacturer))
  })

  test.each(['timeZone', 'calendar.default', 'dataOwner.tier', 'approval.tier.stages[0].electors[0]'])(
    '[X] in the place of the name %s is open, and no unknown name',
    (path) => {
      const draft = withValue(manufacturer, path, '[X]')
      expect(loadPolicy(draft, { allowDraft: true })).toBeNull()
      expect(checkPolicy(draft, { allowDraft: true }).findings.filter((f) => f.severity === 'error')).toEqual([])
      expect(checkPolicy(draft).findings).toContainEqual(expect.objectContaining({ code: 'unset', path, severity: 'error' }))
    },
  )

  test('a draft is still refused for everything else', () => {
    const draft = withValue(withValue(manufacturer, 'tier.A.amount.min', '[X]'), 'tier.weights.amount', 41)
    expect(() => loadPolicy(draft, { allowDraft: true })).toThrow(/five weights add up to 101/)
  })

  test('blanks need no quotes, and those of the source documents count', () => {
    const codes = (value: unknown) => refusal(withValue(manufacturer, 'tier.A.amount.min', value)).findings.map((f) => f.code)
    expect(codes(['X'])).toEqual(['unset'])
    expect(codes('[具体金额]')).toEqual(['unset'])
    const range = refusal(withValue(manufacturer, 'tier.B.amount.range', ['具体金额区间'])).findings
    expect(range).toMatchObject([{ code: 'unset', clause: 'P-11' }])
  })

  test('a blank inside a threshold is a blank, not a wrong type', () => {
    const { findings } = checkPolicy(withValue(manufacturer, 'adjust.A.up.growth', { op: '>', value: '[X]' }))
    expect(findings).toMatchObject([{ code: 'unset', path: 'adjust.A.up.growth.value', clause: 'P-25' }])
  })

  test.each([undefined, null, 42, '', 'hello', [], 'a: [', '- 1'])('%j is refused, not crashed on', (source) => {
    expect(refusal(source).findings.length).toBeGreaterThan(0)
  })

  test('whatever stands at whatever place is answered with findings, never with a crash', () => {
    const places = placesOf(manufacturer)
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('[X]', '09:00', -1)),
        (path, value) => {
          const { policy, findings } = checkPolicy(withValue(manufacturer, path, value))
          expect(policy !== undefined || findings.some((f) => f.severity === 'error')).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what reading refused is not reported as missing as well', () => {
    const { findings } = checkPolicy(withValue(manufacturer, 'tier.tolerance', Number.NaN))
    expect(findings.map((f) => [f.code, f.path])).toEqual([['not_plain', 'tier.tolerance']])
  })
})
