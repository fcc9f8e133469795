import type { AccountFacts, Purchase } from '../facts.ts'
import { factsWith } from './fixtures.ts'
import { sampleFilesMissing, sampleRows } from './sample-files.ts'

/** Whose purchase, and what it was. */
export type PurchaseOf = readonly [accountId: string, purchase: Purchase]

/** Rows of a sample file; none where the files are missing and the test that reads them is skipped. */
export const rowsIfThere = (file: string): Record<string, string>[] => (sampleFilesMissing === null ? sampleRows(file) : [])

/** Facts by account; nothing is known but the purchases and what is said of all accounts. */
export function factsByAccount(purchases: Iterable<PurchaseOf>, known: Partial<AccountFacts>): readonly AccountFacts[] {
  const byAccount = new Map<string, Purchase[]>()
  for (const [accountId, purchase] of purchases) {
    const list = byAccount.get(accountId)
    if (list) list.push(purchase)
    else byAccount.set(accountId, [purchase])
  }
  return [...byAccount].map(([accountId, list]) => factsWith({ judgements: {}, ...known, accountId, purchases: list }))
}

/** AdventureWorks resellers (fictional, three fiscal years from July; the last has eleven months). */
export const resellers = (known: Partial<AccountFacts> = {}): readonly AccountFacts[] =>
  factsByAccount(
    rowsIfThere('adventureworks-order-lines-even.csv.gz').map((row) => [
      row['ResellerKey'] ?? '',
      {
        date: row['OrderDate'] ?? '',
        orderId: row['SalesOrderNumber'] ?? '',
        minor: Math.round(Number(row['SalesAmount']) * 100),
        currency: 'USD',
        kind: 'order',
      },
    ]),
    { currency: 'USD', relationshipStart: '2017-07-01', ...known },
  )
