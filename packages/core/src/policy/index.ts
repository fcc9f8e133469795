export { approvalSchemeSchema, approvalStageSchema, type ApprovalSchemeSpec, type ApprovalStageSpec } from './approval-scheme.ts'
export { checkPolicy, loadPolicy, type LoadPolicyOptions, type PolicyCheck } from './load.ts'
export { isCurrencyInUse } from './currencies.ts'
export { cycleById, cycleOf, cyclesBetween, nextCycle, previousCycle, type Cycle, type CycleRule } from './cycle.ts'
export { convert, type ExchangeRate } from './exchange.ts'
export {
  budgetSchema,
  budgetUnits,
  currencySchema,
  formatBudget,
  formatMoney,
  idSchema,
  labelsSchema,
  localDateSchema,
  meets,
  minorDigits,
  moneySchema,
  parseMoney,
  perTier,
  roleSchema,
  threshold,
  tiers,
  tierSchema,
  type Budget,
  type BudgetUnit,
  type Labels,
  type Money,
  type Operator,
  type Threshold,
  type Tier,
} from './parts.ts'
export { pinOf } from './policy-hash.ts'
export { adventureWorks, demoDirectory, distributorIntl, manufacturerCn, onlineRetail, presets } from './presets/index.ts'
export {
  admissionCriteria,
  changeDimensions,
  changeDimensionSchema,
  type AdmissionCriterion,
  type ChangeDimension,
} from './schema-accounts.ts'
export { hardenPolicy } from './harden.ts'
export {
  applyFixes,
  flag,
  lintChecks,
  lintCodes,
  lintTexts,
  type LintCheck,
  type LintCode,
  type LintData,
  type LintKind,
  type LintOptions,
  type LintText,
  type LintTexts,
  type LintWords,
  type PeopleData,
  type PortfolioData,
  type TierData,
  type TimeData,
} from './lint/index.ts'
export { nearest, readIssue } from './findings/index.ts'
export {
  reading,
  readingTexts,
  type CommandReadingData,
  type NotPlain,
  type ReadingData,
  type Readings,
  type ReadingText,
  type TextsOf,
  type ValueKind,
  type YamlSlip,
} from './readings/index.ts'
export { formats, objection, type FormatName } from './parts.ts'
export { placeholder, policySchema, type Policy, type PolicyInput, type PolicyPin } from './schema.ts'
export { formatPath, type Path, type PolicyFormat } from './source/index.ts'
export { policyTemplate, type TemplateOptions } from './template.ts'
export { parameterAt, parameters, parametersOf, type Parameter } from './clauses.ts'
export { exampleIn } from './example-in.ts'
export { units, type Unit } from './units.ts'
export { affectedHead, namedRoles, relativeRoles } from './roles.ts'
export { choicesOf, placeAt, policyJsonSchema, type Place, type PolicyJsonSchemaOptions } from './schema-json/index.ts'
export {
  applyPolicyDiff,
  diffPolicies,
  type AddedValue,
  type ChangedValue,
  type ChangePath,
  type MovedItem,
  type PolicyChange,
  type RemovedValue,
} from './diff/index.ts'
