/** Headings of the template, by top-level key. The first character of each line is the space after `#`. */
export const sections: Readonly<Record<string, string>> = {
  calendars:
    ' Working time 工作日历. Hours by weekday; optional: holidays: [2026-10-01, …], makeupWorkdays, makeupHours, coverage: { from, to },\n and official lists by name, e.g. holidaySets: [cn] (then makeupHours are needed).',
  departments: ' Departments 部门. Roles are written sales (its staff), sales.head, sales.member.',
  authority:
    ' Who may send a command, where it differs from the built-in table 操作权限, e.g. complaint.forward: [customerService]',
  admission:
    ' Admission 准入. The weights add up to 100. leadSources and classes carry names in both languages; team: the role of each member.',
  contract: ' Contracts, hand-over, readmission 合同、交接与重新准入',
  publication: ' Publication 制度发布. A version is drafted, checked, simulated, approved and scheduled before it holds.',
  cadence: ' Visits and care 拜访与关怀. How often: a number, or a fraction such as 1/3 (a third a month is once a quarter).',
  demand: ' Demands 客户需求',
  inspection: ' Inspections 巡检. { months: 3 }, onRequest (when the customer asks) or null (none).',
  project: ' Projects 合作项目',
  change:
    ' Project changes 项目变更. majorDays and majorBudgetShare count from the last plan that the KA management group approved itself.',
  complaint: ' Complaints 客户投诉. Units of time: workingHours, elapsedHours, workingDays, calendarDays.',
  feedback: ' Feedback from customer groups 群组反馈',
  sla: ' Clocks 计时',
  tier: ' Tiers 客户级别. A bare number has the operator of its wording; write { op: ">", value: 3 } for another.',
  adjust: ' Rising and falling 级别调整',
  grade:
    ' KA grade KA客户等级. A scale of its own, for admitted key accounts. The weights add up to 100; qualitativeShare is what loyalty and influence weigh together.',
  classes:
    ' Classes 客户类别, by the ids of admission.classes. They are not exclusive; a class that is not listed here is given by people.',
  segments: ' Need segments 需求细分: price, service, technology',
  value: ' Value of an account 客户价值. The weights add up to 100; the purchases are those of one lifetime.period.',
  lifetime:
    ' Lifetime value 客户生命周期价值: margin × retention ÷ (1 + discount − retention), in full from the first period where starts is fromFirst.',
  abc: ' ABC analysis ABC分析. Shares of what all customers contribute, in percent.',
  rebate:
    ' Rebates 返利. amountThreshold and rate are the first of the brackets; where basis is quantity, from is a number of quantityUnit.',
  incentive: ' Incentive of the sales team 销售团队激励. The weights add up to 100.',
  purchase: ' What facts are made of 统计口径',
  cycle: ' Evaluation cycle 评估周期',
  approval:
    ' Approvals 审批. mode: any 或签 | all 会签 | nOfM 多数通过 | perDepartment 各部门会签.\n affected.head (changes only): the head of each department that a change affects.',
  appeal: ' Appeals 申诉',
  kpi: ' Figures and capacity 指标与容量',
}
