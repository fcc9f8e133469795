import type { Locale } from '../locale.ts'
import type { ChapterName, TableName } from './chapters.ts'
import { paragraphsEn, type ParagraphName, type Say } from './paragraphs-en.ts'
import { paragraphsZhCn } from './paragraphs-zh-cn.ts'

/** Headings of columns and rows. */
type Word =
  | 'pair'
  | 'since'
  | 'rate'
  | 'where'
  | 'handoff'
  | 'resolution'
  | 'share'
  | 'rung'
  | 'told'
  | 'factor'
  | 'amount'
  | 'frequency'
  | 'relationship'
  | 'disputes'
  | 'kaClass'
  | 'needed'
  | 'conditions'
  | 'from'
  | 'rebateRate'
  | 'approval'
  | 'stage'
  | 'decides'
  | 'timeout'
  | 'further'
  | 'command'
  | 'who'
  | 'calendar'
  | 'day'
  | 'hours'
  | 'anywhere'
  | 'noLimit'
  | 'none'

export interface DocumentTexts {
  readonly chapters: { readonly [C in ChapterName]: string }
  readonly tables: { readonly [T in TableName]: string }
  readonly words: { readonly [W in Word]: string }
  readonly paragraphs: { readonly [N in ParagraphName]: Say }
  readonly lookback: (amount: string, years: string) => string
  readonly range: (from: string, to: string) => string
  readonly below: (amount: string) => string
  readonly atLeast: (amount: string) => string
  readonly atMost: (amount: string) => string
  readonly about: (amount: string) => string
  readonly approvals: (n: string, mode: string, who: string) => string
  readonly role: (word: 'required' | 'veto' | 'heard' | 'escalateTo' | 'copy' | 'substitute', who: string) => string
  readonly delegations: (n: string) => string
  readonly inOrder: (order: string) => string
  readonly calendarDays: (zone: string, off: string, makeup: string, single: string, sets: string) => string
  readonly byRegion: (regions: string) => string
  readonly sources: (numbers: string) => string
}

export const documentTexts: { readonly [L in Locale]: DocumentTexts } = {
  en: {
    chapters: {
      document: 'This policy',
      admission: 'Admission of key accounts',
      team: 'Service team and accounts',
      relations: 'Visits, care, inspections and demands',
      complaints: 'Complaints and customer groups',
      clocks: 'Clocks',
      tiers: 'Tiers',
      adjustment: 'Rising and falling',
      scales: 'Grade, need and value',
      rebates: 'Rebates and incentive',
      figures: 'Figures and targets',
      approvals: 'Approvals',
      changes: 'Projects and their changes',
      contracts: 'Contracts and readmission',
      people: 'Departments and authority',
      calendar: 'Working time',
    },
    tables: {
      rates: 'Exchange rates',
      tighter: 'Tighter times',
      ladder: 'Who is told when time runs out',
      tiers: 'Thresholds of the tiers',
      classes: 'Classes of key accounts',
      brackets: 'Brackets of the rebate',
      approvals: 'Who decides',
      authority: 'Commands reserved otherwise than usual',
      hours: 'Working hours',
    },
    words: {
      pair: 'Currencies',
      since: 'From',
      rate: 'Rate',
      where: 'Where',
      handoff: 'Hand-off',
      resolution: 'Resolution',
      share: 'Share of the time',
      rung: 'What it is',
      told: 'Who is told',
      factor: 'Factor',
      amount: 'Purchase amount',
      frequency: 'Purchase frequency',
      relationship: 'Relationship',
      disputes: 'Disputes',
      kaClass: 'Class',
      needed: 'Conditions needed',
      conditions: 'Conditions',
      from: 'From',
      rebateRate: 'Rate',
      approval: 'Approval',
      stage: 'Stage',
      decides: 'Who decides',
      timeout: 'Within',
      further: 'Further',
      command: 'Command',
      who: 'Who may',
      calendar: 'Calendar',
      day: 'Day',
      hours: 'Hours',
      anywhere: 'everywhere',
      noLimit: 'no limit',
      none: 'none',
    },
    paragraphs: paragraphsEn,
    lookback: (amount, years) => `${amount} in the last ${years}`,
    range: (from, to) => `from ${from}, below ${to}`,
    below: (amount) => `below ${amount}`,
    atLeast: (amount) => `at least ${amount}`,
    atMost: (amount) => `at most ${amount}`,
    about: (amount) => `about ${amount}`,
    approvals: (n, mode, who) => (n === '' ? `${mode}: ${who}` : `${n} of: ${who}`),
    role: (word, who) =>
      ({
        required: `not without ${who}`,
        veto: `a no of ${who} rejects`,
        heard: `heard: ${who}`,
        escalateTo: `late: ${who} is told`,
        copy: `copy to ${who}`,
        substitute: `for a barred sole voter: ${who}`,
      })[word],
    delegations: (n) => `delegations in a row at most: ${n}`,
    inOrder: (order) => `stages ${order}`,
    calendarDays: (zone, off, makeup, single, sets) =>
      `time zone ${zone}; official lists of days off: ${sets}; further days off: ${off}; further make-up workdays: ${makeup}; days with hours of their own: ${single}`,
    byRegion: (regions) => `Regions with a calendar of their own: ${regions}`,
    sources: (numbers) => `[${numbers}]`,
  },
  'zh-CN': {
    chapters: {
      document: '关于本制度',
      admission: 'KA客户准入',
      team: '服务团队与客户分配',
      relations: '拜访、关怀、巡检与需求响应',
      complaints: '客户投诉与群组',
      clocks: '计时',
      tiers: '客户级别',
      adjustment: '级别调整',
      scales: '客户等级、需求细分与客户价值',
      rebates: '返利与激励',
      figures: '指标与目标',
      approvals: '审批',
      changes: '合作项目与变更',
      contracts: '合同与重新准入',
      people: '部门与权限',
      calendar: '工作时间',
    },
    tables: {
      rates: '汇率',
      tighter: '从严时限',
      ladder: '临期预警与上报',
      tiers: '各级标准',
      classes: 'KA客户类别',
      brackets: '返利分段',
      approvals: '审批方案',
      authority: '另行规定的操作权限',
      hours: '工作时间表',
    },
    words: {
      pair: '币种',
      since: '起始日',
      rate: '汇率',
      where: '适用范围',
      handoff: '转交',
      resolution: '处理',
      share: '时限占比',
      rung: '类型',
      told: '通知对象',
      factor: '因素',
      amount: '购买金额',
      frequency: '购买频率',
      relationship: '合作年限',
      disputes: '纠纷',
      kaClass: '客户类别',
      needed: '至少满足项数',
      conditions: '条件',
      from: '起点',
      rebateRate: '返利率',
      approval: '审批事项',
      stage: '环节',
      decides: '审批人',
      timeout: '时限',
      further: '其他规定',
      command: '操作',
      who: '有权人',
      calendar: '日历',
      day: '日期',
      hours: '时间',
      anywhere: '全部',
      noLimit: '不限',
      none: '无',
    },
    paragraphs: paragraphsZhCn,
    lookback: (amount, years) => `最近${years}${amount}`,
    range: (from, to) => `${from}（含）至${to}（不含）`,
    below: (amount) => `低于${amount}`,
    atLeast: (amount) => `不低于${amount}`,
    atMost: (amount) => `不超过${amount}`,
    about: (amount) => `约${amount}`,
    approvals: (n, mode, who) => (n === '' ? `${mode}：${who}` : `${n}人同意：${who}`),
    role: (word, who) =>
      ({
        required: `须经${who}同意`,
        veto: `${who}可一票否决`,
        heard: `征求意见：${who}`,
        escalateTo: `超时上报${who}`,
        copy: `抄送${who}`,
        substitute: `唯一审批人回避时由${who}代行`,
      })[word],
    delegations: (n) => `连续委托上限：${n}`,
    inOrder: (order) => `各环节${order}`,
    calendarDays: (zone, off, makeup, single, sets) =>
      `时区${zone}；官方节假日表：${sets}；另列节假日${off}天；另列调休上班日${makeup}天；单独规定工作时间的日期${single}天`,
    byRegion: (regions) => `有单独日历的区域：${regions}`,
    sources: (numbers) => `〔${numbers}〕`,
  },
}
