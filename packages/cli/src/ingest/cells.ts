import { isCurrencyInUse, minorDigits, type Money } from '@ka-governance/core'
import { parseDecimal, parsePlain, toMinor } from './decimal.ts'
import type { Mapping } from './mapping-schema.ts'
import type { RowReader } from './read-section.ts'
import { say } from '../said.ts'
import { correctDecimal, correctIt, listAnswer, noAnswer, noCurrency, noNumber, writeCurrency } from './row-words.ts'

/** Longest text that a form takes over. */
export const longText = 1000
/** Parts of a list in one cell. */
const mostParts = 50

/** Cells that several sections read alike: lists, money, answers, plain numbers. Each refusal names its column. */
export interface Cells<Field extends string> {
  /** Parts between `;`, blank ones left out. */
  list(field: Field, max?: number): readonly string[]
  /** Money in the row's currency, else the mapping's; `null` when blank. Never negative. */
  money(field: Field, currency: Field): Money | null
  /** A number between two limits; `null` when blank. */
  number(field: Field, from: number, to: number, whole?: boolean): number | null
  /** `null` when blank. */
  answer(field: Field): boolean | null
}

export function cellsOf<Field extends string>(
  row: RowReader<Field>,
  mapping: Mapping,
  words: { readonly yes: readonly string[]; readonly no: readonly string[] } = { yes: [], no: [] },
): Cells<Field> {
  const yes = new Set(words.yes.map((w) => w.toLowerCase()))
  const no = new Set(words.no.map((w) => w.toLowerCase()))
  return {
    list: (field, max) => {
      const parts = row
        .text(field, max)
        .split(';')
        .map((p) => p.trim())
        .filter((p) => p !== '')
      return parts.length <= mostParts
        ? parts
        : row.fail(
            'value_too_long',
            say(`more than ${String(mostParts)} parts`, `超过${String(mostParts)}项`),
            say('shorten the list', '请缩短列表'),
            field,
          )
    },
    money: (field, currencyField) => {
      const text = row.text(field)
      if (text === '') return null
      const currency = row.text(currencyField) || mapping.currency
      if (!isCurrencyInUse(currency)) return row.fail('currency_unknown', noCurrency, writeCurrency, currencyField)
      const exact = parseDecimal(text, mapping)
      if (exact === null)
        return row.fail(
          'number_malformed',
          say(`not a number with "${mapping.decimal}" as decimal mark`, `不是以“${mapping.decimal}”为小数点的数字`),
          correctDecimal,
          field,
        )
      const minor = toMinor(exact, minorDigits(currency))
      if (minor === null || minor.minor < 0)
        return row.fail(
          'number_out_of_range',
          say('negative, or too large for an exact amount', '为负数，或金额过大而无法精确表示'),
          correctIt,
          field,
        )
      return { currency, minor: minor.minor }
    },
    number: (field, from, to, whole = false) => {
      const text = row.text(field)
      if (text === '') return null
      const value = parsePlain(text, mapping)
      if (value === null) return row.fail('number_malformed', noNumber, correctIt, field)
      if (value < from || value > to || (whole && !Number.isInteger(value)))
        return row.fail(
          'number_out_of_range',
          say(
            `a ${whole ? 'whole ' : ''}number from ${String(from)} to ${String(to)} is needed`,
            `应为${String(from)}至${String(to)}之间的${whole ? '整数' : '数字'}`,
          ),
          correctIt,
          field,
        )
      return value
    },
    answer: (field) => {
      const word = row.text(field).toLowerCase()
      if (word === '') return null
      if (yes.has(word)) return true
      return no.has(word) ? false : row.fail('value_unknown', noAnswer, listAnswer, field)
    },
  }
}
