import type { ParagraphName, Say } from './paragraphs-en.ts'

/** The policy in Chinese sentences; the same values as in the English ones. */
export const paragraphsZhCn: { readonly [N in ParagraphName]: Say } = {
  identity: (v) => `${v('title')}（编号${v('id')}，版本${v('version')}）自${v('effectiveFrom')}起生效。`,
  money: (v) => `金额以${v('currency')}计。业务日期以${v('timeZone')}当地时间为准。`,
  publication: (v) =>
    `制度版本审批前的模拟测算：${v('publication.whatIf')}。经批准的版本最早在公布${v('publication.notice.days')}后生效。`,
  scale: (v) => `权益与时限以${v('drivingScale')}为准。`,

  leads: (v) => `线索来源：${v('admission.leadSources')}。KA客户可属一类或多类：${v('admission.classes')}。`,
  need: (v) =>
    `申请客户预计年采购额不低于${v('admission.need.minAnnualVolume')}，增长潜力评分不低于${v('admission.need.growthPotentialMin')}分，合作意愿评分不低于${v('admission.willingness.min')}分（满分100）。`,
  finance: (v) =>
    `实缴资本或信保额度不低于${v('admission.finance.minCapital')}，近十二个月付款逾期不超过${v('admission.finance.maxOverdueDays')}，稳定经营满${v('admission.finance.stabilityYears')}。`,
  admissionScore: (v) =>
    `准入评分权重：资质${v('admission.weights.qualification')}、业务需求${v('admission.weights.need')}、合作意愿${v('admission.weights.willingness')}、财务状况${v('admission.weights.finance')}。评分达到${v('admission.minScore')}分方可提交委员会。`,
  mandatory: (v) =>
    `必备条件未达到的，无论评分高低均不予通过初审。是否必备：资质${v('admission.mandatory.qualification')}、业务需求${v('admission.mandatory.need')}、合作意愿${v('admission.mandatory.willingness')}、财务状况${v('admission.mandatory.finance')}。是否允许例外申请：${v('admission.exceptions')}。`,
  application: (v) =>
    `准入申请有效期为${v('admission.expiresAfter')}，最多退回${v('admission.maxReturns')}次，再次退回即为驳回。被驳回的客户在${v('admission.reapplyAfter.days')}后可再次申请。`,
  requalify: (v) => `KA客户资格每${v('admission.requalifyEvery.months')}复审一次。`,

  team: (v) =>
    `服务团队成员角色：客户经理岗为${v('admission.team.accountManager')}，市场岗为${v('admission.team.marketingSpecialist')}，产品岗为${v('admission.team.productManager')}，客服岗为${v('admission.team.serviceRepresentative')}。`,
  handover: (v) => `客户经理离任的，在${v('handover.within')}内确定接任人。`,
  capacity: (v) =>
    `每位客户经理负责的KA客户上限：${v('capacity.maxKaPerManager')}。各级客户数量上限：A级${v('capacity.tiers.A')}，B级${v('capacity.tiers.B')}，C级${v('capacity.tiers.C')}，D级${v('capacity.tiers.D')}。`,

  visits: (v) =>
    `客户经理拜访每家KA客户：不少于${v('cadence.visit.minPerMonth')}。公司高层领导拜访：A级客户${v('cadence.execVisit.A')}，B级客户${v('cadence.execVisit.B')}，C级客户${v('cadence.execVisit.C')}，D级客户${v('cadence.execVisit.D')}。客服部门回访：A级客户${v('cadence.returnVisit.A')}，B级客户${v('cadence.returnVisit.B')}，C级客户${v('cadence.returnVisit.C')}，D级客户${v('cadence.returnVisit.D')}。`,
  care: (v) =>
    `服务团队在下列时点关怀KA客户：${v('cadence.care')}。单人礼品不超过${v('cadence.gift.limit')}；是否向公职人员赠送礼品：${v('cadence.gift.publicBodies')}。`,
  inspections: (v) =>
    `对客户现场设备和库存的巡检：A级客户${v('inspection.cycle.A')}，B级客户${v('inspection.cycle.B')}，C级客户${v('inspection.cycle.C')}，D级客户${v('inspection.cycle.D')}。`,
  demands: (v) =>
    `紧急需求在${v('demand.urgent.firstResponse')}内首次响应，在${v('demand.urgent.solution')}内提出解决方案；一般需求在${v('demand.normal.firstResponse')}内首次响应，在${v('demand.normal.answer')}内明确答复。`,

  intake: (v) =>
    `投诉受理渠道：${v('complaint.channels')}。严重程度由轻到重：${v('complaint.severities')}。返工性质：${v('complaint.reworkNatures')}。`,
  handling: (v) =>
    `投诉在${v('complaint.handoff')}内转交责任部门，责任部门在${v('complaint.acceptWithin')}内签收或提出异议，并在${v('complaint.resolution')}内处理完毕。`,
  complex: (v) =>
    `复杂情况可延期一次，延长${v('complaint.complex.extension')}，此后至少每${v('complaint.complex.progressEvery')}反馈一次进度。`,
  rounds: (v) =>
    `再次处理每轮不超过${v('complaint.roundBudget')}，满${v('complaint.maxRounds')}轮后由KA客户管理小组决定。已归档的投诉在${v('complaint.reopenWithin')}内可重新受理。`,
  responsibility: (v) =>
    `产品问题由${v('complaint.determineBy.product')}判定责任，其他问题由${v('complaint.determineBy.other')}判定。赔付超过${v('complaint.compensationLimit')}的须经审批。`,
  followUp: (v) =>
    `在${v('complaint.followUp.within')}内分${v('complaint.followUp.days')}天联系客户满${v('complaint.followUp.attempts')}次仍未联系上的，方可按未确认结案。归档${v('complaint.preventionCheckAfter')}后验证防止再发措施的效果。`,
  groups: (v) =>
    `客户群内的紧急问题在${v('group.reply.urgent')}内答复，一般问题在${v('group.reply.general')}内答复。一般性事项在${v('feedback.general.result')}内告知结果，涉及多个部门的最长${v('feedback.complex.max')}。`,
  clockStart: (v) =>
    `时限${v('sla.start')}计算，受理时间最多早于登记${v('sla.maxBackdate')}。多个时限并存时：${v('sla.conflict')}。级别变化时，进行中的时限：${v('sla.onTierOrPriorityChange')}。`,
  pauses: (v) =>
    `仅因下列原因可暂停计时：${v('sla.pauseReasons')}；单次不超过${v('sla.maxPause.each')}，累计不超过${v('sla.maxPause.total')}。`,

  combine: (v) =>
    `五项因素的合并方式：${v('tier.combine')}；按项数合并时须满足${v('tier.atLeast')}项。权重：购买金额${v('tier.weights.amount')}、购买频率${v('tier.weights.frequency')}、客户潜力${v('tier.weights.potential')}、合作稳定性${v('tier.weights.stability')}、客户影响力${v('tier.weights.influence')}。`,
  cutoffs: (v) =>
    `按1至4分计，A级自${v('tier.cutoffs.A')}分起，B级自${v('tier.cutoffs.B')}分起，C级自${v('tier.cutoffs.C')}分起。评价因素满分100，${v('tier.judged.A')}分起为A，${v('tier.judged.B')}分起为B，${v('tier.judged.C')}分起为C。低于分数线${v('tier.band')}分以上方可降级。`,
  tolerance: (v) => `“约”可下浮${v('tier.tolerance')}。购买频率口径：${v('tier.frequencyBasis')}。定级主体：${v('tier.level')}。`,
  gates: (v) =>
    `无论得分如何的级别上限：金额属D级则最高D级：${v('tier.gates.amountD')}；最多高于金额级别：${v('tier.gates.aboveAmount')}；逾期超过以下天数则最高C级：${v('tier.gates.overdueDays')}；有未决严重纠纷则最高C级：${v('tier.gates.seriousDispute')}。`,
  judgements: (v) => `评价在${v('tier.judgementMaxAge.months')}内有效。评价缺失时：${v('tier.missingData')}。`,
  provisional: (v) =>
    `新KA客户暂定为${v('tier.provisional.newKa')}，其他新客户暂定为${v('tier.provisional.other')}，暂定${v('tier.provisional.cycles')}。`,
  facts: (v) =>
    `购买金额按${v('amount.basis')}计，${v('purchase.unit')}计一次购买。周期结束后${v('amount.returnLag.days')}内的退货仍计入。年购买次数的统计窗口为${v('frequency.window.months')}。`,

  cycle: (v) =>
    `评估周期为${v('cycle.length')}，自${v('cycle.anchor')}起算。周期结束后，${v('cycle.steps.freeze')}内冻结数据，${v('cycle.steps.propose')}内提出调整建议，${v('cycle.steps.review')}内完成审核，${v('cycle.steps.decide')}内审批，${v('cycle.steps.announce')}内通知。数据由${v('dataOwner.tier')}签认。`,
  comparison: (v) =>
    `每个周期与${v('growth.compare')}对比；连续两个周期的口径：${v('growth.twoCycle')}。金额变化不足${v('growth.minChange')}的不计。最近${v('trend.noRecoveryWindow.months')}未回升视为无恢复迹象。`,
  up: (v) =>
    `上调规则所指为${v('adjust.upRulesName')}。A规则：连续两个周期（${v('growth.twoCycle')}）金额和频率增长${v('adjust.A.up.growth')}；B规则：一个周期金额增长${v('adjust.B.up.amountGrowth')}，购买次数增加${v('adjust.B.up.frequencyIncrease')}。无对应规则时：${v('adjust.fallbackUp')}。A级以上层级：${v('adjust.aboveA')}。`,
  downA: (v) =>
    `A级客户连续两个周期（${v('growth.twoCycle')}）金额下降${v('adjust.A.down.amountDrop')}的下调；严重纠纷应在${v('adjust.A.down.disputeSettleWithin')}内解决。`,
  downB: (v) =>
    `B级客户一个周期金额下降${v('adjust.B.down.amountDrop')}，且购买次数减少${v('adjust.B.down.frequencyDrop')}的下调。数值条件之外的评价中，付款延迟${v('adjust.B.down.latePayments')}次视为稳定性变差的迹象，记录在案的沟通满${v('adjust.B.down.contactAttempts')}次仍未改善即为充分。`,
  downC: (v) => `C级客户连续两个周期下降，累计${v('adjust.C.down.cumulativeDrop')}的下调。`,
  downD: (v) =>
    `D级客户一个周期金额下降${v('adjust.D.down.amountDrop')}，且购买次数${v('adjust.D.down.belowPerYear')}的重新考虑，处理方式：${v('adjust.dDown')}。`,
  rulesNeed: (v) =>
    `上调依据：${v('adjust.combine.up')}；下调依据：${v('adjust.combine.down')}；D级下调依据：${v('adjust.combine.dDown')}。缓慢下滑的处理：${v('adjust.fallbackDown')}。`,
  limits: (v) =>
    `一次最多调整${v('adjust.maxStep')}，调整后${v('adjust.grace')}内不得反向调整。管理层特批最长${v('adjust.override.maxCycles')}个周期，客户占比最多${v('adjust.override.maxShare')} %。`,
  appeal: (v) => `申诉须在${v('appeal.within')}内提出，并在${v('appeal.decideWithin')}内审批。`,

  gradeWeights: (v) =>
    `KA客户等级是客户级别之外的独立标准。权重：销售额${v('grade.weights.sales')}、销售增长率${v('grade.weights.growth')}、客户满意度${v('grade.weights.satisfaction')}、合作忠诚度${v('grade.weights.loyalty')}、市场影响力${v('grade.weights.influence')}；定性指标（忠诚度与影响力）合计${v('grade.qualitativeShare')}。`,
  gradePoints: (v) =>
    `得分由0分至100分均匀上升：周期销售额由${v('grade.spans.sales.zero')}至${v('grade.spans.sales.full')}，销售增长率由${v('grade.spans.growth.zero')}至${v('grade.spans.growth.full')}，客户满意度由${v('grade.spans.satisfaction.zero')}至${v('grade.spans.satisfaction.full')}。等级A自${v('grade.cutoffs.A')}分起，B自${v('grade.cutoffs.B')}分起，C自${v('grade.cutoffs.C')}分起。`,
  segments: (v) =>
    `对价格、服务或技术的需求倾向自${v('segments.min')}分起计（满分100）；首要需求应领先次要需求${v('segments.margin')}分。`,
  valueWeights: (v) =>
    `客户价值权重：采购额${v('value.weights.spend')}、采购频率${v('value.weights.frequency')}、潜在价值${v('value.weights.potential')}、生命周期价值${v('value.weights.lifetime')}、忠诚度${v('value.weights.loyalty')}、影响力${v('value.weights.influence')}。满分标准：每${v('lifetime.period')}采购额${v('value.full.spend')}，${v('value.full.purchasesPerYear')}，生命周期价值${v('value.full.lifetime')}。`,
  lifetime: (v) =>
    `生命周期价值按${v('lifetime.period')}计算：毛利率${v('lifetime.marginPercent')}，每期留存比率${v('lifetime.retention')}，每期折现率${v('lifetime.discount')}，${v('lifetime.starts')}。`,
  abc: (v) => `按贡献由大到小累计，占全部客户贡献${v('abc.a')}以内的为A类，${v('abc.b')}以内的为B类，其余为C类。`,

  rebate: (v) =>
    `返利自${v('rebate.amountThreshold')}起，返利率${v('rebate.rate')}。分段依据：${v('rebate.period')}的${v('rebate.basis')}；数量单位：${v('rebate.quantityUnit')}。较高返利率适用于${v('rebate.method')}。`,
  incentive: (v) =>
    `销售团队激励权重：销售额${v('incentive.sales.weights.sales')}、客户拓展${v('incentive.sales.weights.expansion')}、客户满意度${v('incentive.sales.weights.satisfaction')}。`,

  kept: (v) => `最近${v('kpi.activeWithin.months')}内有购买的客户计为留存客户。`,
  targets: (v) =>
    `指标统计周期为${v('kpi.period.months')}。目标：客户满意度${v('kpi.targets.satisfaction')}；客户留存率A级${v('kpi.targets.retention.A')}、B级${v('kpi.targets.retention.B')}、C级${v('kpi.targets.retention.C')}、D级${v('kpi.targets.retention.D')}；客户升级率${v('kpi.targets.upgrade')}；客户投诉处理及时率${v('kpi.targets.timeliness')}。`,

  weeklyReport: (v) =>
    `项目周报于${v('project.weeklyReport.dueDay')}下班前提交，当日休息的提前至最近的工作日；再过${v('project.weeklyReport.grace')}仍未提交的计为缺报。`,
  major: (v) =>
    `自KA客户管理小组最近一次批准的计划起算，完工推迟超过${v('change.majorDays')}个工作日或预算变动超过${v('change.majorBudgetShare')}的为重大变更。`,
  changeSteps: (v) =>
    `变更在${v('change.assessWithin')}内评估，实施后${v('change.verifyWithin')}内验证。变更申请有效期为${v('change.expiresAfter')}，最多退回${v('change.maxReturns')}次。紧急变更在${v('change.ratifyWithin')}内追认，否则恢复原状。`,
  consent: (v) => `下列内容变更的，须在${v('change.consentWithin')}内征得客户同意：${v('change.consentFor')}。`,

  renewal: (v) =>
    `合同到期前${v('contract.renewalNotice.days')}提请续签；到期后${v('contract.graceAfterExpiry.days')}未续签的，KA客户资格失效。`,
  readmission: (v) =>
    `终止合作的客户在${v('readmission.after.exited.days')}后、资格失效的客户在${v('readmission.after.lapsed.days')}后、列入黑名单的客户在${v('readmission.after.blacklisted.months')}后可重新准入。`,

  departments: (v) => `部门：${v('departments')}。`,
  calendar: (v) => `服务区域没有单独日历的，采用${v('calendar.default')}日历。`,
}
