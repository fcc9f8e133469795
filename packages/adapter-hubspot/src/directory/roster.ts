import type { Finding } from '@ka-governance/core'
import type { HubSpotClient } from '../client.ts'
import { readOwners, type Owner, type Team } from './owners.ts'
import type { ResolvedDirectory, RoleSource } from './options.ts'

/** Who is there, and who holds which role everywhere, as the portal has it now. */
export interface Roster {
  /** By role: the people. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>
  /** By the id that records hold: the person. */
  readonly owners: ReadonlyMap<string, string>
  /** Main teams by person. */
  readonly mainTeams: ReadonlyMap<string, readonly string[]>
  /** Ids that several users share: nobody can tell them apart. */
  readonly shared: ReadonlySet<string>
  /** What the configuration names and the portal does not show, by role: where there is any, nobody knows all who hold it. */
  readonly unknown: ReadonlyMap<string, readonly Finding[]>
  readonly findings: readonly Finding[]
}

/** Reads everybody who is active, 500 a call: whatever the number of roles. */
export async function loadRoster(client: HubSpotClient, { roles, personId }: ResolvedDirectory): Promise<Roster> {
  const owners = await readOwners(client, personId)
  const known = owners.filter((owner): owner is Owner & { readonly person: string } => owner.person !== null)
  const people = new Set(known.map(({ person }) => person))
  const counted = Map.groupBy(known, ({ person }) => person)
  const names = namesOf(known.flatMap(({ teams }) => teams))
  const holders = (source: RoleSource): readonly string[] => {
    if ('people' in source) return source.people.filter((person) => people.has(person))
    if ('accountProperty' in source) return []
    const isIt = ({ id, primary }: Team): boolean => (source.primary !== true || primary) && teamIds(names, source).has(id)
    return known.filter(({ teams }) => teams.some(isIt)).map(({ person }) => person)
  }
  return {
    roles: new Map(roles.map(({ role, sources }) => [role, new Set(sources.flatMap(holders))])),
    owners: new Map(known.map(({ id, person }) => [id, person])),
    mainTeams: new Map(known.map(({ person, teams }) => [person, teams.filter((team) => team.primary).map(({ id }) => id)])),
    shared: new Set([...counted].flatMap(([person, { length }]) => (length > 1 ? [person] : []))),
    unknown: new Map(
      roles.map(({ role, sources }) => [
        role,
        sources.flatMap((source, k) => teamFindings(names, source, `roles.${role}.${String(k)}`)),
      ]),
    ),
    findings: [
      ...owners.flatMap(({ id, person }) => (person === null ? [nameless(id, personId)] : [])),
      ...[...counted].flatMap(([person, list]) => (list.length > 1 ? [sharedBy(person, list, personId)] : [])),
    ],
  }
}

/** Ids of teams by their names: two teams may have one. */
type TeamNames = { readonly ids: ReadonlySet<string>; readonly byName: ReadonlyMap<string, ReadonlySet<string>> }

function namesOf(teams: readonly Team[]): TeamNames {
  const byName = new Map<string, Set<string>>()
  for (const { id, name } of teams) byName.set(name, (byName.get(name) ?? new Set()).add(id))
  return { ids: new Set(teams.map(({ id }) => id)), byName }
}

function teamIds({ ids, byName }: TeamNames, source: RoleSource): ReadonlySet<string> {
  if ('teamId' in source) return new Set(ids.has(source.teamId) ? [source.teamId] : [])
  return ('team' in source ? byName.get(source.team) : undefined) ?? new Set()
}

/** The portal shows a team by its members alone: one that nobody is in looks like one that is not there, or is called otherwise by now. */
function teamFindings(names: TeamNames, source: RoleSource, path: string): readonly Finding[] {
  if (!('team' in source) && !('teamId' in source)) return []
  const team = 'team' in source ? source.team : source.teamId
  const { size } = teamIds(names, source)
  if (size === 1) return []
  return size === 0
    ? [
        {
          path,
          code: 'missing',
          message: `no active user is in a team ${JSON.stringify(team.slice(0, 80))}`,
          remedy: 'correct the name, put somebody into the team, or take the source out',
        },
      ]
    : [
        {
          path,
          code: 'ambiguous',
          message: `${String(size)} teams are called ${JSON.stringify(team.slice(0, 80))}`,
          remedy: 'name the one that is meant by its teamId',
        },
      ]
}

const nameless = (ownerId: string, personId: string): Finding => ({
  path: `people.${ownerId}`,
  code: 'no_id',
  message: `the owner has no ${personId}, and so no role`,
  remedy: 'use another id for people, or make the owner a user of the portal',
  severity: 'warning',
})

const sharedBy = (person: string, owners: readonly Owner[], personId: string): Finding => ({
  path: `people.${person.slice(0, 80)}`,
  code: 'shared_id',
  message: `${String(owners.length)} owners have this ${personId}: ${owners.map(({ id }) => id).join(', ')}`,
  remedy: `give each user a ${personId} of their own, or use another id for people`,
  severity: 'warning',
})
