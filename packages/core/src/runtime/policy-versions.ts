import type { Policy, PolicyPin } from '../policy/index.ts'
import type { PolicyStanding } from '../definition/define-workflow.ts'
import { policyLedgerId } from '../definition/instance-id.ts'
import { isAbove } from '../ledgers/policy/obstacles.ts'
import { standingOf } from '../ledgers/policy/record.ts'
import type { GoverningVersion, PolicyLedgerContext } from '../ledgers/policy/types.ts'
import type { PolicyPublicationState } from '../workflows/policy-publication/types.ts'
import { asOf, loadInstance } from './plan.ts'
import type { Runtime } from './runtime.ts'

/** One version of a policy: where its publication stands, when it was in force, and how many open instances are pinned to it. */
export interface PolicyVersion {
  readonly version: string
  /** `null`: its draft has not been checked yet. */
  readonly hash: string | null
  /** State of its publication; `unpublished`: a host uses it, and nobody has published it. */
  readonly state: PolicyPublicationState | 'unpublished'
  /** Id of its publication. */
  readonly publication: string | null
  readonly effectiveFrom: string | null
  /** In force from, and up to (exclusive), epoch milliseconds. */
  readonly since: number | null
  readonly until: number | null
  /** Open instances pinned to it; `null`: not counted. */
  readonly instances: number | null
}

async function ledgerAt(runtime: Runtime, policyId: string, at: number): Promise<PolicyLedgerContext | null> {
  const loaded = await loadInstance(runtime, 'policy', policyLedgerId(policyId))
  return loaded === null
    ? null
    : ((await asOf(runtime, loaded, Math.max(at, loaded.head.at))).context as unknown as PolicyLedgerContext)
}

/** What is in force and what is under way, as of now; `null`: no version was ever scheduled. */
export async function standingNow(runtime: Runtime, policyId: string): Promise<PolicyStanding | null> {
  const ledger = await ledgerAt(runtime, policyId, runtime.host.clock())
  return ledger === null ? null : standingOf(ledger)
}

/** The version in force at an instant: in the past by the ledger, in the future by what is scheduled now. */
export async function inForceAt(runtime: Runtime, policyId: string, at = runtime.host.clock()): Promise<Policy | null> {
  const ledger = await ledgerAt(runtime, policyId, at)
  const then = ledger?.versions.find(({ since, until }) => since <= at && (until === null || at < until))
  return then === undefined ? null : runtime.policies.of({ id: policyId, version: then.version, hash: then.hash })
}

/** Every version that the registry, the publications or the ledger know, newest first. Counting instances reads each open one once. */
export async function versionsOf(
  runtime: Runtime,
  policyId: string,
  { instances = true }: { readonly instances?: boolean } = {},
): Promise<readonly PolicyVersion[]> {
  const found = new Map<string, PolicyVersion>()
  const note = (version: string, more: Partial<PolicyVersion>): void => {
    const before = found.get(version) ?? {
      version,
      hash: null,
      state: 'unpublished' as const,
      publication: null,
      effectiveFrom: null,
      since: null,
      until: null,
      instances: instances ? 0 : null,
    }
    found.set(version, { ...before, ...more })
  }
  for await (const { version, hash } of runtime.store.policies.list(policyId)) if (!version.includes('+')) note(version, { hash })
  for await (const { instanceId, state, fields } of runtime.store.find({ kind: 'policy-publication' })) {
    const { version, hash, effectiveFrom } = fields
    if (fields['policyId'] !== policyId || typeof version !== 'string') continue
    note(version, {
      state: state as PolicyPublicationState,
      publication: instanceId,
      hash: typeof hash === 'string' ? hash : (found.get(version)?.hash ?? null),
      effectiveFrom: typeof effectiveFrom === 'string' ? effectiveFrom : null,
    })
  }
  const ledger = await ledgerAt(runtime, policyId, runtime.host.clock())
  for (const { version, hash, by, effectiveFrom, since, until } of ledger?.versions ?? ([] as readonly GoverningVersion[]))
    note(version, { state: until === null ? 'inForce' : 'superseded', hash, publication: by, effectiveFrom, since, until })
  if (instances) await countInstances(runtime, policyId, found)
  return [...found.values()].sort((a, b) => (isAbove(a.version, b.version) ? -1 : isAbove(b.version, a.version) ? 1 : 0))
}

async function countInstances(runtime: Runtime, policyId: string, found: Map<string, PolicyVersion>): Promise<void> {
  for await (const { instanceId, kind } of runtime.store.find({ open: true })) {
    const pin: PolicyPin | undefined = (await loadInstance(runtime, kind, instanceId))?.instance.policy
    const version = pin?.id === policyId ? found.get(pin.version) : undefined
    if (version !== undefined) found.set(version.version, { ...version, instances: (version.instances ?? 0) + 1 })
  }
}
