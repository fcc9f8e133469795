import { placeAt } from '../../policy/index.ts'
import { harmless } from '../harmless.ts'
import type { Locale } from '../locale.ts'

/**
 * The name of a place in a policy: that of its parameter, then the keys that the policy chose on the way to it, then those inside it [GOV-05].
 *
 * @example
 * ```ts
 * formatPolicyPlace(['tier', 'B', 'amount', 'range', 'to'], 'en')
 * // => 'B: purchase amount from (included) to (excluded) · to'
 * ```
 */
export function formatPolicyPlace(path: readonly string[], locale: Locale): string {
  const { parameter, names } = placeAt(path)
  const [first, ...inner] = names.map((name) => (typeof name === 'string' ? harmless(name) : name[locale]))
  const chosen = (parameter?.path.split('.') ?? []).flatMap((key, i) => (key === '*' ? harmless(path[i] ?? '') : []))
  return [first ?? '', ...chosen, ...inner].join(' · ')
}
