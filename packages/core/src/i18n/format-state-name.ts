import { createWords } from './create-words.ts'
import type { Locale } from './locale.ts'

/**
 * The name of a state of a workflow or ledger, for tables and diagrams. A name that nobody knows is shown as it is, made harmless.
 *
 * @param kind workflow or ledger, since some share the name of a state for different things.
 * @example
 * ```ts
 * formatStateName('handling', 'zh-CN', 'complaint') // => '处理中'
 * ```
 */
export function formatStateName(state: string, locale: Locale, kind?: string): string {
  return createWords(locale, kind === undefined ? {} : { kind }, false).state(state)
}
