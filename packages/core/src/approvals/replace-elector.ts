import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import {
  barredFailures,
  changeFailures,
  closedFailure,
  distinct,
  isClosed,
  newcomerFailures,
  undecided,
  unknownStage,
} from './electorate.ts'
import { isHeld, takeSeats } from './seats.ts'
import { settleStages } from './settle.ts'
import type { Approval, ApprovalResult, Seat } from './types.ts'

export interface ReplaceInput {
  /** Whose seats are given away: an elector, or one who recused and left a place that nobody holds. */
  readonly person: string
  readonly to: string
  /** Who decides so; never a maker of the material or a barred person. */
  readonly by: string
  readonly reason: string
  readonly at: Instant
  /** Default: every stage still to be decided. */
  readonly stage?: string
}

/**
 * Replaces an elector with a reason: the one way to change the fixed electorate from outside (the person left, or a stage is blocked). The
 * replaced person's votes in stages still to be decided go with the seats.
 *
 * @example
 * ```ts
 * replaceElector(approval, { person: 'u-2', to: 'u-7', by: 'hr', reason: 'left the company', at }).ok // => true
 * ```
 */
export function replaceElector(approval: Approval, input: ReplaceInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const { person, to, by, reason, at } = input
  const stages = approval.stages.filter((s) => undecided(s) && (input.stage ?? s.id) === s.id)
  const free = (seat: Seat): boolean => {
    const stage = stages.find((s) => s.id === seat.stage)
    if (stage === undefined || seat.person !== person) return false
    return seat.vacated === null || (seat.vacated === 'recused' && !isHeld(approval.seats, seat, stage.mode === 'perDepartment'))
  }
  const given = approval.seats.filter(free)
  const failures: Failure[] = [
    ...unknownStage(approval, input.stage),
    ...changeFailures(approval, reason),
    ...barredFailures(approval, by),
    ...newcomerFailures(approval, to, distinct(given.map((s) => s.stage))),
  ]
  if (given.length === 0) failures.push({ code: 'not_an_elector', required: input.stage ?? 'open', actual: person })
  if (failures.length > 0) return { ok: false, failures }
  const next: Approval = {
    ...approval,
    seats: takeSeats(approval.seats, free, to, 'replacement', by),
    votes: approval.votes.filter((v) => v.elector !== person || !given.some((s) => s.stage === v.stage)),
    changes: [...approval.changes, { kind: 'replace', stage: input.stage ?? null, person, to, by, reason, at }],
  }
  return { ok: true, approval: settleStages(next, at) }
}
