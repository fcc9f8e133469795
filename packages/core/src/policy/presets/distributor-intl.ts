import type { PolicyInput } from '../schema.ts'
import { group } from '../schemes.ts'
import { base, bookBase } from './base.ts'
import { days, h, wd } from './budgets.ts'
import { hubCalendar, ukCalendar, usCalendar } from './calendars.ts'
import { demoDirectory } from './demo-directory.ts'
import { mergeDocuments } from './merge.ts'

const tierReview = [
  {
    id: 'opinions',
    mode: 'perDepartment',
    electors: ['sales.head', 'customerService.head'],
    timeout: wd(3),
    escalateTo: 'kaGroup.head',
  },
] as const

const admission = [
  {
    id: 'departments',
    mode: 'perDepartment',
    electors: ['sales.head', 'product.head', 'customerService.head', 'finance.head'],
    timeout: wd(3),
    escalateTo: 'kaGroup.head',
  },
  { id: 'groupHead', mode: 'any', electors: ['kaGroup.head'], timeout: wd(3), escalateTo: 'companyManagement' },
] as const

/** Without a seat reserved for the head, as in preset (i). */
const plan = [
  { id: 'group', mode: 'nOfM', n: 3, electors: ['kaGroup.member'], timeout: wd(3), escalateTo: 'companyManagement' },
] as const

const initiation = [
  {
    id: 'group',
    mode: 'nOfM',
    n: 3,
    electors: ['kaGroup.head', 'sales.head', 'product.head', 'customerService.head', 'finance.head'],
    required: ['finance.head'],
    timeout: wd(3),
    escalateTo: 'companyManagement',
  },
] as const

/** No later than change.ratifyWithin. */
const ratification = [{ ...group, timeout: wd(2) }] as const

/** Working hours: nobody is on duty round the clock. */
const changeEmergency = [
  {
    id: 'emergency',
    mode: 'nOfM',
    n: 2,
    electors: ['kaGroup.member', 'affected.head'],
    required: ['affected.head'],
    timeout: h(4),
    escalateTo: 'kaGroup.head',
  },
] as const

/** What a distributor promises: the numbers of preset (ii) that are times and not money. */
export const distributorService = {
  complaint: {
    handoff: h(2),
    resolution: wd(5),
    acceptWithin: h(2),
    complex: { extension: wd(5), progressEvery: wd(2) },
    roundBudget: wd(2),
  },
  feedback: { general: { result: wd(2) }, complex: { max: wd(10) } },
  sla: { maxPause: { each: wd(5), total: wd(10) } },
  admission: {
    finance: { maxOverdueDays: 30, stabilityYears: 2 },
    reapplyAfter: { days: 180 },
    expiresAfter: days(60),
    maxReturns: 2,
  },
  cadence: {
    visit: { minPerMonth: 1 },
    execVisit: { A: 1, B: 0, C: 0, D: 0 },
    returnVisit: { A: 1, B: '1/3', C: '1/6', D: 0 },
    care: [
      { occasion: 'yearEnd', label: { en: 'End of the year', 'zh-CN': '年终' } },
      { occasion: 'firstContract', label: { en: 'Day of the first contract', 'zh-CN': '首次签约日' } },
    ],
  },
  demand: { urgent: { firstResponse: h(2), solution: wd(1) }, normal: { firstResponse: h(8), answer: wd(3) } },
  inspection: { cycle: { A: { months: 6 }, B: { months: 12 }, C: null, D: null } },
  project: { weeklyReport: { grace: h(8) } },
  grade: { weights: { sales: 40, growth: 20, satisfaction: 15, loyalty: 15, influence: 10 } },
  lifetime: { retention: 0.92, discount: 0.08, marginPercent: 18 },
  incentive: { sales: { weights: { sales: 55, expansion: 25, satisfaction: 20 } } },
  kpi: { targets: { satisfaction: 85, retention: { A: 98, B: 95, C: 88, D: 72 }, upgrade: 4, timeliness: 95 } },
  change: { majorDays: 5, majorBudgetShare: 5, ratifyWithin: wd(2) },
  approval: {
    tierReview: { stages: tierReview },
    admission: { stages: admission },
    initiation: { stages: initiation },
    plan: { stages: plan },
    ratification: { stages: ratification },
    changeEmergency: { stages: changeEmergency },
  },
} as const

/** Preset (ii): an international distributor, about 5,000 customers, net sales of about EUR 600 m a year, about 200 key accounts. */
export const distributorIntlInput = mergeDocuments(mergeDocuments(mergeDocuments(base, bookBase), distributorService), {
  id: 'distributor-intl',
  version: '1.0',
  title: { en: 'Key-account policy (international distributor)', 'zh-CN': 'KA客户管理制度（国际分销商）' },
  effectiveFrom: '2026-01-01',
  currency: 'EUR',
  // Illustrative; a company enters its own treasury's rates.
  exchangeRates: [
    { from: 'USD', to: 'EUR', since: '2024-01-01', rate: 0.89 },
    { from: 'GBP', to: 'EUR', since: '2024-01-01', rate: 1.15 },
    { from: 'CHF', to: 'EUR', since: '2024-01-01', rate: 1.04 },
  ],
  timeZone: 'Europe/Berlin',
  calendars: { main: hubCalendar, uk: ukCalendar, us: usCalendar },
  calendar: { default: 'main', byRegion: { UK: 'uk', US: 'us' } },
  directory: demoDirectory,
  admission: {
    need: { minAnnualVolume: 'EUR 250,000', growthPotentialMin: 60 },
    finance: { minCapital: 'EUR 100,000' },
  },
  complaint: { compensationLimit: 'EUR 5,000' },
  tier: {
    A: {
      amount: { lookback: 1, min: 'EUR 800,000' },
      frequency: { minPerMonth: 8 },
      relationship: { minYears: 4 },
      disputes: { max: 2 },
    },
    B: {
      amount: { lookback: 1, range: { from: 'EUR 120,000', to: 'EUR 800,000' } },
      frequency: { minPerQuarter: 9 },
      relationship: { minYears: 2 },
      disputes: { max: 4 },
    },
    C: {
      amount: { lookback: 1, range: { from: 'EUR 25,000', to: 'EUR 120,000' } },
      frequency: { aboutPerYear: 15 },
      relationship: { aboutYears: 1 },
      disputes: { max: 6 },
    },
    D: { amount: { lookback: 1, below: 'EUR 25,000' }, frequency: { belowPerYear: 12 }, disputes: { max: null } },
    weights: { amount: 45, frequency: 20, potential: 15, stability: 10, influence: 10 },
  },
  adjust: {
    A: { up: { growth: 12 }, down: { amountDrop: 15, disputeSettleWithin: days(45) } },
    B: {
      up: { amountGrowth: 25, frequencyIncrease: 4 },
      down: { amountDrop: 25, frequencyDrop: 12, latePayments: 3, contactAttempts: 3 },
    },
    C: { down: { cumulativeDrop: 30 } },
    D: { down: { amountDrop: 50, belowPerYear: 4 } },
  },
  cadence: { gift: { limit: 'EUR 35' } },
  // Full marks at twice A's floor.
  grade: { spans: { sales: { zero: 'EUR 0', full: 'EUR 800,000' } } },
  classes: { scaleDominant: { conditions: { annualMinor: 'EUR 1,600,000' } } },
  value: { full: { spend: 'EUR 1,600,000', purchasesPerYear: 192, lifetime: 'EUR 1,650,000' } },
  rebate: {
    amountThreshold: 'EUR 120,000',
    rate: 1,
    brackets: [
      { from: 'EUR 120,000', percent: 1 },
      { from: 'EUR 300,000', percent: 1.75 },
      { from: 'EUR 800,000', percent: 2.5 },
      { from: 'EUR 2,000,000', percent: 3 },
    ],
  },
  growth: { minChange: 'EUR 4,000' },
  kpi: { activeWithin: { months: 6 } },
  capacity: { maxKaPerManager: 12, tiers: { A: 150, B: 800, C: null, D: null } },
}) satisfies PolicyInput

/** The same company with its book in USD: round amounts of its own, not converted ones. */
export const distributorIntlUsdInput = mergeDocuments(distributorIntlInput, {
  id: 'distributor-intl-usd',
  currency: 'USD',
  exchangeRates: [
    { from: 'EUR', to: 'USD', since: '2024-01-01', rate: 1.12 },
    { from: 'GBP', to: 'USD', since: '2024-01-01', rate: 1.29 },
    { from: 'CHF', to: 'USD', since: '2024-01-01', rate: 1.17 },
  ],
  admission: { need: { minAnnualVolume: 'USD 280,000' }, finance: { minCapital: 'USD 115,000' } },
  complaint: { compensationLimit: 'USD 5,500' },
  tier: {
    A: { amount: { min: 'USD 900,000' } },
    B: { amount: { range: { from: 'USD 135,000', to: 'USD 900,000' } } },
    C: { amount: { range: { from: 'USD 28,000', to: 'USD 135,000' } } },
    D: { amount: { below: 'USD 28,000' } },
  },
  cadence: { gift: { limit: 'USD 35' } },
  grade: { spans: { sales: { zero: 'USD 0', full: 'USD 900,000' } } },
  classes: { scaleDominant: { conditions: { annualMinor: 'USD 1,800,000' } } },
  value: { full: { spend: 'USD 1,800,000', lifetime: 'USD 1,850,000' } },
  rebate: {
    amountThreshold: 'USD 135,000',
    brackets: [
      { from: 'USD 135,000', percent: 1 },
      { from: 'USD 340,000', percent: 1.75 },
      { from: 'USD 900,000', percent: 2.5 },
      { from: 'USD 2,250,000', percent: 3 },
    ],
  },
  growth: { minChange: 'USD 4,500' },
}) satisfies PolicyInput
