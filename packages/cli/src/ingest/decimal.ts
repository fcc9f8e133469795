/** An exact decimal: `digits × 10^-scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** How a file writes numbers. */
export interface NumberStyle {
  /** Decimal mark. */
  readonly decimal: '.' | ','
}

/**
 * Reads a number as a person writes it: sign before or behind, (1.00) for negative, groups of three, a currency sign or code. Exact, no floating point.
 *
 * @returns `null` when the text is not one number in that style.
 * @example
 * ```ts
 * parseDecimal('1.234,50 €', { decimal: ',' }) // => { digits: 123450n, scale: 2 }
 * ```
 */
export function parseDecimal(text: string, style: NumberStyle): Decimal | null {
  if (text.length > 60) return null
  let t = text.trim().replaceAll('\u2212', '-')
  let negative = false
  const parenthesised = /^\((.*)\)$/.exec(t)
  if (parenthesised) {
    negative = true
    t = (parenthesised[1] ?? '').trim()
  }
  const sign = /^([+-])|([+-])$/.exec(t)
  if (sign) {
    if (negative) return null
    negative = sign[0] === '-'
    t = (sign[1] === undefined ? t.slice(0, -1) : t.slice(1)).trim()
  }
  t = t.replace(/^(?:[A-Z]{3}|\p{Sc})\s*|\s*(?:[A-Z]{3}|\p{Sc})$/u, '')
  if (!negative && t.startsWith('-')) {
    negative = true
    t = t.slice(1)
  }
  const shape =
    style.decimal === '.'
      ? /^(\d{1,3}(?:[, \u00a0\u202f']\d{3})+|\d+)?(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/
      : /^(\d{1,3}(?:[. \u00a0\u202f']\d{3})+|\d+)?(?:,(\d+))?(?:[eE]([+-]?\d{1,2}))?$/
  const m = shape.exec(t)
  if (!m || (m[1] === undefined && m[2] === undefined)) return null
  const whole = (m[1] ?? '').replace(/\D/g, '')
  const fraction = m[2] ?? ''
  const exponent = Number(m[3] ?? 0)
  let digits = BigInt(whole + fraction)
  let scale = fraction.length - exponent
  if (scale < 0) {
    digits *= 10n ** BigInt(-scale)
    scale = 0
  }
  return { digits: negative ? -digits : digits, scale }
}

/** Exact product, e.g. quantity × unit price. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/**
 * Integer minor units, rounded half away from zero where the decimal has more places than the currency.
 * @returns `null` beyond what an exact integer holds.
 */
export function toMinor(value: Decimal, minorDigits: number): { minor: number; rounded: boolean } | null {
  let digits = value.digits
  let rounded = false
  if (value.scale <= minorDigits) digits *= 10n ** BigInt(minorDigits - value.scale)
  else {
    const unit = 10n ** BigInt(value.scale - minorDigits)
    rounded = digits % unit !== 0n
    const half = digits < 0n ? -(unit / 2n) : unit / 2n
    digits = (digits + half) / unit
  }
  const minor = Number(digits)
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, rounded } : null
}

/** A plain number (a score, a count). `null` when it is not one, or not finite. */
export function parsePlain(text: string, style: NumberStyle): number | null {
  const d = parseDecimal(text, style)
  if (d === null) return null
  const value = Number(d.digits) / 10 ** d.scale
  return Number.isFinite(value) ? value : null
}
