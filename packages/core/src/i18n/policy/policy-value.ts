import type { JsonValue } from '../../errors/index.ts'
import { choicesOf, parameterAt, type Operator, type Policy } from '../../policy/index.ts'
import { formatNumber } from '../amounts.ts'
import { createWords } from '../create-words.ts'
import { formatOptionsOf } from '../format-options.ts'
import { harmless } from '../harmless.ts'
import type { Locale } from '../locale.ts'
import { textOf } from '../text-of.ts'
import { partOf, type FormatOptions } from '../words.ts'
import { everyMonths, rate, withUnit } from './amount-texts.ts'

/** Names in a policy are read whole: this is how long the schema lets them be. */
export const longestName = 200

/** Shows the value of a place in a policy in the words of a language and of the policy itself. */
export type PolicyValue = (path: readonly string[], value: JsonValue) => string

const limits: { readonly [L in Locale]: { readonly [O in Operator]: (limit: string) => string } } = {
  en: { '>=': (n) => `at least ${n}`, '>': (n) => `more than ${n}`, '<=': (n) => `at most ${n}`, '<': (n) => `fewer than ${n}` },
  'zh-CN': { '>=': (n) => `不低于${n}`, '>': (n) => `超过${n}`, '<=': (n) => `不超过${n}`, '<': (n) => `低于${n}` },
}

const isOperator = (value: JsonValue): value is Operator => typeof value === 'string' && Object.hasOwn(limits.en, value)

const rolePlaces: readonly RegExp[] = [
  /^approval\..+\.(electors|required|veto|heard)(\.[^.]+)?$/,
  /^approval\.[^.]+\.copy(\..+)?$/,
  /(^|\.)(substitute|escalateTo|notify)$/,
  /^(dataOwner\.tier|admission\.team\..+|complaint\.determineBy\..+)$/,
  /^(authority\.|directory\.people\..+\.roles)/,
]

/**
 * The values of one policy in one language, with their units; names in quotes, where they do not stand by themselves. A number at the place of a limit
 * reads in the limit's unit, also one that is no setting but is measured against it.
 *
 * @throws InvalidInputError when the language does not exist.
 * @example
 * ```ts
 * const value = policyValues(loadPolicy(presets.manufacturerCn), 'en')
 * value(['tier', 'A', 'frequency', 'minPerMonth'], 1.5) // => '1.5 purchases a month'
 * ```
 */
export function policyValues(policy: Policy, locale: Locale, quotes = true): PolicyValue {
  return policyValuesWith(formatOptionsOf(policy), locale, quotes)
}

/** The same where the policy itself is not at hand: names stand as they are. */
export function policyValuesWith(options: FormatOptions, locale: Locale, quotes = true): PolicyValue {
  const words = createWords(locale, options, quotes)
  const { grammar } = textOf(locale)
  const show: PolicyValue = (path, value) => {
    const parameter = parameterAt(path)
    const place = path.join('.')
    const choice = choicesOf(path)
    if (typeof value === 'string' && choice !== undefined && Object.hasOwn(choice, value)) return choice[value]?.[locale] ?? ''
    if (rolePlaces.some((where) => where.test(place))) return words.all(value, words.role)
    if (typeof value === 'number') {
      if (path.at(-1) === 'percent') return withUnit(formatNumber(value), 'percent', locale)
      if (parameter?.unit === 'fraction') return withUnit(formatNumber(value * 100), 'percent', locale)
      const often = parameter === undefined ? null : rate(value, parameter.unit, locale)
      if (often !== null) return often
      const own = parameter?.path.split('.').length === path.length || path.at(-1) === 'months'
      return own && parameter !== undefined ? withUnit(formatNumber(value), parameter.unit, locale) : formatNumber(value)
    }
    const [op, limit] = [partOf(value, 'op'), partOf(value, 'value')]
    if (isOperator(op) && typeof limit === 'number')
      return limits[locale][op](withUnit(formatNumber(limit), parameter?.unit ?? 'count', locale))
    const atMoney = partOf(value, 'money')
    if (isOperator(op) && atMoney !== null) return limits[locale][op](words.money(atMoney) ?? words.value(atMoney))
    const months = partOf(value, 'months')
    if (typeof months === 'number') return everyMonths(months, locale)
    // A bracket stands under where it begins, an occasion or a severity under its short name.
    const share = partOf(value, 'percent')
    if (typeof share === 'number') return withUnit(formatNumber(share), 'percent', locale)
    const label = partOf(value, locale) ?? partOf(partOf(value, 'label'), locale)
    if (typeof label === 'string') return quotes ? grammar.quote(harmless(label, longestName)) : harmless(label, longestName)
    if (Array.isArray(value)) return words.all(value, (item) => show([...path, '*'], item))
    return words.money(value) ?? (partOf(value, 'unit') === null ? words.value(value) : words.budget(value))
  }
  return (path, value) => (Array.isArray(value) && value.length === 0 ? grammar.nothing : show(path, value))
}
