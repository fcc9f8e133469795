// What the `@example` blocks of packages/core/src/what-if may use: a policy in force, a draft that asks half as much of A, and twenty accounts in between.
import { loadPolicy, manufacturerCn, presets, type Policy } from '../../packages/core/src/policy/index.ts'
import type { AccountFacts } from '../../packages/core/src/scoring/facts.ts'
import { defaultHost } from '../../packages/core/src/runtime/host.ts'
import type { Simulation, SimulatedAccount } from '../../packages/core/src/what-if/types.ts'
import { finishSimulation } from '../../packages/core/src/what-if/finish-simulation.ts'
import { simulatePortfolio } from '../../packages/core/src/what-if/simulate-portfolio.ts'

export { defaultHost }
export const policy: Policy = manufacturerCn()
const { A, B } = presets.manufacturerCn.tier
export const draft: Policy = loadPolicy({
  ...presets.manufacturerCn,
  version: '2.0',
  tier: {
    ...presets.manufacturerCn.tier,
    A: { ...A, amount: { ...A.amount, min: 'CNY 8,000,000' } },
    B: { ...B, amount: { ...B.amount, range: { from: 'CNY 3,000,000', to: 'CNY 8,000,000' } } },
  },
})

/** Three orders a month in the two years up to the middle of 2026, of that many yuan together. */
const factsOf = (accountId: string, yuan: number): AccountFacts => ({
  accountId,
  isKeyAccount: true,
  currency: 'CNY',
  relationshipStart: '2019-04-01',
  purchases: Array.from({ length: 72 }, (_, index) => {
    const month = 6 + Math.floor(index / 3)
    const date = `${String(2024 + Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}-${['05', '15', '25'][index % 3] ?? ''}`
    return {
      date,
      orderId: `${accountId}-${date}`,
      minor: Math.round((yuan * 100) / 72),
      currency: 'CNY',
      kind: 'order' as const,
    }
  }),
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  judgements: {
    potential: { score: 65, judgedOn: '2026-05-01', by: 'u-4' },
    influence: { score: 65, judgedOn: '2026-05-01', by: 'u-4' },
  },
})

export const accounts: readonly SimulatedAccount[] = Array.from({ length: 20 }, (_, index) => ({
  accountId: `a-${String(index + 1).padStart(2, '0')}`,
  facts: factsOf(`a-${String(index + 1).padStart(2, '0')}`, 1_000_000 * (index + 1)),
  standing: { tier: null },
}))

export const simulation: Simulation = await finishSimulation(
  simulatePortfolio({ inForce: policy, draft, cycle: '2026-H1', accounts }),
)
