import type { PolicyInput } from '../schema.ts'
import { base, bookBase } from './base.ts'
import { days } from './budgets.ts'
import { plainCalendar } from './calendars.ts'
import { demoDirectory } from './demo-directory.ts'
import { distributorService } from './distributor-intl.ts'
import { mergeDocuments } from './merge.ts'

/**
 * What the two public data sets need beside their thresholds. They hold orders and nothing else: nobody judged potential or influence, and
 * nobody ever will. Holding every tier back until somebody does would classify no account, so the known factors are weighed anew; the
 * missing ones stay listed on each account.
 */
const sampleBase = mergeDocuments(mergeDocuments(mergeDocuments(base, bookBase), distributorService), {
  version: '1.0',
  exchangeRates: [],
  calendar: { default: 'main', byRegion: {} },
  directory: demoDirectory,
  tier: {
    A: { disputes: { max: 1 } },
    B: { disputes: { max: 2 } },
    C: { disputes: { max: 4 } },
    D: { disputes: { max: null } },
    weights: { amount: 45, frequency: 20, potential: 15, stability: 10, influence: 10 },
    missingData: 'reweigh',
    provisional: { cycles: 1 },
  },
  kpi: { activeWithin: { months: 12 } },
  capacity: { maxKaPerManager: null, tiers: { A: null, B: null, C: null, D: null } },
})

/** AdventureWorks resellers: a bicycle maker's wholesale book, USD, orders of three years, a buyer a quarter at most. */
export const adventureWorksInput = mergeDocuments(sampleBase, {
  id: 'adventure-works',
  title: { en: 'Reseller policy for the AdventureWorks sample', 'zh-CN': 'AdventureWorks 示例数据客户管理制度' },
  effectiveFrom: '2017-07-01',
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  calendars: { main: plainCalendar('America/Los_Angeles') },
  // Above B's yearly floor, as in the other presets.
  admission: {
    need: { minAnnualVolume: 'USD 70,000', growthPotentialMin: 60 },
    finance: { minCapital: 'USD 50,000' },
  },
  complaint: { compensationLimit: 'USD 5,000' },
  tier: {
    A: { amount: { lookback: 2, min: 'USD 450,000' }, frequency: { minPerMonth: 0.33 }, relationship: { minYears: 2 } },
    B: {
      amount: { lookback: 2, range: { from: 'USD 120,000', to: 'USD 450,000' } },
      frequency: { minPerQuarter: 0.75 },
      relationship: { minYears: 1 },
    },
    C: {
      amount: { lookback: 2, range: { from: 'USD 10,000', to: 'USD 120,000' } },
      frequency: { aboutPerYear: 2 },
      relationship: { aboutYears: 0.5 },
    },
    D: { amount: { lookback: 2, below: 'USD 10,000' }, frequency: { belowPerYear: 1.6 } },
  },
  adjust: {
    A: { up: { growth: 15 }, down: { amountDrop: 20, disputeSettleWithin: days(45) } },
    B: {
      up: { amountGrowth: 30, frequencyIncrease: 0.2 },
      down: { amountDrop: 30, frequencyDrop: 1, latePayments: 3, contactAttempts: 3 },
    },
    C: { down: { cumulativeDrop: 35 } },
    D: { down: { amountDrop: 50, belowPerYear: 1 } },
  },
  // Rates and shares of preset (ii), the rest twice A's floor and the brackets in scale.
  cadence: { gift: { limit: 'USD 35' } },
  grade: { spans: { sales: { zero: 'USD 0', full: 'USD 225,000' } } },
  classes: { scaleDominant: { conditions: { annualMinor: 'USD 450,000' } } },
  value: { full: { spend: 'USD 450,000', purchasesPerYear: 8, lifetime: 'USD 450,000' } },
  rebate: {
    amountThreshold: 'USD 60,000',
    rate: 1,
    brackets: [
      { from: 'USD 60,000', percent: 1 },
      { from: 'USD 120,000', percent: 1.75 },
      { from: 'USD 225,000', percent: 2.5 },
      { from: 'USD 450,000', percent: 3 },
    ],
  },
  // A third of C's half-yearly floor, as in the other presets.
  growth: { minChange: 'USD 800' },
}) satisfies PolicyInput

/**
 * Online Retail: a gift shop in the United Kingdom, GBP, orders of thirteen months. One year on record allows no comparison with the year
 * before, so cycles are quarters and are compared with the quarter before.
 */
export const onlineRetailInput = mergeDocuments(sampleBase, {
  id: 'online-retail',
  title: { en: 'Customer policy for the Online Retail sample', 'zh-CN': 'Online Retail 示例数据客户管理制度' },
  effectiveFrom: '2010-12-01',
  currency: 'GBP',
  timeZone: 'Europe/London',
  calendars: { main: plainCalendar('Europe/London') },
  admission: {
    need: { minAnnualVolume: 'GBP 2,000', growthPotentialMin: 60 },
    finance: { minCapital: 'GBP 1,000' },
  },
  complaint: { compensationLimit: 'GBP 100' },
  cycle: { length: 3, anchor: '2010-12-01' },
  tier: {
    A: { amount: { lookback: 1, min: 'GBP 5,000' }, frequency: { minPerMonth: 0.75 }, relationship: { minYears: 0.75 } },
    B: {
      amount: { lookback: 1, range: { from: 'GBP 1,500', to: 'GBP 5,000' } },
      frequency: { minPerQuarter: 1.25 },
      relationship: { minYears: 0.5 },
    },
    C: {
      amount: { lookback: 1, range: { from: 'GBP 400', to: 'GBP 1,500' } },
      frequency: { aboutPerYear: 2.5 },
      relationship: { aboutYears: 0.25 },
    },
    D: { amount: { lookback: 1, below: 'GBP 400' }, frequency: { belowPerYear: 2 } },
  },
  adjust: {
    A: { up: { growth: 20 }, down: { amountDrop: 25, disputeSettleWithin: days(45) } },
    B: {
      up: { amountGrowth: 40, frequencyIncrease: 0.5 },
      down: { amountDrop: 40, frequencyDrop: 2, latePayments: 3, contactAttempts: 3 },
    },
    C: { down: { cumulativeDrop: 45 } },
    D: { down: { amountDrop: 60, belowPerYear: 1 } },
  },
  cadence: { gift: { limit: 'GBP 10' } },
  grade: { spans: { sales: { zero: 'GBP 0', full: 'GBP 2,500' } } },
  classes: { scaleDominant: { conditions: { annualMinor: 'GBP 10,000' } } },
  value: { full: { spend: 'GBP 10,000', purchasesPerYear: 18, lifetime: 'GBP 5,000' } },
  lifetime: { retention: 0.7, discount: 0.1, marginPercent: 30 },
  rebate: {
    amountThreshold: 'GBP 1,500',
    rate: 1,
    brackets: [
      { from: 'GBP 1,500', percent: 1 },
      { from: 'GBP 3,000', percent: 1.75 },
      { from: 'GBP 5,000', percent: 2.5 },
      { from: 'GBP 10,000', percent: 3 },
    ],
  },
  growth: { compare: 'previousCycle', minChange: 'GBP 35' },
  // A quarter, as its cycles are.
  kpi: { activeWithin: { months: 6 }, period: { months: 3 } },
}) satisfies PolicyInput
