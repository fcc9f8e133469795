import type { TimeData } from './check-data.ts'
import { counted, type LintTexts } from './words.ts'

type Rung = TimeData['rungMisplaced']['kind']
const placeOf = (kind: Rung): string => (kind === 'warn' ? 'before 100' : kind === 'breach' ? 'at 100' : 'at 100 or later')

/** English texts of the checks of times, clocks, changes and admissions. */
export const timeTexts: Pick<LintTexts, keyof TimeData> = {
  longerThan: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)} is longer than ${w.place(other)} (${w.budget(limit)})${calendar === null ? '' : ` by the hours of calendar ${w.name(calendar)}`}`,
    `shorten it, or lengthen ${w.place(other)}`,
  ],
  rarelyInTime: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)} is longer than ${w.place(other)} (${w.budget(limit)})${calendar === null ? '' : ` by the hours of calendar ${w.name(calendar)}`}`,
    `shorten it, or lengthen ${w.place(other)}`,
  ],
  neverCounts: ({ budget, other, limit, calendar }, w) => [
    `${w.budget(budget)} is longer than ${w.place(other)} (${w.budget(limit)})${calendar === null ? '' : ` by the hours of calendar ${w.name(calendar)}`}; both clocks run and the strictest counts, so this one never does`,
    `use at most ${w.budget(limit)}, or lengthen ${w.place(other)}`,
  ],
  urgentSlower: ({ budget, other, limit, calendar }, w) => [
    `an urgent demand may take ${w.budget(budget)}, longer than a normal one (${w.place(other)}, ${w.budget(limit)})${calendar === null ? '' : ` by the hours of calendar ${w.name(calendar)}`}`,
    `use at most ${w.budget(limit)}, or lengthen ${w.place(other)}`,
  ],
  twoCeilings: ({ max, normal, extension }, w) => [
    `${w.budget(max)} is not ${w.place('complaint.resolution')} and its extension together (${w.budget(normal)} + ${w.budget(extension)})`,
    'make the two ends of a complex case the same, else it has two ceilings',
  ],
  attemptsOnDays: ({ attempts, days }, w) => [
    `${counted(attempts, 'attempt', w)} cannot fall on ${counted(days, 'day', w)}`,
    `use at most ${w.number(attempts)}`,
  ],
  daysInTime: ({ days, within }, w) => [
    `${counted(days, 'day', w)} ${days === 1 ? 'does' : 'do'} not fit into ${w.budget(within)}`,
    `use fewer days, or lengthen ${w.place('complaint.followUp.within')}`,
  ],
  severityUnknown: ({ severity, known }, w) => [`no severity ${w.name(severity)}`, `use one of ${w.names(known)}`],
  tighterLooser: ({ other }, w) => [`longer than ${w.place(other)}, so it never counts`, 'shorten it or delete the rule'],
  tighterEmpty: () => ['a tighter rule without a budget', 'add handoff or resolution, or delete it'],
  ladderOrder: ({ at, before }, w) => [`${w.number(at)} % stands after ${w.number(before)} %`, 'sort the rungs by at'],
  rungTwice: () => ['the same rung twice', 'delete one of the two'],
  rungMisplaced: ({ kind, at }, w) => [`${kind} at ${w.number(at)} %`, `a rung of kind ${kind} stands ${placeOf(kind)} %`],
  noBreachRung: () => ['no rung says that the time is over', 'add { at: 100, kind: breach, notify: superior }'],
  anchorDay: () => ['not every month has this day', 'use a day from 1 to 28'],
  stepsOverCycle: ({ months }, w) => [
    `the steps together take longer than a cycle of ${counted(months, 'month', w)}`,
    'shorten the steps',
  ],
  severityTwice: ({ severity }, w) => [`two severities are called ${w.name(severity)}`, 'give each its own id'],
  listEmpty: () => ['the list is empty', 'add at least one entry, else no form can be filled in'],
  changeAlwaysMajor: () => ['every change of the budget is major', 'allow minor changes a share above 0'],
  changeNeverMajor: () => ['a budget may double before a change is major', 'use a share below 100'],
  ratificationShort: ({ limit, steps }, w) => [
    `${w.budget(limit)} is shorter than the approval of the emergency itself may take (${w.budgets(steps)}, ${w.place('approval.changeEmergency')})`,
    `lengthen it, or shorten the time-outs of ${w.place('approval.changeEmergency')}`,
  ],
  changeExpires: ({ limit, steps }, w) => [
    `after ${w.budget(limit)} a major change can still be in assessment, approval or consent (${w.budgets(steps)})`,
    `lengthen it, or shorten ${w.place('change.assessWithin')}, ${w.place('change.consentWithin')} or the time-outs of ${w.place('approval.changeMajor')}`,
  ],
  noVoice: ({ role, why }, w) => [
    `${w.name(role)} has no vote: ${why === 'department' ? 'an affected department would not be asked' : 'the KA management group would not decide'}`,
    `add ${w.name(role)} to the electors of a stage`,
  ],
  affectedMisplaced: ({ where }, w) => [
    where === 'change'
      ? `${w.name('affected.head')} stands for those who vote or are heard on a change; nobody else is found by it`
      : `${w.name('affected.head')} stands for the departments that a change affects; here nothing is affected`,
    `name a role that does not depend on a change, e.g. ${w.name('product.head')}`,
  ],
  mandatoryWithoutWeight: ({ weight }, w) => [
    'a failure screens out, but the criterion counts nothing in the score',
    `give ${w.place(weight)} a share, or write false here`,
  ],
  everyScorePasses: () => ['every score passes', 'ask for more than 0'],
  onlyFullScore: (_, w) => [
    'only who meets every limit has 100, so that every criterion is mandatory',
    `ask for less, or write true for each criterion in ${w.place('admission.mandatory')}`,
  ],
  applicationExpires: ({ limit, steps }, w) => [
    `after ${w.budget(limit)} the stages of ${w.place('approval.admission')} can still be under way (${w.budgets(steps)})`,
    `lengthen it, or shorten the time-outs of ${w.place('approval.admission')}`,
  ],
  volumeBelowFloor: ({ yearly }, w) => [
    `a customer may be admitted below what tier B asks for in a year (${w.money(yearly)}, ${w.place('tier.B.amount.range.from')})`,
    `raise it to at least ${w.money(yearly)}`,
  ],
  readmissionSooner: ({ wait, unit, refused }, w) => [
    `a wait of ${w.number(wait)} ${wait === 1 ? unit.slice(0, -1) : unit} is shorter than the ${counted(refused, 'day', w)} of a rejected customer (${w.place('admission.reapplyAfter.days')})`,
    `lengthen it, or shorten ${w.place('admission.reapplyAfter.days')}`,
  ],
  graceOverNotice: ({ grace, notice }, w) => [
    `${counted(grace, 'day', w)} without a contract ${grace === 1 ? 'is' : 'are'} more than the notice before its end (${counted(notice, 'day', w)}, ${w.place('contract.renewalNotice.days')})`,
    `use at most ${w.number(notice)}, or lengthen ${w.place('contract.renewalNotice.days')}`,
  ],
  visitsOverDays: ({ visits, accounts, perMonth, days }, w) => [
    `an account manager with ${counted(accounts, 'key account', w)} owes ${counted(visits, 'visit', w)} a month, ${w.number(perMonth)} to each: more than the ${counted(days, 'working day', w)} of a month`,
    `ask for fewer visits, or lower ${w.place('capacity.maxKaPerManager')}`,
  ],
  cadenceRises: ({ tier, value, better, limit, unit }, w) => [
    `tier ${tier} is visited ${counted(value, 'time', w)} ${unit === 'perYear' ? 'a year' : 'a month'}, more often than tier ${better} (${w.number(limit)})`,
    `use at most ${w.number(limit)}, or visit tier ${better} more often`,
  ],
  inspectionRises: ({ tier, better }) => [
    `tier ${tier} is inspected more often than tier ${better}`,
    `inspect it no more often than tier ${better}`,
  ],
  noticeShort: ({ days, from, on }, w) => [
    `${w.date(from)} is sooner than ${counted(days, 'day', w)} after ${w.date(on)} (${w.place('publication.notice.days')})`,
    'let the policy hold from a later day, or shorten the notice',
  ],
  kpiPeriod: ({ months, cycle }, w) => [
    `figures cover ${counted(months, 'month', w)}, but tiers change once in a cycle of ${w.number(cycle)}: the upgrade rate is not what a cycle brings`,
    `write ${w.number(cycle)}, as ${w.place('cycle.length')}`,
  ],
  reportDayOff: ({ calendar }, w) => [
    `no working day in calendar ${w.name(calendar)}: the report is always due the day before`,
    'name a working day',
  ],
}
