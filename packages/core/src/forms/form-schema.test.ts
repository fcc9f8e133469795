import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../errors/index.ts'
import { locales } from '../i18n/index.ts'
import { loadPolicy, manufacturerCn, presets } from '../policy/index.ts'
import { definitions } from '../runtime/runtime.ts'
import { formSchema } from './form-schema.ts'
import { listForms } from './list-forms.ts'
import { policyChoices } from './policy-choices.ts'
import { sampleForm } from './testing/sample-form.ts'

const policy = manufacturerCn()
const en = { policy, locale: 'en' } as const
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: true, 'date-time': true } })
const validators = new Map<string, ValidateFunction>()
const accepts = (kind: string, command: string, value: unknown): boolean => {
  const known = validators.get(`${kind}.${command}`)
  const validate = known ?? ajv.compile(formSchema(kind, command, en))
  validators.set(`${kind}.${command}`, validate)
  return validate(value)
}
const commands = Object.values(definitions).flatMap(({ kind, commands: all }) =>
  Object.keys(all).map((command) => [kind, command] as const),
)
const forms = listForms().map(({ kind, command }) => [kind, command] as const)
const parses = (kind: string, command: string, value: unknown): boolean =>
  definitions[kind]?.commands[command]?.schema.safeParse(value).success === true

describe('the JSON Schema of a command', () => {
  it.each(commands)('is a JSON Schema in every language: %s.%s', (kind, command) => {
    for (const locale of locales) {
      const schema = formSchema(kind, command, { policy, locale })
      expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { type: { const: command } },
        additionalProperties: false,
      })
      expect(schema['required']).toContain('type')
      expect(JSON.stringify(schema)).not.toMatch(/undefined|\[object/)
    }
  })

  it.each(forms)('accepts a full and a bare form as zod does: %s.%s', (kind, command) => {
    for (const full of [true, false]) {
      const form = sampleForm(kind, command, policy, full)
      expect(parses(kind, command, form)).toBe(true)
      expect(accepts(kind, command, form)).toBe(true)
    }
  })

  it.each(forms)('refuses what zod refuses: missing, unknown and wrong fields: %s.%s', (kind, command) => {
    const form = sampleForm(kind, command, policy, true)
    expect(accepts(kind, command, { ...form, colour: 'red' })).toBe(false)
    expect(accepts(kind, command, { ...form, type: 'other' })).toBe(false)
    for (const field of Object.keys(form)) {
      const { [field]: _, ...without } = form
      expect([field, accepts(kind, command, without)]).toEqual([field, parses(kind, command, without)])
      const wrong: readonly JsonValue[] = [
        '',
        ' ',
        'x'.repeat(5000),
        'Abc',
        -1,
        1.5,
        1e15,
        null,
        true,
        {},
        [],
        [{}],
        [''],
        { minor: -1 },
      ]
      for (const value of wrong) {
        const changed = { ...form, [field]: value }
        // A list of the policy is narrower than the schema, which knows ids only.
        const narrower = policyChoices(command, field, policy) !== null && parses(kind, command, changed)
        if (!narrower)
          expect([field, value, accepts(kind, command, changed)]).toEqual([field, value, parses(kind, command, changed)])
      }
    }
  })

  it('says titles, help, choices and formats in the language asked for', () => {
    const { title, description, properties } = formSchema('complaint', 'open', { policy, locale: 'zh-CN' })
    expect(title).toBe('投诉记录')
    expect(description).toContain('受理时间')
    expect(properties).toMatchObject({
      matter: { title: '投诉事项', type: 'string', maxLength: 4000, pattern: '\\S' },
      receivedAt: { title: '受理时间', type: 'integer', format: 'date-time' },
      about: { oneOf: [{ const: 'product', title: '产品' }, {}, {}, {}, {}] },
      severity: { oneOf: policy.complaint.severities.map(({ id, label }) => ({ const: id, title: label['zh-CN'] })) },
      complex: { type: 'boolean', default: false },
      sites: { type: 'array', items: { type: 'string', maxLength: 200 }, default: [] },
    })
    expect(formSchema('complaint', 'plan', en)['properties']).toMatchObject({
      finishBy: { title: 'Finish by', type: 'string', format: 'date' },
      compensation: { type: 'object', properties: { currency: { oneOf: [{ const: 'CNY', title: 'CNY' }] } } },
    })
    expect(formSchema('complaint', 'determine', en)['properties']).toMatchObject({
      rework: { oneOf: [{ const: 'physical', title: 'Physical rework' }, { const: 'chemical' }] },
      evidence: { items: { properties: { uri: { title: 'Location of the file' } } } },
    })
    expect(formSchema('account', 'adopt', en)['properties']).toMatchObject({
      tier: { anyOf: [{ oneOf: [{ const: 'A', title: 'tier A' }, {}, {}, {}] }, { type: 'null' }] },
    })
  })

  it('says of a list that each may stand in it once', () => {
    const lists = (command: string): unknown => formSchema('project-change', command, en)['properties']
    expect(lists('apply')).toMatchObject({ departments: { type: 'array', uniqueItems: true, minItems: 1 } })
    expect(formSchema('complaint', 'open', en)['properties']).not.toHaveProperty('sites.uniqueItems')
    const form = sampleForm('project-change', 'apply', policy, false)
    const [department = ''] = form['departments'] as readonly string[]
    expect(accepts('project-change', 'apply', { ...form, departments: [department, department] })).toBe(false)
  })

  it('offers what the policy offers, in its own words', () => {
    const other = loadPolicy({
      ...presets.manufacturerCn,
      complaint: { ...presets.manufacturerCn.complaint, channels: { portal: { en: 'Portal <b>', 'zh-CN': '门户' } } },
    })
    const { properties } = formSchema('complaint', 'open', { policy: other, locale: 'en' })
    expect(properties).toMatchObject({ channel: { oneOf: [{ const: 'portal', title: 'Portal <b>' }] } })
    const none = { ...policy, complaint: { ...policy.complaint, channels: {} } }
    const schema = formSchema('complaint', 'open', { policy: none, locale: 'en' })
    expect(ajv.validateSchema(schema)).toBe(true)
    expect(ajv.compile(schema)(sampleForm('complaint', 'open', policy, true))).toBe(false)
  })

  it('knows every id of a form that a policy defines', () => {
    const terms = listForms().flatMap(({ command, form, fields }) =>
      fields.filter(({ type }) => type === 'term').map(({ name }) => [form, name, policyChoices(command, name, policy) !== null]),
    )
    expect(terms.length).toBeGreaterThan(3)
    expect(terms.filter(([, , known]) => known !== true)).toEqual([])
  })

  it('is refused for what does not exist', () => {
    expect(() => formSchema('complaint', 'explode', en)).toThrow('there is no command explode')
    expect(() => formSchema('complaint', 'toString', en)).toThrow('there is no command')
    expect(() => formSchema('__proto__', 'open', en)).toThrow('there is no kind')
    expect(() => formSchema('complaint', 'open', { policy, locale: 'fr' as never })).toThrow('there are no texts in fr')
  })
})
