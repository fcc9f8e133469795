import type {
  AccountRecord,
  GovernanceStore,
  InboundStatus,
  JournalEntry,
  OfMany,
  PersonalDocument,
  Projection,
  StoreCapabilities,
} from '../ports/index.ts'

type Awaitable<T> = T | Promise<T>

/**
 * The second witness: reads the raw record without passing through the adapter under test, so that a wrong write cannot hide behind a read that is
 * wrong the same way.
 */
export interface RawWitness {
  /** The journal entry as it stands in the backend, or null. */
  event(key: string): Awaitable<JournalEntry | null>
  /** The visible record as it stands in the backend, or null. */
  projection(instanceId: string): Awaitable<Projection | null>
  /** How many journal entries the backend holds for the instance. */
  countEvents(instanceId: string): Awaitable<number>
  /** The personal documents that the backend holds for the instance, in any order: erased ones are not among them. */
  documents(instanceId: string): Awaitable<readonly PersonalDocument[]>
}

/**
 * What goes wrong with the very next request that reaches the backend.
 * - `outage`: it fails, nothing was done
 * - `lostAnswer`: it is carried out, its answer does not arrive
 * - `lostRequest`: it is not carried out, and the caller cannot tell this from a lost answer
 */
export type Disturbance = 'outage' | 'lostAnswer' | 'lostRequest'

/** A command as a person leaves it; the parts are those of `InboundCommand`. */
export interface LeftCommand {
  readonly kind: string
  /** `null`: it opens an instance. */
  readonly instanceId: string | null
  readonly command: string
  /** The fields as JSON text, to be kept to the character; may be empty. */
  readonly form: string
  /** `null`: any version will do. */
  readonly expectedVersion: number | null
}

/** The people's side of an inbox, past the store: makes records, and reads what stands in them. */
export interface InboxWitness {
  /** Id of the person who makes the records. */
  readonly author: string
  /** Makes a record and answers its id. Records of one case are made one after the other, and stand in that order. */
  submit(command: LeftCommand): Awaitable<string>
  /** The record as it stands in the backend, or null. */
  read(id: string): Awaitable<{
    readonly status: InboundStatus
    readonly text: string
    readonly entryKey: string | null
    readonly tries: number
    readonly form: string
  } | null>
}

/** What the author of a store hands over: a store to be tried and what is needed to look behind it. */
export interface ConformanceSubject {
  readonly store: GovernanceStore
  readonly witness: RawWitness
  /** At least three accounts that exist in the backend. The port cannot create any. */
  readonly accounts: readonly AccountRecord[]
  /** Begins every id; make it unique per run when the backend outlives the run. `[a-z0-9-]`, at most 20 characters. @default 'conf' */
  readonly prefix?: string
  /** Lets time pass for the store. @default real waiting */
  readonly advance?: (ms: number) => Awaitable<unknown>
  /** Plays a failure of the backend. Cases that need it are skipped, and reported, without it. */
  readonly disturb?: (kind: Disturbance) => Awaitable<unknown>
  /** Of a store with an inbox. Cases about it are skipped, and reported, without it. */
  readonly inbox?: InboxWitness
  /** Changes the visible record of an instance past the store, as a person does in the backend. Cases about it are skipped, and reported, without it. */
  readonly byHand?: (instanceId: string) => Awaitable<unknown>
  /** How long queries may lag behind commits, real milliseconds; only asked without `consistentQueries`. @default 30000 */
  readonly queryLagMs?: number
  /** Called after the case. */
  readonly close?: () => Awaitable<unknown>
}

/** What a case gets: the subject, and ids that no other case uses. */
export interface ConformanceContext extends ConformanceSubject {
  /** An instance id for this case; the same name gives the same id. */
  readonly id: (name?: string) => string
}

/** One promise of the port, and how to try it. */
export interface ConformanceCase {
  /** Stable: `<area>-<promise>`. */
  readonly id: string
  readonly title: string
  /** Skipped when the store does not declare one of these. */
  readonly needs?: readonly (keyof StoreCapabilities)[]
  /** Skipped when the subject does not offer one of these. */
  readonly uses?: readonly ('disturb' | 'inbox' | 'byHand')[]
  /** Skipped when the store does not offer one of these. */
  readonly offers?: readonly (keyof OfMany)[]
  /** Resolves when the promise is kept; rejects, mostly with an `AssertionError`, when it is broken. */
  readonly run: (ctx: ConformanceContext) => Promise<void>
}
