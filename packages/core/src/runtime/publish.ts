import { GovernanceError } from '../errors/index.ts'
import type { Policy, PolicyPin } from '../policy/index.ts'
import type { Effect } from '../ports/index.ts'
import type { PolicyStanding } from '../definition/define-workflow.ts'
import { draftVersion } from '../workflows/policy-publication/types.ts'
import type { Planned } from './plan.ts'
import type { Runtime } from './runtime.ts'

/** Effect that the runtime carries out itself: the document of a draft that the ledger has taken goes into the registry under its own version. */
export const publishEffect = 'publishPolicy'

interface Published {
  readonly policyId: string
  readonly version: string
  readonly hash: string
}

const ordersIn = ({ commit }: Planned): readonly Effect[] => commit.entry.effects.filter(({ type }) => type === publishEffect)

/** The text of a draft. @throws GovernanceError `invalid_policy` where the registry does not have it. */
async function draftOf(
  { store }: Pick<Runtime, 'store'>,
  { params }: Effect,
): Promise<Published & { readonly document: string }> {
  const { policyId, version, hash } = params as unknown as Published
  const draft = await store.policies.get(policyId, draftVersion(version, hash))
  if (draft?.hash === hash) return { policyId, version, hash, document: draft.document }
  throw new GovernanceError(
    'invalid_policy',
    `the draft of policy ${policyId} ${version} (${hash.slice(0, 12)}…) is not in the registry`,
    {
      details: { id: policyId, version, hash },
      actions: ['Check the draft again.'],
    },
  )
}

/** Asked before the entries are committed: nothing is ever scheduled that cannot be read. @throws GovernanceError `invalid_policy` */
export async function mustBeReadable(runtime: Pick<Runtime, 'store'>, planned: readonly Planned[]): Promise<void> {
  for (const plan of planned) for (const effect of ordersIn(plan)) await draftOf(runtime, effect)
}

/**
 * By delivery, so that a number is only used by what the ledger has taken; until then the version is read where its draft stands. Once is enough, and once more is no
 * other: the registry keeps what it has. Where a host has opened something under another text of the same number meanwhile, that
 * text stays there: both are read by their hash.
 */
export async function publish(runtime: Pick<Runtime, 'store'>, effect: Effect): Promise<void> {
  const { policyId: id, version, hash, document } = await draftOf(runtime, effect)
  await runtime.store.policies.put({ id, version, hash, document })
}

/** A version that instances may move to: one that stands in the registry under its number, or that the ledger says is in force, wherever its text stands. */
export async function targetOf(
  { policies }: Pick<Runtime, 'policies'>,
  pin: PolicyPin,
  standing: PolicyStanding | null,
): Promise<Policy | null> {
  const there = await policies.published(pin)
  if (there !== null) return there
  const inForce = standing?.inForce ?? null
  return inForce?.hash === pin.hash && inForce.version === pin.version ? policies.of(pin) : null
}
