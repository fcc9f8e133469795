import type { JsonValue, Refusal, Remedy } from '../errors/index.ts'
import type { Catalogue } from './catalogue.ts'
import { createWords } from './create-words.ts'
import { ownText } from './format-finding.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import type { FormatOptions, Words } from './words.ts'

/**
 * A refusal as a person reads it: the rule, the requirement's id and the policy's parameter in brackets, what is required and what is, and what would
 * help. Total: codes, rules and names that this version does not know are shown verbatim; values that others wrote are made harmless.
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * const refusal: Refusal = {
 *   code: 'field_missing', rule: 'mayCompleteAfterRework', clause: 'CPL-11',
 *   required: 'reworkResult', actual: null, remedy: { kind: 'send', command: 'reportRework' },
 * }
 * formatRefusal(refusal, 'zh-CN') // => '返工须有结果，方可处理完成[CPL-11]：缺少“返工结果”。下一步：“返工结果反馈”。'
 * ```
 */
export function formatRefusal(refusal: Refusal, locale: Locale, options: FormatOptions = {}): string {
  const texts = textOf(locale)
  const words = createWords(locale, options)
  return texts.grammar.refusal({
    rule: lookUp(texts.rules, refusal.rule) ?? harmless(refusal.rule),
    source: sourceOf(refusal),
    what: whatIsWrong(texts, inOwnWords(refusal, locale), words),
    remedy: refusal.remedy === undefined ? null : remedyText(texts, refusal.remedy, words),
  })
}

/** Requirement and parameter, as ids. Rules of the SDK's own making (`architecture 8`) have no requirement to show. */
function sourceOf({ clause, parameter }: Refusal): string {
  const ids = /^architecture\b/.test(clause) ? [] : [harmless(clause, 40)]
  return [...ids, ...(parameter === undefined ? [] : [harmless(parameter, 60)])].filter((id) => id !== '').join(', ')
}

/** The finding behind a refusal of a policy, with what the language makes of its data in place of the English words. */
function inOwnWords(refusal: Refusal, locale: Locale): Refusal {
  const { code, actual } = refusal
  if (code !== 'policy_invalid' || locale === 'en' || typeof actual !== 'object' || actual === null || Array.isArray(actual))
    return refusal
  const given = actual as { readonly [name: string]: JsonValue }
  const own = ownText(given, locale)
  return own === null ? refusal : { ...refusal, actual: { ...given, own } }
}

function whatIsWrong(texts: Catalogue, refusal: Refusal, words: Words): string {
  // A refusal from a journal can be of a newer version.
  if (Object.hasOwn(texts.refusals, refusal.code)) return texts.refusals[refusal.code](refusal, words)
  const { code, required, actual } = refusal
  return texts.grammar.pair(harmless(code), `${words.value(required)} ≠ ${words.value(actual)}`)
}

function remedyText(texts: Catalogue, remedy: Remedy, words: Words): string | null {
  if (!Object.hasOwn(texts.remedies, remedy.kind)) return null
  const text = texts.remedies[remedy.kind] as (remedy: Remedy, words: Words) => string
  return text(remedy, words)
}
