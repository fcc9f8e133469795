import {
  aheadOfJournal,
  entryKey,
  inOneCall,
  journalTruncated,
  matchesQuery,
  sortKey,
  type DueQuery,
  type GovernanceStore,
  type InstanceQuery,
  type Projection,
  type StoreCapabilities,
  type StoredInstance,
} from '@ka-governance/core'
import type { Row, Subrequest } from './client.ts'
import type { CommitTools } from './commit.ts'
import { commitAll } from './commit-all.ts'
import { createDocumentStore } from './documents.ts'
import { findDrift } from './drift.ts'
import { createEffectStore, pendingQuery, withoutReason } from './effects.ts'
import { answersOf, rowsOfMany } from './many.ts'
import { createInbox } from './inbox.ts'
import { instanceConditions } from './list-queries.ts'
import { openMilestones } from './native/milestones.ts'
import { isPassing, meaningOf, redacted, siblings } from './errors.ts'
import {
  blocked,
  commandKey,
  due,
  headColumns,
  shown,
  toDueHit,
  toEntry,
  toPendingEffect,
  toProjection,
  toStored,
  toVisibleRecord,
  unfitOf,
  visible,
} from './mapping.ts'
import { createAccountStore, createPolicyStore } from './registers.ts'
import { byKey, isGone, limits, noRoom, recordRequest } from './requests.ts'
import type { FieldName } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

/** What Salesforce can promise, and what not: there is no lease over REST, so workers may meet and the journal's key decides. */
export const capabilities = {
  atomicMultiCommit: true,
  leases: false,
  atomicProjection: true,
  consistentQueries: true,
  atomicDocuments: true,
} as const satisfies Partial<StoreCapabilities>

/** The port over an org. Reads are queries, so that a missing permission is an error and never an empty answer. */
export function createStoreOver(tools: CommitTools): GovernanceStore {
  const { client, mapping, sha256 } = tools
  const { names } = mapping
  const instances = raw(names.object('Instance'))
  const events = raw(names.object('Event'))
  const i = (name: FieldName<'Instance'>): Soql => raw(names.field('Instance', name))
  const e = (name: FieldName<'Event'>): Soql => raw(names.field('Event', name))
  const columns = (list: readonly Soql[]): Soql => raw(list.map(({ text }) => text).join(', '))
  // Whom the record shows tells what an entry changes of the account's team.
  const headList = columns([...headColumns, ...(tools.teams === null ? [] : (['Visible'] as const))].map(i))
  const entryList = columns((['EventKey', 'Seq', 'Entry'] as const).map(e))

  const headRow = (instanceId: string): Promise<Row | null> =>
    first(client.query(soql`SELECT ${headList} FROM ${instances} WHERE ${i('InstanceKey')} = ${instanceId} LIMIT 1`))

  /** No more than `limit`, earliest first; after a hit, those that stand behind it in that order. */
  function dueQuery({ at, limit, after }: DueQuery): string {
    const behind =
      after === undefined
        ? raw('')
        : raw(
            soql` AND (${i('DueKey')} > ${after.dueAt} OR (${i('DueKey')} = ${after.dueAt} AND ${i('SortKey')} > ${sortKey(after.instanceId)}))`,
          )
    const list = columns([i('InstanceKey'), i('Kind'), i('DueKey')])
    return soql`SELECT ${list} FROM ${instances} WHERE ${i('DueKey')} <= ${at}${behind} ORDER BY ${i('DueKey')} ASC, ${i('SortKey')} ASC LIMIT ${limit}`
  }

  const noted = (row: Row): StoredInstance => {
    const stored = toStored(names, row)
    tools.behind.note(stored)
    tools.teams?.note(stored, row)
    return stored
  }

  const effects = createEffectStore(client, names)
  const load: GovernanceStore['load'] = async (instanceId) => {
    const row = await headRow(instanceId)
    return row === null ? null : noted(row)
  }
  const entryByKey: GovernanceStore['entryByKey'] = async (instanceId, idempotencyKey) => {
    const key = commandKey(instanceId, idempotencyKey, sha256)
    const row = await first(client.query(soql`SELECT ${entryList} FROM ${events} WHERE ${e('CommandKey')} = ${key} LIMIT 1`))
    return row === null ? null : toEntry(names, row)
  }
  const dueHits: GovernanceStore['due'] = async (query) => {
    const hits = []
    for await (const row of client.query(dueQuery(query))) hits.push(toDueHit(names, row))
    return hits
  }

  return {
    name: 'salesforce',
    capabilities: { ...capabilities, accountFacts: mapping.facts !== null },

    load,
    loadMany: inOneCall(async (instanceIds) => {
      const rows = await rowsOfMany(
        client,
        instanceIds,
        (ids) => soql`SELECT ${headList} FROM ${instances} WHERE ${i('InstanceKey')} IN ${ids}`,
      )
      const byId = new Map(rows.map(noted).map((stored) => [stored.instanceId, stored]))
      return instanceIds.map((instanceId) => byId.get(instanceId) ?? null)
    }, load),

    commit: async (commits) => commitAll(tools, commits),

    entryByKey,
    entriesByKey: inOneCall(async (keys) => {
      const wanted = keys.map(({ instanceId, idempotencyKey }) => commandKey(instanceId, idempotencyKey, sha256))
      const list = columns((['EventKey', 'CommandKey', 'Entry'] as const).map(e))
      const rows = await rowsOfMany(
        client,
        wanted,
        (some) => soql`SELECT ${list} FROM ${events} WHERE ${e('CommandKey')} IN ${some}`,
      )
      const byKey = new Map(rows.map((row) => [String(row[e('CommandKey').text]), toEntry(names, row)]))
      return wanted.map((key) => byKey.get(key) ?? null)
    }, entryByKey),

    async *history(instanceId, fromSeq = 1) {
      const head = await headRow(instanceId)
      const last = head === null ? 0 : toStored(names, head).head.seq
      let next = Math.max(1, fromSeq)
      if (next > last) return
      const page = soql`SELECT ${entryList} FROM ${events} WHERE ${e('InstanceKey')} = ${instanceId} AND ${e('Seq')} >= ${next} AND ${e('Seq')} <= ${last} ORDER BY ${e('Seq')} ASC`
      for await (const row of client.query(page)) {
        const entry = toEntry(names, row)
        if (entry.seq !== next) throw journalTruncated(entryKey(instanceId, next))
        yield entry
        next += 1
      }
      if (next <= last) throw journalTruncated(entryKey(instanceId, next))
    },

    due: dueHits,
    agenda: inOneCall(
      async (query) => {
        const pending = pendingQuery(names, query.effects)
        const [dueRows = [], effectRows = []] = await answersOf(client, [
          dueQuery(query.due),
          ...(pending === null ? [] : [pending]),
        ])
        return {
          due: dueRows.map((row) => toDueHit(names, row)),
          effects: effectRows.map((row) => withoutReason(toPendingEffect(names, row))),
        }
      },
      dueHits,
      // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, never called
      effects.pending,
    ),

    find: (query) => findAll(tools, query),

    effects,
    personal: createDocumentStore(client, names),
    policies: createPolicyStore(client, names),
    accounts: createAccountStore(client, mapping),
    inbox: createInbox(client, mapping),

    project: async (projection) => project(tools, projection),

    drift: (projections) => findDrift(client, mapping, tools.teams, projections),
  }

  async function project({ client: c }: CommitTools, projection: Projection): Promise<'written' | 'stale' | 'blocked'> {
    const { instanceId, seq } = projection
    const row = await headRow(instanceId)
    const head = row === null ? 0 : toStored(names, row).head.seq
    if (seq > head) throw aheadOfJournal(instanceId, seq, head)
    if (seq < head) return 'stale'
    const url = byKey(names.object('Instance'), names.field('Instance', 'InstanceKey'), instanceId)
    const base = { ...visible(names, projection), ...due(names, projection.nextDueAt) }
    const record = toVisibleRecord(mapping, projection)
    const open = await openMilestones(c, mapping, projection)
    const team = await tools.teams?.ofProjection(projection)
    const members = (team?.changes ?? []).map(({ request }, k): Subrequest => ({ ...request, referenceId: `member${String(k)}` }))
    const unfit = unfitOf(record)
    const wanted: readonly Subrequest[] =
      record === null || unfit !== null ? [] : [recordRequest(record, 'record'), ...open.requests, ...members]
    // Beside the head; the next time does the rest.
    let shows = wanted.slice(0, limits.composite - 1)
    let refused = unfit ?? open.refused ?? team?.refused ?? (shows.length < wanted.length ? noRoom : null)
    // What is refused is left out, so this comes to an end.
    for (;;) {
      const said = refused === null ? shown(names, seq) : blocked(names, redacted(refused))
      const body = { ...base, ...said }
      const answers = await c.composite([{ method: 'PATCH', url, referenceId: 'head', body }, ...shows], { repeatable: true })
      const at = answers.findIndex(({ errors }) => errors.some(({ code }) => !siblings.has(code)))
      const failed = answers.flatMap(({ errors }) => errors)
      if (failed.length === 0) return refused === null ? 'written' : 'blocked'
      const cause = answers[at]?.errors.find(({ code }) => !siblings.has(code))
      // The org's own rule: somebody has written a newer one between the reading and the writing.
      if (at === 0 && cause?.code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION') return 'stale'
      const isRecord = shows[at - 1]?.referenceId === 'record'
      if (at < 1 || cause === undefined || isPassing(cause, answers[at]?.status ?? 0)) throw meaningOf(failed, 400)
      const left = shows[at - 1]
      if (left === undefined || !isGone(left, cause, answers[at]?.status ?? 0)) refused = `${cause.code}: ${cause.message}`
      shows = isRecord ? [] : shows.filter((_, k) => k !== at - 1)
    }
  }
}

/** Page after page by the sort key, so that commits in between move nothing. */
async function* findAll(
  { client, mapping: { names } }: CommitTools,
  query: InstanceQuery,
): AsyncGenerator<Projection, void, undefined> {
  const i = (name: FieldName<'Instance'>): Soql => raw(names.field('Instance', name))
  const conditions = instanceConditions(names, query)
  let behind = ''
  for (;;) {
    const where = raw([soql`${i('SortKey')} > ${behind}`, ...conditions].join(' AND '))
    let count = 0
    for await (const row of client.query(
      soql`SELECT ${i('InstanceKey')}, ${i('SortKey')}, ${i('Visible')} FROM ${raw(names.object('Instance'))} WHERE ${where} ORDER BY ${i('SortKey')} ASC LIMIT ${findPage}`,
    )) {
      count += 1
      const projection = toProjection(names, row)
      behind = sortKey(projection.instanceId)
      // Columns are cut and compare without case; the record itself decides.
      if (matchesQuery(projection, query)) yield projection
    }
    if (count < findPage) return
  }
}

const findPage = 1000

/** The only row, if there is one. */
export async function first(rows: AsyncIterable<Row>): Promise<Row | null> {
  for await (const row of rows) return row
  return null
}
