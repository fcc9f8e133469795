import { InvalidInputError } from '../errors/index.ts'
import { checkPolicy, type Policy } from '../policy/index.ts'
import { deliver } from './deliver.ts'
import { replayDead } from './replay-dead.ts'
import type { Governance, GovernanceOptions } from './governance.ts'
import { defaultHost, type Host } from './host.ts'
import { processInbox, type SayVerdict } from './inbox/index.ts'
import { reindex } from './reindex.ts'
import { review } from './review.ts'
import { simulate } from './simulate.ts'
import { rollout } from './rollout.ts'
import { inForceAt } from './policy-versions.ts'
import { createPolicyBook, pinWith, type Runtime } from './runtime.ts'
import { createSnapshotCache } from './snapshot-cache.ts'
import { createStaticDirectory } from './static-directory.ts'
import { sweep } from './sweep.ts'
import { createCalendars } from './terms.ts'
import { accountVerbs } from './verbs/account.ts'
import { admissionVerbs } from './verbs/admission.ts'
import { complaintVerbs } from './verbs/complaint.ts'
import { driftVerbs } from './verbs/drift.ts'
import { policyVerbs } from './verbs/policy.ts'
import { projectVerbs } from './verbs/project.ts'
import { projectChangeVerbs } from './verbs/project-change.ts'
import { tierAdjustmentVerbs } from './verbs/tier-adjustment.ts'
import { createVerbs } from './verbs/verbs.ts'
import { journalHeads, verifyJournal } from './verify-journal.ts'

/** The SDK over a runtime; `say` puts into words what became of inbound commands, since texts lie above the runtime. */
export function governanceOf(options: GovernanceOptions, say: SayVerdict): Governance {
  const runtime = runtimeOf(options)
  const verbs = createVerbs(runtime)
  return {
    admission: admissionVerbs(verbs),
    complaint: complaintVerbs(verbs),
    tierAdjustment: tierAdjustmentVerbs(verbs),
    account: accountVerbs(verbs),
    project: projectVerbs(verbs),
    projectChange: projectChangeVerbs(verbs),
    policy: policyVerbs(verbs),
    drift: driftVerbs(verbs),
    review: async function* (o) {
      yield* review(await followed(runtime), o)
    },
    simulate: async function* (o) {
      return yield* simulate(await followed(runtime), o)
    },
    sweep: (o) => sweep(runtime, o),
    effects: {
      deliver: async (o = {}) => deliver(runtime, { limit: o.limit ?? 500 }),
      dead: (o = {}) =>
        runtime.store.effects.dead({ limit: o.limit ?? 500, ...(o.types === undefined ? {} : { types: o.types }) }),
      revive: (instanceId, effectId) => runtime.store.effects.revive(instanceId, effectId),
      replay: (type) => replayDead(runtime, type),
    },
    heads: () => journalHeads(runtime),
    verifyJournal: (o) => verifyJournal(runtime, o),
    rollout: (o) => rollout(runtime, o),
    reindex: () => reindex(runtime),
    inbox: { process: (o) => processInbox(runtime, say, o) },
    pin: runtime.pin,
  }
}

/** What reviews and simulations go by: a host that follows the ledger goes by the version in force, not by the one that it was started with. */
async function followed(runtime: Runtime): Promise<Runtime> {
  if (runtime.publication !== 'follow') return runtime
  const policy = await inForceAt(runtime, runtime.policy.id)
  return policy === null ? runtime : { ...runtime, policy, pin: pinWith(policy, runtime.host) }
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
  const given: Host = { ...defaultHost, ...options.host }
  // Clocks of high resolution tell parts of a millisecond: of what holds them no record could be read again.
  const host: Host = { ...given, clock: () => Math.floor(given.clock()) }
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
    ...(options.publication === undefined ? {} : { publication: options.publication }),
    policies: createPolicyBook(store, policy, pin, host.sha256),
    snapshots: createSnapshotCache(),
    mode: (kind) => modes[kind] ?? 'enforce',
    maxAttempts: options.maxAttempts ?? 8,
    maxSkew: 5 * 60_000,
  }
}
