import type { CaseHand } from './case-hand.ts'
import { officeTime } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour

/** What happens after the company has said that it is done: the customer's word, the committee, lessons, prevention, reopening. */
export interface Finishing {
  readonly customerSays: (says: 'satisfied' | 'partly' | 'dissatisfied') => Promise<void>
  readonly callBack: (from: number) => void
}

/** @param makePlan how a further round begins. */
export function finishing(hand: CaseHand, makePlan: () => Promise<void>): Finishing {
  const { input, state, evidence, judges, plan, send, tryOnce, castVotes } = hand
  const { stage, complaint, times, d, id, clerk, department } = input
  const { accountId } = complaint
  const { people, governance, policy } = stage

  /** Nobody answers: attempts on several days, then the follow-up clock ends the waiting. */
  const callBack = (from: number, attemptsLeft = policy.complaint.followUp.attempts): void => {
    if (attemptsLeft === 0) {
      plan(from + 10 * day, review)
      return
    }
    plan(officeTime(stage, from + day, d), async () => {
      const view = await governance.complaint.get(id)
      if (view?.state !== 'confirming') {
        plan(stage.now() + 2 * hour, review)
        return
      }
      const channel = Object.keys(policy.complaint.channels)[attemptsLeft % 2] ?? complaint.channel
      await send({ type: 'recordContact', channel, at: stage.now(), outcome: 'notReached' }, clerk)
      callBack(stage.now(), attemptsLeft - 1)
    })
  }

  const customerSays = async (says: 'satisfied' | 'partly' | 'dissatisfied'): Promise<void> => {
    const view = await governance.complaint.get(id)
    if (view?.state !== 'confirming') return
    const { basis } = view
    const saidBy = 'the customer'
    const other = people.one(
      ['serviceRepresentative', 'customerService', 'customerService.head', 'accountManager'],
      accountId,
      d,
      [...state.makers, ...state.named],
    )
    if (says === 'satisfied') {
      await tryOnce('confirmUnseen', { type: 'customerSatisfied', saidBy, evidence, basis: '0'.repeat(64) }, other)
      const done = await send({ type: 'customerSatisfied', saidBy, evidence, basis }, other)
      if (done.ok) plan(stage.now() + d.between(1, 40) * hour, review)
      return
    }
    const done =
      says === 'partly'
        ? await send({ type: 'customerPartlySatisfied', saidBy, missing: 'A part is still open', evidence, basis }, other)
        : await send({ type: 'customerDissatisfied', saidBy, reason: 'The cause is still there', evidence, basis }, other)
    if (!done.ok) return
    state.round += 1
    if (done.state === 'inCommittee') {
      plan(officeTime(stage, stage.now() + d.between(0.5, 2) * day, d), committee)
      return
    }
    const next = times.completed[state.round]
    plan(
      next === undefined
        ? officeTime(stage, stage.now() + d.between(0.2, 1) * day, d)
        : stage.now() + Math.max(0, next - stage.now()) * 0.4,
      makePlan,
    )
  }

  const committee = async (): Promise<void> => {
    const approve = d.chance(0.7)
    await tryOnce(
      'voteByOutsider',
      {
        type: 'vote',
        approval: 'dissatisfaction',
        decision: 'approve',
        basis: (await governance.complaint.get(id))?.approvals['dissatisfaction']?.basis ?? '',
      },
      people.outsider(['kaGroup.head', 'kaGroup.member', 'companyManagement'], accountId, d),
    )
    castVotes('dissatisfaction', approve, stage.now(), 3 * hour, (reached) => {
      if (reached !== 'planning') return
      state.round += 1
      plan(officeTime(stage, stage.now() + 0.5 * day, d), makePlan)
    })
  }

  const review = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    if (view?.state !== 'reviewing') return
    const owner = state.handler ?? clerk
    await tryOnce(
      'archiveWithoutLessons',
      { type: 'archive', lessons: '  ', prevention: { measure: 'Check every batch', owner } },
      clerk,
    )
    const done = await send(
      {
        type: 'archive',
        lessons: 'The check came too late in the process',
        prevention: { measure: 'Check every batch before it leaves', owner },
      },
      clerk,
    )
    if (!done.ok) return
    if (state.reopeningsLeft > 0) {
      state.reopeningsLeft -= 1
      plan(officeTime(stage, stage.now() + d.between(2, 38) * day, d), reopen)
      return
    }
    plan(officeTime(stage, stage.now() + d.between(55, 89) * day, d), checkPrevention)
  }

  const checkPrevention = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    if (view?.state !== 'archived' || d.chance(0.15)) return
    const effective = d.chance(0.9)
    const checker = people.one(['customerService.head', 'serviceRepresentative', 'accountManager'], accountId, d, [clerk])
    await send(
      {
        type: 'checkPrevention',
        effective,
        finding: effective ? 'No case since' : 'One more case',
        ...(effective ? {} : { newMeasure: 'Check at receipt as well' }),
      },
      checker,
    )
  }

  const reopen = async (): Promise<void> => {
    input.keep((await governance.complaint.get(id))?.clocks ?? [])
    const done = await send({ type: 'reopen', reason: 'The fault is back', evidence }, clerk)
    if (!done.ok) return
    const start = stage.now()
    state.round = 0
    plan(officeTime(stage, start + d.between(0.5, 1.5) * day, d), async () => {
      const judged = await send(
        { type: 'determine', cause: 'The measure did not hold', responsibleParty: department, evidence },
        people.one(judges, accountId, d, state.named),
      )
      if (!judged.ok) return
      state.round = times.completed.length
      plan(officeTime(stage, stage.now() + d.between(0.5, 2) * day, d), makePlan)
    })
  }

  return { customerSays, callBack }
}
