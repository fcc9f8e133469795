import { describe, expect, test } from 'vitest'
import type { Finding, JsonValue } from '../../errors/index.ts'
import { formatFinding } from '../../i18n/index.ts'
import { checkPolicy, loadPolicy } from '../load.ts'
import { presets } from '../presets/index.ts'
import { parsePath } from '../source/index.ts'
import { applyFixes } from './apply-fixes.ts'
import { lintChecks } from './checks.ts'
import { breaks } from './testing/breaks.ts'
import { changed } from './testing/cases.ts'

type Check = keyof typeof breaks
const all = Object.keys(breaks) as Check[]
const placeOf = ({ path, code, check }: Finding): string => `${check ?? code} ${path}`
const errorsOf = (findings: readonly Finding[]): readonly string[] => findings.filter((f) => f.severity === 'error').map(placeOf)

describe.each(Object.entries(presets))('GOV-05, preset %s', (_, preset) => {
  const policy = loadPolicy(preset)

  test('has no finding', () => {
    expect(checkPolicy(preset).findings).toEqual([])
  })

  test.each(all)('%s is found, says what to do, and is gone once that is done', (check) => {
    const { change, mend, options } = breaks[check]
    const given = options?.(policy) ?? {}
    const broken = changed(change(policy), preset)
    const before = checkPolicy(broken, given).findings
    const found = before.filter((f) => f.check === check)
    expect(found).not.toEqual([])
    for (const finding of found) {
      expect(finding).toMatchObject(lintChecks[check])
      expect(Math.min(finding.message.length, finding.remedy.length)).toBeGreaterThan(4)
      expect(finding.clause).toMatch(/^(P|I)-\d\d$|^[A-Z]+-\d\d$|^decision \d+$/)
      expect(JSON.parse(JSON.stringify(finding))).toEqual(finding)
    }
    const fixes = found.flatMap((f) => f.fix ?? [])
    expect(fixes.length > 0 || mend !== undefined).toBe(true)
    const ways = [
      ...(fixes.length > 0 ? [applyFixes(broken as JsonValue, fixes)] : []),
      ...(mend === undefined ? [] : [changed([...change(policy), ...mend(policy)], preset)]),
    ]
    for (const mended of ways) {
      const after = checkPolicy(mended, given).findings
      expect(after.filter((f) => f.check === check)).toEqual([])
      expect(errorsOf(after).filter((place) => !errorsOf(before).includes(place))).toEqual([])
    }
  })
})

test('every check of a policy by itself has a case; the others are those against a portfolio', () => {
  const others = Object.keys(lintChecks).filter((check) => !(all as readonly string[]).includes(check))
  expect(others).toEqual([
    'portfolioEmpty',
    'portfolioNotRead',
    'limitOutOfReach',
    'tierEmpty',
    'oneTierForAll',
    'bracketOutOfReach',
    'neverJudged',
    'currencyWithoutRate',
  ])
})

test.each(all)('%s is said in full in Chinese, too', (check) => {
  const policy = loadPolicy(presets.manufacturerCn)
  const { change, options } = breaks[check]
  const found = checkPolicy(changed(change(policy)), options?.(policy)).findings.find((f) => f.check === check)
  const text = formatFinding(found as Finding, 'zh-CN')
  expect(text).not.toMatch(/英文说明|undefined|\[object|NaN/)
  expect(formatFinding(found as Finding, 'en')).not.toMatch(/undefined|\[object|NaN|\p{Script=Han}/u)
})

test('a fix changes what it names, in a copy', () => {
  const document = { a: { b: [1, { c: 2 }], gone: true } }
  const fixed = applyFixes(document, [
    { path: 'a.b[1].c', value: { d: 3 } },
    { path: 'a.gone', remove: true },
    { path: 'a.never.there', remove: true },
    { path: 'new.place', value: 4 },
  ])
  expect(fixed).toEqual({ a: { b: [1, { c: { d: 3 } }] }, new: { place: 4 } })
  expect(document).toEqual({ a: { b: [1, { c: 2 }], gone: true } })
})

test('a fix cannot reach a prototype', () => {
  applyFixes({ a: 1 }, [
    { path: '__proto__.polluted', value: true },
    { path: 'constructor.prototype.polluted', value: true },
    { path: 'a.b.c', value: true },
    { path: '__proto__', value: { polluted: true } },
  ])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(parsePath('__proto__')).toEqual(['__proto__'])
})
