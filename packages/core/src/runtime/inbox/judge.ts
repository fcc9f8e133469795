import { GovernanceError, InvalidInputError, isGovernanceError, type ErrorCode } from '../../errors/index.ts'
import type { InboundCommand, Projection } from '../../ports/index.ts'
import { canonicalJson } from '../../rules/index.ts'
import { notOpening } from '../known-input.ts'
import { specOf } from '../parse-command.ts'
import { loadInstance, openedId } from '../plan.ts'
import { projectionOf } from '../projection-of.ts'
import { definitionOf, type Runtime } from '../runtime.ts'
import type { Verbs } from '../verbs/verbs.ts'
import type { SendOptions } from '../workflow-api.ts'
import { openings, type Fields, type Opened } from './openings.ts'
import { readRow, type InboundCommands, type Readable } from './read-row.ts'
import type { InboundVerdict } from './verdict.ts'
import { refusalsForWho } from './withheld.ts'

/** The idempotency key of a record: whoever judges it again finds what came of it. */
export function inboundKey({ host }: Pick<Runtime, 'host'>, id: string): string {
  return `inbox-${id.length <= 100 && id.isWellFormed() ? id : host.sha256(id)}`
}

/** What makes a command fail in the same way however often it is sent. */
const final: ReadonlySet<ErrorCode> = new Set([
  'invalid_input',
  'invalid_command',
  'not_found',
  'already_exists',
  'too_large',
  'missing_rate',
  'calendar_range',
])

/** The backend was not there, or did not say what it did: no fault of the record. */
export const isOutage = (error: unknown): boolean =>
  isGovernanceError(error, 'unavailable') || isGovernanceError(error, 'throttled') || isGovernanceError(error, 'unknown_outcome')

/** Whether a failure says something about the command, so that trying again cannot help. */
const isFinal = (error: unknown): boolean => isGovernanceError(error) && final.has(error.code)

/** Keeps beside a record where it is about to write. */
export type NoteTarget = (row: InboundCommand, instanceId: string) => Promise<void>

/** Carries a record out, or finds what an earlier try made of it. @throws whatever is no answer: an outage, a lost race, a defect. */
export async function judge(
  runtime: Runtime,
  verbs: Verbs,
  row: InboundCommand,
  may: InboundCommands | undefined,
  note: NoteTarget,
): Promise<InboundVerdict> {
  try {
    const read = readRow(row, may)
    if (!read.ok) throw new InvalidInputError('inbound command', read.findings, 'invalid_command')
    const result = await carryOut(runtime, verbs, row, read.asked, note)
    if (result.ok) return await accepted(runtime, row, read.asked.command, result)
    const reused = result.refusals.some(({ code }) => code === 'idempotency_key_reused')
    return (
      (reused ? await carriedOut(runtime, row, result.id, read.asked.command) : null) ??
      (await refused(runtime, row, read.asked, result))
    )
  } catch (error) {
    if (!isFinal(error)) throw error
    return giveUp(runtime, row, error, row.tries + 1)
  }
}

async function refused(
  runtime: Runtime,
  row: InboundCommand,
  asked: Readable,
  { state, refusals }: Opened & { readonly ok: false },
): Promise<InboundVerdict> {
  const { kind, instanceId } = row
  const { command } = asked
  const forWho = await refusalsForWho(runtime, row, asked, refusals)
  if (forWho.length > 0) return { status: 'refused', kind, command, instanceId, state: null, refusals: forWho }
  return { status: 'refused', kind, command, instanceId, state: instanceId === null ? null : state, refusals }
}

/** The last word on a record that cannot be judged; unless an earlier try had carried it out all the same. @throws an outage. */
export async function giveUp(runtime: Runtime, row: InboundCommand, error: unknown, tries: number): Promise<InboundVerdict> {
  const { kind, instanceId } = row
  const earlier = await carriedOut(runtime, row, row.begun ?? instanceId ?? newId(runtime, row), row.command)
  return earlier ?? { status: 'failed', kind, instanceId, error, tries }
}

async function carryOut(runtime: Runtime, verbs: Verbs, row: InboundCommand, asked: Readable, note: NoteTarget): Promise<Opened> {
  const options: SendOptions = {
    actor: row.actor,
    idempotencyKey: inboundKey(runtime, row.id),
    ...(row.onBehalfOf === null ? {} : { onBehalfOf: row.onBehalfOf }),
    ...(row.expectedVersion === null ? {} : { expectedVersion: row.expectedVersion }),
  }
  const opening = asked.opens ? openings[row.kind] : undefined
  if (opening !== undefined) return opening.open(noting(runtime, verbs, row, note), asked.fields as never, options)
  const command = notOpening(row.kind, { ...asked.fields, type: asked.command })
  const request = verbs.request(row.kind, row.instanceId ?? '', command, options)
  return verbs.perform({ ...request, command: { ...command, ...(await basisOf(runtime, row, asked)) } })
}

/**
 * Where a record leads, if only its form says so, is noted before it is gone there: once the form is edited, nothing else tells where an earlier try may have left
 * its entry.
 */
function noting(runtime: Runtime, verbs: Verbs, row: InboundCommand, note: NoteTarget): Verbs {
  const perform: Verbs['perform'] = async (request) => {
    if (request.id !== row.begun && request.id !== newId(runtime, row)) {
      if (row.begun !== undefined && (await runtime.store.entryByKey(row.begun, inboundKey(runtime, row.id))) !== null)
        throw new GovernanceError('already_exists', 'the record was carried out before it was edited')
      await note(row, request.id)
    }
    return verbs.perform(request)
  }
  return { ...verbs, perform }
}

/**
 * Who judges must name what they saw. A record of a backend shows a version, not a hash: whoever expects that version saw what it held, so its basis is theirs.
 * It is that of the version itself, before anything due since is settled.
 *
 * @throws InvalidInputError for a command that there is not: whoever sends one hears nothing of the instance, not even that it is of another version.
 */
async function basisOf(runtime: Runtime, row: InboundCommand, { command, fields }: Readable): Promise<Fields> {
  const { kind, instanceId, expectedVersion } = row
  const definition = definitionOf(kind)
  const spec = specOf(definition, command)
  const { approval } = fields
  const votes = command === 'vote' && typeof approval === 'string'
  if (instanceId === null || expectedVersion === null || fields['basis'] !== undefined) return {}
  if (spec.judges !== true && !votes) return {}
  const earlier = await runtime.store.entryByKey(instanceId, inboundKey(runtime, row.id))
  const before = (earlier?.command as Fields | undefined)?.['basis']
  if (before !== undefined) return { basis: before }
  const loaded = await loadInstance(runtime, kind, instanceId)
  if (loaded?.head.seq !== expectedVersion) return {}
  const { state, context } = loaded.instance
  if (!votes) return { basis: runtime.host.sha256(canonicalJson(definition.basis(state, context))) }
  const basis = definition.approvals(context)[approval]?.basis
  return basis === undefined ? {} : { basis }
}

async function accepted(runtime: Runtime, row: InboundCommand, command: string, result: Opened & { readonly ok: true }) {
  const shown = result.admission ?? result.adjustment ?? result.id
  const shownNow = await seen(runtime, row.kind, shown)
  return {
    status: 'accepted',
    kind: row.kind,
    command,
    instanceId: shown,
    entryKey: result.entry.key,
    state: shown === result.id ? result.state : (shownNow?.state ?? null),
    nextDueAt: shownNow?.nextDueAt ?? null,
    observed: result.observed,
    edited: false,
  } as const
}

/** What an earlier try of this record committed, though the record says something else by now; `null`: nothing. */
async function carriedOut(
  runtime: Runtime,
  row: InboundCommand,
  id: string | null,
  command: string,
): Promise<InboundVerdict | null> {
  const entry = id === null || id === '' ? null : await runtime.store.entryByKey(id, inboundKey(runtime, row.id))
  if (entry === null) return null
  const shownNow = await seen(runtime, entry.kind, entry.instanceId)
  return {
    status: 'accepted',
    kind: entry.kind,
    command: (entry.command as { readonly type?: string } | undefined)?.type ?? command,
    instanceId: entry.instanceId,
    entryKey: entry.key,
    state: entry.to,
    nextDueAt: shownNow?.nextDueAt ?? null,
    observed: [],
    edited: true,
  }
}

/** What the visible record shows, which has no personal texts. It was carried out whatever becomes of looking: only an outage puts the answer off. */
async function seen(runtime: Runtime, kind: string, id: string): Promise<Projection | null> {
  try {
    const loaded = await loadInstance(runtime, kind, id)
    return loaded === null ? null : await projectionOf(runtime, loaded)
  } catch (error) {
    if (isOutage(error)) throw error
    return null
  }
}

/** Id of what the record would open, where that follows from its own id. */
function newId(runtime: Runtime, row: InboundCommand): string | null {
  return row.kind === 'complaint' || row.kind === 'project-change'
    ? openedId(row.kind, inboundKey(runtime, row.id), runtime)
    : null
}
