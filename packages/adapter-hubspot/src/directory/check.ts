import { StoreError, unmappedRoles, type Finding } from '@ka-governance/core'
import type { HubSpotClient } from '../client.ts'
import { recordId } from '../schema.ts'
import { accountProperties, type ResolvedDirectory } from './options.ts'
import { loadRoster } from './roster.ts'

/** What stands between a portal and the configuration of its directory. */
export async function checkDirectory(
  client: HubSpotClient,
  directory: ResolvedDirectory,
  policyRoles: readonly string[],
): Promise<readonly Finding[]> {
  const unmapped = unmappedRoles(policyRoles, directory.roles)
  const [properties, people] = [
    await readable('accounts', () => propertyFindings(client, directory)),
    await readable('people', () => peopleFindings(client, directory)),
  ]
  return [...properties, ...people, ...unmapped]
}

/** A right that is missing is a finding among the others; what is no answer of the portal's is thrown. */
async function readable(path: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'forbidden') throw error
    return [
      { path, code: 'forbidden', message: error.message, remedy: error.actions[0] ?? 'give the app the right to read them' },
    ]
  }
}

interface Defined {
  readonly type?: unknown
  readonly hasUniqueValue?: unknown
  readonly referencedObjectType?: unknown
}

async function propertyFindings(client: HubSpotClient, directory: ResolvedDirectory): Promise<readonly Finding[]> {
  const owners = accountProperties(directory)
  const { type, id } = directory.accounts
  if (owners.length === 0) return []
  const wanted = [
    ...(id === recordId ? [] : [{ path: 'accounts.id', property: id, is: 'unique' as const }]),
    ...owners.map((each) => ({ ...each, is: 'owner' as const })),
  ]
  const defined = new Map<string, Defined | null>()
  for (const { property } of wanted)
    if (!defined.has(property))
      defined.set(
        property,
        (await client.get(`/crm/properties/{version}/${encodeURIComponent(type)}/${property}`)) as Defined | null,
      )
  return wanted.flatMap(({ path, property, is }): readonly Finding[] => {
    const found = defined.get(property) ?? null
    if (found === null)
      return [
        {
          path,
          code: 'missing',
          message: `${type} have no property ${property}, or this app may not see it`,
          remedy: 'correct the name, or give the app the right to read it',
        },
      ]
    if (is === 'unique' && found.hasUniqueValue !== true)
      return [
        {
          path,
          code: 'not_unique',
          message: `several ${type} may have one ${property}`,
          remedy: 'name a property with unique values, or hs_object_id',
        },
      ]
    // HubSpot does not say of every property of its own what it refers to.
    if (is === 'owner' && found.referencedObjectType !== 'OWNER' && !property.startsWith('hubspot_owner'))
      return [
        { path, code: 'not_a_user', message: `${property} holds no users`, remedy: 'name a property of the type HubSpot user' },
      ]
    return []
  })
}

async function peopleFindings(client: HubSpotClient, directory: ResolvedDirectory): Promise<readonly Finding[]> {
  const roster = await loadRoster(client, directory)
  const active = new Set(roster.owners.values())
  const nobody = directory.roles
    .filter(({ role, sources }) => {
      const perAccount = sources.some((source) => 'accountProperty' in source)
      return !perAccount && (roster.unknown.get(role) ?? []).length === 0 && (roster.roles.get(role)?.size ?? 0) === 0
    })
    .map(({ role }) => ({
      path: `roles.${role}`,
      code: 'nobody',
      message: 'no active user holds the role',
      remedy: 'give it to somebody, or change its source',
      severity: 'warning' as const,
    }))
  const inactive = namedPeople(directory)
    .filter(({ person }) => !active.has(person))
    .map(({ path, person }) => ({
      path,
      code: 'inactive',
      message: `${JSON.stringify(person.slice(0, 80))} is no ${directory.personId} of an active user`,
      remedy: 'correct the id, or take the person out',
      severity: 'warning' as const,
    }))
  return [...[...roster.unknown.values()].flat(), ...roster.findings, ...nobody, ...inactive]
}

/** Everybody whom the configuration names, with the place. */
function namedPeople({
  roles,
  superiors,
  delegations,
}: ResolvedDirectory): readonly { readonly path: string; readonly person: string }[] {
  return [
    ...roles.flatMap(({ role, sources }) =>
      sources.flatMap((source, k) =>
        'people' in source ? source.people.map((person) => ({ path: `roles.${role}.${String(k)}`, person })) : [],
      ),
    ),
    ...[...superiors.people].map(([of, person]) => ({ path: `superiors.people.${of.slice(0, 80)}`, person })),
    ...[...superiors.teams].map(([team, person]) => ({ path: `superiors.teams.${team}`, person })),
    ...delegations.flatMap(({ from, to }, k) => [from, to].map((person) => ({ path: `delegations.${String(k)}`, person }))),
  ]
}
