import type { PolicyInput } from '../schema.ts'
import { base, bookBase } from './base.ts'
import { days, h, wd } from './budgets.ts'
import { chinaCalendar } from './calendars.ts'
import { demoDirectory } from './demo-directory.ts'
import { mergeDocuments } from './merge.ts'

/** Preset (i): an industrial manufacturer in China, about 800 customers, net sales of about CNY 1.5 bn a year, about 60 key accounts. */
export const manufacturerCnInput = mergeDocuments(mergeDocuments(base, bookBase), {
  id: 'manufacturer-cn',
  version: '1.0',
  title: { en: 'Key-account policy (industrial manufacturer, China)', 'zh-CN': 'KA客户管理制度(工业制造企业)' },
  effectiveFrom: '2026-01-01',
  currency: 'CNY',
  exchangeRates: [],
  timeZone: 'Asia/Shanghai',
  calendars: { main: chinaCalendar },
  calendar: { default: 'main', byRegion: {} },
  directory: demoDirectory,
  admission: {
    need: { minAnnualVolume: 'CNY 2,000,000', growthPotentialMin: 60 },
    finance: { minCapital: 'CNY 5,000,000', maxOverdueDays: 30, stabilityYears: 3 },
    reapplyAfter: { days: 180 },
    expiresAfter: days(90),
    maxReturns: 2,
  },
  change: { majorDays: 10, majorBudgetShare: 3, ratifyWithin: wd(3) },
  complaint: {
    handoff: h(4),
    resolution: wd(7),
    acceptWithin: h(4),
    complex: { extension: wd(8), progressEvery: wd(3) },
    roundBudget: wd(3),
    compensationLimit: 'CNY 50,000',
  },
  feedback: { general: { result: wd(3) }, complex: { max: wd(15) } },
  sla: { maxPause: { each: wd(10), total: wd(15) } },
  tier: {
    A: {
      amount: { lookback: 2, min: 'CNY 16,000,000' },
      frequency: { minPerMonth: 2 },
      relationship: { minYears: 3 },
      disputes: { max: 1 },
    },
    B: {
      amount: { lookback: 2, range: { from: 'CNY 3,000,000', to: 'CNY 16,000,000' } },
      frequency: { minPerQuarter: 3 },
      relationship: { minYears: 2 },
      disputes: { max: 3 },
    },
    C: {
      amount: { lookback: 2, range: { from: 'CNY 600,000', to: 'CNY 3,000,000' } },
      frequency: { aboutPerYear: 5 },
      relationship: { aboutYears: 1 },
      disputes: { max: 6 },
    },
    D: { amount: { lookback: 2, below: 'CNY 600,000' }, frequency: { belowPerYear: 4 }, disputes: { max: null } },
    weights: { amount: 40, frequency: 15, potential: 20, stability: 15, influence: 10 },
  },
  adjust: {
    A: { up: { growth: 15 }, down: { amountDrop: 20, disputeSettleWithin: days(60) } },
    B: {
      up: { amountGrowth: 30, frequencyIncrease: 2 },
      down: { amountDrop: 30, frequencyDrop: 4, latePayments: 3, contactAttempts: 3 },
    },
    C: { down: { cumulativeDrop: 35 } },
    D: { down: { amountDrop: 50, belowPerYear: 2 } },
  },
  growth: { minChange: 'CNY 50,000' },
  kpi: { activeWithin: { months: 12 } },
  capacity: { maxKaPerManager: 8, tiers: { A: 45, B: 160, C: null, D: null } },
}) satisfies PolicyInput
