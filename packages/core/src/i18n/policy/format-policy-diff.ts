import type { JsonValue } from '../../errors/index.ts'
import type { Policy, PolicyChange } from '../../policy/index.ts'
import { formatNumber } from '../amounts.ts'
import type { Locale } from '../locale.ts'
import { textOf } from '../text-of.ts'
import { partOf } from '../words.ts'
import { formatPolicyPlace } from './format-policy-place.ts'
import { policyValues } from './policy-value.ts'

interface DiffTexts {
  readonly noChanges: string
  readonly added: (value: string) => string
  readonly removed: (value: string) => string
  readonly moved: (before: string, after: string) => string
}

const diffTexts: { readonly [L in Locale]: DiffTexts } = {
  en: {
    noChanges: 'Nothing has changed.',
    added: (value) => `new: ${value}`,
    removed: (value) => `no longer: ${value}`,
    moved: (before, after) => `from position ${before} to position ${after}`,
  },
  'zh-CN': {
    noChanges: '没有变化。',
    added: (value) => `新增：${value}`,
    removed: (value) => `删除：${value}`,
    moved: (before, after) => `由第${before}位调整至第${after}位`,
  },
}

/** What may differ between two formattings of a diff. */
export interface FormatPolicyDiffOptions {
  /** The policy whose names of departments, severities and reasons are used: the one before or the one after. */
  readonly policy: Policy
}

/**
 * The differences of two policies as lines: number, name of the parameter, the value before and after in words; for money also by how much [GOV-05].
 *
 * @throws InvalidInputError when the language does not exist.
 * @example
 * ```ts
 * const before = loadPolicy(presets.manufacturerCn)
 * const after = loadPolicy({ ...presets.manufacturerCn, growth: { ...presets.manufacturerCn.growth, minChange: 'CNY 40,000' } })
 * formatPolicyDiff(diffPolicies(before, after), 'en', { policy: after })
 * // => ['I-29 · Smaller changes of the amount are ignored: CNY 50,000 → CNY 40,000 (−20 %)']
 * ```
 */
export function formatPolicyDiff(
  changes: readonly PolicyChange[],
  locale: Locale,
  { policy }: FormatPolicyDiffOptions,
): readonly string[] {
  const { grammar } = textOf(locale)
  const texts = diffTexts[locale]
  const value = policyValues(policy, locale)
  const said = (change: PolicyChange): string => {
    const { path } = change
    switch (change.kind) {
      case 'changed':
        return `${value(path, change.before)} → ${value(path, change.after)}${share(change.before, change.after, grammar.remark)}`
      case 'added':
        return texts.added(value(path, change.after))
      case 'removed':
        return texts.removed(value(path, change.before))
      case 'moved':
        return texts.moved(String(change.before + 1), String(change.after + 1))
    }
  }
  if (changes.length === 0) return [texts.noChanges]
  return changes.map((change) => `${change.number} · ${grammar.pair(formatPolicyPlace(change.path, locale), said(change))}`)
}

/** By how much money moved, in percent of what it was. */
function share(before: JsonValue, after: JsonValue, remark: (text: string) => string): string {
  const [old, now] = [partOf(before, 'minor'), partOf(after, 'minor')]
  const same = partOf(before, 'currency') === partOf(after, 'currency')
  if (typeof old !== 'number' || typeof now !== 'number' || old === 0 || !same) return ''
  const percent = Math.round((Math.abs(now - old) / old) * 1000) / 10
  return remark(`${now < old ? '−' : '+'}${formatNumber(percent)} %`)
}
