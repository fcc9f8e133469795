import { GovernanceError, type JsonValue } from '../errors/index.ts'
import { canonicalJson } from '../rules/index.ts'
import type { PolicyPin } from '../policy/index.ts'
import { entryKey, type JournalHead, type StoredInstance } from '../ports/index.ts'
import type { Clock } from '../sla/index.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'

/** The state of an instance: what a snapshot holds. Plain JSON; a function of its journal and nothing else. */
export interface Instance {
  readonly id: string
  readonly kind: string
  readonly accountId: string
  /** Leaf state of the machine. */
  readonly state: string
  readonly context: { readonly [name: string]: JsonValue | undefined }
  readonly clocks: readonly Clock[]
  /** Who made which material, delegations included. */
  readonly makers: { readonly [material: string]: readonly string[] | undefined }
  /** Calendar of the policy that the account's region chose. */
  readonly calendar: string
  readonly openedAt: number
  /** Instant of the last step: command or rung. */
  readonly at: number
  readonly definition: string
  readonly policy: PolicyPin
}

/** An instance with the entry that made it what it is. */
export interface Loaded {
  readonly instance: Instance
  readonly head: JournalHead
}

/** That there is none of this kind under the id. */
export function notFound(kind: string, id: string): GovernanceError {
  const instanceId = id.slice(0, 100)
  return new GovernanceError('not_found', `there is no ${kind} "${instanceId}"`, { details: { instanceId } })
}

/** An instance that does not exist yet. */
export function blankInstance(definition: WorkflowDefinition, id: string, policy: PolicyPin): Instance {
  return {
    id,
    kind: definition.kind,
    accountId: '',
    state: 'opening',
    context: definition.initialContext as Instance['context'],
    clocks: [],
    makers: {},
    calendar: '',
    openedAt: 0,
    at: 0,
    definition: definition.version,
    policy,
  }
}

/** Clocks are never changed and outlive many commands; their texts are kept with them. */
const clockTexts = new WeakMap<Clock, string>()

function clockText(clock: Clock): string {
  let text = clockTexts.get(clock)
  if (text === undefined) {
    text = canonicalJson(clock as unknown as JsonValue)
    clockTexts.set(clock, text)
  }
  return text
}

/** Canonical text of a snapshot; its sha-256 stands in the entry. The same text as `canonicalJson(instance)`, whose members it writes in their order. */
export function encodeSnapshot(instance: Instance): string {
  const { accountId, at, calendar, clocks, ...after } = instance
  const before = canonicalJson({ accountId, at, calendar })
  const rest = canonicalJson(after)
  return `${before.slice(0, -1)},"clocks":[${clocks.map(clockText).join(',')}],${rest.slice(1)}`
}

/**
 * Reads a stored instance.
 * @throws GovernanceError `corrupt_record` when the snapshot is not the one its entry vouches for, `newer_definition` when a newer version of the
 * workflow wrote it than this code knows.
 */
export function decodeStored(
  stored: StoredInstance,
  definition: WorkflowDefinition,
  sha256: (text: string) => string,
  cache: SnapshotCache,
): Loaded {
  const { head } = stored
  const entry = entryKey(stored.instanceId, head.seq)
  const known = cache.get(head.snapshotHash, stored.snapshot)
  if (known !== null && known.kind === definition.kind) return { instance: known, head }
  if (sha256(stored.snapshot) !== head.snapshotHash)
    throw new GovernanceError(
      'corrupt_record',
      `the snapshot of ${stored.instanceId} is not the one that entry ${entry} vouches for`,
      {
        details: { instanceId: stored.instanceId, entry },
        actions: ['Run verifyJournal() on the instance; restore the snapshot from the journal by replay.'],
      },
    )
  let instance: Instance
  try {
    instance = JSON.parse(stored.snapshot) as Instance
  } catch (cause) {
    throw new GovernanceError('corrupt_record', `the snapshot of ${stored.instanceId} is not JSON`, {
      cause,
      details: { entry },
    })
  }
  // Of what kind it is instead is nothing that whoever asks has to know.
  if (instance.kind !== definition.kind) throw notFound(definition.kind, stored.instanceId)
  if (Number(instance.definition) > Number(definition.version))
    throw new GovernanceError(
      'newer_definition',
      `${stored.instanceId} was written by version ${instance.definition} of ${definition.kind}; this code knows ${definition.version}`,
      { details: { instanceId: stored.instanceId }, actions: ['Update @ka-governance/core before touching this instance.'] },
    )
  cache.put(head.snapshotHash, stored.snapshot, instance)
  return { instance, head }
}
