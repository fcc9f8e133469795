import { addMonths } from '../../calendar/index.ts'
import { cycleById } from '../../policy/cycle.ts'
import { manufacturerCn, type Policy } from '../../policy/index.ts'
import type { Evidence } from '../adjust/evidence.ts'
import { judgedConditions, type AccountFacts, type JudgedCondition, type Purchase } from '../facts.ts'
import { recommendTier } from '../recommend-tier.ts'
import type { TierMeasures } from '../tier/tier-measures.ts'
import type { Change, Condition, CurrentStanding, Recommendation, TrendMeasures } from '../types.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

/** The manufacturer's policy with a change, unchecked: rules must hold for settings that the lint would question, too. */
export function policyWith(change: (policy: Mutable<Policy>) => void = () => undefined): Mutable<Policy> {
  const policy = structuredClone<Mutable<Policy>>(manufacturerCn())
  change(policy)
  return policy
}

/** First half of 2026 under the half-yearly cycle. */
export const cycle = cycleById('2026-H1', manufacturerCn().cycle)

export const yuan = (amount: number): number => amount * 100

export const order = (date: string, amount: number, orderId = `o-${date}`): Purchase => ({
  date,
  orderId,
  minor: yuan(amount),
  currency: 'CNY',
  kind: 'order',
})

/** So many orders a month, on different days, of that many yuan each, for months from `from` (a first of a month). */
export const monthly = (from: string, months: number, perMonth: number, amount: number): Purchase[] =>
  Array.from({ length: months }, (_, m) => addMonths(from, m)).flatMap((first) =>
    Array.from({ length: perMonth }, (_, k) => order(`${first.slice(0, 8)}${String(k + 1).padStart(2, '0')}`, amount)),
  )

export const factsWith = (patch: Partial<AccountFacts> = {}): AccountFacts => ({
  accountId: 'a-1',
  isKeyAccount: true,
  currency: 'CNY',
  relationshipStart: '2019-04-01',
  purchases: [],
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  contacts: [],
  judgements: {
    potential: { score: 70, judgedOn: '2026-05-01', by: 'u-4' },
    influence: { score: 70, judgedOn: '2026-05-01', by: 'u-4' },
  },
  ...patch,
})

/** Measures that are A in every factor under the manufacturer's policy. */
export const measuresWith = (patch: Partial<TierMeasures> = {}): TierMeasures => ({
  amountA: yuan(16_000_000),
  amountB: yuan(16_000_000),
  amountC: yuan(16_000_000),
  perMonth: 2,
  perQuarter: 6,
  perYear: 24,
  potential: 80,
  potentialStale: false,
  influence: 80,
  influenceStale: false,
  years: 3.01,
  disputesA: 0,
  disputesB: 0,
  disputesC: 0,
  overdueDays: 0,
  seriousDispute: false,
  provisional: false,
  isKeyAccount: true,
  currentTier: null,
  ...patch,
})

/** A comparison with 1,000,000 yuan, or 100 purchases. */
export const percent = (value: number, previous = yuan(1_000_000)): Change => ({
  previous,
  current: Math.round(previous * (1 + value / 100)),
  percent: value,
})
export const isNew: Change = { previous: 0, current: 5, percent: null, reason: 'new' }
export const noHistory: Change = { previous: null, current: null, percent: null, reason: 'insufficientHistory' }

const flat = percent(0)
export const trendWith = (patch: {
  readonly amount?: Partial<TrendMeasures['amount']>
  readonly orders?: Partial<TrendMeasures['orders']>
  readonly recovery?: Change
  readonly rolling?: Change
  readonly rollingOrders?: number | null
  readonly excused?: Partial<TrendMeasures['excused']>
}): TrendMeasures => ({
  amount: { current: flat, previous: flat, together: flat, ...patch.amount },
  orders: { current: percent(0, 100), previous: percent(0, 100), together: percent(0, 100), ...patch.orders },
  recovery: patch.recovery ?? flat,
  rolling: patch.rolling ?? percent(0, 100),
  rollingOrders: patch.rollingOrders === undefined ? 24 : patch.rollingOrders,
  excused: { current: false, previous: false, ...patch.excused },
})

/** Evidence in which the named conditions hold or do not; the rest was not judged. */
export const evidenceWith = (
  holds: Partial<Record<JudgedCondition, boolean>> = {},
  counts: { readonly latePayments?: number; readonly contactAttempts?: number | null } = {},
): Evidence => ({
  answers: Object.fromEntries(
    judgedConditions.map((name): [JudgedCondition, Condition] => {
      const met = holds[name] ?? null
      return [name, { name, kind: 'judged', required: true, actual: met, met, ...(met === null ? { reason: 'notJudged' } : {}) }]
    }),
  ) as Record<JudgedCondition, Condition>,
  latePayments: counts.latePayments ?? 0,
  contactAttempts: counts.contactAttempts === undefined ? 0 : counts.contactAttempts,
})

/** The recommendation for the first half of 2026. */
export const recommend = (
  facts: Partial<AccountFacts>,
  current: CurrentStanding,
  policy: Policy = policyWith(),
): Recommendation => recommendTier({ facts: factsWith(facts), policy, cycle, current })

/** Potential and influence with this score. */
export const scores = (score: number) => ({
  judgements: {
    potential: { score, judgedOn: '2026-05-01', by: 'u-4' },
    influence: { score, judgedOn: '2026-05-01', by: 'u-4' },
  },
})

/** So many orders a month in each of the four half-years from July 2024, of that many yuan each. */
export const halves = (amount: number, ...perMonth: readonly [number, number, number, number]): Purchase[] =>
  ['2024-07-01', '2025-01-01', '2025-07-01', '2026-01-01'].flatMap((from, i) => monthly(from, 6, perMonth[i] ?? 0, amount))
