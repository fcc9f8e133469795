import type { LocalDate } from '../../calendar/index.ts'
import type { AccountFacts, Purchase } from '../facts.ts'
import type { DateSpan } from '../types.ts'

/** One amount on the day whose period it belongs to: a return sits on the day of the order that it takes back [decision 19]. */
export interface Entry {
  readonly day: LocalDate
  readonly minor: number
  readonly currency: string
}

/** An account's purchases, prepared once for all windows. */
export interface PurchaseIndex {
  readonly entries: readonly Entry[]
  /** One date a counted purchase, ascending: of an order day or of an order, by `purchase.unit`; fully returned ones are left out [I-24]. */
  readonly purchases: readonly LocalDate[]
  /** Date of the first order, returned or not. */
  readonly firstOrder: LocalDate | null
}

/**
 * Assigns every entry to its original period, ignores what is dated on or after `freeze` [I-26] and credit notes that pay a rebate [I-25], and finds the
 * purchases that count.
 *
 * A return belongs to the order with its `orderId`, else to its `originalDate`, else to its own date (where it lowers the amount
 * and cancels no purchase, since nobody knows which).
 */
export function indexPurchases(facts: AccountFacts, unit: 'orderDay' | 'order', freeze: LocalDate): PurchaseIndex {
  const entries: Entry[] = []
  const orders = new Map<string, OrderDay>()
  let firstOrder: LocalDate | null = null
  let returns = false
  for (const p of facts.purchases) {
    if (p.date >= freeze) continue
    if (p.kind !== 'order') {
      returns = true
      continue
    }
    if (firstOrder === null || p.date < firstOrder) firstOrder = p.date
    entries.push({ day: p.date, minor: p.minor, currency: p.currency })
    addTo(orders, p.orderId, p.date, p.minor)
  }
  const takenBack = returns ? takeBack(facts.purchases, freeze, orders, entries) : null
  return { entries, purchases: countedPurchases(orders, takenBack, unit), firstOrder }
}

/** What is left of an order on one of its days. Nearly every order has one, so that a chain costs less than a map each. */
interface OrderDay {
  readonly day: LocalDate
  net: number
  next: OrderDay | null
}

function addTo(orders: Map<string, OrderDay>, orderId: string, day: LocalDate, minor: number): void {
  const first = orders.get(orderId)
  if (first === undefined) orders.set(orderId, { day, net: minor, next: null })
  else {
    let last = first
    while (last.day !== day && last.next !== null) last = last.next
    if (last.day === day) last.net += minor
    else last.next = { day, net: minor, next: null }
  }
}

/** Enters returns and credit notes on the days that they belong to; answers what was taken back of a day without naming the order. */
function takeBack(
  purchases: readonly Purchase[],
  freeze: LocalDate,
  orders: Map<string, OrderDay>,
  entries: Entry[],
): ReadonlyMap<LocalDate, number> | null {
  let takenBack: Map<LocalDate, number> | null = null
  for (const p of purchases) {
    if (p.kind === 'order' || p.date >= freeze || p.pays === 'rebate') continue
    const order = orders.get(p.orderId)
    const day = order === undefined ? (p.originalDate ?? p.date) : orderDayOf(p, daysOf(order))
    entries.push({ day, minor: p.minor, currency: p.currency })
    if (order !== undefined) addTo(orders, p.orderId, day, p.minor)
    else if (p.originalDate !== undefined) (takenBack ??= new Map()).set(day, (takenBack.get(day) ?? 0) + p.minor)
  }
  return takenBack
}

function daysOf(order: OrderDay): readonly LocalDate[] {
  const days: LocalDate[] = []
  for (let at: OrderDay | null = order; at !== null; at = at.next) days.push(at.day)
  return days
}

/** The day of the order (or call-off) that a return takes back: the one it names, else the latest not after it, else the first. */
export function orderDayOf(p: Pick<Purchase, 'date' | 'originalDate'>, days: readonly LocalDate[]): LocalDate {
  if (p.originalDate !== undefined && days.includes(p.originalDate)) return p.originalDate
  const sorted = [...days].sort()
  return sorted.findLast((day) => day <= p.date) ?? sorted[0] ?? p.date
}

function countedPurchases(
  orders: ReadonlyMap<string, OrderDay>,
  takenBack: ReadonlyMap<LocalDate, number> | null,
  unit: 'orderDay' | 'order',
): readonly LocalDate[] {
  const kept: LocalDate[] = []
  let sorted = true
  for (const first of orders.values())
    for (let at: OrderDay | null = first; at !== null; at = at.next) {
      if (at.net <= 0) continue
      sorted &&= at.day >= (kept[kept.length - 1] ?? '')
      kept.push(at.day)
    }
  if (!sorted) kept.sort()
  const gone = takenBack === null ? null : daysTakenBack(orders, takenBack)
  if (gone === null && unit === 'order') return kept
  return kept.filter((day, i) => (unit === 'order' || day !== kept[i - 1]) && gone?.has(day) !== true)
}

/** Days of which nothing is left once what was taken back without naming the order is counted. */
function daysTakenBack(orders: ReadonlyMap<string, OrderDay>, takenBack: ReadonlyMap<LocalDate, number>): ReadonlySet<LocalDate> {
  const netOf = new Map<LocalDate, number>()
  for (const first of orders.values())
    for (let at: OrderDay | null = first; at !== null; at = at.next)
      if (at.net > 0) netOf.set(at.day, (netOf.get(at.day) ?? 0) + at.net)
  return new Set([...takenBack.keys()].filter((day) => (netOf.get(day) ?? 0) + (takenBack.get(day) ?? 0) <= 0))
}

/** How many purchases fall into the span. */
export function purchasesIn(index: PurchaseIndex, span: DateSpan): number {
  let n = 0
  for (const day of index.purchases) if (day >= span.from && day < span.to) n++
  return n
}
