export {
  accountFactsSchema,
  judgedConditions,
  judgedFactors,
  surveyWords,
  type AccountFacts,
  type Dispute,
  type ExcusedDrop,
  type JudgedAnswer,
  type JudgedCondition,
  type JudgedFactor,
  type Judgement,
  type LatePayment,
  type Purchase,
} from './facts.ts'
export type {
  Absence,
  AppliedGate,
  Block,
  Change,
  Classification,
  Condition,
  ConditionReason,
  CurrentStanding,
  DateSpan,
  EarlierClassification,
  EarlyWarning,
  ExplanationStep,
  Factor,
  FactorPart,
  MissingDatum,
  Recommendation,
  ReviewCycle,
  RuleName,
  RuleOutcome,
  Shortfall,
  TrendMeasures,
  TwoCycles,
  Warning,
} from './types.ts'
export { mergeFacts } from './merge-facts.ts'
export { recommendTier } from './recommend-tier.ts'
export { type RecommendInput } from './review-account.ts'
export { classifyAccounts, type ClassifiedAccount } from './tier/classify-accounts.ts'
export { classifyTier } from './tier/classify-tier.ts'
export { measureTier, type TierMeasures } from './tier/tier-measures.ts'
export { tierOf } from './tier/tier-of.ts'
export { compileTierRules, type Limit, type TierLimits, type TierRules } from './tier/tier-rules.ts'
export { compareCurrencies, type CurrencyComparison } from './trend/compare-currencies.ts'
export { seasonsOf, type SeasonalMonth, type Seasons } from './trend/seasons.ts'
export { growth } from './trend/growth.ts'
export { measureTrend } from './trend/measure-trend.ts'
export { indexPurchases, purchasesIn, type PurchaseIndex } from './measures/purchase-index.ts'
export { netAmount } from './measures/net-amount.ts'
export { hotTopics, type ComplaintTopic, type HotTopics, type TopicCount } from './complaints/hot-topics.ts'
export {
  admissionMeasureNames,
  admissionMeasures,
  admissionScore,
  type AdmissionFindings,
  type AdmissionGrade,
  type AdmissionMeasure,
  type AdmissionMeasures,
  type AdmissionPart,
  type AdmissionReason,
  type AdmissionScore,
  type AdmissionShortfall,
} from './admission/index.ts'
export { smallestLifts, type Lever, type Lift, type LiftChange } from './tier/smallest-lifts.ts'
export { weightedScale, type Indicator, type ScalePart, type ScaleResult } from './scales/weighted-scale.ts'
export { kaGradeOf, type GradeMeasures, type GradeTerms, type KaGrade } from './scales/ka-grade.ts'
export { gradeAccount, compileGrade, type AccountGrade } from './scales/grade-account.ts'
export { serviceLevelOf, type ServiceLevel } from './scales/service-level.ts'
export { scalesOf, type ScaleName, type ScaleReading } from './scales/scales-of.ts'
export { classifyKeyAccount, compileClasses, type ClassedAccount } from './classes/classify-key-account.ts'
export { kaClassesOf, type ClassCondition, type ClassMeasures, type ClassResult, type ClassRule } from './classes/ka-classes.ts'
export { needSegmentOf, needSegments, type NeedMeasures, type NeedResult, type NeedSegment } from './segments/need-segment.ts'
export { segmentAccount, type SegmentedAccount } from './segments/segment-account.ts'
export { compileValue, valueAccount, type ValuedAccount } from './value/value-account.ts'
export { accountValueOf, type AccountValue, type ValueMeasures, type ValueTerms } from './value/account-value.ts'
export { abcOf, type AbcCuts, type AbcItem } from './value/abc.ts'
export { lifetimeValue, type LifetimeTerms, type LifetimeValue } from './value/lifetime-value.ts'
export {
  rfmOf,
  rfmSegment,
  rfmThresholds,
  type RfmMeasures,
  type RfmScores,
  type RfmSegment,
  type RfmThresholds,
} from './value/rfm.ts'
export { compileRebate } from './rebate/compile-rebate.ts'
export { rebateBase, type RebateBaseOfFamily } from './rebate/rebate-base.ts'
export { rebateAccount, type FamilyRebate, type RebateStatement } from './rebate/rebate-account.ts'
export { rebateOf, type Rebate, type RebateBase, type RebateBracket, type RebatePart, type RebateTerms } from './rebate/rebate.ts'
export { type Ratio } from './kpi/ratio.ts'
export { satisfactionOf, type SurveyAnswer } from './kpi/satisfaction.ts'
export { retentionOf, upgradeRateOf, type CohortMember, type Retention, type UpgradeRate } from './kpi/cohort.ts'
export { timelinessOf, type TimedComplaint } from './kpi/timeliness.ts'
export { kpiReport, type KpiFigure, type KpiRecords, type KpiReport } from './kpi/kpi-report.ts'
export {
  incentiveInputs,
  type Expansion,
  type IncentiveInputs,
  type TeamAccount,
  type TeamGoals,
} from './incentive/incentive-inputs.ts'
export { warningOf, warnPortfolio, type PortfolioWarning, type StandingAccount } from './warn-portfolio.ts'
export { accountCard, type AccountCard } from './account-card.ts'
