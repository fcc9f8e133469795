import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { parameters, usualPlace } from '../clauses.ts'
import { choicesAt, memberOf, shapeOf } from '../findings/index.ts'
import { checkPolicy } from '../load.ts'
import { presets } from '../presets/index.ts'
import { policySchema } from '../schema.ts'
import { policyTemplate } from '../template.ts'
import { manufacturer, valueAt, without, withValue } from '../testing.ts'
import { choicesOf } from './choices.ts'
import { policyJsonSchema } from './policy-json-schema.ts'

type Schema = Parameters<typeof shapeOf>[0]
type Node = { readonly [keyword: string]: unknown }

const locales = ['en', 'zh-CN'] as const
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: (text) => !Number.isNaN(Date.parse(text)) } })
const validate = ajv.compile(policyJsonSchema({ locale: 'en' }))
const accepts = (document: unknown): boolean => validate(JSON.parse(JSON.stringify(document)))
const yaml = (text: string): unknown => parseDocument(text).toJS()

/** Every place of zod's own schema, `*` for any key. */
const places = (schema: Schema, path: readonly string[] = []): readonly (readonly string[])[] => {
  const shape = shapeOf(schema)
  const member = memberOf(schema)
  const below =
    shape === undefined
      ? member === undefined
        ? []
        : places(member, [...path, '*'])
      : Object.entries(shape).flatMap(([key, inner]) => places(inner, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}
const all = places(policySchema)

/** The node of a JSON Schema at a place. */
const nodeAt = (schema: Node, [key, ...rest]: readonly string[]): Node | undefined => {
  if (key === undefined) return schema
  for (const one of [schema, ...((schema['anyOf'] as readonly Node[] | undefined) ?? [])]) {
    const named = (one['properties'] as { readonly [key: string]: Node } | undefined)?.[key]
    const any = key === '*' ? (one['additionalProperties'] ?? one['items']) : undefined
    const inner = named ?? (typeof any === 'object' ? (any as Node) : undefined)
    if (inner !== undefined) return nodeAt(inner, rest)
  }
  return undefined
}

describe('the JSON Schema of a policy draft [GOV-05]', () => {
  test.each(locales)('is a JSON Schema: %s', (locale) => {
    const schema = policyJsonSchema({ locale })
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(JSON.stringify(schema)).not.toMatch(/undefined|\[object|readOnly/)
  })

  test.each(locales)('describes every parameter with meaning, unit, number, requirement and example: %s', (locale) => {
    const schema = policyJsonSchema({ locale })
    for (const { path, id, requirement, label, example } of parameters) {
      const { title, description } = nodeAt(schema, path.split('.')) ?? {}
      expect([path, title]).toEqual([path, label[locale]])
      for (const part of [id, requirement, label[locale], example]) expect(description).toContain(part)
    }
  })

  test.each(locales)('describes every other key too, and leaves none open for unknown keys: %s', (locale) => {
    const schema = policyJsonSchema({ locale })
    for (const path of all) {
      const node = nodeAt(schema, path)
      expect([path.join('.'), node !== undefined]).toEqual([path.join('.'), true])
      if (path.at(-1) === '*') continue
      expect([path.join('.'), node?.['title']]).toEqual([path.join('.'), expect.stringMatching(/./)])
      expect([path.join('.'), node?.['description']]).toEqual([path.join('.'), expect.stringMatching(/[.。]/)])
      if (locale === 'zh-CN') expect(`${path.join('.')} ${String(node?.['title'])}`).toMatch(/\p{Script=Han}/u)
    }
    const objects = JSON.stringify(schema).match(/"type":"object"/g)?.length ?? 0
    expect(JSON.stringify(schema).match(/"additionalProperties":/g)).toHaveLength(objects)
  })

  test('says in words what each choice means', () => {
    for (const path of all) {
      const choices = choicesAt(policySchema, path)
      // The tiers of a fixed list, the units of time and the operators are said by their own names.
      if (choices === undefined || path.at(-1) === 'unit' || path.at(-1) === 'op') continue
      expect([path.join('.'), Object.keys(choicesOf(path) ?? {}).sort()]).toEqual([path.join('.'), [...choices].sort()])
    }
    const { description } = nodeAt(policyJsonSchema({ locale: 'en' }), ['tier', 'combine']) ?? {}
    expect(description).toContain('atLeast: a number of them must hold;')
  })

  test('accepts every preset as written and as loaded', () => {
    for (const [name, preset] of Object.entries(presets)) {
      expect([name, accepts(preset), ajv.errorsText(validate.errors)]).toEqual([name, true, 'No errors'])
      expect([name, accepts(policySchema.parse(preset))]).toEqual([name, true])
    }
  })

  test('accepts the template and a draft in work', () => {
    expect(accepts(yaml(policyTemplate()))).toBe(true)
    const draft = new URL('../../../../../examples/06-your-own-policy/draft.yaml', import.meta.url)
    expect([accepts(yaml(readFileSync(draft, 'utf8'))), ajv.errorsText(validate.errors)]).toEqual([true, 'No errors'])
  })

  test('accepts a blank at every parameter, as checking a draft does for those that the template leaves open', () => {
    const set = parameters
      .map(({ path, open }) => ({ path: usualPlace(path), open }))
      .filter(({ path }) => valueAt(manufacturer, path) !== undefined)
    expect(set.length).toBeGreaterThan(150)
    for (const { path, open } of set)
      for (const blank of ['[X]', ['X'], '[具体金额]']) {
        const draft = withValue(manufacturer, path, blank)
        expect([path, accepts(draft)]).toEqual([path, true])
        const errors = open ? checkPolicy(draft, { allowDraft: true }).findings : []
        expect(errors.filter((f) => f.severity === 'error' && f.path === path)).toEqual([])
      }
  })

  test.each([
    ['a bare number', 'tier.A.relationship.minYears', 3],
    ['an operator of its own', 'tier.A.relationship.minYears', { op: '>=', value: 3 }],
    ['money with groups', 'tier.A.amount.min', 'CNY 16,000,000'],
    ['money without groups', 'tier.A.amount.min', 'CNY 16000000.50'],
    ['no limit', 'tier.D.disputes.max', null],
    ['a day off with a name', 'calendars.main.holidays', [{ date: '2026-05-01', name: 'Labour Day' }, '2026-05-02']],
    ['hours past midnight', 'calendars.main.overrides', { '2026-12-24': [['22:00', '24:00']] }],
  ])('accepts %s', (_, path, value) => {
    expect([accepts(withValue(manufacturer, path, value)), ajv.errorsText(validate.errors)]).toEqual([true, 'No errors'])
  })

  const mistakes: readonly (readonly [what: string, document: unknown])[] = [
    ['a misspelt key', withValue(manufacturer, 'tier.A.amount.lookbak', 2)],
    ['an unknown section', withValue(manufacturer, 'colour', 'red')],
    ['a missing section', without(manufacturer, 'complaint')],
    ['a missing value', without(manufacturer, 'tier.weights.amount')],
    ['a version that YAML read as a number', withValue(manufacturer, 'version', 1)],
    ['an id with capitals', withValue(manufacturer, 'id', 'My Policy')],
    ['a date in another order', withValue(manufacturer, 'effectiveFrom', '01.01.2026')],
    ['a date that does not exist', withValue(manufacturer, 'cycle.anchor', '2026-13-01')],
    ['a currency in words', withValue(manufacturer, 'currency', 'yuan')],
    ['money without currency', withValue(manufacturer, 'tier.A.amount.min', '16,000,000')],
    ['money as a number', withValue(manufacturer, 'tier.A.amount.min', 16000000)],
    ['money with groups of four', withValue(manufacturer, 'tier.A.amount.min', 'CNY 1600,0000')],
    ['negative money', withValue(manufacturer, 'growth.minChange', 'CNY -5')],
    ['a time without unit', withValue(manufacturer, 'complaint.handoff', 4)],
    ['an unknown unit of time', withValue(manufacturer, 'complaint.handoff.unit', 'hours')],
    ['a time of nothing', withValue(manufacturer, 'complaint.handoff.amount', 0)],
    ['a number as text', withValue(manufacturer, 'tier.weights.amount', '40')],
    ['a share over 100', withValue(manufacturer, 'tier.weights.amount', 140)],
    ['an operator that turns the rule round', withValue(manufacturer, 'tier.A.relationship.minYears', { op: '<', value: 3 })],
    ['a choice that is none', withValue(manufacturer, 'tier.combine', 'best')],
    ['a tier that is none', withValue(manufacturer, 'tier.provisional.newKa', 'E')],
    ['one language only', withValue(manufacturer, 'title', { en: 'Policy' })],
    ['a role with a blank', withValue(manufacturer, 'dataOwner.tier', 'head of marketing')],
    ['a stage without approvers', withValue(manufacturer, 'approval.tier.stages[0].electors', [])],
    ['a time of day without zero', withValue(manufacturer, 'calendars.main.week.mon', [['9:00', '17:00']])],
    ['a time zone as an offset', withValue(manufacturer, 'calendars.main.timeZone', '+08:00')],
    ['a misspelt blank', withValue(manufacturer, 'complaint.handoff.amount', '[XX]')],
  ]
  test.each(mistakes)('refuses %s, as loading does', (_, document) => {
    expect([accepts(document), checkPolicy(document, { allowDraft: true }).findings.some((f) => f.severity === 'error')]).toEqual(
      [false, true],
    )
  })

  test('refuses a language that does not exist', () => {
    for (const locale of ['fr', '__proto__', 'constructor', undefined])
      expect(() => policyJsonSchema({ locale: locale as never })).toThrow('no such language')
  })
})
