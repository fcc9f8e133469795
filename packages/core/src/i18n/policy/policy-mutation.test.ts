import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../errors/index.ts'
import { choicesOf, diffPolicies, loadPolicy, parameterAt, parameters, presets, type Policy } from '../../policy/index.ts'
import { locales } from '../locale.ts'
import { notProse } from './chapters.ts'
import { formatPolicyDiff } from './format-policy-diff.ts'
import { formatPolicyText } from './format-policy-text.ts'
import { renderPolicy } from './render-policy.ts'

type Tree = { readonly [key: string]: JsonValue }
type Path = readonly (string | number)[]

/** Everything that the presets leave empty, so that no parameter stands there without a value. */
const full = loadPolicy({
  ...presets.distributorIntl,
  authority: { 'complaint.forward': ['customerService'] },
  complaint: {
    ...presets.distributorIntl.complaint,
    tighter: [{ when: { tiers: ['A'], severities: ['critical'] }, resolution: { amount: 3, unit: 'workingDays' } }],
  },
  adjust: { ...presets.distributorIntl.adjust, aboveA: { en: 'Strategic partner', 'zh-CN': '战略伙伴' } },
  rebate: { ...presets.distributorIntl.rebate, quantityUnit: { en: 'pallets', 'zh-CN': '托' } },
})
const plain = JSON.parse(JSON.stringify(full)) as Tree

const place = (path: Path): string => path.join('.')
const isTree = (value: JsonValue | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths of all single values; of a list the first and the last item, of the maps of a kind the first entry. */
function leaves(value: JsonValue, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[]
    return items.flatMap((item, i) => (i === 0 || i === items.length - 1 ? leaves(item, [...path, i]) : []))
  }
  if (!isTree(value)) return [path]
  const entries = Object.entries(value)
  const ofAKind = ['directory.people', 'calendars', 'departments', 'admission.leadSources'].includes(place(path))
  return (ofAKind ? entries.slice(0, 1) : entries).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

/** Another value of the same kind; none where a policy has only one choice. */
function another(value: JsonValue, path: Path): JsonValue | undefined {
  const choices = Object.keys(choicesOf(path) ?? {})
  if (choices.length > 0) return choices.find((choice) => choice !== value)
  if (value === null) return path.includes('inspection') ? 'onRequest' : 7
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value !== 'string') throw new TypeError(`no single value: ${place(path)}`)
  const text = value
  if (path.at(-1) === 'op') return text === '>=' ? '>' : text === '>' ? '>=' : text === '<' ? '<=' : '<'
  if (path.at(-1) === 'unit') return text === 'workingDays' ? 'calendarDays' : 'workingDays'
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text === '2024-02-29' ? '2024-02-28' : '2024-02-29'
  if (/^\d\d:\d\d$/.test(text)) return text === '10:10' ? '10:20' : '10:10'
  if (/^[A-Z]{3}$/.test(text)) return text === 'CHF' ? 'USD' : 'CHF'
  if (path.at(-1) === 'timeZone') return 'Asia/Tokyo'
  if (text.startsWith('u-')) return 'u-else'
  return ['kaGroup.head', 'sales.head', 'finance.head'].find((role) => text.includes('.') && role !== text) ?? `${text}z`
}

const put = (value: JsonValue, [key, ...rest]: Path, to: JsonValue): JsonValue => {
  if (key === undefined) return to
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item, i) => (i === key ? put(item, rest, to) : item))
  return isTree(value) ? { ...value, [key]: put(value[key] ?? null, rest, to) } : value
}

const changed = leaves(plain).flatMap((path) => {
  const value = path.reduce<JsonValue>((at, key) => (at as { readonly [key: string]: JsonValue })[String(key)] ?? null, plain)
  const other = another(value, path)
  return other === undefined ? [] : [{ path, policy: put(plain, path, other) as unknown as Policy }]
})
const { scaleDominant: _, ...fewer } = plain['classes'] as Tree
const mutants = [...changed, { path: ['classes'], policy: { ...plain, classes: fewer } as unknown as Policy }]
const texts = (policy: Policy): readonly string[] => locales.map((locale) => formatPolicyText(renderPolicy(policy, locale)))

/** Values that the document leaves out, and why. */
const unsaid: readonly (readonly [where: RegExp, reason: string])[] = [
  ...Object.entries(notProse).map(([path, reason]) => [new RegExp(`^${path}(\\.|$)`), reason] as const),
  [/^calendars\.\w+\.(holidays|makeupWorkdays|overrides|breaks)\./, 'days are counted, not listed: a calendar is no prose'],
  [/^calendars\.\w+\.(coverage|makeupHours)/, 'how far the days are known is said by the working clock that asks'],
  [/^approval\.\w+\.order$/, 'a single stage has no order; where there are several, the order is said'],
  [/^(cadence\.care|complaint\.severities)\.\d+\.(occasion|id)$/, 'short names are for data; people read the labels'],
]

describe('every parameter of the table, changed [GOV-05]', () => {
  test('has a mutant, but for those with only one choice', () => {
    const found = new Set(mutants.map(({ path }) => parameterAt(path)?.path))
    const single = ['drivingScale', 'sla.start', 'sla.conflict', 'amount.basis', 'rebate.period']
    expect(parameters.map((p) => p.path).filter((path) => !found.has(path))).toEqual(
      parameters.map((p) => p.path).filter((path) => single.includes(path)),
    )
  })

  test('is found by the diff, under its number and with words in both languages', () => {
    for (const { path, policy } of mutants) {
      const changes = diffPolicies(full, policy)
      expect([place(path), changes.length > 0]).toEqual([place(path), true])
      const numbers = changes.map(({ number }) => number)
      expect([place(path), numbers]).toEqual([place(path), numbers.map(() => parameterAt(path)?.id)])
      for (const locale of locales)
        for (const line of formatPolicyDiff(changes, locale, { policy })) expect(line).toMatch(/^[^·]+ · .+[:：].*\S/)
    }
  })

  test('changes the prose of the policy, but for what is left out for a reason', () => {
    const before = texts(full)
    const said = mutants.map(({ policy }) => texts(policy))
    const silent = mutants.filter((_, i) => said[i]?.every((text, k) => text === before[k]))
    const unexplained = silent.map(({ path }) => place(path)).filter((path) => !unsaid.some(([where]) => where.test(path)))
    expect(unexplained).toEqual([])
    // Said in one language, said in the other; but a name has a text of its own in each.
    const oneSided = mutants.filter(({ path }, i) => {
      const after = said[i] ?? []
      return !/\.(en|zh-CN)$/.test(place(path)) && (after[0] === before[0]) !== (after[1] === before[1])
    })
    expect(oneSided.map(({ path }) => place(path))).toEqual([])
  })
})
