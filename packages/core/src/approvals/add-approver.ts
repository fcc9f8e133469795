import type { Instant } from '../calendar/index.ts'
import {
  activeSeats,
  changeFailures,
  closedFailure,
  departmentOf,
  isClosed,
  newcomerFailures,
  unknownStage,
} from './electorate.ts'
import { settleStages } from './settle.ts'
import { approvalLimits, type Approval, type ApprovalResult, type ApprovalStage, type Seat } from './types.ts'

export interface AddApproverInput {
  /** The elector who asks. */
  readonly by: string
  readonly person: string
  readonly reason: string
  readonly at: Instant
  /** Whether the added person decides before the stage goes on, after it, or beside its electors (default). */
  readonly position?: 'before' | 'after' | 'parallel'
  /** Default: the first open stage in which the asking elector sits. */
  readonly stage?: string
  /** Role to show for the added person. */
  readonly role?: string
}

/**
 * Adds an approver (加签). The added person must approve as well and counts towards no number, department or role, so that adding can make an approval
 * harder, never easier. Votes already cast stay.
 *
 * @example
 * ```ts
 * addApprover(approval, { by: 'u-2', person: 'u-9', reason: 'knows the plant', at, position: 'before' }).ok // => true
 * ```
 */
export function addApprover(approval: Approval, input: AddApproverInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const { by, person, at, position = 'parallel' } = input
  const unknown = unknownStage(approval, input.stage)
  if (unknown.length > 0) return { ok: false, failures: unknown }
  const stage = approval.stages.find(
    (s) =>
      s.status === 'open' && (input.stage ?? s.id) === s.id && activeSeats(approval, s.id).some((seat) => seat.person === by),
  )
  if (stage === undefined)
    return { ok: false, failures: [{ code: 'not_an_elector', required: input.stage ?? 'open', actual: by }] }
  const failures = [...changeFailures(approval, input.reason), ...newcomerFailures(approval, person, [stage.id])]
  if (approval.seats.length >= approvalLimits.people)
    failures.push({ code: 'limit_reached', required: approvalLimits.people, actual: approval.seats.length })
  if (failures.length > 0) return { ok: false, failures }
  const place = position === 'parallel' ? stage : insertedStage(approval, stage, position, by, at)
  const role = input.role ?? 'added'
  const seat: Seat = {
    stage: place.id,
    person,
    role,
    department: departmentOf(role),
    origin: 'added',
    added: true,
    by,
    vacated: null,
  }
  const next: Approval = {
    ...approval,
    stages: position === 'parallel' ? approval.stages : withInserted(approval.stages, stage, place, position),
    seats: [...approval.seats, seat],
    changes: [
      ...approval.changes,
      { kind: 'addApprover', stage: place.id, person: by, to: person, by, reason: input.reason, at },
    ],
  }
  return { ok: true, approval: settleStages(next, at) }
}

function insertedStage(
  approval: Approval,
  beside: ApprovalStage,
  position: 'before' | 'after',
  by: string,
  at: Instant,
): ApprovalStage {
  const before = position === 'before'
  const number = approval.stages.filter((s) => s.addedBy !== null).length + 1
  const taken = new Set(approval.stages.map((s) => s.id))
  let id = `added-${String(number)}`
  while (taken.has(id)) id = `${id}-x`
  return {
    id,
    mode: 'all',
    n: 0,
    roles: [],
    departments: [],
    required: [],
    veto: [],
    heard: [],
    escalateTo: beside.escalateTo,
    after: before ? beside.after : [beside.id],
    addedBy: by,
    status: before ? 'open' : 'waiting',
    openedAt: before ? at : null,
    endedAt: null,
  }
}

function withInserted(
  stages: readonly ApprovalStage[],
  stage: ApprovalStage,
  inserted: ApprovalStage,
  position: 'before' | 'after',
): readonly ApprovalStage[] {
  return stages.flatMap((s): readonly ApprovalStage[] => {
    if (position === 'before')
      return s.id === stage.id ? [inserted, { ...s, status: 'waiting', after: [...s.after, inserted.id] }] : [s]
    if (s.id === stage.id) return [s, inserted]
    return [s.after.includes(stage.id) ? { ...s, after: [...s.after, inserted.id] } : s]
  })
}
