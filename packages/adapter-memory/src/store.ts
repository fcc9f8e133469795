import {
  aheadOfJournal,
  commitGroups,
  entryKey,
  inOneCall,
  journalTruncated,
  pairKey,
  type Commit,
  type CommitOutcome,
  type DueHit,
  type DueQuery,
  type GovernanceStore,
  type JournalEntry,
  type Projection,
  type StoredInstance,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { createDocumentStore } from './documents.ts'
import { createEffectStore } from './effects.ts'
import { translated } from './errors.ts'
import { toCommitRows, toEffectRow, toEntry, toInstanceRow, toProjection, toVisibleColumns, type CommitRows } from './mapping.ts'
import type { ResolvedOptions } from './options.ts'
import { createAccountStore, createPolicyStore } from './registers.ts'
import { findPage, pages } from './queries.ts'
import { driftOf, forgetEdit } from './record-edits.ts'
import type { InstanceRow } from './schema.ts'

/** The port over a provisioned client. Every method runs synchronously inside its promise, so that a commit is never seen half done. */
export function createStoreOver(client: MemoryClient, options: ResolvedOptions): GovernanceStore {
  const { capabilities, clock, projectionRule } = options
  const effects = createEffectStore(client)

  /** What is written to the visible record now, and what the caller is told about it. */
  function visibility(projection: Projection): Extract<CommitOutcome, { status: 'committed' }> {
    const blockedReason = projectionRule(projection)
    if (blockedReason !== null) return { status: 'committed', projection: 'blocked', blockedReason }
    return { status: 'committed', projection: capabilities.atomicProjection ? 'written' : 'pending' }
  }

  function append(rows: CommitRows, committed: Extract<CommitOutcome, { status: 'committed' }>): CommitOutcome {
    const { event } = rows
    const events = client.table('events')
    // The idempotency key comes first: a commit sent again after a lost answer also finds its own sequence number taken.
    const first = events.by('idempotency', pairKey(event.instanceId, event.idempotencyKey))
    if (first !== undefined) return { status: 'duplicate', entry: toEntry(first) }
    const head = client.table('instances').get(event.instanceId)
    if (event.seq !== (head?.seq ?? 0) + 1 || !events.insert(event)) return { status: 'conflict', headSeq: head?.seq ?? null }
    moveHead(rows, head, committed.projection === 'written')
    if (capabilities.atomicDocuments) keep(rows)
    const effects = client.table('effects')
    for (const [place, effect] of rows.effects.entries()) effects.insert(toEffectRow(event, effect, place, client.nextOrdinal()))
    return committed
  }

  /** The same document again is no other one: its id is made of its content. */
  function keep({ documents }: CommitRows): void {
    for (const row of documents) client.table('documents').insert(row)
  }

  function moveHead(rows: CommitRows, head: InstanceRow | undefined, show: boolean): void {
    client.timetable().move(rows.event.instanceId, rows.kind, head?.dueAt ?? null, rows.dueAt)
    if (head === undefined) {
      client.table('instances').insert(toInstanceRow(rows, show ? rows.visible : null))
      return
    }
    const { snapshot, projection, dueAt } = rows
    client.table('instances').update(head, { ...rows.head, snapshot, projection, dueAt, ...(show ? rows.visible : {}) })
    // Whoever held the instance is done with it.
    const lease = client.table('leases').get(head.instanceId)
    if (lease !== undefined) client.table('leases').remove(lease)
  }

  function acknowledge(rows: CommitRows): void {
    const effects = client.table('effects')
    for (const key of rows.acknowledges) {
      const row = effects.get(key)
      if (row !== undefined) effects.remove(row)
    }
  }

  function commitAll(commits: readonly Commit[]): CommitOutcome[] {
    const groups = commitGroups(commits, capabilities)
    const prepared = commits.map((commit) => ({ rows: toCommitRows(commit), committed: visibility(commit.projection) }))
    if (!capabilities.atomicDocuments) for (const { rows } of prepared) keep(rows)
    const outcomes = new Map<number, CommitOutcome>()
    for (const places of groups) {
      const members = places.flatMap((place) => prepared[place] ?? [])
      for (const [k, outcome] of commitGroup(members).entries()) outcomes.set(places[k] ?? -1, outcome)
    }
    return commits.flatMap((_, place) => outcomes.get(place) ?? [])
  }

  function commitGroup(
    members: readonly { readonly rows: CommitRows; readonly committed: Extract<CommitOutcome, { status: 'committed' }> }[],
  ): readonly CommitOutcome[] {
    const outcomes = client.transaction((rollback) => {
      const answers = members.map(({ rows, committed }) => append(rows, committed))
      if (answers.some((answer) => answer.status !== 'committed')) rollback()
      // After all entries, since a commit may carry out an effect of another one in the same group.
      else for (const { rows } of members) acknowledge(rows)
      return answers
    })
    if (outcomes.every((outcome) => outcome.status === 'committed')) return outcomes
    return outcomes.map((outcome, k) => {
      const headSeq = client.table('instances').get(members[k]?.rows.event.instanceId ?? '')?.seq ?? null
      return outcome.status === 'committed' ? { status: 'conflict', headSeq } : outcome
    })
  }

  /** True when this caller may have the instance; then it holds it for that long. */
  function lease(instanceId: string, leaseMs: number, now: number): boolean {
    const leases = client.table('leases')
    const held = leases.get(instanceId)
    if (held !== undefined && held.until > now) return false
    if (held === undefined) leases.insert({ instanceId, until: now + leaseMs })
    else leases.update(held, { until: now + leaseMs })
    return true
  }

  function eventAt(instanceId: string, seq: number): JournalEntry {
    const key = entryKey(instanceId, seq)
    const row = client.table('events').get(key)
    if (row === undefined) throw journalTruncated(key)
    return toEntry(row)
  }

  function headOf(instanceId: string): StoredInstance | null {
    const row = client.table('instances').get(instanceId)
    if (row === undefined) return null
    const { kind, snapshot, seq, hash, at, snapshotHash } = row
    const shownSeq = row.visible === null ? null : row.visibleSeq
    return { instanceId, kind, snapshot, head: { seq, hash, at, snapshotHash }, shownSeq }
  }

  function entryOf(instanceId: string, idempotencyKey: string): JournalEntry | null {
    const row = client.table('events').by('idempotency', pairKey(instanceId, idempotencyKey))
    return row === undefined ? null : toEntry(row)
  }

  function dueHits({ at, limit, after, leaseMs }: DueQuery): DueHit[] {
    const hits: DueHit[] = []
    const now = clock()
    const behind = after === undefined ? undefined : { at: after.dueAt, id: after.instanceId }
    for (const { at: dueAt, id: instanceId, label: kind } of client.timetable().from(behind)) {
      if (dueAt > at || hits.length >= limit) break
      if (leaseMs !== undefined && capabilities.leases && !lease(instanceId, leaseMs, now)) continue
      hits.push({ instanceId, kind, dueAt })
    }
    return hits
  }

  const load: GovernanceStore['load'] = async (instanceId) => translated(() => headOf(instanceId))
  const entryByKey: GovernanceStore['entryByKey'] = async (instanceId, idempotencyKey) =>
    translated(() => entryOf(instanceId, idempotencyKey))
  const due: GovernanceStore['due'] = async (query) => translated(() => dueHits(query))

  return {
    name: 'memory',
    capabilities,

    load,
    loadMany: inOneCall(async (instanceIds) => translated(() => instanceIds.map(headOf)), load),

    commit: async (commits) => translated(() => commitAll(commits)),

    entryByKey,
    entriesByKey: inOneCall(
      async (keys) => translated(() => keys.map(({ instanceId, idempotencyKey }) => entryOf(instanceId, idempotencyKey))),
      entryByKey,
    ),

    async *history(instanceId, fromSeq = 1) {
      const head = translated(() => client.table('instances').get(instanceId)?.seq ?? 0)
      for (let seq = Math.max(1, fromSeq); seq <= head; seq += 1) yield translated(() => eventAt(instanceId, seq))
    },

    due,
    agenda: inOneCall(
      async (query) => ({ due: translated(() => dueHits(query.due)), effects: await effects.pending(query.effects) }),
      due,
      // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, never called
      effects.pending,
    ),

    find: (query) => pages((last: Projection | null) => translated(() => findPage(client, query, last).map(toProjection))),

    effects,
    personal: createDocumentStore(client),
    policies: createPolicyStore(client),
    accounts: createAccountStore(client, capabilities),

    project: async (projection) =>
      translated(() => {
        const { instanceId, seq } = projection
        const row = client.table('instances').get(instanceId)
        if (row === undefined || seq > row.seq) throw aheadOfJournal(instanceId, seq, row?.seq ?? 0)
        if (seq < row.visibleSeq) return 'stale'
        const blocked = projectionRule(projection) !== null
        // Deadlines run on when the visible record is refused.
        const dueAt = seq === row.seq ? projection.nextDueAt : row.dueAt
        client.timetable().move(instanceId, row.kind, row.dueAt, dueAt)
        client.table('instances').update(row, { ...(blocked ? {} : toVisibleColumns(projection)), dueAt })
        if (!blocked) forgetEdit(client, instanceId)
        return blocked ? 'blocked' : 'written'
      }),

    drift: async (projections) => translated(() => projections.flatMap((projection) => driftOf(client, projection))),
  }
}
