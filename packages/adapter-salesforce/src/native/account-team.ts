import { StoreError, type Commit, type Projection, type StoredInstance } from '@ka-governance/core'
import type { Row, SalesforceClient, Subrequest } from '../client.ts'
import { redacted } from '../errors.ts'
import { columnText, toProjection, type Fields } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import { raw, segment, soql, type Soql } from '../soql.ts'
import { keepsTeams, membersOf, type TeamMemberMapping } from './team-options.ts'
import type { UserIds } from './users.ts'

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

/** The account teams of an org. A row belongs to whoever made it: those of people stay as they are. */
export interface AccountTeams {
  /** Remembers whom the row of a head shows, so that entries that change nobody need not ask the org. */
  readonly note: (stored: StoredInstance, row: Row) => void
  /** By the places of the commits; asks the org only where somebody changes, or nobody knows. */
  readonly ofCommits: (commits: readonly Commit[]) => Promise<readonly TeamRows[]>
  /** @throws StoreError when the org may answer another time */
  readonly ofProjection: (projection: Projection) => Promise<TeamRows>
}

type Wanted = ReadonlyMap<string, TeamMemberMapping>

const nothing: TeamRows = { changes: [], refused: null }
const later: TeamRows = { changes: [], refused: 'PENDING: the account team is written with a later entry' }
/** Most instances that are remembered. */
const mostKept = 1000
const recordId = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/
/** A record id has a form of 15 characters, and one of 18 that says the same. */
const short = (id: unknown): string => String(id).slice(0, 15)
const folded = (text: unknown): string => String(text).toLowerCase()

/** `null`: the mapping keeps no teams. */
export function createAccountTeams(client: SalesforceClient, mapping: ResolvedMapping, userIds: UserIds): AccountTeams | null {
  if (!keepsTeams(mapping)) return null
  const remembered = new Map<string, { readonly seq: number; readonly shown: string }>()

  const note = ({ instanceId, kind, head, shownSeq }: StoredInstance, row: Row): void => {
    remembered.delete(instanceId)
    if (mapping.records[kind]?.team === undefined || shownSeq !== head.seq) return
    const last = projectionIn(mapping, row)
    if (last === null) return
    remembered.set(instanceId, { seq: head.seq, shown: textOf(wantedOf(mapping, last)) })
    const [oldest] = remembered.keys()
    if (remembered.size > mostKept && oldest !== undefined) remembered.delete(oldest)
  }

  const changes = ({ entry: { seq, instanceId }, projection }: Commit): boolean => {
    if (mapping.records[projection.kind]?.team === undefined) return false
    const shown = textOf(wantedOf(mapping, projection))
    if (seq === 1) return shown !== nobody
    const known = remembered.get(instanceId)
    return known?.seq !== seq - 1 || known.shown !== shown
  }

  async function ofCommits(commits: readonly Commit[]): Promise<readonly TeamRows[]> {
    const changed = commits.filter(changes)
    const last = new Map(commits.map((commit) => [commit.entry.instanceId, commit]))
    const asked = changed.filter((commit) => last.get(commit.entry.instanceId) === commit)
    const found = new Map<Commit, TeamRows>()
    for (const commit of changed) {
      const end = last.get(commit.entry.instanceId)
      if (commit !== end && (commit.group === undefined || commit.group !== end?.group)) found.set(commit, later)
    }
    try {
      const rows = await teamsOf(asked.map(({ projection }) => projection))
      for (const [k, commit] of asked.entries()) found.set(commit, rows[k] ?? nothing)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      // The command stands without: whoever is wrong about the team is told by the mark on the head.
      for (const commit of asked) found.set(commit, { changes: [], refused: error.message })
    }
    return commits.map((commit) => found.get(commit) ?? nothing)
  }

  async function teamsOf(projections: readonly Projection[]): Promise<readonly TeamRows[]> {
    const wanted = projections.map((projection) => wantedOf(mapping, projection))
    const able = projections.filter(({ accountId }) => mapping.accounts.id !== 'Id' || recordId.test(accountId))
    if (able.length === 0) return projections.map(noRecord)
    const people = [...new Set(wanted.flatMap((each) => [...each.keys()]))]
    const users = people.length === 0 ? new Map<string, string>() : await userIds(people)
    const answers = await client.queries(able.flatMap((projection) => queriesOf(mapping, projection)))
    return projections.map((projection, k) => {
      const place = able.indexOf(projection)
      if (place < 0) return noRecord(projection)
      const [members = [], writers = []] = answers.slice(2 * place, 2 * place + 2)
      return rowsOf(mapping, projection, wanted[k] ?? new Map(), users, ours(mapping, projection, members, writers))
    })
  }

  return {
    note,
    ofCommits,
    ofProjection: async (projection) => {
      if (mapping.records[projection.kind]?.team === undefined) return nothing
      try {
        return (await teamsOf([projection]))[0] ?? nothing
      } catch (error) {
        if (!(error instanceof StoreError) || error.retryable) throw error
        return { changes: [], refused: error.message }
      }
    },
  }
}

const noRecord = ({ accountId }: Projection): TeamRows => ({
  changes: [],
  refused: redacted(`MALFORMED_ID: ${accountId} is no record id of an account`),
})

/** Who should be a member, and as what; of an account that is closed nobody. */
function wantedOf({ records }: ResolvedMapping, { kind, open, fields }: Projection): Wanted {
  const wanted = new Map<string, TeamMemberMapping>()
  for (const [role, member] of membersOf(open ? (records[kind]?.team ?? {}) : {})) {
    const person = fields[role]
    if (typeof person === 'string' && !wanted.has(person)) wanted.set(person, member)
  }
  return wanted
}

const textOf = (wanted: Wanted): string => JSON.stringify([...wanted].map(([person, { teamRole }]) => [person, teamRole]))
const nobody = textOf(new Map())

/** What stands on the head's row; a text that a hand has made something else of tells nothing. */
function projectionIn({ names }: ResolvedMapping, row: Row): Projection | null {
  try {
    return toProjection(names, row)
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}

/** The members of an account, and the users by whom the service has written its journal. */
function queriesOf({ names, accounts }: ResolvedMapping, { accountId, instanceId }: Projection): readonly [string, string] {
  const account = raw(accounts.id === 'Id' ? 'AccountId' : `Account.${accounts.id}`)
  const key: Soql = raw(names.field('Event', 'InstanceKey'))
  return [
    soql`SELECT Id, UserId, TeamMemberRole, CreatedById FROM AccountTeamMember WHERE ${account} = ${accountId}`,
    soql`SELECT CreatedById FROM ${raw(names.object('Event'))} WHERE ${key} = ${instanceId} GROUP BY CreatedById`,
  ]
}

/** A member of the team as the org has it. */
interface Present {
  readonly id: string
  readonly userId: string
  readonly role: string
  /** Made by the service, and still under a role of the mapping: whoever gives a row another role takes it over. */
  readonly isOurs: boolean
}

function ours(
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

function rowsOf(
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
  for (const [person, { teamRole, access }] of wanted) {
    const user = users.get(person)
    if (user === undefined) {
      unknown.push(person)
      continue
    }
    stay.add(short(user))
    const member = present.find(({ userId }) => userId === short(user))
    const fields: Fields = { TeamMemberRole: columnText(teamRole, 255), ...access }
    const key = `${instanceId}:${short(user)}`
    if (member === undefined)
      changes.push({
        key,
        request: { method: 'POST', url: '/sobjects/AccountTeamMember', body: { ...account, UserId: user, ...fields } },
      })
    else if (member.isOurs && member.role !== folded(teamRole))
      changes.push({ key, request: { method: 'PATCH', url: at(member), body: fields } })
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
