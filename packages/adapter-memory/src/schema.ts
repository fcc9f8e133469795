import { compareText, pairKey, type InboundStatus } from '@ka-governance/core'
import type { Table, TableDefinition } from './database/table.ts'

/** One journal entry, never changed. */
export interface EventRow {
  readonly key: string
  readonly instanceId: string
  readonly seq: number
  readonly idempotencyKey: string
  /** JSON text of the entry. */
  readonly entry: string
}

/** The head of one instance, and beside it the record that people see. */
export interface InstanceRow {
  readonly instanceId: string
  readonly kind: string
  seq: number
  /** Of the last entry, so that loading need not read it. */
  hash: string
  at: number
  snapshotHash: string
  /** Canonical JSON, as given. */
  snapshot: string
  /** JSON text of the projection that belongs to the head. */
  projection: string
  dueAt: number | null
  /** JSON text of the visible record; null while none was ever written. The columns below are taken from it. */
  visible: string | null
  visibleSeq: number
  accountId: string
  state: string
  open: boolean
}

/** An effect that nobody acknowledged. The effect itself stays in its entry. */
export interface EffectRow {
  readonly id: string
  readonly instanceId: string
  readonly effectId: string
  readonly type: string
  readonly eventKey: string
  /** Place of the effect in the entry. */
  readonly position: number
  /** Rises with every effect ever committed: "oldest first". */
  readonly ordinal: number
  attempts: number
  /** Why it was given up; null while it is pending. */
  deadReason: string | null
  /** Left out of what is pending before this instant. */
  retryAt: number | null
}

/** A personal text, apart from the journal. */
export interface DocumentRow {
  readonly id: string
  readonly instanceId: string
  readonly documentId: string
  readonly seq: number
  /** JSON text of the document. */
  readonly document: string
}

export interface LeaseRow {
  readonly instanceId: string
  /** Exclusive. */
  until: number
}

export interface AccountRow {
  readonly accountId: string
  /** JSON text of the account record. */
  readonly account: string
  /** JSON text of the raw facts. */
  readonly facts: string
}

export interface PolicyRow {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly document: string
}

/** A command that somebody left, and what became of it. */
export interface CommandRow {
  /** Rises with every row, fixed width: the order in which they were made. */
  readonly id: string
  readonly kind: string
  readonly instanceId: string | null
  readonly command: string
  form: string
  readonly actor: string
  readonly onBehalfOf: string | null
  readonly expectedVersion: number | null
  readonly locale: string | null
  readonly at: number
  tries: number
  status: InboundStatus
  /** JSON text of the answer, also of one that says that there is none yet; null before the first. */
  answer: string | null
}

/** What a hand did to a visible record, until the store writes it anew. */
export interface EditRow {
  readonly instanceId: string
  /** The visible record that lies below, as it was written. */
  readonly over: string
  /** JSON text of the new values, by part of the projection. */
  readonly values: string
  readonly deleted: boolean
  readonly by: string | null
  readonly at: number | null
}

const byInstance = (a: { readonly instanceId: string }, b: { readonly instanceId: string }): number =>
  compareText(a.instanceId, b.instanceId)
const isVisible = (row: InstanceRow): boolean => row.visible !== null

const events: TableDefinition<EventRow, 'idempotency', never, never> = {
  key: (row) => row.key,
  unique: { idempotency: (row) => pairKey(row.instanceId, row.idempotencyKey) },
  groups: {},
  ordered: {},
}

const instances: TableDefinition<InstanceRow, never, never, 'id' | 'account' | 'kind' | 'open' | 'openKind'> = {
  key: (row) => row.instanceId,
  unique: {},
  groups: {},
  ordered: {
    id: { compare: byInstance, where: isVisible },
    account: { compare: (a, b) => compareText(a.accountId, b.accountId) || byInstance(a, b), where: isVisible },
    kind: { compare: (a, b) => compareText(a.kind, b.kind) || byInstance(a, b), where: isVisible },
    open: { compare: byInstance, where: (row) => isVisible(row) && row.open },
    openKind: { compare: (a, b) => compareText(a.kind, b.kind) || byInstance(a, b), where: (row) => isVisible(row) && row.open },
  },
}

const effects: TableDefinition<EffectRow, never, 'instance' | 'type', 'pending' | 'dead'> = {
  key: (row) => row.id,
  unique: {},
  groups: { instance: (row) => row.instanceId, type: (row) => row.type },
  ordered: {
    pending: { compare: (a, b) => a.ordinal - b.ordinal, where: (row) => row.deadReason === null, eager: true },
    dead: { compare: (a, b) => a.ordinal - b.ordinal, where: (row) => row.deadReason !== null },
  },
}

const documents: TableDefinition<DocumentRow, never, 'instance', never> = {
  key: (row) => row.id,
  unique: {},
  groups: { instance: (row) => row.instanceId },
  ordered: {},
}

const leases: TableDefinition<LeaseRow, never, never, never> = {
  key: (row) => row.instanceId,
  unique: {},
  groups: {},
  ordered: {},
}

const accounts: TableDefinition<AccountRow, never, never, 'id'> = {
  key: (row) => row.accountId,
  unique: {},
  groups: {},
  ordered: { id: { compare: (a, b) => compareText(a.accountId, b.accountId) } },
}

const policies: TableDefinition<PolicyRow, never, never, 'version'> = {
  key: (row) => pairKey(row.id, row.version),
  unique: {},
  groups: {},
  ordered: { version: { compare: (a, b) => compareText(a.id, b.id) || compareText(a.version, b.version) } },
}

const commands: TableDefinition<CommandRow, never, never, 'pending'> = {
  key: (row) => row.id,
  unique: {},
  groups: {},
  ordered: { pending: { compare: (a, b) => compareText(a.id, b.id), where: (row) => row.status === 'pending' } },
}

const edits: TableDefinition<EditRow, never, never, never> = {
  key: (row) => row.instanceId,
  unique: {},
  groups: {},
  ordered: {},
}

/** Every table the adapter needs. `provision` creates those that are missing. */
export const schema = { events, instances, effects, documents, leases, accounts, policies, commands, edits } as const

/** Name of a table in {@link schema}. */
export type TableName = keyof typeof schema
/** The tables by name, as the client hands them out. */
export type Tables = {
  readonly [name in TableName]: (typeof schema)[name] extends TableDefinition<infer Row, infer Unique, infer Group, infer Ordered>
    ? Table<Row, Unique, Group, Ordered>
    : never
}
