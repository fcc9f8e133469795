import type { Locale } from './model.ts'

/** Numbers, money and shares as the locale writes them. */
export interface Format {
  int(n: number): string
  decimal(n: number, digits?: number): string
  /** `0.153` → `15.3 %`. */
  share(n: number, digits?: number): string
  /** Minor units → `CNY 12.3m`, `1,234万元`. */
  money(minor: number): string
  /** Minor units in full. */
  moneyFull(minor: number): string
}

/** Formats for one locale and currency; the same on every machine, whatever its own locale. */
export function formats(locale: Locale, currency: string, minorDigits: number): Format {
  const int = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const full = new Intl.NumberFormat(locale, { minimumFractionDigits: minorDigits, maximumFractionDigits: minorDigits })
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const decimals = new Map<number, Intl.NumberFormat>()
  const decimal = (n: number, digits = 2): string => {
    let f = decimals.get(digits)
    if (f === undefined) decimals.set(digits, (f = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })))
    return f.format(n)
  }
  return {
    int: (n) => int.format(n),
    decimal,
    share: (n, digits = 0) => `${decimal(n * 100, digits)}${locale === 'en' ? '\u202f%' : '%'}`,
    money: (minor) => `${currency}\u00a0${compact.format(minor / 10 ** minorDigits)}`,
    moneyFull: (minor) => `${currency}\u00a0${full.format(minor / 10 ** minorDigits)}`,
  }
}
