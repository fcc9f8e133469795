import { GovernanceError, InvalidInputError, type JsonValue, type Refusal } from '../errors/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { reading, type Policy } from '../policy/index.ts'
import {
  entryKey,
  recordLimits,
  type Commit,
  type Effect,
  type JournalEntry,
  type PersonalDocument,
  type Projection,
} from '../ports/index.ts'
import { nextDue, type Clock, type ClockTerms } from '../sla/index.ts'
import type { Actor, AnyCommand, Inputs, WorkflowDefinition } from '../definition/define-workflow.ts'
import type { Mode } from './advance.ts'
import type { Emitted } from './apply-actions.ts'
import { encodeSnapshot, type Instance, type Loaded } from './instance.ts'
import type { SettledRung } from '../ports/index.ts'

/** Previous hash of a journal's first entry. */
export const noPrevious = ''

export interface EntryParts {
  readonly definition: WorkflowDefinition
  readonly policy: Policy
  readonly terms: (clock: Clock) => ClockTerms
  /** Null: the first entry. */
  readonly previous: Loaded | null
  readonly instance: Instance
  readonly at: number
  readonly actor: Actor
  /** Null: the entry only settles. */
  readonly command: AnyCommand | null
  readonly idempotencyKey: string
  readonly settled: readonly SettledRung[]
  readonly inputs: Inputs | null
  readonly effects: readonly Emitted[]
  readonly observed: readonly Refusal[]
  /** How strictly the command was judged; an entry that says nothing was enforced. */
  readonly mode?: Mode
  /** What the command's tokens stand for. */
  readonly personal?: readonly PersonalDocument[]
  readonly sha256: (text: string) => string
}

/** Hash of a command: the same idempotency key with another command is refused. */
export function hashCommand(
  command: AnyCommand | null,
  actor: { readonly id: string; readonly onBehalfOf?: string | undefined },
  sha256: (text: string) => string,
): string {
  return sha256(canonicalJson({ actor: actor.id, onBehalfOf: actor.onBehalfOf ?? null, command: command as JsonValue }))
}

/**
 * Writes the journal entry of a decision: the effects get their ids, the snapshot its hash, the entry its place in the chain.
 * @throws InvalidInputError `too_large` before anything is sent, when entry or snapshot exceed the limits of the port.
 */
export function buildCommit(parts: EntryParts): Commit {
  const { definition, previous, instance, command, sha256 } = parts
  const seq = (previous?.head.seq ?? 0) + 1
  const key = entryKey(instance.id, seq)
  const snapshot = encodeSnapshot(instance)
  const effects = parts.effects.map((e, k): Effect => ({
    id: `${key}-e${String(k + 1)}`,
    type: e.type,
    params: e.params,
    ...(e.awaited === true ? { awaited: true } : {}),
  }))
  const body = {
    key,
    instanceId: instance.id,
    kind: instance.kind,
    seq,
    at: parts.at,
    actor: parts.actor as JournalEntry['actor'],
    ...(command === null ? {} : { command: command as JsonValue }),
    idempotencyKey: parts.idempotencyKey,
    commandHash: hashCommand(command, parts.actor, sha256),
    settled: [...parts.settled],
    inputs: parts.inputs === null ? [] : [parts.inputs as JsonValue],
    from: previous?.instance.state ?? 'opening',
    to: instance.state,
    effects,
    ...(parts.observed.length > 0 ? { observed: parts.observed as unknown as JsonValue[] } : {}),
    ...(parts.mode === undefined || parts.mode === 'enforce' ? {} : { mode: parts.mode }),
    policy: instance.policy,
    definitionVersion: definition.version,
    snapshotHash: sha256(snapshot),
    previousHash: previous?.head.hash ?? noPrevious,
  }
  const text = canonicalJson(body)
  const entry: JournalEntry = { ...body, hash: sha256(text) }
  refuseTooLarge(instance.id, 'entry', text.length + 75, recordLimits.entry)
  refuseTooLarge(instance.id, 'snapshot', snapshot.length, recordLimits.snapshot)
  const { personal = [] } = parts
  return {
    entry,
    snapshot,
    projection: project(parts.definition, parts.policy, instance, seq, parts.terms),
    ...(personal.length === 0 ? {} : { personal }),
  }
}

/** `entry.at = max(clock, previous.at)`; a clock that jumped back further than skew explains is an error. */
export function entryInstant({ maxSkew }: { readonly maxSkew: number }, id: string, last: number, now: number): number {
  if (now >= last) return now
  if (last - now > maxSkew)
    throw new GovernanceError(
      'clock_skew',
      `the clock is ${String(Math.round((last - now) / 1000))} s behind the last entry of ${id}`,
      {
        details: { instanceId: id, clock: now, lastEntryAt: last },
        actions: ['Correct the clock of this host; nothing was written.'],
      },
    )
  return last
}

function refuseTooLarge(instanceId: string, what: 'entry' | 'snapshot', characters: number, limit: number): void {
  if (characters <= limit) return
  throw new InvalidInputError(`${what} of ${instanceId}`, [reading('', 'tooMuch', { characters, limit })], 'too_large')
}

/** What people see on their records; computed from the instance alone, so that it can be written again at any time. */
export function project(
  definition: WorkflowDefinition,
  policy: Policy,
  instance: Instance,
  seq: number,
  terms: (clock: Clock) => ClockTerms,
): Projection {
  const open = !definition.closedStates.includes(instance.state)
  const due = nextDue(instance.clocks, terms)
  return {
    instanceId: instance.id,
    kind: instance.kind,
    accountId: instance.accountId,
    seq,
    state: instance.state,
    open,
    openedAt: instance.openedAt,
    updatedAt: instance.at,
    nextDueAt: due?.at ?? null,
    nextDue: due === null ? null : `${due.clock}.${due.kind}`,
    noDueReason: due !== null ? null : open ? definition.noDueReason(instance.state, instance.context) : 'closed',
    provisionalDue: due?.provisional ?? false,
    owner: definition.owner(instance.state, instance.context, policy),
    fields: definition.fields(instance.context),
  }
}
