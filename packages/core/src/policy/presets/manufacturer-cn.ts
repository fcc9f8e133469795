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
  title: { en: 'Key-account policy (industrial manufacturer, China)', 'zh-CN': 'KA客户管理制度（工业制造企业）' },
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
  cadence: {
    visit: { minPerMonth: 2 },
    execVisit: { A: 2, B: 1, C: 0, D: 0 },
    returnVisit: { A: 1, B: '1/3', C: '1/6', D: '1/12' },
    care: [
      { occasion: 'springFestival', label: { en: 'Spring Festival', 'zh-CN': '春节' } },
      { occasion: 'midAutumn', label: { en: 'Mid-Autumn Festival', 'zh-CN': '中秋节' } },
      { occasion: 'birthday', label: { en: "Contact's birthday", 'zh-CN': '联系人生日' } },
      { occasion: 'firstContract', label: { en: 'Day of the first contract', 'zh-CN': '首次签约日' } },
    ],
    gift: { limit: 'CNY 300' },
  },
  // Customers run shifts, and each key account has a number that somebody answers.
  demand: {
    urgent: { firstResponse: { amount: 2, unit: 'elapsedHours' }, solution: wd(2) },
    normal: { firstResponse: h(8), answer: wd(5) },
  },
  inspection: { cycle: { A: { months: 3 }, B: { months: 6 }, C: 'onRequest', D: null } },
  project: { weeklyReport: { grace: h(4) } },
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
  // Full marks at twice A's floor for a cycle.
  grade: {
    weights: { sales: 35, growth: 20, satisfaction: 20, loyalty: 15, influence: 10 },
    spans: { sales: { zero: 'CNY 0', full: 'CNY 8,000,000' } },
  },
  classes: { scaleDominant: { conditions: { annualMinor: 'CNY 16,000,000' } } },
  value: { full: { spend: 'CNY 16,000,000', purchasesPerYear: 48, lifetime: 'CNY 18,000,000' } },
  lifetime: { retention: 0.9, discount: 0.08, marginPercent: 22 },
  rebate: {
    amountThreshold: 'CNY 3,000,000',
    rate: 1,
    brackets: [
      { from: 'CNY 3,000,000', percent: 1 },
      { from: 'CNY 8,000,000', percent: 1.5 },
      { from: 'CNY 20,000,000', percent: 2 },
      { from: 'CNY 50,000,000', percent: 2.5 },
    ],
  },
  incentive: { sales: { weights: { sales: 50, expansion: 20, satisfaction: 30 } } },
  growth: { minChange: 'CNY 50,000' },
  kpi: {
    activeWithin: { months: 12 },
    targets: { satisfaction: 90, retention: { A: 97, B: 95, C: 88, D: 75 }, upgrade: 5, timeliness: 95 },
  },
  capacity: { maxKaPerManager: 8, tiers: { A: 45, B: 160, C: null, D: null } },
}) satisfies PolicyInput
