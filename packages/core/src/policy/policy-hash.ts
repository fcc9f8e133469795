import { canonicalJson } from '../rules/index.ts'
import type { Policy, PolicyPin } from './schema.ts'

/**
 * The pin that instances and journal entries carry: a policy's id, version, and the hash of what it says. Two documents that load to the
 * same policy, however they are written, have the same hash.
 *
 * @param sha256 The host's hash function: UTF-8 text in, lower-case hex out.
 * @example
 * ```ts
 * const { id, version } = pinOf(policy, sha256)
 * id // => 'manufacturer-cn'
 * version // => '1.0'
 * ```
 */
export function pinOf(policy: Policy, sha256: (text: string) => string): PolicyPin {
  return { id: policy.id, version: policy.version, hash: sha256(canonicalJson(policy)) }
}
