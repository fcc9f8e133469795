import fc from 'fast-check'
import type { AccountFacts, Purchase } from '../facts.ts'
import { factsWith, order, yuan } from './fixtures.ts'

/** A day of the four years before July 2026, and a little after it. */
export const anyDay = fc
  .integer({ min: 0, max: 1_500 })
  .map((n) => new Date(Date.UTC(2022, 6, 1) + n * 86_400_000).toISOString().slice(0, 10))

/** Orders with returns and credit notes among them, of which some name the order that they take back. */
const anyPurchase: fc.Arbitrary<Purchase> = fc
  .record({
    date: anyDay,
    orderId: fc.nat(25).map((n) => `o-${String(n)}`),
    amount: fc.integer({ min: 2, max: yuan(2_000_000) }),
    kind: fc.constantFrom('order' as const, 'order' as const, 'order' as const, 'return' as const, 'credit' as const),
    currency: fc.constantFrom('CNY', 'CNY', 'EUR'),
    paid: fc.constantFrom(undefined, null, '2026-03-01'),
  })
  .map(({ date, orderId, amount, kind, currency, paid }) => ({
    ...order(date, 0, orderId),
    currency,
    kind,
    minor: kind === 'order' ? amount : -Math.ceil(amount / 4),
    ...(kind === 'order' && paid !== undefined ? { paidOn: paid } : {}),
  }))

const judgement = fc.record({ score: fc.nat(100), judgedOn: anyDay, by: fc.constant('u-4') })

/** Facts of any account: long and short relations, known and unknown, in two currencies. */
export const anyFacts: fc.Arbitrary<AccountFacts> = fc
  .record({
    isKeyAccount: fc.boolean(),
    relationshipStart: fc.constantFrom('2019-04-01', '2025-03-01', null),
    purchases: fc.array(anyPurchase, { maxLength: 60 }),
    disputes: fc.array(
      fc
        .record({ openedOn: anyDay, upheld: fc.boolean(), serious: fc.boolean(), open: fc.boolean() })
        .map(({ open, ...dispute }) => ({ id: 'd', ...dispute, settledOn: open ? null : '2026-06-01' })),
      { maxLength: 6 },
    ),
    latePayments: fc.array(fc.record({ dueOn: anyDay, paidOn: fc.constant(null), daysLate: fc.nat(60) }), { maxLength: 6 }),
    contacts: fc.array(fc.record({ on: anyDay }), { maxLength: 5 }),
    overdueDays: fc.option(fc.nat(200)),
    judgements: fc.record(
      { potential: judgement, influence: judgement, loyalty: judgement, willingness: judgement },
      { requiredKeys: [] },
    ),
    surveys: fc.array(
      fc.record({ on: anyDay, says: fc.constantFrom('satisfied' as const, 'neutral' as const) }).map((s) => ({ id: s.on, ...s })),
      { maxLength: 8 },
    ),
    needs: fc.record({ price: judgement, service: judgement, technology: judgement }, { requiredKeys: [] }),
  })
  .map((facts) => factsWith(facts))
