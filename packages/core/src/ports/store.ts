import type { JsonValue } from '../errors/index.ts'
import type { InOneCall } from './in-one-call.ts'
import type { RecordDrift } from './drift.ts'
import type { CommandInbox } from './inbox.ts'
import type { Effect, JournalEntry, PersonalDocument, Projection, StoredInstance } from './records.ts'

/** What a store can promise. The runtime asks these and nothing else; conformance checks what is declared. */
export interface StoreCapabilities {
  /** Several instances of one `commit` call land together or not at all. */
  readonly atomicMultiCommit: boolean
  /** `due` can hand an instance to one caller for a while. */
  readonly leases: boolean
  /** The projection is durable together with the entry; otherwise it follows. */
  readonly atomicProjection: boolean
  /** What `find` and `due` answer includes every commit acknowledged before the call. */
  readonly consistentQueries: boolean
  /** Personal documents land together with their entry or not at all; otherwise those of a commit that did not land may stay behind. */
  readonly atomicDocuments: boolean
  /** `accounts.facts` knows purchases (a CRM without orders does not). */
  readonly accountFacts: boolean
}

/** One instance's part of a commit: append `entry` only if `entry.seq - 1` is the last. */
export interface Commit {
  readonly entry: JournalEntry
  /** Canonical JSON of the state after the entry. */
  readonly snapshot: string
  readonly projection: Projection
  /** Effects of earlier entries (same or other instances) that this commit carries out: acknowledged in the same transaction where the store can, else after it. */
  readonly acknowledges?: readonly { readonly instanceId: string; readonly effectId: string }[]
  /**
   * Personal texts that the entry stands for, kept apart from it: durable no later than the entry, so that no journal ever names a text that was never
   * stored. Without `atomicDocuments` they are written first, and a commit that does not land may leave them behind; nothing refers to them then.
   */
  readonly personal?: readonly PersonalDocument[]
  /**
   * Commits of one call with the same number land together or not at all; without one, a commit stands for itself. Only where `atomicMultiCommit`, else
   * `invalid_input`.
   */
  readonly group?: number
}

/**
 * What became of one instance's commit. Failures of the call itself are thrown as `StoreError`.
 * - `committed`: durable; `projection: 'blocked'` when the visible record was refused by an admin's rule: the command still succeeded
 * - `conflict`: somebody else appended this `seq`; nothing of ours is stored. `headSeq` is a hint and may be stale
 * - `duplicate`: the idempotency key is already used in this instance; `entry` is the first outcome
 * - `unknown`: the write may or may not have happened; sending the same commit again is safe and tells
 */
export type CommitOutcome =
  | { readonly status: 'committed'; readonly projection: 'written' | 'pending' | 'blocked'; readonly blockedReason?: string }
  | { readonly status: 'conflict'; readonly headSeq: number | null }
  | { readonly status: 'duplicate'; readonly entry: JournalEntry }
  | { readonly status: 'unknown'; readonly reason: string }

/** An instance with something due. A hint: the runtime loads and judges. */
export interface DueHit {
  readonly instanceId: string
  readonly kind: string
  readonly dueAt: number
}

/** What a sweep asks for: instances with a rung due. Instants in epoch milliseconds. */
export interface DueQuery {
  /** Due at or before this instant. */
  readonly at: number
  /** At most so many hits. */
  readonly limit: number
  /** Only after this hit, in (dueAt, instanceId) order: how a sweep walks past instances that fail. */
  readonly after?: DueHit
  /** Ask for a lease of so many milliseconds; ignored by stores without leases. */
  readonly leaseMs?: number
}

/** What a sweep looks at first: what is due, and what is still to be carried out. */
export interface AgendaQuery {
  /** As `due` takes it. */
  readonly due: DueQuery
  /** As `effects.pending` takes it. */
  readonly effects: { readonly limit: number; readonly types?: readonly string[]; readonly at?: number }
}

/** Answer to an {@link AgendaQuery}. */
export interface Agenda {
  /** Earliest first, then by id. */
  readonly due: readonly DueHit[]
  /** Oldest first. */
  readonly effects: readonly PendingEffect[]
}

/** Which projections to find: those that equal every field given; all of them without any. */
export interface InstanceQuery {
  readonly kind?: string
  readonly accountId?: string
  readonly open?: boolean
  readonly state?: string
}

/** An effect not yet acknowledged. */
export interface PendingEffect {
  readonly instanceId: string
  readonly kind: string
  readonly seq: number
  readonly at: number
  readonly effect: Effect
  /** Failed deliveries so far. */
  readonly attempts: number
  /** Not to be tried again before this instant, epoch milliseconds; `null`: at once. */
  readonly retryAt: number | null
}

/** An account as the CRM knows it. `parentId` names its group's account; null where the CRM has nothing. */
export interface AccountRecord {
  readonly accountId: string
  readonly name: string
  readonly region: string | null
  readonly parentId: string | null
}

/**
 * A text of the policy registry, canonical JSON, immutable once put: a version of a policy; or, under a version with a `+` (`1.1+draft-…`, `1.1+whatif-…`), a draft of it or
 * the evidence of a what-if.
 */
export interface PolicyRecord {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly document: string
}

/**
 * Where governed records live. Every method says what it answers when the thing is absent, when the answer may be stale and when callers race.
 * All reads of more than one record stream. Failures of the backend are thrown as `StoreError`: never answered as absence.
 */
export interface GovernanceStore {
  readonly name: string
  readonly capabilities: StoreCapabilities

  /**
   * The instance at its journal's head, from the record that keeps snapshot and head together: no entry is read. `null`: there is none. Never stale: what
   * `commit` acknowledged, `load` sees.
   */
  load(instanceId: string): Promise<StoredInstance | null>

  /** Several heads at once, in the order of `instanceIds`; each as `load` answers it. Absent: they are loaded one by one. */
  readonly loadMany?: InOneCall<(instanceIds: readonly string[]) => Promise<readonly (StoredInstance | null)[]>>

  /**
   * Appends. Outcomes in the order of `commits`. The idempotency key is looked at before `seq`, so that a resend hears `duplicate`, not `conflict`;
   * `too_large` is thrown before anything of the call is stored; acknowledgements take effect after all entries of their group. Of racing callers with the same
   * `seq` exactly one gets `committed`; the others `conflict`. Of a `group` all instances land or none: if one does not, it says why and the others of the group
   * answer `conflict`; other groups of the call are not touched by that. What fails after something of the call has landed answers `unknown`: sending it again tells.
   */
  commit(commits: readonly Commit[]): Promise<readonly CommitOutcome[]>

  /** The entry that used this idempotency key in this instance, else `null`. Never stale. */
  entryByKey(instanceId: string, idempotencyKey: string): Promise<JournalEntry | null>

  /** The same for several, in their order. Absent: they are asked for one by one. */
  readonly entriesByKey?: InOneCall<
    (
      keys: readonly { readonly instanceId: string; readonly idempotencyKey: string }[],
    ) => Promise<readonly (JournalEntry | null)[]>
  >

  /** Entries in order of `seq`, from `fromSeq` (default 1). Empty when there is no such instance. */
  history(instanceId: string, fromSeq?: number): AsyncIterable<JournalEntry>

  /** Instances due, earliest first (then by id); at most `limit`. May be stale by the store's own lag, in both directions. */
  due(query: DueQuery): Promise<readonly DueHit[]>

  /** `due` and `effects.pending` in one read, each as it answers by itself. Absent: they are asked one after the other. */
  readonly agenda?: InOneCall<(query: AgendaQuery) => Promise<Agenda>>

  /** Projections, ordered by id. May be stale unless `consistentQueries`. */
  find(query: InstanceQuery): AsyncIterable<Projection>

  readonly effects: {
    /**
     * Not acknowledged and not dead, oldest first; with `types` only effects of these, at a cost of what is answered: effects that nobody handles stay for
     * ever and must not slow down those that somebody does. With `at` (epoch milliseconds) only what may be tried at that instant: effects that wait for a
     * later `retryAt` are left out and take no place of the limit. May repeat what another worker is delivering.
     */
    pending(query: {
      readonly limit: number
      readonly instanceId?: string
      readonly types?: readonly string[]
      readonly at?: number
    }): Promise<readonly PendingEffect[]>
    /** Idempotent; acknowledging an unknown id does nothing. */
    ack(instanceId: string, effectId: string): Promise<void>
    /**
     * Counts a failed delivery; after `dead: true` it is in `dead` instead of `pending`. `retryAt` takes the place of the one before, absent: it may be tried
     * at once.
     */
    fail(
      instanceId: string,
      effectId: string,
      reason: string,
      dead: boolean,
      options?: { readonly retryAt?: number },
    ): Promise<void>
    /** Effects given up, for an operator, oldest first; with `types` only effects of these. */
    dead(query: {
      readonly limit: number
      readonly types?: readonly string[]
    }): Promise<readonly (PendingEffect & { readonly reason: string })[]>
    /** Puts a dead effect back among the pending ones, its attempts at 0 and without `retryAt`. False: no such dead effect. */
    revive(instanceId: string, effectId: string): Promise<boolean>
  }

  readonly personal: {
    /**
     * The instance's personal documents that are not erased, by `seq`, then by `documentId`. Empty: none, all erased, or no such instance. Never stale: what
     * `commit` acknowledged is here, what `erase` acknowledged is not. Documents that nothing in the journal refers to may be among them, see `Commit.personal`.
     */
    read(instanceId: string): Promise<readonly PersonalDocument[]>
    /**
     * Erases these documents of the instance, or all that it has, and answers how many there were. Gone for good once resolved: from the record itself, not
     * only from what `read` answers. Idempotent: what is not there counts 0. Journal, snapshot and projection stay as they are. Racing with a commit, `'all'`
     * erases its documents or not.
     */
    erase(instanceId: string, documentIds: readonly string[] | 'all'): Promise<number>
  }

  readonly policies: {
    /** `null`: not published here. */
    get(id: string, version: string): Promise<PolicyRecord | null>
    /** Immutable: the same hash again is fine, another hash under the same version answers `conflict`. */
    put(record: PolicyRecord): Promise<'stored' | 'exists' | 'conflict'>
    /** Every record, of one policy or of all, drafts and evidence among them, in no promised order; nothing where there is none. */
    list(id?: string): AsyncIterable<PolicyRecord>
  }

  readonly accounts: {
    /** `null`: the CRM has no such account. */
    get(accountId: string): Promise<AccountRecord | null>
    /** All accounts, ordered by id, optionally after one: how a review resumes. */
    list(query?: { readonly after?: string }): AsyncIterable<AccountRecord>
    /** Raw facts as the CRM has them, to be parsed by core. `null`: no such account. */
    facts(accountId: string): Promise<JsonValue | null>
    /** Several accounts at once, in the order of `accountIds`; each as `get` answers it. Absent: one by one. */
    readonly getMany?: InOneCall<(accountIds: readonly string[]) => Promise<readonly (AccountRecord | null)[]>>
    /** The facts of several accounts at once, in the order of `accountIds`; each as `facts` answers them. Absent: one by one. */
    readonly factsMany?: InOneCall<(accountIds: readonly string[]) => Promise<readonly (JsonValue | null)[]>>
  }

  /** Commands that people left in the backend; absent: it has no such place. */
  readonly inbox?: CommandInbox

  /** Writes a projection again from the head (repair). Never goes backward: an older `seq` than the stored one is ignored; the same `seq` is written again and moves the due index. */
  project(projection: Projection): Promise<'written' | 'stale' | 'blocked'>

  /**
   * The visible records of these instances that were changed by hand: fields that show something else than the projection given has there, and, of a part that
   * `isReckoned`, something else than the store wrote last. Only of records that have followed to the `seq` given: what is behind, ahead, blocked or unknown is
   * left out; so is what the backend itself makes of a value (white space, seconds, its own words). In any order, several an instance where it has several
   * records. Absent: the store cannot tell.
   */
  drift?(projections: readonly Projection[]): Promise<readonly RecordDrift[]>
}
