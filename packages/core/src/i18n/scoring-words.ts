import { tiers, type Operator } from '../policy/index.ts'
import { formatMoneyIn, formatNumber } from './amounts.ts'
import type { Catalogue } from './catalogue.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import type { FormatOptions, Words } from './words.ts'

/** The vocabulary of a tier review. */
export interface ScoringWords {
  readonly locale: Locale
  readonly texts: Catalogue
  readonly words: Words
  /** Minor units of the policy's currency. */
  readonly money: (minor: number) => string
  /** A number in the unit of a condition. */
  readonly inUnit: (value: number, unit: string | undefined) => string
  readonly limit: (op: Operator | undefined, value: string) => string
  readonly condition: (name: string) => string
  /** A factor or a judged condition. */
  readonly datum: (name: string) => string
  /** The value of a step of the explanation: what blocked, what is missing, what happens below D. */
  readonly reason: (value: string) => string
}

export function createScoringWords(locale: Locale, options: FormatOptions & { readonly currency: string }): ScoringWords {
  const texts = textOf(locale)
  const { scoring, grammar } = texts
  const money = (minor: number): string => formatMoneyIn({ currency: options.currency, minor }, locale)
  const condition = (name: string): string => lookUp(scoring.conditions, name) ?? grammar.quote(harmless(name, 60))
  const datum = (name: string): string => lookUp(scoring.factors, name) ?? condition(name)
  return {
    locale,
    texts,
    words: createWords(locale, options),
    money,
    inUnit: (value, unit) => {
      if (unit === 'tierRank') {
        const tier = tiers[tiers.length - value]
        return tier === undefined ? formatNumber(value) : grammar.tier(tier)
      }
      return `${formatNumber(value)}${unit === undefined ? '' : (lookUp(scoring.units, unit) ?? ` ${harmless(unit, 40)}`)}`
    },
    limit: (op, value) => (op === undefined ? value : scoring.operators[op](value)),
    condition,
    datum,
    reason: (value) => (value === '' ? '' : (lookUp(scoring.blocks, value) ?? lookUp(scoring.dDown, value) ?? datum(value))),
  }
}
