import {
  checkCommit,
  corruptRecord,
  headOf,
  pairKey,
  storableJson,
  type AccountRecord,
  type Commit,
  type JournalEntry,
  type JournalHead,
  type JsonValue,
  type PersonalDocument,
  type PolicyRecord,
  type Projection,
} from '@ka-governance/core'
import type { MemoryAccount } from './options.ts'
import type { AccountRow, DocumentRow, EffectRow, EventRow, InstanceRow, PolicyRow } from './schema.ts'

/** A commit as rows: text only, nothing shared with the caller. */
export interface CommitRows {
  readonly event: EventRow
  readonly head: JournalHead
  readonly kind: string
  readonly snapshot: string
  readonly projection: string
  readonly dueAt: number | null
  readonly visible: VisibleColumns
  /** Ids and types of the entry's effects, in order. */
  readonly effects: readonly { readonly id: string; readonly type: string }[]
  /** Keys of effect rows that the commit acknowledges. */
  readonly acknowledges: readonly string[]
  readonly documents: readonly DocumentRow[]
}

/** Columns of an instance row that follow the visible record. */
export type VisibleColumns = Pick<InstanceRow, 'visible' | 'visibleSeq' | 'accountId' | 'state' | 'open'>

/** @throws StoreError `too_large`, InvalidInputError when the parts do not belong together or hold text that is not Unicode. */
export function toCommitRows(commit: Commit): CommitRows {
  const texts = checkCommit(commit)
  const { entry, snapshot, projection } = commit
  const { key, instanceId, seq, idempotencyKey } = entry
  return {
    event: { key, instanceId, seq, idempotencyKey, entry: texts.entry },
    kind: entry.kind,
    snapshot,
    head: headOf(entry),
    projection: texts.projection,
    dueAt: projection.nextDueAt,
    visible: toVisibleColumns(projection, texts.projection),
    effects: entry.effects.map(({ id, type }) => ({ id, type })),
    acknowledges: (commit.acknowledges ?? []).map((a) => pairKey(a.instanceId, a.effectId)),
    documents: texts.personal.map(({ document: { documentId }, json }) => ({
      id: pairKey(instanceId, documentId),
      instanceId,
      documentId,
      seq,
      document: json,
    })),
  }
}

export function toVisibleColumns(projection: Projection, text = storableJson(projection, projection.instanceId)): VisibleColumns {
  return {
    visible: text,
    visibleSeq: projection.seq,
    accountId: projection.accountId,
    state: projection.state,
    open: projection.open,
  }
}

/** The head row of an instance; `visible` is null when the visible record is refused or follows later. */
export function toInstanceRow(rows: CommitRows, visible: VisibleColumns | null): InstanceRow {
  const { event, head, kind, snapshot, projection, dueAt } = rows
  const hidden: VisibleColumns = { visible: null, visibleSeq: 0, accountId: '', state: '', open: false }
  return { instanceId: event.instanceId, kind, ...head, snapshot, projection, dueAt, ...(visible ?? hidden) }
}

export function toEffectRow(
  event: EventRow,
  effect: CommitRows['effects'][number],
  position: number,
  ordinal: number,
): EffectRow {
  const { instanceId, key } = event
  return {
    id: pairKey(instanceId, effect.id),
    instanceId,
    effectId: effect.id,
    type: effect.type,
    eventKey: key,
    position,
    ordinal,
    attempts: 0,
    deadReason: null,
    retryAt: null,
  }
}

export function toAccountRow({ facts = {}, ...account }: MemoryAccount): AccountRow {
  return { accountId: account.accountId, account: JSON.stringify(account), facts: JSON.stringify(facts) }
}

/** A fresh copy each time: whoever changes it changes nothing here. @throws StoreError `corrupt_record` */
export function toEntry(row: EventRow): JournalEntry {
  return parse('events', row.key, row.entry) as JournalEntry
}

export function toProjection(row: InstanceRow): Projection {
  return parse('instances', row.instanceId, row.visible ?? row.projection) as Projection
}

export function toAccount(row: AccountRow): AccountRecord {
  return parse('accounts', row.accountId, row.account) as AccountRecord
}

export function toFacts(row: AccountRow): JsonValue {
  return parse('accounts', row.accountId, row.facts) as JsonValue
}

export function toDocument(row: DocumentRow): PersonalDocument {
  return parse('documents', row.id, row.document) as PersonalDocument
}

export function toPolicy({ id, version, hash, document }: PolicyRow): PolicyRecord {
  return { id, version, hash, document }
}

function parse(table: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw corruptRecord(table, key, cause)
  }
}
