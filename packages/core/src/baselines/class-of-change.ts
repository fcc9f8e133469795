import type { Policy } from '../policy/index.ts'
import type { BaselineDiff, ClassOfChange, MajorReason } from './types.ts'

/**
 * How much a change weighs [decision 10]: major where it touches scope or quality standard, moves the budget by more than `majorBudgetShare` percent (or
 * into another currency), or the end by more than `majorDays` working days; else minor, as are resources and milestones inside the end date. The
 * difference must be the one from the last baseline that the KA management group itself approved, so that small steps cannot add up unseen.
 *
 * @example
 * ```ts
 * classOfChange(diffBaselines(plan, { ...plan, scope: 'two lines' }, calendar), policy.change).class // => 'major'
 * ```
 */
export function classOfChange(
  fromGroupBaseline: BaselineDiff,
  limits: Pick<Policy['change'], 'majorDays' | 'majorBudgetShare'>,
): ClassOfChange {
  const reasons = fromGroupBaseline.flatMap((entry): readonly MajorReason[] => {
    switch (entry.path) {
      case 'scope':
        return [{ because: 'scope' }]
      case 'qualityStandard':
        return [{ because: 'qualityStandard' }]
      case 'endDate':
        return entry.workingDays > limits.majorDays
          ? [{ because: 'endDate', workingDays: entry.workingDays, limit: limits.majorDays }]
          : []
      case 'budget':
        if (entry.before.currency !== entry.after.currency) return [{ because: 'currency' }]
        return exceeds(entry.before.minor, entry.after.minor, limits.majorBudgetShare)
          ? [{ because: 'budget', share: entry.share, limit: limits.majorBudgetShare }]
          : []
      default:
        return []
    }
  })
  return { class: reasons.length > 0 ? 'major' : 'minor', reasons }
}

/** More than so many percent, exactly: amounts are integers of any size, shares have at most six decimals here. */
function exceeds(before: number, after: number, percent: number): boolean {
  const million = 1_000_000n
  const moved = BigInt(Math.abs(after - before))
  return moved * 100n * million > BigInt(Math.round(percent * Number(million))) * BigInt(before)
}
