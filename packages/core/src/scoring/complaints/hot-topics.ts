import { compareText } from '../../rules/index.ts'

/** What the statistics need of a complaint. */
export interface ComplaintTopic {
  /** What it was about: product, delivery, service, price, other. */
  readonly about: string
  readonly department: string | null
  readonly responsibleParty: string | null
  /** Nature of the rework, if any. */
  readonly rework: string | null
  readonly accountId: string
  /** Whether a handling clock was breached. */
  readonly late: boolean
  /** Whether the customer was not satisfied in the first round. */
  readonly dissatisfied: boolean
}

/** How often one topic came up, and how it went. */
export type TopicCount = {
  readonly topic: string
  readonly complaints: number
  /** Percent of all complaints counted. */
  readonly share: number
  /** Different accounts that complained of it: many complaints of one customer are not a pain point of many. */
  readonly accounts: number
  readonly late: number
  readonly dissatisfied: number
}

/** Complaints of a period counted four ways, each list with the most frequent topic first [CPL-16]. `complaints`: how many there were. */
export type HotTopics = {
  readonly complaints: number
  readonly byAbout: readonly TopicCount[]
  readonly byDepartment: readonly TopicCount[]
  readonly byResponsibleParty: readonly TopicCount[]
  readonly byRework: readonly TopicCount[]
}

interface Tally {
  complaints: number
  late: number
  dissatisfied: number
  readonly accounts: Set<string>
}

type Tallies = Map<string, Tally>

/**
 * Hot topics and pain points of a period [CPL-16]: complaints by what they were about, who handled them, who caused them and what was reworked; the
 * most frequent first, equal ones by name. Duplicates and withdrawn complaints are for the caller to leave out.
 *
 * @example
 * ```ts
 * const topic = { about: 'product', department: 'product', responsibleParty: null, rework: null, accountId: 'a', late: false, dissatisfied: true }
 * hotTopics([topic]).byAbout // => [{ topic: 'product', complaints: 1, share: 100, accounts: 1, late: 0, dissatisfied: 1 }]
 * ```
 */
export function hotTopics(complaints: Iterable<ComplaintTopic>): HotTopics {
  const about: Tallies = new Map()
  const department: Tallies = new Map()
  const responsibleParty: Tallies = new Map()
  const rework: Tallies = new Map()
  let total = 0
  for (const complaint of complaints) {
    total += 1
    count(about, complaint.about, complaint)
    count(department, complaint.department, complaint)
    count(responsibleParty, complaint.responsibleParty, complaint)
    count(rework, complaint.rework, complaint)
  }
  return {
    complaints: total,
    byAbout: ranked(about, total),
    byDepartment: ranked(department, total),
    byResponsibleParty: ranked(responsibleParty, total),
    byRework: ranked(rework, total),
  }
}

function count(tallies: Tallies, topic: string | null, complaint: ComplaintTopic): void {
  if (topic === null) return
  let tally = tallies.get(topic)
  if (tally === undefined) tallies.set(topic, (tally = { complaints: 0, late: 0, dissatisfied: 0, accounts: new Set() }))
  tally.complaints += 1
  tally.late += complaint.late ? 1 : 0
  tally.dissatisfied += complaint.dissatisfied ? 1 : 0
  tally.accounts.add(complaint.accountId)
}

function ranked(tallies: ReadonlyMap<string, Tally>, total: number): readonly TopicCount[] {
  return [...tallies]
    .map(([topic, t]) => ({
      topic,
      complaints: t.complaints,
      share: Math.round((t.complaints * 1000) / total) / 10,
      accounts: t.accounts.size,
      late: t.late,
      dissatisfied: t.dissatisfied,
    }))
    .sort((a, b) => b.complaints - a.complaints || compareText(a.topic, b.topic))
}
