import type { ResolvedDirectory } from './options.ts'
import type { Roster } from './roster.ts'

/**
 * The nearest superior who is active, by the configuration: an escalation to somebody who has left would be heard by nobody. Looked for whether the person is still
 * active or not: what somebody leaves behind has to go up. `null`: nobody above, or nobody active.
 */
export function superiorIn({ superiors }: ResolvedDirectory, { owners, mainTeams }: Roster, person: string): string | null {
  const active = new Set(owners.values())
  const above = (of: string): string | null => {
    const own = superiors.people.get(of)
    if (own !== undefined) return own
    const teams = mainTeams.get(of) ?? []
    // Who leads a team is not above themselves.
    return teams.flatMap((team) => superiors.teams.get(team) ?? []).find((lead) => lead !== of) ?? null
  }
  const met = new Set([person])
  for (let next = above(person); next !== null && !met.has(next); next = above(next)) {
    if (active.has(next)) return next
    met.add(next)
  }
  return null
}
