import type { Money, Operator, Threshold, Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import { minorOf } from '../measures/minor-of.ts'
import { floorsOf, type TierFloors } from './tier-floors.ts'

/** A limit that a shortfall can name. */
export interface Limit {
  readonly op: Operator
  readonly value: number
  readonly parameter: string
  readonly clause: string
}

/** What one tier asks of each factor [TIER-02 … TIER-04]. D asks nothing: who meets nothing else is D [TIER-05]. */
export interface TierLimits {
  readonly amount: Limit
  readonly frequency: Limit
  readonly score: Limit
  readonly years: Limit
  readonly disputes: Limit
}

/** The tier part of a policy, prepared for the loop: thresholds as plain numbers in the policy's currency. */
export interface TierRules {
  readonly A: TierLimits
  readonly B: TierLimits
  readonly C: TierLimits
  /** The same limits for the loop. */
  readonly floors: TierFloors
  readonly combine: Policy['tier']['combine']
  readonly atLeast: number
  /** A missing judgement holds the review once, or the known factors are weighed at once. */
  readonly missingData: Policy['tier']['missingData']
  readonly weights: Policy['tier']['weights']
  readonly cutoffA: number
  readonly cutoffB: number
  readonly cutoffC: number
  readonly band: number
  readonly gates: Policy['tier']['gates']
  readonly provisional: Policy['tier']['provisional']
}

/** Removes the noise of decimal arithmetic, so that 3 × (1 − 0.2) is 2.4; never −0. */
export const exact = (value: number): number => Math.round(value * 1e9) / 1e9 + 0

/**
 * Prepares a policy's tier rules once for any number of accounts.
 *
 * @throws GovernanceError `missing_rate` when an amount stands in another currency than the policy's and no rate is given.
 * @example
 * ```ts
 * const rules = compileTierRules(policy)
 * rules.C.frequency // => { op: '>=', value: 4, parameter: 'tier.C.frequency.aboutPerYear', clause: 'P-16' }
 * ```
 */
export function compileTierRules(policy: Policy): TierRules {
  const { tier } = policy
  const money = (m: Money): number => minorOf(m, policy)
  const limit = (t: Threshold, parameter: string, clause: string): Limit => ({ op: t.op, value: t.value, parameter, clause })
  const from = (value: number, parameter: string, clause: string): Limit => ({ op: '>=', value, parameter, clause })
  const about = (value: number): number => exact(value * (1 - tier.tolerance / 100))
  const score = (t: 'A' | 'B' | 'C', clause: string): Limit => from(tier.judged[t], `tier.judged.${t}`, clause)
  const disputes = (t: 'A' | 'B' | 'C'): Limit => ({
    op: '<=',
    value: tier[t].disputes.max ?? Number.MAX_SAFE_INTEGER,
    parameter: `tier.${t}.disputes.max`,
    clause: 'I-04',
  })
  const A: TierLimits = {
    amount: from(money(tier.A.amount.min), 'tier.A.amount.min', 'P-07'),
    frequency: limit(tier.A.frequency.minPerMonth, 'tier.A.frequency.minPerMonth', 'P-08'),
    score: score('A', 'TIER-02'),
    years: limit(tier.A.relationship.minYears, 'tier.A.relationship.minYears', 'P-09'),
    disputes: disputes('A'),
  }
  const B: TierLimits = {
    amount: from(money(tier.B.amount.range.from), 'tier.B.amount.range', 'P-11'),
    frequency: limit(tier.B.frequency.minPerQuarter, 'tier.B.frequency.minPerQuarter', 'P-12'),
    score: score('B', 'TIER-03'),
    years: limit(tier.B.relationship.minYears, 'tier.B.relationship.minYears', 'P-13'),
    disputes: disputes('B'),
  }
  const C: TierLimits = {
    amount: from(money(tier.C.amount.range.from), 'tier.C.amount.range', 'P-15'),
    frequency: from(about(tier.C.frequency.aboutPerYear), 'tier.C.frequency.aboutPerYear', 'P-16'),
    score: score('C', 'TIER-04'),
    years: from(about(tier.C.relationship.aboutYears), 'tier.C.relationship.aboutYears', 'P-17'),
    disputes: disputes('C'),
  }
  return {
    A,
    B,
    C,
    floors: floorsOf(A, B, C, tier.gates),
    combine: tier.combine,
    atLeast: tier.atLeast,
    missingData: tier.missingData,
    weights: tier.weights,
    cutoffA: tier.cutoffs.A,
    cutoffB: tier.cutoffs.B,
    cutoffC: tier.cutoffs.C,
    band: tier.band,
    gates: tier.gates,
    provisional: tier.provisional,
  }
}

/** 4 = A … 1 = D; 0 = not known. */
export type Rank = 0 | 1 | 2 | 3 | 4

export const rankOf = (tier: Tier): Rank => (tier === 'A' ? 4 : tier === 'B' ? 3 : tier === 'C' ? 2 : 1)

export const tierAt = (rank: number): Tier => (rank >= 4 ? 'A' : rank === 3 ? 'B' : rank === 2 ? 'C' : 'D')
