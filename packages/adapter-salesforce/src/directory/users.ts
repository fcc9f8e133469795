import type { Finding } from '@ka-governance/core'
import type { Row, SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'
import { mayBe, parts, text } from './rows.ts'

/** Active users that have been read, by their record ids. */
export interface Users {
  /** A row with `Id`, the person's id and, where it was asked for, `UserRoleId`. */
  readonly add: (row: Row) => void
  /** `null`: not active, or without an id for the SDK. */
  readonly person: (userId: string) => string | null
  readonly withPerson: (person: string) => readonly string[]
  readonly inRole: (roleId: string) => readonly string[]
  /** Ids that several users share. */
  readonly shared: () => ReadonlySet<string>
  readonly findings: () => readonly Finding[]
}

export function createUsers(personId: string): Users {
  const people = new Map<string, string>()
  const users = new Map<string, Set<string>>()
  const roles = new Map<string, Set<string>>()
  const nameless = new Set<string>()
  const put = (map: Map<string, Set<string>>, key: string, userId: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(userId))
  }

  return {
    add: (row) => {
      const [userId, person, role] = [text(row, 'Id'), text(row, personId), text(row, 'UserRoleId')]
      if (role !== '') put(roles, role, userId)
      if (person === '') {
        nameless.add(userId)
        return
      }
      people.set(userId, person)
      put(users, person, userId)
    },
    person: (userId) => people.get(userId) ?? null,
    withPerson: (person) => [...(users.get(person) ?? [])],
    inRole: (roleId) => [...(roles.get(roleId) ?? [])],
    shared: () => new Set([...users].flatMap(([person, { size }]) => (size > 1 ? [person] : []))),
    findings: () => [
      ...[...nameless].map((userId) => ({
        path: `people.${userId}`,
        code: 'no_id',
        message: `the user has no ${personId}, and so no role`,
        remedy: `fill in ${personId}, or take the user out of the permission sets, groups and roles`,
        severity: 'warning' as const,
      })),
      ...[...users].flatMap(([person, ids]) =>
        ids.size < 2
          ? []
          : [
              {
                path: `people.${person.slice(0, 80)}`,
                code: 'shared_id',
                message: `${String(ids.size)} users have this ${personId}: ${[...ids].join(', ')}`,
                remedy: `give each user a ${personId} of their own`,
                severity: 'warning' as const,
              },
            ],
      ),
    ],
  }
}

/** Queries for active users: by record id, by role of the hierarchy, by the person's id. */
export function userQueries(
  personId: string,
  by: { readonly ids?: readonly string[]; readonly userRoles?: readonly string[]; readonly people?: readonly string[] },
): readonly string[] {
  const columns = raw([...new Set(['Id', personId])].join(', '))
  const people = [...new Set(by.people ?? [])].filter((person) => mayBe(personId, person))
  return [
    ...parts([...new Set(by.ids ?? [])]).map(
      (list) => soql`SELECT ${columns} FROM User WHERE IsActive = ${true} AND Id IN ${list}`,
    ),
    ...parts([...new Set(by.userRoles ?? [])]).map(
      (list) => soql`SELECT ${columns}, UserRoleId FROM User WHERE IsActive = ${true} AND UserRoleId IN ${list}`,
    ),
    ...parts(people).map((list) => soql`SELECT ${columns} FROM User WHERE IsActive = ${true} AND ${raw(personId)} IN ${list}`),
  ]
}

export async function readUsers(client: SalesforceClient, users: Users, queries: readonly string[]): Promise<void> {
  for (const row of (await client.queries(queries)).flat()) users.add(row)
}
