import type { Portfolio, PortfolioAccount } from '../ingest/portfolio.ts'

/** Net sales in a span of business dates, `to` excluded; a return counts on the day of the order that it takes back. */
export function netSales(account: PortfolioAccount, from: string, to: string): number {
  let sum = 0
  for (const p of account.purchases) {
    const date = p.originalDate ?? p.date
    if (date >= from && date < to) sum += p.minor
  }
  return sum
}

/** True when the files cover the whole span. */
export function isCovered(coverage: Portfolio['coverage'], from: string, to: string): boolean {
  return coverage !== null && coverage.from <= from && to <= coverage.to
}

/** The same date in another year; 29 February becomes 28 February. */
export function yearsFrom(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0')
  return date.endsWith('-02-29') ? `${year}-02-28` : `${year}${date.slice(4)}`
}
