import type { InstanceView, Result } from '@ka-governance/core'
import type { Draw } from './seeded.ts'
import { officeTime, perform, type Answer, type ActedKind, type Stage } from './stage.ts'

const day = 86_400_000

/** The verbs that people work with, whatever the workflow. */
interface Api<Command, Context> {
  readonly send: (
    id: string,
    command: Command,
    options: { readonly actor: string; readonly idempotencyKey: string },
  ) => Promise<Result>
  readonly get: (id: string) => Promise<InstanceView<Context> | null>
}

/** A vote as every workflow takes it. */
export interface Ballot {
  readonly decision: 'approve' | 'reject' | 'sendBack'
  readonly comment: string
}

/** The hands that work on one instance: looking, planning, sending. */
export interface Hand<Command, Context> {
  readonly stage: Stage
  readonly id: string
  readonly d: Draw
  readonly view: () => Promise<InstanceView<Context> | null>
  readonly plan: (at: number, run: () => Promise<void>) => void
  /** An instant in office hours, so many days from now. */
  readonly later: (from: number, to: number) => number
  readonly send: (command: Command, actor: string | null, deliberate?: boolean) => Promise<Answer>
}

export function handOf<Command extends { readonly type: string }, Context>(
  stage: Stage,
  api: Api<Command, Context>,
  about: { readonly kind: ActedKind; readonly id: string; readonly accountId: string },
  d: Draw,
): Hand<Command, Context> {
  return {
    stage,
    id: about.id,
    d,
    view: () => api.get(about.id),
    plan: (at, run) => stage.timeline.plan(Math.max(at, stage.now()), run),
    later: (from, to) => officeTime(stage, stage.now() + d.between(from, to) * day, d),
    send: (command, actor, deliberate = false) =>
      actor === null
        ? Promise.resolve({ ok: false, state: '', refusals: [] })
        : perform(stage, { ...about, command: command.type, actor, deliberate }, () =>
            api.send(about.id, command, { actor, idempotencyKey: stage.key() }),
          ),
  }
}

/** What the voting on an approval needs to know. */
export interface Voting<Command> {
  readonly approval: string
  /** Days between two votes. */
  readonly gap: readonly [from: number, to: number]
  /** The n-th vote. */
  readonly ballot: (n: number, voter: string) => Ballot
  /** The command that carries it. */
  readonly command: (ballot: Ballot, basis: string) => Command
  /** Called with the state that the deciding vote led to. */
  readonly decided: (state: string) => void
}

/** Electors vote one after the other, as the view says who still may, until the state changes. */
export function castVotes<Command, Context>(hand: Hand<Command, Context>, voting: Voting<Command>, n = 0): void {
  hand.plan(hand.later(...voting.gap), async () => {
    const view = await hand.view()
    const asked = view?.approvals[voting.approval]
    const voter = asked?.mayAct.find((option) => option.may === 'vote' && option.voted === null && option.onBehalfOf === null)
    if (view === null || asked === undefined || voter === undefined) return
    const done = await hand.send(voting.command(voting.ballot(n, voter.person), asked.basis), voter.person)
    if (!done.ok) return
    if (done.state !== view.state) voting.decided(done.state)
    else castVotes(hand, voting, n + 1)
  })
}

/** Something to point to, for forms that need evidence. */
export const evidenceOf = (kind: string, id: string): [{ uri: string }] => [
  { uri: `file:${kind}/${encodeURIComponent(id).slice(0, 200)}` },
]

/** The checklist of a relation that ends with nothing left open. */
export const settledChecklist = {
  receivablesSettled: true,
  complaintsClosed: true,
  projectsClosed: true,
  consignedStockReturned: true,
  noticeGiven: true,
} as const
