import { z } from 'zod'
import type { Readings } from './readings/index.ts'

/** How a text has to be written, by name: in English, as the schema says it. */
export const formats = {
  id: 'an id: a small letter, then letters, digits or -',
  role: 'a role such as accountManager, product or product.head',
  date: 'a date YYYY-MM-DD from 1900 to 2199',
  currency: 'an ISO 4217 code such as CNY',
  rate: 'a number or a fraction such as "1/3"',
  policyId: 'small letters, digits and -',
  version: 'a version such as 3 or 1.4.0',
  itemId: 'an id: letters, digits, _ or -',
  instanceId: 'the id of an instance: a–z, 0–9 and -, at most 80',
  condition: 'a number of a condition such as c1',
  sha256: 'a SHA-256 hash: 64 of 0–9 and a–f',
  instant: 'an instant of the years 1990 to 2199, in milliseconds since 1970',
} as const

/** One of {@link formats}. */
export type FormatName = keyof typeof formats

/** How a check of a schema says what it objects to: as a kind of finding with its particulars. */
export const objection = <K extends keyof Readings>(
  kind: K,
  data: Readings[K],
): { readonly params: { readonly reading: { readonly kind: K } & Readings[K] } } => ({ params: { reading: { kind, ...data } } })

/** English and Chinese name of a thing that a policy defines. */
export const labelsSchema = z.strictObject({ en: z.string().min(1).max(200), 'zh-CN': z.string().min(1).max(200) })
/** English and Chinese name, 1 to 200 characters each. */
export type Labels = z.infer<typeof labelsSchema>

/** Ids that a policy defines: departments, reasons, natures, calendars. */
export const idSchema = z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/, formats.id)

/** Things with names in both languages, by id. */
export const labelled = z.record(idSchema, labelsSchema)
export const percent = z.number().min(0).max(100)
export const count = z.number().int().min(0).max(1_000_000)

/** A role: a named one (`accountManager`), a department's staff (`product`) or its head (`product.head`). */
export const roleSchema = z.string().regex(/^[a-z][A-Za-z]{0,39}(\.(head|member))?$/, formats.role)

export const localDateSchema = z
  .string()
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: formats.date, abort: true })
  .refine(
    (d) => {
      const [y = 0, m = 0, day = 0] = d.split('-').map(Number)
      return new Date(Date.UTC(y, m - 1, day)).getUTCDate() === day
    },
    objection('noSuchDay', {}),
  )

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, formats.currency)

/** Comparison of a measured value with a threshold. */
export type Operator = '>=' | '>' | '<=' | '<'

/**
 * A limit with its own comparison: which of 以上/超过 the source means is data, not code (decision 6).
 * Like every value of a policy a type and not an interface, so that it is a `JsonValue`.
 */
export type Threshold = { readonly op: Operator; readonly value: number }

/** True when `actual` satisfies the threshold. */
export function meets(actual: number, limit: Threshold): boolean {
  switch (limit.op) {
    case '>=':
      return actual >= limit.value
    case '>':
      return actual > limit.value
    case '<=':
      return actual <= limit.value
    case '<':
      return actual < limit.value
  }
}

/**
 * A number, or `{ op, value }` where the operator of the source's wording is not the one wanted. A floor stays a floor: only whether the
 * number itself counts can be chosen.
 */
export const threshold = (op: Operator, bounds: { min?: number; max?: number } = {}) => {
  const value = z
    .number()
    .min(bounds.min ?? 0)
    .max(bounds.max ?? 1e12)
  return z.union([
    value.transform((v): Threshold => ({ op, value: v })),
    z.strictObject({ op: z.enum(operatorsOf(op)), value }).readonly(),
  ])
}

/** The operators that keep the sense of one: with the number itself, and without it. */
export const operatorsOf = (op: Operator): readonly Operator[] => (op === '>=' || op === '>' ? ['>=', '>'] : ['<=', '<'])

const fraction = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/

/** How often in a span of time: a number, or a fraction as text (`1/3` a month is once a quarter, which no decimal says exactly). */
export const rateSchema = z.union([
  z.number().min(0).max(1000),
  z
    .string()
    .regex(fraction, formats.rate)
    .transform((text): number => {
      const [, above = '', below = ''] = fraction.exec(text) ?? []
      return Number(above) / Number(below)
    }),
])

/** Integer minor units (cents, 分) with their ISO 4217 code. */
export type Money = { readonly currency: string; readonly minor: number }

/** How many decimals a currency's minor unit has; 2 unless listed. */
export function minorDigits(currency: string): number {
  if (
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].includes(currency)
  )
    return 0
  if (['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].includes(currency)) return 3
  if (['CLF', 'UYW'].includes(currency)) return 4
  return 2
}

/**
 * Money as a person writes it: `CNY 16,000,000` or `EUR 0.50`. Stored as integer minor units.
 *
 * @example
 * ```ts
 * parseMoney('CNY 3,000,000') // => { currency: 'CNY', minor: 300000000 }
 * ```
 * @returns `null` when the text is not money, has more decimals than the currency, or exceeds what an exact integer holds.
 */
export function parseMoney(text: string): Money | null {
  const m = /^([A-Z]{3}) (-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,4}))?$/.exec(text.length > 60 ? '' : text.trim())
  if (!m) return null
  const [, currency = '', sign, whole = '', fraction = ''] = m
  const digits = minorDigits(currency)
  if (fraction.length > digits) return null
  const minor = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? { currency, minor: sign === '-' ? -minor : minor } : null
}

/** The way back: `CNY 3000000.00`. */
export function formatMoney(money: Money): string {
  const digits = minorDigits(money.currency)
  const text = String(Math.abs(money.minor)).padStart(digits + 1, '0')
  const sign = money.minor < 0 ? '-' : ''
  return digits === 0
    ? `${money.currency} ${sign}${text}`
    : `${money.currency} ${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const moneyText = z.string().transform((text, ctx): Money => {
  const money = parseMoney(text)
  if (money && money.minor >= 0) return money
  ctx.addIssue({ code: 'custom', ...objection('noMoney', { example: 'CNY 16,000,000' }) })
  return z.NEVER
})

/** Money as text, or as it is stored: a loaded policy written to JSON loads again as the same policy. */
export const moneySchema = z.union([
  moneyText,
  z.strictObject({ currency: currencySchema, minor: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER) }).readonly(),
])

/** Units of a clock: hours of the calendar, hours round the clock, days to the close of the N-th working day, calendar days. */
export const budgetUnits = ['workingHours', 'elapsedHours', 'workingDays', 'calendarDays'] as const
export type BudgetUnit = (typeof budgetUnits)[number]

/** An amount of time: `{ amount: 4, unit: 'workingHours' }`. */
export type Budget = { readonly amount: number; readonly unit: BudgetUnit }

export const budgetSchema = z.strictObject({ amount: z.number().positive().max(100_000), unit: z.enum(budgetUnits) }).readonly()
const unitWords: Readonly<Record<BudgetUnit, string>> = {
  workingHours: 'working hours',
  elapsedHours: 'hours',
  workingDays: 'working days',
  calendarDays: 'calendar days',
}

/** `7 working days`, for findings and logs. */
export const formatBudget = ({ amount, unit }: Budget): string =>
  `${String(amount)} ${amount === 1 ? unitWords[unit].slice(0, -1) : unitWords[unit]}`

export const tierSchema = z.enum(['A', 'B', 'C', 'D'])
/** A tier of the classification, A the best [TIER-01]. */
export type Tier = z.infer<typeof tierSchema>
/** The tiers, best first. */
export const tiers: readonly Tier[] = ['A', 'B', 'C', 'D']

/** One value a tier. */
export const perTier = <T extends z.ZodType>(value: T) => z.strictObject({ A: value, B: value, C: value, D: value })
