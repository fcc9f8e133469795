import type { Governance } from '@ka-governance/core'
import type { RecordedBaseline, RecordedChange, RecordedProject } from '../ingest/recorded.ts'
import { castVotes, evidenceOf, handOf } from './hand.ts'
import { draw } from './seeded.ts'
import { simulateChange, type SimulatedChange } from './simulate-change.ts'
import { officeTime, perform, type Stage } from './stage.ts'

type Sendable = Parameters<Governance['project']['send']>[1]
type Content = Extract<Sendable, { readonly type: 'registerBaseline' }>['content']

/** What a run keeps of a project. */
export interface SimulatedProject {
  readonly project: RecordedProject
  /** `null`: it could not be opened; `problem` says why. */
  id: string | null
  problem: string | null
  readonly changes: readonly SimulatedChange[]
}

/** A project as its changes need to know it. */
export interface ProjectHand {
  readonly project: RecordedProject
  readonly leader: string | null
  readonly team: readonly string[]
  /** Ledger of the project; `null` before it is open. */
  ledger: string | null
  /** The baseline with these parts instead of its own. */
  readonly overlay: (baseline: Content, changed: Partial<RecordedBaseline>) => Content
}

/** Plans a project and its changes: opened and planned by its leader, approved by the group, closed on its day. */
export function simulateProject(stage: Stage, project: RecordedProject, changes: readonly RecordedChange[]): SimulatedProject {
  const { people, policy } = stage
  const d = draw(stage.seed, `project-${project.projectId}`)
  const known = Object.keys(policy.directory?.people ?? {})
  const { accountId } = project
  const leader =
    project.leader !== null && known.includes(project.leader)
      ? project.leader
      : people.one(['productManager', 'technical', 'product', 'keyAccounts', 'sales'], accountId, d)
  const ids = new Map<string, string>()
  /** A milestone keeps its id from version to version: by its name. */
  const idOf = (name: string): string => {
    const id = ids.get(name) ?? `m${String(ids.size + 1)}`
    ids.set(name, id)
    return id
  }
  const milestones = (list: RecordedBaseline['milestones']): Content['milestones'] =>
    list.map(({ name, date }) => ({ id: idOf(name), name, date }))
  const team: ProjectHand = {
    project,
    leader,
    team: people.holders('productManager', accountId).filter((p) => p !== leader),
    ledger: null,
    overlay: (baseline, { milestones: dates, resources, ...changed }) => ({
      ...baseline,
      ...changed,
      ...(resources === undefined ? {} : { resources: [...resources] }),
      ...(dates === undefined ? {} : { milestones: milestones(dates) }),
    }),
  }
  const content: Content = {
    ...project.baseline,
    resources: [...project.baseline.resources],
    milestones: milestones(project.baseline.milestones),
  }
  const record: SimulatedProject = {
    project,
    id: null,
    problem: null,
    changes: changes.map((change) => simulateChange(stage, team, change)),
  }
  const at = officeTime(stage, stage.zone.toInstant(Date.parse(project.registeredOn)), d)
  stage.timeline.plan(at, () => open(stage, record, team, content))
  return record
}

async function open(stage: Stage, record: SimulatedProject, team: ProjectHand, content: Content): Promise<void> {
  const { project } = record
  const { governance, people, policy } = stage
  const accountId = stage.book.survivorOf(project.accountId)
  const d = draw(stage.seed, `plan-${project.projectId}`)
  const seller = people.one(['accountManager', 'sales', 'keyAccounts', 'sales.head'], accountId, d)
  if (seller === null || team.leader === null) {
    record.problem = 'nobody to lead it'
    return
  }
  const evidence = evidenceOf('projects', project.projectId)
  const departments = project.departments.length > 0 ? [...project.departments] : Object.keys(policy.departments).slice(0, 1)
  const form = {
    accountId,
    projectId: project.projectId,
    name: project.name,
    needConfirmation: evidence,
    leader: team.leader,
    team: [...team.team],
    departments,
  }
  const opened = await perform(stage, { kind: 'project', id: project.projectId, accountId, command: 'open', actor: seller }, () =>
    governance.project.open(form, { actor: seller, idempotencyKey: stage.key() }),
  )
  if (!opened.ok) {
    record.problem = opened.refusals.map((r) => r.code).join(', ')
    return
  }
  record.id = opened.id
  team.ledger = opened.id
  const hand = handOf(stage, governance.project, { kind: 'project', id: opened.id, accountId }, d)
  hand.plan(hand.later(0.5, 2), async () => {
    const done = await hand.send({ type: 'registerBaseline', content, evidence }, team.leader)
    if (!done.ok) {
      record.problem = done.refusals.map((r) => r.code).join(', ')
      return
    }
    castVotes(hand, {
      approval: 'plan',
      gap: [0.2, 0.8],
      ballot: () => ({ decision: 'approve', comment: 'Schedule and resources fit' }),
      command: ({ decision, comment }, basis): Sendable => ({ type: 'vote', approval: 'plan', decision, comment, basis }),
      decided: () => undefined,
    })
  })
  const { closedOn } = project
  if (closedOn === null) return
  const close = async (): Promise<void> => {
    const done = await hand.send(
      {
        type: 'closeProject',
        selfChecked: true,
        summaryReport: evidence,
        acceptanceReport: evidence,
        acceptedBy: 'the customer',
        lessons: 'Order long-lead parts before the design is released',
      },
      team.leader,
    )
    // Something of it is still open: once more in a while, as long as that may last.
    if (!done.ok && stage.now() < stage.zone.toInstant(Date.parse(closedOn)) + 120 * 86_400_000)
      hand.plan(hand.later(20, 25), close)
  }
  hand.plan(officeTime(stage, stage.zone.toInstant(Date.parse(closedOn)), d), close)
}
