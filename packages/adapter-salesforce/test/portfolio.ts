// Many governed accounts on the fake org, put there without going through a command each.
import { createVirtualClock, type VirtualClock } from '@ka-governance/adapter-memory'
import { createSalesforceStore } from '@ka-governance/adapter-salesforce'
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
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'

export interface Portfolio {
  readonly fake: FakeSalesforce
  readonly store: GovernanceStore
  readonly governance: Governance
  readonly clock: VirtualClock
  readonly accountIds: readonly string[]
  /** Requests that work takes: those that write heads and entries, and all others. */
  readonly calls: (work: () => Promise<unknown>) => Promise<{ readonly writes: number; readonly others: number }>
}

const judgement = { score: 85, judgedOn: '2026-05-01', by: 'u-wu' }
const quarters = ['2023', '2024', '2025', '2026'].flatMap((year) =>
  ['02', '05', '08', '11'].map((month) => `${year}-${month}-05`),
)
const purchases = quarters
  .filter((day) => day < '2026-07-01')
  .map((date) => ({ date, orderId: date, minor: 300_000_000, currency: 'CNY', kind: 'order' }))

/** What the host knows beside the org: with it, an account of tier C rises and one of tier B stays. */
const withHost = (facts: JsonValue | null): JsonValue | null =>
  facts === null
    ? null
    : {
        ...(facts as { readonly [name: string]: JsonValue }),
        isKeyAccount: true,
        relationshipStart: '2018-01-01',
        overdueDays: 0,
        purchases,
        judgements: { potential: judgement, influence: judgement, willingness: judgement, loyalty: judgement },
      }

const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })

/** So many adopted accounts on the day of a review; of each hundred so many change their tier. */
export async function portfolio(
  size: number,
  percentChanged: number,
  wrap: (send: typeof fetch) => typeof fetch = (send) => send,
): Promise<Portfolio> {
  const clock = createVirtualClock('2026-08-03T09:00:00+08:00')
  const fake = createFakeSalesforce()
  const accountIds = Array.from({ length: size }, (_, k) => fake.org.create('Account', { Name: `Account ${String(k)}` }, 0))
  const plain = createSalesforceStore({
    connection: fake.session,
    fetch: wrap(fake.fetch),
    sleep: async () => undefined,
    jitter: () => 0.5,
    mapping: { facts: { object: 'Opportunity', date: 'CloseDate', amount: 'Amount', currency: 'CNY', where: 'IsWon = true' } },
  })
  const { accounts } = plain
  const store: GovernanceStore = {
    ...plain,
    accounts: {
      ...accounts,
      facts: async (id) => withHost(await accounts.facts(id)),
      factsMany: async (ids) => ((await accounts.factsMany?.(ids)) ?? []).map(withHost),
    },
  }
  const tiers = accountIds.map((id, k) => [id, k % 100 < percentChanged ? 'C' : 'B'] as const)
  const commits = await adopted(new Map(tiers), policy, clock)
  for (let k = 0; k < commits.length; k += 750) await plain.commit(commits.slice(k, k + 750))
  const governance = createGovernance({ store, policy, host: { clock: clock.now } })
  return {
    fake,
    store,
    governance,
    clock,
    accountIds,
    calls: async (work) => {
      const before = fake.log.length
      await work()
      const made = fake.log.slice(before)
      const writes = made.filter(({ body }) => body?.includes('/sobjects/KagEvent__c') === true).length
      return { writes, others: made.length - writes }
    },
  }
}
