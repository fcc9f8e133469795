import { committee, decidedSchemes, group, stage } from '../schemes.ts'
import { h, wd, days } from './budgets.ts'

const opinions = stage('opinions', { mode: 'perDepartment', electors: ['sales.head', 'customerService.head'], timeout: wd(5) })
const management = stage('management', { mode: 'any', electors: ['companyManagement'], timeout: wd(5) })
const wholeManagement = stage('management', { mode: 'nOfM', n: 2, electors: ['companyManagement'], timeout: wd(5) })
const headOfService = stage('head', { mode: 'any', electors: ['customerService.head'], timeout: wd(1) })
const money = stage('money', { mode: 'perDepartment', electors: ['customerService.head', 'finance.head'], timeout: wd(2) })
const departments = stage('departments', {
  mode: 'perDepartment',
  electors: ['sales.head', 'marketing.head', 'product.head', 'customerService.head'],
  heard: ['finance.head', 'legal.head'],
  timeout: wd(5),
})
const groupHead = stage('groupHead', { mode: 'any', electors: ['kaGroup.head'], timeout: wd(5), escalateTo: 'companyManagement' })
/** Technically, operationally and economically feasible: each side has its department [PRJ-02]. */
const feasible = stage('departments', {
  mode: 'perDepartment',
  electors: ['product.head', 'customerService.head', 'finance.head'],
  timeout: wd(5),
})
const affected = stage('affected', { mode: 'perDepartment', electors: ['affected.head'], timeout: wd(3) })
const near = stage('near', { mode: 'all', electors: ['accountManager', 'affected.head'], timeout: wd(2) })
const emergency = stage('emergency', {
  mode: 'nOfM',
  n: 2,
  electors: ['kaGroup.member', 'affected.head'],
  required: ['affected.head'],
  timeout: { amount: 4, unit: 'elapsedHours' },
})

/**
 * What the presets and the template share: the defaults of the decisions, the names that the requirements fix, and the settings that do
 * not depend on a company's size. No amount of money, no threshold of a tier and no promised time stands here.
 */
export const base = {
  drivingScale: 'tier',
  departments: {
    sales: { en: 'Sales department', 'zh-CN': '销售部门' },
    marketing: { en: 'Marketing department', 'zh-CN': '市场部门' },
    product: { en: 'Product department', 'zh-CN': '产品部门' },
    customerService: { en: 'Customer service department', 'zh-CN': '客服部门' },
    keyAccounts: { en: 'Key account department', 'zh-CN': '大客户管理部' },
    technical: { en: 'Technical department', 'zh-CN': '技术部' },
    production: { en: 'Production department', 'zh-CN': '生产部' },
    finance: { en: 'Finance department', 'zh-CN': '财务部' },
    legal: { en: 'Legal department', 'zh-CN': '法务部' },
  },
  authority: {},
  publication: { whatIf: 'required', notice: { days: 0 } },
  admission: {
    mandatory: { qualification: true, need: false, willingness: false, finance: true },
    exceptions: true,
    requalifyEvery: { months: 12 },
    leadSources: {
      fair: { en: 'Trade fair', 'zh-CN': '行业展会' },
      businessEvent: { en: 'Business event', 'zh-CN': '商务活动' },
      partnerReferral: { en: 'Referral by a partner', 'zh-CN': '合作伙伴推荐' },
      webSearch: { en: 'Web search', 'zh-CN': '网络搜索' },
      existingCustomer: { en: 'Existing customer', 'zh-CN': '现有客户' },
    },
    classes: {
      industryLeader: { en: 'Industry leader', 'zh-CN': '行业龙头型' },
      scaleDominant: { en: 'Scale-dominant', 'zh-CN': '规模主导型' },
      strategicPartner: { en: 'Strategic partner', 'zh-CN': '战略伙伴型' },
    },
    team: {
      accountManager: 'accountManager',
      marketingSpecialist: 'marketingSpecialist',
      productManager: 'productManager',
      serviceRepresentative: 'serviceRepresentative',
    },
  },
  cadence: { gift: { publicBodies: false } },
  change: { consentFor: ['scope', 'schedule', 'cost', 'quality'] },
  complaint: {
    maxRounds: 2,
    reopenWithin: days(30),
    followUp: { attempts: 3, days: 3, within: wd(5) },
    preventionCheckAfter: days(90),
    determineBy: { product: 'technical', other: 'responsible' },
    reworkNatures: {
      physical: { en: 'Physical rework', 'zh-CN': '物理处理' },
      chemical: { en: 'Chemical rework', 'zh-CN': '化学处理' },
    },
    channels: {
      hotline: { en: 'Service hotline', 'zh-CN': '客服热线' },
      email: { en: 'E-mail', 'zh-CN': '电子邮箱' },
      onlineService: { en: 'Online service', 'zh-CN': '在线客服' },
      group: { en: 'Customer group', 'zh-CN': '客户群组' },
    },
    severities: [
      { id: 'minor', label: { en: 'Minor', 'zh-CN': '轻微' } },
      { id: 'major', label: { en: 'Major', 'zh-CN': '较重' } },
      { id: 'critical', label: { en: 'Critical', 'zh-CN': '严重' } },
    ],
    tighter: [],
  },
  sla: {
    start: 'receipt',
    maxBackdate: wd(3),
    pauseReasons: {
      customerAnswer: { en: "Waiting for the customer's answer", 'zh-CN': '等待客户答复' },
      sampleOrSite: { en: 'Waiting for a sample or for access to the site', 'zh-CN': '等待样品或现场条件' },
    },
    ladder: [
      { at: 80, kind: 'warn', notify: 'owner' },
      { at: 100, kind: 'breach', notify: 'superior' },
      { at: 150, kind: 'escalate', notify: 'kaGroup.head' },
    ],
    conflict: 'strictest',
    onTierOrPriorityChange: 'keep-consumed',
  },
  tier: {
    tolerance: 20,
    combine: 'weighted',
    atLeast: 3,
    cutoffs: { A: 3.5, B: 2.5, C: 1.5 },
    judged: { A: 80, B: 60, C: 40 },
    gates: { amountD: true, aboveAmount: 1, overdueDays: 90, seriousDispute: true },
    frequencyBasis: 'average',
    judgementMaxAge: { months: 12 },
    missingData: 'hold',
    level: 'group',
  },
  adjust: {
    upRulesName: 'current',
    aboveA: null,
    dDown: 'propose-exit',
    fallbackUp: 'classify',
    fallbackDown: 'twice',
    combine: { up: 'numbersAndOneJudged', down: 'numbers', dDown: 'numbersAndOneJudged' },
    grace: 1,
    maxStep: 1,
    override: { maxCycles: 2, maxShare: 3 },
  },
  // Judged conditions at the letters of judged factors: influence at A, potential at B.
  classes: {
    industryLeader: { atLeast: 2, conditions: { influence: 80 } },
    scaleDominant: { atLeast: 1, conditions: {} },
    strategicPartner: { atLeast: 2, conditions: { businessPotential: 60, technologyPotential: 60, marketPotential: 60 } },
  },
  lifetime: { period: 'year', starts: 'afterFirst' },
  rebate: { basis: 'amount', method: 'marginal', period: 'calendarYear', quantityUnit: null },
  purchase: { unit: 'orderDay' },
  amount: { basis: 'netInvoiced' },
  growth: { compare: 'samePeriodLastYear', twoCycle: 'each' },
  frequency: { window: { months: 12 } },
  cycle: { length: 6 },
  approval: {
    tierReview: { stages: [opinions], copy: ['keyAccounts.head'] },
    tier: { stages: [management], copy: ['kaGroup.head'] },
    tierTop: { stages: [wholeManagement], copy: ['kaGroup.head'] },
    admission: { stages: [departments, groupHead], copy: ['keyAccounts.head'] },
    initiation: { stages: [feasible, groupHead], copy: ['sales.head'] },
    plan: { stages: [group], copy: ['sales.head'] },
    changeMinor: { stages: [near] },
    changeMajor: { order: 'parallel', stages: [group, affected], copy: ['sales.head'] },
    changeEmergency: { stages: [emergency], copy: ['kaGroup.head'] },
    ratification: { ...decidedSchemes.ratification, copy: ['sales.head'] },
    blacklist: { stages: [committee], copy: ['sales.head', 'finance.head'] },
    extension: { stages: [headOfService] },
    compensation: { stages: [money] },
    dissatisfaction: { stages: [committee], copy: ['sales.head'] },
    policy: decidedSchemes.policy,
  },
  dataOwner: { tier: 'marketing.head' },
} as const

/** What both realistic presets have in common beyond the base: the second half of the decided settings. */
export const bookBase = {
  admission: {
    willingness: { min: 60 },
    weights: { qualification: 25, need: 30, willingness: 20, finance: 25 },
    minScore: 60,
  },
  contract: { renewalNotice: { days: 90 }, graceAfterExpiry: { days: 30 } },
  handover: { within: wd(5) },
  readmission: { after: { exited: { days: 180 }, lapsed: { days: 180 }, blacklisted: { months: 24 } } },
  change: { assessWithin: wd(3), consentWithin: wd(10), verifyWithin: wd(10), expiresAfter: days(90), maxReturns: 2 },
  cycle: { anchor: '2026-01-01', steps: { freeze: wd(20), propose: wd(10), review: wd(5), decide: wd(5), announce: wd(5) } },
  project: { weeklyReport: { dueDay: 'fri' } },
  tier: { provisional: { newKa: 'B', other: 'C', cycles: 2 }, band: 0.1 },
  grade: {
    spans: { growth: { zero: -20, full: 20 }, satisfaction: { zero: 50, full: 100 } },
    cutoffs: { A: 85, B: 70, C: 55 },
    qualitativeShare: 25,
  },
  classes: { industryLeader: { conditions: { industryRank: 3 } } },
  segments: { min: 50, margin: 10 },
  value: { weights: { spend: 30, frequency: 15, potential: 20, lifetime: 15, loyalty: 10, influence: 10 } },
  abc: { a: 80, b: 95 },
  kpi: { period: { months: 6 } },
  amount: { returnLag: { days: 30 } },
  trend: { noRecoveryWindow: { months: 3 } },
  group: { reply: { urgent: h(4), general: wd(1) } },
  appeal: { within: wd(10), decideWithin: wd(10) },
} as const
