import { parameterAt, type LintWords } from '../policy/index.ts'
import { formatBudgetIn, formatMoneyIn, formatNumber } from './amounts.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { textOf } from './text-of.ts'
import { formatLocalDate } from './time.ts'

const partsOf = (path: string): readonly string[] => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.', 40)

/** The words of a finding's message in a language: amounts as people write them, parameters under their names, roles under theirs. */
export function lintWords(locale: Locale): LintWords {
  const { grammar } = textOf(locale)
  const words = createWords(locale)
  // The ids of a policy are English words; other languages have names for those of the requirements.
  const name = (text: string): string => {
    const role = locale === 'en' ? text : words.role(text)
    return role.includes(text) ? grammar.quote(harmless(text)) : role
  }
  const money: LintWords['money'] = (amount) => formatMoneyIn(amount, locale)
  return {
    budget: (budget) => formatBudgetIn(budget, locale),
    budgets: (budgets) => budgets.map((budget) => formatBudgetIn(budget, locale)).join(' + '),
    money,
    number: formatNumber,
    amount: (value) => (typeof value === 'number' ? formatNumber(value) : money(value)),
    place: (path) => {
      const parameter = parameterAt(partsOf(path))
      return parameter === undefined ? harmless(path, 120) : grammar.quote(parameter.label[locale])
    },
    name,
    names: (texts) => grammar.series(texts.map(name)),
    date: (date) => formatLocalDate(date, locale),
  }
}
