import type { LintTexts, LintWords, TimeData } from '../../policy/index.ts'

type Rung = TimeData['rungMisplaced']['kind']
const kindOf = (kind: Rung): string => (kind === 'warn' ? '临期预警' : kind === 'breach' ? '超时' : '上报')
const placeOf = (kind: Rung): string => (kind === 'warn' ? '应在100 %之前' : kind === 'breach' ? '应在100 %' : '应在100 %或之后')

const by = (calendar: string | null, w: LintWords): string =>
  calendar === null ? '' : `（按工作日历${w.name(calendar)}的工作时间）`

export const timeTexts: Pick<LintTexts, keyof TimeData> = {
  longerThan: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)}长于${w.place(other)}（${w.budget(limit)}）${by(calendar, w)}`,
    `缩短此项，或者延长${w.place(other)}`,
  ],
  rarelyInTime: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)}长于${w.place(other)}（${w.budget(limit)}）${by(calendar, w)}`,
    `缩短此项，或者延长${w.place(other)}`,
  ],
  neverCounts: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)}长于${w.place(other)}（${w.budget(limit)}）${by(calendar, w)}；两项计时同时进行，以最严格者为准，因此此项从不起作用`,
    `不超过${w.budget(limit)}，或者延长${w.place(other)}`,
  ],
  urgentSlower: ({ budget, other, limit, calendar }, w) => [
    `紧急需求的时限为${w.budget(budget)}，反而长于一般需求（${w.place(other)}，${w.budget(limit)}）${by(calendar, w)}`,
    `不超过${w.budget(limit)}，或者延长${w.place(other)}`,
  ],
  twoCeilings: ({ max, normal, extension }, w) => [
    `${w.budget(max)}不等于${w.place('complaint.resolution')}加一次延期（${w.budget(normal)} + ${w.budget(extension)}）`,
    '复杂问题的两个最长时限应当一致，否则会有两个上限',
  ],
  attemptsOnDays: ({ attempts, days }, w) => [
    `${w.number(attempts)}次回访无法分布在${w.number(days)}天`,
    `不超过${w.number(attempts)}天`,
  ],
  daysInTime: ({ days, within }, w) => [
    `${w.number(days)}天超出${w.budget(within)}的期限`,
    `减少天数，或者延长${w.place('complaint.followUp.within')}`,
  ],
  severityUnknown: ({ severity, known }, w) => [`没有严重程度${w.name(severity)}`, `可选：${w.names(known)}`],
  tighterLooser: ({ other }, w) => [`长于${w.place(other)}，因此从不起作用`, '缩短此项，或者删除该规则'],
  tighterEmpty: () => ['更严格的规则没有填写时限', '填写转交时限或解决时限，或者删除该规则'],
  ladderOrder: ({ at, before }, w) => [`${w.number(at)} %排在${w.number(before)} %之后`, '按百分比从小到大排列'],
  rungTwice: () => ['同一提醒重复出现', '删除其中一条'],
  rungMisplaced: ({ kind, at }, w) => [`${kindOf(kind)}设在${w.number(at)} %`, `${kindOf(kind)}${placeOf(kind)}`],
  noBreachRung: () => ['没有在时限届满时提醒的一档', '增加一档：100 %，超时，通知上级领导'],
  anchorDay: () => ['并非每个月都有这一天', '改为1日至28日之间的一天'],
  stepsOverCycle: ({ months }, w) => [`各步骤合计长于一个评估周期（${w.number(months)}个月）`, '缩短各步骤的时限'],
  severityTwice: ({ severity }, w) => [`两个严重程度使用同一编号${w.name(severity)}`, '使用不同的编号'],
  listEmpty: () => ['列表为空', '至少填写一项，否则表单无法填写'],
  changeAlwaysMajor: () => ['任何预算变动都成为重大变更', '一般变更应当允许大于0的比例'],
  changeNeverMajor: () => ['预算翻倍才成为重大变更', '填写小于100的比例'],
  ratificationShort: ({ limit, steps }, w) => [
    `${w.budget(limit)}短于紧急变更审批本身可用的时间（${w.budgets(steps)}，${w.place('approval.changeEmergency')}）`,
    `延长此项，或者缩短${w.place('approval.changeEmergency')}的审批时限`,
  ],
  changeExpires: ({ limit, steps }, w) => [
    `${w.budget(limit)}届满时，重大变更的评估、审批和客户确认尚未结束（${w.budgets(steps)}）`,
    `延长此项，或者缩短${w.place('change.assessWithin')}、${w.place('change.consentWithin')}或${w.place('approval.changeMajor')}的审批时限`,
  ],
  noVoice: ({ role, why }, w) => [
    `${w.name(role)}没有表决权：${why === 'department' ? '受影响的部门不参与审批' : '管理小组不参与决定'}`,
    `将${w.name(role)}加入某一审批环节的审批人`,
  ],
  affectedMisplaced: ({ where }, w) => [
    where === 'change'
      ? `${w.name('affected.head')}只用于变更审批中的审批人和征求意见人，用在此处找不到任何人`
      : `${w.name('affected.head')}指受变更影响的部门，此处没有受影响的部门`,
    `填写与变更无关的角色，例如${w.name('product.head')}`,
  ],
  mandatoryWithoutWeight: ({ weight }, w) => [
    '该标准不达标即初评未通过，但在评分中不占权重',
    `为${w.place(weight)}设定权重，或者在此填写“否”`,
  ],
  everyScorePasses: () => ['任何评分都能通过', '填写大于0的分数'],
  onlyFullScore: (_, w) => [
    '只有全部达标才能得到100分，因此每项标准都成为必备条件',
    `降低分数，或者将${w.place('admission.mandatory')}的各项都填写为“是”`,
  ],
  applicationExpires: ({ limit, steps }, w) => [
    `${w.budget(limit)}届满时，${w.place('approval.admission')}的各环节尚未结束（${w.budgets(steps)}）`,
    `延长此项，或者缩短${w.place('approval.admission')}的审批时限`,
  ],
  volumeBelowFloor: ({ yearly }, w) => [
    `准入要求低于B级客户一年的下限（${w.money(yearly)}，${w.place('tier.B.amount.range.from')}）`,
    `提高到不低于${w.money(yearly)}`,
  ],
  readmissionSooner: ({ wait, unit, refused }, w) => [
    `${w.number(wait)}${unit === 'days' ? '天' : '个月'}短于被驳回客户的等待期${w.number(refused)}天（${w.place('admission.reapplyAfter.days')}）`,
    `延长此项，或者缩短${w.place('admission.reapplyAfter.days')}`,
  ],
  graceOverNotice: ({ grace, notice }, w) => [
    `无合同期间${w.number(grace)}天，长于到期前的续签提醒期（${w.number(notice)}天，${w.place('contract.renewalNotice.days')}）`,
    `不超过${w.number(notice)}天，或者延长${w.place('contract.renewalNotice.days')}`,
  ],
  visitsOverDays: ({ visits, accounts, perMonth, days }, w) => [
    `一位客户经理负责${w.number(accounts)}家KA客户，每家每月${w.number(perMonth)}次，共需拜访${w.number(visits)}次，超过每月${w.number(days)}个工作日`,
    `减少拜访次数，或者降低${w.place('capacity.maxKaPerManager')}`,
  ],
  cadenceRises: ({ tier, value, better, limit, unit }, w) => [
    `${tier}级客户${unit === 'perYear' ? '每年' : '每月'}拜访${w.number(value)}次，多于${better}级客户（${w.number(limit)}次）`,
    `不超过${w.number(limit)}次，或者增加${better}级客户的拜访次数`,
  ],
  inspectionRises: ({ tier, better }) => [`${tier}级客户的巡检比${better}级客户更频繁`, `巡检频率不高于${better}级客户`],
  noticeShort: ({ days, from, on }, w) => [
    `${w.date(from)}距${w.date(on)}不足${w.number(days)}天（${w.place('publication.notice.days')}）`,
    '推迟生效日期，或者缩短公示期',
  ],
  kpiPeriod: ({ months, cycle }, w) => [
    `指标统计期为${w.number(months)}个月，而级别每个评估周期（${w.number(cycle)}个月）才调整一次，客户升级率不能反映一个评估周期的结果`,
    `填写${w.number(cycle)}个月，与${w.place('cycle.length')}一致`,
  ],
  reportDayOff: ({ calendar }, w) => [`该日在工作日历${w.name(calendar)}中不是工作日，周报总是提前到期`, '改为工作日'],
}
