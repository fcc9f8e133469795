import type { JsonValue } from '../errors/index.ts'
import type { Policy } from '../policy/schema.ts'

type Tree = { readonly [key: string]: JsonValue | undefined }

const isTree = (value: JsonValue | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a place; undefined where there is none. */
export function valueAt(policy: Policy, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = policy
  for (const key of path) value = isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

/**
 * The policy with another value at a place, unchecked; undefined takes the place out. What is not on the way is shared, not copied: a policy may be varied a
 * hundred times in memory.
 */
export function withValue(policy: Policy, path: readonly string[], value: JsonValue | undefined): Policy {
  return replaced(policy, path, value) as Policy
}

function replaced(tree: JsonValue | undefined, path: readonly string[], value: JsonValue | undefined): JsonValue | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  const before = isTree(tree) ? tree : {}
  const inside = replaced(Object.hasOwn(before, key) ? before[key] : undefined, rest, value)
  if (inside !== undefined) return { ...before, [key]: inside }
  return Object.fromEntries(Object.entries(before).filter(([other]) => other !== key))
}

/** The number in a money, a limit or a bare number; null where there is none. */
export function numberIn(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return value
  if (!isTree(value)) return null
  const inner = value['minor'] ?? value['value']
  return typeof inner === 'number' ? inner : null
}

/** The same money, limit or number with another number. */
export function withNumber(value: JsonValue | undefined, number: number): JsonValue {
  if (!isTree(value)) return number
  return 'minor' in value ? { ...value, minor: number } : { ...value, value: number }
}
