import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderDraft } from './draft.ts'
import { linkReturns } from './returns.ts'

const order = (orderId: string, date: string, minor: number): OrderDraft => ({
  orderId,
  instant: Date.parse(date),
  date: date.slice(0, 10),
  minor,
  currency: 'GBP',
  isReturn: minor < 0,
})

describe('linkReturns [decision 19]', () => {
  it('takes back the order with the same open amount, else the latest ones', () => {
    const { purchases } = linkReturns([
      order('1', '2024-01-05', 100),
      order('2', '2024-02-05', 300),
      order('3', '2024-03-05', 200),
      order('C1', '2024-04-01', -100),
      order('C2', '2024-04-02', -450),
    ])
    expect(purchases.filter((p) => p.kind === 'return')).toEqual([
      { date: '2024-04-01', orderId: '1', minor: -100, currency: 'GBP', kind: 'return', originalDate: '2024-01-05' },
      { date: '2024-04-02', orderId: '3', minor: -200, currency: 'GBP', kind: 'return', originalDate: '2024-03-05' },
      { date: '2024-04-02', orderId: '2', minor: -250, currency: 'GBP', kind: 'return', originalDate: '2024-02-05' },
    ])
  })

  it('keeps a return of goods bought before the file on its own day', () => {
    const { purchases, unlinked } = linkReturns([order('C1', '2024-01-02', -70), order('1', '2024-01-03', 70)])
    expect(unlinked).toBe(1)
    expect(purchases[0]).toEqual({ date: '2024-01-02', orderId: 'C1', minor: -70, currency: 'GBP', kind: 'return' })
  })

  it('never changes the total, and takes back no more than was bought', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(20)), { maxLength: 20 }), (rows) => {
        const orders = rows.map(([minor, day], i) => order(String(i), new Date(Date.UTC(2024, 0, 1 + day)).toISOString(), minor))
        const { purchases } = linkReturns(orders)
        expect(purchases.reduce((s, p) => s + p.minor, 0)).toBe(orders.reduce((s, o) => s + o.minor, 0))
        for (const p of purchases.filter((q) => q.kind === 'order')) {
          const back = purchases.filter((q) => q.kind === 'return' && q.originalDate !== undefined && q.orderId === p.orderId)
          expect(p.minor + back.reduce((s, q) => s + q.minor, 0)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})
