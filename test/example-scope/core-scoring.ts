// What the `@example` blocks of packages/core/src/scoring may use: a key account of tier B that buys every week.
import { cycleById, manufacturerCn, type Cycle, type Policy } from '../../packages/core/src/policy/index.ts'
import type { AdmissionFindings } from '../../packages/core/src/scoring/admission/types.ts'
import type { AccountFacts, Purchase } from '../../packages/core/src/scoring/facts.ts'

export const policy: Policy = manufacturerCn()
export const cycle: Cycle = cycleById('2026-H1', policy.cycle)

/** Two orders a month through half a year, of that many yuan together. */
const half = (year: number, firstMonth: number, yuan: number): readonly Purchase[] =>
  Array.from({ length: 12 }, (_, index): Purchase => {
    const month = String(firstMonth + Math.floor(index / 2)).padStart(2, '0')
    const date = `${String(year)}-${month}-${index % 2 === 0 ? '05' : '20'}` as const
    return { date, orderId: `o-${date}`, minor: (yuan * 100) / 12, currency: 'CNY', kind: 'order' }
  })

export const facts: AccountFacts = {
  accountId: 'a-1',
  isKeyAccount: true,
  currency: 'CNY',
  relationshipStart: '2019-04-01',
  purchases: [...half(2025, 1, 3_000_000), ...half(2025, 7, 3_000_000), ...half(2026, 1, 6_000_000)],
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  contacts: [],
  judgements: {
    potential: { score: 70, judgedOn: '2026-05-01', by: 'u-4' },
    influence: { score: 70, judgedOn: '2026-05-01', by: 'u-4' },
  },
}
export const portfolio: readonly AccountFacts[] = [facts]

/** A customer that applies, and meets every limit. */
export const findings: AdmissionFindings = {
  qualification: { lawfulOperation: true, goodReputation: true, noMajorViolation: true },
  need: { annualVolume: { currency: 'CNY', minor: 300_000_000 }, growthPotential: 80 },
  willingness: { score: 90 },
  finance: { paidInCapital: { currency: 'CNY', minor: 800_000_000 }, overdueDays: 10, stableYears: 5 },
}
