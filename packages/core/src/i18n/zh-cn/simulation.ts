import type { Catalogue } from '../catalogue.ts'

export const simulation: Catalogue['simulation'] = {
  headline: (draft, inForce, cycle) =>
    `${draft}在评估周期${cycle}的模拟结果，${inForce === null ? '目前没有生效的制度' : `与${inForce}对比`}；未更改任何数据`,
  onlySome: '仅模拟了部分客户；制度要求对全部客户模拟时，不能作为依据。',
  accounts: (total, _, parts) => `共${total}家客户：${parts}`,
  parts: {
    assessed: (count) => `已评定${count}家`,
    provisional: (count) => `暂定级别${count}家`,
    notAssessed: (count) => `未评定${count}家`,
    failed: (count) => `无法模拟${count}家`,
  },
  leftOut: {
    notGoverned: (count) => `${count}家客户不参加评估，未计入`,
    inGroups: (count) => `${count}家客户随集团定级`,
  },
  nobody: '没有客户的级别会变动。',
  movers: (count, _, parts) => `${count}家客户的级别会变动：${parts}`,
  reclassified: (count, _, parts) => `${count}家客户的评定级别不同，但本周期不调整：${parts}`,
  ways: { up: (count) => `上调${count}家`, down: (count) => `下调${count}家`, assigned: (count) => `首次定级${count}家` },
  mover: (name, from, to, amount) => `${name}：${from} → ${to}${amount === null ? '' : `（${amount}）`}`,
  none: '无级别',
  because: (number, name, before, after, actual) =>
    `  ${number} · ${name}：${before} → ${after}${actual === null ? '' : `；该客户为${actual}`}`,
  more: (count) => `……另有${count}家`,
  row: (from, to) => `${from}调整为：${to}`,
  cell: (count, tier) => `${tier}${count}家`,
  sales: (tier, before, after) => `${tier}：${before} → ${after}`,
  salesOf: (count, _, amount) => `${count}家客户、${amount}`,
  tierFull: (tier, count, limit) => `${tier}将有${count}家客户，超过上限${limit}家`,
  managerFull: (manager, count, limit) => `${manager}负责${count}家KA客户，超过上限${limit}家`,
  sensitivity: '单独变动各项标准：',
  threshold: (number, name, percent, value) => `${number} ${percent}（${name}：${value}）`,
  moves: (count, _, parts) => `${count}家客户的级别变动${parts === '' ? '' : `：${parts}`}`,
  insensitive: '单独变动任何一项标准，都没有客户的级别变动。',
  open: (count, _, kinds) => `${count}项未结事项：${kinds}`,
  clocks: ({ earlier, later, overdue }) => `计时：提前到期${earlier}项，推迟到期${later}项，立即逾期${overdue}项`,
  clocksSame: '计时的到期时间均无变化。',
  approvals: (changed, belowQuorum) => `审批中的事项：审批人变动${changed}项，人数不足而无法通过${belowQuorum}项`,
  approvalsSame: '审批中事项的审批人均无变化。',
  rebate: (year, before, after) => `${year}年返利：${before === null ? after : `${before} → ${after}`}`,
  failure: (account, why) => `${account}无法模拟：${why}`,
  reasons: {
    facts_missing: () => '客户管理系统中没有该客户的数据',
    facts_malformed: (field) => `客户数据有误，位置：${field}`,
  },
  changes: (count) => `草案有${count}处变动`,
}
