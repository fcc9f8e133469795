// Many governed accounts on the fake portal, put there without going through a command each.
import { createVirtualClock, type VirtualClock } from '@ka-governance/adapter-memory'
import type { HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import {
  createGovernance,
  demoDirectory,
  loadPolicy,
  presets,
  type Governance,
  type GovernanceStore,
  type JsonValue,
} from '@ka-governance/core'
import { adopted } from '../../core/test/support/adopted.ts'
import { factsOf } from '../../core/test/support/facts.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal, ticketMapping } from './governed-portal.ts'
import { storeOn } from './subject.ts'

export interface Portfolio {
  readonly fake: FakeHubSpot
  readonly store: GovernanceStore
  readonly governance: Governance
  readonly clock: VirtualClock
  readonly accountIds: readonly string[]
}

/** What the host knows: with it, an account of tier C rises and one of tier B stays. */
const ofHost = (accountId: string): JsonValue =>
  factsOf(accountId, { ordersPerMonth: 1, perOrder: Object.fromEntries(halves.map((half) => [half, 100_000_000])) })
const halves = ['2023-H2', '2024-H1', '2024-H2', '2025-H1', '2025-H2', '2026-H1']

const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })

/** So many adopted accounts on the day of a review; of each hundred so many change their tier. */
export async function portfolio(
  size: number,
  percentChanged: number,
  over: Partial<HubSpotStoreOptions> = {},
): Promise<Portfolio> {
  const clock = createVirtualClock('2026-08-03T09:00:00+08:00')
  const mapping = { records: { complaint: ticketMapping } }
  const fake = preparedPortal(mapping)
  const accountIds = Array.from(
    { length: size },
    (_, k) => fake.portal.create('companies', { name: `Account ${String(k)}` }).record.id,
  )
  const plain = storeOn(fake, { mapping, ...over })
  const { accounts } = plain
  const store: GovernanceStore = {
    ...plain,
    capabilities: { ...plain.capabilities, accountFacts: true },
    accounts: {
      ...accounts,
      facts: async (id) => ofHost(id),
      factsMany: async (ids) => ids.map(ofHost),
    },
  }
  const tiers = accountIds.map((id, k) => [id, k % 100 < percentChanged ? 'C' : 'B'] as const)
  const commits = await adopted(new Map(tiers), policy, clock)
  for (let k = 0; k < commits.length; k += 500) await plain.commit(commits.slice(k, k + 500))
  const governance = createGovernance({ store, policy, host: { clock: clock.now } })
  return { fake, store, governance, clock, accountIds }
}
