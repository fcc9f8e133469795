import type { LintData } from './check-data.ts'
import { formatBudget, formatMoney, type Budget, type Money } from '../parts.ts'

/** How a language says the things that a finding is about. */
export interface LintWords {
  readonly budget: (budget: Budget) => string
  /** Budgets one after the other. */
  readonly budgets: (budgets: readonly Budget[]) => string
  readonly money: (money: Money) => string
  readonly number: (value: number) => string
  /** Money, or a quantity in the policy's own unit. */
  readonly amount: (value: number | Money) => string
  /** The parameter at a path. */
  readonly place: (path: string) => string
  /** A name that a person gave: of a role, a department, a calendar. */
  readonly name: (text: string) => string
  readonly names: (texts: readonly string[]) => string
  readonly date: (date: string) => string
}

/** A number with what it counts, in English. */
export const counted = (n: number, thing: string, w: LintWords): string => `${w.number(n)} ${thing}${n === 1 ? '' : 's'}`

/** What is wrong, and what to do. */
export type LintText = readonly [message: string, remedy: string]

/** The text of every check in one language; a check without one does not compile. */
export type LintTexts = { readonly [C in keyof LintData]: (data: LintData[C], words: LintWords) => LintText }

const number = (value: number): string => String(Math.round(value * 1000) / 1000)

/** The words of findings as they are made: paths, ids and amounts as they stand in the document. */
export const documentWords: LintWords = {
  budget: formatBudget,
  budgets: (budgets) => budgets.map(formatBudget).join(' + '),
  money: formatMoney,
  number,
  amount: (value) => (typeof value === 'number' ? number(value) : formatMoney(value)),
  place: (path) => path,
  name: (text) => text,
  names: (texts) => texts.join(', '),
  date: (date) => date,
}
