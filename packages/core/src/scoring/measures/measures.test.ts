import { describe, expect, it } from 'vitest'
import { isGovernanceError } from '../../errors/index.ts'
import type { Dispute, Purchase } from '../facts.ts'
import { cycle, factsWith, monthly, order, policyWith, yuan } from '../testing/fixtures.ts'
import { seriousDisputeLate, seriousDisputeOpen, upheldDisputes } from './disputes.ts'
import { frequency } from './frequency.ts'
import { netAmount } from './net-amount.ts'
import { indexPurchases } from './purchase-index.ts'
import { comparedWith, freezeDate, supplied, wholeSpan, yearsBetween } from './windows.ts'

const index = (purchases: readonly Purchase[]) => indexPurchases(factsWith({ purchases }), 'orderDay', '2026-07-31')

describe('net amount [TIER-02, I-31]', () => {
  const money = {
    currency: 'CNY',
    exchangeRates: [
      { from: 'EUR', to: 'CNY', since: '2025-01-01', rate: 8 },
      { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7 },
    ],
  }
  const mixed = index([
    order('2025-03-01', 100),
    { ...order('2025-04-01', 10), currency: 'EUR' },
    { ...order('2026-04-01', 10), currency: 'EUR' },
  ])
  const year = (y: number) => ({ from: `${y}-01-01`, to: `${y + 1}-01-01` })

  it('takes the first day of a span and leaves the last out', () => {
    const two = index([order('2026-01-01', 1), order('2026-06-30', 2), order('2026-07-01', 4)])
    expect(netAmount(two, cycle, money)).toBe(yuan(3))
  })
  it('converts at the rate of the day', () => {
    expect(netAmount(mixed, year(2025), money)).toBe(yuan(180))
    expect(netAmount(mixed, year(2026), money)).toBe(yuan(70))
  })
  it('converts both periods at one rate where they are compared', () => {
    expect(netAmount(mixed, year(2026), money, '2025-12-31')).toBe(yuan(80))
  })
  it('names the missing rate instead of guessing', () => {
    const usd = index([{ ...order('2026-04-01', 10), currency: 'USD' }])
    expect(() => netAmount(usd, cycle, money)).toThrow(/USD to CNY on 2026-04-01/)
    try {
      netAmount(usd, cycle, money)
    } catch (error) {
      expect(isGovernanceError(error, 'missing_rate')).toBe(true)
    }
  })
})

describe('frequency [P-08, P-12, P-16, decision 4]', () => {
  const average = policyWith()
  const every = policyWith((p) => (p.tier.frequencyBasis = 'every'))
  it('is an average with decimals, or the least of the calendar periods', () => {
    const buyer = index([...monthly('2025-07-01', 6, 3, 10), ...monthly('2026-02-01', 5, 1, 10)])
    expect(frequency(buyer, cycle.to, average)).toEqual({ perMonth: 23 / 12, perQuarter: 23 / 4, perYear: 23 })
    expect(frequency(buyer, cycle.to, every)).toEqual({ perMonth: 0, perQuarter: 2, perYear: 23 })
  })
  it('counts the rolling window only [decision 20]', () => {
    expect(frequency(index([order('2025-06-30', 10), order('2025-07-01', 10)]), cycle.to, average).perYear).toBe(1)
  })
  it('leaves out a first part that is no whole period', () => {
    const five = policyWith((p) => {
      p.tier.frequencyBasis = 'every'
      p.frequency.window.months = 5
    })
    expect(frequency(index(monthly('2026-02-01', 5, 2, 10)), cycle.to, five)).toEqual({ perMonth: 2, perQuarter: 6, perYear: 24 })
  })
})

describe('disputes [I-04, ADJ-05, I-06]', () => {
  const dispute = (patch: Partial<Dispute>): Dispute => ({
    id: 'd-1',
    openedOn: '2026-02-01',
    upheld: true,
    serious: true,
    settledOn: null,
    ...patch,
  })
  const facts = (patch: Partial<Dispute>) => factsWith({ disputes: [dispute(patch)] })
  it.each<[string, Partial<Dispute>, number]>([
    ['upheld', {}, 1],
    ['not upheld', { upheld: false }, 0],
    ['opened on the first day of the lookback', { openedOn: '2024-07-01' }, 1],
    ['opened a day before', { openedOn: '2024-06-30' }, 0],
    ['opened after the cycle', { openedOn: '2026-07-01' }, 0],
  ])('counted: %s', (_, patch, n) => {
    expect(upheldDisputes(facts(patch), { from: '2024-07-01', to: cycle.to })).toBe(n)
  })
  it.each<[string, Partial<Dispute>, boolean]>([
    ['open', {}, true],
    ['open, not yet judged', { upheld: false }, true],
    ['not serious', { serious: false }, false],
    ['settled on the last day of the cycle', { settledOn: '2026-06-30' }, false],
    ['settled the day after', { settledOn: '2026-07-01' }, true],
    ['opened after the cycle', { openedOn: '2026-07-01' }, false],
  ])('open at the end: %s', (_, patch, open) => {
    expect(seriousDisputeOpen(facts(patch), cycle.to)).toBe(open)
  })
  // 60 calendar days from 1 February 2026 end on 2 April.
  it.each<[string, Partial<Dispute>, boolean]>([
    ['settled on the last day', { settledOn: '2026-04-02' }, false],
    ['settled a day late', { settledOn: '2026-04-03' }, true],
    ['still open after it', {}, true],
    ['still open after it, not yet judged', { upheld: false }, true],
    ['still open, limit on the last day of the cycle', { openedOn: '2026-05-01' }, true],
    ['still open, limit after the cycle', { openedOn: '2026-05-02' }, false],
    ['unfounded', { settledOn: '2026-05-03', upheld: false }, false],
    ['opened when the cycle was over, and settled far too late', { openedOn: '2026-07-01', settledOn: '2026-12-01' }, false],
    ['settled late, on the first day of this cycle', { openedOn: '2025-08-01', settledOn: '2026-01-01' }, true],
    ['settled late, but before this cycle', { openedOn: '2025-08-01', settledOn: '2025-12-31' }, false],
  ])('not settled in time: %s', (_, patch, late) => {
    expect(seriousDisputeLate(facts(patch), cycle, policyWith())).toBe(late)
  })
  it.each([
    // Five working days of China's calendar after Friday 13 February 2026: the Spring Festival (15–23 February) lies between.
    ['workingDays', 5, '2026-02-27', false],
    ['workingDays', 5, '2026-02-28', true],
    ['workingHours', 8, '2026-02-13', false],
    ['elapsedHours', 49, '2026-02-16', false],
    ['elapsedHours', 49, '2026-02-17', true],
  ] as const)('a limit of %s %i, settled on %s', (unit, amount, settledOn, late) => {
    const policy = policyWith((p) => (p.adjust.A.down.disputeSettleWithin = { unit, amount }))
    expect(seriousDisputeLate(facts({ openedOn: '2026-02-13', settledOn }), cycle, policy)).toBe(late)
  })
  it('a policy without its default calendar is named, not guessed around', () => {
    const policy = policyWith((p) => {
      p.calendar.default = 'gone'
      p.adjust.A.down.disputeSettleWithin = { unit: 'workingDays', amount: 5 }
    })
    expect(() => seriousDisputeLate(facts({}), cycle, policy)).toThrow(
      expect.objectContaining({
        code: 'invalid_policy',
        message: 'The policy has no calendar "gone", its default one.',
        details: { parameter: 'calendar.default', value: 'gone' },
        actions: ['Define the calendar under `calendars`, or name one that is defined.'],
      }),
    )
  })
})

describe('windows [I-26, I-27]', () => {
  const empty = index([])
  it('facts freeze after the return lag', () => {
    expect(freezeDate(cycle, policyWith())).toBe('2026-07-31')
  })
  it('a cycle is compared with the same one a year before, or the one before', () => {
    const previous = policyWith((p) => (p.growth.compare = 'previousCycle'))
    expect(comparedWith(cycle, 1, policyWith())).toEqual({ from: '2025-01-01', to: '2025-07-01' })
    expect(comparedWith(cycle, 1, previous)).toEqual({ from: '2025-07-01', to: '2026-01-01' })
    expect(comparedWith({ from: '2025-07-01', to: '2026-07-01' }, 2, previous)).toEqual({ from: '2024-07-01', to: '2025-07-01' })
  })
  it.each([
    ['2023-07-01', '2026-07-01', 3],
    ['2023-06-30', '2026-07-01', 3 + 1 / 365],
    ['2024-02-29', '2026-02-28', 2],
    ['2023-07-02', '2026-07-01', 3 - 1 / 365],
    ['2024-02-29', '2025-02-27', 364 / 365],
    ['2026-07-01', '2026-07-01', 0],
    ['2027-01-01', '2026-07-01', 0],
    ['2026-04-01', '2026-07-01', 91 / 365],
  ])('from %s to %s are %f years', (from, to, years) => {
    expect(yearsBetween(from, to)).toBeCloseTo(years, 9)
  })
  it('the relation must have existed for the whole span', () => {
    const began = (relationshipStart: string | null, purchases = [order('2026-01-15', 1)]) => {
      const facts = factsWith({ relationshipStart, purchases })
      return wholeSpan(facts, indexPurchases(facts, 'orderDay', '2026-07-31'), cycle)
    }
    expect(began('2026-01-01')).toBe(true)
    expect(began('2026-01-02')).toBe(false)
    expect(began(null)).toBe(false)
    expect(began(null, [order('2025-12-31', 1)])).toBe(true)
    expect(began(null, [])).toBe(false)
  })
  it('and its purchases must have been supplied', () => {
    const covers = (from: string, to: string, relationshipStart: string | null = '2019-01-01') => {
      const facts = factsWith({ relationshipStart, coverage: { from, to } })
      return [supplied(facts, cycle), wholeSpan(facts, empty, cycle)]
    }
    expect(covers('2026-01-01', '2026-07-01')).toEqual([true, true])
    expect(covers('2026-01-01', '2026-06-30')).toEqual([false, false])
    expect(covers('2026-01-02', '2026-07-01')).toEqual([false, false])
    // Before the relation there was nothing to supply, so the amount is whole; a comparison is not.
    expect(covers('2026-02-01', '2026-07-01', '2026-02-01')).toEqual([true, false])
  })
})
