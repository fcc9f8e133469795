import type { Threshold } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Rank, TierLimits } from './tier-rules.ts'

/** The limits of the tiers as plain numbers, so that the loop compares once and asks for no operator: least values, and of disputes the most. */
export interface TierFloors {
  /** Best rank by the rank of the amount: of one that is not known, D, C, B and A. */
  readonly amountCaps: readonly [Rank, Rank, Rank, Rank, Rank]
  /** A debt older than this caps; infinite where the gate is off. */
  readonly overdueDays: number
  /** Best rank while a serious dispute is open. */
  readonly disputeCap: Rank
  readonly amountA: number
  readonly amountB: number
  readonly amountC: number
  readonly perMonthA: number
  readonly perQuarterB: number
  readonly perYearC: number
  readonly scoreA: number
  readonly scoreB: number
  readonly scoreC: number
  readonly yearsA: number
  readonly yearsB: number
  readonly yearsC: number
  readonly mostDisputesA: number
  readonly mostDisputesB: number
  readonly mostDisputesC: number
}

/** The same limits, prepared. */
export function floorsOf(A: TierLimits, B: TierLimits, C: TierLimits, gates: Policy['tier']['gates']): TierFloors {
  const { amountD, aboveAmount, overdueDays, seriousDispute } = gates
  const cap = (amount: Rank): Rank => (aboveAmount === null ? 4 : (Math.min(4, amount + aboveAmount) as Rank))
  return {
    amountCaps: [4, amountD ? 1 : cap(1), cap(2), cap(3), cap(4)],
    overdueDays: overdueDays ?? Infinity,
    disputeCap: seriousDispute ? 2 : 4,
    amountA: leastThatMeets(A.amount),
    amountB: leastThatMeets(B.amount),
    amountC: leastThatMeets(C.amount),
    perMonthA: leastThatMeets(A.frequency),
    perQuarterB: leastThatMeets(B.frequency),
    perYearC: leastThatMeets(C.frequency),
    scoreA: leastThatMeets(A.score),
    scoreB: leastThatMeets(B.score),
    scoreC: leastThatMeets(C.score),
    yearsA: leastThatMeets(A.years),
    yearsB: leastThatMeets(B.years),
    yearsC: leastThatMeets(C.years),
    // A number of disputes is whole, and its limit always inclusive.
    mostDisputesA: A.disputes.value,
    mostDisputesB: B.disputes.value,
    mostDisputesC: C.disputes.value,
  }
}

/** The smallest number that meets a floor: itself, or the next double where the floor is exclusive. */
export const leastThatMeets = ({ op, value }: Threshold): number => (op === '>' ? nextUp(value) : value)

/** The next larger double of a number that is 0 or more. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  const bits = new BigInt64Array(new Float64Array([value]).buffer)
  bits[0] = (bits[0] ?? 0n) + 1n
  return new Float64Array(bits.buffer)[0] ?? value
}
