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
  const orders = new Map<string, Map<LocalDate, number>>()
  let firstOrder: LocalDate | null = null
  for (const p of facts.purchases) {
    if (p.kind !== 'order' || p.date >= freeze) continue
    if (firstOrder === null || p.date < firstOrder) firstOrder = p.date
    entries.push({ day: p.date, minor: p.minor, currency: p.currency })
    const days = orders.get(p.orderId)
    if (days) days.set(p.date, (days.get(p.date) ?? 0) + p.minor)
    else orders.set(p.orderId, new Map([[p.date, p.minor]]))
  }
  const takenBack = new Map<LocalDate, number>()
  for (const p of facts.purchases) {
    if (p.kind === 'order' || p.date >= freeze || p.pays === 'rebate') continue
    const days = orders.get(p.orderId)
    const day = days ? orderDayOf(p, days) : (p.originalDate ?? p.date)
    entries.push({ day, minor: p.minor, currency: p.currency })
    if (days) days.set(day, (days.get(day) ?? 0) + p.minor)
    else if (p.originalDate !== undefined) takenBack.set(day, (takenBack.get(day) ?? 0) + p.minor)
  }
  return { entries, purchases: countedPurchases(orders, takenBack, unit), firstOrder }
}

/** The day of the order (or call-off) that a return takes back: the one it names, else the latest not after it, else the first. */
export function orderDayOf(p: Purchase, days: ReadonlyMap<LocalDate, number>): LocalDate {
  if (p.originalDate !== undefined && days.has(p.originalDate)) return p.originalDate
  const sorted = [...days.keys()].sort()
  return sorted.findLast((day) => day <= p.date) ?? sorted[0] ?? p.date
}

function countedPurchases(
  orders: ReadonlyMap<string, ReadonlyMap<LocalDate, number>>,
  takenBack: ReadonlyMap<LocalDate, number>,
  unit: 'orderDay' | 'order',
): readonly LocalDate[] {
  const kept: LocalDate[] = []
  const netOf = new Map<LocalDate, number>()
  for (const days of orders.values()) {
    for (const [day, net] of days) {
      if (net <= 0) continue
      kept.push(day)
      netOf.set(day, (netOf.get(day) ?? 0) + net)
    }
  }
  kept.sort()
  return kept.filter(
    (day, i) => (unit === 'order' || day !== kept[i - 1]) && (netOf.get(day) ?? 0) + (takenBack.get(day) ?? 0) > 0,
  )
}

/** How many purchases fall into the span. */
export function purchasesIn(index: PurchaseIndex, span: DateSpan): number {
  let n = 0
  for (const day of index.purchases) if (day >= span.from && day < span.to) n++
  return n
}
