import { createWords } from './create-words.ts'
import type { Locale } from './locale.ts'

/**
 * The name of a form field, for labels and tables. Some fields mean another thing in another command (`to` is a tier, or the person who takes a vote over).
 *
 * @param field name, or path inside the form such as `prevention.owner`.
 * @example
 * ```ts
 * formatFieldName('to', 'zh-CN') // => '调整后级别'
 * ```
 * @example
 * ```ts
 * formatFieldName('to', 'zh-CN', 'transferVote') // => '转办对象'
 * ```
 */
export function formatFieldName(field: string, locale: Locale, command?: string): string {
  return createWords(locale, {}, false).field(field, command)
}
