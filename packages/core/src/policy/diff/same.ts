import type { JsonValue } from '../../errors/index.ts'
import { canonicalJson } from '../../rules/index.ts'
import { hours, isAt } from './lists.ts'

export type Tree = { readonly [key: string]: JsonValue }

export const isTree = (value: JsonValue | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const is = (value: Tree, ...keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key) && !isTree(value[key]))

/** A value that is read as a whole: money, an amount of time, a limit, a name in both languages. */
export const isWhole = (value: JsonValue): boolean =>
  !isTree(value) ||
  is(value, 'currency', 'minor') ||
  is(value, 'amount', 'unit') ||
  is(value, 'op', 'value') ||
  (isTree(value['money']) && is({ ...value, money: '' }, 'op', 'money')) ||
  is(value, 'en', 'zh-CN')

/** What a value means, however it is written. */
const meaning = (value: JsonValue, path: readonly string[]): string => {
  if (Array.isArray(value) && hours.some((place) => isAt(place, path)))
    return canonicalJson([...(value as readonly JsonValue[])].map((one) => canonicalJson(one)).sort())
  if (typeof value === 'string' && isAt('calendars.*.holidays.*', path)) return canonicalJson({ date: value })
  return canonicalJson(value)
}

/** True when two values of the same place mean the same. */
export const isSame = (before: JsonValue, after: JsonValue, path: readonly string[]): boolean =>
  meaning(before, path) === meaning(after, path)
