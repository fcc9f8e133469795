export type {
  ApprovalTexts,
  Catalogue,
  ChoiceTexts,
  EffectTexts,
  EntryTexts,
  ErrorTexts,
  Grammar,
  LocalTime,
} from './catalogue.ts'
export type { DocumentTexts, HelpTexts, InboxTexts, RolloutTexts } from './catalogue-forms.ts'
export type { DriftTexts } from './catalogue-drift.ts'
export type { SimulationTexts } from './catalogue-simulation.ts'
export type { AdmissionTexts, ClockTexts, ScoringTexts, Texts } from './catalogue-parts.ts'
export { formatBudgetIn, formatDuration, formatMoneyIn, formatNumber } from './amounts.ts'
export { formatAdmissionScore } from './format-admission-score.ts'
export { formatClockExplanation } from './format-clock-explanation.ts'
export { formatDrift } from './format-drift.ts'
export { formatEffect } from './format-effect.ts'
export { formatEntry } from './format-entry.ts'
export { formatError } from './format-error.ts'
export { formatFieldName } from './format-field-name.ts'
export { formatFinding } from './format-finding.ts'
export { formatInboundVerdict } from './format-inbound-verdict.ts'
export { formatOptionsOf } from './format-options.ts'
export {
  formatPolicyDiff,
  formatPolicyPlace,
  formatPolicyText,
  policyValues,
  renderPolicy,
  type FormatPolicyDiffOptions,
  type PolicyDocument,
  type PolicyParagraph,
  type PolicySection,
  type PolicySources,
  type PolicyTable,
  type PolicyValue,
} from './policy/index.ts'
export { formatRecommendation } from './format-recommendation.ts'
export { formatRefusal } from './format-refusal.ts'
export { formatSimulation } from './format-simulation.ts'
export { formatStateName } from './format-state-name.ts'
export { formatRollout } from './format-rollout.ts'
export { harmless } from './harmless.ts'
export { localeOf, locales, type Locale } from './locale.ts'
export { textOf } from './text-of.ts'
export { formatInstant, formatLocalDate, type InstantOptions } from './time.ts'
export { type FormatOptions, type Words } from './words.ts'
