import { InvalidInputError, type JsonValue } from '../../errors/index.ts'
import { loadPolicy } from '../load.ts'
import type { Policy } from '../schema.ts'
import { formatPath } from '../source/index.ts'
import { keyed, listAt } from './lists.ts'
import { isSame, isTree } from './same.ts'
import type { ChangePath, PolicyChange } from './types.ts'

/**
 * The policy with changes made, loaded anew: all of a list that {@link diffPolicies} gave, or the part of it that was agreed on.
 *
 * @throws InvalidInputError when a change does not fit the policy (another value stands there by now), or `invalid_policy` when the policy with the
 * changes contradicts itself.
 * @example
 * ```ts
 * const [before, after] = [loadPolicy(presets.manufacturerCn), loadPolicy({ ...presets.manufacturerCn, version: '1.1' })]
 * applyPolicyDiff(before, diffPolicies(before, after)).version // => '1.1'
 * ```
 */
export function applyPolicyDiff(before: Policy, changes: readonly PolicyChange[]): Policy {
  return loadPolicy(applied(before, changes, []))
}

/** The same on bare data, without loading the outcome. */
export function applied(value: JsonValue, changes: readonly PolicyChange[], path: ChangePath): JsonValue {
  if (changes.length === 0) return value
  const list = listAt(path)
  if (list !== undefined && Array.isArray(value)) {
    const items = keyed(value as readonly JsonValue[], list)
    return list.ordered ? ordered(items, changes, path) : [...members(items, changes, path).values()]
  }
  if (isTree(value)) return Object.fromEntries(members(new Map(Object.entries(value)), changes, path))
  throw misfit(path)
}

type Members = ReadonlyMap<string, JsonValue>

function members(before: Members, changes: readonly PolicyChange[], path: ChangePath): Members {
  const after = new Map(before)
  for (const [key, inside] of byKey(changes, path.length)) {
    const at = [...path, key]
    const old = before.get(key)
    const own = inside.find((change) => change.path.length === at.length && change.kind !== 'moved')
    if (own === undefined) {
      const deeper = inside.filter((change) => change.path.length > at.length)
      if (old === undefined || (deeper.length < inside.length && listAt(path)?.ordered !== true)) throw misfit(at)
      after.set(key, applied(old, deeper, at))
    } else if (inside.length > 1) throw misfit(at)
    else if (own.kind === 'added') {
      if (old !== undefined) throw misfit(at)
      after.set(key, own.after)
    } else if (old === undefined || !('before' in own) || !isSame(old, own.before, at)) throw misfit(at)
    else if (own.kind === 'changed') after.set(key, own.after)
    else after.delete(key)
  }
  return after
}

/** New and moved items stand at their positions; the others fill the gaps in the order that they had. */
function ordered(before: Members, changes: readonly PolicyChange[], path: ChangePath): JsonValue {
  const after = members(before, changes, path)
  const places = new Map<number, string>()
  for (const change of changes) {
    const [key = ''] = change.path.slice(path.length)
    if (change.path.length !== path.length + 1) continue
    const position = change.kind === 'moved' ? change.after : change.kind === 'added' ? change.position : undefined
    if (position === undefined) continue
    if (change.kind === 'moved' && [...before.keys()][change.before] !== key) throw misfit(change.path)
    if (!after.has(key) || places.has(position) || position < 0 || position >= after.size) throw misfit(change.path)
    places.set(position, key)
  }
  const placed = new Set(places.values())
  const others = [...after.keys()].filter((key) => !placed.has(key))
  return Array.from({ length: after.size }, (_, position) => after.get(places.get(position) ?? others.shift() ?? '') ?? null)
}

function byKey(changes: readonly PolicyChange[], depth: number): ReadonlyMap<string, readonly PolicyChange[]> {
  const groups = new Map<string, readonly PolicyChange[]>()
  for (const change of changes) {
    const key = change.path[depth]
    if (key === undefined) throw misfit(change.path)
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return groups
}

const misfit = (path: ChangePath): InvalidInputError =>
  new InvalidInputError('policy change', [
    {
      path: formatPath(path),
      code: 'value',
      message: 'the change does not fit what stands there',
      remedy: 'compare with the policy as it is now',
    },
  ])
