import { createHash } from 'node:crypto'
import type { JsonValue } from '../errors/index.ts'
import { entryKey, type Commit, type Effect, type JournalEntry, type PersonalDocument } from '../ports/index.ts'

/** What matters to a case; everything else is filled in. */
export interface CommitPlan {
  readonly instanceId: string
  /** @default 1 */
  readonly seq?: number
  readonly kind?: string
  readonly accountId?: string
  readonly state?: string
  readonly open?: boolean
  readonly nextDueAt?: number | null
  /** Types of effects, in order. */
  readonly effects?: readonly string[]
  readonly command?: JsonValue
  /** @default different for each `seq` */
  readonly idempotencyKey?: string
  readonly snapshot?: string
  /** Epoch milliseconds. @default rises with `seq` */
  readonly at?: number
  readonly acknowledges?: Commit['acknowledges']
  /** Personal texts that the entry stands for. */
  readonly personal?: readonly string[]
}

const firstInstant = Date.UTC(2026, 0, 5, 1)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * A complete commit: entry with digests, chained to the entry before it, snapshot and projection. The same plan gives the same commit.
 *
 * @example
 * ```ts
 * makeCommit({ instanceId: 'cmp-1', seq: 2 }).entry.key // => 'cmp-1-000002'
 * ```
 */
export function makeCommit(plan: CommitPlan): Commit {
  const { instanceId, seq = 1, kind = 'complaint', state = 'open', open = true, nextDueAt = null } = plan
  const at = plan.at ?? firstInstant + seq * 1000
  const key = entryKey(instanceId, seq)
  const snapshot = plan.snapshot ?? `{"context":{"seq":${String(seq)}},"value":"${state}"}`
  const entry: JournalEntry = {
    key,
    instanceId,
    kind,
    seq,
    at,
    actor: { id: 'u-17', roles: ['sales'] },
    command: plan.command ?? { type: 'note', text: `step ${String(seq)}` },
    idempotencyKey: plan.idempotencyKey ?? `key-${String(seq)}`,
    commandHash: sha256(JSON.stringify(plan.command ?? seq)),
    settled: [],
    inputs: [{ seq }],
    from: seq === 1 ? 'start' : 'received',
    to: state,
    effects: (plan.effects ?? []).map((type, index): Effect => ({ id: effectId(key, index + 1), type, params: { seq, index } })),
    policy: { id: 'standard', version: '1', hash: sha256('policy') },
    definitionVersion: '1',
    snapshotHash: sha256(snapshot),
    previousHash: seq === 1 ? '' : sha256(entryKey(instanceId, seq - 1)),
    hash: sha256(key),
  }
  return {
    entry,
    snapshot,
    projection: {
      instanceId,
      kind,
      accountId: plan.accountId ?? 'acc-of-nobody',
      seq,
      state,
      open,
      openedAt: firstInstant,
      updatedAt: at,
      nextDueAt,
      nextDue: nextDueAt === null ? null : 'reply',
      noDueReason: nextDueAt === null ? 'noClockRunning' : null,
      provisionalDue: false,
      owner: 'sales',
      fields: { tier: 'A', score: 0.1, urgent: false, note: null },
    },
    ...(plan.acknowledges === undefined ? {} : { acknowledges: plan.acknowledges }),
    ...(plan.personal === undefined ? {} : { personal: plan.personal.map((text, k) => makeDocument(instanceId, seq, k, text)) }),
  }
}

/**
 * Entries 1 to `length` of one instance.
 *
 * @example
 * ```ts
 * makeChain('cmp-1', 3).map((commit) => commit.entry.seq) // => [1, 2, 3]
 * ```
 */
export function makeChain(instanceId: string, length: number, plan: Omit<CommitPlan, 'instanceId' | 'seq'> = {}): Commit[] {
  return Array.from({ length }, (_, index) => makeCommit({ ...plan, instanceId, seq: index + 1 }))
}

/**
 * Id of the k-th effect, counted from 1, of an entry.
 *
 * @example
 * ```ts
 * effectId('cmp-1-000001', 1) // => 'cmp-1-000001-e1'
 * ```
 */
export function effectId(key: string, k: number): string {
  return `${key}-e${String(k)}`
}

/**
 * A personal document of the k-th text, counted from 0, of an entry's command. The same arguments give the same document.
 *
 * @example
 * ```ts
 * makeDocument('cmp-1', 1, 0, 'Ms Li').field // => 'texts.0'
 * ```
 */
export function makeDocument(instanceId: string, seq: number, k: number, text: string): PersonalDocument {
  const field = `texts.${String(k)}`
  const salt = sha256(`${instanceId} ${String(seq)} ${field}`)
  return { instanceId, documentId: sha256(`${salt}${text}`), seq, field, salt, text }
}
