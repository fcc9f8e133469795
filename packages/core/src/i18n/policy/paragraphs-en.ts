/** Puts the value of a place into a sentence. */
export type Value = (path: string) => string
export type Say = (v: Value) => string

/** The policy in sentences, by subject. Which numbers and requirements stand behind a paragraph follows from the values in it. */
export const paragraphsEn = {
  identity: (v) => `${v('title')} (${v('id')}, version ${v('version')}) is in force from ${v('effectiveFrom')}.`,
  money: (v) => `Amounts are in ${v('currency')}. Business dates follow the clock of ${v('timeZone')}.`,
  publication: (v) =>
    `Before a version of this policy is approved, a what-if on the company's own customers is ${v('publication.whatIf')}. An approved version comes into force ${v('publication.notice.days')} after its announcement at the earliest.`,
  scale: (v) => `Rights and promised times follow one scale: ${v('drivingScale')}.`,

  leads: (v) =>
    `Leads come from: ${v('admission.leadSources')}. Key accounts belong to one or several classes: ${v('admission.classes')}.`,
  need: (v) =>
    `An applicant is expected to buy for ${v('admission.need.minAnnualVolume')} a year or more, with a growth potential of ${v('admission.need.growthPotentialMin')} points out of 100 or more and a willingness of ${v('admission.willingness.min')} or more.`,
  finance: (v) =>
    `Its paid-in capital or insured limit reaches ${v('admission.finance.minCapital')}, no payment of the last twelve months was late by more than ${v('admission.finance.maxOverdueDays')}, and it has been in stable business for ${v('admission.finance.stabilityYears')}.`,
  admissionScore: (v) =>
    `The admission score weighs qualification with ${v('admission.weights.qualification')}, business need with ${v('admission.weights.need')}, willingness with ${v('admission.weights.willingness')} and finances with ${v('admission.weights.finance')}. From ${v('admission.minScore')} points the application goes before the committee.`,
  mandatory: (v) =>
    `Failing a mandatory criterion screens out whatever the score. Mandatory are qualification: ${v('admission.mandatory.qualification')}, business need: ${v('admission.mandatory.need')}, willingness: ${v('admission.mandatory.willingness')}, finances: ${v('admission.mandatory.finance')}. Whether an exception may be asked for: ${v('admission.exceptions')}.`,
  application: (v) =>
    `An application lives for ${v('admission.expiresAfter')} and may be sent back ${v('admission.maxReturns')} times; once more is a rejection. A rejected customer may apply again after ${v('admission.reapplyAfter.days')}.`,
  requalify: (v) => `Each key account is qualified anew every ${v('admission.requalifyEvery.months')}.`,

  team: (v) =>
    `The members of a service team hold these roles: for the account ${v('admission.team.accountManager')}, for marketing ${v('admission.team.marketingSpecialist')}, for products ${v('admission.team.productManager')}, for service ${v('admission.team.serviceRepresentative')}.`,
  handover: (v) => `When an account manager leaves an account, the next one is named within ${v('handover.within')}.`,
  capacity: (v) =>
    `Key accounts of one manager at most: ${v('capacity.maxKaPerManager')}. Accounts at most in tier A: ${v('capacity.tiers.A')}, in B: ${v('capacity.tiers.B')}, in C: ${v('capacity.tiers.C')}, in D: ${v('capacity.tiers.D')}.`,

  visits: (v) =>
    `The account manager visits each key account ${v('cadence.visit.minPerMonth')} or more. An executive visits a customer in tier A ${v('cadence.execVisit.A')}, in B ${v('cadence.execVisit.B')}, in C ${v('cadence.execVisit.C')}, in D ${v('cadence.execVisit.D')}. Customer service calls back on a customer in tier A ${v('cadence.returnVisit.A')}, in B ${v('cadence.returnVisit.B')}, in C ${v('cadence.returnVisit.C')}, in D ${v('cadence.returnVisit.D')}.`,
  care: (v) =>
    `A key account hears from its team on: ${v('cadence.care')}. A gift to one person is worth ${v('cadence.gift.limit')} at most; gifts to people of public bodies: ${v('cadence.gift.publicBodies')}.`,
  inspections: (v) =>
    `Equipment and stock at customers are inspected in tier A ${v('inspection.cycle.A')}, in B ${v('inspection.cycle.B')}, in C ${v('inspection.cycle.C')}, in D ${v('inspection.cycle.D')}.`,
  demands: (v) =>
    `An urgent demand is first replied to within ${v('demand.urgent.firstResponse')} and has a solution within ${v('demand.urgent.solution')}; any other is first replied to within ${v('demand.normal.firstResponse')} and has a definite answer within ${v('demand.normal.answer')}.`,

  intake: (v) =>
    `Complaints come in by: ${v('complaint.channels')}. Degrees of severity, the mildest first: ${v('complaint.severities')}. Goods are reworked by: ${v('complaint.reworkNatures')}.`,
  handling: (v) =>
    `A complaint reaches the responsible department within ${v('complaint.handoff')}, which accepts or disputes it within ${v('complaint.acceptWithin')}. It is resolved within ${v('complaint.resolution')}.`,
  complex: (v) =>
    `A complex case is extended once, by ${v('complaint.complex.extension')}; from then on progress is reported at least every ${v('complaint.complex.progressEvery')}.`,
  rounds: (v) =>
    `A further round takes at most ${v('complaint.roundBudget')}. After ${v('complaint.maxRounds')} rounds the KA management group decides. An archived complaint can be reopened for ${v('complaint.reopenWithin')}.`,
  responsibility: (v) =>
    `Who is to blame is determined by ${v('complaint.determineBy.product')} where the product is concerned, else by ${v('complaint.determineBy.other')}. Compensation above ${v('complaint.compensationLimit')} needs an approval.`,
  followUp: (v) =>
    `A complaint may end unconfirmed only after ${v('complaint.followUp.attempts')} attempts to reach the customer, on ${v('complaint.followUp.days')} days, within ${v('complaint.followUp.within')}. Whether prevention works is checked ${v('complaint.preventionCheckAfter')} after the archive.`,
  groups: (v) =>
    `In customer groups an urgent question is answered within ${v('group.reply.urgent')}, any other within ${v('group.reply.general')}. The outcome of a general matter is told within ${v('feedback.general.result')}; one of several departments takes at most ${v('feedback.complex.max')}.`,
  clockStart: (v) =>
    `Clocks start ${v('sla.start')}, which may precede its entry by ${v('sla.maxBackdate')}. When several clocks run, this one counts: ${v('sla.conflict')}. A change of the tier does to running clocks: ${v('sla.onTierOrPriorityChange')}.`,
  pauses: (v) =>
    `A clock pauses only for: ${v('sla.pauseReasons')}; for ${v('sla.maxPause.each')} at once and ${v('sla.maxPause.total')} in all.`,

  combine: (v) =>
    `The five factors are combined ${v('tier.combine')}; where a number of them must hold, that number is ${v('tier.atLeast')}. Weights: amount ${v('tier.weights.amount')}, frequency ${v('tier.weights.frequency')}, potential ${v('tier.weights.potential')}, stability ${v('tier.weights.stability')}, influence ${v('tier.weights.influence')}.`,
  cutoffs: (v) =>
    `On a scale from 1 to 4, tier A begins at ${v('tier.cutoffs.A')} points, B at ${v('tier.cutoffs.B')}, C at ${v('tier.cutoffs.C')}. A judged factor earns the letter A from ${v('tier.judged.A')} out of 100, B from ${v('tier.judged.B')}, C from ${v('tier.judged.C')}. Going down needs a distance of ${v('tier.band')} points from the cut-off.`,
  tolerance: (v) =>
    `“About” holds from ${v('tier.tolerance')} less. Frequency is counted ${v('tier.frequencyBasis')}. The tier belongs to: ${v('tier.level')}.`,
  gates: (v) =>
    `Caps whatever the points: an amount in D caps at D: ${v('tier.gates.amountD')}; tiers above the one of the amount at most: ${v('tier.gates.aboveAmount')}; days overdue beyond which C is the best: ${v('tier.gates.overdueDays')}; an open serious dispute caps at C: ${v('tier.gates.seriousDispute')}.`,
  judgements: (v) =>
    `Judgements are used for ${v('tier.judgementMaxAge.months')}. When one is missing: ${v('tier.missingData')}.`,
  provisional: (v) =>
    `A new key account begins in ${v('tier.provisional.newKa')}, any other new account in ${v('tier.provisional.other')}; that is provisional for ${v('tier.provisional.cycles')}.`,
  facts: (v) =>
    `The purchase amount consists of ${v('amount.basis')}; one purchase is ${v('purchase.unit')}. Returns count until ${v('amount.returnLag.days')} after the cycle. Yearly counts look back over ${v('frequency.window.months')}.`,

  cycle: (v) =>
    `An evaluation cycle lasts ${v('cycle.length')}; one begins on ${v('cycle.anchor')}. After its end facts are frozen within ${v('cycle.steps.freeze')}, adjustments proposed within ${v('cycle.steps.propose')}, reviewed within ${v('cycle.steps.review')}, decided within ${v('cycle.steps.decide')} and announced within ${v('cycle.steps.announce')}. The data is signed by ${v('dataOwner.tier')}.`,
  comparison: (v) =>
    `A cycle is compared with ${v('growth.compare')}; where a rule speaks of two cycles in a row, its number holds for ${v('growth.twoCycle')}. Changes of the amount below ${v('growth.minChange')} are ignored. No recovery means none in the last ${v('trend.noRecoveryWindow.months')}.`,
  up: (v) =>
    `Rules for rising name ${v('adjust.upRulesName')}. Rule A asks for growth of ${v('adjust.A.up.growth')} in amount and frequency over two cycles in a row (${v('growth.twoCycle')}); rule B for growth of ${v('adjust.B.up.amountGrowth')} in amount, with purchases rising by ${v('adjust.B.up.frequencyIncrease')}, in one. Where there is no rule, a customer rises ${v('adjust.fallbackUp')}. Level above A: ${v('adjust.aboveA')}.`,
  downA: (v) =>
    `A customer in A falls when the amount drops by ${v('adjust.A.down.amountDrop')} over two cycles in a row (${v('growth.twoCycle')}); a serious dispute should be settled within ${v('adjust.A.down.disputeSettleWithin')}.`,
  downB: (v) =>
    `A customer in B falls when in one cycle the amount drops by ${v('adjust.B.down.amountDrop')} and purchases fall by ${v('adjust.B.down.frequencyDrop')}. For the judgement beside the numbers, ${v('adjust.B.down.latePayments')} late payments are a sign of less stability, and ${v('adjust.B.down.contactAttempts')} recorded contacts without improvement are enough.`,
  downC: (v) => `A customer in C falls when two falling cycles together lose ${v('adjust.C.down.cumulativeDrop')}.`,
  downD: (v) =>
    `A customer in D is reconsidered when the amount drops by ${v('adjust.D.down.amountDrop')} in one cycle and there are ${v('adjust.D.down.belowPerYear')}. Proposed is then ${v('adjust.dDown')}.`,
  rulesNeed: (v) =>
    `A rule for rising needs ${v('adjust.combine.up')}, one for falling ${v('adjust.combine.down')}, the one for D ${v('adjust.combine.dDown')}. A slow decline is caught ${v('adjust.fallbackDown')}.`,
  limits: (v) =>
    `A customer moves at most ${v('adjust.maxStep')} at once; for ${v('adjust.grace')} after a move the opposite one is barred. Management may depart from the rules for ${v('adjust.override.maxCycles')} cycles and ${v('adjust.override.maxShare')} % of the accounts at most.`,
  appeal: (v) => `An appeal is lodged within ${v('appeal.within')} and decided within ${v('appeal.decideWithin')}.`,

  gradeWeights: (v) =>
    `The grade of a key account is a scale of its own beside the tier. Weights: sales ${v('grade.weights.sales')}, growth ${v('grade.weights.growth')}, satisfaction ${v('grade.weights.satisfaction')}, loyalty ${v('grade.weights.loyalty')}, influence ${v('grade.weights.influence')}; what is judged, loyalty and influence, is ${v('grade.qualitativeShare')} of it.`,
  gradePoints: (v) =>
    `Points rise evenly from 0 to 100: for the sales of a cycle from ${v('grade.spans.sales.zero')} to ${v('grade.spans.sales.full')}, for growth from ${v('grade.spans.growth.zero')} to ${v('grade.spans.growth.full')}, for satisfaction from ${v('grade.spans.satisfaction.zero')} to ${v('grade.spans.satisfaction.full')}. Grade A begins at ${v('grade.cutoffs.A')} points, B at ${v('grade.cutoffs.B')}, C at ${v('grade.cutoffs.C')}.`,
  segments: (v) =>
    `A customer is sensitive to price, service or technology from ${v('segments.min')} points out of 100 on; one of them leads with ${v('segments.margin')} points more than the next.`,
  valueWeights: (v) =>
    `The value of an account weighs purchases with ${v('value.weights.spend')}, frequency with ${v('value.weights.frequency')}, potential with ${v('value.weights.potential')}, lifetime value with ${v('value.weights.lifetime')}, loyalty with ${v('value.weights.loyalty')} and influence with ${v('value.weights.influence')}. Full marks earn purchases of ${v('value.full.spend')} in one ${v('lifetime.period')}, ${v('value.full.purchasesPerYear')}, and a lifetime value of ${v('value.full.lifetime')}.`,
  lifetime: (v) =>
    `The lifetime value reckons by the ${v('lifetime.period')}: a margin of ${v('lifetime.marginPercent')}, a share of ${v('lifetime.retention')} of the customers staying from one to the next, an interest of ${v('lifetime.discount')}, counted ${v('lifetime.starts')}.`,
  abc: (v) =>
    `Of what all customers contribute, from the largest down, A are those within ${v('abc.a')}, B those within ${v('abc.b')}, C the rest.`,

  rebate: (v) =>
    `A rebate begins at ${v('rebate.amountThreshold')} with ${v('rebate.rate')}. Its bracket is found by ${v('rebate.basis')} of ${v('rebate.period')}; the unit of a quantity is: ${v('rebate.quantityUnit')}. A higher rate applies to ${v('rebate.method')}.`,
  incentive: (v) =>
    `The incentive of the sales team weighs sales with ${v('incentive.sales.weights.sales')}, expansion with ${v('incentive.sales.weights.expansion')} and satisfaction with ${v('incentive.sales.weights.satisfaction')}.`,

  kept: (v) => `A customer who bought within the last ${v('kpi.activeWithin.months')} counts as kept.`,
  targets: (v) =>
    `Figures are reckoned over ${v('kpi.period.months')}. They should reach: satisfaction ${v('kpi.targets.satisfaction')}; retention in tier A ${v('kpi.targets.retention.A')}, in B ${v('kpi.targets.retention.B')}, in C ${v('kpi.targets.retention.C')}, in D ${v('kpi.targets.retention.D')}; upgrades ${v('kpi.targets.upgrade')}; complaints in time ${v('kpi.targets.timeliness')}.`,

  weeklyReport: (v) =>
    `The weekly report of a project is due at closing time on ${v('project.weeklyReport.dueDay')}, or on the last working day before; it counts as missing after another ${v('project.weeklyReport.grace')}.`,
  major: (v) =>
    `A change is major when the end moves back by more than ${v('change.majorDays')} working days or the budget moves by more than ${v('change.majorBudgetShare')}, counted from the last plan that the KA management group approved.`,
  changeSteps: (v) =>
    `A change is assessed within ${v('change.assessWithin')} and verified within ${v('change.verifyWithin')} of its implementation. It expires after ${v('change.expiresAfter')} and may be sent back ${v('change.maxReturns')} times. An emergency is ratified within ${v('change.ratifyWithin')}, or changed back.`,
  consent: (v) =>
    `The customer is asked for consent, within ${v('change.consentWithin')}, where these change: ${v('change.consentFor')}.`,

  renewal: (v) =>
    `Renewal is asked for ${v('contract.renewalNotice.days')} before a contract ends. Unless it is renewed, the status of a key account lapses ${v('contract.graceAfterExpiry.days')} after the end.`,
  readmission: (v) =>
    `A customer who left may come back after ${v('readmission.after.exited.days')}, one whose status lapsed after ${v('readmission.after.lapsed.days')}, one who was blacklisted after ${v('readmission.after.blacklisted.months')}.`,

  departments: (v) => `Departments: ${v('departments')}.`,
  calendar: (v) => `Working time follows the calendar ${v('calendar.default')} where a region has none of its own.`,
} as const satisfies { readonly [name: string]: Say }

export type ParagraphName = keyof typeof paragraphsEn
