import type { ClockView, Governance } from '@ka-governance/core'
import type { RecordedComplaint } from '../ingest/portfolio.ts'
import type { ComplaintTimes } from './complaint-times.ts'
import type { Draw } from './seeded.ts'
import type { Attempt } from './simulate-complaint.ts'
import { officeTime, perform, type Answer, type Stage } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour
/** Roles of customer service, the nearest to the customer first. */
export const service = ['serviceRepresentative', 'customerService', 'customerService.head'] as const

type Sendable = Parameters<Governance['complaint']['send']>[1]

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

/** Follows an opened complaint to its end: each step looks at the state that the one before led to, and plans the next. */
export function followComplaint(input: CaseInput): void {
  const { stage, complaint, times, attempt, d, id, clerk, department } = input
  const { accountId } = complaint
  const { people, timeline, governance, policy } = stage
  const evidence: [{ uri: string }] = [{ uri: `file:complaints/${encodeURIComponent(complaint.id).slice(0, 200)}` }]
  const staff = [department, `${department}.head`]
  const judgeRole = complaint.about === 'product' ? policy.complaint.determineBy.product : policy.complaint.determineBy.other
  const judges = judgeRole === 'responsible' ? staff : [judgeRole, `${judgeRole.replace(/\.head$/, '')}.head`]
  let handler: string | null = null
  /** Who made what the customer judges: none of them may take the customer's verdict. */
  const makers: string[] = []
  let round = 0
  let reopeningsLeft = Math.max(0, complaint.reopenings - times.reopened.length)
  let tried = false

  const plan = (at: number, run: () => Promise<void>): void => timeline.plan(Math.max(at, stage.now()), run)
  const send = (command: Sendable, actor: string | null, deliberate = false): Promise<Answer> => {
    if (actor === null) return Promise.resolve({ ok: false, state: '', refusals: [] })
    return perform(stage, { kind: 'complaint', id, accountId, command: command.type, actor, deliberate }, () =>
      governance.complaint.send(id, command, { actor, idempotencyKey: stage.key() }),
    )
  }
  /** The attempt against the policy, once, where it belongs. */
  const tryOnce = async (which: Attempt, command: Sendable, actor: string | null): Promise<void> => {
    if (attempt !== which || tried || actor === null) return
    tried = true
    await send(command, actor, true)
  }

  const forward = async (): Promise<void> => {
    await tryOnce(
      'forwardByOutsider',
      { type: 'forward', department },
      people.outsider(
        [...service, 'groupAdministrator', 'keyAccount', 'keyAccount.head', 'keyAccounts', 'keyAccounts.head'],
        accountId,
        d,
      ),
    )
    const done = await send({ type: 'forward', department }, clerk)
    if (done.ok) plan(times.accepted, accept)
  }

  const accept = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    const named = view?.context.named ?? []
    if (named[0] !== undefined) await tryOnce('acceptByNamed', { type: 'accept' }, named[0])
    handler = people.one(staff, accountId, d, named)
    if (handler !== null) makers.push(handler)
    const done = await send({ type: 'accept' }, handler)
    if (!done.ok) return
    for (const wait of complaint.waits) {
      if (wait.from <= stage.now() || wait.to >= (times.completed[0] ?? Number.POSITIVE_INFINITY)) continue
      plan(wait.from, () => askCustomer(wait.to))
    }
    if (complaint.upheld || times.completed.length === 0) plan(times.determined, determine)
    else plan(times.completed[0] ?? times.determined, notUphold)
  }

  const askCustomer = async (until: number): Promise<void> => {
    const reason = Object.keys(policy.sla.pauseReasons)[0]
    const view = await governance.complaint.get(id)
    if (reason === undefined || view === null || !['investigating', 'planning', 'handling'].includes(view.state)) return
    const asked = await send(
      { type: 'waitForCustomer', reason, question: 'Please send what the source’s log was waiting for' },
      handler,
    )
    if (asked.ok) plan(until, async () => void (await send({ type: 'customerReplied', answer: 'Received' }, handler)))
  }

  const notUphold = async (): Promise<void> => {
    await send(
      { type: 'notUphold', reasons: 'Examined; the goods are as agreed', evidence, customerToldAt: stage.now() },
      people.one(judges, accountId, d),
    )
  }

  const determine = async (): Promise<void> => {
    const judge = people.one(judges, accountId, d)
    if (judge !== null) makers.push(judge)
    const natures = Object.keys(policy.complaint.reworkNatures)
    const rework = complaint.about === 'product' && d.chance(0.3) ? natures[d.int(0, natures.length)] : undefined
    const done = await send(
      {
        type: 'determine',
        cause: 'Found by the investigation',
        responsibleParty: department,
        evidence,
        ...(rework === undefined ? {} : { rework }),
      },
      judge,
    )
    if (!done.ok) return
    const slow = (times.completed[0] ?? 0) - times.received > 6 * day
    if (slow && d.chance(0.4)) plan(times.determined + 0.05 * (times.planned - times.determined), requestExtension)
    plan(times.planned, makePlan)
  }

  /** Electors vote one after the other until it is decided; the view says who still may. */
  const castVotes = (
    approval: 'extension' | 'compensation' | 'dissatisfaction',
    approve: boolean,
    at: number,
    gap: number,
    decided: (state: string) => void,
  ): void => {
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

  const requestExtension = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    // A careful handler asks before the clock is breached; who is late knows that it would be refused.
    if (view?.clocks.some((c) => c.name === 'resolution' && c.standing.breached) !== false) return
    const asked = await send(
      { type: 'requestExtension', reason: 'The laboratory needs more time', customerToldAt: stage.now() },
      handler,
    )
    if (!asked.ok) return
    const approve = d.chance(0.85)
    castVotes('extension', approve, officeTime(stage, stage.now() + d.between(0.5, 5) * hour, d), 2 * hour, () => {
      if (approve) plan(stage.now() + 2 * day, reportProgress)
    })
  }

  const reportProgress = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    if (view === null || !['investigating', 'planning', 'handling'].includes(view.state)) return
    if (d.chance(0.8))
      await send(
        { type: 'reportProgress', toldAt: stage.now(), note: 'The cause is known; the measure is being prepared' },
        handler,
      )
    plan(stage.now() + 2.5 * day, reportProgress)
  }

  const makePlan = async (): Promise<void> => {
    const money = d.chance(0.12)
      ? { currency: policy.currency, minor: Math.round(policy.complaint.compensationLimit.minor * d.between(0.2, 1.6)) }
      : undefined
    const done = await send(
      { type: 'plan', measures: 'Replace, and correct the process', ...(money === undefined ? {} : { compensation: money }) },
      handler,
    )
    if (!done.ok) return
    const end = times.completed[round] ?? (round > 0 ? stage.now() + d.between(0.5, 3) * day : null)
    if (end === null) return
    const view = await governance.complaint.get(id)
    if (view?.approvals['compensation'] !== undefined) {
      const gap = Math.max(0, end - stage.now()) / 4
      castVotes('compensation', true, stage.now() + gap, gap, () => undefined)
    }
    if (view?.context.rework?.result === null) plan(stage.now() + Math.max(0, end - stage.now()) * 0.7, reportRework)
    plan(end, complete)
  }

  const reportRework = async (): Promise<void> => {
    await send(
      { type: 'reportRework', result: 'Reworked and measured again' },
      people.one(['production', 'production.head', ...staff], accountId, d),
    )
  }

  const complete = async (): Promise<void> => {
    const before = await governance.complaint.get(id)
    if (attempt === 'lateExtension' && before?.clocks.some((c) => c.name === 'resolution' && c.standing.breached) === true) {
      await tryOnce('lateExtension', { type: 'requestExtension', reason: 'Almost done', customerToldAt: stage.now() }, handler)
    }
    if (before?.context.waiting != null) await send({ type: 'customerReplied', answer: 'Received' }, handler)
    const done = await send(
      { type: 'complete', result: 'Mended; the customer was told', customerToldAt: stage.now(), toldInGroup: true },
      handler,
    )
    // What still is missing (a decision, a result) comes later; then the case goes on.
    if (!done.ok) {
      if (d.chance(0.9)) plan(officeTime(stage, stage.now() + day, d), complete)
      return
    }
    const back = times.reopened[round]
    if (back !== undefined) return plan(back, () => customerSays('dissatisfied'))
    const last = stage.now()
    const closed = Math.max(last, times.closed ?? last)
    if (times.closed === null) return
    await tryOnce(
      'archiveBeforeConfirmation',
      { type: 'archive', lessons: 'None', prevention: { measure: 'None', owner: clerk } },
      clerk,
    )
    await tryOnce(
      'confirmOwnWork',
      { type: 'customerSatisfied', saidBy: 'the customer', evidence, basis: before?.basis ?? '' },
      handler,
    )
    const first = round === 0
    if (first && (complaint.satisfaction === 'dissatisfied' || complaint.satisfaction === 'partly')) {
      return plan(last + (closed - last) * 0.4, () =>
        customerSays(complaint.satisfaction === 'partly' ? 'partly' : 'dissatisfied'),
      )
    }
    if (first && complaint.satisfaction === 'unknown' && d.chance(0.2)) return callBack(last)
    plan(first ? closed : Math.max(closed, last + d.between(0.2, 2) * day), () =>
      customerSays(!first && d.chance(0.3) ? 'dissatisfied' : 'satisfied'),
    )
  }

  /** Nobody answers: attempts on several days, then the follow-up clock ends the waiting. */
  const callBack = (from: number): void => {
    for (let k = 0; k < policy.complaint.followUp.attempts; k += 1) {
      plan(officeTime(stage, from + (k + 0.6) * day, d), async () => {
        const view = await governance.complaint.get(id)
        if (view?.state !== 'confirming') return
        const channel = Object.keys(policy.complaint.channels)[k % 2] ?? complaint.channel
        await send({ type: 'recordContact', channel, at: stage.now(), outcome: 'notReached' }, clerk)
      })
    }
    plan(from + 14 * day, review)
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
      makers,
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
    round += 1
    if (done.state === 'inCommittee') return plan(officeTime(stage, stage.now() + d.between(0.5, 2) * day, d), committee)
    const next = times.completed[round]
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
    castVotes('dissatisfaction', approve, stage.now(), 3 * hour, (state) => {
      if (state !== 'planning') return
      round += 1
      plan(officeTime(stage, stage.now() + 0.5 * day, d), makePlan)
    })
  }

  const review = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    if (view?.state !== 'reviewing') return
    const owner = handler ?? clerk
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
    if (reopeningsLeft > 0) {
      reopeningsLeft -= 1
      return plan(officeTime(stage, stage.now() + d.between(2, 38) * day, d), reopen)
    }
    plan(officeTime(stage, stage.now() + d.between(70, 100) * day, d), checkPrevention)
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
    round = 0
    plan(officeTime(stage, start + d.between(0.5, 1.5) * day, d), async () => {
      const judged = await send(
        { type: 'determine', cause: 'The measure did not hold', responsibleParty: department, evidence },
        people.one(judges, accountId, d),
      )
      if (!judged.ok) return
      round = times.completed.length
      plan(officeTime(stage, stage.now() + d.between(0.5, 2) * day, d), makePlan)
    })
  }

  plan(times.forwarded, forward)
}
