import type { z } from 'zod'
import type { Path } from '../source/index.ts'

type Schema = z.core.$ZodType

interface Definition {
  readonly type: string
  readonly innerType?: Schema
  readonly in?: Schema
  readonly shape?: { readonly [key: string]: Schema }
  readonly valueType?: Schema
  readonly element?: Schema
  readonly options?: readonly Schema[]
  readonly entries?: { readonly [key: string]: string | number }
}

const definitionOf = (schema: Schema): Definition => schema._zod.def

const wrappers: ReadonlySet<string> = new Set(['optional', 'default', 'nullable', 'readonly', 'prefault', 'nonoptional'])

/** The schema below `optional`, `default`, `nullable` and `readonly`. */
const bare = (schema: Schema): Definition => {
  const definition = definitionOf(schema)
  if (wrappers.has(definition.type) && definition.innerType !== undefined) return bare(definition.innerType)
  return definition.type === 'pipe' && definition.in !== undefined ? bare(definition.in) : definition
}

/** The members of an object schema, `undefined` for any other schema. */
export const shapeOf = (schema: Schema): { readonly [key: string]: Schema } | undefined => bare(schema).shape

/** The schema of the items of a list. */
export const itemOf = (schema: Schema): Schema | undefined => bare(schema).element

/** The schema of the values of a record, or of the items of a list. */
export const memberOf = (schema: Schema): Schema | undefined => bare(schema).valueType ?? itemOf(schema)

const schemaAt = (schema: Schema, path: Path): Schema | undefined =>
  path.reduce<Schema | undefined>((at, part) => at && (shapeOf(at)?.[part] ?? memberOf(at)), schema)

/** The keys that an object may have at a path; empty where the path leads to no object. */
export function keysAt(schema: Schema, path: Path): readonly string[] {
  const at = schemaAt(schema, path)
  if (at === undefined) return []
  const { options } = bare(at)
  return Object.keys(shapeOf(at) ?? options?.map(shapeOf).find((shape) => shape !== undefined) ?? {})
}

/** The choices at a path; `undefined` where the schema has none. */
export function choicesAt(schema: Schema, path: Path): readonly string[] | undefined {
  const at = schemaAt(schema, path)
  const { entries } = at === undefined ? {} : bare(at)
  return entries === undefined ? undefined : Object.values(entries).map(String)
}
