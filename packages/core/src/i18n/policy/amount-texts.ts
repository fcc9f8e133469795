import type { Unit } from '../../policy/index.ts'
import type { Locale } from '../locale.ts'

type Counted = Extract<
  Unit,
  | 'years'
  | 'months'
  | 'days'
  | 'percent'
  | 'purchasesPerMonth'
  | 'purchasesPerQuarter'
  | 'purchasesPerYear'
  | 'disputes'
  | 'cycles'
  | 'tiers'
  | 'accounts'
  | 'weight'
>
type Amounts = { readonly [U in Counted]: (amount: string) => string }

const plural =
  (unit: string, rest = '') =>
  (n: string): string =>
    `${n} ${unit}${n === '1' ? '' : 's'}${rest}`
const suffix =
  (unit: string) =>
  (n: string): string =>
    `${n}${unit}`

const percent = suffix(' %')

/** A number with its unit, as it stands in a sentence. */
const amounts: { readonly [L in Locale]: Amounts } = {
  en: {
    years: plural('year'),
    months: plural('month'),
    days: plural('calendar day'),
    percent,
    purchasesPerMonth: plural('purchase', ' a month'),
    purchasesPerQuarter: plural('purchase', ' a quarter'),
    purchasesPerYear: plural('purchase', ' a year'),
    disputes: plural('dispute'),
    cycles: plural('cycle'),
    tiers: plural('tier'),
    accounts: plural('account'),
    weight: percent,
  },
  'zh-CN': {
    years: suffix('年'),
    months: suffix('个月'),
    days: suffix('个自然日'),
    percent,
    purchasesPerMonth: (n) => `每月${n}次`,
    purchasesPerQuarter: (n) => `每季度${n}次`,
    purchasesPerYear: (n) => `每年${n}次`,
    disputes: suffix('起'),
    cycles: suffix('个周期'),
    tiers: suffix('级'),
    accounts: suffix('家'),
    weight: percent,
  },
}

/** A number in the unit of its parameter; bare where the unit is none that is counted. */
export function withUnit(amount: string, unit: Unit, locale: Locale): string {
  const words: { readonly [unit in Unit]?: (amount: string) => string } = amounts[locale]
  return words[unit]?.(amount) ?? amount
}
