import type { Instant } from '../calendar/index.ts'
import { countStage, verdictOf } from './count.ts'
import type { Approval, ApprovalStage } from './types.ts'

/**
 * Draws the consequences of a change: closes stages that passed or failed, opens those that waited for them, and records the decision. The first
 * decision stands for ever.
 */
export function settleStages(approval: Approval, at: Instant): Approval {
  let current = approval
  while (current.decision === null) {
    const next = step(current, at)
    if (next === current) return current
    current = next
  }
  return current
}

function step(approval: Approval, at: Instant): Approval {
  const passed = new Set(approval.stages.filter((s) => s.status === 'passed').map((s) => s.id))
  for (const stage of approval.stages) {
    if (stage.status === 'waiting' && stage.after.every((id) => passed.has(id)))
      return withStage(approval, { ...stage, status: 'open', openedAt: stage.openedAt ?? at })
    if (stage.status !== 'open') continue
    const verdict = verdictOf(stage, countStage(approval, stage))
    if (verdict === 'open' || verdict === 'blocked') continue
    if (verdict === 'passed') {
      const next = withStage(approval, { ...stage, status: 'passed', endedAt: at })
      const all = next.stages.every((s) => s.status === 'passed')
      return all ? { ...next, decision: { outcome: 'approved', stage: stage.id, at } } : next
    }
    return {
      ...withStage(approval, { ...stage, status: 'failed', endedAt: at }),
      decision: { outcome: verdict, stage: stage.id, at },
    }
  }
  return approval
}

function withStage(approval: Approval, stage: ApprovalStage): Approval {
  return { ...approval, stages: approval.stages.map((s) => (s.id === stage.id ? stage : s)) }
}
