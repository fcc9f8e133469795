import { GovernanceError, isGovernanceError, sealedDocumentsIn, StoreError, type Refusal } from '../errors/index.ts'
import type { CommitOutcome, JournalEntry } from '../ports/index.ts'
import { hashCommand } from './entry.ts'
import { eraseAtOnce } from './erase.ts'
import { parseCommand, specOf } from './parse-command.ts'
import { openRefusals, sealAgain } from './personal.ts'
import { isOfPolicies } from './policy-for-new.ts'
import { mustBeReadable } from './publish.ts'
import { loadInstance, planCommand, type Plan, type Planned, type Request } from './plan.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/** A command that was carried out, now or by an earlier try with the same idempotency key. */
export interface Accepted {
  readonly ok: true
  readonly id: string
  readonly state: string
  /** Number of the entry; `expectedVersion` of the next command. */
  readonly version: number
  readonly entry: JournalEntry
  readonly idempotencyKey: string
  /** An earlier try had committed it. */
  readonly duplicate: boolean
  /** What `warn` let pass, for the person to see; `observe` only journals it [GOV-09]. */
  readonly observed: readonly Refusal[]
  readonly projection: 'written' | 'pending' | 'blocked'
  readonly blockedReason?: string
}

/** A command that the policy does not allow: every reason at once; nothing was written. */
export interface Refused {
  readonly ok: false
  readonly id: string
  readonly state: string
  readonly refusals: readonly Refusal[]
  readonly idempotencyKey: string
}

/** What became of a command; `ok` tells which. A refusal is an answer, not an error: only what is no answer is thrown. */
export type Result = Accepted | Refused

/** Reloads after lost races before giving up. */
const maxTries = 8

/**
 * Carries out one command: load, settle, judge, commit at the expected version; after a lost race again from the start, with the same command and the
 * same basis. Sending again after an unknown outcome is safe: the idempotency key finds the first outcome.
 *
 * @throws GovernanceError `conflict` when races were lost too often, `unknown_outcome` when the store could not tell, and whatever the store throws.
 */
export async function perform(runtime: Runtime, request: Request): Promise<Result> {
  await runtime.policies.publish(isOfPolicies(request.kind) ? 'draft' : 'version')
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const plan = await planUnlessOvertaken(runtime, request)
    if (plan === null) continue
    if (!plan.ok) {
      if (plan.byChild === true && (await hasMoved(runtime, request, plan.before?.head.seq ?? 0))) continue
      const earlier = await earlierOutcome(runtime, request)
      return (
        earlier ?? {
          ok: false,
          id: request.id,
          state: plan.state,
          refusals: plan.refusals,
          idempotencyKey: request.idempotencyKey,
        }
      )
    }
    if (await lostBacklog(runtime, request, plan.backlog)) continue
    await mustBeReadable(runtime, plan.planned)
    const [root, ...children] = plan.planned
    if (root === undefined) return nothingDue(runtime, request)
    const outcome = await commitPlan(runtime, root, children)
    await dropStray(runtime, runtime.store.capabilities.atomicMultiCommit ? plan.planned : [root], outcome)
    switch (outcome.status) {
      case 'committed': {
        const shown = outcome.projection === 'pending' ? await showRecord(runtime, root) : outcome.projection
        const { atomicMultiCommit, atomicProjection } = runtime.store.capabilities
        if (atomicMultiCommit && !atomicProjection) for (const child of children) await showRecord(runtime, child)
        await eraseAtOnce(runtime, root.commit.entry)
        return accepted(runtime, request, root, { ...outcome, projection: shown })
      }
      case 'duplicate':
        return duplicateOf(runtime, request, outcome.entry)
      case 'unknown':
        throw unknownOutcome(root, request, outcome.reason)
      case 'conflict':
      // Once more from the start: an expected version that no longer holds is refused there.
    }
  }
  throw new GovernanceError('conflict', `${request.id} was changed by others ${String(maxTries)} times in a row`, {
    details: { instanceId: request.id, idempotencyKey: request.idempotencyKey },
    actions: ['Send the command again.'],
  })
}

/** Null: what is no commit rests upon something that another one of the same window has changed meanwhile. */
async function planUnlessOvertaken(runtime: Runtime, request: Request): Promise<Plan | null> {
  const overtaken = async (): Promise<boolean> => (await runtime.overtaken?.()) ?? false
  try {
    const plan = await planCommand(runtime, request, runtime.host.clock())
    const writes = plan.ok && plan.planned.length + plan.backlog.length > 0
    return !writes && (await overtaken()) ? null : plan
  } catch (error) {
    if (isGovernanceError(error) && !error.retryable && (await overtaken())) return null
    throw error
  }
}

/** Whether somebody else has changed the instance since it was read. */
async function hasMoved(runtime: Runtime, request: Request, seq: number): Promise<boolean> {
  return ((await loadInstance(runtime, request.kind, request.id))?.head.seq ?? 0) !== seq
}

/** Writes what one entry could not hold, in order; true when somebody else was faster, so that the plan no longer fits. */
async function lostBacklog(runtime: Runtime, request: Request, backlog: readonly Planned[]): Promise<boolean> {
  for (const overdue of backlog) {
    const [outcome] = await runtime.store.commit([overdue.commit])
    if (outcome?.status === 'unknown') throw unknownOutcome(overdue, request, outcome.reason)
    if (outcome?.status !== 'committed') return true
  }
  return false
}

function unknownOutcome({ commit }: Planned, request: Request, reason: string): StoreError {
  return new StoreError('unknown_outcome', `whether entry ${commit.entry.key} was written is not known: ${reason}`, {
    details: { entry: commit.entry.key, idempotencyKey: request.idempotencyKey },
    actions: ['Send the same command again with the same idempotency key; it cannot happen twice.'],
  })
}

/** All at once where the store can; else the root, whose effects then bring the children forward. */
async function commitPlan(runtime: Runtime, root: Planned, children: readonly Planned[]): Promise<CommitOutcome> {
  const atomic = children.length > 0 && runtime.store.capabilities.atomicMultiCommit
  const commits = atomic ? [root, ...children].map(({ commit }) => ({ ...commit, group: 0 })) : [root.commit]
  const outcomes = await runtime.store.commit(commits)
  const first = outcomes[0]
  if (first === undefined || outcomes.length !== commits.length)
    throw new GovernanceError(
      'internal',
      `the store answered ${String(outcomes.length)} outcomes for ${String(commits.length)} commits`,
    )
  if (!atomic || first.status !== 'committed') return first
  // A child that somebody else changed in between: nothing landed, so the whole plan is made anew.
  const other = outcomes.find((o) => o.status !== 'committed')
  return other === undefined ? first : other.status === 'unknown' ? other : { status: 'conflict', headSeq: null }
}

/** Where documents are written before their entry, those of commits that lost their race stand for nothing. */
async function dropStray(runtime: Runtime, sent: readonly Planned[], outcome: CommitOutcome): Promise<void> {
  if (runtime.store.capabilities.atomicDocuments) return
  if (outcome.status !== 'conflict' && outcome.status !== 'duplicate') return
  for (const { entry, personal = [] } of sent.map(({ commit }) => commit)) {
    if (personal.length === 0) continue
    try {
      // Who landed there may be this very commit, whose first answer was lost on its way to the store's adapter.
      const [landed] = await first(runtime.store.history(entry.instanceId, entry.seq))
      const named = sealedDocumentsIn(landed?.command)
      const stray = personal.map(({ documentId }) => documentId).filter((id) => !named.has(id))
      await runtime.store.personal.erase(entry.instanceId, stray)
    } catch (error) {
      // Not worth the command: a redaction takes what stands for nothing along.
      if (!isGovernanceError(error)) throw error
    }
  }
}

async function first<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  for await (const item of items) return [item]
  return []
}

function accepted(
  runtime: Runtime,
  request: Request,
  root: Planned,
  outcome: Extract<CommitOutcome, { status: 'committed' }>,
): Accepted {
  const { entry } = root.commit
  return {
    ok: true,
    id: request.id,
    state: root.instance.state,
    version: entry.seq,
    entry,
    idempotencyKey: request.idempotencyKey,
    duplicate: false,
    observed: runtime.mode(request.kind) === 'observe' ? [] : root.observed,
    projection: outcome.projection,
    ...(outcome.blockedReason === undefined ? {} : { blockedReason: outcome.blockedReason }),
  }
}

/** The machine has moved on since an earlier try of the same command was committed: that try's outcome is the answer. */
async function earlierOutcome(runtime: Runtime, request: Request): Promise<Result | null> {
  const entry = await runtime.store.entryByKey(request.id, request.idempotencyKey)
  return entry === null ? null : duplicateOf(runtime, request, entry)
}

async function duplicateOf(runtime: Runtime, request: Request, entry: JournalEntry): Promise<Result> {
  const spec = request.command === null ? null : specOf(definitionOf(request.kind), request.command.type)
  const parsed = request.command === null || spec === null ? null : parseCommand(request.kind, spec, request.command)
  const command = parsed === null ? null : await sealAgain(runtime, request.id, parsed, entry.command)
  const same =
    entry.commandHash === hashCommand(command, { id: request.actor, onBehalfOf: request.onBehalfOf }, runtime.host.sha256)
  if (!same)
    return {
      ok: false,
      id: request.id,
      state: entry.to,
      refusals: [
        {
          code: 'idempotency_key_reused',
          rule: 'mayReuseKeyForSameCommand',
          clause: 'architecture 8',
          required: entry.key,
          actual: request.idempotencyKey,
        },
      ],
      idempotencyKey: request.idempotencyKey,
    }
  return {
    ok: true,
    id: request.id,
    state: entry.to,
    version: entry.seq,
    entry,
    idempotencyKey: request.idempotencyKey,
    duplicate: true,
    observed:
      runtime.mode(request.kind) === 'observe'
        ? []
        : await openRefusals(runtime, request.id, (entry.observed ?? []) as unknown as readonly Refusal[]),
    projection: 'pending',
  }
}

async function entryAt(runtime: Runtime, id: string, seq: number): Promise<JournalEntry> {
  for await (const entry of runtime.store.history(id, seq)) return entry
  throw new StoreError('journal_truncated', `entry ${String(seq)} of ${id} is gone`, { details: { instanceId: id, seq } })
}

/**
 * Writes the visible record where the store lets it follow the journal. The command has succeeded whatever becomes of it: what fails here is repaired by
 * the next command, `sweep` or `reindex`.
 */
async function showRecord(runtime: Runtime, { commit }: Planned): Promise<'written' | 'pending' | 'blocked'> {
  try {
    const shown = await runtime.store.project(commit.projection)
    return shown === 'blocked' ? 'blocked' : 'written'
  } catch (error) {
    if (isGovernanceError(error)) return 'pending'
    throw error
  }
}

/** A settle without anything due: somebody else was faster. */
async function nothingDue(runtime: Runtime, request: Request): Promise<Result> {
  const loaded = await loadInstance(runtime, request.kind, request.id)
  if (!loaded) throw new GovernanceError('not_found', `there is no ${request.kind} "${request.id}"`)
  const entry = await entryAt(runtime, request.id, loaded.head.seq)
  return {
    ok: true,
    id: request.id,
    state: loaded.instance.state,
    version: loaded.head.seq,
    entry,
    idempotencyKey: request.idempotencyKey,
    duplicate: true,
    observed: [],
    projection: 'written',
  }
}
