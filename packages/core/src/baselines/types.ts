import type { Money } from '../policy/index.ts'
import type { Milestone, Resource } from './schema.ts'

/**
 * One difference between two baselines: which dimension of the project it touches, where, and what it was and becomes. `null`: not there. Measures are
 * computed once, when the difference is, since the calendar that gave them may change later.
 */
export type DiffEntry =
  | { readonly dimension: 'scope'; readonly path: 'scope'; readonly before: string; readonly after: string }
  | { readonly dimension: 'quality'; readonly path: 'qualityStandard'; readonly before: string; readonly after: string }
  | {
      readonly dimension: 'schedule'
      readonly path: 'endDate'
      readonly before: string
      readonly after: string
      /** Working days of delay, as the calendar knows them; negative when the end comes earlier. */
      readonly workingDays: number
    }
  | {
      readonly dimension: 'schedule'
      /** `milestones.<id>` */
      readonly path: `milestones.${string}`
      readonly before: Milestone | null
      readonly after: Milestone | null
      /** Working days of delay; `null` where the milestone comes or goes. */
      readonly workingDays: number | null
    }
  | {
      readonly dimension: 'cost'
      /** `resources.<name>` */
      readonly path: `resources.${string}`
      readonly before: Resource | null
      readonly after: Resource | null
    }
  | {
      readonly dimension: 'cost'
      readonly path: 'budget'
      readonly before: Money
      readonly after: Money
      /** Percent of the budget before, rounded to four decimals; `null` where it cannot be said: another currency, or a budget of nothing. */
      readonly share: number | null
    }

/** The differences between two baselines, in a fixed order; none: they say the same. */
export type BaselineDiff = readonly DiffEntry[]

/** Why a change is major [decision 10]. `limit` is the policy's, in percent or in working days. */
export type MajorReason =
  | { readonly because: 'scope' }
  | { readonly because: 'qualityStandard' }
  | { readonly because: 'currency' }
  | { readonly because: 'budget'; readonly share: number | null; readonly limit: number }
  | { readonly because: 'endDate'; readonly workingDays: number; readonly limit: number }

/** How much a change weighs, and all reasons why. */
export interface ClassOfChange {
  readonly class: 'minor' | 'major'
  readonly reasons: readonly MajorReason[]
}
