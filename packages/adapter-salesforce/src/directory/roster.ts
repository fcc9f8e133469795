import type { Finding } from '@ka-governance/core'
import type { Row, SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'
import { readGroups } from './groups.ts'
import { createHierarchy, type Hierarchy } from './hierarchy.ts'
import type { ResolvedDirectory, RoleSource } from './options.ts'
import { instantOf, parts, put, rowsOf, text, valueAt } from './rows.ts'
import { createUsers, userQueries, type Users } from './users.ts'

/** Who holds which role everywhere, as the org has it now. */
export interface Roster {
  /** By role, person and until when: an instant, or `null` without end. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, number | null>>
  /** Ids that several users share: nobody can tell them apart. */
  readonly shared: ReadonlySet<string>
  /** What the org lacks, or has in a form that cannot be followed: where one is no warning, nobody knows who holds the role. */
  readonly findings: readonly Finding[]
}

interface Holder {
  readonly userId: string
  readonly until: number | null
}

/**
 * Reads all sources together, whatever their number: one call for the names, one for who is assigned, and with groups one for each level of nesting and one
 * for the users in them.
 */
export async function loadRoster(client: SalesforceClient, { roles, personId }: ResolvedDirectory): Promise<Roster> {
  const sources = roles.flatMap((each) => each.sources)
  if (sources.length === 0) return { roles: new Map(), shared: new Set(), findings: [] }
  const names = await readNames(client, sources)
  const missing = roles.flatMap(({ role, sources: own }) => own.flatMap((source, k) => missingName(names, source, role, k)))
  const users = createUsers(personId)
  const assigned = await readAssigned(client, { names, sources, users, personId })
  const tops = [...names.ids].flatMap(([key, id]) => (/^(?:public group|queue):/.test(key) ? [id] : []))
  const groups = tops.length === 0 ? null : await readGroups(client, tops, { hierarchy: names.hierarchy, users, personId })

  const holders = (source: RoleSource): readonly Holder[] => {
    if ('people' in source) return forEver(source.people.flatMap((person) => users.withPerson(person)))
    const id = idOf(names, source)
    if (id === undefined) return []
    if ('userRole' in source) return forEver(rolesOf(names.hierarchy, source, id).flatMap((role) => users.inRole(role)))
    if ('group' in source || 'queue' in source) return forEver([...(groups?.members.get(id) ?? [])])
    return [id, ...(names.groupsWith.get(id) ?? [])].flatMap((each) => assigned.get(each) ?? [])
  }
  return {
    roles: new Map(roles.map(({ role, sources: own }) => [role, peopleOf(own.flatMap(holders), users)])),
    shared: users.shared(),
    findings: [...missing, ...(groups?.findings ?? []), ...users.findings()],
  }
}

const forEver = (ids: readonly string[]): readonly Holder[] => ids.map((userId) => ({ userId, until: null }))

/** Of several assignments of one person the longest holds. */
function peopleOf(holders: readonly Holder[], users: Users): ReadonlyMap<string, number | null> {
  const people = new Map<string, number | null>()
  for (const { userId, until } of holders) {
    const person = users.person(userId)
    if (person === null) continue
    const known = people.get(person)
    people.set(person, known === undefined ? until : known === null || until === null ? null : Math.max(known, until))
  }
  return people
}

interface Names {
  /** By kind and name in small letters (names are unique without regard to case): the record's id. */
  readonly ids: ReadonlyMap<string, string>
  /** Permission set groups that contain a permission set. */
  readonly groupsWith: ReadonlyMap<string, readonly string[]>
  readonly hierarchy: Hierarchy
}

/** A source that the org knows by a name. */
function named(source: RoleSource): readonly [kind: string, name: string] | null {
  if ('permissionSet' in source) return ['permission set', source.permissionSet]
  if ('permissionSetGroup' in source) return ['permission set group', source.permissionSetGroup]
  if ('group' in source) return ['public group', source.group]
  if ('queue' in source) return ['queue', source.queue]
  if ('userRole' in source) return ['role', source.userRole]
  return null
}

const keyOf = (kind: string, name: string): string => `${kind}:${name.toLowerCase()}`

function idOf({ ids, hierarchy }: Names, source: RoleSource): string | undefined {
  if ('userRole' in source) return hierarchy.ids.get(source.userRole.toLowerCase())
  const wanted = named(source)
  return wanted === null ? undefined : ids.get(keyOf(...wanted))
}

function missingName(names: Names, source: RoleSource, role: string, k: number): readonly Finding[] {
  const wanted = named(source)
  if (wanted === null || idOf(names, source) !== undefined) return []
  return [
    {
      path: `roles.${role}.${String(k)}`,
      code: 'missing',
      message: `the org has no ${wanted[0]} ${wanted[1]}, or this user may not see it`,
      remedy: 'correct the API name, or give the integration user the right to view setup',
    },
  ]
}

const rolesOf = (hierarchy: Hierarchy, source: { readonly subordinates?: boolean }, id: string): readonly string[] =>
  source.subordinates === true ? hierarchy.below(id) : [id]

async function readNames(client: SalesforceClient, sources: readonly RoleSource[]): Promise<Names> {
  const wanted = sources.map(named).filter((each) => each !== null)
  const namesOf = (...kinds: readonly string[]): readonly string[] => [
    ...new Set(wanted.filter(([kind]) => kinds.includes(kind)).map(([, name]) => name)),
  ]
  const [sets, setGroups, groups] = [namesOf('permission set'), namesOf('permission set group'), namesOf('public group', 'queue')]
  const needsTree = groups.length > 0 || namesOf('role').length > 0
  const [setRows = [], setGroupRows = [], components = [], groupRows = [], tree = []] = await rowsOf(client, [
    sets.length > 0 && soql`SELECT Id, Name FROM PermissionSet WHERE Name IN ${sets}`,
    setGroups.length > 0 && soql`SELECT Id, DeveloperName FROM PermissionSetGroup WHERE DeveloperName IN ${setGroups}`,
    sets.length > 0 &&
      soql`SELECT PermissionSetId, PermissionSetGroupId FROM PermissionSetGroupComponent WHERE PermissionSet.Name IN ${sets}`,
    groups.length > 0 &&
      soql`SELECT Id, DeveloperName, Type FROM Group WHERE DeveloperName IN ${groups} AND Type IN ${['Regular', 'Queue']}`,
    needsTree && 'SELECT Id, DeveloperName, ParentRoleId, PortalType FROM UserRole',
  ])
  const kindOf = (row: Row): string => (row['Type'] === 'Queue' ? 'queue' : 'public group')
  const groupsWith = new Map<string, string[]>()
  for (const row of components) put(groupsWith, text(row, 'PermissionSetId'), text(row, 'PermissionSetGroupId'))
  const asked = new Set(wanted.map((each) => keyOf(...each)))
  return {
    ids: new Map(
      [
        ...setRows.map((row) => [keyOf('permission set', text(row, 'Name')), text(row, 'Id')] as const),
        ...setGroupRows.map((row) => [keyOf('permission set group', text(row, 'DeveloperName')), text(row, 'Id')] as const),
        ...groupRows.map((row) => [keyOf(kindOf(row), text(row, 'DeveloperName')), text(row, 'Id')] as const),
        // A public group and a queue may have one name, and only one of them was asked for.
      ].filter(([key]) => asked.has(key)),
    ),
    groupsWith,
    hierarchy: createHierarchy(tree),
  }
}

/** Who is assigned to permission sets and their groups, by the set's or group's id; users of roles and people named by id come along. */
async function readAssigned(
  client: SalesforceClient,
  {
    names,
    sources,
    users,
    personId,
  }: { readonly names: Names; readonly sources: readonly RoleSource[]; readonly users: Users; readonly personId: string },
): Promise<ReadonlyMap<string, readonly Holder[]>> {
  const idsOf = (kind: string): readonly string[] =>
    [...names.ids].flatMap(([key, id]) => (key.startsWith(`${kind}:`) ? [id] : []))
  const groups = [...new Set([...idsOf('permission set group'), ...[...names.groupsWith.values()].flat()])]
  const userRoles = sources.flatMap((source) => {
    const id = 'userRole' in source ? idOf(names, source) : undefined
    return id === undefined || !('userRole' in source) ? [] : rolesOf(names.hierarchy, source, id)
  })
  const people = sources.flatMap((source) => ('people' in source ? source.people : []))
  const columns = raw(`AssigneeId, Assignee.${personId}, ExpirationDate`)
  const active = raw(soql`IsActive = ${true} AND Assignee.IsActive = ${true}`)
  const answers = await client.queries([
    ...parts(idsOf('permission set')).map(
      (list) =>
        soql`SELECT ${columns}, PermissionSetId FROM PermissionSetAssignment WHERE ${active} AND PermissionSetId IN ${list}`,
    ),
    ...parts(groups).map(
      (list) =>
        soql`SELECT ${columns}, PermissionSetGroupId FROM PermissionSetAssignment WHERE ${active} AND PermissionSetGroupId IN ${list}`,
    ),
    ...userQueries(personId, { userRoles, people }),
  ])
  const assigned = new Map<string, Holder[]>()
  for (const row of answers.flat()) {
    const userId = text(row, 'AssigneeId')
    if (userId === '') {
      users.add(row)
      continue
    }
    users.add({ Id: userId, [personId]: valueAt(row, `Assignee.${personId}`) })
    const of = text(row, 'PermissionSetGroupId') || text(row, 'PermissionSetId')
    const expires = text(row, 'ExpirationDate')
    put(assigned, of, { userId, until: expires === '' ? null : instantOf(expires) })
  }
  return assigned
}
