import type { Budget, Money } from '../parts.ts'
import type { KnownPolicy } from './lint.ts'

/** A budget of which parts may be missing. */
export type BudgetPart = { readonly [K in keyof Budget]?: Budget[K] | undefined } | undefined

/** The budget when it is whole. */
export const knownBudget = (budget: BudgetPart): Budget | undefined =>
  budget?.amount === undefined || budget.unit === undefined ? undefined : { amount: budget.amount, unit: budget.unit }

/** An amount of which parts may be missing. */
export type MoneyPart = { readonly [K in keyof Money]?: Money[K] | undefined } | undefined

/** The amount when it is whole. */
export const knownMoney = (money: MoneyPart): Money | undefined =>
  money?.currency === undefined || money.minor === undefined ? undefined : { currency: money.currency, minor: money.minor }

/** An approval scheme of which parts may be missing. */
export type SchemePart = NonNullable<KnownPolicy['approval']>[keyof NonNullable<KnownPolicy['approval']>]

/** The time-outs that run one after the other: all stages in order, each by itself where they run in parallel. */
export const timeouts = (scheme: SchemePart): readonly (readonly Budget[])[] => {
  const known = (scheme?.stages ?? []).flatMap((stage) => knownBudget(stage?.timeout) ?? [])
  if (known.length === 0) return []
  return scheme?.order === 'parallel' ? known.map((budget) => [budget]) : [known]
}

/** Budgets of one unit in one; `undefined` where they have several. */
export function together(budgets: readonly Budget[]): Budget | undefined {
  const [first] = budgets
  if (first === undefined || budgets.some((b) => b.unit !== first.unit)) return undefined
  return { amount: Math.round(budgets.reduce((sum, b) => sum + b.amount, 0) * 1e9) / 1e9, unit: first.unit }
}
