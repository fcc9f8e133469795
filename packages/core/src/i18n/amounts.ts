import { minorDigits, type Budget, type Money } from '../policy/index.ts'
import type { Locale } from './locale.ts'
import { textOf } from './text-of.ts'

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',')

/**
 * A number as people write it: groups of three, at most six decimals, no exponent below a thousand billion.
 *
 * @example
 * ```ts
 * formatNumber(1234567.5) // => '1,234,567.5'
 * ```
 */
export function formatNumber(value: number): string {
  const rounded = Math.round(value * 1e6) / 1e6
  const text = String(Number.isFinite(rounded) ? rounded : value)
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  return match === null ? text : `${match[1] ?? ''}${grouped(match[2] ?? '')}${match[3] ?? ''}`
}

/**
 * Money in the words of a language, from integer minor units; decimals only where there are any.
 *
 * @example
 * ```ts
 * formatMoneyIn({ currency: 'CNY', minor: 1600000000 }, 'en') // => 'CNY 16,000,000'
 * ```
 * @example
 * ```ts
 * formatMoneyIn({ currency: 'CNY', minor: 5000050 }, 'zh-CN') // => '50,000.50元'
 * ```
 */
export function formatMoneyIn(money: Money, locale: Locale): string {
  const { currency, minor } = money
  const digits = minorDigits(currency)
  const text = formatMinor(minor, digits)
  return textOf(locale).grammar.money(text, /^[A-Z]{3}$/.test(currency) ? currency : '¤')
}

function formatMinor(minor: number, digits: number): string {
  if (!Number.isSafeInteger(minor)) return formatNumber(minor / 10 ** digits)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : text.slice(0, -digits)
  const fraction = digits === 0 ? '' : text.slice(-digits)
  return `${minor < 0 ? '-' : ''}${grouped(whole)}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}`
}

/**
 * A length of time, exact to the millisecond, so that the lines of a sum add up.
 *
 * @param ms milliseconds; the sign is kept.
 * @example
 * ```ts
 * formatDuration(12_600_000, 'zh-CN') // => '3小时30分钟'
 * ```
 */
export function formatDuration(ms: number, locale: Locale): string {
  const { grammar } = textOf(locale)
  const rest = Math.abs(ms)
  const hours = Math.floor(rest / 3_600_000)
  const minutes = Math.floor((rest % 3_600_000) / 60_000)
  const seconds = Math.round(rest % 60_000) / 1000
  const none = hours === 0 && minutes === 0 && seconds === 0
  const text = grammar.duration(
    hours === 0 && !none ? null : formatNumber(hours),
    minutes === 0 ? null : String(minutes),
    seconds === 0 ? null : String(seconds),
  )
  return ms < 0 && !none ? `-${text}` : text
}

/**
 * A budget of a clock.
 *
 * @example
 * ```ts
 * formatBudgetIn({ amount: 7, unit: 'workingDays' }, 'zh-CN') // => '7个工作日'
 * ```
 */
export function formatBudgetIn(budget: Budget, locale: Locale): string {
  return textOf(locale).grammar.budget[budget.unit](formatNumber(budget.amount))
}
