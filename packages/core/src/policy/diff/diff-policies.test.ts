import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../errors/index.ts'
import { canonicalJson } from '../../rules/index.ts'
import { memberOf, shapeOf } from '../findings/index.ts'
import { checkPolicy, loadPolicy } from '../load.ts'
import { presets } from '../presets/index.ts'
import { policySchema, type Policy } from '../schema.ts'
import { manufacturer, without, withValue } from '../testing.ts'
import { applied, applyPolicyDiff } from './apply-policy-diff.ts'
import { diffPolicies } from './diff-policies.ts'
import { hours, isAt, listAt, lists } from './lists.ts'
import { inPlace } from './order.ts'
import type { PolicyChange } from './types.ts'

type Schema = Parameters<typeof shapeOf>[0]
type Tree = { readonly [key: string]: JsonValue }

const documents = Object.values(presets)
const loaded = documents.map((document) => loadPolicy(document))
const plain = (policy: unknown): JsonValue => JSON.parse(JSON.stringify(policy)) as JsonValue
const asPolicy = (data: JsonValue): Policy => data as unknown as Policy
const diffOf = (path: string, value: unknown): readonly PolicyChange[] =>
  diffPolicies(loadPolicy(manufacturer), loadPolicy(withValue(manufacturer, path, value)))
const short = (changes: readonly PolicyChange[]) => changes.map(({ kind, path }) => `${kind} ${path.join('.')}`)

/** What a policy says, without what its writing leaves to taste. */
const normal = (value: JsonValue, path: readonly string[] = []): JsonValue => {
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => normal(item, [...path, '*']))
    return listAt(path)?.ordered === true || (listAt(path) === undefined && !hours.some((place) => isAt(place, path)))
      ? items
      : items.map((item) => canonicalJson(item)).sort()
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner ?? null, [...path, key])]))
}

/** Paths of all lists and numbers of a document. */
const places = (value: JsonValue, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => {
  if (Array.isArray(value))
    return [path, ...(value as readonly JsonValue[]).flatMap((item, index) => places(item, [...path, index]))]
  if (typeof value === 'number' || value === null) return [path]
  return typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => places(inner ?? null, [...path, key]))
    : [path]
}

const edited = (value: JsonValue, path: readonly (string | number)[], edit: (old: JsonValue) => JsonValue): JsonValue => {
  const [key, ...rest] = path
  if (key === undefined) return edit(value)
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item, index) => (index === key ? edited(item, rest, edit) : item))
  const tree = value as Tree
  return { ...tree, [key]: edited(tree[key] ?? null, rest, edit) }
}

/** One edit of a document: a list in another order, cut, or with items twice; a number, a text or a null replaced. */
const mutate =
  (seed: { readonly at: number; readonly order: readonly number[]; readonly n: number }) => (document: JsonValue) => {
    const all = places(document)
    const path = all[seed.at % all.length] ?? []
    return edited(document, path, (old) => {
      if (!Array.isArray(old)) return typeof old === 'number' ? old + seed.n : typeof old === 'string' ? `${old}x` : seed.n
      const items = old as readonly JsonValue[]
      return items.length === 0 ? [] : seed.order.map((index) => items[index % items.length] ?? null)
    })
  }

const edits = fc.array(
  fc.record({ at: fc.nat(), order: fc.array(fc.nat({ max: 8 }), { maxLength: 7 }), n: fc.integer({ min: 1, max: 9 }) }),
  { maxLength: 12 },
)
const mutated = fc
  .tuple(fc.constantFrom(...loaded.map(plain)), edits)
  .map(([document, all]) => all.reduce((at, seed) => mutate(seed)(at), document))

describe('the difference of two policies [GOV-05]', () => {
  test('applied to the one it gives the other, whatever was edited', () => {
    fc.assert(
      fc.property(fc.constantFrom(...loaded.map(plain)), mutated, (before, after) => {
        const changes = diffPolicies(asPolicy(before), asPolicy(after))
        const result = applied(before, changes, [])
        expect(normal(result)).toEqual(normal(after))
        expect(diffPolicies(asPolicy(result), asPolicy(after))).toEqual([])
        expect(changes.every(({ number, clause, parameter }) => number !== '' && clause !== '' && parameter !== '')).toBe(true)
        expect(new Set(changes.map(({ kind, path }) => canonicalJson([kind === 'moved', [...path]]))).size).toBe(changes.length)
      }),
      { numRuns: 60 },
    )
  })

  test('from each preset to each other, loaded again', () => {
    for (const before of loaded)
      for (const after of loaded) {
        const changes = diffPolicies(before, after)
        expect(changes.length === 0).toBe(before === after)
        expect(normal(plain(applyPolicyDiff(before, changes)))).toEqual(normal(plain(after)))
      }
  })

  test('is nothing where only the writing differs', () => {
    const edit = (path: string, value: unknown): void => {
      expect([path, diffOf(path, value)]).toEqual([path, []])
    }
    edit('tier.A.amount.min', 'CNY 16000000.00')
    edit('tier.A.amount.min', { currency: 'CNY', minor: 1_600_000_000 })
    edit('tier.A.relationship.minYears', { op: '>', value: 3 })
    edit('approval.blacklist.copy', ['finance.head', 'sales.head'])
    edit('change.consentFor', ['quality', 'cost', 'schedule', 'scope'])
    edit('approval.tier.stages[0].timeout', { unit: 'workingDays', amount: 5 })
    edit('directory.people.u-chen.roles', ['executive', 'companyManagement'])
    const { directory, departments, ...rest } = presets.manufacturerCn
    const people = Object.fromEntries(Object.entries(directory?.people ?? {}).reverse())
    const turned = { departments: Object.fromEntries(Object.entries(departments).reverse()), directory: { people }, ...rest }
    expect(diffPolicies(loadPolicy(manufacturer), loadPolicy(turned))).toEqual([])
  })

  test('names parameter, number and requirement', () => {
    const after = withValue(
      withValue(manufacturer, 'tier.A.amount.min', 'CNY 12,000,000'),
      'tier.B.amount.range.to',
      'CNY 12,000,000',
    )
    const cny = (minor: number) => ({ currency: 'CNY', minor })
    const values = { kind: 'changed', before: cny(1_600_000_000), after: cny(1_200_000_000) }
    expect(diffPolicies(loadPolicy(manufacturer), loadPolicy(after))).toEqual([
      { path: ['tier', 'A', 'amount', 'min'], parameter: 'tier.A.amount.min', number: 'P-07', clause: 'TIER-02', ...values },
      {
        path: ['tier', 'B', 'amount', 'range', 'to'],
        parameter: 'tier.B.amount.range',
        number: 'P-11',
        clause: 'TIER-03',
        ...values,
      },
    ])
  })

  test('an operator, a unit of time and a limit switched off are changes', () => {
    expect(short(diffOf('tier.A.relationship.minYears', { op: '>=', value: 3 }))).toEqual([
      'changed tier.A.relationship.minYears',
    ])
    expect(short(diffOf('complaint.acceptWithin.unit', 'elapsedHours'))).toEqual(['changed complaint.acceptWithin'])
    expect(short(diffOf('capacity.maxKaPerManager', null))).toEqual(['changed capacity.maxKaPerManager'])
  })

  test('an item more or less is that item, not all behind it', () => {
    expect(short(diffOf('approval.blacklist.copy', ['legal.head', 'sales.head', 'finance.head']))).toEqual([
      'added approval.blacklist.copy.legal.head',
    ])
    expect(short(diffOf('approval.blacklist.copy', ['finance.head']))).toEqual(['removed approval.blacklist.copy.sales.head'])
    expect(short(diffOf('departments.export', { en: 'Export', 'zh-CN': '出口部' }))).toEqual(['added departments.export'])
    expect(short(diffPolicies(loadPolicy(manufacturer), loadPolicy(without(manufacturer, 'directory'))))).toEqual([
      'removed directory',
    ])
  })

  test('stages and degrees of severity move', () => {
    const { severities } = loadPolicy(manufacturer).complaint
    const [minor, major, critical] = severities
    const changes = diffOf('complaint.severities', [critical, minor, major])
    expect(changes).toMatchObject([{ kind: 'moved', path: ['complaint', 'severities', 'critical'], before: 2, after: 0 }])
    const { stages } = loadPolicy(manufacturer).approval.admission
    const [departments, head] = stages
    expect(short(diffOf('approval.admission.stages', [head, { ...departments, id: 'all' }, departments]))).toEqual([
      'added approval.admission.stages.all',
      'moved approval.admission.stages.groupHead',
    ])
    expect(
      short(diffOf('approval.admission.stages', [{ ...head, timeout: { amount: 3, unit: 'workingDays' } }, departments])),
    ).toEqual(['changed approval.admission.stages.groupHead.timeout', 'moved approval.admission.stages.groupHead'])
  })

  test('a rung that is told later is one change', () => {
    const { ladder } = loadPolicy(manufacturer).sla
    expect(short(diffOf('sla.ladder', [{ ...ladder[0], at: 70 }, ...ladder.slice(1)]))).toEqual(['changed sla.ladder.warn.at'])
  })

  test('a part of the changes can be made, and the outcome is checked as any policy', () => {
    const before = loadPolicy(manufacturer)
    const after = loadPolicy(withValue(withValue(manufacturer, 'complaint.maxRounds', 3), 'admission.maxReturns', 1))
    const changes = diffPolicies(before, after)
    const rounds = changes.filter(({ path }) => path.includes('maxRounds'))
    expect(applyPolicyDiff(before, rounds).complaint.maxRounds).toBe(3)
    expect(applyPolicyDiff(before, rounds).admission.maxReturns).toBe(2)
    const tier = diffOf('tier.A.amount.min', 'CNY 16,000,000').concat(
      diffPolicies(
        before,
        asPolicy(plain({ ...before, tier: { ...before.tier, weights: { ...before.tier.weights, amount: 41 } } })),
      ),
    )
    expect(() => applyPolicyDiff(before, tier)).toThrow(expect.objectContaining({ code: 'invalid_policy' }) as Error)
  })

  test('a change that does not fit is refused, and nothing is made of it', () => {
    const before = loadPolicy(manufacturer)
    const changes = diffOf('complaint.maxRounds', 3)
    const [one] = changes
    const other = loadPolicy(withValue(manufacturer, 'complaint.maxRounds', 4))
    const wrong: readonly (readonly PolicyChange[])[] = [
      [...changes, ...changes],
      changes.map((change) => ({ ...change, path: [] })),
      changes.map((change) => ({ ...change, path: ['complaint', 'maxRounds', 'more'] })),
      changes.map((change) => ({ ...change, path: ['nothing', 'here'] })),
      changes.map((change): PolicyChange => ({ ...change, kind: 'added', after: 3 })),
      changes.map((change): PolicyChange => ({ ...change, kind: 'moved', before: 0, after: 1 })),
      changes.map((change): PolicyChange => ({ ...change, kind: 'moved', before: 1, after: 2, path: ['sla', 'ladder', 'warn'] })),
      changes.map((change): PolicyChange => ({ ...change, kind: 'moved', before: 0, after: 7, path: ['sla', 'ladder', 'warn'] })),
    ]
    expect(one).toBeDefined()
    expect(() => applyPolicyDiff(other, changes)).toThrow('the change does not fit')
    for (const list of wrong) expect(() => applyPolicyDiff(before, list)).toThrow('the change does not fit')
    expect(checkPolicy(plain(before)).findings).toEqual([])
  })

  test('every list of the schema has its kind', () => {
    const walk = (schema: Schema, path: readonly string[]): readonly (readonly string[])[] => {
      const shape = shapeOf(schema)
      if (shape !== undefined) return Object.entries(shape).flatMap(([key, inner]) => walk(inner, [...path, key]))
      const member = memberOf(schema)
      if (member === undefined) return []
      if (hours.some((place) => isAt(place, path))) return []
      const own = schema.constructor.name === 'ZodRecord' || shapeOfRecord(schema) ? [] : [path]
      return [...own, ...walk(member, [...path, '*'])]
    }
    const shapeOfRecord = (schema: Schema): boolean => {
      const { def } = schema._zod as unknown as { def: { type: string; innerType?: Schema } }
      return def.type === 'record' || (def.innerType !== undefined && shapeOfRecord(def.innerType))
    }
    const found = walk(policySchema, [])
    expect(found.length).toBeGreaterThan(lists.length)
    expect(found.filter((path) => listAt(path) === undefined)).toEqual([])
    expect(lists.filter(({ place }) => !found.some((path) => isAt(place, path))).map(({ place }) => place)).toEqual([])
  })

  test('the longest run stays in its place', () => {
    expect([...inPlace(['a', 'b', 'c', 'd'], ['d', 'a', 'x', 'b', 'c'])]).toEqual(['a', 'b', 'c'])
    expect([...inPlace(['a', 'b', 'c'], ['c', 'b', 'a'])]).toEqual(['b'])
    expect([...inPlace(['a', 'b'], [])]).toEqual([])
  })
})
