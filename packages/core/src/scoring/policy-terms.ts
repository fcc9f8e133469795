import type { Money, Operator, Threshold, Tier } from '../policy/parts.ts'
import type { ClassMeasures } from './classes/ka-classes.ts'
import type { GradeMeasures } from './scales/ka-grade.ts'
import type { AbcCuts } from './value/abc.ts'
import type { ValueTerms } from './value/account-value.ts'
import type { LifetimeTerms } from './value/lifetime-value.ts'

/** A limit that may be an amount of money: on `annualMinor` only. */
export type ClassLimit = Threshold | { readonly op: Operator; readonly money: Money }

/**
 * What scoring reads of a policy beside its tiers: a loaded policy is one of these. Money is converted to the policy's currency when the terms are
 * compiled; percentages are 0–100 unless a name says otherwise.
 */
export type ScoringTerms = {
  /** The KA grade [TIER-06, I-05]. */
  readonly grade: {
    readonly weights: { readonly [M in keyof GradeMeasures]: number }
    /** Where 0 and 100 points of the measured indicators lie: net sales of a cycle, growth and satisfaction in percent. */
    readonly spans: {
      readonly sales: { readonly zero: Money; readonly full: Money }
      readonly growth: { readonly zero: number; readonly full: number }
      readonly satisfaction: { readonly zero: number; readonly full: number }
    }
    readonly cutoffs: { readonly A: number; readonly B: number; readonly C: number }
    /** Share of the judged indicators (loyalty, influence) in the weights, in percent. */
    readonly qualitativeShare: number
  }
  /** Shares of the team's incentive, in percent [INC-01, I-11]. */
  readonly incentive: {
    readonly sales: { readonly weights: { readonly sales: number; readonly expansion: number; readonly satisfaction: number } }
  }
  /** Rebates [INC-02, REB-01, I-12, I-13]. `from` is money where the basis is `amount`, a quantity where it is `quantity`. */
  readonly rebate: {
    readonly amountThreshold: Money
    readonly rate: number
    readonly basis: 'amount' | 'quantity'
    readonly method: 'marginal' | 'whole'
    readonly period: 'calendarYear'
    readonly brackets: readonly { readonly from: Money | number; readonly percent: number }[]
  }
  /** Targets of the KPIs in percent, and the months that they are reckoned over [I-21, I-43]. */
  readonly kpi: {
    readonly activeWithin: { readonly months: number }
    readonly period: { readonly months: number }
    readonly targets: {
      readonly satisfaction: number
      readonly retention: { readonly [T in Tier]: number }
      readonly upgrade: number
      readonly timeliness: number
    }
  }
  /** Conditions of the classes by id, those of `admission.classes` [CLS-02]: at least so many of the conditions, each on its own measure. */
  readonly classes: {
    readonly [id: string]: {
      readonly atLeast: number
      readonly conditions: { readonly [M in keyof ClassMeasures]?: ClassLimit | undefined }
    }
  }
  /** Value assessment [CLS-05]: what earns 100 points, and what counts how much. */
  readonly value: {
    readonly weights: ValueTerms['weights']
    readonly full: { readonly spend: Money; readonly purchasesPerYear: number; readonly lifetime: Money }
  }
  /** The lifetime value: `spend` above is that of one such period [CLS-05]. */
  readonly lifetime: LifetimeTerms
  /** Cuts of the ABC analysis, in percent of what all contribute [CLS-01, CLS-05]. */
  readonly abc: AbcCuts
  /** Need segments [CLS-04]: from which score a need counts, and by how much one must lead. */
  readonly segments: { readonly min: number; readonly margin: number }
}
