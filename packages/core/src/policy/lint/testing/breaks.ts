import { formatMoney, type Budget, type Money } from '../../parts.ts'
import type { LoadPolicyOptions } from '../../load.ts'
import type { Policy } from '../../schema.ts'
import type { LintCheck, PortfolioData } from '../check-data.ts'
import { days, h, wd, type Change } from './cases.ts'

/** One way to break a policy so that a check finds it, and what mends it where the finding itself has no fix. */
export interface Break {
  readonly change: (policy: Policy) => readonly Change[]
  /** Without: the finding's own fix. With: what its remedy asks of a person. */
  readonly mend?: (policy: Policy) => readonly Change[]
  readonly options?: (policy: Policy) => LoadPolicyOptions
}

const moved = (money: Money, by: number): string => formatMoney({ ...money, minor: money.minor + by })
const longer = (budget: Budget, by: number): Budget => ({ ...budget, amount: budget.amount + by })
const rate = (from: string, to: string) => ({ from, to, since: '2026-01-01', rate: 2 })
const day = { since: '2190-01-01', until: '2190-02-01' }
const delegated = (from: string, to: string, dates: object = day): readonly Change[] => [
  ['directory.delegations', [{ from, to, ...dates }]],
]
const extension = 'approval.extension.stages[0].electors'

/** A breaking change for every check of a policy by itself; a check without one does not compile. */
export const breaks: { readonly [C in Exclude<LintCheck, keyof PortfolioData>]: Break } = {
  timeZoneUnknown: { change: () => [['timeZone', '+08:00']], mend: (p) => [['timeZone', p.timeZone]] },
  currencyUnknown: { change: () => [['currency', 'QQQ']] },
  calendarUnknown: { change: () => [['calendar.default', 'mian']] },
  calendarUnused: { change: (p) => [['calendars.spare', p.calendars['main']]] },
  weekWithoutHours: {
    change: () => [['calendars.main.week', {}]],
    mend: (p) => [['calendars.main.week', p.calendars['main']?.week]],
  },
  holidaysMissing: {
    change: () => [['calendars.main.coverage', { from: '2000-01-01', to: '2001-12-31' }]],
    mend: () => [['calendars.main.coverage.to', '2199-12-31']],
  },
  currencyDiffers: {
    change: () => [['complaint.compensationLimit', 'JPY 100']],
    mend: (p) => [['complaint.compensationLimit', p.complaint.compensationLimit]],
  },
  rateToItself: {
    change: (p) => [['exchangeRates', [rate(p.currency, p.currency)]]],
    mend: () => [['exchangeRates', []]],
  },
  rateTwice: {
    change: (p) => [['exchangeRates', [rate('AUD', p.currency), rate('AUD', p.currency)]]],
    mend: (p) => [['exchangeRates', [rate('AUD', p.currency)]]],
  },
  rateOfStrangers: {
    change: () => [['exchangeRates', [rate('AUD', 'NZD')]]],
    mend: (p) => [['exchangeRates', [rate('AUD', p.currency)]]],
  },
  notACommand: {
    change: () => [['authority', { forward: ['sales.head'] }]],
    mend: () => [['authority', { 'complaint.forward': ['sales.head'] }]],
  },
  noticeShort: {
    change: () => [['publication.notice.days', 30]],
    options: (p) => ({ on: p.effectiveFrom }),
  },
  reportDayOff: { change: () => [['project.weeklyReport.dueDay', 'sun']], mend: () => [['project.weeklyReport.dueDay', 'thu']] },

  longerThan: { change: () => [['complaint.handoff', wd(50)]] },
  rarelyInTime: { change: () => [['complaint.roundBudget', wd(50)]] },
  neverCounts: { change: () => [['demand.urgent.firstResponse', h(6)]] },
  urgentSlower: { change: () => [['demand.urgent.solution', wd(20)]] },
  twoCeilings: { change: (p) => [['feedback.complex.max', longer(p.feedback.complex.max, 1)]] },
  attemptsOnDays: { change: () => [['complaint.followUp.attempts', 2]] },
  daysInTime: {
    change: () => [
      ['complaint.followUp.attempts', 20],
      ['complaint.followUp.days', 20],
    ],
  },
  severityUnknown: { change: () => [['complaint.tighter', [{ when: { severities: ['majr'] }, handoff: h(1) }]]] },
  severityTwice: {
    change: () => [['complaint.severities[1].id', 'minor']],
    mend: () => [['complaint.severities[1].id', 'major']],
  },
  tighterLooser: { change: () => [['complaint.tighter', [{ when: { tiers: ['A'] }, handoff: wd(50) }]]] },
  tighterEmpty: { change: () => [['complaint.tighter', [{ when: {} }]]], mend: () => [['complaint.tighter[0].handoff', h(1)]] },
  listEmpty: {
    change: () => [['complaint.channels', {}]],
    mend: () => [['complaint.channels', { letter: { en: 'Letter', 'zh-CN': '信函' } }]],
  },
  ladderOrder: { change: (p) => [['sla.ladder', [...p.sla.ladder].reverse()]] },
  rungTwice: { change: (p) => [['sla.ladder', [...p.sla.ladder, p.sla.ladder.at(-1)]]] },
  rungMisplaced: { change: () => [['sla.ladder[0].at', 120]] },
  noBreachRung: { change: () => [['sla.ladder', [{ at: 80, kind: 'warn', notify: 'owner' }]]] },
  anchorDay: { change: () => [['cycle.anchor', '2025-12-31']] },
  stepsOverCycle: { change: () => [['cycle.steps.freeze', wd(500)]], mend: () => [['cycle.steps.freeze', wd(5)]] },

  amountGap: { change: (p) => [['tier.B.amount.range.to', moved(p.tier.B.amount.range.to, -1)]] },
  amountOverlap: { change: (p) => [['tier.B.amount.range.to', moved(p.tier.B.amount.range.to, 1)]] },
  rangeEmpty: {
    change: (p) => [['tier.C.amount.range.from', p.tier.C.amount.range.to]],
    mend: (p) => [['tier.C.amount.range.from', p.tier.C.amount.range.from]],
  },
  stepReaches: { change: () => [['tier.cutoffs.B', 3.5]], mend: () => [['tier.cutoffs.B', 2.5]] },
  frequencyGap: { change: () => [['tier.D.frequency.belowPerYear', 0.1]] },
  frequencyOverlap: { change: (p) => [['tier.D.frequency.belowPerYear', p.tier.D.frequency.belowPerYear.value + 1]] },
  frequencyShared: {
    change: (p) => [['tier.D.frequency.belowPerYear', { op: '<=', value: p.tier.D.frequency.belowPerYear.value }]],
  },
  lookbackDiffers: { change: (p) => [['tier.C.amount.lookback', p.tier.C.amount.lookback + 1]] },
  disputesOrder: { change: () => [['tier.C.disputes.max', 0]] },
  weightsSum: {
    change: (p) => [['tier.weights.amount', p.tier.weights.amount + 1]],
    mend: (p) => [['tier.weights.amount', p.tier.weights.amount]],
  },
  tierUnreachable: {
    change: () => [
      ['tier.weights', { amount: 100, frequency: 0, potential: 0, stability: 0, influence: 0 }],
      ['tier.cutoffs', { A: 3, B: 2.9, C: 1.5 }],
    ],
    mend: () => [['tier.cutoffs.A', 3.5]],
  },
  tierForAll: {
    change: () => [
      ['tier.gates.amountD', false],
      ['tier.gates.aboveAmount', null],
      ['tier.cutoffs.C', 1],
    ],
    mend: () => [['tier.cutoffs.C', 1.5]],
  },
  factorWithoutEffect: {
    change: () => [['tier.weights', { amount: 96, frequency: 1, potential: 1, stability: 1, influence: 1 }]],
    mend: (p) => [['tier.weights', p.tier.weights]],
  },
  gateWithoutEffect: { change: () => [['tier.gates.aboveAmount', 3]] },
  oneCycleLimit: {
    change: (p) => [['adjust.B.up.amountGrowth', p.adjust.A.up.growth.value]],
    mend: (p) => [['adjust.B.up.amountGrowth', p.adjust.A.up.growth.value + 1]],
  },
  wholeStep: {
    change: (p) => [
      ['adjust.B.up.frequencyIncrease', p.tier.A.frequency.minPerMonth.value * 3 - p.tier.B.frequency.minPerQuarter.value],
    ],
    mend: () => [['adjust.B.up.frequencyIncrease', 0.1]],
  },
  wholeFloor: {
    change: (p) => [['adjust.B.down.frequencyDrop', p.tier.B.frequency.minPerQuarter.value * 4]],
    mend: (p) => [['adjust.B.down.frequencyDrop', p.tier.B.frequency.minPerQuarter.value]],
  },
  leavesTooLate: {
    change: (p) => [['adjust.D.down.belowPerYear', p.tier.D.frequency.belowPerYear.value]],
    mend: () => [['adjust.D.down.belowPerYear', 0.5]],
  },
  capacityNone: { change: () => [['capacity.tiers.A', 0]] },

  bracketsOrder: {
    change: (p) => [['rebate.brackets[1].from', p.rebate.brackets[0]?.from]],
    mend: (p) => [['rebate.brackets[1].from', p.rebate.brackets[1]?.from]],
  },
  ratesOrder: {
    change: (p) => [['rebate.brackets[1].percent', p.rebate.brackets[0]?.percent]],
    mend: (p) => [['rebate.brackets[1].percent', p.rebate.brackets[1]?.percent]],
  },
  bracketUnit: {
    change: () => [['rebate.brackets[1].from', 300]],
    mend: (p) => [['rebate.brackets[1].from', p.rebate.brackets[1]?.from]],
  },
  quantityUnitMissing: {
    change: () => [
      ['rebate.basis', 'quantity'],
      ['rebate.brackets', [{ from: 300, percent: 1 }]],
    ],
    mend: () => [['rebate.quantityUnit', { en: 'tonnes', 'zh-CN': '吨' }]],
  },
  firstBracketDiffers: { change: () => [['rebate.rate', 0.5]] },
  noStepAtFloor: {
    change: (p) => [['rebate.brackets', p.rebate.brackets.slice(0, 1)]],
    mend: (p) => [['rebate.brackets', p.rebate.brackets]],
  },
  judgedShare: { change: (p) => [['grade.qualitativeShare', p.grade.qualitativeShare + 1]] },
  spanEmpty: { change: () => [['grade.spans.growth', { zero: 5, full: 5 }]], mend: () => [['grade.spans.growth.full', 6]] },
  retentionRises: { change: () => [['kpi.targets.retention.B', 99.5]] },
  kpiPeriod: { change: (p) => [['kpi.period.months', p.cycle.length + 1]] },
  classOutOfReach: { change: () => [['classes.strategicPartner.atLeast', 6]] },
  classUnknown: { change: (p) => [['classes.retired', p.classes['strategicPartner']]] },
  cutsOrder: { change: () => [['abc', { a: 95, b: 80 }]], mend: () => [['abc.b', 96]] },
  visitsOverDays: {
    change: () => [
      ['cadence.visit.minPerMonth', 5],
      ['capacity.maxKaPerManager', 8],
    ],
  },
  cadenceRises: { change: () => [['cadence.execVisit.B', 9]] },
  inspectionRises: { change: () => [['inspection.cycle.B', { months: 1 }]] },

  mandatoryWithoutWeight: {
    change: (p) => [
      ['admission.weights.finance', 0],
      ['admission.weights.need', p.admission.weights.need + p.admission.weights.finance],
    ],
    mend: () => [['admission.mandatory.finance', false]],
  },
  everyScorePasses: { change: () => [['admission.minScore', 0]], mend: () => [['admission.minScore', 1]] },
  onlyFullScore: { change: () => [['admission.minScore', 100]] },
  applicationExpires: { change: () => [['admission.expiresAfter', days(1)]] },
  volumeBelowFloor: { change: (p) => [['admission.need.minAnnualVolume', formatMoney({ currency: p.currency, minor: 100 })]] },
  readmissionSooner: {
    change: () => [
      ['readmission.after.exited.days', 1],
      ['readmission.after.blacklisted.months', 1],
    ],
  },
  graceOverNotice: { change: (p) => [['contract.graceAfterExpiry.days', p.contract.renewalNotice.days + 1]] },
  changeAlwaysMajor: { change: () => [['change.majorBudgetShare', 0]], mend: () => [['change.majorBudgetShare', 3]] },
  changeNeverMajor: { change: () => [['change.majorBudgetShare', 100]], mend: () => [['change.majorBudgetShare', 3]] },
  ratificationShort: { change: () => [['change.ratifyWithin', h(0.5)]] },
  changeExpires: { change: () => [['change.expiresAfter', days(1)]] },
  noVoice: {
    change: () => [['approval.changeMinor.stages[0].electors', ['accountManager']]],
    mend: () => [['approval.changeMinor.stages[0].electors', ['accountManager', 'affected.head']]],
  },
  affectedMisplaced: { change: () => [[extension, ['affected.head']]], mend: () => [[extension, ['customerService.head']]] },

  departmentUnknown: {
    change: () => [[extension, ['custmerService.head']]],
    mend: () => [[extension, ['customerService.head']]],
  },
  roleUnknown: { change: () => [[extension, ['acountManager']]], mend: () => [[extension, ['accountManager']]] },
  roleWithoutHolder: {
    change: () => [[extension, ['regionalManager']]],
    mend: () => [['directory.people.u-weber.roles', ['production', 'regionalManager']]],
  },
  roleNotTold: { change: () => [['approval.tier.copy', ['salesBackOffice']]], mend: () => [['approval.tier.copy', ['sales']]] },
  roleForSomeAccounts: {
    change: () => [['directory.people.u-okafor.accounts', ['a-1']]],
    mend: () => [['directory.people.u-okafor.accounts', undefined]],
  },
  superiorMissing: {
    change: () => [['directory.people.u-liu.superior', undefined]],
    mend: () => [['directory.people.u-liu.superior', 'u-sun']],
  },
  countMissing: {
    change: () => [['approval.tierTop.stages[0].n', undefined]],
    mend: () => [['approval.tierTop.stages[0].n', 2]],
  },
  countMeaningless: {
    change: () => [['approval.tier.stages[0].n', 1]],
    mend: () => [['approval.tier.stages[0].mode', 'nOfM']],
  },
  escalationMissing: {
    change: () => [['approval.tier.stages[0].escalateTo', undefined]],
    mend: () => [['approval.tier.stages[0].escalateTo', 'kaGroup.head']],
  },
  timeoutMissing: {
    change: () => [['approval.extension.stages[0].timeout', undefined]],
    mend: () => [['approval.extension.stages[0].timeout', wd(1)]],
  },
  quorumUnreachable: {
    change: () => [['approval.dissatisfaction.stages[0].n', 9]],
    mend: () => [['approval.dissatisfaction.stages[0].n', 5]],
  },
  departmentsShareVoter: {
    change: () => [
      ['directory.people.u-lin.roles', ['kaGroup.head', 'kaGroup.member', 'executive', 'customerService.head', 'finance.head']],
      ['directory.people.u-okafor.roles', ['kaGroup.member']],
      ['directory.people.u-meyer.roles', ['finance']],
    ],
    mend: () => [['directory.people.u-meyer.roles', ['finance.head']]],
  },
  quorumWhileAway: { change: () => delegated('u-chen', 'u-brandt'), mend: () => delegated('u-chen', 'u-lin') },
  stageTwice: {
    change: () => [['approval.admission.stages[1].id', 'departments']],
    mend: () => [['approval.admission.stages[1].id', 'groupHead']],
  },
  notADepartment: {
    change: () => [['approval.tierReview.stages[0].electors', ['sales.head', 'accountManager']]],
    mend: () => [['approval.tierReview.stages[0].electors[1]', 'keyAccounts.head']],
  },
  personUnknown: {
    change: () => [['directory.people.u-he.superior', 'u-bradt']],
    mend: () => [['directory.people.u-he.superior', 'u-brandt']],
  },
  ownSuperior: {
    change: () => [['directory.people.u-chen.superior', 'u-lin']],
    mend: () => [['directory.people.u-chen.superior', undefined]],
  },
  delegationToSelf: { change: () => delegated('u-lin', 'u-lin'), mend: () => delegated('u-lin', 'u-sun') },
  delegationBackwards: { change: () => delegated('u-lin', 'u-sun', { since: '2190-02-01', until: '2190-01-01' }) },
  delegationOver: {
    change: () => delegated('u-lin', 'u-sun', { since: '2000-01-01', until: '2000-02-01' }),
    mend: () => delegated('u-lin', 'u-sun'),
  },
}
