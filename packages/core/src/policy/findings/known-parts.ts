import type { z } from 'zod'
import { limits } from '../source/index.ts'
import { itemOf, memberOf, shapeOf } from './schema-walk.ts'

/** Every part optional: what is known of a policy of which some values are missing or wrong. */
export type Known<T> = T extends readonly (infer Item)[]
  ? readonly (Known<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Known<T[K]> | undefined }
    : T

const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Parses what can be parsed, part by part, and leaves out the rest. The checks between parameters run on this, so that one missing
 * amount does not hide a contradiction somewhere else.
 */
export function knownParts<T extends z.ZodType>(schema: T, data: unknown): Known<z.output<T>> | undefined {
  return parts(schema, data) as Known<z.output<T>> | undefined
}

function parts(schema: z.core.$ZodType, data: unknown): unknown {
  const whole = (schema as z.ZodType).safeParse(data)
  if (whole.success) return whole.data
  const shape = shapeOf(schema)
  if (shape !== undefined && isMap(data))
    // What is there and not known stays as `undefined`; what is not there, and needs not be, stays away.
    return Object.fromEntries(
      Object.entries(shape).flatMap(([key, member]) => {
        const known = parts(member, data[key])
        return known === undefined && !Object.hasOwn(data, key) ? [] : [[key, known]]
      }),
    )
  const item = itemOf(schema)
  if (item !== undefined) return Array.isArray(data) ? data.slice(0, limits.items).map((value) => parts(item, value)) : undefined
  const member = memberOf(schema)
  if (member === undefined || !isMap(data)) return undefined
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, parts(member, value)]))
}
