import type { ClockView, Governance } from '@ka-governance/core'
import type { RecordedComplaint } from '../ingest/portfolio.ts'
import type { ComplaintTimes } from './complaint-times.ts'
import type { Draw } from './seeded.ts'
import type { Attempt } from './simulate-complaint.ts'
import { perform, type Answer, type Stage } from './stage.ts'

/** Roles of customer service, the nearest to the customer first. */
export const service = ['serviceRepresentative', 'customerService', 'customerService.head'] as const

type Sendable = Parameters<Governance['complaint']['send']>[1]
type ApprovalName = 'extension' | 'compensation' | 'dissatisfaction'

/** An opened complaint and who took it. */
export interface CaseInput {
  readonly stage: Stage
  readonly complaint: RecordedComplaint
  readonly times: ComplaintTimes
  readonly attempt: Attempt | null
  readonly d: Draw
  readonly id: string
  readonly clerk: string
  readonly department: string
  /** Takes the clocks of a cycle that a reopening is about to replace. */
  readonly keep: (clocks: readonly ClockView[]) => void
}

/** What changes while a case is handled. */
interface CaseState {
  handler: string | null
  /** Who made what the customer judges: none of them may take the customer's verdict. */
  readonly makers: string[]
  /** Barred from every act: named in the complaint. */
  named: readonly string[]
  round: number
  reopeningsLeft: number
}

/** The hands that work on one case: planning, sending, voting. */
export interface CaseHand {
  readonly input: CaseInput
  readonly state: CaseState
  readonly evidence: [{ uri: string }]
  /** The responsible department's people. */
  readonly staff: readonly string[]
  /** Who judges responsibility [decision 22]. */
  readonly judges: readonly string[]
  readonly plan: (at: number, run: () => Promise<void>) => void
  readonly send: (command: Sendable, actor: string | null, deliberate?: boolean) => Promise<Answer>
  /** The attempt against the policy, once, where it belongs. */
  readonly tryOnce: (which: Attempt, command: Sendable, actor: string | null) => Promise<void>
  /** Electors vote one after the other until it is decided; the view says who still may. */
  readonly castVotes: (
    approval: ApprovalName,
    approve: boolean,
    at: number,
    gap: number,
    decided: (state: string) => void,
  ) => void
}

export function caseHand(input: CaseInput): CaseHand {
  const { stage, complaint, times, attempt, id, department } = input
  const { timeline, governance, policy } = stage
  const staff = [department, `${department}.head`]
  const judge = complaint.about === 'product' ? policy.complaint.determineBy.product : policy.complaint.determineBy.other
  let tried = false
  const plan: CaseHand['plan'] = (at, run) => timeline.plan(Math.max(at, stage.now()), run)
  const send: CaseHand['send'] = (command, actor, deliberate = false) => {
    if (actor === null) return Promise.resolve({ ok: false, state: '', refusals: [] })
    const where = { kind: 'complaint', id, accountId: complaint.accountId, command: command.type, actor, deliberate } as const
    return perform(stage, where, () => governance.complaint.send(id, command, { actor, idempotencyKey: stage.key() }))
  }
  const castVotes: CaseHand['castVotes'] = (approval, approve, at, gap, decided) => {
    plan(at, async () => {
      const view = await governance.complaint.get(id)
      const asked = view?.approvals[approval]
      const voter = asked?.mayAct.find((option) => option.may === 'vote' && option.voted === null && option.onBehalfOf === null)
      if (asked === undefined || voter === undefined) return
      const done = await send(
        {
          type: 'vote',
          approval,
          decision: approve ? 'approve' : 'reject',
          comment: 'Discussed with the department',
          basis: asked.basis,
        },
        voter.person,
      )
      if (!done.ok) return
      decided(done.state)
      castVotes(approval, approve, stage.now() + gap, gap, decided)
    })
  }
  return {
    input,
    state: {
      handler: null,
      makers: [],
      named: [],
      round: 0,
      reopeningsLeft: Math.max(0, complaint.reopenings - times.reopened.length),
    },
    evidence: [{ uri: `file:complaints/${encodeURIComponent(complaint.id).slice(0, 200)}` }],
    staff,
    judges: judge === 'responsible' ? staff : [judge, `${judge.replace(/\.head$/, '')}.head`],
    plan,
    send,
    tryOnce: async (which, command, actor) => {
      if (attempt !== which || tried || actor === null) return
      tried = true
      await send(command, actor, true)
    },
    castVotes,
  }
}
