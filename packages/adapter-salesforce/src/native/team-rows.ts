import type { Projection } from '@ka-governance/core'
import type { Row, Subrequest } from '../client.ts'
import { redacted } from '../errors.ts'
import { columnText, type Fields } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import { raw, segment, soql, type Soql } from '../soql.ts'
import { membersOf, type TeamMemberMapping } from './team-options.ts'

/** What an entry changes of the account's team in the org, found out before it is sent. */
export interface TeamRows {
  readonly changes: readonly TeamChange[]
  /** Why the team cannot be what it should be; the command does not depend on it. */
  readonly refused: string | null
}

/** A row of the team that is made, changed or removed. */
export interface TeamChange {
  /** Instance and user: what a refusal is remembered under. */
  readonly key: string
  readonly request: Omit<Subrequest, 'referenceId'>
}

/** Who should be a member, by person, in which role and as what. */
export type Wanted = ReadonlyMap<string, { readonly role: string; readonly member: TeamMemberMapping }>

/** A record id has a form of 15 characters, and one of 18 that says the same. */
export const short = (id: unknown): string => String(id).slice(0, 15)
const folded = (text: unknown): string => String(text).toLowerCase()

/** Who should be a member, and as what; of an account that is closed nobody. */
export function wantedOf({ records }: ResolvedMapping, { kind, open, fields }: Projection): Wanted {
  const wanted = new Map<string, { readonly role: string; readonly member: TeamMemberMapping }>()
  for (const [role, member] of membersOf(open ? (records[kind]?.team ?? {}) : {})) {
    const person = fields[role]
    if (typeof person === 'string' && !wanted.has(person)) wanted.set(person, { role, member })
  }
  return wanted
}

export const textOf = (wanted: Wanted): string =>
  JSON.stringify([...wanted].map(([person, { member }]) => [person, member.teamRole]))
export const nobody = textOf(new Map())

/** How members are found by their account: in the field, and in a row. */
export function accountsOf({ accounts: { id } }: ResolvedMapping): {
  readonly field: Soql
  readonly keyOf: (accountId: string) => string
  readonly keyIn: (row: Row) => string
} {
  if (id === 'Id') return { field: raw('AccountId'), keyOf: short, keyIn: (row) => short(row['AccountId']) }
  return {
    field: raw(`Account.${id}`),
    keyOf: (accountId) => accountId,
    keyIn: (row) => String((row['Account'] as Row | null)?.[id]),
  }
}

/** The members of an account, and the users by whom the service has written its journal. */
export function queriesOf(mapping: ResolvedMapping, { accountId, instanceId }: Projection): readonly [string, string] {
  const { names } = mapping
  const key: Soql = raw(names.field('Event', 'InstanceKey'))
  return [
    soql`SELECT Id, UserId, TeamMemberRole, CreatedById FROM AccountTeamMember WHERE ${accountsOf(mapping).field} = ${accountId}`,
    soql`SELECT CreatedById FROM ${raw(names.object('Event'))} WHERE ${key} = ${instanceId} GROUP BY CreatedById`,
  ]
}

/** A member of the team as the org has it. */
export interface Present {
  readonly id: string
  readonly userId: string
  readonly role: string
  /** Made by the service, and still under a role of the mapping: whoever gives a row another role takes it over. */
  readonly isOurs: boolean
}

export function ours(
  { records }: ResolvedMapping,
  { kind }: Projection,
  members: readonly Row[],
  writers: readonly Row[],
): readonly Present[] {
  const services = new Set(writers.map((row) => short(row['CreatedById'])))
  const roles = new Set(membersOf(records[kind]?.team ?? {}).map(([, { teamRole }]) => folded(teamRole)))
  return members.map((row) => ({
    id: String(row['Id']),
    userId: short(row['UserId']),
    role: folded(row['TeamMemberRole']),
    isOurs: services.has(short(row['CreatedById'])) && roles.has(folded(row['TeamMemberRole'])),
  }))
}

export function rowsOf(
  { accounts }: ResolvedMapping,
  { accountId, instanceId }: Projection,
  wanted: Wanted,
  users: ReadonlyMap<string, string>,
  present: readonly Present[],
): TeamRows {
  const changes: TeamChange[] = []
  const unknown: string[] = []
  const stay = new Set<string>()
  const at = ({ id }: Present): string => `/sobjects/AccountTeamMember/${segment(id)}`
  const account = accounts.id === 'Id' ? { AccountId: accountId } : { Account: { [accounts.id]: columnText(accountId, 255) } }
  for (const [person, { member }] of wanted) {
    const user = users.get(person)
    if (user === undefined) {
      unknown.push(person)
      continue
    }
    stay.add(short(user))
    const row = present.find(({ userId }) => userId === short(user))
    const fields: Fields = { TeamMemberRole: columnText(member.teamRole, 255), ...member.access }
    const key = `${instanceId}:${short(user)}`
    if (row === undefined)
      changes.push({
        key,
        request: { method: 'POST', url: '/sobjects/AccountTeamMember', body: { ...account, UserId: user, ...fields } },
      })
    else if (row.isOurs && row.role !== folded(member.teamRole))
      changes.push({ key, request: { method: 'PATCH', url: at(row), body: fields } })
  }
  // Who leaves goes first: a team may have room for so many, or one of a role.
  const gone = present
    .filter(({ isOurs, userId }) => isOurs && !stay.has(userId))
    .map((member): TeamChange => ({
      key: `${instanceId}:${member.userId}`,
      request: { method: 'DELETE', url: at(member) },
    }))
  const refused = unknown.length === 0 ? null : redacted(`NOT_FOUND: no user of the org is ${unknown.join(', ')}`)
  return { changes: [...gone, ...changes], refused }
}
