import { isGovernanceError, type Refusal } from '../errors/index.ts'
import type { Policy, PolicyPin } from '../policy/index.ts'
import { policyLedgerId } from '../definition/instance-id.ts'
import { standingOf } from '../ledgers/policy/record.ts'
import type { PolicyLedgerContext } from '../ledgers/policy/types.ts'
import { planMove, type InstanceMigration } from './migration-plan.ts'
import { perform } from './perform.ts'
import { targetOf } from './publish.ts'
import { asOf, loadInstance } from './plan.ts'
import { definitionOf, pinWith, type Runtime } from './runtime.ts'

/** Which open instances are meant: all, those of a kind, those of an account. */
export interface MigrationQuery {
  readonly kind?: string
  readonly accountId?: string
  /** Only instances behind this id, in their order: how a run that broke off goes on. */
  readonly after?: string
}

/** A loaded policy, or the pin of one in the registry. */
export type PolicyOrPin = Policy | PolicyPin

/** One instance of a migration of many. */
export interface Migrated {
  readonly instanceId: string
  readonly kind: string
  /** `moved`: now. `there`: before. `refused`: see `refusals`. `failed`: see `reason`; the migration goes on. */
  readonly status: 'moved' | 'there' | 'refused' | 'failed'
  readonly refusals: readonly Refusal[]
  readonly reason: string | null
  /** Instances done so far, this one included. */
  readonly done: number
}

export const pinOfEither = (runtime: Runtime, policy: PolicyOrPin): PolicyPin =>
  'hash' in policy ? { id: policy.id, version: policy.version, hash: policy.hash } : pinWith(policy, runtime.host)

/** The instances that a query means, in the order of their ids. */
export async function* openInstances(
  runtime: Runtime,
  { kind, accountId, after }: MigrationQuery,
): AsyncGenerator<{ readonly instanceId: string; readonly kind: string }> {
  const query = { open: true, ...(kind === undefined ? {} : { kind }), ...(accountId === undefined ? {} : { accountId }) }
  for await (const shown of runtime.store.find(query))
    if (after === undefined || shown.instanceId > after) yield { instanceId: shown.instanceId, kind: shown.kind }
}

/**
 * What a version would change for every open instance, one at a time, nothing written: clocks, approvals under way, parameters. `migrate` does just this, at
 * the same instant. The version may be a draft, scheduled, or in force.
 */
export async function* planMigration(
  runtime: Runtime,
  { policy, ...query }: MigrationQuery & { readonly policy: PolicyOrPin },
): AsyncGenerator<InstanceMigration> {
  const pin = pinOfEither(runtime, policy)
  const to = 'hash' in policy ? await runtime.policies.of(pin) : policy
  const now = runtime.host.clock()
  const ledger = await loadInstance(runtime, 'policy', policyLedgerId(pin.id))
  const standing =
    ledger === null
      ? null
      : standingOf((await asOf(runtime, ledger, Math.max(now, ledger.head.at))).context as unknown as PolicyLedgerContext)
  const published = (await targetOf(runtime, pin, standing)) !== null
  for await (const { instanceId, kind } of openInstances(runtime, query)) {
    const loaded = await loadInstance(runtime, kind, instanceId)
    if (loaded === null) continue
    const at = Math.max(now, loaded.head.at)
    const instance = await asOf(runtime, loaded, at)
    yield planMove({
      definition: definitionOf(kind),
      instance,
      version: loaded.head.seq,
      from: await runtime.policies.of(instance.policy),
      to,
      pin,
      standing,
      published,
      calendars: runtime.calendars,
      at,
    })
  }
}

/** Moves many, each by its own entry: streamed, resumable, one failure never stops the rest. Begun again, it finds what it has done. */
export async function* migrateAll(
  runtime: Runtime,
  query: MigrationQuery,
  {
    policy,
    actor,
    onBehalfOf,
    reason,
  }: { readonly policy: PolicyOrPin; readonly actor: string; readonly onBehalfOf?: string; readonly reason: string },
): AsyncGenerator<Migrated> {
  const pin = pinOfEither(runtime, policy)
  let done = 0
  for await (const { instanceId, kind } of openInstances(runtime, query)) {
    done += 1
    const base = { instanceId, kind, refusals: [], reason: null, done }
    try {
      const loaded = await loadInstance(runtime, kind, instanceId)
      if (loaded === null || loaded.instance.policy.hash === pin.hash) {
        yield { ...base, status: 'there' }
        continue
      }
      const result = await perform(runtime, {
        kind,
        id: instanceId,
        command: { type: 'migrate', policy: { ...pin }, reason },
        actor,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
        // Moved there, away and there again is three moves: the key names where it goes from, too.
        idempotencyKey: `migration-${loaded.instance.policy.hash.slice(0, 20)}-${pin.hash.slice(0, 20)}-${String(loaded.head.seq)}`,
      })
      yield result.ok ? { ...base, status: 'moved' } : { ...base, status: 'refused', refusals: result.refusals }
    } catch (error) {
      if (
        isGovernanceError(error, 'unavailable') ||
        isGovernanceError(error, 'throttled') ||
        isGovernanceError(error, 'unknown_outcome')
      )
        throw error
      yield { ...base, status: 'failed', reason: error instanceof Error ? error.message.slice(0, 500) : 'unknown error' }
    }
  }
}
