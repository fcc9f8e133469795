import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountCard, type AccountCard } from './account-card.ts'
import type { AccountFacts } from './facts.ts'
import { rebateAccount } from './rebate/rebate-account.ts'
import { anyDay, anyFacts } from './testing/account-arbitraries.ts'
import { cycle, order, policyWith, yuan } from './testing/fixtures.ts'
import { scaleMoney } from './testing/scale-money.ts'
import { measureTier } from './tier/tier-measures.ts'
import { tierOf } from './tier/tier-of.ts'
import { compileTierRules, rankOf } from './tier/tier-rules.ts'
import type { Policy } from '../policy/index.ts'

const rates = [{ from: 'EUR', to: 'CNY', since: '2020-01-01', rate: 8 }]
const policy = policyWith((p) => (p.exchangeRates = rates))
const standing = { tier: 'B' } as const
const cardOf = (facts: AccountFacts, p: Policy = policy): AccountCard => accountCard(facts, p, cycle, standing)

/** What a card decides, without the amounts that it decides by. */
function decisions(card: AccountCard) {
  const { recommendation, grade, classes, segment, value, seasons, scales, lifts, rebate } = card
  return {
    direction: recommendation.direction,
    recommended: recommendation.recommended,
    tier: recommendation.classification.tier,
    points: recommendation.classification.points,
    letters: recommendation.classification.parts.map((p) => p.letter),
    shortfalls: recommendation.classification.shortfalls.map((s) => s.parameter),
    rules: recommendation.rules.map((r) => [r.rule, r.outcome, r.conditions.map((c) => c.met)]),
    blocked: recommendation.blockedBy,
    atRisk: recommendation.earlyWarning.atRisk,
    lifts: lifts.map((l) => [l.to, l.changes.map((c) => c.parameter)]),
    grade: [grade.grade, grade.points, grade.growth?.percent],
    classes: classes.classes.map((c) => c.fits),
    segment: segment.segment,
    value: [value.points, value.missing],
    growth: card.currency.constant.percent,
    seasons,
    scales,
    rebateSteps: rebate.families.map((f) => f.rebate.next?.percent ?? null),
  }
}

describe('laws of scoring, over everything that the policy says of an account', () => {
  test('all money and all money thresholds times one factor: no decision changes, and a rebate is times the factor', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 2, max: 90 }), (facts, factor) => {
        const [one, many] = [cardOf(facts), cardOf(scaleMoney(facts, factor), scaleMoney(policy, factor))]
        expect(decisions(many)).toEqual(decisions(one))
        // Each family's rebate is rounded once to the minor unit.
        expect(Math.abs(many.rebate.minor - one.rebate.minor * factor)).toBeLessThanOrEqual(factor)
      }),
      { numRuns: 60 },
    )
  })
  test('the order of purchases, disputes, late payments, contacts and judgements does not matter', () => {
    fc.assert(
      fc.property(anyFacts, fc.infiniteStream(fc.nat(1_000_000)), (facts, stream) => {
        const key = () => stream.next().value as number
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, at: key() }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const other: AccountFacts = {
          ...facts,
          purchases: shuffled(facts.purchases),
          disputes: shuffled(facts.disputes),
          latePayments: shuffled(facts.latePayments),
          contacts: shuffled(facts.contacts ?? []),
          judgements: Object.fromEntries(Object.entries(facts.judgements).reverse()),
        }
        expect(cardOf(other)).toEqual(cardOf(facts))
      }),
      { numRuns: 60 },
    )
  })
  test('an order written as two of the same day changes nothing [I-24]', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(59), fc.integer({ min: 1, max: 99 }), fc.boolean(), (facts, which, percent, ownNumber) => {
        const orders = facts.purchases.filter((p) => p.kind === 'order')
        const split = orders[which % Math.max(1, orders.length)]
        fc.pre(split !== undefined && Number.isInteger(split.minor) && split.currency === 'CNY')
        // Under a number of its own only where nothing comes back: a return says which order it takes back.
        const kept = ownNumber ? orders : facts.purchases
        const part = Math.min(split.minor - 1, Math.max(1, Math.floor((split.minor * percent) / 100)))
        const before = { ...facts, purchases: kept }
        const purchases = kept.flatMap((p) =>
          p === split
            ? [
                { ...p, minor: p.minor - part },
                { ...p, minor: part, ...(ownNumber ? { orderId: 'o-split' } : {}) },
              ]
            : [p],
        )
        expect(cardOf({ ...facts, purchases })).toEqual(cardOf(before))
      }),
      { numRuns: 60 },
    )
  })
  test('one more order never lowers a tier, and never a rebate', () => {
    const rules = compileTierRules(policy)
    const known = anyFacts.filter((facts) => facts.relationshipStart !== null)
    fc.assert(
      fc.property(known, anyDay, fc.integer({ min: 1, max: yuan(5_000_000) }), (facts, date, minor) => {
        const more = { ...facts, purchases: [...facts.purchases, { ...order(date, 0, 'o-more'), minor }] }
        const rank = (f: AccountFacts): number => rankOf(tierOf(measureTier(f, policy, cycle), rules))
        expect(rank(more)).toBeGreaterThanOrEqual(rank(facts))
        const rebate = (f: AccountFacts): number => rebateAccount(f, policy, cycle.to).minor
        expect(rebate(more)).toBeGreaterThanOrEqual(rebate(facts))
      }),
      { numRuns: 150 },
    )
  })
  test('the reader’s time zone does not matter', () => {
    const before = process.env['TZ']
    try {
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const cards = ['UTC', 'America/St_Johns', 'Pacific/Kiritimati', 'Asia/Shanghai'].map((zone) => {
            process.env['TZ'] = zone
            return cardOf(facts)
          })
          for (const card of cards) expect(card).toEqual(cards[0])
        }),
        { numRuns: 20 },
      )
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })
})
