import type { Policy } from '@ka-governance/core'
import type { Draw } from './seeded.ts'

/** Who of the policy's directory may act. */
export interface People {
  /** Holders of a role, for an account. */
  holders(role: string, accountId: string): readonly string[]
  /** One of the holders of any of these roles, in order of preference; `null` when there is nobody. */
  one(roles: readonly string[], accountId: string, draw: Draw, except?: readonly (string | null)[]): string | null
  /** Somebody without any of these roles. */
  outsider(roles: readonly string[], accountId: string, draw: Draw): string | null
}

export function peopleOf(policy: Policy): People {
  const people = Object.entries(policy.directory?.people ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const holds = (person: (typeof people)[number][1], role: string, accountId: string): boolean =>
    person.roles.includes(role) && (person.accounts === undefined || person.accounts.includes(accountId))
  const holders = (role: string, accountId: string): readonly string[] =>
    people.filter(([, p]) => holds(p, role, accountId)).map(([id]) => id)
  const pick = (ids: readonly string[], draw: Draw): string | null => ids[draw.int(0, Math.max(1, ids.length))] ?? null
  return {
    holders,
    one(roles, accountId, draw, except = []) {
      for (const role of roles) {
        const free = holders(role, accountId).filter((id) => !except.includes(id))
        if (free.length > 0) return pick(free, draw)
      }
      return null
    },
    outsider: (roles, accountId, draw) =>
      pick(
        people.filter(([, p]) => !roles.some((role) => holds(p, role, accountId))).map(([id]) => id),
        draw,
      ),
  }
}
