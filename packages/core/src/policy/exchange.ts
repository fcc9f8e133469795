import { GovernanceError } from '../errors/index.ts'
import { formatMoney, minorDigits, type Money } from './parts.ts'
import type { Policy } from './schema.ts'

/** A dated rate: from `since` on, one unit of `from` is `rate` units of `to`. */
export type ExchangeRate = Policy['exchangeRates'][number]

/** A number as an exact fraction of whole numbers. */
export interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

interface DatedFraction {
  readonly since: string
  readonly fraction: Fraction
}

type RateTable = ReadonlyMap<string, readonly DatedFraction[]>

const tables = new WeakMap<readonly ExchangeRate[], RateTable>()

/** The decimal that a person wrote, not its binary neighbour: 7.8 is 78/10. */
export const fractionOf = (rate: number): Fraction => {
  const [mantissa = '0', exponent = '0'] = String(rate).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const shift = Number(exponent) - decimals.length
  const digits = BigInt(whole + decimals)
  return shift >= 0 ? { over: digits * 10n ** BigInt(shift), under: 1n } : { over: digits, under: 10n ** BigInt(-shift) }
}

const tableOf = (rates: readonly ExchangeRate[]): RateTable => {
  const known = tables.get(rates)
  if (known !== undefined) return known
  const table = new Map<string, DatedFraction[]>()
  const add = (pair: string, entry: DatedFraction): void => {
    const list = table.get(pair)
    if (list === undefined) table.set(pair, [entry])
    else list.push(entry)
  }
  for (const { from, to, since, rate } of rates) {
    const { over, under } = fractionOf(rate)
    add(`${from}>${to}`, { since, fraction: { over, under } })
    add(`${to}<${from}`, { since, fraction: { over: under, under: over } })
  }
  for (const list of table.values()) list.sort((a, b) => (a.since < b.since ? 1 : a.since > b.since ? -1 : 0))
  tables.set(rates, table)
  return table
}

const latest = (list: readonly DatedFraction[] | undefined, date: string): Fraction | undefined =>
  list?.find(({ since }) => since <= date)?.fraction

/** `a / b` to the nearest whole number, a tie to the even one. `b` is positive. */
const divideHalfEven = (a: bigint, b: bigint): bigint => {
  const sign = a < 0n ? -1n : 1n
  const size = a * sign
  const quotient = size / b
  const twice = (size - quotient * b) * 2n
  const up = twice > b || (twice === b && quotient % 2n === 1n)
  return sign * (up ? quotient + 1n : quotient)
}

/**
 * Money in another currency, at the rate that holds on a date (I-31). Exact decimal arithmetic on minor units; the result is rounded once,
 * half to even. A rate written for the pair wins over the reverse of one written the other way round; rates are never chained.
 *
 * @param date A date `YYYY-MM-DD`; the latest rate of that day or before holds.
 * @throws GovernanceError `missing_rate` that names the pair and the date; `too_large` beyond what an exact integer holds.
 * @example
 * ```ts
 * const rates = [{ from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7.8 }]
 * convert({ currency: 'EUR', minor: 10_001 }, 'CNY', '2026-03-01', rates) // => { currency: 'CNY', minor: 78008 }
 * ```
 */
export function convert(money: Money, to: string, date: string, rates: readonly ExchangeRate[]): Money {
  const from = money.currency
  if (from === to) return money
  const table = tableOf(rates)
  const fraction = latest(table.get(`${from}>${to}`), date) ?? latest(table.get(`${from}<${to}`), date)
  if (fraction === undefined)
    throw new GovernanceError('missing_rate', `No exchange rate from ${from} to ${to} on ${date}`, {
      details: { from, to, date },
      actions: [`Add a rate from ${from} to ${to} with \`since\` on or before ${date} to exchangeRates of the policy.`],
    })
  const over = BigInt(money.minor) * fraction.over * 10n ** BigInt(minorDigits(to))
  const minor = Number(divideHalfEven(over, fraction.under * 10n ** BigInt(minorDigits(from))))
  if (Number.isSafeInteger(minor)) return { currency: to, minor }
  throw new GovernanceError('too_large', `${formatMoney(money)} in ${to} is more than can be held exactly`, {
    details: { from, to, date },
  })
}
