import type { AccountFacts, Purchase } from '@ka-governance/core'

/** So many orders a month of that many yuan each, from the month `from` up to, not including, `to`. */
function orders(from: string, to: string, aMonth: number, yuan: number): readonly Purchase[] {
  const months: string[] = []
  for (let month = from; month < to;) {
    months.push(month)
    const [year = 0, number = 0] = month.split('-').map(Number)
    month = number === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(number + 1).padStart(2, '0')}`
  }
  return months.flatMap((month) =>
    Array.from({ length: aMonth }, (_, k) => ({
      date: `${month}-${String(5 + 8 * k).padStart(2, '0')}`,
      orderId: `${month}-${String(k + 1)}`,
      minor: yuan * 100,
      currency: 'CNY',
      kind: 'order' as const,
    })),
  )
}

const judged = { score: 85, judgedOn: '2024-06-20', by: 'u-novak' }
const yes = { holds: true, judgedOn: '2024-06-20', by: 'u-novak' }

/** What the CRM knows of the customer: a first order in June 2022, a steady year, then a new field opened up. */
export const facts: AccountFacts = {
  accountId: 'hx',
  isKeyAccount: true,
  currency: 'CNY',
  relationshipStart: '2022-06-01',
  purchases: [
    ...orders('2022-06', '2023-01', 1, 300_000),
    ...orders('2023-01', '2024-01', 1, 600_000),
    ...orders('2024-01', '2025-01', 3, 550_000),
    ...orders('2025-01', '2025-06', 1, 200_000),
  ],
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  judgements: { potential: judged, influence: judged, willingness: judged, loyalty: judged },
  conditions: { potentialRealised: yes, goodRelations: yes },
}
