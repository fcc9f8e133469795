import type { ClockView } from '@ka-governance/core'
import type { RecordedComplaint } from '../ingest/portfolio.ts'
import { timesOf, type ComplaintTimes } from './complaint-times.ts'
import { service } from './case-hand.ts'
import { followComplaint } from './follow-complaint.ts'
import { draw, type Draw } from './seeded.ts'
import { perform, type Answer, type Stage } from './stage.ts'

/** What an attempt against the policy looks like; a few complaints get one each. */
const attempts = [
  'forwardByOutsider',
  'acceptByNamed',
  'archiveBeforeConfirmation',
  'confirmOwnWork',
  'confirmUnseen',
  'archiveWithoutLessons',
  'lateExtension',
  'voteByOutsider',
  'unknownSeverity',
] as const
export type Attempt = (typeof attempts)[number]

/** What a run keeps of a simulated complaint. */
export interface SimulatedComplaint {
  readonly complaint: RecordedComplaint
  /** `null`: it could not be opened; `problem` says why. */
  id: string | null
  problem: string | null
  /** Clocks of cycles before a reopening. */
  readonly earlier: ClockView[]
}

/** Departments by what the complaint is about, as far as the policy has them. */
const departmentFor: { readonly [about in RecordedComplaint['about']]: readonly string[] } = {
  product: ['product', 'technical', 'production'],
  delivery: ['production', 'sales', 'customerService'],
  service: ['customerService', 'product'],
  price: ['finance', 'sales'],
  other: ['sales', 'customerService'],
}

/**
 * Plans one recorded complaint: it is opened when it was received, and from then on each step is planned when the one before is done, by people who hold the
 * roles. Recorded times stand; what lies between is derived from the seed and the complaint's id.
 */
export function simulateComplaint(stage: Stage, complaint: RecordedComplaint): SimulatedComplaint {
  const d = draw(stage.seed, `complaint-${complaint.id}`)
  const times = timesOf(complaint, d)
  const record: SimulatedComplaint = { complaint, id: null, problem: null, earlier: [] }
  const attempt: Attempt | null = d.chance(0.14) ? (attempts[d.int(0, attempts.length)] ?? null) : null
  stage.timeline.plan(times.received, () => openComplaint(stage, record, times, attempt, d))
  return record
}

async function openComplaint(
  stage: Stage,
  record: SimulatedComplaint,
  times: ComplaintTimes,
  attempt: Attempt | null,
  d: Draw,
): Promise<void> {
  const { complaint } = record
  const { policy, people } = stage
  // Records that became one: the complaint is the survivor's.
  const accountId = stage.book.survivorOf(complaint.accountId)
  const channels = Object.keys(policy.complaint.channels)
  const severities = policy.complaint.severities.map((s) => s.id)
  const severity = severities.includes(complaint.severity) ? complaint.severity : (severities[0] ?? complaint.severity)
  const channel = channels.includes(complaint.channel) ? complaint.channel : (channels[0] ?? complaint.channel)
  const clerk = people.one(service, accountId, d)
  if (clerk === null) {
    record.problem = 'nobody holds a role of customer service'
    return
  }
  const department = (departmentFor[complaint.about].find((x) => x in policy.departments) ??
    Object.keys(policy.departments)[0]) as string
  const named =
    attempt === 'acceptByNamed'
      ? [people.one([department, `${department}.head`], accountId, d) ?? clerk].filter((p) => p !== clerk)
      : []
  const form = {
    accountId,
    matter: complaint.matter,
    contact: 'on file',
    expectedSolution: 'Investigate and mend the cause',
    channel,
    severity,
    about: complaint.about,
    receivedAt: complaint.receivedAt,
    fromGroup: channel === 'group',
    named,
  }
  const open = (over: object, deliberate: boolean): Promise<Answer> =>
    perform(stage, { kind: 'complaint', id: complaint.id, accountId, command: 'open', actor: clerk, deliberate }, () =>
      stage.governance.complaint.open({ ...form, ...over }, { actor: clerk, idempotencyKey: stage.key() }),
    )
  if (attempt === 'unknownSeverity') await open({ severity: 'catastrophic' }, true)
  const opened = await open({}, false)
  if (!opened.ok) {
    record.problem = opened.refusals.map((r) => r.code).join(', ')
    return
  }
  record.id = opened.id
  followComplaint({
    stage,
    complaint,
    times,
    attempt,
    d,
    id: opened.id,
    clerk,
    department,
    keep: (clocks) => void record.earlier.push(...clocks),
  })
}
