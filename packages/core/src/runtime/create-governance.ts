import type { CalendarDocument } from '../calendar/index.ts'
import { GovernanceError, InvalidInputError } from '../errors/index.ts'
import { checkPolicy, type Policy } from '../policy/index.ts'
import {
  instanceIdSchema,
  type Directory,
  type GovernanceStore,
  type Handlers,
  type JournalEntry,
  type PendingEffect,
} from '../ports/index.ts'
import type { AnyCommand } from '../definition/define-workflow.ts'
import { accountLedgerId, adjustmentId, encodeIdPart } from '../definition/instance-id.ts'
import type { AccountCommandInput } from '../ledgers/account/commands.ts'
import type { AccountContext } from '../ledgers/account/types.ts'
import type { ComplaintCommandInput } from '../workflows/complaint/commands.ts'
import type { ComplaintContext } from '../workflows/complaint/types.ts'
import type { TierAdjustmentCommandInput } from '../workflows/tier-adjustment/commands.ts'
import type { TierAdjustmentContext } from '../workflows/tier-adjustment/types.ts'
import type { Mode } from './advance.ts'
import { deliver, type Delivered } from './deliver.ts'
import { defaultHost, type Host } from './host.ts'
import { loadInstance, openedId, planCommand, type Request } from './plan.ts'
import { perform, type Refused, type Result } from './perform.ts'
import { reindex, type Reindexed } from './reindex.ts'
import { refuseBarredReader, type Reader } from './readers.ts'
import { review, type ReviewOptions, type ReviewProgress } from './review.ts'
import { createPolicyBook, definitionOf, pinWith, type Runtime } from './runtime.ts'
import { accepts } from './step.ts'
import { createSnapshotCache } from './snapshot-cache.ts'
import { createStaticDirectory } from './static-directory.ts'
import { sweep, type SweepOptions, type Swept } from './sweep.ts'
import { createCalendars } from './terms.ts'
import { verifyJournal, type JournalReport, type KnownHead } from './verify-journal.ts'
import { optionsFor, viewInstance, type CommandOption, type InstanceView } from './view.ts'

/** What `createGovernance` needs. Only store and policy are required. */
export interface GovernanceOptions {
  readonly store: GovernanceStore
  /** A loaded policy; see `loadPolicy`. New instances are pinned to it. */
  readonly policy: Policy
  /** Who is who; default: the directory written in the policy. */
  readonly directory?: Directory
  /** Carry out effects; without them effects stay pending and are reported. */
  readonly handlers?: Handlers
  /** Newer calendar data, by calendar id: holidays published after the policy. */
  readonly calendars?: { readonly [id: string]: CalendarDocument }
  /** Per workflow, while it is being introduced; default `enforce` [GOV-09]. */
  readonly mode?: { readonly [kind: string]: Mode }
  /** Clock, ids and hash; default: the host's. */
  readonly host?: Partial<Host>
  /** Deliveries of an effect before it waits for an operator; default 8. */
  readonly maxAttempts?: number
}

/** Who sends a command, and how it is told from its repetition. */
export interface SendOptions {
  /** Id of the person; roles come from the directory. */
  readonly actor: string
  /** The person for whom the actor acts, by a dated delegation. */
  readonly onBehalfOf?: string
  /** Refuses when the instance is not at this version. */
  readonly expectedVersion?: number
  /** The same key again gives the first outcome; made and returned when absent. */
  readonly idempotencyKey?: string
}

type Form<Input, Type extends string> = Input extends { readonly type: Type } ? Omit<Input, 'type'> : never
type Command<Input, Opening extends string> = Exclude<Input, { readonly type: Opening }>

/** The verbs of one workflow. `Input`: its commands as a caller writes them. */
export interface WorkflowApi<Input, Context> {
  /** Sends a command. Refusals are a result; malformed commands, lost races and unavailable stores are thrown. */
  readonly send: (id: string, command: Input, options: SendOptions) => Promise<Result>
  /** The instance as it stands now, clocks settled up to now; `null`: none. Writes nothing. */
  readonly get: (id: string, reader?: Reader) => Promise<InstanceView<Context> | null>
  /** Every command for this person: allowed, needs input, or refused and why. `null`: no such instance. */
  readonly options: (id: string, options: { readonly actor: string }) => Promise<readonly CommandOption[] | null>
  /** What would happen, nothing written. */
  readonly preview: (id: string, command: Input, options: SendOptions) => Promise<Preview | Refused>
  /** The journal, oldest first; empty when there is no such instance. */
  readonly history: (id: string, reader?: Reader) => AsyncIterable<JournalEntry>
}

/** What a command would do. */
export interface Preview {
  readonly ok: true
  readonly from: string
  readonly to: string
  /** The entries that would be written: the instance's own, then those of the instances that follow. */
  readonly entries: readonly JournalEntry[]
  readonly nextDueAt: number | null
}

/** One of many votes cast alike. */
export interface BatchItem {
  readonly id: string
  /** Basis of the approval as shown to the voter. */
  readonly basis: string
}

/** The SDK: the verbs of every workflow, and what runs over all of them. */
export interface Governance {
  readonly complaint: WorkflowApi<Command<ComplaintCommandInput, 'open'>, ComplaintContext> & {
    /** Files a complaint and starts its clocks; `id` of the result is the complaint's. The same idempotency key again finds the first one [CPL-01]. */
    readonly open: (form: Form<ComplaintCommandInput, 'open'>, options: SendOptions) => Promise<Result>
  }
  readonly tierAdjustment: WorkflowApi<Command<TierAdjustmentCommandInput, 'open' | 'effectDelivered'>, TierAdjustmentContext> & {
    /** Opens a review of one account: of a cycle, or on demand with a reason. */
    readonly open: (
      form: { readonly accountId: string; readonly cycle: string; readonly onDemand?: string },
      options: SendOptions,
    ) => Promise<Result & { readonly adjustment: string }>
    /** Decides undisputed cases as a list: the same vote on each, each judged and answered by itself [ADJ-12]. */
    readonly decideBatch: (
      items: Iterable<BatchItem>,
      vote: Omit<Form<TierAdjustmentCommandInput, 'vote'>, 'basis'>,
      options: Pick<SendOptions, 'actor' | 'onBehalfOf'>,
    ) => AsyncIterable<Result>
  }
  readonly account: WorkflowApi<Command<AccountCommandInput, 'adopt'>, AccountContext> & {
    /** Brings an account of the CRM under the policy, with the tier it has: opens its ledger, before its first review. Refused for one already adopted. */
    readonly adopt: (form: Form<AccountCommandInput, 'adopt'>, options: SendOptions) => Promise<Result>
    /** Id of an account's ledger. */
    readonly idOf: (accountId: string) => string
  }
  /** The tier review of a cycle over all accounts: streamed, resumable. */
  readonly review: (options: ReviewOptions) => AsyncIterable<ReviewProgress>
  /** Settles what is due and carries out effects; any number of workers, each rung once. */
  readonly sweep: (options?: SweepOptions) => Promise<Swept>
  /** Effects outside of a sweep: for a worker that only delivers, and for an operator. */
  readonly effects: {
    /** Carries out pending effects, oldest first, at most `limit` (default 500). Failed ones are reported and tried again; a failing store is thrown. */
    readonly deliver: (options?: { readonly limit?: number }) => Promise<Delivered>
    /** Effects given up after `maxAttempts`, or because their command was refused, with the reason; at most `limit` (default 500). */
    readonly dead: (options?: { readonly limit?: number }) => Promise<readonly (PendingEffect & { readonly reason: string })[]>
    /** Puts a dead effect back among the pending ones, for the next delivery. False: no such dead effect. */
    readonly revive: (instanceId: string, effectId: string) => Promise<boolean>
  }
  /** Chain and replay of one instance or all; `heads` kept elsewhere also detect missing tails and instances. */
  readonly verifyJournal: (options?: {
    readonly instanceId?: string
    readonly heads?: readonly KnownHead[]
  }) => Promise<JournalReport>
  /** Writes projections anew after new calendar data: open clocks get their dues by it. */
  readonly reindex: () => Promise<Reindexed>
  /** The policy that new instances are pinned to. */
  readonly policy: Policy
  /** Its id, version and hash, as they stand in every new instance's journal. */
  readonly pin: Runtime['pin']
}

/**
 * Puts a store, a policy and a directory together.
 *
 * @throws InvalidInputError `invalid_policy` when given a document instead of a loaded policy.
 * @example
 * ```ts
 * const governance = createGovernance({ store: createMemoryStore(), policy: loadPolicy(presets.manufacturerCn) })
 * const result = await governance.complaint.send('cmp-1', { type: 'forward', department: 'product' }, { actor: 'u-huang' })
 * if (!result.ok) console.log(result.refusals.map((r) => formatRefusal(r, 'zh-CN')))
 * ```
 */
export function createGovernance(options: GovernanceOptions): Governance {
  const runtime = runtimeOf(options)
  const key = (given: string | undefined): string => {
    const made = given ?? runtime.host.newId()
    if (made.length > 0 && made.length <= 200 && made.isWellFormed()) return made
    throw new InvalidInputError('idempotency key', [
      { path: 'idempotencyKey', code: 'length', message: `${String(made.length)} characters`, remedy: 'use 1 to 200 characters' },
    ])
  }
  const request = (kind: string, id: string, command: unknown, o: SendOptions): Request => ({
    kind,
    id: knownId(id),
    command: knownCommand(kind, command),
    actor: knownActor((o as Partial<SendOptions> | undefined)?.actor),
    idempotencyKey: key(o.idempotencyKey),
    ...(o.onBehalfOf === undefined ? {} : { onBehalfOf: o.onBehalfOf }),
    ...(o.expectedVersion === undefined ? {} : { expectedVersion: o.expectedVersion }),
  })
  const api = <Input, Context>(kind: string): WorkflowApi<Input, Context> => ({
    send: async (id, command, o) => perform(runtime, request(kind, id, notOpening(kind, command), o)),
    get: async (id, reader) => {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      return (await viewInstance(runtime, kind, id)) as InstanceView<Context> | null
    },
    options: async (id, o) => optionsFor(runtime, kind, knownId(id), knownActor((o as Partial<SendOptions> | undefined)?.actor)),
    preview: async (id, command, o) => preview(runtime, request(kind, id, notOpening(kind, command), o)),
    history: async function* (id, reader) {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      yield* runtime.store.history(id)
    },
  })
  const tierAdjustment = api<Command<TierAdjustmentCommandInput, 'open' | 'effectDelivered'>, TierAdjustmentContext>(
    'tier-adjustment',
  )
  return {
    complaint: {
      ...api('complaint'),
      open: async (form, o) => {
        const idempotencyKey = key(o.idempotencyKey)
        return perform(
          runtime,
          request(
            'complaint',
            openedId('complaint', idempotencyKey, runtime),
            { ...form, type: 'open' },
            { ...o, idempotencyKey },
          ),
        )
      },
    },
    tierAdjustment: {
      ...tierAdjustment,
      open: async (form, o) => {
        const accountId = knownText('accountId', (form as Partial<typeof form> | undefined)?.accountId)
        const idempotencyKey = key(o.idempotencyKey)
        const id = accountLedgerId(accountId)
        const adjustment =
          form.onDemand === undefined
            ? adjustmentId(accountId, knownText('cycle', form.cycle))
            : await onDemandId(runtime, id, accountId, idempotencyKey)
        const result = await perform(
          runtime,
          request(
            'account',
            id,
            {
              type: 'openAdjustment',
              cycle: form.cycle,
              instanceId: adjustment,
              ...(form.onDemand === undefined ? {} : { onDemand: form.onDemand }),
            },
            { ...o, idempotencyKey },
          ),
        )
        return { ...result, adjustment }
      },
      decideBatch: async function* (items, vote, o) {
        for (const { id, basis } of items)
          yield await perform(runtime, request('tier-adjustment', id, { ...vote, type: 'vote', basis }, o))
      },
    },
    account: {
      ...api('account'),
      adopt: async (form, o) =>
        perform(
          runtime,
          request(
            'account',
            accountLedgerId(knownText('accountId', (form as Partial<typeof form> | undefined)?.accountId)),
            { ...form, type: 'adopt' },
            o,
          ),
        ),
      idOf: accountLedgerId,
    },
    review: (o) => review(runtime, o),
    sweep: async (o) => {
      await runtime.policies.publish()
      return sweep(runtime, o)
    },
    effects: {
      deliver: async (o = {}) => deliver(runtime, { limit: o.limit ?? 500 }),
      dead: (o = {}) => runtime.store.effects.dead({ limit: o.limit ?? 500 }),
      revive: (instanceId, effectId) => runtime.store.effects.revive(instanceId, effectId),
    },
    verifyJournal: (o) => verifyJournal(runtime, o),
    reindex: () => reindex(runtime),
    policy: runtime.policy,
    pin: runtime.pin,
  }
}

function runtimeOf(options: GovernanceOptions): Runtime {
  const { store, policy } = options
  if (typeof (policy as Partial<Policy>).complaint?.compensationLimit !== 'object') {
    const { findings } = checkPolicy(policy)
    throw new InvalidInputError(
      'policy',
      findings.length > 0
        ? findings
        : [{ path: '', code: 'not_loaded', message: 'the policy is a document', remedy: 'pass loadPolicy(document)' }],
      'invalid_policy',
    )
  }
  const host: Host = { ...defaultHost, ...options.host }
  const pin = pinWith(policy, host)
  const modes = options.mode ?? {}
  return {
    store,
    directory: options.directory ?? createStaticDirectory(policy),
    handlers: options.handlers ?? {},
    host,
    calendars: createCalendars(options.calendars),
    policy,
    pin,
    policies: createPolicyBook(store, policy, pin, host.sha256),
    snapshots: createSnapshotCache(),
    mode: (kind) => modes[kind] ?? 'enforce',
    maxAttempts: options.maxAttempts ?? 8,
    maxSkew: 5 * 60_000,
  }
}

async function preview(runtime: Runtime, request: Request): Promise<Preview | Refused> {
  const plan = await planCommand(runtime, request, runtime.host.clock())
  if (!plan.ok)
    return { ok: false, id: request.id, state: plan.state, refusals: plan.refusals, idempotencyKey: request.idempotencyKey }
  const root = plan.planned[0]
  if (!root) throw new GovernanceError('internal', 'a command plans an entry')
  return {
    ok: true,
    from: root.commit.entry.from,
    to: root.commit.entry.to,
    entries: [...plan.backlog, ...plan.planned].map((p) => p.commit.entry),
    nextDueAt: root.commit.projection.nextDueAt,
  }
}

/** Id of the next adjustment on demand: the ledger counts them, and refuses a second one under the same number. A repeated request finds its first. */
async function onDemandId(runtime: Runtime, ledgerId: string, accountId: string, idempotencyKey: string): Promise<string> {
  const earlier = await runtime.store.entryByKey(ledgerId, idempotencyKey)
  const first = (earlier?.command as { readonly instanceId?: unknown } | undefined)?.instanceId
  if (typeof first === 'string') return first
  const ledger = await loadInstance(runtime, 'account', ledgerId)
  const count = (ledger?.instance.context['onDemand'] as number | undefined) ?? 0
  return `tier-${encodeIdPart(accountId)}-od${String(count + 1)}`
}

function knownId(id: unknown): string {
  const known = instanceIdSchema.safeParse(id)
  if (known.success) return known.data
  throw new InvalidInputError('instance id', [
    {
      path: 'id',
      code: 'format',
      message: `${typeof id === 'string' ? `"${id.slice(0, 60)}"` : typeof id} is no instance id`,
      remedy: 'use the id that open() returned: a–z, 0–9 and -, at most 80 characters',
    },
  ])
}

function knownText(field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && value.length <= 200) return value
  throw new InvalidInputError(
    'form',
    [{ path: field, code: 'format', message: 'no text of 1 to 200 characters', remedy: `give ${field}` }],
    'invalid_command',
  )
}

function knownCommand(kind: string, command: unknown): AnyCommand {
  if (typeof command === 'object' && command !== null && typeof (command as { type?: unknown }).type === 'string')
    return command as AnyCommand
  throw new InvalidInputError(
    `command for ${kind}`,
    [{ path: 'type', code: 'shape', message: 'no command', remedy: 'pass an object with the type of the command' }],
    'invalid_command',
  )
}

/** What opens an instance has its own verb, which finds the id: two ledgers of one account would keep no promise. */
function notOpening(kind: string, command: unknown): AnyCommand {
  const known = knownCommand(kind, command)
  if (!accepts(definitionOf(kind).machine, 'opening', known.type)) return known
  throw new InvalidInputError(
    `command for ${kind}`,
    [
      {
        path: 'type',
        code: 'opening',
        message: `"${known.type}" opens a new one`,
        remedy: 'use the verb that opens: complaint.open, account.adopt, tierAdjustment.open',
      },
    ],
    'invalid_command',
  )
}

function knownActor(actor: unknown): string {
  if (typeof actor === 'string' && actor !== '' && actor !== 'system' && actor.length <= 80 && actor.isWellFormed()) return actor
  throw new InvalidInputError('actor', [
    {
      path: 'actor',
      code: 'format',
      message: 'no person',
      remedy: 'pass the id of the person who acts, 1 to 80 characters; "system" is the runtime itself',
    },
  ])
}
