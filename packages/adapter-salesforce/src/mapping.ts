import {
  checkCommit,
  corruptRecord,
  escapedJson,
  headOf,
  malformedCommit,
  pairKey,
  projectionSchema,
  recordTooLarge,
  sortKey,
  storableJson,
  unescapedJson,
  type Commit,
  type DueHit,
  type JournalEntry,
  type PendingEffect,
  type LimitedRecord,
  type PersonalDocument,
  type PolicyRecord,
  type Projection,
  type StoredInstance,
} from '@ka-governance/core'
import type { Row } from './client.ts'
import type { Milestone } from './native/milestones.ts'
import type { TeamRows } from './native/team-rows.ts'
import type { FieldSource, RecordMapping, ResolvedMapping } from './options.ts'
import { longText, recordTypes, type FieldName, type Names, type ObjectName, type RecordTypeSpec } from './schema.ts'
import { isRecordId } from './soql.ts'

/** Values of a row to be written, by API name. */
export type Fields = { readonly [field: string]: string | number | boolean | null | { readonly [field: string]: string } }

/** A text field of a row to be written. */
export function textOf(fields: Fields, field: string): string {
  const value = fields[field]
  return typeof value === 'string' ? value : ''
}

/** A commit as rows: text only, nothing shared with the caller. */
export interface CommitRows {
  readonly instanceId: string
  readonly seq: number
  readonly eventKey: string
  readonly commandKey: string
  readonly instance: Fields
  /** The record type of a new instance, where the mapping wants one. */
  readonly recordType: Fields | null
  readonly event: Fields
  readonly effects: readonly Fields[]
  /** Effects that people of the org get natively, in the place of their rows. */
  readonly native: readonly NativeRows[]
  readonly documents: readonly Fields[]
  /** Milestones of the case that the entry completes. */
  readonly milestones: readonly Milestone[]
  /** What the entry changes of the account's team; absent: the mapping keeps none. */
  readonly team?: TeamRows
  /** Keys of effects that the commit carries out. */
  readonly acknowledges: readonly string[]
  /** The record that people see, where the mapping has one and it can be written. */
  readonly record: VisibleRecord | null
  /** Why it cannot be. */
  readonly unfit: string | null
  /** What the instance's row says of that record: written, or why not. */
  readonly shown: Fields
  readonly blocked: (reason: string) => Fields
}

/** Rows of the org that carry out an effect. */
export interface NativeRows {
  readonly effectId: string
  readonly object: string
  readonly rows: readonly Fields[]
  /** What they are about: the visible record, where there is one and it is written; else the account. */
  readonly about: { readonly record: boolean; readonly account: string | null }
}

/** A record of the org that follows an instance. */
export interface VisibleRecord {
  readonly object: string
  /** `makes`: a record that is not there is made. */
  readonly by: { readonly id: string } | { readonly field: string; readonly key: string; readonly makes: boolean }
  readonly fields: Fields
}

/**
 * A plain text as its column has it, in rows and in queries, cut between characters. `@{…}` in a body is a reference to another answer of its call, wherever it
 * stands and with no escape: a text that looks like one would halt the whole call, or read what it must not.
 */
export const columnText = (text: string, length: number): string =>
  text
    .replaceAll('@{', '@ {')
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')

/** An account as heads name it, in rows and in queries: what a text field would trim, drop or turn into something else is written out, or nobody would find it again. */
export const accountRef = (accountId: string): string =>
  columnText(
    accountId.replaceAll(unkept, (some) => encodeURIComponent(some)),
    200,
  )

const unkept = /^\s+|\s+$|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A date and time as Salesforce writes it; its fields keep seconds only, so the exact instant stands in the entry. */
export function dateTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000')
}

/** The row's fields by their API names. */
function fieldsOf<O extends ObjectName>(names: Names, object: O, values: Partial<Record<FieldName<O>, Fields[string]>>): Fields {
  return Object.fromEntries(
    (Object.entries(values) as [FieldName<O>, Fields[string]][]).map(([name, value]) => [names.field(object, name), value]),
  )
}

/** @throws StoreError `too_large`, InvalidInputError when the parts do not belong together or hold text that is not Unicode. */
export function toCommitRows(commit: Commit, mapping: ResolvedMapping, sha256: (text: string) => string): CommitRows {
  const { names } = mapping
  const texts = checkCommit(commit)
  const { entry, snapshot, projection } = commit
  const { key, instanceId, seq, idempotencyKey } = entry
  // Under two ids an account would have two ledgers.
  if (mapping.accounts.id === 'Id' && projection.accountId.length === 15 && isRecordId(projection.accountId))
    throw shortId(projection.accountId)
  const head = headOf(entry)
  const record = toVisibleRecord(mapping, projection)
  const unfit = unfitOf(record)
  const command =
    typeof entry.command === 'object' && entry.command !== null && 'type' in entry.command ? entry.command.type : null
  return {
    instanceId,
    seq,
    eventKey: key,
    commandKey: commandKey(instanceId, idempotencyKey, sha256),
    instance: {
      ...fieldsOf(names, 'Instance', {
        SortKey: sortKey(instanceId),
        Kind: entry.kind,
        Seq: seq,
        Hash: head.hash,
        EntryAt: head.at,
        SnapshotHash: head.snapshotHash,
        Snapshot: fitting('snapshot', key, escaped(snapshot)),
      }),
      ...due(names, projection.nextDueAt),
      ...visible(names, projection, texts.projection),
    },
    recordType: mapping.recordTypes && seq === 1 ? recordTypeOf(entry.kind) : null,
    event: fieldsOf(names, 'Event', {
      EventKey: key,
      CommandKey: commandKey(instanceId, idempotencyKey, sha256),
      InstanceKey: instanceId,
      Seq: seq,
      Command: typeof command === 'string' ? columnText(command, 80) : null,
      ActorId: columnText(entry.actor.id, 200),
      At: dateTime(entry.at),
      Entry: fitting('entry', key, escaped(texts.entry)),
    }),
    effects: entry.effects.map((effect) =>
      fieldsOf(names, 'Effect', {
        EffectKey: effect.id,
        InstanceKey: instanceId,
        Type: columnText(effect.type, 80),
        Status: 'pending',
        Attempts: 0,
        Effect: fitting('entry', effect.id, escaped(JSON.stringify({ kind: entry.kind, seq, at: entry.at, effect }))),
      }),
    ),
    documents: texts.personal.map(({ document, json }) =>
      fieldsOf(names, 'Document', {
        DocumentKey: documentKey(instanceId, document.documentId),
        InstanceKey: instanceId,
        Seq: seq,
        Document: fitting('document', key, escaped(json)),
      }),
    ),
    native: [],
    milestones: [],
    acknowledges: (commit.acknowledges ?? []).map(({ effectId }) => effectId),
    record: unfit === null ? record : null,
    unfit,
    shown: shown(names, seq),
    blocked: (reason) => blocked(names, reason),
  }
}

const shortId = (accountId: string): Error =>
  malformedCommit(
    'projection.accountId',
    'short_id',
    `${accountId} is a record id of 15 characters`,
    'give the 18 characters that the API answers',
  )

/** By its name, so that nobody has to ask for its id; kinds of a host's own have none. */
function recordTypeOf(kind: string): Fields | null {
  const types: { readonly [kind: string]: RecordTypeSpec } = recordTypes
  const type = Object.hasOwn(types, kind) ? types[kind] : undefined
  return type === undefined ? null : { RecordType: { Name: type.label.en } }
}

/** The record of the org has followed up to this entry. */
export const shown = (names: Names, seq: number): Fields => fieldsOf(names, 'Instance', { RecordSeq: seq, Blocked: null })
/** The record of the org refuses to follow. */
export const blocked = (names: Names, reason: string): Fields => fieldsOf(names, 'Instance', { Blocked: columnText(reason, 255) })

/** Unique for instance and key, whatever they contain, and of a fixed length. */
export function commandKey(instanceId: string, idempotencyKey: string, sha256: (text: string) => string): string {
  return sha256(pairKey(instanceId, idempotencyKey))
}

/** JSON text in characters that every text field keeps, and with no beginning of a reference (above). Canonical JSON never has such an escape of its own. */
export const escaped = (json: string): string => escapedJson(json).replaceAll('@{', '\\u0040{')

/** The other way round, to the character. */
export const unescaped = (text: string): string => unescapedJson(text.replaceAll(/((?<!\\)(?:\\\\)*)\\u0040/g, '$1@'))

function fitting(what: LimitedRecord, key: string, text: string): string {
  if (text.length > longText) throw recordTooLarge(what, key, text.length, longText)
  return text
}

export const documentKey = (instanceId: string, documentId: string): string => `${instanceId}:${documentId}`

/** Columns that carry the due index. */
export function due(names: Names, nextDueAt: number | null): Fields {
  return fieldsOf(names, 'Instance', { DueKey: nextDueAt, DueAt: nextDueAt === null ? null : dateTime(nextDueAt) })
}

/** Columns that carry the visible record. */
export function visible(names: Names, projection: Projection, json = storableJson(projection, projection.instanceId)): Fields {
  return fieldsOf(names, 'Instance', {
    Visible: fitting('entry', projection.instanceId, escaped(json)),
    VisibleSeq: projection.seq,
    AccountRef: accountRef(projection.accountId),
    State: columnText(projection.state, 80),
    Open: projection.open,
    Owner: projection.owner === null ? null : columnText(projection.owner, 200),
  })
}

/** The record of the org that people see, or null where the mapping has none for this kind. */
export function toVisibleRecord({ accounts, records }: ResolvedMapping, projection: Projection): VisibleRecord | null {
  const record = Object.hasOwn(records, projection.kind) ? records[projection.kind] : undefined
  if (record === undefined) return null
  const values = Object.entries(record.fields).flatMap(([name, source]) => {
    const value = valueOf(source, projection)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { object: record.object, by: placeOf(record, projection, accounts.id), fields: Object.fromEntries(values) }
}

/** Why a record can neither be written nor asked for, so that nothing is sent: an id that is none names another resource. */
export const unfitOf = (record: VisibleRecord | null): string | null =>
  record !== null && 'id' in record.by && !isRecordId(record.by.id) ? 'MALFORMED_ID: the account is named by no record id' : null

function placeOf({ by }: RecordMapping, { accountId, instanceId }: Projection, accountField: string): VisibleRecord['by'] {
  if (by !== 'accountId') return { field: by.externalId, key: instanceId, makes: true }
  return accountField === 'Id' ? { id: accountId } : { field: accountField, key: accountId, makes: false }
}

/** Undefined: the record keeps what it has. */
function valueOf(source: FieldSource, projection: Projection): Fields[string] | undefined {
  if ('projection' in source) return cut(projection[source.projection])
  if ('instant' in source) {
    const at = projection[source.instant]
    return at === null ? null : dateTime(at)
  }
  if ('field' in source)
    return cut(Object.hasOwn(projection.fields, source.field) ? (projection.fields[source.field] ?? null) : null)
  if ('state' in source)
    return Object.hasOwn(source.state, projection.state) ? cut(source.state[projection.state] ?? null) : undefined
  return cut(source.value)
}

const cut = (value: string | number | boolean | null): string | number | boolean | null =>
  typeof value === 'string' ? columnText(value, 255) : value

/** Reads a row's field by our own name. */
export function read<O extends ObjectName>(names: Names, object: O, row: Row, name: FieldName<O>): unknown {
  return row[names.field(object, name)]
}

function textIn(value: unknown, object: string, key: string): string {
  if (typeof value !== 'string') throw corruptRecord(object, key)
  return value
}

function parsed(text: unknown, object: string, key: string): unknown {
  try {
    return JSON.parse(textIn(text, object, key)) as unknown
  } catch (error) {
    throw corruptRecord(object, key, error)
  }
}

/** Columns that `load` asks for. */
export const headColumns = ['InstanceKey', 'Kind', 'Seq', 'Hash', 'EntryAt', 'SnapshotHash', 'Snapshot', 'RecordSeq'] as const

/** The head of an instance, from its row. @throws StoreError `corrupt_record` */
export function toStored(names: Names, row: Row): StoredInstance {
  const of = (name: FieldName<'Instance'>): unknown => read(names, 'Instance', row, name)
  const instanceId = textIn(of('InstanceKey'), names.object('Instance'), '?')
  const [seq, at, shownSeq] = [of('Seq'), of('EntryAt'), of('RecordSeq')]
  if (typeof seq !== 'number' || typeof at !== 'number') throw corruptRecord(names.object('Instance'), instanceId)
  const text = (name: FieldName<'Instance'>): string => textIn(of(name), names.object('Instance'), instanceId)
  return {
    instanceId,
    kind: text('Kind'),
    snapshot: unescaped(text('Snapshot')),
    head: { seq, hash: text('Hash'), at, snapshotHash: text('SnapshotHash') },
    shownSeq: typeof shownSeq === 'number' && shownSeq > 0 ? shownSeq : null,
  }
}

export function toEntry(names: Names, row: Row): JournalEntry {
  const key = String(read(names, 'Event', row, 'EventKey'))
  return parsed(read(names, 'Event', row, 'Entry'), names.object('Event'), key) as JournalEntry
}

export function toProjection(names: Names, row: Row): Projection {
  const key = String(read(names, 'Instance', row, 'InstanceKey'))
  const found = projectionSchema.safeParse(parsed(read(names, 'Instance', row, 'Visible'), names.object('Instance'), key))
  if (!found.success || found.data.instanceId !== key) throw corruptRecord(names.object('Instance'), key, found.error)
  return found.data
}

export function toDueHit(names: Names, row: Row): DueHit {
  const [instanceId, kind, dueAt] = (['InstanceKey', 'Kind', 'DueKey'] as const).map((name) => read(names, 'Instance', row, name))
  if (typeof instanceId !== 'string' || typeof kind !== 'string' || typeof dueAt !== 'number')
    throw corruptRecord(names.object('Instance'), String(instanceId))
  return { instanceId, kind, dueAt }
}

/** An outstanding effect, whole: its row holds it, so that no entry has to be read. */
export function toPendingEffect(names: Names, row: Row): PendingEffect & { readonly reason: string } {
  const of = (name: FieldName<'Effect'>): unknown => read(names, 'Effect', row, name)
  const key = String(of('EffectKey'))
  const { kind, seq, at, effect } = parsed(of('Effect'), names.object('Effect'), key) as Pick<
    PendingEffect,
    'kind' | 'seq' | 'at' | 'effect'
  >
  const [attempts, retryAt, reason] = [of('Attempts'), of('RetryAt'), of('Reason')]
  return {
    instanceId: textIn(of('InstanceKey'), names.object('Effect'), key),
    kind,
    seq,
    at,
    effect,
    attempts: typeof attempts === 'number' ? attempts : 0,
    retryAt: typeof retryAt === 'number' ? retryAt : null,
    reason: typeof reason === 'string' ? reason : '',
  }
}

export function toDocument(names: Names, row: Row): PersonalDocument {
  const key = String(read(names, 'Document', row, 'DocumentKey'))
  return parsed(read(names, 'Document', row, 'Document'), names.object('Document'), key) as PersonalDocument
}

export function policyFields(names: Names, { id, version, hash, document }: PolicyRecord): Fields {
  const text = escaped(document)
  return fieldsOf(names, 'Policy', {
    PolicyKey: pairKey(id, version),
    PolicyId: id,
    Version: version,
    Hash: hash,
    Document: fitting('policy', `${id} ${version}`, text),
  })
}

export function toPolicy(names: Names, row: Row): PolicyRecord {
  const of = (name: FieldName<'Policy'>): string =>
    textIn(read(names, 'Policy', row, name), names.object('Policy'), String(read(names, 'Policy', row, 'PolicyKey')))
  return { id: of('PolicyId'), version: of('Version'), hash: of('Hash'), document: unescaped(of('Document')) }
}
