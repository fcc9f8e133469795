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
}

const definitionOf = (schema: Schema): Definition => schema._zod.def as unknown as Definition

const wrappers: ReadonlySet<string> = new Set(['optional', 'default', 'nullable', 'readonly', 'prefault', 'nonoptional'])

/** The schema below `optional`, `default`, `nullable` and `readonly`. */
const bare = (schema: Schema): Definition => {
  const definition = definitionOf(schema)
  if (wrappers.has(definition.type) && definition.innerType !== undefined) return bare(definition.innerType)
  return definition.type === 'pipe' && definition.in !== undefined ? bare(definition.in) : definition
}

/** The members of an object schema, `undefined` for any other schema. */
export const shapeOf = (schema: Schema): { readonly [key: string]: Schema } | undefined => bare(schema).shape

/** The schema of the values of a record, or of the items of a list. */
export const memberOf = (schema: Schema): Schema | undefined => bare(schema).valueType ?? bare(schema).element

/** The keys that an object may have at a path; empty where the path leads to no object. */
export function keysAt(schema: Schema, path: Path): readonly string[] {
  let at: Schema | undefined = schema
  for (const part of path) at = at && (shapeOf(at)?.[part] ?? memberOf(at))
  if (at === undefined) return []
  const { options } = bare(at)
  return Object.keys(shapeOf(at) ?? options?.map(shapeOf).find((shape) => shape !== undefined) ?? {})
}

/** Whether a number is what a schema reads at a path, or part of what it reads. */
export const acceptsNumber = (schema: Schema): boolean => {
  const { type, options } = bare(schema)
  return type === 'number' || (options?.some(acceptsNumber) ?? false)
}
