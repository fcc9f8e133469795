import { cycleById, previousCycle, type Cycle, type Recommendation } from '@ka-governance/core'
import type { Move, ReviewEnd, TierOrExit, TierOrNone } from '../report/model.ts'
import { isCovered, netSales, yearsFrom } from './sales.ts'
import type { RunRecord } from './simulate.ts'
import type { ReviewedAccount } from './simulate-review.ts'

/** How the review of an account ended, and the move that it was about; `null`: the account could not be reviewed. */
export async function moveOf(
  run: RunRecord,
  review: ReviewedAccount,
  nameOf: (id: string) => string,
  cycle: Cycle,
  before: TierOrExit | null,
): Promise<{ readonly end: ReviewEnd; readonly move: Move | null } | null> {
  const { recommendation } = review
  if (recommendation === null) return null
  if (review.status === 'unchanged') {
    const end =
      recommendation.direction === 'hold' ? 'hold' : recommendation.direction === 'notAssessed' ? 'provisional' : 'unchanged'
    return { end, move: null }
  }
  const view = await run.governance.tierAdjustment.get(review.instanceId)
  if (view === null) return null
  const { context } = view
  const done = view.state === 'applied' || (view.state === 'announcing' && context.inForce)
  const decided = done ? context.decided : null
  const end: ReviewEnd = done
    ? context.override !== null || decided !== recommendation.recommended
      ? 'overridden'
      : 'applied'
    : view.state === 'kept' &&
        context.approvals.decision?.decision?.outcome === 'approved' &&
        context.proposal?.to === recommendation.recommended
      ? // A nomination keeps the tier: what was recommended was decided.
        'applied'
      : view.state === 'kept'
        ? context.approvals.review?.decision?.outcome === 'rejected' && context.approvals.decision === undefined
          ? 'rejected'
          : 'kept'
        : 'open'
  const from: TierOrNone = before === null || before === 'exit' ? 'none' : before
  const to: TierOrExit = decided ?? recommendation.currentTier ?? from
  const account = run.portfolio.accounts.find((a) => a.accountId === review.accountId)
  const compared = comparedSpan(run, cycle)
  const remark =
    context.override?.reason ??
    (end === 'kept' || end === 'rejected'
      ? lastComment(context.approvals)
      : (context.dissent ?? (context.proposal?.differs === true ? context.proposal.reason : null)))
  return {
    end,
    move: {
      cycle: review.cycle,
      accountId: review.accountId,
      name: nameOf(review.accountId),
      from,
      to,
      recommended: recommendation.recommended,
      // Out of a provisional tier nobody rises or falls: it is the first tier.
      direction: from === 'none' && to !== 'exit' ? 'assign' : recommendation.direction,
      end,
      ...ruleOf(recommendation),
      points: recommendation.classification.points,
      parts: recommendation.classification.parts,
      gates: recommendation.classification.gates,
      nextTier: recommendation.classification.nextTier,
      shortfalls: recommendation.classification.shortfalls,
      sales: account === undefined ? 0 : netSales(account, cycle.from, cycle.to),
      salesBefore: account === undefined || compared === null ? null : netSales(account, compared.from, compared.to),
      remark,
    },
  }
}

/** The rule that proposed the move, with its conditions. */
function ruleOf(recommendation: Recommendation): Pick<Move, 'rule' | 'conditions'> {
  const met = recommendation.rules.find((r) => r.outcome === 'met')
  return met === undefined
    ? { rule: null, conditions: [] }
    : { rule: { name: met.rule, clause: met.clause }, conditions: met.conditions }
}

function lastComment(approvals: {
  readonly [name: string]: { readonly votes: readonly { readonly choice: string; readonly comment: string | null }[] } | undefined
}): string | null {
  const votes = Object.values(approvals).flatMap((a) => a?.votes ?? [])
  return votes.findLast((v) => v.choice !== 'approve')?.comment ?? null
}

function comparedSpan(run: RunRecord, cycle: Cycle): { readonly from: string; readonly to: string } | null {
  const { policy, portfolio } = run
  const before =
    policy.growth.compare === 'previousCycle'
      ? previousCycle(cycleById(cycle.id, policy.cycle), policy.cycle)
      : { from: yearsFrom(cycle.from, -1), to: yearsFrom(cycle.to, -1) }
  return isCovered(portfolio.coverage, before.from, before.to) && isCovered(portfolio.coverage, cycle.from, cycle.to)
    ? before
    : null
}
