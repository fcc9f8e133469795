import {
  entryKey,
  headOf,
  instanceIdSchema,
  recordLimits,
  type AccountRecord,
  type Commit,
  type JournalEntry,
  type JournalHead,
  type JsonValue,
  type PersonalDocument,
  type PolicyRecord,
  type Projection,
} from '@ka-governance/core'
import { corruptRecord, malformedCommit, tooLarge } from './errors.ts'
import type { MemoryAccount } from './options.ts'
import {
  pairKey,
  type AccountRow,
  type DocumentRow,
  type EffectRow,
  type EventRow,
  type InstanceRow,
  type PolicyRow,
} from './schema.ts'

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

/** JSON escapes a lone surrogate; an escape after an even number of backslashes is one, otherwise it is text about one. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/

function textOf(value: Commit['entry'] | Projection | PersonalDocument, key: string): string {
  const text = JSON.stringify(value)
  if (text.includes('\\ud') && loneSurrogate.test(text)) throw notUnicode(key)
  return text
}

function notUnicode(key: string): Error {
  return malformedCommit(key, 'not_unicode', 'holds half a surrogate pair', 'cut texts between characters')
}

/** @throws StoreError `too_large`, InvalidInputError when the parts do not belong together or hold text that is not Unicode. */
export function toCommitRows(commit: Commit): CommitRows {
  const { entry, snapshot, projection } = commit
  const { key, instanceId, seq, idempotencyKey } = entry
  if (!instanceIdSchema.safeParse(instanceId).success)
    throw malformedCommit(
      'entry.instanceId',
      'format',
      `${instanceId} is no instance id`,
      'use a–z, 0–9 and -, at most 80 characters',
    )
  if (key !== entryKey(instanceId, seq))
    throw malformedCommit(
      'entry.key',
      'mismatch',
      `${key} is not the key of entry ${String(seq)}`,
      'use entryKey(instanceId, seq)',
    )
  if (projection.instanceId !== instanceId || projection.seq !== seq)
    throw malformedCommit(
      'projection.seq',
      'mismatch',
      `${key} comes with the projection of another entry`,
      'project the state after the entry',
    )
  const entryText = textOf(entry, key)
  if (entryText.length > recordLimits.entry) throw tooLarge('entry', key, entryText.length, recordLimits.entry)
  if (snapshot.length > recordLimits.snapshot) throw tooLarge('snapshot', key, snapshot.length, recordLimits.snapshot)
  if (!snapshot.isWellFormed()) throw notUnicode(key)
  const projectionText = textOf(projection, key)
  return {
    event: { key, instanceId, seq, idempotencyKey, entry: entryText },
    kind: entry.kind,
    snapshot,
    head: headOf(entry),
    projection: projectionText,
    dueAt: projection.nextDueAt,
    visible: toVisibleColumns(projection, projectionText),
    effects: entry.effects.map(({ id, type }) => ({ id, type })),
    acknowledges: (commit.acknowledges ?? []).map((a) => pairKey(a.instanceId, a.effectId)),
    documents: (commit.personal ?? []).map((document) => toDocumentRow(document, entry)),
  }
}

function toDocumentRow(document: PersonalDocument, { key, instanceId, seq }: JournalEntry): DocumentRow {
  const { documentId, text } = document
  if (document.instanceId !== instanceId || document.seq !== seq)
    throw malformedCommit(
      'personal',
      'mismatch',
      `${key} comes with a document of another entry`,
      'seal the texts of its own command',
    )
  if (text.length > recordLimits.document)
    throw tooLarge('document', `${key} ${document.field}`, text.length, recordLimits.document)
  return { id: pairKey(instanceId, documentId), instanceId, documentId, seq, document: textOf(document, key) }
}

export function toVisibleColumns(projection: Projection, text = textOf(projection, projection.instanceId)): VisibleColumns {
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
