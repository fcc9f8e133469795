import { isCurrencyInUse, minorDigits } from '@ka-governance/core'
import { multiply, parseDecimal, toMinor, type Decimal } from './decimal.ts'
import { accountFromId, type OrderDraft, type PortfolioDraft } from './draft.ts'
import type { OrdersMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext, type RowReader } from './read-section.ts'
import { say } from '../said.ts'
import { correctDecimal, correctIt, noAccount, noCurrency, writeCurrency } from './row-words.ts'

type Field = keyof OrdersMapping['columns']

/** Reads one file of order lines into the draft: lines with the same order number become one order, in exact minor units. */
export async function readOrders(
  context: ReadContext,
  section: OrdersMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const { mapping } = context
  const number = (row: RowReader<Field>, field: Field): Decimal => {
    const parsed = parseDecimal(row.required(field), mapping)
    return (
      parsed ??
      row.fail(
        'number_malformed',
        say(`not a number with "${mapping.decimal}" as decimal mark`, `不是以“${mapping.decimal}”为小数点的数字`),
        correctDecimal,
        field,
      )
    )
  }
  const amountField: Field = section.columns.amount === undefined ? 'unitPrice' : 'amount'
  if (section.coverage) draft.coverage = section.coverage

  const tally = await readFileOfSection<Field>(context, 'orders', file, section, (row) => {
    const accountId = row.required('account')
    const currency = row.text('currency') || mapping.currency
    if (!isCurrencyInUse(currency)) return row.fail('currency_unknown', noCurrency, writeCurrency, 'currency')
    const exact =
      section.columns.amount === undefined ? multiply(number(row, 'quantity'), number(row, 'unitPrice')) : number(row, 'amount')
    const money = toMinor(exact, minorDigits(currency))
    if (money === null)
      return row.fail(
        'number_out_of_range',
        say('too large for an exact amount', '金额过大，无法精确表示'),
        correctIt,
        amountField,
      )
    if (money.rounded) draft.notes.add('amounts_rounded_to_minor_units', file)
    const instant = row.requiredInstant('date')
    const date = row.requiredDate('date')
    if (money.minor === 0 && section.zero === 'ignore') return { ignored: 'zero-value' }
    if (!draft.accounts.has(accountId)) {
      if (section.unknownAccount === 'reject') {
        return row.fail(
          'account_unknown',
          noAccount,
          say('add it, or set `orders.unknownAccount: create`', '请补上该客户，或在映射中填写orders.unknownAccount: create'),
          'account',
        )
      }
      draft.accounts.set(accountId, accountFromId(accountId, true))
    }
    const orderText = row.text('order')
    const orderId = orderText || `${file}-${String(row.line)}`
    const prefix = section.returns.orderPrefix
    const credit = prefix !== undefined && orderId.startsWith(prefix)
    // Within an order a negative line lowers it; alone, or on a credit note, it is a return.
    const isReturn = credit || (orderText === '' && section.returns.negative && money.minor < 0)
    const orders = draft.orders.get(accountId) ?? new Map<string, OrderDraft>()
    const before = orders.get(orderId)
    if (before === undefined) {
      orders.set(orderId, { orderId, instant, date, minor: money.minor, currency, isReturn })
      draft.orders.set(accountId, orders)
      return 'used'
    }
    if (before.currency !== currency) {
      return row.fail(
        'conflicting_rows',
        say(`the order is in ${before.currency} elsewhere`, `该订单的其他行以${before.currency}计价`),
        say('one currency an order', '每张订单只应有一种币种'),
        'currency',
      )
    }
    const sum = before.minor + money.minor
    if (!Number.isSafeInteger(sum))
      return row.fail(
        'number_out_of_range',
        say('the order becomes too large for an exact amount', '订单金额过大，无法精确表示'),
        correctIt,
        amountField,
      )
    before.minor = sum
    if (before.date !== date) draft.notes.add('order_lines_on_several_days', file)
    if (instant < before.instant) {
      before.instant = instant
      before.date = date
    }
    return 'used'
  })
  return tally.build()
}
