import type { Finding } from '@ka-governance/core'
import type { Row, SalesforceClient } from '../client.ts'
import { soql } from '../soql.ts'
import type { Hierarchy } from './hierarchy.ts'
import { parts, text } from './rows.ts'
import { readUsers, userQueries, type Users } from './users.ts'

interface Content {
  readonly users: Set<string>
  readonly groups: Set<string>
  readonly userRoles: readonly string[]
}

/** Users of public groups and queues, by the group's id: groups in groups to any depth, each looked at once, one call a level and one for the users. */
export async function readGroups(
  client: SalesforceClient,
  tops: readonly string[],
  { hierarchy, users, personId }: { readonly hierarchy: Hierarchy; readonly users: Users; readonly personId: string },
): Promise<{ readonly members: ReadonlyMap<string, ReadonlySet<string>>; readonly findings: readonly Finding[] }> {
  const inside = new Map<string, Content>()
  const findings: Finding[] = []
  for (let level = [...new Set(tops)]; level.length > 0;) {
    const lists = parts(level)
    const answers = await client.queries([
      ...lists.map((list) => soql`SELECT Id, DeveloperName, Type, RelatedId FROM Group WHERE Id IN ${list}`),
      ...lists.map((list) => soql`SELECT GroupId, UserOrGroupId FROM GroupMember WHERE GroupId IN ${list}`),
    ])
    for (const row of answers.slice(0, lists.length).flat()) {
      const userRoles = userRolesOf(row, hierarchy)
      if (userRoles === null) findings.push(notFollowed(row))
      inside.set(text(row, 'Id'), { users: new Set(), groups: new Set(), userRoles: userRoles ?? [] })
    }
    for (const id of level.filter((each) => !inside.has(each))) {
      findings.push(notSeen(id))
      inside.set(id, { users: new Set(), groups: new Set(), userRoles: [] })
    }
    for (const row of answers.slice(lists.length).flat()) {
      const [content, member] = [inside.get(text(row, 'GroupId')), text(row, 'UserOrGroupId')]
      // Users have record ids that begin with 005, groups such that begin with 00G.
      if (member.startsWith('005')) content?.users.add(member)
      else content?.groups.add(member)
    }
    level = [...new Set([...inside.values()].flatMap(({ groups }) => [...groups]))].filter((id) => !inside.has(id))
  }

  const all = [...inside.values()]
  const ids = all.flatMap((content) => [...content.users])
  await readUsers(client, users, userQueries(personId, { ids, userRoles: all.flatMap(({ userRoles }) => userRoles) }))
  return { members: new Map(tops.map((top) => [top, usersBelow(top, inside, users)])), findings }
}

function usersBelow(top: string, inside: ReadonlyMap<string, Content>, users: Users): ReadonlySet<string> {
  const groups = new Set([top])
  const found = new Set<string>()
  for (const id of groups) {
    const content = inside.get(id)
    for (const user of content?.users ?? []) found.add(user)
    for (const role of content?.userRoles ?? []) for (const user of users.inRole(role)) found.add(user)
    for (const group of content?.groups ?? []) groups.add(group)
  }
  return found
}

/** Roles of the hierarchy that a group stands for; `null`: it stands for something that is not followed. */
function userRolesOf(row: Row, { below }: Hierarchy): readonly string[] | null {
  const related = text(row, 'RelatedId')
  switch (row['Type']) {
    case 'Regular':
    case 'Queue':
      return []
    case 'Role':
      return [related]
    case 'RoleAndSubordinates':
      return below(related)
    case 'RoleAndSubordinatesInternal':
      return below(related, true)
    default:
      return null
  }
}

const notFollowed = (row: Row): Finding => ({
  path: `groups.${text(row, 'DeveloperName') || text(row, 'Id')}`,
  code: 'unsupported_member',
  message: `a group of the kind ${text(row, 'Type')} is a member, and who is in it cannot be read`,
  remedy: 'take it out of the group; name users, roles or public groups instead',
})

const notSeen = (id: string): Finding => ({
  path: `groups.${id}`,
  code: 'missing',
  message: 'the group is a member, and this user may not see it',
  remedy: 'give the integration user the right to view setup',
})
