import type { JsonValue } from '../../src/index.ts'

/** How an account buys: minor units an order by half-year, an order on the 5th of each month. */
export interface Buying {
  readonly start?: string
  readonly perOrder?: { readonly [halfYear: string]: number }
  readonly ordersPerMonth?: number
  readonly judged?: number
  readonly relationshipStart?: string
  readonly currency?: string
  readonly overdueDays?: number
}

const halves = ['2023-H2', '2024-H1', '2024-H2', '2025-H1', '2025-H2', '2026-H1', '2026-H2', '2027-H1']

/** Facts as a CRM would have them. Default: two orders a month of CNY 500,000, well judged, since 2018. */
export function factsOf(accountId: string, buying: Buying = {}): JsonValue {
  const { perOrder = {}, ordersPerMonth = 2, judged = 85, currency = 'CNY' } = buying
  const purchases = halves.flatMap((half) => {
    const year = half.slice(0, 4)
    const first = half.endsWith('H1') ? 1 : 7
    const minor = perOrder[half] ?? 50_000_000
    if (minor === 0) return []
    return Array.from({ length: 6 }, (_, m) =>
      Array.from({ length: ordersPerMonth }, (__, k) => ({
        date: `${year}-${String(first + m).padStart(2, '0')}-${String(5 + k).padStart(2, '0')}`,
        orderId: `${half}-${String(m)}-${String(k)}`,
        minor,
        currency,
        kind: 'order',
      })),
    ).flat()
  })
  const judgement = { score: judged, judgedOn: '2026-05-01', by: 'u-wu' }
  return {
    accountId,
    isKeyAccount: true,
    currency: 'CNY',
    relationshipStart: buying.relationshipStart ?? '2018-01-01',
    purchases,
    disputes: [],
    latePayments: [],
    overdueDays: buying.overdueDays ?? 0,
    judgements: { potential: judgement, influence: judgement, willingness: judgement, loyalty: judgement },
  }
}
