import type { Governance, ReviewProgress, Tier } from '@ka-governance/core'
import { settledChecklist } from './hand.ts'
import { draw, type Draw } from './seeded.ts'
import { officeTime, perform, type Answer, type Stage } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour
const tiers: readonly Tier[] = ['A', 'B', 'C', 'D']

type Sendable = Parameters<Governance['tierAdjustment']['send']>[1]

/** What a review answered, kept for the report. */
export interface ReviewedAccount extends Pick<
  ReviewProgress,
  'accountId' | 'instanceId' | 'status' | 'recommendation' | 'reason'
> {
  readonly cycle: string
  /** When the review was opened. */
  readonly at: number
}

/** Opens the adjustments of one cycle and plans what proposers, reviewers and managers do with each. */
export function simulateReview(
  stage: Stage,
  cycle: string,
  at: number,
  accounts: () => AsyncIterable<string>,
  reviewed: ReviewedAccount[],
): void {
  const { people, policy, timeline } = stage
  timeline.plan(at, async () => {
    const d = draw(stage.seed, `review-${cycle}`)
    const owner = people.one([policy.dataOwner.tier], '', d)
    if (owner === null) return
    for await (const p of stage.governance.review({ cycle, actor: owner, accounts: accounts() })) {
      reviewed.push({
        accountId: p.accountId,
        instanceId: p.instanceId,
        status: p.status,
        recommendation: p.recommendation,
        reason: p.reason,
        cycle,
        at: stage.now(),
      })
      if (p.status === 'refused') {
        stage.refused({
          at: stage.now(),
          kind: 'account',
          instanceId: p.instanceId,
          accountId: p.accountId,
          command: 'openAdjustment',
          actor: owner,
          refusals: p.refusals,
          deliberate: false,
        })
      }
      if (p.status === 'opened') follow(stage, p)
      else if (p.status === 'unchanged') appealUnchanged(stage, p)
    }
  })
}

function sender(
  stage: Stage,
  p: ReviewProgress,
): (command: Sendable, actor: string | null, deliberate?: boolean) => Promise<Answer> {
  return (command, actor, deliberate = false) => {
    if (actor === null) return Promise.resolve({ ok: false, state: '', refusals: [] })
    return perform(
      stage,
      { kind: 'tierAdjustment', id: p.instanceId, accountId: p.accountId, command: command.type, actor, deliberate },
      () => stage.governance.tierAdjustment.send(p.instanceId, command, { actor, idempotencyKey: stage.key() }),
    )
  }
}

/** Another tier, one step from that one. */
const beside = (tier: Tier | 'exit', up: boolean): Tier => {
  const at = tier === 'exit' ? 3 : tiers.indexOf(tier)
  return tiers[Math.max(0, Math.min(3, at + (up ? -1 : 1)))] ?? 'C'
}

function follow(stage: Stage, p: ReviewProgress): void {
  const d = draw(stage.seed, p.instanceId)
  const { people, governance, timeline } = stage
  const send = sender(stage, p)
  const recommended = p.recommendation?.recommended ?? 'C'
  const evidence: [{ uri: string }] = [{ uri: `file:reviews/${p.instanceId}` }]
  const plan = (at: number, run: () => Promise<void>): void => timeline.plan(Math.max(at, stage.now()), run)
  const later = (from: number, to: number): number => officeTime(stage, stage.now() + d.between(from, to) * day, d)
  const style = d.next()
  const trial = d.next()
  let proposer: string | null = null
  let rounds = 0

  const propose = async (): Promise<void> => {
    rounds += 1
    proposer = people.one(['marketing', 'marketing.head'], p.accountId, d)
    const differs = rounds === 1 && style > 0.95
    const to = differs ? (p.recommendation?.currentTier ?? beside(recommended, true)) : recommended
    if (trial < 0.04)
      await send({ type: 'propose', to: beside(recommended, true), reason: 'We know the customer' }, proposer, true)
    if (trial > 0.97)
      await send({ type: 'propose', to, reason: 'Proposed by sales' }, people.one(['sales', 'sales.head'], p.accountId, d), true)
    const done = await send(
      {
        type: 'propose',
        to,
        reason: differs ? 'A contract for the next year is signed' : 'As the figures of the cycle show',
        ...(differs || to !== recommended ? { evidence } : {}),
      },
      proposer,
    )
    if (!done.ok) return
    if (trial > 0.9 && trial < 0.97) {
      const basis = (await governance.tierAdjustment.get(p.instanceId))?.approvals['review']?.basis
      await send(
        { type: 'vote', approval: 'review', decision: 'approve', ...(basis === undefined ? {} : { basis }) },
        proposer,
        true,
      )
    }
    plan(later(0.3, 3), () => opinion('sales.head'))
    plan(later(0.3, 4), () => opinion('customerService.head'))
  }

  const opinion = async (role: string): Promise<void> => {
    const view = await governance.tierAdjustment.get(p.instanceId)
    const basis = view?.approvals['review']?.basis
    if (view?.state !== 'inReview' || basis === undefined) return
    const who = people.one([role], p.accountId, d)
    if (trial > 0.85 && trial < 0.88)
      await send({ type: 'vote', approval: 'review', decision: 'approve', basis: '0'.repeat(64) }, who, true)
    const sales = role === 'sales.head'
    const decision =
      sales && rounds === 1 && style < 0.05 ? 'sendBack' : sales && style >= 0.05 && style < 0.11 ? 'reject' : 'approve'
    const comment =
      decision === 'approve'
        ? 'Agreed'
        : decision === 'reject'
          ? 'The drop was ours: we could not deliver'
          : 'Please add the orders under the frame contract'
    const voted = await send({ type: 'vote', approval: 'review', decision, comment, basis }, who)
    if (!voted.ok) return
    if (voted.state === 'collecting') plan(later(0.5, 2), propose)
    if (voted.state === 'notPassed') plan(later(0.5, 2), notPassed)
    if (voted.state === 'inDecision') decide()
  }

  const notPassed = async (): Promise<void> => {
    if (d.chance(0.5)) {
      await send(
        { type: 'closeNotPassed', reason: 'Sales has shown the reason of the drop' },
        people.one(['marketing.head', 'marketing'], p.accountId, d),
      )
      return
    }
    const done = await send(
      { type: 'forwardWithDissent', reason: 'The figures are clear; sales objects' },
      people.one(['marketing.head'], p.accountId, d),
    )
    if (done.ok) decide()
  }

  const decide = (): void => {
    if (style > 0.88 && style <= 0.95) plan(later(0.4, 2), overrule)
    for (const [k, manager] of people.holders('companyManagement', p.accountId).entries())
      plan(later(0.6 + 0.8 * k, 2 + k), () => managerVotes(manager))
  }

  const overrule = async (): Promise<void> => {
    const view = await governance.tierAdjustment.get(p.instanceId)
    const to = view?.context.proposal?.to
    if (view?.state !== 'inDecision' || to === undefined) return
    const manager = people.one(['companyManagement'], p.accountId, d)
    const other = view.context.currentTier ?? beside(to, true)
    const until = new Date(stage.now() + 200 * day).toISOString().slice(0, 10)
    if (style > 0.93)
      await send({ type: 'override', to: other, reason: 'A strategic customer', until: '2199-12-31' }, manager, true)
    const done = await send(
      {
        type: 'override',
        to: other === to ? beside(to, true) : other,
        reason: 'A strategic customer whose new plant starts next year',
        until,
      },
      manager,
    )
    if (!done.ok) return
    // Whoever overruled has made the material and cannot approve it: tried once, then the other manager decides.
    const basis = (await governance.tierAdjustment.get(p.instanceId))?.approvals['decision']?.basis
    if (basis !== undefined) await send({ type: 'vote', approval: 'decision', decision: 'approve', basis }, manager, true)
    for (const m of people.holders('companyManagement', p.accountId))
      if (m !== manager) plan(later(0.5, 2), () => managerVotes(m))
  }

  const managerVotes = async (manager: string): Promise<void> => {
    const view = await governance.tierAdjustment.get(p.instanceId)
    const approval = view?.approvals['decision']
    if (view?.state !== 'inDecision' || approval === undefined || !approval.mayAct.some((a) => a.person === manager)) return
    const decision = style > 0.84 && style <= 0.88 ? 'reject' : 'approve'
    const voted = await send(
      {
        type: 'vote',
        approval: 'decision',
        decision,
        comment: decision === 'approve' ? 'Agreed' : 'We keep the tier',
        basis: approval.basis,
      },
      manager,
    )
    if (voted.ok && voted.state === 'announcing' && d.chance(0.04)) plan(later(4, 9), appeal)
    if (voted.ok && voted.state === 'announcing' && view.context.proposal?.to === 'exit') plan(later(60, 75), completeExit)
  }

  const appeal = async (): Promise<void> => {
    const view = await governance.tierAdjustment.get(p.instanceId)
    const to = p.recommendation?.currentTier
    if (view?.state !== 'applied' || to == null) return
    await send(
      { type: 'appeal', by: 'customer', to, reason: 'The customer asks for another look', evidence },
      people.one(['sales', 'accountManager'], p.accountId, d),
    )
  }

  const completeExit = async (): Promise<void> => {
    const id = governance.account.idOf(p.accountId)
    if ((await governance.account.get(id))?.state !== 'exiting') return
    const actor = people.one(['sales.head', 'keyAccount.head'], p.accountId, d)
    if (actor === null) return
    await perform(stage, { kind: 'account', id, accountId: p.accountId, command: 'completeExit', actor }, () =>
      governance.account.send(
        id,
        { type: 'completeExit', ...settledChecklist, evidence },
        { actor, idempotencyKey: stage.key() },
      ),
    )
  }

  plan(later(0.4, 6), propose)
}

/** Now and then sales appeals against a tier that stayed, too late or without another tier in mind: refused. */
function appealUnchanged(stage: Stage, p: ReviewProgress): void {
  const d: Draw = draw(stage.seed, `${p.instanceId}-appeal`)
  const tier = p.recommendation?.currentTier
  if (!d.chance(0.02) || tier == null) return
  const send = sender(stage, p)
  const actor = stage.people.one(['sales', 'accountManager', 'sales.head'], p.accountId, d)
  const evidence: [{ uri: string }] = [{ uri: `file:reviews/${p.instanceId}` }]
  stage.timeline.plan(stage.now() + 40 * day, async () => {
    await send(
      { type: 'appeal', by: 'sales', to: beside(tier, true), reason: 'The customer deserves more', evidence },
      actor,
      true,
    )
  })
}
