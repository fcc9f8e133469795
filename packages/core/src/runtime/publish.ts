import { GovernanceError } from '../errors/index.ts'
import type { Effect } from '../ports/index.ts'
import { draftVersion } from '../workflows/policy-publication/types.ts'
import type { Planned } from './plan.ts'
import type { Runtime } from './runtime.ts'

/** Effect that the runtime carries out itself: a draft's document goes into the registry under its own version. */
export const publishEffect = 'publishPolicy'

/**
 * Puts what the entries publish into the registry before any of them is committed, so that nothing is ever scheduled that cannot be read. A crash in between
 * leaves a record to which nothing refers. False: another text stands under that version.
 */
export async function publishAtOnce(runtime: Pick<Runtime, 'store'>, planned: readonly Planned[]): Promise<boolean> {
  for (const { commit } of planned)
    for (const effect of commit.entry.effects)
      if (effect.type === publishEffect && !(await publish(runtime, effect))) return false
  return true
}

/** Once is enough, and once more is no other: the registry keeps what it has. */
export async function publish({ store }: Pick<Runtime, 'store'>, { params }: Effect): Promise<boolean> {
  const {
    policyId: id,
    version,
    hash,
  } = params as unknown as { readonly policyId: string; readonly version: string; readonly hash: string }
  const draft = await store.policies.get(id, draftVersion(version, hash))
  if (draft?.hash !== hash)
    throw new GovernanceError(
      'invalid_policy',
      `the draft of policy ${id} ${version} (${hash.slice(0, 12)}…) is not in the registry`,
      {
        details: { id, version, hash },
        actions: ['Check the draft again.'],
      },
    )
  return (await store.policies.put({ id, version, hash, document: draft.document })) !== 'conflict'
}
