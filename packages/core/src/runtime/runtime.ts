import { GovernanceError, InvalidInputError } from '../errors/index.ts'
import { hardenPolicy, pinOf, type Policy, type PolicyPin } from '../policy/index.ts'
import type { Directory, GovernanceStore, Handlers } from '../ports/index.ts'
import { canonicalJson } from '../rules/index.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import { withCommonCommands } from './common-steps.ts'
import { accountLedger } from '../ledgers/account/index.ts'
import { admissionWorkflow } from '../workflows/admission/index.ts'
import { policyLedger } from '../ledgers/policy/index.ts'
import { projectLedger } from '../ledgers/project/index.ts'
import { complaintWorkflow } from '../workflows/complaint/index.ts'
import { policyPublicationWorkflow } from '../workflows/policy-publication/index.ts'
import { draftVersion } from '../workflows/policy-publication/types.ts'
import { projectChangeWorkflow } from '../workflows/project-change/index.ts'
import { tierAdjustmentWorkflow } from '../workflows/tier-adjustment/index.ts'
import type { Mode } from './advance.ts'
import type { Host } from './host.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import type { Calendars } from './terms.ts'

/** Every kind of instance, by name. The runtime knows no workflow but through this table. */
export const definitions: { readonly [kind: string]: WorkflowDefinition } = withCommonCommands({
  account: accountLedger,
  admission: admissionWorkflow,
  complaint: complaintWorkflow,
  'tier-adjustment': tierAdjustmentWorkflow,
  project: projectLedger,
  'project-change': projectChangeWorkflow,
  policy: policyLedger,
  'policy-publication': policyPublicationWorkflow,
})

/** What every part of the runtime works with. */
export interface Runtime {
  readonly store: GovernanceStore
  readonly directory: Directory
  readonly handlers: Handlers
  readonly host: Host
  readonly calendars: Calendars
  /** The policy that the host was given: new instances are pinned to it, unless `publication` says `follow`. */
  readonly policy: Policy
  readonly pin: PolicyPin
  /** What is asked of the version that new instances are pinned to; absent: nothing [GOV-05]. */
  readonly publication?: 'required' | 'follow'
  readonly policies: PolicyBook
  readonly snapshots: SnapshotCache
  readonly mode: (kind: string) => Mode
  /** Deliveries before an effect waits for an operator. */
  readonly maxAttempts: number
  /** Largest backward step of the clock that is put down to skew, in milliseconds. */
  readonly maxSkew: number
  /**
   * Where several go together: whether another one has changed what was read. Waits until those before are through that could. Absent: nobody goes along.
   */
  readonly overtaken?: () => Promise<boolean>
  /** Where several work side by side: tells those behind that this one will read and write an instance, and no other, after its next commit. */
  readonly intends?: (instanceId: string) => void
}

export function definitionOf(kind: string): WorkflowDefinition {
  const definition = Object.hasOwn(definitions, kind) ? definitions[kind] : undefined
  if (!definition) throw new GovernanceError('not_found', `there is no workflow "${kind}"`, { details: { kind } })
  return definition
}

/** Policies by pin: the host's own, and others out of the store's registry. */
export interface PolicyBook {
  /**
   * Puts the host's policy into the registry once, so that whoever is pinned to it finds it; later calls cost nothing. `draft`: for a publication, which may be
   * opened under a version that nobody has published yet; its text may still change, and stands where a draft's stands.
   */
  readonly publish: (as?: 'version' | 'draft') => Promise<void>
  /** The text that a pin stands for: a version's, or a draft's that a publication was opened under. */
  readonly of: (pin: PolicyPin) => Promise<Policy>
  /** The same, if the registry has it under its own version; else `null`. */
  readonly published: (pin: PolicyPin) => Promise<Policy | null>
}

export function createPolicyBook(store: GovernanceStore, policy: Policy, pin: PolicyPin, sha256: Host['sha256']): PolicyBook {
  const known = new Map<string, Policy>([[pin.hash, policy]])
  const registered = new Map<string, Policy>()
  const done = new Map<'version' | 'draft', Promise<void>>()
  const put = async (as: 'version' | 'draft'): Promise<void> => {
    const outcome = await store.policies.put({
      id: pin.id,
      version: as === 'draft' ? draftVersion(pin.version, pin.hash) : pin.version,
      hash: pin.hash,
      document: canonicalJson(policy),
    })
    if (outcome === 'conflict')
      throw new InvalidInputError(
        `policy ${pin.id} ${pin.version}`,
        [
          {
            path: 'version',
            code: 'published',
            message: 'this version is published already, with other content',
            remedy: 'give the changed policy a new version',
          },
        ],
        'invalid_policy',
      )
  }
  const read = async ({ id, hash }: PolicyPin, version: string): Promise<Policy | null> => {
    const record = await store.policies.get(id, version)
    if (record?.hash !== hash || sha256(record.document) !== hash) return null
    return hardenPolicy(JSON.parse(record.document) as Policy)
  }
  return {
    publish: (as = 'version') => {
      const before = done.get(as)
      if (before !== undefined) return before
      const now = put(as).catch((error: unknown) => {
        done.delete(as)
        throw error
      })
      done.set(as, now)
      return now
    },
    of: async (wanted) => {
      const here = known.get(wanted.hash)
      if (here) return here
      const { id, version, hash } = wanted
      const then = (await read(wanted, version)) ?? (await read(wanted, draftVersion(version, hash)))
      if (then === null)
        throw new GovernanceError('invalid_policy', `policy ${id} ${version} (${hash.slice(0, 12)}…) is not in the registry`, {
          details: { id, version, hash },
          actions: ['Publish that version again, unchanged, or migrate the instance.'],
        })
      known.set(hash, then)
      return then
    },
    published: async (wanted) => {
      const key = canonicalJson(wanted)
      const found = registered.get(key) ?? (await read(wanted, wanted.version))
      // A draft stands under another name than its own version, whatever a pin calls it.
      const there = found?.id === wanted.id && found.version === wanted.version ? found : null
      if (there !== null) {
        registered.set(key, there)
        known.set(wanted.hash, known.get(wanted.hash) ?? there)
      }
      return there
    },
  }
}

/** The pin of a policy, by the host's hash. */
export function pinWith(policy: Policy, host: Host): PolicyPin {
  return pinOf(policy, host.sha256)
}
