import {
  StoreError,
  type Commit,
  type JsonValue,
  type Projection,
  type RecordDrift,
  type StoredInstance,
} from '@ka-governance/core'
import type { Row, SalesforceClient } from '../client.ts'
import { answersOf } from '../many.ts'
import { toProjection } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import { isRecordId } from '../soql.ts'
import { keepsTeams } from './team-options.ts'
import {
  membersByAccount,
  membersQueries,
  nobody,
  presentIn,
  rowsOf,
  short,
  textOf,
  wantedOf,
  writersQueries,
  type TeamRows,
} from './team-rows.ts'
import type { UserIds } from './users.ts'

/** The account teams of an org. A row belongs to whoever made it: those of people stay as they are. */
export interface AccountTeams {
  /** Remembers whom the row of a head shows, so that entries that change nobody need not ask the org. */
  readonly note: (stored: StoredInstance, row: Row) => void
  /** By the places of the commits; asks the org only where somebody changes, or nobody knows. */
  readonly ofCommits: (commits: readonly Commit[]) => Promise<readonly TeamRows[]>
  /** @throws StoreError when the org may answer another time */
  readonly ofProjection: (projection: Projection) => Promise<TeamRows>
  /** Of those that should be members, who is none: somebody has removed the row. */
  readonly absent: (projections: readonly Projection[]) => Promise<readonly RecordDrift[]>
}

const nothing: TeamRows = { changes: [], refused: null }
const later: TeamRows = { changes: [], refused: 'PENDING: the account team is written with a later entry' }
/** Most instances that are remembered. */
const mostKept = 1000

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

  const changes = ({ entry: { seq, instanceId, command }, projection }: Commit): boolean => {
    if (mapping.records[projection.kind]?.team === undefined) return false
    if (isRepair(command)) return true
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

  /** However many there are, one call for their members and one for people who are new. */
  async function teamsOf(projections: readonly Projection[]): Promise<readonly TeamRows[]> {
    // Where an account is named by no record id, the record says so already.
    const able = projections.filter(({ accountId }) => mapping.accounts.id !== 'Id' || isRecordId(accountId))
    if (able.length === 0) return projections.map(() => nothing)
    const users = await usersOf(able)
    const asked = membersQueries(mapping, able)
    const answers = await client.queries([...asked.map(({ query }) => query), ...writersQueries(mapping, able)])
    const members = membersByAccount(mapping, asked, answers)
    const writers = answers.slice(asked.length).flat()
    return projections.map((projection) => {
      if (!able.includes(projection)) return nothing
      const present = presentIn(mapping, projection, members.get(projection.accountId) ?? [], writers)
      return rowsOf(mapping, projection, wantedOf(mapping, projection), users, present)
    })
  }

  async function usersOf(projections: readonly Projection[]): Promise<ReadonlyMap<string, string>> {
    const people = [...new Set(projections.flatMap((projection) => [...wantedOf(mapping, projection).keys()]))]
    return people.length === 0 ? new Map() : userIds(people)
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
    absent: async (projections) => {
      const served = projections.filter((projection) => wantedOf(mapping, projection).size > 0)
      if (served.length === 0) return []
      const users = await usersOf(served)
      const asked = membersQueries(mapping, served)
      const answers = await answersOf(
        client,
        asked.map(({ query }) => query),
      )
      const members = membersByAccount(mapping, asked, answers)
      return served.flatMap((projection): readonly RecordDrift[] => {
        const there = new Set((members.get(projection.accountId) ?? []).map((row) => short(row['UserId'])))
        const differences = [...wantedOf(mapping, projection)].flatMap(([person, { role, member }]) =>
          there.has(short(users.get(person)))
            ? []
            : [{ field: member.teamRole, part: `fields.${role}`, governed: person, shown: null }],
        )
        const record = { object: 'AccountTeamMember', id: null }
        const { instanceId } = projection
        return differences.length === 0
          ? []
          : [{ instanceId, record, missing: false, differences, changedBy: null, changedAt: null }]
      })
    },
  }
}

/** Changes nobody, and is there because the org shows somebody else. */
const isRepair = (command: JsonValue | undefined): boolean =>
  typeof command === 'object' && command !== null && 'type' in command && command.type === 'resolveDrift'

/** What stands on the head's row; a text that a hand has made something else of tells nothing. */
function projectionIn({ names }: ResolvedMapping, row: Row): Projection | null {
  try {
    return toProjection(names, row)
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}
