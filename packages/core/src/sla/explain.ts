import type { Instant } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'
import { cappedPauses, type CappedPause } from './capped-pauses.ts'
import { dueWith } from './due.ts'
import { explainLeg, type ExplanationPart } from './explain-lines.ts'
import { extensionsInForce, placeLegs } from './measure.ts'
import { rungsOf } from './rungs.ts'
import type { Clock, ClockBudget, ClockStatus, ClockTerms, ProvisionalCause, RungDue } from './types.ts'

export type { DayInterval, DayVerdict, ExplanationLine, ExplanationPart } from './explain-lines.ts'

/** A promise with the instant at which it alone would be due. */
export interface PromiseShown {
  readonly budget: ClockBudget
  readonly from: Instant
  readonly since: Instant
  readonly reason: string
  readonly dueAt: Instant | null
}

/** A deadline as a sum that a person can check by hand; texts are the catalogues' matter. */
export interface ClockExplanation {
  readonly clock: string
  readonly cycle: number
  readonly revision: number
  readonly status: ClockStatus
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  /** The promise that counts, being due first. */
  readonly promise: PromiseShown
  /** The other promises in force. */
  readonly others: readonly PromiseShown[]
  readonly extensions: readonly { readonly by: Budget; readonly at: Instant }[]
  /** One a unit: the budget with extensions of its unit, then extensions of another unit. The lines of each add up to its budget. */
  readonly parts: readonly ExplanationPart[]
  readonly dueAt: Instant | null
  readonly provisional: boolean
  readonly because: readonly ProvisionalCause[]
  readonly pauseEndsAt: Instant | null
  /** Every pause, with the cap that cut it short, if one did. */
  readonly pauses: readonly CappedPause[]
  readonly rungs: readonly RungDue[]
}

/**
 * Explains when a clock is due: which promise counts, and day by day how its budget is used up. Long spans collapse into lines "n days × so much each",
 * so the size is bounded; in each part the lines' `counted` add up to its `budget` exactly (short of it only while an uncapped pause lasts).
 *
 * @example
 * ```ts
 * const { parts } = explainClock(clock, terms)
 * parts[0]?.lines.at(-1)?.total === parts[0]?.budget // => true
 * ```
 */
export function explainClock(clock: Clock, terms: ClockTerms): ClockExplanation {
  const { calendar } = terms
  const pauses = cappedPauses(clock, terms)
  const due = dueWith(clock, terms, pauses)
  const shown = clock.promises.map((promise): PromiseShown => ({
    ...promise,
    dueAt: placeLegs(clock, promise, calendar, pauses).at(-1)?.to ?? null,
  }))
  const promise = shown[due.promise] ?? {
    budget: { until: clock.startedAt },
    from: clock.startedAt,
    since: clock.startedAt,
    reason: '',
    dueAt: null,
  }
  return {
    clock: clock.name,
    cycle: clock.cycle,
    revision: clock.revision,
    status: clock.status,
    startedAt: clock.startedAt,
    endedAt: clock.endedAt,
    promise,
    others: shown.filter((_, index) => index !== due.promise),
    extensions: extensionsInForce(clock).map(({ by, at }) => ({ by, at })),
    parts: placeLegs(clock, promise, calendar, pauses).map((leg) => explainLeg(leg, calendar, pauses)),
    dueAt: due.dueAt,
    provisional: due.provisional,
    because: due.because,
    pauseEndsAt: due.pauseEndsAt,
    pauses,
    rungs: rungsOf(clock, terms),
  }
}
