import { z } from 'zod'
import { InvalidInputError, type JsonValue } from '../../errors/index.ts'
import { parameters } from '../clauses.ts'
import type { Labels } from '../parts.ts'
import { policySchema } from '../schema.ts'
import { units } from '../units.ts'
import { choicesOf } from './choices.ts'
import { isMoney, isNode, moneyText, withPattern, type SchemaNode } from './patterns.ts'
import { placeAt } from './places.ts'
import { schemaTexts, type PolicyLanguage } from './texts.ts'

/** In whose language the titles and descriptions are. */
export interface PolicyJsonSchemaOptions {
  readonly locale: PolicyLanguage
}

type Path = readonly string[]

/**
 * The JSON Schema (draft 2020-12) of a policy *draft*, for editors: every key with title, meaning, unit, number, requirement and an example from the
 * parameter table; choices, limits and defaults of the policy's own schema; `"[X]"` wherever a value may still be open; unknown keys are errors. What holds
 * between parameters (gaps between tiers, roles that nobody holds) is for `checkPolicy` [GOV-05].
 *
 * @param options the language of the descriptions.
 * @throws InvalidInputError for a language that does not exist.
 * @example
 * ```ts
 * const { properties } = policyJsonSchema({ locale: 'en' })
 * Object.keys(properties ?? {}).slice(0, 3) // => ['id', 'version', 'title']
 * ```
 */
export function policyJsonSchema({ locale }: PolicyJsonSchemaOptions): { readonly [keyword: string]: JsonValue } {
  if (!Object.hasOwn(schemaTexts, locale)) {
    const known = Object.keys(schemaTexts).join(', ')
    const finding = { path: 'locale', code: 'value', message: 'no such language', remedy: `one of ${known}` }
    throw new InvalidInputError('policy schema', [finding])
  }
  const { title, description } = schemaTexts[locale]
  const { $schema, '~standard': _, ...root } = z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' })
  return {
    $schema: $schema ?? 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
    ...inside(root as SchemaNode, [], locale),
    $defs: { blank: blankNode(locale) },
  }
}

/** The blanks that `checkPolicy` knows; without quotes YAML reads a list. */
function blankNode(locale: PolicyLanguage): SchemaNode {
  const inner = ['X', 'x', '具体金额', '具体金额区间']
  const list = { type: 'array', minItems: 1, maxItems: 1, items: { enum: inner } }
  return { title: schemaTexts[locale].blank, anyOf: [{ enum: inner.map((text) => `[${text}]`) }, list] }
}

const textOf = (name: Labels | string, locale: PolicyLanguage): string => (typeof name === 'string' ? name : name[locale])

/** A value of the policy: described, and possibly still open. */
function value(node: SchemaNode, path: Path, locale: PolicyLanguage): SchemaNode {
  const { default: initial, readOnly: _, ...rest } = node
  const shape = inside(rest, path, locale)
  const { anyOf, ...only } = shape
  const alternatives = Array.isArray(anyOf) && Object.keys(only).length === 0 ? (anyOf as readonly JsonValue[]) : [shape]
  return {
    ...(path.at(-1) === '*' ? {} : described(path, locale)),
    ...(initial === undefined ? {} : { default: initial }),
    anyOf: [...alternatives, { $ref: '#/$defs/blank' }],
  }
}

/** The schema of a value with everything below it described. */
function inside(node: SchemaNode, path: Path, locale: PolicyLanguage): SchemaNode {
  const { readOnly: _, ...rest } = node
  const { properties, additionalProperties, items, prefixItems, anyOf } = node
  const at = (key: string, inner: JsonValue | undefined): SchemaNode => value(isNode(inner) ? inner : {}, [...path, key], locale)
  const alternative = (one: JsonValue): JsonValue => (isNode(one) ? inside(one, path, locale) : one)
  return {
    ...withPattern(rest, path.join('.')),
    ...(isNode(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, at(key, inner)])) }
      : {}),
    ...(isNode(additionalProperties) ? { additionalProperties: at('*', additionalProperties) } : {}),
    ...(isNode(items) ? { items: at('*', items) } : {}),
    ...(Array.isArray(prefixItems) ? { prefixItems: prefixItems.map((inner: JsonValue) => at('*', inner)) } : {}),
    ...(Array.isArray(anyOf) ? { anyOf: withMoney(anyOf as readonly JsonValue[]).map(alternative) } : {}),
  }
}

const withMoney = (alternatives: readonly JsonValue[]): readonly JsonValue[] =>
  isMoney(alternatives) ? alternatives.map((one) => (isNode(one) ? moneyText(one) : one)) : alternatives

/** Title and description of a key. */
function described(path: Path, locale: PolicyLanguage): { readonly title: string; readonly description: string } {
  const texts = schemaTexts[locale]
  const { parameter, names } = placeAt(path)
  const title = textOf(names.at(-1) ?? '', locale)
  const meanings = Object.entries(choicesOf(path) ?? choicesOf([...path, '*']) ?? {}).map(([choice, meaning]) =>
    texts.pair(choice, meaning[locale]),
  )
  if (parameter === undefined) {
    const start = `${path.join('.')}.`
    const labels = parameters.filter((one) => one.path.startsWith(start)).map((one) => one.label[locale])
    return { title, description: texts.holds(texts.join(labels)) }
  }
  const clause = parameter.id === parameter.requirement ? parameter.id : `${parameter.id} · ${parameter.requirement}`
  const whole = parameter.path.split('.').length === path.length
  const about = whole
    ? [texts.sentence(parameter.label[locale]), texts.unit(units[parameter.unit][locale])]
    : [texts.inside(parameter.label[locale])]
  const choices = meanings.length === 0 ? [] : [texts.sentence(texts.join(meanings))]
  const example = whole ? [texts.example(parameter.example)] : []
  return { title, description: [texts.sentence(clause), ...about, ...choices, ...example].join(texts.between) }
}
