import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { policySchema } from '../schema.ts'
import { knownParts } from './known-parts.ts'
import { nearest } from './nearest.ts'
import { isPlaceholder, placeholderPaths } from './placeholders.ts'
import { choicesAt, keysAt } from './schema-walk.ts'
import { distributor, manufacturer, without, withValue } from '../testing.ts'

describe('nearest', () => {
  test.each([
    ['lookbak', 'lookback'],
    ['handof', 'handoff'],
    ['hnadoff', 'handoff'],
    ['LOOKBACK', 'lookback'],
    ['xyz', undefined],
    ['l'.repeat(10_000), undefined],
  ])('%s → %s', (word, expected) => {
    expect(nearest(word, ['lookback', 'handoff', 'min'])).toBe(expected)
  })
})

test('blanks of the source documents, quoted or not', () => {
  expect(['[X]', '[x]', ['X'], '[具体金额]', ['具体金额区间']].every(isPlaceholder)).toBe(true)
  expect(['X', '[Y]', ['X', 'X'], [], null, '[X] ', '[21]'].some(isPlaceholder)).toBe(false)
  expect(placeholderPaths({ a: [{ b: '[X]' }], c: ['X'] })).toEqual([['a', 0, 'b'], ['c']])
})

test('the schema tells its keys and choices', () => {
  expect(keysAt(policySchema, ['tier', 'A', 'amount'])).toEqual(['lookback', 'min'])
  expect(keysAt(policySchema, ['sla', 'ladder', 0])).toEqual(['at', 'kind', 'notify'])
  expect(keysAt(policySchema, ['directory', 'people', 'u-1'])).toContain('superior')
  expect(keysAt(policySchema, ['adjust', 'A', 'up', 'growth'])).toEqual(['op', 'value'])
  expect(choicesAt(policySchema, ['tier', 'combine'])).toEqual(['weighted', 'all', 'atLeast', 'minimum'])
  expect(choicesAt(policySchema, ['tier', 'tolerance'])).toBeUndefined()
})

test('what is right is known, though something beside it is wrong', () => {
  const broken = withValue(manufacturer, 'tier.A.amount.min', 'much')
  const known = knownParts(policySchema, broken)
  expect(known?.tier?.A?.amount).toEqual({ lookback: 2, min: undefined })
  expect(known?.tier?.B?.amount?.range?.to).toEqual({ currency: 'CNY', minor: 1_600_000_000 })
  expect(known?.complaint?.handoff).toEqual({ amount: 4, unit: 'workingHours' })
  expect(known?.sla?.ladder?.[1]?.at).toBe(100)
})

describe('what the schema refuses, and what to write instead', () => {
  test.each([
    ['complaint.handoff.amount', '4', 'type', 'a text where a number is needed', 'write a number', 'P-04'],
    ['complaint.handoff.amount', 0, 'value', 'less than or equal to 0', 'use more than 0', 'P-04'],
    [
      'complaint.handoff.unit',
      'workinghours',
      'value',
      'not one of the choices',
      'did you mean workingHours? (workingHours, elapsedHours, workingDays, calendarDays)',
      'P-04',
    ],
    [
      'complaint.handoff',
      4,
      'type',
      'a number where a map of names and values is needed',
      'give a value (working hours), e.g. 4',
      'P-04',
    ],
    [
      'tier.A.amount.min',
      'CNY 16 m',
      'value',
      'not money such as "CNY 16,000,000"',
      'give an amount of money, e.g. CNY 16,000,000',
      'P-07',
    ],
    ['tier.A.amount.lookback', null, 'type', 'nothing where a number is needed', 'give a value (years), e.g. 2', 'P-06'],
    ['tier.tolerance', 120, 'value', 'more than 100', 'use at most 100', 'I-14'],
    ['adjust.A.up.growth', { op: '<', value: 15 }, 'value', 'not one of the choices', 'write one of >=, >', 'P-25'],
    ['adjust.A.up.growth', { op: '>', value: 'x' }, 'type', 'a text where a number is needed', 'write a number', 'P-25'],
    ['version', 1.4, 'type', 'a number where a text is needed', 'put it in quotes, so that it is read as text', 'GOV-05'],
    [
      'tier.combine',
      'weigthed',
      'value',
      'not one of the choices',
      'did you mean weighted? (weighted, all, atLeast, minimum)',
      'I-15',
    ],
    ['sla.ladder', [], 'value', 'fewer than 1 entry', 'use at least 1 entry', 'CPL-04'],
    [
      'effectiveFrom',
      '30/06/2026',
      'value',
      'not a date YYYY-MM-DD from 1900 to 2199',
      'give a value (date), e.g. 2026-01-01',
      'GOV-05',
    ],
    ['effectiveFrom', '2026-02-30', 'value', 'there is no such day', 'give a value (date), e.g. 2026-01-01', 'GOV-05'],
    ['cycle.length', 2.5, 'type', 'a number where a whole number is needed', 'give a value (months), e.g. 6', 'I-16'],
  ])('%s: %j', (path, value, code, message, remedy, clause) => {
    const { findings } = checkPolicy(withValue(manufacturer, path, value))
    const found = findings.filter((f) => f.path.startsWith(path))
    expect(found).toMatchObject([{ code, message, remedy, clause, severity: 'error' }])
  })

  test('unknown keys name the nearest known one', () => {
    const { findings } = checkPolicy(withValue(manufacturer, 'tier.A.amount.lookbak', 2))
    expect(findings).toMatchObject([{ path: 'tier.A.amount.lookbak', code: 'unknown_key', remedy: 'did you mean lookback?' }])
    expect(checkPolicy(withValue(manufacturer, 'colour', 'red')).findings).toMatchObject([
      { code: 'unknown_key', path: 'colour' },
    ])
  })

  test('a blank under an unknown key is only an unknown key', () => {
    expect(checkPolicy(withValue(manufacturer, 'colour', '[X]')).findings).toMatchObject([
      { code: 'unknown_key', path: 'colour' },
    ])
  })

  test('missing parameters say unit and example', () => {
    expect(checkPolicy(without(manufacturer, 'tier.A.frequency.minPerMonth')).findings).toMatchObject([
      { code: 'missing', clause: 'P-08', remedy: 'give a value (purchases a month), e.g. 2' },
    ])
  })

  test('a calendar brings its own findings', () => {
    const found = (path: string, value: unknown) => checkPolicy(withValue(manufacturer, path, value)).findings
    expect(found('calendars.main.week', {})).toMatchObject([{ code: 'no_hours', path: 'calendars.main.week', clause: 'I-18' }])
    expect(checkPolicy(withValue(distributor, 'calendars.main.week', {})).findings).toMatchObject([{ code: 'no_hours' }])
    expect(found('calendars.main.timeZone', 'Beijing')).toMatchObject([{ code: 'zone' }])
    expect(
      found('calendars.main.week.mon', [
        ['09:00', '12:00'],
        ['11:00', '13:00'],
      ]),
    ).toMatchObject([{ code: 'overlap' }])
  })
})
