import { z } from 'zod'
import { personId } from '../definition/fields.ts'

/**
 * What a field of a form holds. `term`: an id that the policy defines; `instant`: epoch milliseconds; `group`: fields inside; `other`: data that no person
 * writes, such as a recommendation.
 */
export type FieldType =
  'text' | 'person' | 'term' | 'choice' | 'yesNo' | 'number' | 'date' | 'instant' | 'money' | 'group' | 'other'

/** A field as its schema describes it. */
export interface FieldShape {
  readonly type: FieldType
  /** May not be left out. */
  readonly required: boolean
  readonly nullable: boolean
  /** A list of such values. */
  readonly many: boolean
  /** Values of a choice, in the order of the schema. */
  readonly values: readonly ChoiceValue[]
  /** Longest text; `null`: not a text, or without a limit. */
  readonly maxLength: number | null
  /** Fields of a group, in order. */
  readonly fields: readonly (FieldShape & { readonly name: string })[]
}
/** A value that a person picks, as the command carries it. */
export type ChoiceValue = string | number | boolean | null

type Schema = z.core.$ZodType

export const defOf = (schema: Schema): z.core.$ZodTypes['_zod']['def'] => (schema as z.core.$ZodTypes)._zod.def
const accepts = (schema: Schema, value: unknown): boolean => z.safeParse(schema, value).success

/** What a wrapper wraps, on the side that callers write; `null`: no wrapper. */
export function insideOf(schema: Schema): Schema | null {
  const def = defOf(schema)
  switch (def.type) {
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
    case 'nullable':
      return def.innerType
    case 'lazy':
      return def.getter()
    case 'pipe':
      return defOf(def.in).type === 'transform' ? def.out : def.in
    default:
      return null
  }
}

/** The fields of an object; `null`: no object. */
export function fieldsOf(schema: Schema): readonly (readonly [string, Schema])[] | null {
  const def = defOf(schema)
  return def.type === 'object' ? Object.entries(def.shape) : null
}

/** The values of a choice, unions of choices included; `null`: not only fixed values. */
export function valuesOf(schema: Schema): readonly ChoiceValue[] | null {
  const def = defOf(schema)
  switch (def.type) {
    case 'enum':
      return Object.values(def.entries)
    case 'literal':
      return def.values.map((value) => (typeof value === 'bigint' ? String(value) : (value ?? null)))
    case 'union': {
      const parts = def.options.map(valuesOf)
      return parts.every((part) => part !== null) ? parts.flat() : null
    }
    default:
      return null
  }
}

/** Epoch milliseconds begin where forms accept them; smaller minima are counts. */
const firstInstant = 631_152_000_000

/** Whether a number is an instant, by what the schema accepts. */
export const isInstantSchema = (schema: Schema): boolean => accepts(schema, firstInstant) && !accepts(schema, firstInstant - 1)
/** Whether a text is a business date, by what the schema accepts. */
export const isDateSchema = (schema: Schema): boolean => accepts(schema, '2026-02-28') && !accepts(schema, '2026-02-30')
/** Whether a text must hold something but white space. */
export const refusesBlank = (schema: Schema): boolean => !accepts(schema, ' ')
/** Whether a list must not hold the same text twice. */
export const refusesTwice = (schema: Schema): boolean => accepts(schema, ['aa', 'bb']) && !accepts(schema, ['aa', 'aa'])
/** Whether a text is an id that the policy defines: begins small, may have capitals later. */
const isTermSchema = (schema: Schema): boolean => accepts(schema, 'aB') && !accepts(schema, 'Ab') && !accepts(schema, 'a b')
/** Money is a group to the schema and one value to a person. */
export const isMoneySchema = (schema: Schema): boolean =>
  fieldsOf(schema)
    ?.map(([name]) => name)
    .sort()
    .join() === 'currency,minor'

function typeOf(schema: Schema): FieldType {
  const values = valuesOf(schema)
  if (values !== null) return values.every((value) => typeof value === 'boolean') ? 'yesNo' : 'choice'
  // One schema for every person, so that a longer text does not pass for one.
  if (schema === personId) return 'person'
  switch (defOf(schema).type) {
    case 'string':
      return isDateSchema(schema) ? 'date' : isTermSchema(schema) ? 'term' : 'text'
    case 'number':
      return isInstantSchema(schema) ? 'instant' : 'number'
    case 'boolean':
      return 'yesNo'
    case 'object':
      return isMoneySchema(schema) ? 'money' : 'group'
    default:
      return 'other'
  }
}

/** Describes a field by its schema, so that list, JSON Schema and page cannot disagree with what is accepted. */
export function shapeOf(schema: Schema): FieldShape {
  let inner = schema
  let many = false
  for (;;) {
    const def = defOf(inner)
    const next = insideOf(inner) ?? (def.type === 'array' && !many ? def.element : null)
    if (next === null) break
    many ||= def.type === 'array'
    inner = next
  }
  const type = typeOf(inner)
  return {
    type,
    required: !accepts(schema, undefined),
    nullable: accepts(schema, null),
    many,
    values: type === 'choice' ? (valuesOf(inner) ?? []) : [],
    maxLength:
      type === 'text' || type === 'person' ? ((inner as { readonly maxLength?: number | null }).maxLength ?? null) : null,
    fields: type === 'group' ? (fieldsOf(inner) ?? []).map(([name, of]) => ({ name, ...shapeOf(of) })) : [],
  }
}
