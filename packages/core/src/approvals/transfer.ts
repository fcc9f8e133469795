import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import { activeSeats, changeFailures, closedFailure, isClosed, newcomerFailures, undecided, unknownStage } from './electorate.ts'
import { takeSeats } from './seats.ts'
import { settleStages } from './settle.ts'
import type { Approval, ApprovalResult } from './types.ts'

export interface TransferInput {
  readonly person: string
  readonly to: string
  readonly reason: string
  readonly at: Instant
  /** Default: every stage still to be decided in which the person sits. */
  readonly stage?: string
}

/**
 * Hands an elector's seats, with their roles, to another person (转办). A vote already cast is not handed on: change it, or recuse.
 *
 * @example
 * ```ts
 * transferVote(approval, { person: 'u-2', to: 'u-7', reason: 'on leave', at }).ok // => true
 * ```
 */
export function transferVote(approval: Approval, input: TransferInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const { person, to, reason, at } = input
  const stages = approval.stages
    .filter(
      (s) => undecided(s) && (input.stage ?? s.id) === s.id && activeSeats(approval, s.id).some((seat) => seat.person === person),
    )
    .map((s) => s.id)
  const failures: Failure[] = [
    ...unknownStage(approval, input.stage),
    ...changeFailures(approval, reason),
    ...newcomerFailures(approval, to, stages),
  ]
  if (stages.length === 0) failures.push({ code: 'not_an_elector', required: input.stage ?? 'open', actual: person })
  const voted = approval.votes.find((v) => v.elector === person && stages.includes(v.stage))
  if (voted !== undefined)
    failures.push({ code: 'already_done', required: null, actual: { stage: voted.stage, elector: person } })
  if (failures.length > 0) return { ok: false, failures }
  const next: Approval = {
    ...approval,
    seats: takeSeats(
      approval.seats,
      (s) => s.vacated === null && s.person === person && stages.includes(s.stage),
      to,
      'transfer',
      person,
    ),
    changes: [...approval.changes, { kind: 'transfer', stage: input.stage ?? null, person, to, by: person, reason, at }],
  }
  return { ok: true, approval: settleStages(next, at) }
}
