import { GovernanceError, isGovernanceError } from '../errors/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { entryKey, type GovernanceStore, type JournalEntry } from '../ports/index.ts'
import type { AnyCommand, Inputs } from '../definition/define-workflow.ts'
import { takeStep } from './advance.ts'
import type { Emitted } from './apply-actions.ts'
import { noPrevious } from './entry.ts'
import { blankInstance, encodeSnapshot, type Instance } from './instance.ts'
import { createDocumentCheck } from './verify-documents.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { fireRung } from './settle.ts'

/** Something wrong with a journal. */
export interface JournalProblem {
  readonly instanceId: string
  readonly seq: number
  readonly problem:
    | 'missing_entry'
    | 'wrong_key'
    | 'wrong_hash'
    | 'broken_chain'
    | 'replay_differs'
    | 'replay_failed'
    | 'snapshot_differs'
    | 'head_missing'
    | 'instance_missing'
    /** A personal document is not the one that was sealed. */
    | 'document_differs'
    /** A personal document is gone, and no entry erased it. */
    | 'document_missing'
  readonly detail: string
}

/** What `verifyJournal` found. */
export interface JournalReport {
  /** Instances looked at. */
  readonly instances: number
  /** Entries looked at; behind a missing one, or one that cannot be replayed, an instance is read no further. */
  readonly entries: number
  /** Empty when every chain holds and every replay gives what is stored. */
  readonly problems: readonly JournalProblem[]
}

/** A head kept elsewhere: detects a missing tail, and a missing instance. */
export interface KnownHead {
  readonly instanceId: string
  readonly seq: number
  readonly hash: string
}

/**
 * Checks hash chain and replay of one instance or of all. Replay applies recorded inputs, never computes a calendar or a score again, and must give the
 * stored snapshot byte for byte [architecture rule 7].
 */
export async function verifyJournal(
  runtime: Runtime,
  options: { readonly instanceId?: string; readonly heads?: readonly KnownHead[] } = {},
): Promise<JournalReport> {
  const problems: JournalProblem[] = []
  const heads = new Map((options.heads ?? []).map((h) => [h.instanceId, h]))
  let instances = 0
  let entries = 0
  const check = async (id: string): Promise<void> => {
    instances += 1
    entries += await verifyInstance(runtime, id, heads.get(id), problems)
    heads.delete(id)
  }
  if (options.instanceId !== undefined) await check(options.instanceId)
  else {
    for await (const p of runtime.store.find({})) await check(p.instanceId)
    // What no visible record leads to is looked for by its id: its record may only be blocked, or gone while the journal is there.
    for (const id of [...heads.keys()]) await check(id)
  }
  return { instances, entries, problems }
}

/** The heads of all instances as they stand, for keeping elsewhere. What is not visible in queries is not among them. */
export async function* journalHeads(runtime: Pick<Runtime, 'store'>): AsyncGenerator<KnownHead> {
  for await (const { instanceId } of runtime.store.find({})) {
    const stored = await runtime.store.load(instanceId)
    if (stored !== null) yield { instanceId, seq: stored.head.seq, hash: stored.head.hash }
  }
}

async function verifyInstance(
  runtime: Runtime,
  id: string,
  known: KnownHead | undefined,
  problems: JournalProblem[],
): Promise<number> {
  const add = (seq: number, problem: JournalProblem['problem'], detail: string): void => {
    problems.push({ instanceId: id, seq, problem, detail })
  }
  const chain = await verifyChain(runtime, id, known, add)
  const { seq, hash, replayed, whole } = chain
  const stored = await runtime.store.load(id)
  if (seq === 0 && stored === null) {
    add(
      known?.seq ?? 0,
      'instance_missing',
      known === undefined ? 'there is no such instance' : 'a head is known, the instance is gone',
    )
    return 0
  }
  // Behind the first broken place nothing more can be said about the end.
  if (!whole) return seq
  if (known !== undefined && known.seq > seq)
    add(seq, 'head_missing', `the known head ${String(known.seq)} is not there: the tail was cut off`)
  if (stored === null || replayed === null) {
    add(seq, 'instance_missing', 'no snapshot or no journal')
    return seq
  }
  if (stored.head.seq !== seq || stored.head.hash !== hash)
    add(seq, 'head_missing', `the record's head is entry ${String(stored.head.seq)}, the journal ends otherwise`)
  if (stored.snapshot !== encodeSnapshot(replayed)) add(seq, 'snapshot_differs', 'the stored snapshot is not the replayed one')
  return seq
}

/** What reading a chain needs of the runtime. */
export type ChainRuntime = Pick<Runtime, 'host' | 'policies'> & { readonly store: Pick<GovernanceStore, 'history' | 'personal'> }

/** What reading a chain came to. */
export interface Chain {
  /** Entries read. */
  readonly seq: number
  readonly hash: string
  readonly replayed: Instance | null
  /** False: the reading ended at an entry that is missing or cannot be replayed. */
  readonly whole: boolean
}

/** Checks hashes, order and replay of one instance's journal; what is wrong goes to `add`. */
export async function verifyChain(
  runtime: ChainRuntime,
  id: string,
  known: KnownHead | undefined,
  add: (seq: number, problem: JournalProblem['problem'], detail: string) => void,
): Promise<Chain> {
  const documents = createDocumentCheck(runtime, id, add)
  let seq = 0
  let hash = noPrevious
  let replayed: Instance | null = null
  const broken = (): Chain => ({ seq, hash, replayed, whole: false })
  try {
    for await (const entry of runtime.store.history(id)) {
      seq += 1
      if (entry.seq !== seq) {
        add(seq, 'missing_entry', `entry ${String(entry.seq)} stands where ${String(seq)} should`)
        return broken()
      }
      if (entry.key !== entryKey(id, seq)) add(seq, 'wrong_key', entry.key)
      if (entry.hash !== hashOfEntry(entry, runtime.host.sha256)) add(seq, 'wrong_hash', 'the entry was changed')
      if (entry.previousHash !== hash) add(seq, 'broken_chain', 'it does not follow from the entry before')
      hash = entry.hash
      if (known?.seq === seq && known.hash !== entry.hash)
        add(seq, 'head_missing', 'another entry stands where the known head stood')
      documents.note(entry)
      try {
        const from: string = replayed?.state ?? 'opening'
        if (entry.from !== from) add(seq, 'replay_differs', `from ${entry.from}, replay says ${from}`)
        const again = await replayEntry(runtime, id, replayed, entry)
        replayed = again.instance
        const told = differences(entry, replayed, again.effects)
        if (told !== null) add(seq, 'replay_differs', told)
      } catch (error) {
        if (isGovernanceError(error) && error.retryable) throw error
        add(seq, 'replay_failed', error instanceof Error ? error.message.slice(0, 300) : 'unknown error')
        return broken()
      }
      if (runtime.host.sha256(encodeSnapshot(replayed)) !== entry.snapshotHash)
        add(seq, 'replay_differs', 'replay gives another snapshot')
    }
  } catch (error) {
    // A store that knows of entries which are gone says so; one that does not answer says nothing about the journal.
    if (!isGovernanceError(error, 'journal_truncated') && !isGovernanceError(error, 'corrupt_record')) throw error
    add(seq + 1, 'missing_entry', error.message.slice(0, 300))
    return broken()
  }
  await documents.check()
  return { seq, hash, replayed, whole: true }
}

/** Hash of an entry as it should be. */
export function hashOfEntry(entry: JournalEntry, sha256: (text: string) => string): string {
  const { hash, ...body } = entry
  return hash === '' ? '' : sha256(canonicalJson(body))
}

/** What an entry says beside its snapshot: where it led and what it told the world. */
function differences(entry: JournalEntry, replayed: Instance, effects: readonly Emitted[]): string | null {
  if (canonicalJson(entry.policy) !== canonicalJson(replayed.policy)) return 'pinned to another version than replay gives'
  if (entry.to !== replayed.state) return `to ${entry.to}, replay says ${replayed.state}`
  const told = effects.map(({ type, params, awaited }) => ({ type, params, awaited: awaited === true }))
  const written = entry.effects.map(({ type, params, awaited }) => ({ type, params, awaited: awaited === true }))
  return canonicalJson(told) === canonicalJson(written) ? null : 'other effects than replay gives'
}

/** Applies one entry to the instance before it (`null`: the first). */
export async function replayEntry(
  runtime: Pick<Runtime, 'policies'>,
  id: string,
  before: Instance | null,
  entry: JournalEntry,
): Promise<{ readonly instance: Instance; readonly effects: readonly Emitted[] }> {
  const definition = definitionOf(entry.kind)
  let instance = before ?? blankInstance(definition, id, entry.policy)
  // An entry that moves to another version is judged, rungs included, by the one before.
  const policy = await runtime.policies.of(instance.policy)
  const effects: Emitted[] = []
  for (const rung of entry.settled) {
    const fired = fireRung(definition, policy, instance, rung)
    instance = fired.instance
    effects.push(...fired.effects)
  }
  if (entry.command === undefined) return { instance, effects }
  const inputs = entry.inputs[0]
  if (inputs === undefined) throw new GovernanceError('corrupt_record', `entry ${entry.key} has a command without inputs`)
  const step = takeStep(
    definition,
    policy,
    instance,
    entry.command as AnyCommand,
    entry.actor as never,
    entry.at,
    inputs as Inputs,
  )
  return { instance: step.instance, effects: [...effects, ...step.effects] }
}
