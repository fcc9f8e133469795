import type { Projection } from '@ka-governance/core'
import type { Row, Subrequest } from '../client.ts'
import { redacted } from '../errors.ts'
import { valueAt } from '../facts.ts'
import { chunksOf } from '../many.ts'
import { columnText, read, type Fields } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import { raw, segment, soql } from '../soql.ts'
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

/** The account of a member: its field in a query, and what of its value counts. */
const accountOf = ({ accounts: { id } }: ResolvedMapping) =>
  id === 'Id' ? { field: 'AccountId', keyOf: short } : { field: `Account.${id}`, keyOf: folded }

/** A question for the members of accounts, and the ids that it names them by. */
export interface MembersQuery {
  readonly ids: readonly string[]
  readonly query: string
}

/** Questions for the members of accounts. No two ids of one differ by their case alone: whether they name one account is up to the field, so the org is to say it. */
export function membersQueries(mapping: ResolvedMapping, projections: readonly Projection[]): readonly MembersQuery[] {
  const { field: name, keyOf } = accountOf(mapping)
  const field = raw(name)
  const alike = [...Map.groupBy(new Set(projections.map(({ accountId }) => accountId)), keyOf).values()]
  const rounds = Map.groupBy(
    alike.flatMap((ids) => [...ids.entries()]),
    ([round]) => round,
  )
  return [...rounds.values()]
    .flatMap((round) => chunksOf(round.map(([, id]) => id)))
    .map((ids) => ({
      ids,
      query: soql`SELECT Id, ${field}, UserId, TeamMemberRole, CreatedById FROM AccountTeamMember WHERE ${field} IN ${ids}`,
    }))
}

/** The members of each account, by its id as it was asked for. */
export function membersByAccount(
  mapping: ResolvedMapping,
  asked: readonly MembersQuery[],
  answers: readonly (readonly Row[])[],
): ReadonlyMap<string, readonly Row[]> {
  const { field, keyOf } = accountOf(mapping)
  return new Map(
    asked.flatMap(({ ids }, k) => {
      const rows = Map.groupBy(answers[k] ?? [], (row) => keyOf(valueAt(row, field)))
      return ids.map((id) => [id, rows.get(keyOf(id)) ?? []] as const)
    }),
  )
}

/** The users by whom the service has written the journals of these instances. */
export function writersQueries({ names }: ResolvedMapping, projections: readonly Projection[]): readonly string[] {
  const key = raw(names.field('Event', 'InstanceKey'))
  return chunksOf(projections.map(({ instanceId }) => instanceId)).map(
    (ids) =>
      soql`SELECT ${key}, CreatedById FROM ${raw(names.object('Event'))} WHERE ${key} IN ${ids} GROUP BY ${key}, CreatedById`,
  )
}

/** A member of the team as the org has it. */
export interface Present {
  readonly id: string
  readonly userId: string
  readonly role: string
  /** Made by the service, and still under a role of the mapping: whoever gives a row another role takes it over. */
  readonly isOurs: boolean
}

/** The members of the projection's account. */
export function presentIn(
  mapping: ResolvedMapping,
  { instanceId, kind }: Projection,
  members: readonly Row[],
  writers: readonly Row[],
): readonly Present[] {
  const journal = writers.filter((row) => read(mapping.names, 'Event', row, 'InstanceKey') === instanceId)
  const services = new Set(journal.map((row) => short(row['CreatedById'])))
  const roles = new Set(membersOf(mapping.records[kind]?.team ?? {}).map(([, { teamRole }]) => folded(teamRole)))
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
    // One user under both forms of the record id is one member.
    if (stay.has(short(user))) continue
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
