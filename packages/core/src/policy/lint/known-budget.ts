import type { Budget } from '../parts.ts'
import type { KnownPolicy } from './lint.ts'

/** A budget of which parts may be missing. */
export type BudgetPart = { readonly [K in keyof Budget]?: Budget[K] | undefined } | undefined

/** The budget when it is whole. */
export const knownBudget = (budget: BudgetPart): Budget | undefined =>
  budget?.amount === undefined || budget.unit === undefined ? undefined : { amount: budget.amount, unit: budget.unit }

/** An approval scheme of which parts may be missing. */
export type SchemePart = NonNullable<KnownPolicy['approval']>[keyof NonNullable<KnownPolicy['approval']>]

/** The time-outs that run one after the other: all stages in order, each by itself where they run in parallel. */
export const timeouts = (scheme: SchemePart): readonly (readonly Budget[])[] => {
  const known = (scheme?.stages ?? []).flatMap((stage) => knownBudget(stage?.timeout) ?? [])
  if (known.length === 0) return []
  return scheme?.order === 'parallel' ? known.map((budget) => [budget]) : [known]
}
