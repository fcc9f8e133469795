import { z } from 'zod'
import { InvalidInputError, type JsonValue } from '../errors/index.ts'
import { harmless, textOf, type Locale } from '../i18n/index.ts'
import type { Policy } from '../policy/index.ts'
import { definitions } from '../runtime/runtime.ts'
import { defOf, fieldsOf, insideOf, isDateSchema, isInstantSchema, refusesBlank, refusesTwice, valuesOf } from './field-shape.ts'
import { choiceLabel, commandName, formHelp, helpOf, labelOf, titleOf } from './field-texts.ts'
import { policyChoices } from './policy-choices.ts'

/** A JSON Schema, draft 2020-12. */
export interface JsonSchema {
  readonly [keyword: string]: JsonValue
}

/** In whose words and under whose lists. */
export interface FormSchemaOptions {
  readonly policy: Policy
  readonly locale: Locale
}

interface Scope extends FormSchemaOptions {
  readonly command: string
  readonly form: string | null
}

/**
 * The JSON Schema of a command, for a form builder or for a check outside of JavaScript: titles and help in one language, choices with their names, the
 * policy's own lists filled in, dates as `format: date`, instants as integers of epoch milliseconds with `format: date-time`. It says what the command's own
 * schema says of shapes; what the policy demands beyond them is answered by `options` and `preview`.
 *
 * @param kind workflow or ledger, e.g. `tier-adjustment`.
 * @param command its type; commands without a form have a schema too.
 * @throws InvalidInputError for a workflow, command or language that does not exist.
 * @example
 * ```ts
 * const schema = formSchema('complaint', 'forward', { policy: loadPolicy(presets.manufacturerCn), locale: 'en' })
 * schema['title'] // => 'Forward to the responsible department'
 * schema['required'] // => ['type', 'department']
 * ```
 */
export function formSchema(kind: string, command: string, options: FormSchemaOptions): JsonSchema {
  const definition = Object.hasOwn(definitions, kind) ? definitions[kind] : undefined
  if (definition === undefined) throw unknown('kind', kind, Object.keys(definitions))
  const spec = Object.hasOwn(definition.commands, command) ? definition.commands[command] : undefined
  if (spec === undefined) throw unknown('command', command, Object.keys(definition.commands))
  const form = spec.form ?? null
  const help = form === null ? null : formHelp(form, options.locale)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form === null ? commandName(kind, command, options.locale) : titleOf(form, options.locale),
    ...(help === null ? {} : { description: help }),
    ...schemaOf(spec.schema, '', { ...options, command, form }),
  }
}

function unknown(path: string, asked: string, known: readonly string[]): InvalidInputError {
  return new InvalidInputError('form', [
    { path, code: 'value', message: `there is no ${path} ${harmless(asked, 60)}`, remedy: `one of ${known.join(', ')}` },
  ])
}

/** zod's own translation of one schema; what JSON Schema cannot say (custom checks, transforms) stays open instead of throwing. */
function translated(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _, '~standard': __, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest as JsonSchema
}

function schemaOf(schema: z.core.$ZodType, path: string, scope: Scope): JsonSchema {
  const def = defOf(schema)
  const inside = insideOf(schema)
  if (inside !== null) {
    const inner = schemaOf(inside, path, scope)
    if (def.type === 'nullable') return { anyOf: [inner, { type: 'null', title: textOf(scope.locale).grammar.nothing }] }
    return def.type === 'default' || def.type === 'prefault' ? { ...inner, default: def.defaultValue as JsonValue } : inner
  }
  const values = valuesOf(schema)
  if (values !== null)
    return values.length === 1
      ? { const: values[0] ?? null }
      : { oneOf: values.map((value) => ({ const: value, title: choiceLabel(path, value, values, scope.locale) })) }
  const fields = fieldsOf(schema)
  if (fields !== null) return { ...translated(schema), properties: propertiesOf(fields, path, scope) }
  switch (def.type) {
    case 'array':
      return {
        ...translated(schema),
        ...(refusesTwice(schema) ? { uniqueItems: true } : {}),
        items: schemaOf(def.element, path, scope),
      }
    case 'union':
      return { anyOf: def.options.map((option) => schemaOf(option, path, scope)) }
    case 'string':
      return stringOf(schema, path, scope)
    case 'number':
      return isInstantSchema(schema) ? { ...translated(schema), format: 'date-time' } : translated(schema)
    default:
      return translated(schema)
  }
}

function propertiesOf(fields: readonly (readonly [string, z.core.$ZodType])[], path: string, scope: Scope): JsonSchema {
  return Object.fromEntries(
    fields.map(([name, schema]) => {
      const place = { command: scope.command, form: scope.form, path: path === '' ? name : `${path}.${name}` }
      if (place.path === 'type') return [name, schemaOf(schema, name, scope)]
      const help = helpOf(place, scope.locale)
      const described = { title: labelOf(place, scope.locale), ...(help === null ? {} : { description: help }) }
      return [name, { ...described, ...schemaOf(schema, place.path, scope) }]
    }),
  )
}

function stringOf(schema: z.core.$ZodType, path: string, scope: Scope): JsonSchema {
  const choices = policyChoices(scope.command, path, scope.policy)
  // A policy without any leaves nothing to pick, and an empty list is no JSON Schema.
  if (choices !== null && choices.length === 0) return { type: 'string', not: {} }
  if (choices !== null)
    return { type: 'string', oneOf: choices.map(({ id, label }) => ({ const: id, title: label[scope.locale] })) }
  const plain = translated(schema)
  if (isDateSchema(schema)) return { ...plain, format: 'date' }
  return refusesBlank(schema) && !('pattern' in plain) && !('allOf' in plain) ? { ...plain, pattern: '\\S' } : plain
}
