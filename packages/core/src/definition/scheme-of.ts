import type { Approval } from '../approvals/index.ts'
import type { Policy } from '../policy/index.ts'
import { canonicalJson } from '../rules/index.ts'
import type { SchemeName } from './define-workflow.ts'

const isScheme = (name: string, { approval }: Policy): name is SchemeName => Object.hasOwn(approval, name)

/**
 * The schemes of its policy by which an approval may have been opened. One, where it has kept the name [decisions: approvals]; of an approval from before names were
 * kept, all that say what it says: several may, and then that of its own name tells them apart.
 */
export function schemesOf(name: string, { scheme, schemeName }: Approval, from: Policy): readonly SchemeName[] {
  if (schemeName !== undefined) return isScheme(schemeName, from) ? [schemeName] : []
  const opened = canonicalJson(scheme)
  const alike = (Object.keys(from.approval) as SchemeName[]).filter((one) => canonicalJson(from.approval[one]) === opened)
  const named = alike.filter((one) => one === name)
  return named.length > 0 ? named : alike
}
