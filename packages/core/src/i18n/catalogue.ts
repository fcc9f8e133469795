import type {
  Approval,
  ApprovalOutcome,
  ApprovalStage,
  ElectorateChange,
  OpinionStance,
  StageMode,
  VoteChoice,
} from '../approvals/index.ts'
import type { CalendarIssueData } from '../calendar/index.ts'
import type { ErrorCode, Refusal, RefusalCode, Remedy } from '../errors/index.ts'
import type { AccountState } from '../ledgers/account/types.ts'
import type { PolicyLedgerState } from '../ledgers/policy/types.ts'
import type { ProjectState } from '../ledgers/project/types.ts'
import type { BudgetUnit, ChangeDimension, LintTexts, Readings, TextsOf, Tier } from '../policy/index.ts'
import type { DocumentTexts, HelpTexts, InboxTexts, RolloutTexts } from './catalogue-forms.ts'
import type { DriftTexts } from './catalogue-drift.ts'
import type { SimulationTexts } from './catalogue-simulation.ts'
import type { AdmissionTexts, ClockTexts, ScoringTexts, Texts } from './catalogue-parts.ts'
import type { ComplaintCommands } from '../workflows/complaint/commands.ts'
import type { AdmissionState } from '../workflows/admission/types.ts'
import type { ComplaintState } from '../workflows/complaint/types.ts'
import type { PolicyPublicationState } from '../workflows/policy-publication/types.ts'
import type { Magnitude, ProjectChangeState } from '../workflows/project-change/types.ts'
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
  PauseReason,
  RequiredThing,
  ReworkNature,
  RoleName,
  Severity,
  StageName,
  TaskName,
  TextRule,
} from './keys.ts'
import type { Words } from './words.ts'

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
  /** Things one after the other, without a word between them. */
  readonly series: (items: readonly string[]) => string
  /** The last item of a list that was cut. */
  readonly more: (count: number) => string
  readonly pair: (name: string, value: string) => string
  readonly remark: (text: string) => string
  readonly sentence: (text: string) => string
  readonly sentences: (texts: readonly string[]) => string
  readonly yes: string
  readonly no: string
  readonly nothing: string
  /** Stands for a personal text that was erased. */
  readonly erased: string
  /** Stands for a personal text in a journal, which holds none. */
  readonly sealed: string
  readonly date: (at: LocalTime, weekday: boolean) => string
  readonly time: (at: LocalTime, seconds: boolean) => string
  readonly dateTime: (date: string, time: string) => string
  readonly money: (amount: string, currency: string) => string
  /** Parts are hours, minutes, seconds; zero ones are left out. */
  readonly duration: (hours: string | null, minutes: string | null, seconds: string | null) => string
  readonly budget: { readonly [U in BudgetUnit]: (amount: string) => string }
  readonly days: (count: string) => string
  readonly tier: (tier: Tier | 'exit') => string
  /** A role inside a sentence. */
  readonly role: (name: string) => string
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

/** Texts of what happens outside because of a step. */
export interface EffectTexts {
  readonly types: Texts<EffectType>
  readonly messages: Texts<MessageName>
  readonly customerMessages: Texts<CustomerMessageName>
  readonly tasks: Texts<TaskName>
  readonly forms: Texts<FormName>
  readonly serviceLevels: Texts<'1' | '2' | '3'>
  readonly serviceLevel: (level: string) => string
  readonly notify: (to: string, message: string) => string
  readonly tellCustomer: (message: string) => string
  readonly createTask: (who: string, task: string) => string
  readonly fileDocument: (form: string) => string
  readonly command: (command: string, kind: string, instance: string | null) => string
  readonly clockRung: (kind: string, clock: string, due: string, to: string) => string
  readonly eraseDocuments: (count: string) => string
  readonly publishPolicy: (policy: string, version: string) => string
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
  readonly findings: Texts<FindingCode>
  readonly finding: (parts: {
    readonly where: string
    readonly what: string
    readonly detail: string | null
    readonly remedy: string | null
  }) => string
  readonly otherFinding: string
  /** What only the English message of a finding tells. */
  readonly inEnglish: (message: string, remedy: string) => string
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
  readonly companySize: Texts<CommandsOf['admission']['submitRegistration']['size']>
  readonly aspect: Texts<'met' | 'doubtful' | 'notMet'>
  readonly dimension: Texts<ChangeDimension>
  readonly magnitude: Texts<Magnitude>
  readonly approvedAs: Texts<'minor' | 'major' | 'emergency'>
}

/**
 * Everything that is said in one language. A language is complete or does not compile: there is no `Partial` and no falling back to another.
 */
export interface Catalogue {
  readonly grammar: Grammar
  readonly kinds: Texts<Kind>
  readonly states: {
    readonly admission: Texts<AdmissionState>
    readonly complaint: Texts<ComplaintState>
    readonly 'tier-adjustment': Texts<TierAdjustmentState>
    readonly account: Texts<AccountState>
    readonly project: Texts<ProjectState>
    readonly 'project-change': Texts<ProjectChangeState>
    readonly policy: Texts<PolicyLedgerState>
    readonly 'policy-publication': Texts<PolicyPublicationState>
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
  readonly help: HelpTexts
  readonly documents: DocumentTexts
  readonly rollout: RolloutTexts
  readonly inbox: InboxTexts
  readonly drift: DriftTexts
  readonly simulation: SimulationTexts
  readonly approvals: ApprovalTexts
  readonly scoring: ScoringTexts
  readonly admission: AdmissionTexts
  /** What each check of a policy says, and what to do. */
  readonly lint: LintTexts
  /** What the reading of a policy, a calendar or a command says of what it cannot use, and what to do. */
  readonly readings: TextsOf<Readings & CalendarIssueData>
}
