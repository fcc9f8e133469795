export type {
  Clock,
  ClockBudget,
  ClockDue,
  ClockExtension,
  ClockPromise,
  ClockStanding,
  ClockStatus,
  ClockTerms,
  FiredRung,
  LadderRung,
  LedgerStretch,
  PauseCaps,
  ProvisionalCause,
  RungDue,
  TermsOf,
} from './types.ts'
export { restartClock, startClock, type StartOptions } from './start.ts'
export { pauseClock, resumeClock } from './pause.ts'
export { cancelClock, stopClock } from './stop.ts'
export { rebudgetClock, type RebudgetMode } from './rebudget.ts'
export { planRebudget, policyReason, type RebudgetInput, type RebudgetPlan } from './plan-rebudget.ts'
export { extendClock } from './extend.ts'
export { mayExtendClock, mayPauseClock, mayResumeClock, mayStopClock } from './checks.ts'
export { cappedPauses, type CappedPause } from './capped-pauses.ts'
export { dueOf } from './due.ts'
export { isOpen } from './ledger.ts'
export { standingOf } from './standing.ts'
export { dueRungs, markFired, rungId, rungsOf } from './rungs.ts'
export { nextDue, nextRung, strictest } from './next-due.ts'
export {
  explainClock,
  type ClockExplanation,
  type DayInterval,
  type DayVerdict,
  type ExplanationLine,
  type ExplanationPart,
  type PromiseShown,
} from './explain.ts'
