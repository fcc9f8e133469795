import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import { barredFailures, closedFailure, distinct, isClosed, undecided, unknownStage } from './electorate.ts'
import { approvalLimits, type Approval, type ApprovalResult, type OpinionStance } from './types.ts'

export interface CopyInput {
  readonly by: string
  readonly people: readonly string[]
  readonly at: Instant
}

/** Sends copies (抄送): the people learn of the approval and have no part in it. Barred people get none; a second copy changes nothing. */
export function copyTo(approval: Approval, input: CopyInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const bars = distinct([input.by, ...input.people]).flatMap((p) =>
    barredFailures(approval, p).filter((f) => f.code === 'person_barred'),
  )
  const fresh = distinct(input.people).filter((person) => !approval.copies.some((c) => c.person === person))
  const count = approval.copies.length + fresh.length
  const failures: readonly Failure[] =
    count > approvalLimits.copies ? [...bars, { code: 'limit_reached', required: approvalLimits.copies, actual: count }] : bars
  if (failures.length > 0) return { ok: false, failures }
  const { by, at } = input
  return { ok: true, approval: { ...approval, copies: [...approval.copies, ...fresh.map((person) => ({ person, by, at }))] } }
}

export interface OpinionInput {
  readonly person: string
  readonly opinion: OpinionStance
  readonly comment: string
  readonly at: Instant
}

/** Gives the opinion of a person who is heard; it does not count, and a later one replaces it. */
export function giveOpinion(approval: Approval, input: OpinionInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const { person, opinion, comment, at } = input
  const failures = [...barredFailures(approval, person)]
  const heard = distinct(approval.stages.filter(undecided).flatMap((s) => s.heard))
  if (!heard.includes(person)) failures.push({ code: 'not_an_elector', required: heard, actual: person })
  if (comment.trim() === '')
    failures.push({ code: 'field_missing', required: 'comment', actual: null, remedy: { kind: 'fill', field: 'comment' } })
  if (comment.length > approvalLimits.comment)
    failures.push({ code: 'value_too_large', required: approvalLimits.comment, actual: comment.length })
  const others = approval.opinions.filter((o) => o.person !== person)
  if (others.length >= approvalLimits.opinions)
    failures.push({ code: 'limit_reached', required: approvalLimits.opinions, actual: others.length })
  if (failures.length > 0) return { ok: false, failures }
  return { ok: true, approval: { ...approval, opinions: [...others, { person, opinion, comment, at }] } }
}

/**
 * Records that a stage's time has run out. It escalates (the stage's `escalateTo` is told) and never decides: no vote is counted or supposed, the stage stays
 * open and the electors may still vote.
 */
export function timeOut(approval: Approval, stage: string, at: Instant): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const unknown = unknownStage(approval, stage)
  if (unknown.length > 0) return { ok: false, failures: unknown }
  const found = approval.stages.find((s) => s.id === stage)
  if (found?.status === 'waiting')
    return { ok: false, failures: [{ code: 'too_early', required: { passed: found.after }, actual: stage }] }
  if (found?.status !== 'open')
    return { ok: false, failures: [{ code: 'approval_closed', required: 'open', actual: found?.status ?? null }] }
  if (approval.timeouts.some((t) => t.stage === stage))
    return { ok: false, failures: [{ code: 'already_done', required: null, actual: stage }] }
  return { ok: true, approval: { ...approval, timeouts: [...approval.timeouts, { stage, at }] } }
}

/**
 * Voids an approval, decided or not, because its material changed: from then on it accepts nothing and approves nothing. The decision stays on record.
 *
 * @example
 * ```ts
 * const voided = voidApproval(approval, 'scope amended', at)
 * voided.ok && outcomeOf(voided.approval).outcome // => 'void'
 * ```
 */
export function voidApproval(approval: Approval, reason: string, at: Instant): ApprovalResult {
  if (approval.voided !== null) return { ok: false, failures: [closedFailure(approval)] }
  if (reason.trim() === '')
    return {
      ok: false,
      failures: [{ code: 'field_missing', required: 'reason', actual: null, remedy: { kind: 'fill', field: 'reason' } }],
    }
  return { ok: true, approval: { ...approval, voided: { reason, at } } }
}
