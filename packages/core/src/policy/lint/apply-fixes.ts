import type { FindingFix, JsonValue } from '../../errors/index.ts'
import { parsePath } from '../source/index.ts'

type Tree = { [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/**
 * A document with the changes of one or more findings made: what a person would do who follows the remedies. The document itself stays as it is. A place whose
 * surroundings are missing is made; what a change would remove and is not there is left.
 *
 * @param document plain data, as a policy is written.
 * @example
 * ```ts
 * const { findings } = checkPolicy({ ...presets.manufacturerCn, capacity: { maxKaPerManager: 8, tiers: { A: 0, B: 160, C: null, D: null } } })
 * findings[0]?.fix // => [{ path: 'capacity.tiers.A', value: null }]
 * ```
 */
export function applyFixes(document: JsonValue, fixes: readonly FindingFix[]): JsonValue {
  const copy = JSON.parse(JSON.stringify(document)) as JsonValue
  for (const fix of fixes) {
    const parts = parsePath(fix.path).map(String)
    const last = parts.pop()
    if (last === undefined || last === '__proto__' || !isTree(copy)) continue
    const parent = parts.reduce<Tree | null>((at, part) => {
      if (at === null) return null
      if (!Object.hasOwn(at, part) && !('remove' in fix)) at[part] = {}
      const next = Object.hasOwn(at, part) ? at[part] : null
      return isTree(next) ? next : null
    }, copy)
    if (parent === null) continue
    if ('remove' in fix) Reflect.deleteProperty(parent, last)
    else parent[last] = JSON.parse(JSON.stringify(fix.value))
  }
  return copy
}
