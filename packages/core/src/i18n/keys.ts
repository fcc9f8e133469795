import type * as common from '../definition/common-commands.ts'
import type * as resolveDrift from '../definition/resolve-drift.ts'
import type * as accountRules from '../ledgers/account/rules.ts'
import type { AccountCommands } from '../ledgers/account/commands.ts'
import type * as projectRules from '../ledgers/project/rules.ts'
import type { PolicyLedgerCommands } from '../ledgers/policy/commands.ts'
import type { ProjectCommands } from '../ledgers/project/commands.ts'
import type { base } from '../policy/presets/base.ts'
import type { namedRoles, relativeRoles } from '../policy/roles.ts'
import type { Recommendation } from '../scoring/index.ts'
import type { AdmissionCommands } from '../workflows/admission/commands.ts'
import type * as admissionRules from '../workflows/admission/rules.ts'
import type { ComplaintCommands } from '../workflows/complaint/commands.ts'
import type * as complaintRules from '../workflows/complaint/rules.ts'
import type { PolicyPublicationCommands } from '../workflows/policy-publication/commands.ts'
import type * as policyPublicationRules from '../workflows/policy-publication/rules.ts'
import type { ProjectChangeCommands } from '../workflows/project-change/commands.ts'
import type * as projectChangeRules from '../workflows/project-change/rules.ts'
import type { TierAdjustmentCommands } from '../workflows/tier-adjustment/commands.ts'
import type * as tierAdjustmentRules from '../workflows/tier-adjustment/rules.ts'

export {
  clockNames,
  messageNames,
  customerMessageNames,
  formNames,
  taskNames,
  type ClockName,
  type MessageName,
  type CustomerMessageName,
  type FormName,
  type TaskName,
} from './keys-names.ts'

/**
 * What needs a text. Names that types know are derived from them, so that a new command, state or rule without a text does not compile. Names that
 * machines hold as plain strings are listed here; `walk.test.ts` walks machines, definitions and sources and demands each of them.
 */
export type CommandsOf = {
  readonly admission: AdmissionCommands & common.CommonCommands
  readonly complaint: ComplaintCommands & common.CommonCommands
  readonly 'tier-adjustment': TierAdjustmentCommands & common.CommonCommands
  readonly account: AccountCommands & Omit<common.CommonCommands, 'relocate'>
  readonly project: ProjectCommands & common.CommonCommands
  readonly 'project-change': ProjectChangeCommands & common.CommonCommands
  readonly policy: PolicyLedgerCommands & Omit<common.CommonCommands, 'redact' | 'relocate'>
  readonly 'policy-publication': PolicyPublicationCommands & Omit<common.CommonCommands, 'redact' | 'relocate'>
}
export type Kind = keyof CommandsOf

type AnyCommandOf<K extends Kind> = CommandsOf[K][keyof CommandsOf[K]]

/** Names of all fields inside a value, lists and nested objects included. A recommendation is a document of its own. */
type FieldsIn<T> = T extends Recommendation
  ? never
  : T extends readonly (infer Item)[]
    ? FieldsIn<Item>
    : T extends object
      ? { [Name in keyof T & string]: Name | FieldsIn<T[Name]> }[keyof T & string]
      : never

/** Every form field of every command. */
export type CommandField = Exclude<{ [K in Kind]: FieldsIn<AnyCommandOf<K>> }[Kind], 'type'>

/** Fields of projections that are no fields of a command. */
export const projectionOnlyFields = [
  'exception',
  'returns',
  'conditionsOpen',
  'round',
  'confirmation',
  'recommended',
  'proposed',
  'decided',
  'override',
  'lastCycle',
  'group',
  'contractUntil',
  'changeClass',
  'appliedVersion',
  'changesBack',
  'breach',
  'scheduled',
] as const

/** Parts of a record that holds an inbound command. */
export const inboundFields = ['form', 'kind', 'command', 'type', 'actor', 'expectedVersion'] as const
export type FieldName = CommandField | (typeof projectionOnlyFields)[number] | (typeof inboundFields)[number]

/** Fields whose meaning depends on the command. */
export type AmbiguousField =
  | 'transferVote.to'
  | 'replaceElector.to'
  | 'replaceElector.person'
  | 'addApprover.person'
  | 'appeal.by'
  | 'claimAdjustment.by'
  | 'releaseAdjustment.by'
  | 'changeTier.by'
  | 'startExit.by'
  | 'waitForCustomer.reason'
  | 'checkPrevention.effective'
  | 'recordContact.at'
  | 'releaseAdmission.by'
  | 'releaseAdmission.outcome'
  | 'admit.by'
  | 'recordCreditCode.by'
  | 'recordTeam.by'
  | 'establish.by'
  | 'establish.from'
  | 'establish.to'
  | 'establish.conditions'
  | 'inheritTier.from'
  | 'absorb.from'
  | 'tellMore.about'
  | 'close.because'
  | 'split.accountId'
  | 'changeParent.parentId'
  | 'callMeeting.departments'
  | 'sign.to'
  | 'adopt.contract.to'
  | 'renew.contract.to'
  | 'sign.clauses.content'
  | 'adopt.team'
  | 'recordTeam.team'
  | 'handover.to'
  | 'nameManager.to'
  | 'openChangeBack.of'
  | 'applyChange.by'
  | 'ratifyBaseline.by'
  | 'supersede.by'
  | 'changedBack.by'
  | 'changeBackFailed.by'
  | 'resolveDrift.decision'

/** What a rule can miss that is no field of its command. */
export const requiredThings = ['meeting', 'reworkResult', 'another complaint', 'another change'] as const
export type RequiredThing = (typeof requiredThings)[number]

type RulesOf<Module> = Extract<keyof Module, `may${string}`>

/** Rules outside the rule tables: of the gate, of approvals and of the idempotency key. */
export const gateRules = [
  'mayInThisState',
  'mayWithRole',
  'mayCheckOthersWork',
  'mayJudgeWhatWasSeen',
  'mayReuseKeyForSameCommand',
  'mayActOnExpectedVersion',
  'mayActForAnother',
  'mayDecide',
  'mayReviewAdopted',
  'mayReachRequired',
  'mayVoteWithoutConditions',
  'mayOpenUnderPolicyInForce',
  'mayCheckUsablePolicy',
  'mayRecordSimulation',
] as const
export type TextRule =
  | RulesOf<typeof common>
  | RulesOf<typeof resolveDrift>
  | RulesOf<typeof admissionRules>
  | RulesOf<typeof complaintRules>
  | RulesOf<typeof tierAdjustmentRules>
  | RulesOf<typeof accountRules>
  | RulesOf<typeof projectRules>
  | RulesOf<typeof projectChangeRules>
  | RulesOf<typeof policyPublicationRules>
  | (typeof gateRules)[number]

export type Department = keyof typeof base.departments | 'quality' | 'kaGroup'
export type RoleName =
  (typeof namedRoles)[number] | (typeof relativeRoles)[number] | 'system' | 'electors' | 'copied' | '*' | Department
export type Channel = keyof typeof base.complaint.channels
export type Severity = (typeof base.complaint.severities)[number]['id']
export type PauseReason = keyof typeof base.sla.pauseReasons
export type ReworkNature = keyof typeof base.complaint.reworkNatures
export type StageName = (typeof base.approval)[keyof typeof base.approval]['stages'][number]['id']
type ApprovalOf<Command> = Command extends { readonly type: 'vote'; readonly approval: infer Name extends string } ? Name : never
export type ApprovalName = { [K in Kind]: ApprovalOf<AnyCommandOf<K>> }[Kind]

/** Effects by type; hosts may add their own, which are shown verbatim. */
export const effectTypes = [
  'notify',
  'tellCustomer',
  'createTask',
  'fileDocument',
  'command',
  'clockRung',
  'eraseDocuments',
  'publishPolicy',
] as const
export type EffectType = (typeof effectTypes)[number]

/** Why an instance has no due instant. */
export const noDueReasons = [
  'closed',
  'breached',
  'lessons',
  'committee',
  'marketingDecides',
  'deliveries',
  'exitChecklist',
  'nextReview',
  'noApplication',
  'admission',
  'suspension',
  'planToCome',
  'projectRuns',
  'ledgerAnswers',
  'changeBack',
  'draftToSubmit',
  'ledgerTakesForce',
  'policyHolds',
  'noVersionScheduled',
] as const
export type NoDueReason = (typeof noDueReasons)[number]

/** Why a promise of a clock was made. */
export const promiseReasons = ['start', 'restart', 'tier', 'priority', 'policy'] as const
export type PromiseReason = (typeof promiseReasons)[number]

/** Conditions of the up and down rules that are numbers; the judged ones are `JudgedCondition`. */
export const numberConditions = [
  'amountGrowth',
  'amountGrowthBefore',
  'amountGrowthTwoCycles',
  'frequencyGrowth',
  'frequencyGrowthBefore',
  'frequencyGrowthTwoCycles',
  'frequencyIncrease',
  'amountDrop',
  'amountDropBefore',
  'amountDropTwoCycles',
  'amountFalling',
  'amountFallingBefore',
  'cumulativeDrop',
  'frequencyDrop',
  'purchasesPerYear',
  'latePayments',
  'contactAttempts',
  'class',
  'classBefore',
] as const
export type NumberCondition = (typeof numberConditions)[number]

/** What can be wrong with a delegation. */
export const delegationFaults = [
  'none',
  'notInForce',
  'tooLong',
  'toBarredPerson',
  'votesForAnother',
  'electorOfTheStage',
  'twoElectors',
  'votesOnly',
] as const
export type DelegationFault = (typeof delegationFaults)[number]

/** Kinds of findings in an input. Those of zod's own issues are for the forms of hosts. */
export const findingCodes = [
  'unset',
  'missing',
  'type',
  'value',
  'unknown_key',
  'unknown_command',
  'shape',
  'opening',
  'not_taken_here',
  'changed_by_another',
  'unknown_reference',
  'unrecognized_keys',
  'invalid_type',
  'invalid_value',
  'invalid_format',
  'invalid_union',
  'too_small',
  'too_big',
  'custom',
  'order',
  'gap',
  'overlap',
  'sum',
  'differ',
  'contradiction',
  'duplicate',
  'empty',
  'ladder',
  'empty_electorate',
  'unreachable_quorum',
  'nobody_told',
  'published',
  'too_large',
  'too_long',
  'too_short',
  'too_deep',
  'too_many_aliases',
  'alias',
  'syntax',
  'duplicate_key',
  'reserved_key',
  'not_plain',
  'not_json',
  'not_loaded',
  'zone',
  'date',
  'time',
  'format',
  'coverage',
  'length',
  'no_hours',
  'currency',
  'time_zone',
  'calendar_coverage',
  'holiday_set',
  'makeup_hours',
  'week',
  'unused',
  'no_effect',
  'unreachable',
  'too_many_findings',
] as const
export type FindingCode = (typeof findingCodes)[number]
