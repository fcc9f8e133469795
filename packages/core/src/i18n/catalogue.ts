import type {
  Approval,
  ApprovalOutcome,
  ApprovalStage,
  ElectorateChange,
  OpinionStance,
  StageMode,
  VoteChoice,
} from '../approvals/index.ts'
import type { ErrorCode, Refusal, RefusalCode, Remedy } from '../errors/index.ts'
import type { AccountState } from '../ledgers/account/types.ts'
import type { BudgetUnit, Tier } from '../policy/index.ts'
import type {
  Absence,
  AppliedGate,
  Block,
  Classification,
  ConditionReason,
  ExplanationStep,
  Factor,
  JudgedCondition,
  Recommendation,
  RuleName,
  RuleOutcome,
  Shortfall,
} from '../scoring/index.ts'
import type { ClockStatus, DayVerdict, LadderRung, ProvisionalCause } from '../sla/index.ts'
import type { ComplaintCommands } from '../workflows/complaint/commands.ts'
import type { ComplaintState } from '../workflows/complaint/types.ts'
import type { TierAdjustmentState } from '../workflows/tier-adjustment/types.ts'
import type {
  AmbiguousField,
  ApprovalName,
  Channel,
  ClockName,
  CommandsOf,
  CustomerMessageName,
  DelegationFault,
  Department,
  EffectType,
  FieldName,
  FindingCode,
  FormName,
  Kind,
  MessageName,
  NoDueReason,
  NumberCondition,
  PauseReason,
  PromiseReason,
  RequiredThing,
  ReworkNature,
  RoleName,
  Severity,
  StageName,
  TextRule,
} from './keys.ts'
import type { Words } from './words.ts'

/** One text a name, none missing. */
export type Texts<Name extends string> = { readonly [N in Name]: string }

/** A point of local time, as numbers. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 0 is Sunday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** How a language puts things together. */
export interface Grammar {
  readonly quote: (text: string) => string
  readonly any: (items: readonly string[]) => string
  readonly all: (items: readonly string[]) => string
  /** The last item of a list that was cut. */
  readonly more: (count: number) => string
  readonly pair: (name: string, value: string) => string
  readonly remark: (text: string) => string
  readonly sentence: (text: string) => string
  readonly sentences: (texts: readonly string[]) => string
  readonly yes: string
  readonly no: string
  readonly nothing: string
  readonly date: (at: LocalTime, weekday: boolean) => string
  readonly time: (at: LocalTime, seconds: boolean) => string
  readonly dateTime: (date: string, time: string) => string
  readonly money: (amount: string, currency: string) => string
  /** Parts are hours, minutes, seconds; zero ones are left out. */
  readonly duration: (hours: string | null, minutes: string | null, seconds: string | null) => string
  readonly budget: { readonly [U in BudgetUnit]: (amount: string) => string }
  readonly days: (count: string) => string
  readonly tier: (tier: Tier | 'exit') => string
  readonly departmentRole: { readonly head: (department: string) => string; readonly member: (department: string) => string }
  /** A refusal: the rule, its clause, what is wrong, the remedy. */
  readonly refusal: (parts: {
    readonly rule: string
    readonly source: string
    readonly what: string
    readonly remedy: string | null
  }) => string
}

type CommandTexts = { readonly [K in Kind]: Texts<keyof CommandsOf[K] & string> }
type RefusalTexts = { readonly [C in RefusalCode]: (refusal: Refusal, words: Words) => string }
type RemedyTexts = { readonly [K in Remedy['kind']]: (remedy: Extract<Remedy, { kind: K }>, words: Words) => string }
type ConditionUnit = 'percent' | 'purchasesPerQuarter' | 'purchasesPerYear' | 'count' | 'days' | 'tierRank'

/** Texts that explain when a clock is due. */
export interface ClockTexts {
  readonly status: Texts<ClockStatus>
  readonly rungs: Texts<LadderRung['kind']>
  readonly reasons: Texts<PromiseReason>
  readonly verdicts: Texts<DayVerdict>
  readonly because: Texts<ProvisionalCause>
  readonly cappedBy: Texts<'each' | 'total'>
  readonly due: (clock: string, at: string) => string
  readonly dueUnknown: (clock: string) => string
  readonly zone: (zone: string) => string
  readonly promise: (budget: string, from: string, reason: string) => string
  readonly fixed: (until: string, reason: string) => string
  readonly other: (promise: string, due: string) => string
  readonly since: (at: string) => string
  readonly extension: (by: string, at: string) => string
  readonly part: (budget: string, from: string, measure: 'working' | 'elapsed') => string
  readonly sum: (total: string, budget: string, to: string) => string
  readonly sumOpen: (total: string, budget: string) => string
  readonly day: (date: string, what: string, counted: string, total: string) => string
  readonly daysEach: (
    from: string,
    to: string,
    days: number,
    what: string,
    each: string,
    counted: string,
    total: string,
  ) => string
  readonly span: (from: string, to: string, days: number, counted: string, total: string) => string
  readonly pause: (from: string, to: string, reason: string | null, cap: string | null) => string
  readonly pauseOpen: string
  readonly pauseEnds: (at: string) => string
  readonly rung: (at: string, percent: number, kind: string, who: string) => string
  readonly provisional: (because: string) => string
  readonly ended: (status: string, at: string) => string
}

/** Texts of a tier review. */
export interface ScoringTexts {
  readonly factors: Texts<Factor | 'points' | 'gate'>
  readonly rules: Texts<RuleName>
  readonly outcomes: Texts<RuleOutcome['outcome']>
  readonly conditions: Texts<NumberCondition | JudgedCondition>
  readonly conditionReasons: Texts<ConditionReason>
  readonly units: Texts<ConditionUnit>
  readonly absences: Texts<Absence>
  readonly gates: Texts<AppliedGate['gate']>
  readonly status: Texts<Classification['status']>
  readonly directions: Texts<Recommendation['direction']>
  readonly measures: Texts<NonNullable<Recommendation['measure']>>
  readonly blocks: Texts<Block['by']>
  readonly moves: Texts<NonNullable<Block['move']>>
  readonly dDown: Texts<'propose-exit' | 'prepayment' | 'watch' | 'keep'>
  readonly steps: {
    readonly [C in ExplanationStep['code']]: (step: {
      readonly rule: string
      readonly tier: string
      readonly value: string
    }) => string
  }
  readonly headline: (account: string, cycle: string, from: string | null, to: string, direction: string) => string
  readonly classified: (tier: string, status: string, points: string | null) => string
  readonly heldByBand: string
  readonly part: (parts: {
    readonly factor: string
    readonly value: string
    readonly letter: string | null
    readonly weight: string
  }) => string
  readonly unknown: string
  readonly stale: string
  readonly years: (years: string, disputes: string | null) => string
  readonly perYear: (count: string) => string
  readonly score: (score: string) => string
  readonly purchases: (count: string) => string
  readonly points: (points: string) => string
  /** Minor units of a currency that is not known here. */
  readonly minorUnits: (amount: string) => string
  readonly because: (steps: string) => string
  readonly gate: (gate: string, cap: string, actual: string) => string
  readonly next: (tier: string) => string
  readonly shortfall: (factor: string, needed: string, actual: string, source: string) => string
  readonly operators: { readonly [O in Shortfall['op']]: (value: string) => string }
  readonly rule: (rule: string, clause: string, outcome: string) => string
  readonly condition: (parts: {
    readonly name: string
    readonly required: string
    readonly actual: string
    readonly met: string
    readonly remarks: readonly string[]
  }) => string
  readonly met: Texts<'yes' | 'no' | 'unknown'>
  readonly judged: (by: string, on: string) => string
  readonly from: (previous: string, current: string) => string
  readonly blocked: (by: string, move: string | null, until: string | null) => string
  readonly missing: (what: string, why: string) => string
  readonly measure: (measure: string) => string
  readonly nomination: (level: string | null) => string
  readonly atRisk: string
  readonly notAtRisk: string
  readonly warning: (name: string, limit: string, actual: string, distance: string) => string
  readonly firing: (lacks: string) => string
  readonly margin: (margin: string) => string
}

/** Texts of what happens outside because of a step. */
export interface EffectTexts {
  readonly types: Texts<EffectType>
  readonly messages: Texts<MessageName>
  readonly customerMessages: Texts<CustomerMessageName>
  readonly forms: Texts<FormName>
  readonly serviceLevels: Texts<'1' | '2' | '3'>
  readonly serviceLevel: (level: string) => string
  readonly notify: (to: string, message: string) => string
  readonly tellCustomer: (message: string) => string
  readonly createTask: (who: string, task: string) => string
  readonly fileDocument: (form: string) => string
  readonly command: (command: string, kind: string, instance: string | null) => string
  readonly clockRung: (kind: string, clock: string, due: string, to: string) => string
  readonly unknown: (type: string, params: string) => string
}

/** Texts of a journal. */
export interface EntryTexts {
  readonly line: (parts: {
    readonly at: string
    readonly seq: string
    readonly actor: string
    readonly did: string
    readonly from: string
    readonly to: string | null
    readonly more: readonly string[]
  }) => string
  readonly onBehalfOf: (actor: string, principal: string) => string
  readonly system: string
  readonly settledOnly: string
  readonly rungs: (count: number) => string
  readonly effects: (count: number) => string
  readonly observed: (count: number) => string
}

/** Texts of errors and findings. */
export interface ErrorTexts {
  readonly codes: Texts<ErrorCode>
  readonly unexpected: string
  readonly detail: (text: string) => string
  readonly retryable: string
  readonly findings: Texts<FindingCode>
  readonly finding: (parts: {
    readonly where: string
    readonly what: string
    readonly detail: string | null
    readonly remedy: string | null
  }) => string
  readonly otherFinding: string
  readonly warning: string
  readonly wholeInput: string
  readonly line: (line: number, column: number | null) => string
  readonly fill: (unit: string, example: string) => string
}

/** Names of approvals and their parts. */
export interface ApprovalTexts {
  readonly names: Texts<ApprovalName>
  readonly outcomes: Texts<ApprovalOutcome>
  readonly stageStatus: Texts<ApprovalStage['status']>
  readonly choices: Texts<VoteChoice>
  readonly modes: Texts<StageMode>
  readonly stances: Texts<OpinionStance>
  readonly changes: Texts<ElectorateChange['kind']>
  readonly seats: Texts<Approval['seats'][number]['origin']>
  readonly stages: Texts<StageName>
  readonly delegationFaults: Texts<DelegationFault>
}

/** The values that a person picks in a form. */
export interface ChoiceTexts {
  readonly about: Texts<ComplaintCommands['open']['about']>
  readonly disposition: Texts<ComplaintCommands['decideReturn']['disposition']>
  readonly contactOutcome: Texts<ComplaintCommands['recordContact']['outcome']>
  readonly position: Texts<ComplaintCommands['addApprover']['position']>
  readonly appealBy: Texts<CommandsOf['tier-adjustment']['appeal']['by']>
  readonly confirmation: Texts<'confirmed' | 'unconfirmed'>
}

/**
 * Everything that is said in one language. A language is complete or does not compile: there is no `Partial` and no falling back to another.
 */
export interface Catalogue {
  readonly grammar: Grammar
  readonly kinds: Texts<Kind>
  readonly states: {
    readonly complaint: Texts<ComplaintState>
    readonly 'tier-adjustment': Texts<TierAdjustmentState>
    readonly account: Texts<AccountState>
  }
  readonly commands: CommandTexts
  readonly fields: Texts<FieldName>
  readonly ambiguousFields: Texts<AmbiguousField>
  readonly things: Texts<RequiredThing>
  readonly choices: ChoiceTexts
  readonly roles: Texts<Exclude<RoleName, Department>>
  readonly departments: Texts<Department>
  readonly channels: Texts<Channel>
  readonly severities: Texts<Severity>
  readonly pauseReasons: Texts<PauseReason>
  readonly reworkNatures: Texts<ReworkNature>
  readonly clocks: Texts<ClockName>
  readonly clock: ClockTexts
  readonly noDueReasons: Texts<NoDueReason>
  readonly rules: Texts<TextRule>
  readonly refusals: RefusalTexts
  readonly remedies: RemedyTexts
  readonly errors: ErrorTexts
  readonly effects: EffectTexts
  readonly entries: EntryTexts
  readonly approvals: ApprovalTexts
  readonly scoring: ScoringTexts
}
