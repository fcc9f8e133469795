import { isGovernanceError, type JsonValue, type Refusal } from '../errors/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { instanceIdSchema, type Commit, type Effect, type StoredInstance } from '../ports/index.ts'
import type { WorkingCalendar } from '../calendar/index.ts'
import type { Policy } from '../policy/index.ts'
import { policyLedgerId, projectLedgerId } from '../definition/instance-id.ts'
import { systemActor, type AnyCommand, type FactNeeds } from '../definition/define-workflow.ts'
import { resolveActor } from './actor.ts'
import { advance, type AdvanceEnv } from './advance.ts'
import { childRequest, openRequest } from './child-request.ts'
import { isCommon } from './common-steps.ts'
import { driftNow } from './drift-now.ts'
import { buildCommit, entryInstant } from './entry.ts'
import { fetchFacts, ledgerIdOf } from './facts.ts'
import { parseCommand, specOf } from './parse-command.ts'
import { policyForNew } from './policy-for-new.ts'
import { openRefusals, sealCommand } from './personal.ts'
import { blankInstance, decodeStored, notFound, type Instance, type Loaded } from './instance.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { deepFreeze } from './snapshot-cache.ts'
import { rungsPerEntry, settle, type Settled } from './settle.ts'
import { accepts } from './step.ts'
import { calendarIdFor, calendarOf, termsOf } from './terms.ts'

/** A command on its way to an instance. `command: null` settles and does nothing else. */
export interface Request {
  readonly kind: string
  readonly id: string
  readonly command: AnyCommand | null
  readonly actor: string
  readonly onBehalfOf?: string
  readonly idempotencyKey: string
  readonly expectedVersion?: number
}

/** One instance's part of what will be committed. */
export interface Planned {
  readonly request: Request
  readonly before: Loaded | null
  readonly instance: Instance
  readonly commit: Commit
  readonly observed: readonly Refusal[]
  /** Only rungs that were due long ago; the command is still to come. */
  readonly backlog: boolean
}

export type Plan =
  | {
      readonly ok: true
      readonly planned: readonly Planned[]
      /** Entries that settle what one entry cannot hold, to be committed one by one before. */
      readonly backlog: readonly Planned[]
    }
  | {
      readonly ok: false
      readonly refusals: readonly Refusal[]
      readonly before: Loaded | null
      readonly state: string
      /** A child that must stand with the command was refused. It was read after its parent, so the two may be of different moments. */
      readonly byChild?: true
    }

/** Instances read or advanced in this plan. */
type Working = Map<string, Loaded | null>

/** Children of children; a ledger, its adjustment and the complaints behind it are three. */
const maxDepth = 4

export { openedId } from './child-request.ts'

/** Reads an instance; `null` when there is none. */
export async function loadInstance(runtime: Runtime, kind: string, id: string): Promise<Loaded | null> {
  if (!instanceIdSchema.safeParse(id).success) return null
  const stored: StoredInstance | null = await runtime.store.load(id)
  return stored === null ? null : decodeStored(stored, definitionOf(kind), runtime.host.sha256, runtime.snapshots)
}

/**
 * Decides a command and everything that must stand or fall with it, without writing: the root instance first, then its child commands. With
 * `children: false` (a store that cannot commit several at once) children are decided too, so that a required one can refuse, but are not part of the
 * commit; they follow from the entry's effects.
 */
export async function planCommand(runtime: Runtime, request: Request, now: number): Promise<Plan> {
  const working: Working = new Map()
  const planned: Planned[] = []
  const backlog: Planned[] = []
  let root = await planOne(runtime, request, now, working)
  while (root.ok && root.planned?.backlog === true) {
    backlog.push(root.planned)
    const { expectedVersion: _, ...rest } = request
    root = await planOne(runtime, rest, now, working)
  }
  if (!root.ok) return root
  if (root.planned === null) return { ok: true, planned: [], backlog }
  planned.push(root.planned)
  const refused = await planChildren(runtime, root.planned, now, working, { planned, backlog }, 1)
  if (refused)
    return {
      ok: false,
      refusals: refused.refusals,
      before: root.planned.before,
      state: root.planned.commit.entry.from,
      byChild: true,
    }
  return { ok: true, planned, backlog }
}

async function planChildren(
  runtime: Runtime,
  parent: Planned,
  now: number,
  working: Working,
  { planned, backlog }: { readonly planned: Planned[]; readonly backlog: Planned[] },
  depth: number,
): Promise<{ readonly refusals: readonly Refusal[] } | null> {
  if (depth > maxDepth) return null
  const required = requiredOf(parent)
  for (const effect of parent.commit.entry.effects) {
    if (effect.type !== 'command') continue
    const request = await openRequest(
      runtime,
      parent.instance.id,
      childRequest(parent.commit.entry.actor, effect, runtime),
      parent.commit.personal,
    )
    // An instance takes one entry a commit; a second command for it follows as its effect.
    if (planned.some((p) => p.instance.id === request.id)) continue
    const child = required.has(effect.id)
      ? await planRequired(runtime, request, now, working, backlog)
      : await planOptional(runtime, request, now, working)
    if (child === null) continue
    if (!child.ok) {
      if (required.has(effect.id)) return { refusals: child.refusals }
      continue
    }
    if (child.planned === null) continue
    planned.push({ ...child.planned, commit: { ...child.planned.commit, acknowledges: acknowledgement(parent, effect) } })
    const refused = await planChildren(runtime, child.planned, now, working, { planned, backlog }, depth + 1)
    if (refused) return refused
  }
  return null
}

/** A child without which its parent cannot stand: one that is not there refuses, what is due in it is settled first, and no failure is passed over. */
async function planRequired(runtime: Runtime, request: Request, now: number, working: Working, backlog: Planned[]): Promise<One> {
  try {
    for (;;) {
      const child = await planOne(runtime, request, now, working)
      if (!child.ok || child.planned?.backlog !== true) return child
      backlog.push(child.planned)
    }
  } catch (error) {
    if (!isGovernanceError(error, 'not_found')) throw error
    const missing = {
      code: 'not_found_in_instance',
      rule: 'mayReachRequired',
      clause: 'architecture 9',
      required: [],
      actual: request.id,
    } as const
    return { ok: false, refusals: [missing], before: null, state: 'opening' }
  }
}

/**
 * A child that cannot even be decided (its record is corrupt, its entry too large) does not hold up its parent: the effect stays, and fails by itself.
 * A backlog of its own it settles then, too.
 */
async function planOptional(runtime: Runtime, request: Request, now: number, working: Working): Promise<One | null> {
  const before = working.get(request.id)
  try {
    const child = await planOne(runtime, request, now, working)
    if (!child.ok || child.planned?.backlog !== true) return child
  } catch (error) {
    if (!isGovernanceError(error) || error.retryable) throw error
  }
  if (before === undefined) working.delete(request.id)
  else working.set(request.id, before)
  return null
}

/** An awaited child is acknowledged when its parent was told, not before. */
function acknowledgement(parent: Planned, effect: Effect): { instanceId: string; effectId: string }[] {
  return effect.awaited === true ? [] : [{ instanceId: parent.instance.id, effectId: effect.id }]
}

const requiredEffects = new WeakMap<Commit, ReadonlySet<string>>()
function requiredOf(planned: Planned): ReadonlySet<string> {
  return requiredEffects.get(planned.commit) ?? new Set()
}

/** An instance as it stands at an instant: what is due is seen as settled, whether a sweep came by or not. */
export async function asOf(runtime: Runtime, { instance }: Loaded, at: number): Promise<Instance> {
  const definition = definitionOf(instance.kind)
  const policy = await runtime.policies.of(instance.policy)
  return settle(definition, policy, instance, termsOf(definition, policy, calendarOf(instance, policy, runtime.calendars)), at)
    .instance
}

type One = { readonly ok: true; readonly planned: Planned | null } | Extract<Plan, { ok: false }>

async function planOne(runtime: Runtime, request: Request, now: number, working: Working): Promise<One> {
  const definition = definitionOf(request.kind)
  const before = await read(runtime, working, request.kind, request.id)
  const isOpening = request.command !== null && accepts(definition.machine, 'opening', request.command.type)
  if (before === null && !isOpening) throw notFound(request.kind, request.id)
  if (before !== null && request.expectedVersion !== undefined && request.expectedVersion !== before.head.seq)
    return {
      ok: false,
      refusals: [
        {
          code: 'version_changed',
          rule: 'mayActOnExpectedVersion',
          clause: 'architecture 8',
          required: request.expectedVersion,
          actual: before.head.seq,
          remedy: { kind: 'reload' },
        },
      ],
      before,
      state: before.instance.state,
    }
  const at = entryInstant(runtime, request.id, before?.head.at ?? 0, now)
  const policyLedger = async (policyId: string): Promise<Instance | null> => {
    const loaded = await read(runtime, working, 'policy', policyLedgerId(policyId))
    return loaded === null ? null : asOf(runtime, loaded, at)
  }
  const chosen =
    before === null ? await policyForNew(runtime, request, policyLedger) : { pin: before.instance.policy, refusal: null }
  if (chosen.refusal) return { ok: false, refusals: [chosen.refusal], before, state: 'opening' }
  const policy = await runtime.policies.of(chosen.pin)
  const instance = before?.instance ?? blankInstance(definition, request.id, chosen.pin)

  const onlySettled = (rungs: Settled, calendar: WorkingCalendar, backlog: boolean): One => {
    const commit = buildCommit({
      definition,
      policy,
      terms: termsOf(definition, policy, calendar),
      previous: before,
      instance: rungs.instance,
      at,
      actor: systemActor,
      command: null,
      // Two who settle the same backlog write the same entry; the second finds the first.
      idempotencyKey: backlog ? `backlog-${String((before?.head.seq ?? 0) + 1)}` : request.idempotencyKey,
      settled: rungs.rungs,
      inputs: null,
      effects: rungs.effects,
      observed: [],
      sha256: runtime.host.sha256,
    })
    return finish(runtime, working, { request, before, instance: rungs.instance, commit, observed: [], backlog }, rungs.effects)
  }

  if (request.command === null) {
    const calendar = calendarOf(instance, policy, runtime.calendars)
    const settled = settle(definition, policy, instance, termsOf(definition, policy, calendar), at, rungsPerEntry)
    return settled.rungs.length === 0 ? { ok: true, planned: null } : onlySettled(settled, calendar, settled.more)
  }

  const spec = specOf(definition, request.command.type)
  const place = { instanceId: request.id, seq: (before?.head.seq ?? 0) + 1 }
  const parsed = parseCommand(request.kind, spec, request.command)
  const { command, documents } = sealCommand(parsed, spec.personal ?? [], place, runtime.host)
  const accountId = instance.state === 'opening' ? accountOf(command) : instance.accountId
  const ledger = async (of = accountId): Promise<Instance | null> => {
    const loaded = await read(runtime, working, 'account', ledgerIdOf(of))
    return loaded === null ? null : asOf(runtime, loaded, at)
  }
  const project = async (projectId: string): Promise<Instance | null> => {
    const loaded = await read(runtime, working, 'project', projectLedgerId(projectId))
    return loaded === null ? null : asOf(runtime, loaded, at)
  }
  const { actor, refusal } = await resolveActor(runtime, request.actor, request.onBehalfOf, accountId, at)
  if (refusal) return { ok: false, refusals: [refusal], before, state: instance.state }
  const needs: FactNeeds = typeof spec.needs === 'function' ? spec.needs(command, instance.context, policy) : (spec.needs ?? {})
  const facts = await fetchFacts(runtime, needs, {
    instanceId: request.id,
    accountId,
    actor: actor.id,
    at,
    policy,
    ledger,
    project,
    policyLedger,
    drift: async () => (before === null ? [] : driftNow(runtime, before)),
  })
  const region =
    instance.state !== 'opening'
      ? null
      : request.kind === 'account'
        ? command['region']
        : (facts.account?.region ?? regionOf(await ledger()))
  const calendarId =
    instance.state === 'opening' ? calendarIdFor(policy, typeof region === 'string' ? region : null) : instance.calendar
  const calendar = runtime.calendars.of(policy, calendarId)
  const env: AdvanceEnv = {
    at,
    actor,
    policy,
    calendar,
    calendarId,
    facts,
    hashOf: (value: JsonValue) => runtime.host.sha256(canonicalJson(value)),
    mode: runtime.mode(request.kind),
  }
  const decided = advance(definition, instance, command, env)
  if (!decided.ok)
    return {
      ok: false,
      refusals: await openRefusals(runtime, request.id, decided.refusals, documents),
      before,
      state: decided.state,
    }
  if (decided.backlog)
    return onlySettled(
      { instance: decided.instance, rungs: decided.settled, effects: decided.effects, more: true },
      calendar,
      true,
    )
  const after = await termsAfter(runtime, instance, decided.instance, { policy, calendar })
  const commit = buildCommit({
    definition,
    policy: after.policy,
    terms: termsOf(definition, after.policy, after.calendar),
    previous: before,
    instance: decided.instance,
    at,
    actor,
    command,
    idempotencyKey: request.idempotencyKey,
    settled: decided.settled,
    inputs: decided.inputs,
    effects: decided.effects,
    observed: decided.observed,
    // A common command is enforced in every mode.
    mode: isCommon(command.type) ? 'enforce' : env.mode,
    personal: documents,
    sha256: runtime.host.sha256,
  })
  return finish(
    runtime,
    working,
    {
      request,
      before,
      instance: decided.instance,
      commit,
      observed: await openRefusals(runtime, request.id, decided.observed, documents),
      backlog: false,
    },
    decided.effects,
  )
}

/** What the instance counts with from now on: a migration has moved it to another version. */
async function termsAfter(
  runtime: Runtime,
  before: Instance,
  now: Instance,
  terms: { readonly policy: Policy; readonly calendar: WorkingCalendar },
): Promise<{ readonly policy: Policy; readonly calendar: WorkingCalendar }> {
  if (now.policy.hash === before.policy.hash) return terms
  const policy = await runtime.policies.of(now.policy)
  return { policy, calendar: calendarOf(now, policy, runtime.calendars) }
}

function finish(runtime: Runtime, working: Working, planned: Planned, emitted: readonly { readonly required?: boolean }[]): One {
  const { entry, snapshot } = planned.commit
  runtime.snapshots.put(entry.snapshotHash, snapshot, planned.instance)
  deepFreeze(entry)
  const required = new Set(planned.commit.entry.effects.filter((_, k) => emitted[k]?.required === true).map((e) => e.id))
  if (required.size > 0) requiredEffects.set(planned.commit, required)
  working.set(planned.instance.id, { instance: planned.instance, head: planned.commit.entry })
  return { ok: true, planned }
}

async function read(runtime: Runtime, working: Working, kind: string, id: string): Promise<Loaded | null> {
  const known = working.get(id)
  if (known !== undefined) return known
  const loaded = await loadInstance(runtime, kind, id)
  working.set(id, loaded)
  return loaded
}

const accountOf = (command: AnyCommand): string => (typeof command['accountId'] === 'string' ? command['accountId'] : '')
const regionOf = (ledger: Instance | null): string | null =>
  typeof ledger?.context['region'] === 'string' ? ledger.context['region'] : null
