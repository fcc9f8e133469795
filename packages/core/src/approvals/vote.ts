import type { Instant } from '../calendar/index.ts'
import type { Failure } from '../rules/index.ts'
import { delegationPath } from './delegation.ts'
import { activeSeats, barredFailures, closedFailure, isClosed, unknownStage } from './electorate.ts'
import { settleStages } from './settle.ts'
import {
  approvalLimits,
  type Approval,
  type ApprovalResult,
  type ApprovalStage,
  type Delegation,
  type Vote,
  type VoteChoice,
  type VoteCondition,
} from './types.ts'

export interface VoteInput {
  /** Whose hand votes. */
  readonly person: string
  readonly choice: VoteChoice
  /** Hash of the material that the voter saw. */
  readonly basis: string | undefined
  readonly at: Instant
  /** Default: every open stage in which the elector has a seat. */
  readonly stage?: string
  /** Needed to reject and to send back. */
  readonly comment?: string
  /** Only with an approval. */
  readonly conditions?: readonly VoteCondition[]
  /** The elector for whom the person votes. */
  readonly onBehalfOf?: string
  /** What the directory knows of delegations; links that lead nowhere do no harm. */
  readonly delegations?: readonly Delegation[]
}

/**
 * Casts or changes a vote. One person has one vote a stage, however many roles they hold, and one hand: a delegate of two electors, or an elector of the
 * stage, cannot vote for another. A delegate does not overrule the elector's own vote; the elector overrules the delegate's.
 *
 * @example
 * ```ts
 * const result = vote(approval, { person: 'u-2', choice: 'approve', basis: approval.basis, at })
 * result.ok // => true
 * ```
 */
export function vote(approval: Approval, input: VoteInput): ApprovalResult {
  if (isClosed(approval)) return { ok: false, failures: [closedFailure(approval)] }
  const elector = input.onBehalfOf ?? input.person
  const { stages, failures: seatFailures } = seatedStages(approval, elector, input)
  const delegated = chainOf(approval, elector, stages, input)
  const failures = [
    ...basisFailures(approval, input.basis),
    ...barredFailures(approval, input.person),
    ...seatFailures,
    ...delegated.failures,
    ...formFailures(input),
  ]
  if (failures.length > 0) return { ok: false, failures }
  const cast = stages.map((stage): Vote => ({
    stage: stage.id,
    elector,
    by: input.person,
    chain: delegated.chain,
    choice: input.choice,
    comment: input.comment ?? null,
    conditions: input.conditions ?? [],
    at: input.at,
  }))
  const others = approval.votes.filter((v) => v.elector !== elector || !cast.some((c) => c.stage === v.stage))
  return { ok: true, approval: settleStages({ ...approval, votes: [...others, ...cast] }, input.at) }
}

function basisFailures(approval: Approval, basis: string | undefined): readonly Failure[] {
  if (basis === undefined || basis === '')
    return [{ code: 'basis_required', required: approval.basis, actual: null, remedy: { kind: 'fill', field: 'basis' } }]
  if (basis === approval.basis) return []
  return [{ code: 'basis_changed', required: approval.basis, actual: basis, remedy: { kind: 'reload' } }]
}

/** The open stages in which the elector has a seat, or why there is none. */
function seatedStages(
  approval: Approval,
  elector: string,
  input: VoteInput,
): { readonly stages: readonly ApprovalStage[]; readonly failures: readonly Failure[] } {
  const unknown = unknownStage(approval, input.stage)
  if (unknown.length > 0) return { stages: [], failures: unknown }
  const seated = approval.stages.filter(
    (stage) =>
      (input.stage === undefined || stage.id === input.stage) &&
      activeSeats(approval, stage.id).some((s) => s.person === elector),
  )
  const open = seated.filter((stage) => stage.status === 'open')
  if (open.length > 0) return { stages: open, failures: [] }
  const waiting = seated.find((stage) => stage.status === 'waiting')
  if (waiting !== undefined)
    return { stages: [], failures: [{ code: 'too_early', required: { passed: waiting.after }, actual: waiting.id }] }
  const [passed] = seated
  if (passed !== undefined)
    return { stages: [], failures: [{ code: 'approval_closed', required: 'open', actual: passed.status }] }
  return {
    stages: [],
    failures: [{ code: 'not_an_elector', required: electorsOf(approval), actual: elector, ...askedFor(approval, input) }],
  }
}

const electorsOf = (approval: Approval): readonly string[] => [
  ...new Set(
    approval.stages.filter((s) => s.status === 'open').flatMap((s) => activeSeats(approval, s.id).map((seat) => seat.person)),
  ),
]

/** A delegate who forgot to say for whom. */
function askedFor(approval: Approval, input: VoteInput): Pick<Failure, 'remedy'> {
  if (input.onBehalfOf !== undefined) return {}
  const principal = electorsOf(approval).find((elector) => pathTo(approval, elector, input).ok)
  return principal === undefined ? {} : { remedy: { kind: 'change', field: 'onBehalfOf', to: principal } }
}

function pathTo(approval: Approval, elector: string, input: VoteInput): ReturnType<typeof delegationPath> {
  const excluded = new Set([...approval.makers, ...approval.barred.map((b) => b.person)])
  return delegationPath(elector, input.person, input.delegations ?? [], input.at, approval.scheme.maxDelegations, excluded)
}

function chainOf(
  approval: Approval,
  elector: string,
  stages: readonly ApprovalStage[],
  input: VoteInput,
): { readonly chain: readonly string[]; readonly failures: readonly Failure[] } {
  const { person } = input
  const handOfAnother = (stage: ApprovalStage): boolean =>
    approval.votes.some((v) => v.stage === stage.id && v.by === person && v.elector !== elector)
  const invalid = (reason: string): Failure => ({
    code: 'delegation_invalid',
    required: { from: elector, to: person, maxDelegations: approval.scheme.maxDelegations },
    actual: reason,
  })
  const failures: Failure[] = stages.filter(handOfAnother).map(() => invalid('votesForAnother'))
  if (elector === person) return { chain: [person], failures }
  const path = pathTo(approval, elector, input)
  if (!path.ok) failures.push(invalid(path.reason))
  for (const stage of stages) {
    if (activeSeats(approval, stage.id).some((seat) => seat.person === person)) failures.push(invalid('electorOfTheStage'))
    const votes = approval.votes.filter((v) => v.stage === stage.id)
    if (votes.some((v) => v.by === elector && v.elector === elector))
      failures.push({ code: 'already_done', required: null, actual: { stage: stage.id, elector } })
  }
  return { chain: path.ok ? path.chain : [], failures }
}

function formFailures({ choice, comment, conditions = [] }: VoteInput): readonly Failure[] {
  const failures: Failure[] = []
  if (choice !== 'approve' && (comment === undefined || comment.trim() === ''))
    failures.push({ code: 'field_missing', required: 'comment', actual: null, remedy: { kind: 'fill', field: 'comment' } })
  if (comment !== undefined && comment.length > approvalLimits.comment)
    failures.push({ code: 'value_too_large', required: approvalLimits.comment, actual: comment.length })
  if (choice !== 'approve' && conditions.length > 0)
    failures.push({ code: 'value_not_allowed', required: 'approve', actual: choice })
  if (conditions.length > approvalLimits.conditions)
    failures.push({ code: 'limit_reached', required: approvalLimits.conditions, actual: conditions.length })
  return failures
}
