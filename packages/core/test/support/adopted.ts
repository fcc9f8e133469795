import { createMemoryStore, type VirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, type Commit, type GovernanceStore, type Policy } from '@ka-governance/core'

/** The entries that adopting the accounts makes, each with its tier: to be put into a store without going through a command each. */
export async function adopted(
  tiers: ReadonlyMap<string, 'B' | 'C'>,
  policy: Policy,
  clock: VirtualClock,
): Promise<readonly Commit[]> {
  const accounts = [...tiers.keys()].map((accountId) => ({ accountId, name: accountId, region: null, parentId: null }))
  const memory = createMemoryStore({ accounts })
  const commits: Commit[] = []
  const store: GovernanceStore = {
    ...memory,
    commit: (list) => {
      commits.push(...list)
      return memory.commit(list)
    },
    // Nobody is like anybody else here; looking for it would take as long as the accounts are many.
    async *find() {
      await Promise.resolve()
      yield* []
    },
  }
  const governance = createGovernance({ store, policy, host: { clock: clock.now } })
  for (const [accountId, tier] of tiers) {
    const result = await governance.account.adopt(
      { accountId, name: accountId, isKeyAccount: true, tier, manager: 'u-liu' },
      { actor: 'u-liu', idempotencyKey: `adopt-${accountId}` },
    )
    if (!result.ok) throw new Error(`not adopted: ${JSON.stringify(result.refusals)}`)
  }
  return commits
}
