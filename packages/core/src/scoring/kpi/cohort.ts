import type { LocalDate } from '../../calendar/index.ts'
import { tiers, type Tier } from '../../policy/parts.ts'
import { ratioOf, type Ratio } from './ratio.ts'

/** A customer that was there when the period began. */
export type CohortMember = {
  readonly accountId: string
  /** Null: it had none. */
  readonly tierAtStart: Tier | null
  readonly tierAtEnd: Tier | null
  /** Last day on which something was bought that was not given back; null: never. */
  readonly lastPurchaseOn: LocalDate | null
  readonly exitedOn: LocalDate | null
}

/** Retention over all, and by the tier at the start. */
export type Retention = Ratio & { readonly byTier: { readonly [T in Tier]: Ratio } }

/**
 * Retention [F-2]: of the customers present when the period began, those with a net purchase since `activeSince` [I-43] that had not left by `end`
 * (excluded). Customers won in the period are not in the cohort, so it never exceeds 100 %.
 */
export function retentionOf(
  cohort: readonly CohortMember[],
  { activeSince, end }: { readonly activeSince: LocalDate; readonly end: LocalDate },
): Retention {
  const isKept = ({ lastPurchaseOn, exitedOn }: CohortMember): boolean =>
    (exitedOn === null || exitedOn >= end) && lastPurchaseOn !== null && lastPurchaseOn >= activeSince
  const of = (members: readonly CohortMember[]): Ratio => ratioOf(members, (m) => m.accountId, isKept)
  const [A, B, C, D] = tiers.map((tier) => of(cohort.filter((m) => m.tierAtStart === tier))) as [Ratio, Ratio, Ratio, Ratio]
  return { ...of(cohort), byTier: { A, B, C, D } }
}

/** Upgrades among all customers of the start, and among those that could rise. */
export type UpgradeRate = Ratio & { readonly withoutA: Ratio }

/**
 * Upgrade rate [F-3]: tier at the end higher than at the start, of the customers present at the start with a tier; shown without A too, which cannot rise.
 */
export function upgradeRateOf(cohort: readonly CohortMember[]): UpgradeRate {
  const members = cohort.filter((m) => m.tierAtStart !== null)
  const rank = (tier: Tier | null): number => (tier === null ? tiers.length : tiers.indexOf(tier))
  const of = (list: readonly CohortMember[]): Ratio =>
    ratioOf(
      list,
      (m) => m.accountId,
      (m) => rank(m.tierAtEnd) < rank(m.tierAtStart),
    )
  return { ...of(members), withoutA: of(members.filter((m) => m.tierAtStart !== 'A')) }
}
