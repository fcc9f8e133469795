import type { Instant } from '../calendar/index.ts'
import { countStage, departmentsCovered, passesWith, rolesWithout, tally, verdictOf, vetoesOf } from './count.ts'
import { delegationPath } from './delegation.ts'
import { activeSeats, distinct, isClosed, undecided } from './electorate.ts'
import type {
  ActorOption,
  Approval,
  ApprovalOutcome,
  ApprovalProgress,
  ApprovalStage,
  Delegation,
  OutcomeExplanation,
  StageExplanation,
  VoteChoice,
} from './types.ts'

/**
 * Where an approval stands and why, stage by stage: who is missing, which department or role, and whether it can still pass.
 *
 * @example
 * ```ts
 * outcomeOf(approval).stages[0]?.missing // => [{ person: 'u-2', roles: ['sales.head'] }]
 * ```
 */
export function outcomeOf(approval: Approval): OutcomeExplanation {
  const stages = approval.stages.map((stage) => explainStage(approval, stage))
  const { decision, voided } = approval
  return {
    outcome: voided === null ? (decision?.outcome ?? undecidedOutcome(approval)) : 'void',
    decidedAt: decision?.at ?? null,
    decidedBy: decision?.stage ?? null,
    voidReason: voided?.reason ?? null,
    stages,
    // Only an approving vote can have any.
    conditions: approval.votes.flatMap((v) => v.conditions.map((condition) => ({ ...condition, by: v.elector }))),
  }
}

function undecidedOutcome(approval: Approval): ApprovalOutcome {
  const blocked = approval.stages.some((stage) => undecided(stage) && verdictOf(stage, countStage(approval, stage)) === 'blocked')
  return blocked ? 'blocked' : 'pending'
}

function explainStage(approval: Approval, stage: ApprovalStage): StageExplanation {
  const count = countStage(approval, stage)
  const { seats, people, votes } = count
  const choosing = (choice: VoteChoice): readonly string[] => votes.filter((v) => v.choice === choice).map((v) => v.elector)
  const approvals = choosing('approve')
  const approving = new Set(approvals)
  const refusing = new Set([...choosing('reject'), ...choosing('sendBack')])
  const covered = departmentsCovered(seats, approving, stage.departments)
  const vetoedBy = vetoesOf(stage, count)
  return {
    id: stage.id,
    mode: stage.mode,
    status: stage.status,
    after: stage.after,
    ...tally(stage, seats, approving),
    approvals,
    rejections: choosing('reject'),
    sendBacks: choosing('sendBack'),
    missing: people
      .filter((person) => !votes.some((v) => v.elector === person))
      .map((person) => ({ person, roles: distinct(seats.filter((s) => s.person === person).map((s) => s.role)) })),
    departmentsMissing: stage.departments.filter((department) => !covered.includes(department)),
    requiredMissing: rolesWithout(stage.required, seats, approving),
    addedMissing: distinct(seats.filter((s) => s.added && !approving.has(s.person)).map((s) => s.person)),
    vetoedBy,
    canPass: vetoedBy.length === 0 && passesWith(stage, seats, new Set(people.filter((person) => !refusing.has(person)))),
    couldPass: passesWith(stage, seats, new Set(people)),
    heardMissing: stage.heard.filter((person) => !approval.opinions.some((o) => o.person === person)),
    timedOutAt: approval.timeouts.find((t) => t.stage === stage.id)?.at ?? null,
  }
}

/**
 * Who may act now: electors of open stages (their vote may change until the decision), their delegates at the instant, and those who are heard.
 *
 * @example
 * ```ts
 * whoMayAct(approval, at).map((option) => option.person) // => ['u-2', 'u-3']
 * ```
 */
export function whoMayAct(approval: Approval, at: Instant, delegations: readonly Delegation[] = []): readonly ActorOption[] {
  if (isClosed(approval)) return []
  return approval.stages
    .filter((stage) => stage.status === 'open')
    .flatMap((stage) => optionsOf(approval, stage, at, delegations))
}

function optionsOf(
  approval: Approval,
  stage: ApprovalStage,
  at: Instant,
  delegations: readonly Delegation[],
): readonly ActorOption[] {
  const excluded = new Set([...approval.makers, ...approval.barred.map((b) => b.person)])
  const people = distinct(activeSeats(approval, stage.id).map((seat) => seat.person))
  const voteOf = (elector: string) => approval.votes.find((v) => v.stage === stage.id && v.elector === elector)
  const electors = people.map((person): ActorOption => ({
    person,
    stage: stage.id,
    may: 'vote',
    onBehalfOf: null,
    voted: voteOf(person)?.choice ?? null,
  }))
  const hands = distinct(delegations.map((d) => d.to)).filter((person) => !people.includes(person) && !excluded.has(person))
  const delegates = people.flatMap((elector) => {
    const own = voteOf(elector)
    if (own !== undefined && own.by === elector) return []
    return hands
      .filter((hand) => !approval.votes.some((v) => v.stage === stage.id && v.by === hand && v.elector !== elector))
      .filter((hand) => delegationPath(elector, hand, delegations, at, approval.scheme.maxDelegations, excluded).ok)
      .map((person): ActorOption => ({ person, stage: stage.id, may: 'vote', onBehalfOf: elector, voted: own?.choice ?? null }))
  })
  const heard = stage.heard.map((person): ActorOption => ({
    person,
    stage: stage.id,
    may: 'giveOpinion',
    onBehalfOf: null,
    voted: null,
  }))
  return [...electors, ...delegates, ...heard]
}

/** How far an approval has come. Required roles and added approvers count as one step each. */
export function approvalProgress(approval: Approval): ApprovalProgress {
  let reached = 0
  let needed = 0
  for (const stage of approval.stages) {
    const { seats, votes } = countStage(approval, stage)
    const approving = new Set(votes.filter((v) => v.choice === 'approve').map((v) => v.elector))
    const count = tally(stage, seats, approving)
    const added = distinct(seats.filter((s) => s.added).map((s) => s.person))
    const open = rolesWithout(stage.required, seats, approving).length
    needed += count.needed + added.length + stage.required.length
    reached += count.reached + added.filter((person) => approving.has(person)).length + stage.required.length - open
  }
  const passed = approval.stages.filter((s) => s.status === 'passed').length
  const approved = approval.decision?.outcome === 'approved'
  const share = needed === 0 ? 0 : Math.floor((100 * reached) / needed)
  return { stagesPassed: passed, stages: approval.stages.length, reached, needed, percent: approved ? 100 : Math.min(99, share) }
}
