import type { PeopleData } from './check-data.ts'
import { counted, type LintTexts, type LintWords } from './words.ts'

const orElse = (near: string | null, w: LintWords, otherwise: string): string =>
  near === null ? otherwise : `did you mean ${w.name(near)}?`

/** English texts of the checks of people and references. */
export const peopleTexts: Pick<LintTexts, keyof PeopleData> = {
  timeZoneUnknown: () => ['not a time zone this runtime knows', 'use an IANA name, e.g. Asia/Shanghai'],
  currencyUnknown: ({ currency }, w) => [
    `${w.name(currency)} is no currency in use`,
    'write the three letters of ISO 4217, e.g. CNY',
  ],
  calendarUnknown: ({ calendar, near, known }, w) => [
    `no calendar ${w.name(calendar)}`,
    orElse(near, w, `use one of ${w.names(known)}`),
  ],
  calendarUnused: () => ['no region uses this calendar', 'add it to calendar.byRegion, or delete it'],
  weekWithoutHours: () => ['no weekday has working hours', 'give at least one weekday its hours'],
  holidaysMissing: ({ from, to, since, until }, w) => [
    `holidays are given for ${w.date(from)} to ${w.date(to)}, but days from ${w.date(since)} to ${w.date(until)} are counted`,
    'add the holidays of those years, else every due date there is provisional',
  ],
  currencyDiffers: ({ currency, policy }, w) => [
    `${w.name(currency)} in a policy in ${w.name(policy)}`,
    `write the amount in ${w.name(policy)}`,
  ],
  rateToItself: () => ['a rate of a currency to itself', 'delete it'],
  rateTwice: ({ from, to, since }, w) => [`two rates from ${w.name(from)} to ${w.name(to)} since ${w.date(since)}`, 'delete one'],
  rateOfStrangers: ({ currency }, w) => [
    `neither side is ${w.name(currency)}, and rates are never chained`,
    `give the rate to ${w.name(currency)}`,
  ],
  notACommand: () => ['not a command', 'write workflow.command, e.g. complaint.forward'],
  departmentUnknown: ({ department, near }, w) => [
    `no department ${w.name(department)}`,
    orElse(near, w, 'add it to departments, or name a role of one'),
  ],
  roleUnknown: ({ role, near }, w) => [
    `${w.name(role)} is no department and no role of the requirements`,
    orElse(near, w, 'add it to departments, or name a role of one'),
  ],
  roleWithoutHolder: ({ role }, w) => [
    `nobody in the directory has the role ${w.name(role)}`,
    'give the role to a person of directory.people',
  ],
  roleNotTold: ({ role }, w) => [
    `nobody in the directory has the role ${w.name(role)}`,
    'give the role to a person, or tell another role',
  ],
  roleForSomeAccounts: ({ role }, w) => [
    `whoever has the role ${w.name(role)} has it for listed accounts only: for the others nobody decides`,
    'give the role to a person without a list of accounts',
  ],
  superiorMissing: ({ role }, w) => [
    `a rung tells the superior, but nobody is above this holder of the role ${w.name(role)}`,
    'name a superior',
  ],
  countMissing: () => ['how many must approve is missing', 'add n, e.g. 3'],
  countMeaningless: ({ mode }, w) => [`n has no meaning with mode ${w.name(mode)}`, 'delete n, or write mode: nOfM'],
  escalationMissing: () => ['a time-out escalates and never decides: to whom is missing', 'add escalateTo'],
  timeoutMissing: () => ['escalateTo never acts without a time-out', 'add timeout, or delete escalateTo'],
  quorumUnreachable: ({ n, electors }, w) => [
    `${w.number(n)} must approve, but the directory has ${counted(electors, 'elector', w)}`,
    `use at most ${w.number(electors)}, or name more electors`,
  ],
  departmentsShareVoter: ({ departments, voters }, w) => [
    `${w.names(departments)}: each department has a vote of its own, but together they have ${counted(voters, 'voter', w)}, the substitute included`,
    'give each department a voter of its own, or the substitute role to one more person',
  ],
  quorumWhileAway: ({ n, electors, stage, since, until }, w) => [
    `from ${w.date(since)} to ${w.date(until)} stage ${w.name(stage)} has ${w.number(electors)} who can vote and needs ${w.number(n)}: who votes in a stage cannot vote there for another as well`,
    'delegate to somebody who has no vote there',
  ],
  stageTwice: ({ stage }, w) => [`two stages are called ${w.name(stage)}`, 'give each stage its own id'],
  notADepartment: ({ role }, w) => [
    `${w.name(role)} is of no department, but each must approve`,
    'name a department or its head',
  ],
  personUnknown: ({ person, near }, w) => [
    `no person ${w.name(person)} in directory.people`,
    orElse(near, w, 'correct the id, or add the person'),
  ],
  ownSuperior: ({ person }, w) => [`${w.name(person)} is above itself: escalation would not end`, 'name another superior'],
  delegationToSelf: () => ['a delegation to oneself', 'name another person'],
  delegationBackwards: () => ['the delegation ends before it begins', 'swap since and until'],
  delegationOver: ({ until, from }, w) => [
    `it ends on ${w.date(until)}, before the policy holds (${w.date(from)})`,
    'delete it, or correct its dates',
  ],
}
