import type { Unit } from '../../policy/index.ts'
import { formatNumber } from '../amounts.ts'
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

interface Rates {
  readonly never: string
  readonly often: (times: string) => string
  /** Once in so many of the spans. */
  readonly rarely: (spans: string) => string
}

const rates: { readonly [L in Locale]: { readonly [U in 'visitsPerMonth' | 'visitsPerYear']: Rates } } = {
  en: {
    visitsPerMonth: { never: 'never', often: times(' a month'), rarely: (n) => `once every ${n} months` },
    visitsPerYear: { never: 'never', often: times(' a year'), rarely: (n) => `once every ${n} years` },
  },
  'zh-CN': {
    visitsPerMonth: { never: '不安排', often: (n) => `每月${n}次`, rarely: (n) => `每${n}个月1次` },
    visitsPerYear: { never: '不安排', often: (n) => `每年${n}次`, rarely: (n) => `每${n}年1次` },
  },
}

function times(span: string): (n: string) => string {
  return (n) => (n === '1' ? `once${span}` : `${n} times${span}`)
}

/** How often something is done; null where the unit says no such thing. A third of a time a month is once every three months. */
export function rate(value: number, unit: Unit, locale: Locale): string | null {
  if (unit !== 'visitsPerMonth' && unit !== 'visitsPerYear') return null
  const { never, often, rarely } = rates[locale][unit]
  const spans = Math.round(1 / value)
  if (value === 0) return never
  return value < 1 && Math.abs(value * spans - 1) < 1e-9 ? rarely(String(spans)) : often(formatNumber(value))
}

/** An interval of months. */
export const everyMonths = (months: number, locale: Locale): string =>
  locale === 'en' ? (months === 1 ? 'every month' : `every ${formatNumber(months)} months`) : `每${formatNumber(months)}个月1次`
