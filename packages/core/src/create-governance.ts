import { formatInboundVerdict, formatOptionsOf, localeOf } from './i18n/index.ts'
import { governanceOf, type Governance, type GovernanceOptions } from './runtime/index.ts'

/**
 * Puts a store, a policy and a directory together.
 *
 * @throws InvalidInputError `invalid_policy` when given a document instead of a loaded policy.
 * @example
 * ```ts
 * const governance = createGovernance({ store: createMemoryStore(), policy: loadPolicy(presets.manufacturerCn) })
 * const result = await governance.complaint.send('cmp-1', { type: 'forward', department: 'product' }, { actor: 'u-huang' })
 * if (!result.ok) console.log(result.refusals.map((r) => formatRefusal(r, 'zh-CN')))
 * ```
 */
export function createGovernance(options: GovernanceOptions): Governance {
  return governanceOf(options, (verdict, { locale, otherwise, policy }) =>
    formatInboundVerdict(verdict, localeOf(locale, otherwise), formatOptionsOf(policy)),
  )
}
