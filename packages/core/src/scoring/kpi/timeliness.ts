import { ratioOf, type Ratio } from './ratio.ts'

/** A complaint and its limit, instants in epoch milliseconds. */
export type TimedComplaint = {
  readonly id: string
  /** Of its resolution clock, extensions and pauses included. */
  readonly dueAt: number
  /** Null: not finished. */
  readonly finishedAt: number | null
  /** Duplicates and withdrawn complaints are nobody's delay. */
  readonly excluded: 'duplicate' | 'withdrawn' | null
}

/**
 * Complaint-handling timeliness, our completion of a formula that breaks off [F-4, decision 14]: of the complaints due in the period (`to` excluded), those
 * finished by their due instant.
 */
export function timelinessOf(
  complaints: readonly TimedComplaint[],
  { from, to }: { readonly from: number; readonly to: number },
): Ratio {
  return ratioOf(
    complaints.filter((c) => c.excluded === null && c.dueAt >= from && c.dueAt < to),
    (c) => c.id,
    (c) => c.finishedAt !== null && c.finishedAt <= c.dueAt,
  )
}
