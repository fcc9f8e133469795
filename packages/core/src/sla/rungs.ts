import type { Instant } from '../calendar/index.ts'
import { compareText } from '../rules/index.ts'
import { cappedPauses } from './capped-pauses.ts'
import { isUncovered, placeDue } from './due.ts'
import { isOpen } from './ledger.ts'
import { advance, isFixed, measureOf, timeBetween } from './measure.ts'
import type { Clock, ClockTerms, LadderRung, RungDue } from './types.ts'

/** Id of a rung within its ladder; an unchanged rung keeps it when the ladder around it changes. */
export function rungId(rung: LadderRung): string {
  return `${String(rung.at)}-${rung.kind}-${rung.notify}`
}

/** Order in which rungs are settled: by due instant, then clock, then percentage. */
export function compareRungs(a: RungDue, b: RungDue): number {
  return a.at - b.at || compareText(a.clock, b.clock) || a.percent - b.percent || compareText(a.rung, b.rung)
}

/**
 * The rungs of a clock's ladder with the instants at which they fall due, in settling order. A percentage is taken of the working milliseconds from
 * start to due (of the elapsed ones for elapsed hours, calendar days and fixed instants), pauses left out; 100 % is the due instant itself. Empty while an
 * uncapped pause keeps the due instant unknown: whatever fell due before was settled by the command that paused.
 *
 * @example
 * ```ts
 * rungsOf(clock, terms).map((rung) => rung.percent) // => [80, 100, 150]
 * ```
 */
export function rungsOf(clock: Clock, terms: ClockTerms): readonly RungDue[] {
  const known = placed.get(clock)
  if (known?.terms.calendar === terms.calendar && known.terms.ladder === terms.ladder && known.terms.maxPause === terms.maxPause)
    return known.rungs
  const rungs = placeRungs(clock, terms)
  placed.set(clock, { terms, rungs })
  return rungs
}

/** Clocks are never changed, and every command asks for their rungs twice: once to settle, once for the index of what is due. */
const placed = new WeakMap<Clock, { readonly terms: ClockTerms; readonly rungs: readonly RungDue[] }>()

function placeRungs(clock: Clock, terms: ClockTerms): readonly RungDue[] {
  const { calendar, ladder } = terms
  const pauses = cappedPauses(clock, terms)
  const due = placeDue(clock, terms, pauses)
  const promise = clock.promises[due.promise]
  const { dueAt } = due
  if (dueAt === null || promise === undefined) return []
  const measure = measureOf(promise.budget)
  const counted = isFixed(promise.budget) ? [] : pauses
  const total = timeBetween(measure, calendar, promise.from, dueAt, counted)
  const instantOf = (percent: number): Instant | null => {
    if (percent === 100 || total === 0) return dueAt
    const at = advance(measure, calendar, promise.from, Math.round((total * percent) / 100), counted)
    return at === null ? null : percent < 100 ? Math.min(at, dueAt) : Math.max(at, dueAt)
  }
  const known = ladder.flatMap((rung) => {
    const at = instantOf(rung.at)
    return at === null ? [] : [{ rung, at }]
  })
  // Holidays known up to the last rung are known up to the others, and up to the due instant.
  const last = known.reduce((latest, { at }) => Math.max(latest, at), dueAt)
  const uncovered = isUncovered(clock, terms, due.promise, last)
  const rungs = known.map(({ rung, at }): RungDue => ({
    clock: clock.name,
    cycle: clock.cycle,
    revision: clock.revision,
    rung: rungId(rung),
    percent: rung.at,
    kind: rung.kind,
    notify: rung.notify,
    at,
    provisional: due.waits || (uncovered && isUncovered(clock, terms, due.promise, Math.max(at, dueAt))),
  }))
  return rungs.sort(compareRungs)
}

/** Whether a rung of the present cycle and revision has been acted on; its due instant may have moved since (architecture rule 6). */
function hasFired(clock: Clock, rung: RungDue): boolean {
  return clock.fired.some((f) => f.cycle === rung.cycle && f.revision === rung.revision && f.rung === rung.rung)
}

/** The rungs of an open clock that fell due at or before an instant and have not fired, in settling order. */
export function dueRungs(clock: Clock, terms: ClockTerms, until: Instant): readonly RungDue[] {
  return openRungs(clock, terms).filter((rung) => rung.at <= until)
}

/** The rungs of an open clock that have not fired. */
export function openRungs(clock: Clock, terms: ClockTerms): readonly RungDue[] {
  return isOpen(clock) ? rungsOf(clock, terms).filter((rung) => !hasFired(clock, rung)) : []
}

/** Remembers that a rung has been acted on. A rung of another clock, cycle or revision, or one marked before, changes nothing. */
export function markFired(clock: Clock, rung: RungDue): Clock {
  const mine = rung.clock === clock.name && rung.cycle === clock.cycle && rung.revision === clock.revision
  if (!mine || hasFired(clock, rung)) return clock
  return { ...clock, fired: [...clock.fired, { cycle: rung.cycle, revision: rung.revision, rung: rung.rung, dueAt: rung.at }] }
}
