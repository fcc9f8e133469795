import { caseHand, service, type CaseInput } from './case-hand.ts'
import { finishing } from './finish-complaint.ts'
import { officeTime } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour

/** Follows an opened complaint to its end: each step looks at the state that the one before led to, and plans the next. */
export function followComplaint(input: CaseInput): void {
  const { stage, complaint, times, attempt, d, id, clerk, department } = input
  const { accountId } = complaint
  const { people, governance, policy } = stage
  const hand = caseHand(input)
  const { state, evidence, staff, judges, plan, send, tryOnce, castVotes } = hand

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
    state.named = view?.context.named ?? []
    if (state.named[0] !== undefined) await tryOnce('acceptByNamed', { type: 'accept' }, state.named[0])
    state.handler = people.one(staff, accountId, d, state.named)
    if (state.handler !== null) state.makers.push(state.handler)
    const done = await send({ type: 'accept' }, state.handler)
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
      state.handler,
    )
    if (!asked.ok) return
    plan(until, async () => {
      await send({ type: 'customerReplied', answer: 'Received' }, state.handler)
    })
  }

  const notUphold = async (): Promise<void> => {
    await send(
      { type: 'notUphold', reasons: 'Examined; the goods are as agreed', evidence, customerToldAt: stage.now() },
      people.one(judges, accountId, d, state.named),
    )
  }

  const determine = async (): Promise<void> => {
    const judge = people.one(judges, accountId, d, state.named)
    if (judge !== null) state.makers.push(judge)
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

  const requestExtension = async (): Promise<void> => {
    const view = await governance.complaint.get(id)
    // A careful state.handler asks before the clock is breached; who is late knows that it would be refused.
    if (view?.clocks.some((c) => c.name === 'resolution' && c.standing.breached) !== false) return
    const asked = await send(
      { type: 'requestExtension', reason: 'The laboratory needs more time', customerToldAt: stage.now() },
      state.handler,
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
        state.handler,
      )
    plan(stage.now() + 2.5 * day, reportProgress)
  }

  const makePlan = async (): Promise<void> => {
    const money = d.chance(0.12)
      ? { currency: policy.currency, minor: Math.round(policy.complaint.compensationLimit.minor * d.between(0.2, 1.6)) }
      : undefined
    const done = await send(
      { type: 'plan', measures: 'Replace, and correct the process', ...(money === undefined ? {} : { compensation: money }) },
      state.handler,
    )
    if (!done.ok) return
    const end = times.completed[state.round] ?? (state.round > 0 ? stage.now() + d.between(0.5, 3) * day : null)
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
      await tryOnce(
        'lateExtension',
        { type: 'requestExtension', reason: 'Almost done', customerToldAt: stage.now() },
        state.handler,
      )
    }
    if (before?.context.waiting != null) await send({ type: 'customerReplied', answer: 'Received' }, state.handler)
    const done = await send(
      { type: 'complete', result: 'Mended; the customer was told', customerToldAt: stage.now(), toldInGroup: true },
      state.handler,
    )
    // What still is missing (a decision, a result) comes later; then the case goes on.
    if (!done.ok) {
      if (d.chance(0.9)) plan(officeTime(stage, stage.now() + day, d), complete)
      return
    }
    const back = times.reopened[state.round]
    if (back !== undefined) {
      plan(back, () => customerSays('dissatisfied'))
      return
    }
    const last = stage.now()
    const closed = Math.max(last, times.closed ?? last)
    if (times.closed === null) return
    await tryOnce(
      'archiveBeforeConfirmation',
      { type: 'archive', lessons: 'None', prevention: { measure: 'None', owner: clerk } },
      clerk,
    )
    const { basis } = (await governance.complaint.get(id)) ?? { basis: '' }
    await tryOnce('confirmOwnWork', { type: 'customerSatisfied', saidBy: 'the customer', evidence, basis }, state.handler)
    const first = state.round === 0
    if (first && (complaint.satisfaction === 'dissatisfied' || complaint.satisfaction === 'partly')) {
      plan(last + (closed - last) * 0.4, () => customerSays(complaint.satisfaction === 'partly' ? 'partly' : 'dissatisfied'))
      return
    }
    if (first && complaint.satisfaction === 'unknown' && d.chance(0.2)) {
      callBack(last)
      return
    }
    plan(first ? closed : Math.max(closed, last + d.between(0.2, 2) * day), () =>
      customerSays(!first && d.chance(0.3) ? 'dissatisfied' : 'satisfied'),
    )
  }

  const { customerSays, callBack } = finishing(hand, makePlan)
  plan(times.forwarded, forward)
}
