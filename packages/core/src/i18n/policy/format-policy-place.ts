import { placeAt } from '../../policy/index.ts'
import { harmless } from '../harmless.ts'
import type { Locale } from '../locale.ts'

/**
 * The name of a place in a policy: that of its parameter, then the keys inside it [GOV-05].
 *
 * @example
 * ```ts
 * formatPolicyPlace(['tier', 'B', 'amount', 'range', 'to'], 'en')
 * // => 'B: purchase amount from (included) to (excluded) · to'
 * ```
 */
export function formatPolicyPlace(path: readonly string[], locale: Locale): string {
  return placeAt(path)
    .names.map((name) => (typeof name === 'string' ? harmless(name) : name[locale]))
    .join(' · ')
}
