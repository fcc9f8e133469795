import type { Purchase } from '@ka-governance/core'
import type { OrderDraft } from './draft.ts'

/** Orders as purchases, and how many returns found no order before them. */
export interface LinkedOrders {
  readonly purchases: readonly Purchase[]
  readonly returns: number
  readonly unlinked: number
}

/**
 * Gives every return the order that it takes back, so that it lowers the period in which that order was counted [decision 19]. Files name the order
 * seldom; then it is the latest earlier order of the account with just that open amount, else the latest earlier orders in turn. What no earlier order
 * covers (bought before the file begins) stays a return of its own day.
 *
 * @example
 * ```ts
 * const order = { orderId: '581483', instant: 1, date: '2011-12-09', minor: 16_846_960, currency: 'GBP', isReturn: false }
 * const credit = { orderId: 'C581484', instant: 2, date: '2011-12-09', minor: -16_846_960, currency: 'GBP', isReturn: true }
 * linkReturns([order, credit]).purchases[1]?.orderId // => '581483'
 * ```
 */
export function linkReturns(orders: readonly OrderDraft[]): LinkedOrders {
  const sorted = [...orders].sort(
    (a, b) => a.instant - b.instant || Number(a.isReturn || a.minor < 0) - Number(b.isReturn || b.minor < 0),
  )
  const open: { order: OrderDraft; left: number }[] = []
  const purchases: Purchase[] = []
  let returns = 0
  let unlinked = 0
  for (const order of sorted) {
    const { date, orderId, currency } = order
    if (order.minor >= 0) {
      purchases.push({ date, orderId, minor: order.minor, currency, kind: 'order' })
      if (order.minor > 0) open.push({ order, left: order.minor })
      continue
    }
    returns += 1
    let rest = -order.minor
    const give = (from: { order: OrderDraft; left: number }, minor: number): void => {
      from.left -= minor
      rest -= minor
      purchases.push({
        date,
        orderId: from.order.orderId,
        minor: -minor,
        currency,
        kind: 'return',
        originalDate: from.order.date,
      })
    }
    const same = open.findLast((o) => o.left === rest && o.order.currency === currency)
    if (same) give(same, rest)
    for (let i = open.length - 1; i >= 0 && rest > 0; i -= 1) {
      const candidate = open[i]
      if (candidate !== undefined && candidate.left > 0 && candidate.order.currency === currency)
        give(candidate, Math.min(rest, candidate.left))
    }
    if (rest > 0) {
      unlinked += 1
      purchases.push({ date, orderId, minor: -rest, currency, kind: 'return' })
    }
    while (open.at(-1)?.left === 0) open.pop()
  }
  return { purchases, returns, unlinked }
}
