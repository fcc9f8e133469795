import type { AccountFacts } from '@ka-governance/core'

/** A factor that a person grades from 0 to 100. */
export type JudgedFactor = keyof AccountFacts['judgements']
/** A yes-or-no answer that an up or down rule asks of a person. */
export type JudgedCondition = keyof NonNullable<AccountFacts['conditions']>

// Records rather than lists: one that core adds or drops does not compile.
const factors: { readonly [factor in JudgedFactor]: true } = {
  potential: true,
  influence: true,
  willingness: true,
  loyalty: true,
}
const conditions: { readonly [condition in JudgedCondition]: true } = {
  potentialUp: true,
  loyaltyVeryHigh: true,
  potentialRealised: true,
  goodRelations: true,
  potentialDown: true,
  noRecovery: true,
  disputeUnsettled: true,
  potentialStagnant: true,
  stabilityWorse: true,
  willingnessLower: true,
  complaintsUnresolved: true,
  potentialGone: true,
  relationBreaking: true,
}

/** Factors that a person grades from 0 to 100. */
export const judgedFactors = Object.keys(factors) as readonly JudgedFactor[]
/** Yes-or-no answers that up and down rules ask of a person. */
export const judgedConditions = Object.keys(conditions) as readonly JudgedCondition[]
