import { InvalidInputError, isGovernanceError } from '../errors/index.ts'
import { rolesOfScheme } from '../approvals/index.ts'
import type { DriftedField, DriftedRecord } from '../definition/drift.ts'
import { driftMaterial } from '../definition/drift.ts'
import { properCommands, wayOf } from '../definition/resolve-drift.ts'
import type { SchemeName } from '../definition/define-workflow.ts'
import type { Policy } from '../policy/index.ts'
import type { InstanceQuery, Projection, StoredInstance } from '../ports/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { driftAmong, driftNow } from './drift-now.ts'
import { rolesFor } from './gate.ts'
import { decodeStored, type Instance, type Loaded } from './instance.ts'
import { loadAll, pagesOf } from './load-all.ts'
import { projectionOf } from './projection-of.ts'
import { definitionOf, definitions, type Runtime } from './runtime.ts'

/** Where to look for drift: everywhere, or at a kind, an account, what is open. */
export type DriftQuery = Pick<InstanceQuery, 'kind' | 'accountId' | 'open'> & {
  /** Only instances behind this id, in their order: how a search that broke off goes on. */
  readonly after?: string
}

/** A step of the process that was left out. */
export interface BypassedStep {
  /** `kind.command`: what should have been sent. */
  readonly command: string
  /** Requirement that asks for it. */
  readonly clause: string
  /** The approval that was gone round; `null`: it needs none. */
  readonly approval: SchemeName | null
  /** Who decides, or may send it. */
  readonly roles: readonly string[]
}

/** A field that was changed around the process, and what that would have needed. */
export interface DriftField extends DriftedField {
  /** Empty: no single command of a person brings this about. */
  readonly bypassed: readonly BypassedStep[]
  /** Whether `accept` can bring what it shows before those who decide. */
  readonly acceptable: boolean
}

/** A visible record that was changed, or deleted, around the process. */
export interface DriftRecord extends Omit<DriftedRecord, 'differences'> {
  readonly differences: readonly DriftField[]
}

/** An instance whose visible records show something else than its journal says. */
export interface Drift {
  readonly instanceId: string
  readonly kind: string
  readonly accountId: string
  /** The governed state. */
  readonly state: string
  readonly version: number
  readonly records: readonly DriftRecord[]
  /** Hash of what differs; goes into `resolve`, so that only what was seen is decided. */
  readonly basis: string
  /** Why nothing can be said of this instance: its own record cannot be read. Then `records` is empty, and the search has gone on. */
  readonly problem: string | null
}

/** Times that an instance under way is looked at again. */
const maxTries = 3

/** Drift, as it is found: in order of ids, each certain at the moment it is told. */
export async function* findDrift(runtime: Runtime, query: DriftQuery): AsyncGenerator<Drift> {
  if (runtime.store.drift === undefined)
    throw new InvalidInputError('store', [
      {
        path: 'store.drift',
        code: 'capability',
        message: `the ${runtime.store.name} store cannot tell what was changed by hand`,
        remedy: 'use a store that can',
      },
    ])
  const { after, ...where } = query
  for await (const page of pagesOf(runtime.store.find(where), after)) yield* driftIn(runtime, page)
}

/** What is read of the visible records decides nothing here: the heads say what is governed, so that a record cannot hide its own change. */
async function* driftIn(runtime: Runtime, page: readonly Projection[]): AsyncGenerator<Drift> {
  const governed = new Map<string, { readonly loaded: Loaded; readonly projection: Projection }>()
  const problems = new Map<string, Drift>()
  const heads = await loadAll(runtime.store, page)
  for (const [k, shown] of page.entries()) {
    const stored = heads[k] ?? null
    // What has not been shown yet, or is refused by an admin's rule, is behind: nobody changed it.
    if (stored === null || stored.shownSeq !== stored.head.seq) continue
    try {
      const loaded = decode(runtime, stored)
      governed.set(shown.instanceId, { loaded, projection: await projectionOf(runtime, loaded) })
    } catch (error) {
      problems.set(shown.instanceId, unreadable(shown, error))
    }
  }
  const suspects = await driftAmong(
    runtime,
    [...governed.values()].map(({ projection }) => projection),
  )
  for (const { instanceId } of page) {
    const [problem, records, of] = [problems.get(instanceId), suspects.get(instanceId), governed.get(instanceId)]
    if (problem !== undefined) yield problem
    const drift = records === undefined || of === undefined ? null : await certain(runtime, of.loaded, records)
    if (drift !== null) yield drift
  }
}

const decode = (runtime: Runtime, stored: StoredInstance): Loaded =>
  decodeStored(stored, definitionOf(stored.kind), runtime.host.sha256, runtime.snapshots)

/**
 * Head and record are two reads: whoever commits between them makes a record look changed that only is newer. So the head is read again behind the record, and what has moved is looked
 * at anew. Where it keeps moving, each commit writes the record, and there is nothing to tell.
 */
async function certain(runtime: Runtime, first: Loaded, seen: readonly DriftedRecord[]): Promise<Drift | null> {
  let [loaded, records] = [first, seen]
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    if (records.length === 0) return null
    const now = await runtime.store.load(loaded.instance.id)
    if (now === null || now.shownSeq !== now.head.seq) return null
    if (now.head.hash === loaded.head.hash) return await told(runtime, loaded, records)
    loaded = decode(runtime, now)
    records = await driftNow(runtime, loaded)
  }
  return null
}

async function told(runtime: Runtime, { instance, head }: Loaded, records: readonly DriftedRecord[]): Promise<Drift> {
  const policy = await runtime.policies.of(instance.policy)
  return {
    instanceId: instance.id,
    kind: instance.kind,
    accountId: instance.accountId,
    state: instance.state,
    version: head.seq,
    records: records.map((record) => ({
      ...record,
      differences: record.differences.map((drifted) => ({ ...drifted, ...bypassOf(instance, policy, drifted) })),
    })),
    basis: runtime.host.sha256(canonicalJson(driftMaterial(records))),
    problem: null,
  }
}

function bypassOf(instance: Instance, policy: Policy, drifted: DriftedField): Pick<DriftField, 'bypassed' | 'acceptable'> {
  const definition = definitionOf(instance.kind)
  const way = wayOf(definition, drifted.part)
  const approval = way?.scheme?.(instance.context, drifted.shown) ?? null
  const bypassed = properCommands(definition, instance.state, drifted).flatMap((name): readonly BypassedStep[] => {
    const [kind = '', command = ''] = name.includes('.') ? name.split('.') : [instance.kind, name]
    const spec = definitions[kind]?.commands[command]
    if (spec === undefined) return []
    const of = definitionOf(kind)
    const context = kind === instance.kind ? instance.context : of.initialContext
    const roles =
      approval === null
        ? rolesFor(of, spec, { policy, context, command: { type: command } })
        : rolesOfScheme(policy.approval[approval])
    return [{ command: `${kind}.${command}`, clause: way?.clause ?? spec.clause, approval, roles }]
  })
  return { bypassed, acceptable: way?.accept !== undefined }
}

function unreadable({ instanceId, kind, accountId, state, seq }: Projection, error: unknown): Drift {
  if (!isGovernanceError(error) || error.retryable) throw error
  return { instanceId, kind, accountId, state, version: seq, records: [], basis: '', problem: error.message.slice(0, 500) }
}
