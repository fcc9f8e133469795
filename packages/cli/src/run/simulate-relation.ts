import type { Governance, Refusal } from '@ka-governance/core'
import type { RecordedRelation } from '../ingest/recorded.ts'
import { castVotes, evidenceOf, handOf, settledChecklist } from './hand.ts'
import { draw } from './seeded.ts'
import { officeTime, type Answer, type Stage } from './stage.ts'

type Sendable = Parameters<Governance['account']['send']>[1]

/** What a run keeps of an event of a relation. */
export interface SimulatedRelation {
  readonly relation: RecordedRelation
  at: number | null
  outcome: 'done' | 'refused' | 'pending' | 'notGoverned'
  /** Codes of the refusal. */
  problem: string | null
  refusals: readonly Refusal[]
}

/** Plans one event: on its day, in office hours, by somebody who holds the role. */
export function simulateRelation(stage: Stage, relation: RecordedRelation, n: number): SimulatedRelation {
  const record: SimulatedRelation = { relation, at: null, outcome: 'pending', problem: null, refusals: [] }
  const d = draw(stage.seed, `relation-${relation.accountId}-${relation.on}-${String(n)}`)
  const at = officeTime(stage, stage.zone.toInstant(Date.parse(relation.on)), d)
  stage.timeline.plan(at, () => happen(stage, record, d))
  return record
}

async function happen(stage: Stage, record: SimulatedRelation, d: ReturnType<typeof draw>): Promise<void> {
  const { relation } = record
  const { event, to } = relation
  const accountId = relation.accountId
  const { account } = stage.governance
  const id = account.idOf(accountId)
  const hand = handOf(stage, account, { kind: 'account', id, accountId }, d)
  const view = await hand.view()
  record.at = stage.now()
  if (view === null) {
    record.outcome = 'notGoverned'
    return
  }
  const reason = relation.reason === '' ? 'As recorded' : relation.reason
  const evidence = evidenceOf('relations', `${accountId}-${relation.on}`)
  const head = stage.people.one(['keyAccounts.head', 'sales.head'], accountId, d)
  const manager = view.context.manager ?? stage.people.one(['accountManager', 'sales'], accountId, d)
  const send = async (command: Sendable, actor: string | null): Promise<Answer> => {
    const done = await hand.send(command, actor)
    record.outcome = done.ok ? 'done' : 'refused'
    if (done.ok) stage.book.moved.add(accountId)
    else {
      record.problem = done.refusals.map((r) => r.code).join(', ')
      record.refusals = done.refusals
    }
    return done
  }
  switch (event) {
    case 'suspend':
      await send({ type: 'suspend', reason, evidence }, head)
      return
    case 'resume':
      await send({ type: 'resume', reason }, head)
      return
    case 'ends':
      await send({ type: 'endByCustomer', reason, evidence, lastDay: to ?? relation.on }, manager)
      return
    case 'exited': {
      const done = await send({ type: 'completeExit', ...settledChecklist, evidence }, head)
      if (done.ok) stage.book.keyAccounts.delete(accountId)
      return
    }
    case 'renewed': {
      const { contract } = view.context
      const from = contract === null ? relation.on : dayAfter(contract.to)
      await send(
        { type: 'renew', contract: { reference: `renewal ${relation.on}`, from, to: to ?? relation.on }, evidence },
        manager,
      )
      return
    }
    case 'handover': {
      if (view.context.handover !== null && to !== null) {
        await send({ type: 'nameManager', to }, head)
        return
      }
      const interim = to ?? stage.people.one(['accountManager', 'keyAccounts'], accountId, d, [view.context.manager])
      await send(
        { type: 'handover', interim: interim ?? 'unknown', ...(to === null ? {} : { to }), reason },
        interim === null ? null : head,
      )
      return
    }
    case 'parent':
      await send({ type: 'changeParent', parentId: to, reason }, head)
      return
    case 'readmitted':
      await send(
        { type: 'readmit', reason, evidence },
        view.state === 'blacklisted' ? stage.people.one(['kaGroup.head'], accountId, d) : head,
      )
      return
    case 'merged-into': {
      const into = to ?? ''
      const done = await send({ type: 'merge', into, reason, evidence }, head)
      if (done.ok) stage.book.survivors.set(accountId, into)
      return
    }
    case 'blacklisted': {
      const proposed = await send(
        { type: 'proposeBlacklisting', reason, evidence },
        stage.people.one(['legal.head', 'finance.head'], accountId, d),
      )
      if (!proposed.ok) return
      record.outcome = 'pending'
      castVotes(hand, {
        approval: 'blacklist',
        gap: [0.3, 1],
        ballot: () => ({ decision: 'approve', comment: 'The evidence is clear' }),
        command: ({ decision, comment }, basis): Sendable => ({ type: 'vote', approval: 'blacklist', decision, comment, basis }),
        decided: (state) => {
          record.outcome = state === 'blacklisted' ? 'done' : 'pending'
          if (state === 'blacklisted') stage.book.keyAccounts.delete(accountId)
        },
      })
      return
    }
  }
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
}
