import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import { activeSeats, closedFailure, isClosed, reasonFailures, undecided } from './electorate.ts'
import { isHeld } from './seats.ts'
import { settleStages } from './settle.ts'
import type { Approval, ApprovalResult, Seat } from './types.ts'

export interface RecuseInput {
  readonly person: string
  readonly reason: string
  readonly at: Instant
}

/**
 * Withdraws a person for a conflict of interest. From then on they are barred: seats and votes in stages still to be decided are gone, votes they cast for
 * others too. Where nobody is left for their role or department, the substitutes sit for it; where there is none, the stage is blocked until
 * `replaceElector`. A person always can recuse, whatever that leaves: it fails closed.
 *
 * @example
 * ```ts
 * recuse(approval, { person: 'u-2', reason: 'relative at the customer', at }).ok // => true
 * ```
 */
export function recuse(approval: Approval, input: RecuseInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const { person, reason, at } = input
  const stages = new Map(approval.stages.filter(undecided).map((s) => [s.id, s]))
  const vacated = [...stages.keys()].flatMap((id) => activeSeats(approval, id).filter((seat) => seat.person === person))
  const heard = [...stages.values()].some((s) => s.heard.includes(person))
  // No limit of changes here: each person recuses once, and must always be able to.
  const failures: Failure[] = [...reasonFailures(reason)]
  if (vacated.length === 0 && !heard) failures.push({ code: 'not_an_elector', required: 'open', actual: person })
  if (failures.length > 0) return { ok: false, failures }
  const barred = [...approval.barred, { person, because: reason }]
  const left = approval.seats.map((seat): Seat => (vacated.includes(seat) ? { ...seat, vacated: 'recused' } : seat))
  const next: Approval = {
    ...approval,
    barred,
    reserve: approval.reserve.filter((r) => r !== person),
    stages: approval.stages.map((s) => (stages.has(s.id) ? { ...s, heard: s.heard.filter((h) => h !== person) } : s)),
    seats: [...left, ...substitutesFor(approval, vacated, left, person)],
    votes: approval.votes.filter((v) => !stages.has(v.stage) || (v.elector !== person && !v.chain.includes(person))),
    changes: [...approval.changes, { kind: 'recuse', stage: null, person, to: null, by: person, reason, at }],
  }
  return { ok: true, approval: settleStages(next, at) }
}

function substitutesFor(approval: Approval, vacated: readonly Seat[], left: readonly Seat[], person: string): readonly Seat[] {
  const seats: Seat[] = []
  for (const seat of vacated) {
    const perDepartment = approval.stages.find((s) => s.id === seat.stage)?.mode === 'perDepartment'
    // An added approver has no substitute: the scheme's own conditions stay as they are.
    if (seat.added || isHeld([...left, ...seats], seat, perDepartment)) continue
    const { stage, role, department, added } = seat
    for (const reserve of approval.reserve.filter((r) => r !== person))
      seats.push({ stage, person: reserve, role, department, added, origin: 'substitute', instead: person, vacated: null })
  }
  return seats
}
