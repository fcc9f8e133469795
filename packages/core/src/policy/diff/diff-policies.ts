import type { JsonValue } from '../../errors/index.ts'
import { parameterAt } from '../clauses.ts'
import type { Policy } from '../schema.ts'
import { keyed, listAt } from './lists.ts'
import { inPlace } from './order.ts'
import { isSame, isTree, isWhole } from './same.ts'
import type { ChangePath, PolicyChange } from './types.ts'

/**
 * Every difference between two policies, in the order of the document, and nothing that is only written in another way: keys, people, roles and dates have
 * no order; money, times and limits are compared as what they mean [GOV-05].
 *
 * @param before e.g. the policy in use.
 * @param after e.g. the version that is proposed.
 * @returns the changes with path, parameter, number and requirement; empty when both say the same. {@link applyPolicyDiff} goes from `before` to `after`.
 * @example
 * ```ts
 * const after = loadPolicy({ ...presets.manufacturerCn, version: '1.1' })
 * diffPolicies(loadPolicy(presets.manufacturerCn), after)
 * // => [{ path: ['version'], parameter: 'version', number: 'GOV-05', clause: 'GOV-05', kind: 'changed', before: '1.0', after: '1.1' }]
 * ```
 */
export function diffPolicies(before: Policy, after: Policy): readonly PolicyChange[] {
  return between(before, after, [])
}

const located = (path: ChangePath): Pick<PolicyChange, 'path' | 'parameter' | 'number' | 'clause'> => {
  const parameter = parameterAt(path)
  return {
    path,
    parameter: parameter?.path ?? path.join('.'),
    number: parameter?.id ?? '',
    clause: parameter?.requirement ?? '',
  }
}

function between(before: JsonValue, after: JsonValue, path: ChangePath): readonly PolicyChange[] {
  const list = listAt(path)
  if (list !== undefined && Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [keyed(before as readonly JsonValue[], list), keyed(after as readonly JsonValue[], list)]
    const staying = list.ordered ? inPlace([...old.keys()], [...now.keys()]) : null
    return [...members(old, now, path, list.ordered), ...(staying === null ? [] : moves(old, now, staying, path))]
  }
  if (isTree(before) && isTree(after) && !(isWhole(before) && isWhole(after)))
    return members(new Map(Object.entries(before)), new Map(Object.entries(after)), path, false)
  return isSame(before, after, path) ? [] : [{ ...located(path), kind: 'changed', before, after }]
}

type Members = ReadonlyMap<string, JsonValue>

function members(before: Members, after: Members, path: ChangePath, ordered: boolean): readonly PolicyChange[] {
  const positions = new Map([...after.keys()].map((key, position) => [key, position]))
  const kept = [...before].flatMap(([key, old]): readonly PolicyChange[] => {
    const at = [...path, key]
    const now = after.get(key)
    return now === undefined ? [{ ...located(at), kind: 'removed', before: old }] : between(old, now, at)
  })
  const added = [...after].flatMap(([key, value]): readonly PolicyChange[] => {
    const position = positions.get(key)
    const where = ordered && position !== undefined ? { position } : {}
    return before.has(key) ? [] : [{ ...located([...path, key]), kind: 'added', after: value, ...where }]
  })
  return [...kept, ...added]
}

function moves(before: Members, after: Members, staying: ReadonlySet<string>, path: ChangePath): readonly PolicyChange[] {
  const [old, now] = [[...before.keys()], [...after.keys()]]
  return old.flatMap((key, position): readonly PolicyChange[] =>
    staying.has(key) || !after.has(key)
      ? []
      : [{ ...located([...path, key]), kind: 'moved', before: position, after: now.indexOf(key) }],
  )
}
