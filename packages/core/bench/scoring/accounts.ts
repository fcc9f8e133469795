// Seeded accounts for the benchmarks: measured factors for the race with the peers, facts with purchases for the stream.
import type { AccountFacts, TierMeasures } from '../../src/scoring/index.ts'

/** Five factors from 0 to 100. */
export interface Factors {
  readonly amount: number
  readonly frequency: number
  readonly potential: number
  readonly stability: number
  readonly influence: number
}

const generator = (): (() => number) => {
  let state = 20_260_101
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
}

/** Good accounts are good in most factors, so that all four tiers are well filled. */
export function seededFactors(count: number): Factors[] {
  const random = generator()
  return Array.from({ length: count }, () => {
    const base = random() * 120
    const factor = (): number => Math.round(Math.min(100, Math.max(0, base + (random() - 0.5) * 30)))
    return { amount: factor(), frequency: factor(), potential: factor(), stability: factor(), influence: factor() }
  })
}

/** The same as `measureTier` answers it. One ladder serves both judged factors, so influence is shifted by 20. */
export const measuresOf = (a: Factors): TierMeasures => ({
  provisional: false,
  amountA: a.amount,
  amountB: a.amount,
  amountC: a.amount,
  perMonth: a.frequency,
  perQuarter: a.frequency,
  perYear: a.frequency,
  potential: a.potential,
  influence: a.influence + 20,
  years: a.stability,
  disputesA: 0,
  disputesB: 0,
  disputesC: 0,
  overdueDays: 0,
  seriousDispute: false,
  isKeyAccount: true,
  potentialStale: false,
  influenceStale: false,
  currentTier: null,
})

/** Customers of the preset's scale: most of them small, some in debt, some with open disputes. */
export function seededMeasures(count: number): TierMeasures[] {
  const random = generator()
  return Array.from({ length: count }, () => {
    const size = random() ** 4
    const amount = Math.floor(size * 4_000_000_000)
    const perYear = Math.floor((size * 0.7 + random() * 0.3) * 40)
    return {
      ...measuresOf({
        amount,
        frequency: 0,
        potential: Math.floor(random() * 101),
        stability: 0,
        influence: Math.floor(random() * 81),
      }),
      perMonth: perYear / 12,
      perQuarter: perYear / 4,
      perYear,
      years: random() * 10,
      disputesA: Math.floor(random() ** 3 * 8),
      overdueDays: random() < 0.03 ? 120 : 0,
      seriousDispute: random() < 0.01,
    }
  })
}

const days = Array.from({ length: 730 }, (_, i) => new Date(Date.UTC(2024, 6, 1) + i * 86_400_000).toISOString().slice(0, 10))

/** Facts with one to twenty-four orders, made as they are asked for: nothing is kept. */
export function* seededPortfolio(count: number): Generator<AccountFacts, void, undefined> {
  const random = generator()
  for (let i = 0; i < count; i++) {
    const size = random() ** 4
    const orders = 1 + Math.floor(random() * 24)
    const judged = () => ({ score: Math.floor(random() * 101), judgedOn: '2026-05-01', by: 'u-1' })
    yield {
      accountId: `a-${String(i)}`,
      isKeyAccount: i % 20 === 0,
      currency: 'CNY',
      relationshipStart: '2019-04-01',
      purchases: Array.from({ length: orders }, (_, k) => ({
        date: days[Math.floor(random() * days.length)] ?? '2026-06-30',
        orderId: `o-${String(k)}`,
        minor: Math.floor(size * 300_000_000),
        currency: 'CNY',
        kind: 'order' as const,
      })),
      disputes: [],
      latePayments: [],
      overdueDays: 0,
      judgements: { potential: judged(), influence: judged() },
    }
  }
}
