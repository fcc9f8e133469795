import type { Failure } from '../rules/index.ts'
import { approvalLimits, type Approval, type ApprovalStage, type Seat } from './types.ts'

/** The department that a role belongs to, where the directory does not say. */
export function departmentOf(role: string): string {
  return role.split('.')[0] ?? role
}

export function isClosed(approval: Approval): boolean {
  return approval.decision !== null || approval.voided !== null
}

/** The refusal of every act in an approval that is decided or void. */
export function closedFailure(approval: Approval): Failure {
  return {
    code: 'approval_closed',
    required: 'open',
    actual: approval.voided === null ? (approval.decision?.outcome ?? null) : 'void',
  }
}

/** Stages that can still change. */
export function undecided(stage: ApprovalStage): boolean {
  return stage.status === 'open' || stage.status === 'waiting'
}

export function activeSeats(approval: Approval, stage: string): readonly Seat[] {
  return approval.seats.filter((seat) => seat.stage === stage && seat.vacated === null)
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

/** Why a person cannot have a part in judging this material at all. */
export function barredFailures(approval: Pick<Approval, 'makers' | 'barred'>, person: string): readonly Failure[] {
  const failures: Failure[] = []
  if (approval.makers.includes(person)) failures.push({ code: 'maker_is_checker', required: null, actual: person })
  const bar = approval.barred.find((b) => b.person === person)
  if (bar !== undefined) failures.push({ code: 'person_barred', required: null, actual: { person, because: bar.because } })
  return failures
}

/** Why a person cannot take a seat in these stages: barred, a maker, or there already, by a seat or as the hand of a delegator. */
export function newcomerFailures(approval: Approval, person: string, stages: readonly string[]): readonly Failure[] {
  const failures = [...barredFailures(approval, person)]
  const seated = stages.filter(
    (stage) =>
      activeSeats(approval, stage).some((seat) => seat.person === person) ||
      approval.votes.some((v) => v.stage === stage && v.by === person),
  )
  for (const stage of seated) failures.push({ code: 'elector_exists', required: null, actual: { stage, person } })
  return failures
}

/** What is wrong with the reason of a change. */
export function reasonFailures(reason: string): readonly Failure[] {
  const failures: Failure[] = []
  if (reason.trim() === '')
    failures.push({ code: 'field_missing', required: 'reason', actual: null, remedy: { kind: 'fill', field: 'reason' } })
  if (reason.length > approvalLimits.comment)
    failures.push({ code: 'value_too_large', required: approvalLimits.comment, actual: reason.length })
  return failures
}

/** Why the electorate cannot change once more. */
export function changeFailures(approval: Approval, reason: string): readonly Failure[] {
  const { length } = approval.changes
  return length < approvalLimits.changes
    ? reasonFailures(reason)
    : [...reasonFailures(reason), { code: 'limit_reached', required: approvalLimits.changes, actual: length }]
}

/** The stage of that id, or the refusal. */
export function unknownStage(approval: Approval, stage: string | undefined): readonly Failure[] {
  if (stage === undefined || approval.stages.some((s) => s.id === stage)) return []
  return [{ code: 'not_found_in_instance', required: approval.stages.map((s) => s.id), actual: stage }]
}
