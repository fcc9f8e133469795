import type { JsonValue } from '../../errors/index.ts'
import { parameterAt, type Policy } from '../../policy/index.ts'
import type { Locale } from '../locale.ts'
import { textOf } from '../text-of.ts'
import { partOf } from '../words.ts'
import { documentTexts } from './document-texts.ts'
import type { PolicySources } from './policy-document.ts'
import type { PolicyValue } from './policy-value.ts'

/** Reads values of one policy in words, and remembers which parameters they belong to. */
export interface PolicyReader {
  /** A value by its path; a limit that is switched off says so. */
  readonly say: (path: readonly string[]) => string
  /** The value as it is, without words; remembered as well. */
  readonly get: (path: readonly string[]) => JsonValue
  /** A value in the words of a place; not remembered. */
  readonly show: (path: readonly string[], value: JsonValue) => string
  /** What was read so far. */
  readonly sources: () => PolicySources
}

/** A reader for one paragraph or table; `value` is what all of them share, see {@link policyValues}. */
export function policyReader(policy: Policy, locale: Locale, value: PolicyValue): PolicyReader {
  const used = new Set<string>()
  const { grammar } = textOf(locale)
  const { words } = documentTexts[locale]
  const get = (path: readonly string[]): JsonValue => {
    const parameter = parameterAt(path)
    if (parameter !== undefined) used.add(parameter.path)
    return path.reduce<JsonValue>((at, key) => partOf(at, key), policy)
  }
  const say = (path: readonly string[]): string => {
    const found = get(path)
    if (found === null) return nothingAt(path) ? words.none : words.noLimit
    const things = labelsOf(found)
    if (things === null) return value(path, found)
    return things.length === 0 ? words.none : grammar.all(things.map((label) => value(path, label)))
  }
  const sources = (): PolicySources => {
    const all = [...used].flatMap((path) => parameterAt(path.split('.')) ?? [])
    return {
      parameters: all.map(({ path }) => path),
      numbers: [...new Set(all.map(({ id }) => id))],
      clauses: [...new Set(all.map(({ requirement }) => requirement))],
    }
  }
  return { say, get, show: value, sources }
}

/** Where no value means that there is none, not that there is no limit. */
const nothingAt = (path: readonly string[]): boolean => ['aboveA', 'quantityUnit', 'inspection'].some((key) => path.includes(key))

const isLabel = (value: JsonValue): boolean =>
  typeof partOf(value, 'en') === 'string' && typeof partOf(value, 'zh-CN') === 'string'

/** The names of things that a policy lists, by id or in their order; null where the value is no such list. */
function labelsOf(value: JsonValue): readonly JsonValue[] | null {
  if (typeof value !== 'object' || value === null || isLabel(value)) return null
  const items = (Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values(value)).map((item) =>
    isLabel(item ?? null) ? (item ?? null) : partOf(item ?? null, 'label'),
  )
  return items.every(isLabel) ? items : null
}
