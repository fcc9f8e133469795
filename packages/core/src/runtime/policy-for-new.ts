import { systemActor } from '../definition/define-workflow.ts'
import type { Refusal } from '../errors/index.ts'
import type { PolicyPin } from '../policy/index.ts'
import { standingOf } from '../ledgers/policy/record.ts'
import type { PolicyLedgerContext } from '../ledgers/policy/types.ts'
import type { Instance } from './instance.ts'
import type { Request } from './plan.ts'
import type { Runtime } from './runtime.ts'

/** Kinds that policies come by: no version needs to be in force for them. */
export const isOfPolicies = (kind: string): boolean => kind === 'policy' || kind === 'policy-publication'

/**
 * The version that a new instance is pinned to. What the host was given, unless it follows the ledger or a publication is opened, which is judged by the version
 * in force wherever there is one; and nothing, where the host insists on published versions and the one in force is another [GOV-05].
 */
export async function policyForNew(
  { pin, publication }: Pick<Runtime, 'pin' | 'publication'>,
  { kind, command, actor }: Pick<Request, 'kind' | 'command' | 'actor'>,
  ledgerOf: (policyId: string) => Promise<Instance | null>,
): Promise<{ readonly pin: PolicyPin; readonly refusal: Refusal | null }> {
  if (publication === undefined && !isOfPolicies(kind)) return { pin, refusal: null }
  // A ledger belongs to the policy that it is of, and is opened by what was approved under it.
  if (kind === 'policy') return { pin, refusal: null }
  const given = kind === 'policy-publication' ? command?.['policyId'] : pin.id
  const policyId = typeof given === 'string' ? given : pin.id
  const ledger = await ledgerOf(policyId)
  const { inForce } = ledger === null ? { inForce: null } : standingOf(ledger.context as unknown as PolicyLedgerContext)
  const now: PolicyPin | null = inForce === null ? null : { id: policyId, version: inForce.version, hash: inForce.hash }
  if (kind === 'policy-publication') return { pin: now ?? pin, refusal: null }
  // What an instance opens was decided when its parent moved: it is not lost because this host has not been restarted yet.
  if (now !== null && (publication === 'follow' || now.hash === pin.hash || actor === systemActor.id))
    return { pin: now, refusal: null }
  return {
    pin,
    refusal: {
      code: 'policy_not_in_force',
      rule: 'mayOpenUnderPolicyInForce',
      clause: 'GOV-05',
      required: now?.version ?? null,
      actual: pin.version,
    },
  }
}
