import type { Budget, Money, Tier } from '../parts.ts'

// Type aliases, not interfaces: findings are JSON, and only aliases are assignable to `JsonValue`.
type None = { readonly [name: string]: never }

/** A budget that does not fit into another; `calendar` where that depends on its hours. */
type Longer = {
  readonly budget: Budget
  readonly other: string
  readonly limit: Budget
  readonly calendar: string | null
}
/** A time that ends before what has to happen in it; `scheme` names the parameters that fill it. */
type Ends = { readonly limit: Budget; readonly steps: readonly Budget[] }

/** What each check of times, clocks, changes and admissions says. */
export type TimeData = {
  readonly longerThan: Longer
  readonly rarelyInTime: Longer
  readonly neverCounts: Longer
  readonly urgentSlower: Longer
  readonly twoCeilings: { readonly max: Budget; readonly normal: Budget; readonly extension: Budget }
  readonly attemptsOnDays: { readonly attempts: number; readonly days: number }
  readonly daysInTime: { readonly days: number; readonly within: Budget }
  readonly severityUnknown: { readonly severity: string; readonly known: readonly string[] }
  readonly tighterLooser: { readonly other: string }
  readonly tighterEmpty: None
  readonly ladderOrder: { readonly at: number; readonly before: number }
  readonly rungTwice: None
  readonly rungMisplaced: { readonly kind: 'warn' | 'breach' | 'escalate'; readonly at: number }
  readonly noBreachRung: None
  readonly anchorDay: { readonly day: number }
  readonly stepsOverCycle: { readonly months: number }
  readonly severityTwice: { readonly severity: string }
  readonly listEmpty: None
  readonly changeAlwaysMajor: None
  readonly changeNeverMajor: None
  readonly ratificationShort: Ends
  readonly changeExpires: Ends
  readonly noVoice: { readonly role: string; readonly why: 'department' | 'group' }
  readonly affectedMisplaced: { readonly where: 'change' | 'elsewhere' }
  readonly mandatoryWithoutWeight: { readonly weight: string }
  readonly everyScorePasses: None
  readonly onlyFullScore: None
  readonly applicationExpires: Ends
  readonly volumeBelowFloor: { readonly yearly: Money }
  readonly readmissionSooner: { readonly wait: number; readonly unit: 'days' | 'months'; readonly refused: number }
  readonly graceOverNotice: { readonly grace: number; readonly notice: number }
  readonly visitsOverDays: {
    readonly visits: number
    readonly accounts: number
    readonly perMonth: number
    readonly days: number
  }
  readonly cadenceRises: Rises & { readonly unit: 'perYear' | 'perMonth' }
  readonly inspectionRises: { readonly tier: Tier; readonly better: Tier }
  readonly noticeShort: { readonly days: number; readonly from: string; readonly on: string }
  readonly kpiPeriod: { readonly months: number; readonly cycle: number }
  readonly reportDayOff: { readonly calendar: string }
}

/** A lower tier that is given more than the one above it. */
type Rises = { readonly tier: Tier; readonly value: number; readonly better: Tier; readonly limit: number }
type Limits = { readonly value: number; readonly limit: number }

/** What each check of tiers, of rising and falling, and of scales says. */
export type TierData = {
  readonly amountGap: {
    readonly from: Money
    readonly to: Money
    readonly other: string
    readonly clause: string
    readonly limit: Money
  }
  readonly amountOverlap: {
    readonly from: Money
    readonly to: Money
    readonly other: string
    readonly clause: string
    readonly limit: Money
  }
  readonly rangeEmpty: { readonly from: Money; readonly to: Money }
  readonly stepReaches: {
    readonly measure: 'purchases' | 'years' | 'limit'
    readonly tier: Tier
    readonly value: number
    readonly better: Tier
    readonly limit: number
    readonly other: string
  }
  readonly frequencyGap: Limits
  readonly frequencyOverlap: Limits
  readonly frequencyShared: { readonly value: number }
  readonly lookbackDiffers: { readonly years: number; readonly other: Tier; readonly otherYears: number }
  readonly disputesOrder: { readonly tier: Tier; readonly better: Tier; readonly least: number | null }
  readonly weightsSum: { readonly count: number; readonly sum: number }
  readonly tierUnreachable: { readonly tier: Tier }
  readonly tierForAll: { readonly tier: Tier }
  readonly factorWithoutEffect: { readonly weight: number }
  readonly gateWithoutEffect: { readonly above: number }
  readonly oneCycleLimit: Limits & { readonly other: string }
  readonly wholeStep: Limits
  readonly wholeFloor: Limits
  readonly leavesTooLate: Limits
  readonly bracketsOrder: { readonly from: number | Money; readonly before: number | Money }
  readonly ratesOrder: { readonly percent: number; readonly before: number }
  readonly bracketUnit: { readonly basis: 'amount' | 'quantity' }
  readonly quantityUnitMissing: None
  readonly firstBracketDiffers: {
    readonly from: Money
    readonly percent: number
    readonly threshold: Money
    readonly rate: number
  }
  readonly noStepAtFloor: { readonly floor: Money }
  readonly judgedShare: { readonly share: number; readonly sum: number }
  readonly spanEmpty: None
  readonly retentionRises: Rises
  readonly classOutOfReach: { readonly atLeast: number; readonly conditions: number }
  readonly classUnknown: { readonly class: string }
  readonly cutsOrder: { readonly a: number; readonly b: number }
  readonly capacityNone: { readonly tier: Tier }
}

type Near = { readonly near: string | null }

/** What each check of people and references says. */
export type PeopleData = {
  readonly timeZoneUnknown: None
  readonly currencyUnknown: { readonly currency: string }
  readonly calendarUnknown: Near & { readonly calendar: string; readonly known: readonly string[] }
  readonly calendarUnused: None
  readonly weekWithoutHours: None
  readonly holidaysMissing: { readonly from: string; readonly to: string; readonly since: string; readonly until: string }
  readonly currencyDiffers: { readonly currency: string; readonly policy: string }
  readonly rateToItself: None
  readonly rateTwice: { readonly from: string; readonly to: string; readonly since: string }
  readonly rateOfStrangers: { readonly currency: string }
  readonly notACommand: None
  readonly departmentUnknown: Near & { readonly department: string }
  readonly roleUnknown: Near & { readonly role: string }
  readonly roleWithoutHolder: { readonly role: string }
  readonly roleNotTold: { readonly role: string }
  readonly roleForSomeAccounts: { readonly role: string }
  readonly superiorMissing: { readonly role: string }
  readonly countMissing: None
  readonly countMeaningless: { readonly mode: string }
  readonly escalationMissing: None
  readonly timeoutMissing: None
  readonly quorumUnreachable: { readonly n: number; readonly electors: number }
  readonly departmentsShareVoter: { readonly departments: readonly string[]; readonly voters: number }
  readonly quorumWhileAway: {
    readonly n: number
    readonly electors: number
    readonly stage: string
    readonly since: string
    readonly until: string
  }
  readonly stageTwice: { readonly stage: string }
  readonly notADepartment: { readonly role: string }
  readonly personUnknown: Near & { readonly person: string }
  readonly ownSuperior: { readonly person: string }
  readonly delegationToSelf: None
  readonly delegationBackwards: None
  readonly delegationOver: { readonly until: string; readonly from: string }
}

/** What each check of a policy against a portfolio says. */
export type PortfolioData = {
  readonly portfolioEmpty: None
  readonly portfolioNotRead: { readonly accounts: number }
  readonly limitOutOfReach: {
    readonly tier: Tier
    readonly measure: 'amount' | 'frequency' | 'potential' | 'influence' | 'years'
    readonly accounts: number
    readonly limit: number | Money
    readonly best: number | Money
  }
  readonly tierEmpty: { readonly tier: Tier; readonly accounts: number }
  readonly oneTierForAll: { readonly tier: Tier; readonly accounts: number }
  readonly bracketOutOfReach: { readonly from: number | Money; readonly best: number | Money; readonly accounts: number }
  readonly neverJudged: { readonly factor: 'potential' | 'influence' | 'loyalty' | 'willingness'; readonly accounts: number }
  readonly currencyWithoutRate: { readonly currency: string; readonly accounts: number; readonly policy: string }
}

/** The numbers and names in the message of each check. */
export type LintData = TimeData & TierData & PeopleData & PortfolioData
/** A check between parameters, or between a policy and a portfolio. */
export type LintCheck = keyof LintData
