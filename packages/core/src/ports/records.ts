import { z } from 'zod'
import type { JsonValue } from '../errors/index.ts'

/** Limits every store keeps, checked before anything is sent: characters of JSON, of a personal document those of its text. */
export const recordLimits = { entry: 48_000, snapshot: 60_000, document: 16_000, id: 80 } as const

/** What every id of an instance looks like, so that any backend can use it as a key: `a–z`, `0–9` and `-`, 1 to 80 characters. */
export const instanceIdSchema = z.string().regex(/^[a-z0-9-]{1,80}$/, 'an instance id: a–z, 0–9 and -, at most 80 characters')
const json = z.custom<JsonValue>((v) => v !== undefined)
const instant = z.number().int()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const pinSchema = z.strictObject({ id: z.string(), version: z.string(), hash })
const actorSchema = z.strictObject({ id: z.string(), roles: z.array(z.string()), onBehalfOf: z.string().optional() })

/**
 * Something the outside world must hear of. Data in the entry: nothing is announced that did not happen. `id` is `<entryKey>-e<k>`.
 * `command` effects are child commands for other instances; the runtime carries them out itself, exactly once, by using the id as their
 * idempotency key. Every other type goes to the host's handlers, at least once.
 */
export const effectSchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  params: json,
  /** The instance waits for it: on delivery the runtime sends `effectDelivered`. */
  awaited: z.boolean().optional(),
})
/** Something the outside world must hear of, as its entry holds it: a child command, or work for a handler of the host. */
export type Effect = z.infer<typeof effectSchema>

/** A rung that fired, named by clock, cycle, revision and rung: never by its due instant, which moves when holidays are published. */
export const settledRungSchema = z.strictObject({
  clock: z.string(),
  cycle: z.number().int(),
  revision: z.number().int(),
  /** Stable id within the ladder, e.g. `80-warn-accountManager`. */
  rung: z.string(),
  kind: z.enum(['warn', 'breach', 'escalate']),
  dueAt: instant,
})
/** A rung that fired, as its entry holds it; `dueAt` in epoch milliseconds. A rung fires once: sweeps may race, the journal lets one win. */
export type SettledRung = z.infer<typeof settledRungSchema>

/** One immutable line of an instance's journal (architecture rule 7). */
export const journalEntrySchema = z.strictObject({
  /** `<instanceId>-<seq, six digits>`: the lock on every backend. */
  key: z.string(),
  instanceId: instanceIdSchema,
  kind: z.string(),
  seq: z.number().int().positive(),
  /** max(clock, previous entry's `at`). */
  at: instant,
  actor: actorSchema,
  /** Absent in an entry that only settles. */
  command: json.optional(),
  /** Unique within the instance. */
  idempotencyKey: z.string(),
  /** sha-256 of the canonical command: the same key with another payload is refused. */
  commandHash: z.string(),
  settled: z.array(settledRungSchema),
  /** What the decision was based on, by step: settled rungs first, then the command. Replay applies these and computes nothing. */
  inputs: z.array(json),
  from: z.string(),
  to: z.string(),
  effects: z.array(effectSchema),
  /** What enforcement would have refused (`observe`, `warn`) [GOV-09]. */
  observed: z.array(json).optional(),
  /** How the command was judged where it was not enforced: so that a journal tells whether nothing was observed, or nothing would have been [GOV-09]. */
  mode: z.enum(['observe', 'warn']).optional(),
  policy: pinSchema,
  definitionVersion: z.string(),
  snapshotHash: hash,
  previousHash: z.string(),
  hash,
})
/**
 * One line of the journal, instants in epoch milliseconds. `hash` is the sha-256 over the canonical JSON of everything else in it, `previousHash` among it
 * (empty in the first): whoever changes an entry must change all that follow, and `verifyJournal` tells.
 */
export type JournalEntry = z.infer<typeof journalEntrySchema>

/** What people see on their records. Follows the journal, carries its `seq`, never goes backward. */
export const projectionSchema = z.strictObject({
  instanceId: instanceIdSchema,
  kind: z.string(),
  accountId: z.string(),
  seq: z.number().int().positive(),
  state: z.string(),
  open: z.boolean(),
  openedAt: instant,
  updatedAt: instant,
  /** Earliest rung not yet fired; null when no clock runs (then `noDueReason` says why). */
  nextDueAt: instant.nullable(),
  nextDue: z.string().nullable(),
  noDueReason: z.string().nullable(),
  provisionalDue: z.boolean(),
  /** Who has to act: a role or a person. */
  owner: z.string().nullable(),
  /** Tier, severity … by kind; shown, searched, never decided upon. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
/** The visible record of an instance, instants in epoch milliseconds. Lists and the due index are made of it; decisions never are. */
export type Projection = z.infer<typeof projectionSchema>

/**
 * A personal text apart from the journal, so that it can be erased while the journal stays as it is. Journal and snapshot hold `sealed:<documentId>` in its place.
 * `documentId` is the sha-256 over salt, instance, field and text: whoever has the document can check it against the journal, whoever lacks the salt cannot guess the text.
 */
export const personalDocumentSchema = z.strictObject({
  instanceId: instanceIdSchema,
  documentId: hash,
  /** `seq` of the entry whose command held the text. */
  seq: z.number().int().positive(),
  /** Where in the command, e.g. `contact` or `parts.0.matter`. */
  field: z.string(),
  salt: z.string(),
  text: z.string(),
})
/** A personal text that can be erased, with the salt of its commitment and its place in the journal. */
export type PersonalDocument = z.infer<typeof personalDocumentSchema>

/** The end of an instance's journal, kept beside its snapshot so that loading reads one record and no entry. */
export interface JournalHead {
  readonly seq: number
  readonly hash: string
  readonly at: number
  /** sha-256 of the snapshot's text. */
  readonly snapshotHash: string
}

/** What a store keeps of an instance. `snapshot` is canonical JSON text, to the character as it was committed. */
export interface StoredInstance {
  readonly instanceId: string
  readonly kind: string
  readonly snapshot: string
  readonly head: JournalHead
  /** `seq` of the visible record: lower than the head's when it is to be projected again; `null` while there is none. */
  readonly shownSeq: number | null
}

/** The head that an entry makes. */
export function headOf(entry: JournalEntry): JournalHead {
  const { seq, hash, at, snapshotHash } = entry
  return { seq, hash, at, snapshotHash }
}

/** Key of entry `seq`: fixed width, so that text order is number order. */
export function entryKey(instanceId: string, seq: number): string {
  return `${instanceId}-${String(seq).padStart(6, '0')}`
}
