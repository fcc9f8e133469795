import type { Labels } from '../parts.ts'
import { inBoth, weekdays, type Row } from './in-both.ts'

type Choices = { readonly [choice: string]: Labels }

const rule = inBoth({
  numbers: ['the numbers alone', '仅看数值条件'],
  numbersAndOneJudged: ['the numbers and one judged condition', '数值条件加一项评价条件'],
})

/** What each choice of the policy means, by the place of the choice (`*` for any key). Completeness is a test. */
const meanings: { readonly [place: string]: Choices } = {
  drivingScale: inBoth({ tier: ['the tier', '客户级别'] }),
  'publication.whatIf': inBoth({ required: ['required', '必须进行'], advised: ['advised', '建议进行'] }),
  'inspection.cycle.*': inBoth({ onRequest: ['when the customer asks', '按客户要求'] }),
  'project.weeklyReport.dueDay': inBoth(weekdays),
  'lifetime.period': inBoth({ month: ['month', '月'], quarter: ['quarter', '季度'], year: ['year', '年'] }),
  'lifetime.starts': inBoth({
    afterFirst: ['from the next period on', '自下一期起计'],
    fromFirst: ['from the present period on', '自本期起计'],
  }),
  'rebate.basis': inBoth({ amount: ['the amount paid', '付款金额'], quantity: ['the quantity bought', '采购数量'] }),
  'rebate.method': inBoth({
    marginal: ['the part inside its bracket', '超额部分（超额分段返利）'],
    whole: ['everything', '全部金额（全额返利）'],
  }),
  'rebate.period': inBoth({ calendarYear: ['a calendar year', '自然年'] }),
  'sla.start': inBoth({ receipt: ['at the receipt', '自受理时起'] }),
  'sla.conflict': inBoth({ strictest: ['the strictest', '从严'] }),
  'sla.onTierOrPriorityChange': inBoth({
    'keep-consumed': ['the new time counts, less what was used', '适用新时限并扣除已用时间'],
    restart: ['the clock begins anew', '重新计时'],
    unchanged: ['nothing', '不变'],
  }),
  'sla.ladder.*.kind': inBoth({
    warn: ['warning', '预警'],
    breach: ['breach', '逾期'],
    escalate: ['escalation', '上报'],
  }),
  'tier.combine': inBoth({
    weighted: ['as weighted points', '加权计分'],
    all: ['all must hold', '全部满足'],
    atLeast: ['a number of them must hold', '满足规定项数'],
    minimum: ['the weakest decides', '取最低一项'],
  }),
  'tier.frequencyBasis': inBoth({ average: ['on average', '按平均'], every: ['in every period', '每个时段均须达到'] }),
  'tier.missingData': inBoth({
    hold: ['the tier waits for it', '暂缓定级'],
    reweigh: ['the other factors count for it', '由其他因素按权重分担'],
  }),
  'tier.level': inBoth({ group: ['the group of companies', '集团'], account: ['each account', '单个客户'] }),
  'tier.provisional.newKa': inBoth(tierRows()),
  'tier.provisional.other': inBoth(tierRows()),
  'complaint.tighter.*.when.tiers.*': inBoth(tierRows()),
  'purchase.unit': inBoth({ orderDay: ['a day with orders', '有订单的一天'], order: ['an order', '一张订单'] }),
  'amount.basis': inBoth({ netInvoiced: ['net invoiced amounts', '不含税开票净额'] }),
  'growth.compare': inBoth({
    samePeriodLastYear: ['the same period a year before', '上年同期'],
    previousCycle: ['the cycle before', '上一周期'],
  }),
  'growth.twoCycle': inBoth({ each: ['each of them', '每个周期均达到'], cumulated: ['both together', '两个周期累计'] }),
  'adjust.upRulesName': inBoth({ current: ['the present tier', '现级别'], target: ['the tier aimed at', '目标级别'] }),
  'adjust.dDown': inBoth({
    'propose-exit': ['to end the relation', '提议终止合作'],
    prepayment: ['delivery against prepayment', '改为预付款'],
    watch: ['to watch the customer', '列入观察'],
    keep: ['to change nothing', '维持不变'],
  }),
  'adjust.fallbackUp': inBoth({
    classify: ['by the classification', '按定级结果'],
    none: ['not at all', '不上调'],
  }),
  'adjust.fallbackDown': inBoth({
    twice: ['by two classifications below the tier in a row', '连续两次定级结果低于现级别'],
    none: ['not at all', '不另行处理'],
  }),
  'adjust.combine.up': rule,
  'adjust.combine.down': rule,
  'adjust.combine.dDown': rule,
  'change.consentFor.*': inBoth({
    scope: ['scope', '范围'],
    schedule: ['schedule', '进度'],
    cost: ['cost', '费用'],
    quality: ['quality', '质量'],
  }),
  'approval.*.order': inBoth({
    sequential: ['one after the other', '依次进行'],
    parallel: ['at the same time', '同时进行'],
  }),
  'approval.*.stages.*.mode': inBoth({
    any: ['any one of them', '任一同意'],
    all: ['all of them', '全部同意'],
    nOfM: ['a number of them', '达到规定人数'],
    perDepartment: ['one of each department', '各部门一人'],
  }),
}

function tierRows(): { readonly [tier: string]: Row } {
  return { A: ['tier A', 'A级'], B: ['tier B', 'B级'], C: ['tier C', 'C级'], D: ['tier D', 'D级'] }
}

const patterns = Object.entries(meanings).map(([place, meaning]) => ({ parts: place.split('.'), meaning }))

/** The choices of a place with what they mean; `undefined` where a policy has no choice. */
export function choicesOf(path: readonly (string | number)[]): Choices | undefined {
  return patterns.find(({ parts }) => parts.length === path.length && parts.every((part, i) => part === '*' || part === path[i]))
    ?.meaning
}
