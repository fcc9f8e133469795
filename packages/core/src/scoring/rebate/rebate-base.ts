import type { LocalDate } from '../../calendar/index.ts'
import { convert } from '../../policy/exchange.ts'
import { compareText } from '../../rules/index.ts'
import type { AccountFacts, Purchase } from '../facts.ts'
import type { CurrencyRules } from '../measures/net-amount.ts'
import { orderDayOf } from '../measures/purchase-index.ts'
import type { DateSpan } from '../types.ts'

/** What a rebate is reckoned from, of one product family; amounts in minor units of the policy's currency. */
export type RebateBaseOfFamily = {
  /** Null: the purchases name none, or the basis is the amount of all. */
  readonly family: string | null
  /** Paid, net of returns and credit notes. */
  readonly minor: number
  /** Bought and not yet paid, net of returns: it counts once it is paid. */
  readonly owedMinor: number
  /** By family: paid quantity, net of returns; 0 where the basis is the amount of all. */
  readonly quantity: number
  /** By family: lines of orders and returns that name no quantity. */
  readonly withoutQuantity: number
}

interface Cell {
  readonly family: string | null
  paid: number
  owed: number
  back: number
  paidQuantity: number
  owedQuantity: number
  backQuantity: number
  withoutQuantity: number
}

/**
 * What an account paid in a period, net of VAT and returns, by product family [decision 13, I-13]. Entries dated on or after `freeze` are not known yet [I-26];
 * a return lowers first what is still owed of its order, then what was paid; credit notes that pay a rebate lower nothing [I-25].
 *
 * @param byFamily by the product that the purchases name; else all of them are one.
 * @throws GovernanceError `missing_rate`
 */
export function rebateBase(
  facts: AccountFacts,
  span: DateSpan,
  freeze: LocalDate,
  money: CurrencyRules,
  byFamily: boolean,
): readonly RebateBaseOfFamily[] {
  const known = facts.purchases.filter((p) => p.date < freeze && p.pays !== 'rebate')
  const orders = ordersOf(known)
  const cells = new Map<string, Cell>()
  for (const purchase of known) {
    const order = orders.get(purchase.orderId)
    const day = periodDay(purchase, order?.days)
    if (day < span.from || day >= span.to) continue
    // A return that names no product takes back what its order was of, where that is one product.
    const family = byFamily ? (purchase.product ?? (purchase.kind === 'order' ? null : (order?.product ?? null))) : null
    const key = JSON.stringify([order === undefined ? null : purchase.orderId, day, family])
    let cell = cells.get(key)
    if (cell === undefined) cells.set(key, (cell = emptyCell(family)))
    enter(cell, purchase, minorOf(purchase, money, day), freeze, byFamily)
  }
  return total([...cells.values()])
}

interface Order {
  readonly days: LocalDate[]
  /** Null: it is of several, or names none. */
  product: string | null
}

/** The days and the product of every order. */
function ordersOf(purchases: readonly Purchase[]): ReadonlyMap<string, Order> {
  const orders = new Map<string, Order>()
  for (const { kind, orderId, date, product = null } of purchases) {
    if (kind !== 'order') continue
    const order = orders.get(orderId)
    if (order === undefined) orders.set(orderId, { days: [date], product })
    else {
      if (!order.days.includes(date)) order.days.push(date)
      if (order.product !== product) order.product = null
    }
  }
  return orders
}

/** The day whose period an entry belongs to, as in {@link indexPurchases} [decision 19]. */
function periodDay(purchase: Purchase, ordered: readonly LocalDate[] | undefined): LocalDate {
  if (purchase.kind === 'order') return purchase.date
  return ordered === undefined ? (purchase.originalDate ?? purchase.date) : orderDayOf(purchase, ordered)
}

const minorOf = ({ minor, currency }: Purchase, { currency: own, exchangeRates }: CurrencyRules, day: LocalDate): number =>
  convert({ minor, currency }, own, day, exchangeRates).minor

const emptyCell = (family: string | null): Cell => ({
  family,
  paid: 0,
  owed: 0,
  back: 0,
  paidQuantity: 0,
  owedQuantity: 0,
  backQuantity: 0,
  withoutQuantity: 0,
})

function enter(
  cell: Cell,
  { kind, paidOn, quantity: stated }: Purchase,
  minor: number,
  freeze: LocalDate,
  counts: boolean,
): void {
  const quantity = counts ? stated : 0
  // A credit note without a quantity lowers a price; an order or a return without one is a gap.
  if (quantity === undefined && kind !== 'credit') cell.withoutQuantity += 1
  if (kind !== 'order') {
    cell.back += minor
    cell.backQuantity -= Math.abs(quantity ?? 0)
  } else if (paidOn === undefined || (paidOn !== null && paidOn < freeze)) {
    cell.paid += minor
    cell.paidQuantity += quantity ?? 0
  } else {
    cell.owed += minor
    cell.owedQuantity += quantity ?? 0
  }
}

function total(cells: readonly Cell[]): readonly RebateBaseOfFamily[] {
  const families = [...new Set(cells.map((c) => c.family))].sort((a, b) => compareText(a ?? '', b ?? ''))
  return families.map((family) => {
    const own = cells.filter((c) => c.family === family)
    const sum = (of: (cell: Cell) => number): number => own.reduce((n, cell) => n + of(cell), 0)
    return {
      family,
      minor: sum((c) => c.paid + Math.min(0, c.owed + c.back)),
      owedMinor: sum((c) => Math.max(0, c.owed + c.back)),
      quantity: Math.round(sum((c) => c.paidQuantity + Math.min(0, c.owedQuantity + c.backQuantity)) * 1e9) / 1e9,
      withoutQuantity: sum((c) => c.withoutQuantity),
    }
  })
}
