import type { Policy } from '@ka-governance/core'
import type { PortfolioAccount } from '../ingest/portfolio.ts'
import type { RecordedApplication } from '../ingest/recorded.ts'
import { yearsFrom } from './sales.ts'

type Measures = Pick<
  RecordedApplication,
  | 'industry'
  | 'size'
  | 'need'
  | 'annualVolume'
  | 'growthPotential'
  | 'willingness'
  | 'paidInCapital'
  | 'overdueDays'
  | 'stableYears'
  | 'lawful'
  | 'reputation'
  | 'violations'
>

/** Everything that registration and report ask, known. */
export type Known = { readonly [K in keyof Measures]: NonNullable<Measures[K]> }

/** An application with what the account's own records add to it. */
export interface ApplicationData {
  /** `null`: something is missing. */
  readonly known: Known | null
  /** What neither the row nor the account's records say. */
  readonly missing: readonly string[]
  /** What the row is silent about and the account's records say. */
  readonly derived: readonly string[]
}

const year = 365.25 * 86_400_000

/**
 * What is known of an applicant on the day: the row, else the account's own orders (net amount of the last twelve months, years since the first) and
 * payments (most days late in the last twelve months). Nothing is invented: what remains is missing.
 */
export function applicationData(
  application: RecordedApplication,
  account: PortfolioAccount | undefined,
  on: string,
  policy: Pick<Policy, 'currency'>,
): ApplicationData {
  const derived: string[] = []
  const from = <T>(name: string, given: T | null, records: () => T | null): T | null => {
    if (given !== null) return given
    const found = records()
    if (found !== null) derived.push(name)
    return found
  }
  const purchases = (account?.purchases ?? []).filter((p) => p.date <= on)
  const currency = account?.currency ?? policy.currency
  const since = yearsFrom(on, -1)
  const values: Measures = {
    industry: application.industry,
    size: application.size,
    need: application.need,
    annualVolume: from('annualVolume', application.annualVolume, () => {
      if (purchases.length === 0) return null
      const minor = purchases.reduce((sum, p) => {
        const date = p.originalDate ?? p.date
        return date >= since && date < on && p.currency === currency ? sum + p.minor : sum
      }, 0)
      return { currency, minor: Math.max(0, minor) }
    }),
    growthPotential: application.growthPotential,
    willingness: application.willingness,
    paidInCapital: application.paidInCapital,
    overdueDays: from('overdueDays', application.overdueDays, () => {
      // Without an order there is nothing that could be late.
      if (purchases.length === 0 || account === undefined) return null
      const late = account.latePayments.filter((p) => p.dueOn >= since && p.dueOn <= on).map((p) => p.daysLate)
      return Math.max(account.overdueDays ?? 0, ...late)
    }),
    stableYears: from('stableYears', application.stableYears, () => {
      const first = purchases[0]?.date
      return first === undefined ? null : Math.floor(((Date.parse(on) - Date.parse(first)) / year) * 10) / 10
    }),
    lawful: application.lawful,
    reputation: application.reputation,
    violations: application.violations,
  }
  const missing = Object.entries(values).flatMap(([name, value]) => (value === null ? [name] : []))
  return { known: missing.length === 0 ? (values as Known) : null, missing, derived }
}
