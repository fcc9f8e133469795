import { GovernanceError, InvalidInputError } from '../errors/index.ts'
import { pinOf, type Policy, type PolicyPin } from '../policy/index.ts'
import type { Directory, GovernanceStore, Handlers } from '../ports/index.ts'
import { canonicalJson } from '../rules/index.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import { withCommonCommands } from './common-steps.ts'
import { accountLedger } from '../ledgers/account/index.ts'
import { admissionWorkflow } from '../workflows/admission/index.ts'
import { projectLedger } from '../ledgers/project/index.ts'
import { complaintWorkflow } from '../workflows/complaint/index.ts'
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
})

/** What every part of the runtime works with. */
export interface Runtime {
  readonly store: GovernanceStore
  readonly directory: Directory
  readonly handlers: Handlers
  readonly host: Host
  readonly calendars: Calendars
  /** The policy that new instances are pinned to. */
  readonly policy: Policy
  readonly pin: PolicyPin
  readonly policies: PolicyBook
  readonly snapshots: SnapshotCache
  readonly mode: (kind: string) => Mode
  /** Deliveries before an effect waits for an operator. */
  readonly maxAttempts: number
  /** Largest backward step of the clock that is put down to skew, in milliseconds. */
  readonly maxSkew: number
}

export function definitionOf(kind: string): WorkflowDefinition {
  const definition = Object.hasOwn(definitions, kind) ? definitions[kind] : undefined
  if (!definition) throw new GovernanceError('not_found', `there is no workflow "${kind}"`, { details: { kind } })
  return definition
}

/** Policies by pin: the current one, and older ones out of the store's registry. */
export interface PolicyBook {
  /** Publishes the current policy once; later calls cost nothing. */
  readonly publish: () => Promise<void>
  readonly of: (pin: PolicyPin) => Promise<Policy>
}

export function createPolicyBook(store: GovernanceStore, policy: Policy, pin: PolicyPin, sha256: Host['sha256']): PolicyBook {
  const known = new Map<string, Policy>([[pin.hash, policy]])
  let published: Promise<void> | null = null
  const put = async (): Promise<void> => {
    const outcome = await store.policies.put({
      id: pin.id,
      version: pin.version,
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
  return {
    publish: () => {
      published ??= put().catch((error: unknown) => {
        published = null
        throw error
      })
      return published
    },
    of: async (wanted) => {
      const here = known.get(wanted.hash)
      if (here) return here
      const record = await store.policies.get(wanted.id, wanted.version)
      if (!record || record.hash !== wanted.hash || sha256(record.document) !== wanted.hash)
        throw new GovernanceError(
          'invalid_policy',
          `policy ${wanted.id} ${wanted.version} (${wanted.hash.slice(0, 12)}…) is not in the registry`,
          {
            details: { id: wanted.id, version: wanted.version, hash: wanted.hash },
            actions: ['Publish that version again, unchanged, or migrate the instance.'],
          },
        )
      const policyThen = JSON.parse(record.document) as Policy
      known.set(wanted.hash, policyThen)
      return policyThen
    },
  }
}

/** The pin of a policy, by the host's hash. */
export function pinWith(policy: Policy, host: Host): PolicyPin {
  return pinOf(policy, host.sha256)
}
