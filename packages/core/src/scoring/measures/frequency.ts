import { addMonths, type LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import { purchasesIn, type PurchaseIndex } from './purchase-index.ts'
import { monthsBefore } from './windows.ts'

/** Purchases a period; decimals under `average`, the least of the periods under `every` [decision 4]. */
export interface Frequency {
  readonly perMonth: number
  readonly perQuarter: number
  readonly perYear: number
}

/**
 * How often the account bought in `frequency.window`, up to `to` (excluded) [P-08, P-12, P-16]. Periods are calendar months, quarters
 * and years counted back from `to`; a first part that is no whole period is not judged under `every`.
 */
export function frequency(index: PurchaseIndex, to: LocalDate, policy: Pick<Policy, 'frequency' | 'tier'>): Frequency {
  const { months } = policy.frequency.window
  const total = purchasesIn(index, monthsBefore(to, months))
  const average = (length: number): number => (total * length) / months
  if (policy.tier.frequencyBasis === 'average') return { perMonth: average(1), perQuarter: average(3), perYear: average(12) }
  const least = (length: number): number => {
    const periods = Math.floor(months / length)
    if (periods === 0) return average(length)
    let low = Infinity
    for (let k = 0; k < periods; k++)
      low = Math.min(low, purchasesIn(index, { from: addMonths(to, -(k + 1) * length), to: addMonths(to, -k * length) }))
    return low
  }
  return { perMonth: least(1), perQuarter: least(3), perYear: least(12) }
}
