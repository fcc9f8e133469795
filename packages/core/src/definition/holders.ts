import type { Failure } from '../rules/index.ts'
import type { Facts } from './define-workflow.ts'

/** The refusal of somebody who holds none of the roles for this account: it names who does; `parameter` is the policy's that names the role [SVC-01]. */
export function refuseUnlessHolder(
  { holders }: Facts,
  roles: readonly string[],
  person: string,
  { field, parameter }: { readonly field: string; readonly parameter: string },
): Failure | null {
  const people = [...new Set(roles.flatMap((role) => holders?.[role] ?? []))]
  if (people.includes(person)) return null
  const [first] = people
  return {
    code: 'value_not_allowed',
    parameter,
    required: people,
    actual: person,
    remedy: first === undefined ? { kind: 'ask', roles } : { kind: 'change', field, to: first },
  }
}
