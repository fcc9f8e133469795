import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../errors/index.ts'
import { formatFinding } from '../../i18n/index.ts'
import { applyFixes } from '../lint/index.ts'
import { checkPolicy, type PolicyCheck } from '../load.ts'
import { presets } from '../presets/index.ts'
import { formatPath, limits, parsePath } from '../source/index.ts'
import { anyData, anyText, brokenPresets, brokenTexts } from './testing/arbitraries.ts'

const steering = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u
const pristine = Object.getOwnPropertyNames(Object.prototype).sort()

const isSound = (finding: Finding): void => {
  const { path, code, message, remedy, severity } = finding
  expect(path.length).toBeLessThan(limits.depth * 400)
  expect(Math.max(message.length, remedy.length)).toBeLessThanOrEqual(limits.message + 1)
  expect([path, code, message, remedy].filter((text) => steering.test(text))).toEqual([])
  expect([message, remedy].filter((text) => text === '')).toEqual([])
  expect(['error', 'warning']).toContain(severity)
  expect(formatPath(parsePath(path))).toBe(path)
}

/** What holds of whatever is checked: a policy or reasons, in bounds, and nothing else in the world has changed. */
const holds = (check: PolicyCheck): void => {
  const { policy, findings } = check
  expect(findings.length).toBeLessThanOrEqual(limits.findings + 1)
  for (const finding of findings.slice(0, 40)) isSound(finding)
  expect(policy === undefined).toBe(findings.some((f) => f.severity === 'error'))
  if (policy !== undefined) expect(Object.isFrozen(policy)).toBe(true)
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(pristine)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
}

describe('GOV-05: whatever is given as a policy, there are findings or a policy', () => {
  test('presets with changes that nobody meant', () => {
    fc.assert(
      fc.property(brokenPresets, (document) => {
        const check = checkPolicy(document, { until: '2199-12-31', on: '2026-01-01' })
        holds(check)
        for (const finding of check.findings.slice(0, 10))
          for (const locale of ['en', 'zh-CN'] as const) expect(formatFinding(finding, locale)).not.toMatch(/undefined|\[object/)
      }),
      { numRuns: 60 },
    )
  })

  test('their texts, torn', () => {
    fc.assert(
      fc.property(brokenTexts, (text) => holds(checkPolicy(text))),
      { numRuns: 50 },
    )
  })

  test('any data', () => {
    fc.assert(
      fc.property(anyData, (data) => holds(checkPolicy(data))),
      { numRuns: 150 },
    )
  })

  test('any text, as YAML and as JSON', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('yaml' as const, 'json' as const, undefined), (text, format) =>
        holds(checkPolicy(text, format === undefined ? {} : { format })),
      ),
      { numRuns: 200 },
    )
  })

  test('the same data gives the same findings, and is left as it was', () => {
    fc.assert(
      fc.property(brokenPresets, (document) => {
        const before = structuredClone(document)
        const first = checkPolicy(document)
        expect(document).toEqual(before)
        expect(checkPolicy(before).findings).toEqual(first.findings)
      }),
      { numRuns: 25 },
    )
  })

  test('a fix that is offered can be applied, and what comes out can be checked again', () => {
    fc.assert(
      fc.property(brokenPresets, (document) => {
        const { findings } = checkPolicy(document)
        const plain = JSON.parse(JSON.stringify(document)) as never
        for (const { fix } of findings.filter((f) => f.fix !== undefined).slice(0, 3))
          holds(checkPolicy(applyFixes(plain, fix ?? [])))
      }),
      { numRuns: 25 },
    )
  })
})

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels)
const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}
const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from(
    { length: 12 },
    (_, i) =>
      `a${String(i + 1)}: &a${String(i + 1)} [${Array(9)
        .fill(`*a${String(i)}`)
        .join(', ')}]`,
  ),
].join('\n')
const preset = presets.manufacturerCn
const many = (n: number, make: (i: number) => unknown): object =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${String(i)}`, make(i)]))

describe('hostile documents are refused by a bounded number of findings', () => {
  test.each<readonly [string, unknown, string]>([
    ['100,000 brackets', deep('[', ']', 100_000), 'too_deep'],
    ['100,000 braces', deep('{"a":', '}', 20_000), 'too_deep'],
    ['100,000 open brackets', '['.repeat(100_000), 'too_deep'],
    ['data 100,000 deep', nested(100_000), 'too_deep'],
    ['an alias bomb', bomb, 'too_many_aliases'],
    ['an alias to itself', 'a: &a [*a]', 'alias'],
    ['a merge of what is not there', 'tier:\n  <<: *base\n', 'alias'],
    ['a merge key', 'base: &base { lookback: 2 }\ntier:\n  <<: *base\n', 'unknown_key'],
    ['1e400', 'cycle: { length: 1e400 }', 'type'],
    ['minus 1e400', 'cycle: { length: -1e400 }', 'type'],
    ['NaN', 'cycle: { length: .nan }', 'type'],
    ['-0', { ...preset, cycle: { ...preset.cycle, length: -0 } }, 'value'],
    ['1e308', { ...preset, cycle: { ...preset.cycle, length: 1e308 } }, 'value'],
    ['a number of 400 digits', `cycle: { length: ${'9'.repeat(400)} }`, 'type'],
    ['a text of 210,000 characters', `id: ${'x'.repeat(210_000)}`, 'too_large'],
    ['a text of 10 million characters', 'x'.repeat(10_000_000), 'too_large'],
    ['a key of 200,000 characters', `${'k'.repeat(200_000)}: 1`, 'unknown_key'],
    ['a tag', 'id: !!js/undefined x', 'syntax'],
    ['__proto__ in YAML', '__proto__: { polluted: true }', 'reserved_key'],
    ['__proto__ in JSON', '{"__proto__": {"polluted": true}}', 'reserved_key'],
    ['constructor.prototype', '{"constructor": {"prototype": {"polluted": true}}}', 'reserved_key'],
    ['a key given twice', 'id: a\nid: b', 'duplicate_key'],
    ['nothing', '', 'type'],
    ['a byte order mark alone', '\ufeff', 'type'],
    ['a list', '[]', 'type'],
    ['two documents', 'id: a\n---\nid: b', 'syntax'],
    ['200,000 values', { directory: Array(200_000).fill(1) }, 'too_large'],
  ])('%s', (_, source, code) => {
    const check = checkPolicy(source)
    holds(check)
    expect(check.findings.map((f) => f.code)).toContain(code)
  })

  test.each<readonly [string, unknown]>([
    ['30,000 unknown keys', many(30_000, () => 1)],
    ['30,000 unknown keys in the preset', { ...preset, ...many(30_000, () => 1) }],
    ['30,000 blanks', { ...preset, ...many(30_000, () => '[X]') }],
    [
      '20,000 blanks where parameters are, beside 20,000 unknown keys',
      { ...many(20_000, () => '[X]'), departments: many(20_000, () => '[X]') },
    ],
    ['20,000 departments', { ...preset, departments: many(20_000, () => ({ en: 'a', 'zh-CN': 'b' })) }],
    [
      '20,000 people, each above the next',
      { ...preset, directory: { people: many(20_000, (i) => ({ roles: ['sales'], superior: `k${String(i + 1)}` })) } },
    ],
    [
      '5,000 people under somebody who is not there',
      { ...preset, directory: { people: many(5_000, () => ({ roles: ['sales.haed'], superior: 'k-nobody' })) } },
    ],
    ['10,000 commands by roles that nobody knows', { ...preset, authority: many(10_000, () => ['custmerService.head']) }],
    ['10,000 regions without a calendar', { ...preset, calendar: { default: 'main', byRegion: many(10_000, () => 'mian') } }],
    [
      '1,000 calendars in use',
      {
        ...preset,
        calendars: { main: preset.calendars['main'], ...many(1_000, () => preset.calendars['main']) },
        calendar: { default: 'k1', byRegion: many(1_000, (i) => `k${String(i)}`) },
      },
    ],
    [
      '20,000 rungs',
      {
        ...preset,
        sla: {
          ...preset.sla,
          ladder: Array.from({ length: 20_000 }, (_, i) => ({ at: 20_000 - i, kind: 'warn', notify: 'owner' })),
        },
      },
    ],
    [
      '10,000 severities of one name',
      {
        ...preset,
        complaint: { ...preset.complaint, severities: Array(10_000).fill({ id: 'minor', label: { en: 'a', 'zh-CN': 'b' } }) },
      },
    ],
    [
      '10,000 tighter rules of severities that are not there',
      { ...preset, complaint: { ...preset.complaint, tighter: Array(10_000).fill({ when: { severities: ['mayor'] } }) } },
    ],
    [
      '5,000 stages',
      {
        ...preset,
        approval: { ...preset.approval, tier: { stages: Array(5_000).fill({ id: 'a', mode: 'all', electors: ['sales.head'] }) } },
      },
    ],
    [
      '20,000 delegations',
      {
        ...preset,
        directory: {
          ...preset.directory,
          delegations: Array(20_000).fill({ from: 'u-chen', to: 'u-brandt', since: '2190-01-01', until: '2190-02-01' }),
        },
      },
    ],
    ['20,000 brackets', { ...preset, rebate: { ...preset.rebate, brackets: Array(20_000).fill({ from: 'CNY 1', percent: 1 }) } }],
  ])('%s', (_, source) => {
    const check = checkPolicy(source)
    holds(check)
    expect(check.findings.length).toBeGreaterThan(0)
  })

  test('no more of a document is read than the limits allow, and each part of it once', () => {
    let reads = 0
    const counted = <T extends object>(value: T): T =>
      new Proxy(value, {
        getOwnPropertyDescriptor: (target, name) => {
          reads += 1
          return Reflect.getOwnPropertyDescriptor(target, name)
        },
      })
    holds(checkPolicy(counted({ ...preset, directory: counted(Array(3 * limits.values).fill(1)) })))
    expect(reads).toBeLessThanOrEqual(limits.values + 1)
    reads = 0
    holds(checkPolicy(counted({ ...many(5_000, () => counted({ a: 1, b: '[X]' })) })))
    expect(reads).toBe(15_000)
  })

  test('what is not listed is said, and still refuses', () => {
    const { policy, findings } = checkPolicy({ ...preset, ...many(5_000, () => 1) })
    expect(policy).toBeUndefined()
    expect(findings).toHaveLength(limits.findings + 1)
    expect(findings.at(-1)).toMatchObject({ code: 'too_many_findings', severity: 'error', path: '' })
  })
})

describe('texts from other systems', () => {
  const text = JSON.stringify(preset)
  test.each([
    ['a byte order mark', `\ufeff${text}`],
    ['Windows line ends', JSON.stringify(preset, null, 2).replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', JSON.stringify(preset, null, 2).replaceAll('\n', '\r')],
    ['tabs', JSON.stringify(preset, null, '\t')],
  ])('%s: read like any other', (_, source) => {
    const { policy, findings } = checkPolicy(source)
    expect(findings).toEqual([])
    expect(policy).toEqual(checkPolicy(preset).policy)
  })
})
