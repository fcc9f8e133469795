import type { Policy } from '../policy/index.ts'
import type { Directory } from '../ports/index.ts'
import { datedDelegations } from './dated-delegations.ts'

/**
 * The directory written in the policy: people with their roles, superiors and dated delegations. A person whose `accounts` are listed holds the roles
 * only there. Whoever is not listed has no roles.
 *
 * @example
 * ```ts
 * const directory = createStaticDirectory(policy)
 * await directory.rolesOf('u-unknown', {}, at) // => []
 * ```
 */
export function createStaticDirectory(policy: Policy): Directory {
  const people = new Map(Object.entries(policy.directory?.people ?? {}))
  const delegations = datedDelegations(policy.directory?.delegations ?? [], policy.timeZone)
  const holds = (id: string, accountId: string | undefined): readonly string[] => {
    const person = people.get(id)
    if (!person) return []
    return person.accounts === undefined || (accountId !== undefined && person.accounts.includes(accountId)) ? person.roles : []
  }
  const byRole = new Map<string, string[]>()
  for (const [id, person] of [...people].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const role of person.roles) byRole.set(role, [...(byRole.get(role) ?? []), id])
  const directory: Directory = {
    rolesOf: (id, scope) => Promise.resolve(holds(id, scope.accountId)),
    members: (role, scope) => Promise.resolve((byRole.get(role) ?? []).filter((id) => holds(id, scope.accountId).includes(role))),
    delegations: (id, at) => Promise.resolve(delegations.filter((d) => d.to === id && d.since <= at && at < d.until)),
    superiorOf: (id) => Promise.resolve(people.get(id)?.superior ?? null),
  }
  sources.set(directory, policy)
  return directory
}

const sources = new WeakMap<Directory, Policy>()

/** Whether a directory is the one written in that policy: another version of the policy then brings its own. */
export const isWrittenIn = (directory: Directory, policy: Policy): boolean => sources.get(directory) === policy
