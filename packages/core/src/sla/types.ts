import type { Instant, Milliseconds, WorkingCalendar } from '../calendar/index.ts'
import type { Budget } from '../policy/parts.ts'

/** What a promise grants: an amount of time from its start, or a fixed instant that no pause moves. */
export type ClockBudget = Budget | { readonly until: Instant }

/** A deadline that was promised; the earliest of those in force counts (decision `sla.onTierOrPriorityChange`). */
export interface ClockPromise {
  readonly budget: ClockBudget
  /** Where the budget is measured from. */
  readonly from: Instant
  /** When it was promised; later than `from` for a re-measured or backdated one. */
  readonly since: Instant
  /** Why: `start`, `tier`, `priority`, `round` or what else the workflow says. */
  readonly reason: string
}

/** Time added to every promise of the present measure, once approved [I-10]. */
export interface ClockExtension {
  readonly by: Budget
  readonly at: Instant
  /** The revision that it began; extensions up to the measure's `base` are spent. */
  readonly revision: number
}

/** A stretch of the ledger; stretches adjoin, the last one is open (`to: null`) until the clock ends. */
export interface LedgerStretch {
  readonly from: Instant
  readonly to: Instant | null
  readonly kind: 'running' | 'paused'
  readonly reason?: string
}

/** A rung that has been acted on. Known by clock, cycle, revision and rung; `dueAt` is a record, never an identity (architecture rule 6). */
export interface FiredRung {
  readonly cycle: number
  readonly revision: number
  readonly rung: string
  readonly dueAt: Instant
}

/** Whether a clock ended in time follows from its ledger and the calendar: see `standingOf`. */
export type ClockStatus = 'running' | 'paused' | 'stopped' | 'cancelled'

/**
 * An SLA clock as stored [P-02 … P-05, P-21 … P-24]: raw instants and promises, plain JSON. No due instant is kept in it, so that a replay needs
 * no calendar and a new holiday list moves the deadlines of open clocks.
 */
export interface Clock {
  readonly name: string
  /** 1 for the first run, one more for each restart (a reopened complaint, a further round). */
  readonly cycle: number
  /** Grows when the due instant may move later (extension, restarted measure), so that the ladder is climbed again. */
  readonly revision: number
  /** The revision at which the present measure began. */
  readonly base: number
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly status: ClockStatus
  /** Hand-off and first response never pause (decision 12). */
  readonly pausable: boolean
  /** Those in force that can be the earliest, the newest last. */
  readonly promises: readonly ClockPromise[]
  readonly extensions: readonly ClockExtension[]
  readonly ledger: readonly LedgerStretch[]
  /** Of the present cycle. */
  readonly fired: readonly FiredRung[]
}

/** One step of a ladder: at this percentage of the time from start to due, this role is told. */
export interface LadderRung {
  readonly at: number
  readonly kind: 'warn' | 'breach' | 'escalate'
  readonly notify: string
}

/** Caps of one pause and of all pauses of a clock's cycle, each in its own unit. */
export interface PauseCaps {
  readonly each: Budget
  readonly total: Budget
}

/** What turns a clock's record into instants: `{ calendar, maxPause: policy.sla.maxPause, ladder: policy.sla.ladder }`. */
export interface ClockTerms {
  readonly calendar: WorkingCalendar
  readonly maxPause?: PauseCaps
  readonly ladder: readonly LadderRung[]
}

/** The same terms for all clocks of an instance, or terms by clock. */
export type TermsOf = ClockTerms | ((clock: Clock) => ClockTerms)

/** Why a due instant may still move without a command: an open pause was taken to its cap; the calendar lacks the holidays of those dates. */
export type ProvisionalCause = 'openPause' | 'coverage'

/** When a clock is due. */
export interface ClockDue {
  /** The instant from which the clock is breached; under an open pause taken to its cap; `null` while an uncapped one keeps it unknown. */
  readonly dueAt: Instant | null
  readonly provisional: boolean
  readonly because: readonly ProvisionalCause[]
  /** Index into `clock.promises` of the one that counts. */
  readonly promise: number
  /** When the open pause reaches its cap and the clock runs on by itself. */
  readonly pauseEndsAt: Instant | null
}

/** Where a clock stands at an instant. */
export interface ClockStanding extends ClockDue {
  /** Of the promise that counts: working time, or elapsed time where its unit is elapsed or calendar days. */
  readonly measure: 'working' | 'elapsed'
  /** Time used of it, without pauses, up to the instant or the clock's end. */
  readonly consumedMs: Milliseconds
  /** Time left until due; negative when late; `null` while unknown. */
  readonly remainingMs: Milliseconds | null
  /** The due instant was reached before the clock ended: at the very instant is too late. */
  readonly breached: boolean
  /** Stands still at the instant: paused, and the pause not beyond its cap. */
  readonly paused: boolean
}

/** A rung with the instant at which it falls due. */
export interface RungDue {
  readonly clock: string
  readonly cycle: number
  readonly revision: number
  /** Stable id within a ladder, e.g. `80-warn-accountManager`. */
  readonly rung: string
  readonly percent: number
  readonly kind: LadderRung['kind']
  readonly notify: string
  readonly at: Instant
  readonly provisional: boolean
}
