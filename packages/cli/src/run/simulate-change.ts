import type { Governance } from '@ka-governance/core'
import type { RecordedChange } from '../ingest/recorded.ts'
import { castVotes, evidenceOf, handOf, type Hand } from './hand.ts'
import { draw } from './seeded.ts'
import type { ProjectHand } from './simulate-project.ts'
import { officeTime, perform, type Answer, type Stage } from './stage.ts'

type Sendable = Parameters<Governance['projectChange']['send']>[1]
type View = NonNullable<Awaited<ReturnType<Governance['projectChange']['get']>>>
type ChangeHand = Hand<Sendable, View['context']>
type ApprovalName = 'change' | 'emergency' | 'ratification'

/** What a run keeps of a change. */
export interface SimulatedChange {
  readonly change: RecordedChange
  /** `null`: it could not be opened; `problem` says why. */
  id: string | null
  problem: string | null
  /** Times that another change had come first. */
  overtaken: number
  /** The change that undoes it. */
  back: string | null
}

/** How people take a change: what the row says, or that what goes back is let pass. */
type Course = Pick<RecordedChange, 'approved' | 'consent' | 'implementedOn' | 'verifiedOk' | 'departments'>

const wayBack = (change: RecordedChange): Course => ({
  approved: true,
  consent: true,
  implementedOn: change.appliedOn,
  verifiedOk: true,
  departments: change.departments,
})

/** Looks, before giving up on an answer that does not come. */
const mostLooks = 20

/** Plans one change: opened on its day by the project's leader, then whatever its state asks for. */
export function simulateChange(stage: Stage, project: ProjectHand, change: RecordedChange): SimulatedChange {
  const record: SimulatedChange = { change, id: null, problem: null, overtaken: 0, back: null }
  const d = draw(stage.seed, `change-${change.changeId}`)
  const at = officeTime(stage, stage.zone.toInstant(Date.parse(change.appliedOn)), d)
  stage.timeline.plan(at, () => open(stage, project, record))
  return record
}

async function open(stage: Stage, project: ProjectHand, record: SimulatedChange): Promise<void> {
  const { change } = record
  const { leader, ledger } = project
  if (leader === null || ledger === null) {
    record.problem = 'project not open'
    return
  }
  const accountId = stage.book.survivorOf(project.project.accountId)
  const title = `${change.changeId} ${change.reason}`.slice(0, 400)
  const opened = await perform(
    stage,
    { kind: 'projectChange', id: change.changeId, accountId, command: 'open', actor: leader },
    () =>
      stage.governance.projectChange.open(
        { projectId: project.project.projectId, title },
        { actor: leader, idempotencyKey: stage.key() },
      ),
  )
  if (!opened.ok) {
    record.problem = opened.refusals.map((r) => r.code).join(', ')
    return
  }
  record.id = opened.id
  const d = draw(stage.seed, `follow-${change.changeId}`)
  const hand = handOf(stage, stage.governance.projectChange, { kind: 'projectChange', id: opened.id, accountId }, d)
  follow(hand, project, record, leader, change)
}

function follow(hand: ChangeHand, project: ProjectHand, record: SimulatedChange, leader: string, course: Course): void {
  const { stage, d } = hand
  const { change } = record
  const { people } = stage
  const accountId = stage.book.survivorOf(project.project.accountId)
  const departments =
    course.departments.length > 0
      ? [...course.departments]
      : project.project.departments.length > 0
        ? [...project.project.departments]
        : Object.keys(stage.policy.departments).slice(0, 1)
  const staff = departments.flatMap((department) => [department, `${department}.head`])
  const evidence = evidenceOf('changes', hand.id)
  const hasty = d.chance(0.3)
  let looks = 0

  const soon = (from: number, to: number): void => hand.plan(hand.later(from, to), goOn)

  /** Looks at the state, and does what it asks for. */
  const goOn = async (): Promise<void> => {
    const view = await hand.view()
    if (view === null) return
    switch (view.state) {
      case 'drafting':
        return apply()
      case 'assessing':
        return assess(view, () => soon(0, 0.1))
      case 'inApproval':
        // Nothing is implemented before it is approved: tried now and then.
        if (hasty && record.overtaken === 0)
          await hand.send({ type: 'implement', note: 'We begin already', evidence, basis: view.basis }, leader, true)
        vote('change', [0.2, 0.8])
        return
      case 'inEmergency':
        vote('emergency', [0.01, 0.05])
        return
      case 'awaitingCustomer':
        return consent(view)
      case 'approved':
        return implement(view)
      case 'implementing':
        looks += 1
        if (looks < mostLooks) soon(0.1, 0.2)
        return
      case 'ratifying':
        return ratify(view)
      case 'implemented':
        return verify(view)
      case 'rollingBack':
        return changeBack()
      default:
        return
    }
  }

  const apply = async (): Promise<void> => {
    const baseline = project.ledger === null ? null : (await stage.governance.project.get(project.ledger))?.context.baseline
    if (baseline == null) return
    const content = project.overlay(
      { ...baseline, milestones: [...baseline.milestones], resources: [...baseline.resources] },
      change.changed,
    )
    const form = { reason: change.reason === '' ? change.changeId : change.reason, content, departments, evidence }
    const done = await hand.send(
      { type: 'apply', ...form, ...(change.emergency ? { emergency: { why: form.reason } } : {}) },
      leader,
    )
    if (done.ok) soon(change.emergency ? 0.01 : 0.5, change.emergency ? 0.03 : 1.5)
    else record.problem = codesOf(done)
  }

  const assess = async (view: View, then: () => void): Promise<void> => {
    const touched = [...new Set(view.context.measured?.diff.map((entry) => entry.dimension) ?? [])]
    const open = touched.filter((dimension) => !view.context.assessments.some((a) => a.dimension === dimension))
    for (const [k, dimension] of open.entries()) {
      const done = await hand.send(
        { type: 'assess', dimension, impact: 'Can be done; no other order is touched', magnitude: k === 0 ? 'medium' : 'low' },
        people.one(staff, accountId, d, [leader]),
      )
      if (!done.ok) return
    }
    then()
  }

  const vote = (approval: ApprovalName, gap: readonly [number, number]): void => {
    // In need two people let it pass; whether that was right is decided afterwards.
    const passes = approval === 'emergency' || course.approved
    castVotes(hand, {
      approval,
      gap,
      ballot: () =>
        passes
          ? { decision: 'approve', comment: 'Agreed' }
          : { decision: 'reject', comment: 'Not in this project, and not for this price' },
      command: ({ decision, comment }, basis): Sendable => ({ type: 'vote', approval, decision, comment, basis }),
      decided: () => soon(0, 0.1),
    })
  }

  const consent = async (view: View): Promise<void> => {
    if (course.consent === null) return
    hand.plan(hand.later(1, 4), async () => {
      const done = await answer(view, course.consent === true)
      if (done.ok) soon(0, 0.1)
    })
  }

  const answer = (view: View, agrees: boolean): Promise<Answer> =>
    hand.send(
      { type: agrees ? 'consent' : 'refuseConsent', givenBy: 'the customer', evidence, basis: view.basis },
      people.one(['accountManager', 'sales', 'keyAccounts'], accountId, d),
    )

  const implement = async (before: View): Promise<void> => {
    if (course.implementedOn === null) return
    const at = officeTime(stage, stage.zone.toInstant(Date.parse(course.implementedOn)), d)
    hand.plan(Math.max(at, before.context.emergency === null ? hand.later(0.2, 0.8) : stage.now()), async () => {
      const view = await hand.view()
      if (view?.state !== 'approved') return
      const done = await hand.send({ type: 'implement', note: 'Put into force', evidence, basis: view.basis }, leader)
      if (done.ok) soon(0.05, 0.2)
      else if (done.refusals.some((r) => r.code === 'baseline_changed')) {
        record.overtaken += 1
        // Another change has come first: the same wish on the baseline that is in force now, assessed anew.
        if (record.overtaken < 5) await reassess()
      }
    })
  }

  const reassess = async (): Promise<void> => {
    const done = await hand.send({ type: 'reassess' }, leader)
    if (done.ok) soon(0.5, 1.5)
  }

  const ratify = async (view: View): Promise<void> => {
    await assess(view, () => undefined)
    const assessed = await hand.view()
    if (assessed?.state !== 'ratifying') return
    if ((assessed.context.measured?.consentFor.length ?? 0) > 0 && assessed.context.consent === null && course.consent !== null)
      await answer(assessed, course.consent)
    vote('ratification', [0.1, 0.3])
  }

  const verify = async (view: View): Promise<void> => {
    const ok = course.verifiedOk
    if (ok === null) return
    hand.plan(hand.later(3, 6), async () => {
      // Whoever implemented does not check it: tried where the role alone would let it pass.
      if (hasty && staff.some((role) => people.holders(role, accountId).includes(leader)))
        await hand.send({ type: 'verify', ok: true, findings: 'My own work is fine', evidence, basis: view.basis }, leader, true)
      const done = await hand.send(
        {
          type: 'verify',
          ok,
          findings: ok ? 'As approved' : 'The endurance run fails after 180 hours',
          evidence,
          basis: view.basis,
        },
        people.one([...staff, 'keyAccounts.head'], accountId, d, [leader]),
      )
      if (done.ok) soon(0.2, 1)
    })
  }

  /** What goes back is a change of its own: somebody has to see it through. */
  const changeBack = async (): Promise<void> => {
    for (const id of await stage.book.open('project-change', accountId)) {
      const back = await stage.governance.projectChange.get(id)
      if (back?.context.of !== hand.id || record.back === id) continue
      record.back = id
      const own = handOf(
        stage,
        stage.governance.projectChange,
        { kind: 'projectChange', id, accountId },
        draw(stage.seed, `back-${change.changeId}`),
      )
      follow(own, project, { ...record, overtaken: 0, back: null }, leader, wayBack(change))
      return
    }
    looks += 1
    if (looks < mostLooks) soon(0.1, 0.3)
  }

  soon(0, 0.1)
}

const codesOf = (answer: Answer): string | null => (answer.ok ? null : answer.refusals.map((r) => r.code).join(', '))
