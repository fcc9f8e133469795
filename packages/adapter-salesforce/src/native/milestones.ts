import { StoreError, type Commit, type Finding, type Projection, type StoredInstance } from '@ka-governance/core'
import type { SalesforceClient, Subrequest } from '../client.ts'
import { dateTime, type Fields } from '../mapping.ts'
import type { RecordMapping, ResolvedMapping } from '../options.ts'
import { raw, segment, soql, type Soql } from '../soql.ts'

/** A milestone of the org's entitlement process that is over when an instance has come so far. */
export interface MilestoneMapping {
  /** The milestone's name in Setup. */
  readonly name: string
  /** All states in which it has been reached: the entry that leads into one of them, from none of them, completes it. */
  readonly when: readonly string[]
}

/** A milestone to be completed, if the case has it and it is open. */
export interface Milestone {
  /** Instance and name: what a refusal is remembered under. */
  readonly key: string
  readonly query: string
  readonly fields: Fields
}

const milestonesIn = ({ records }: ResolvedMapping, { kind, state }: Projection): readonly MilestoneMapping[] =>
  (Object.hasOwn(records, kind) ? (records[kind]?.milestones ?? []) : []).filter(({ when }) => when.includes(state))

/**
 * What an entry completes: milestones of the state that it leads into and does not come from. Where the record stood behind its head, what an entry before could
 * not complete is tried again.
 */
export function milestonesOf(
  mapping: ResolvedMapping,
  { entry, projection }: Pick<Commit, 'entry' | 'projection'>,
  behind: boolean,
): readonly Milestone[] {
  const isNew = ({ when }: MilestoneMapping): boolean => behind || entry.seq === 1 || !when.includes(entry.from)
  return milestonesIn(mapping, projection)
    .filter(isNew)
    .map(({ name }) => ({
      key: `${projection.instanceId}:${name}`,
      query: soql`SELECT Id FROM CaseMilestone WHERE ${openOf(mapping, projection)} AND MilestoneType.Name = ${name} ORDER BY StartDate ASC, Id ASC LIMIT ${1}`,
      fields: { CompletionDate: dateTime(entry.at) },
    }))
}

/** The open ones of a case, which is found by its key: whether it was there before this transaction does not matter. */
function openOf({ records }: ResolvedMapping, { kind, instanceId }: Projection): Soql {
  const by = records[kind]?.by ?? 'accountId'
  // Milestones belong to cases, and those are found by a key of ours.
  const field = by === 'accountId' ? 'CaseId' : `Case.${by.externalId}`
  return raw(soql`${raw(field)} = ${instanceId} AND IsCompleted = ${false}`)
}

/** Asks for the row and completes it by what the answer names: without a row the org refuses the reference, and with it the whole transaction. */
export function milestoneRequests({ query, fields }: Milestone, place: string): readonly [Subrequest, Subrequest] {
  return [
    { method: 'GET', url: `/query?q=${encodeURIComponent(query)}`, referenceId: `milestone_${place}` },
    {
      method: 'PATCH',
      url: `/sobjects/CaseMilestone/@{milestone_${place}.records[0].Id}`,
      referenceId: `completed_${place}`,
      body: fields,
    },
  ]
}

/** How the org words a reference to a row that a query did not find. */
export const namesNothing = /^Invalid reference specified/i

/**
 * What of the milestones of its state is still open, to be written with the projection; `refused`: the org does not let them be read.
 *
 * @throws StoreError when it may answer another time
 */
export async function openMilestones(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  projection: Projection,
): Promise<{ readonly requests: readonly Subrequest[]; readonly refused: string | null }> {
  const names = milestonesIn(mapping, projection).map(({ name }) => name)
  if (names.length === 0) return { requests: [], refused: null }
  const query = soql`SELECT Id, MilestoneType.Name FROM CaseMilestone WHERE ${openOf(mapping, projection)} AND MilestoneType.Name IN ${names} ORDER BY StartDate ASC, Id ASC`
  const first = new Map<string, string>()
  try {
    for await (const row of client.query(query)) {
      const name = String((row['MilestoneType'] as { readonly Name?: unknown } | null)?.Name).toLowerCase()
      if (!first.has(name)) first.set(name, String(row['Id']))
    }
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error
    return { requests: [], refused: error.message }
  }
  const body = { CompletionDate: dateTime(projection.updatedAt) }
  return {
    requests: [...first.values()].map((id, k) => ({
      method: 'PATCH',
      url: `/sobjects/CaseMilestone/${segment(id)}`,
      referenceId: `completed_${String(k)}`,
      body,
    })),
    refused: null,
  }
}

/** Instances that were found with a record behind their head, so that the next entry makes up for it. */
export interface Behind {
  readonly note: (stored: StoredInstance) => void
  readonly has: (instanceId: string, seq: number) => boolean
}

/** Most instances that are remembered. */
const mostKept = 1000

export function createBehind(): Behind {
  const heads = new Map<string, number>()
  return {
    note: ({ instanceId, head, shownSeq }) => {
      heads.delete(instanceId)
      if (shownSeq === head.seq) return
      heads.set(instanceId, head.seq)
      const [oldest] = heads.keys()
      if (heads.size > mostKept && oldest !== undefined) heads.delete(oldest)
    },
    has: (instanceId, seq) => heads.get(instanceId) === seq - 1,
  }
}

/** What is wrong with the milestones of a record. */
export function milestonesFindings(kind: string, { object, milestones = [] }: RecordMapping): readonly Finding[] {
  const path = `records.${kind}.milestones`
  const doubled = milestones.filter(({ name }, k) => milestones.findIndex((each) => isSame(each.name, name)) < k)
  return [
    ...(milestones.length > 0 && object !== 'Case'
      ? [{ path, code: 'object', message: `${object} has no milestones`, remedy: 'map the kind to Case, or take them out' }]
      : []),
    ...milestones.flatMap(({ name, when }, k): readonly Finding[] => [
      ...(name.trim() === '' || name.length > 80
        ? [
            {
              path: `${path}.${String(k)}.name`,
              code: 'name',
              message: `${JSON.stringify(name.slice(0, 80))} is no name of a milestone`,
              remedy: 'give its name as Setup shows it',
            },
          ]
        : []),
      ...(when.length === 0
        ? [
            {
              path: `${path}.${String(k)}.when`,
              code: 'missing',
              message: `${JSON.stringify(name.slice(0, 80))} is never reached`,
              remedy: 'name the states in which it has been reached',
            },
          ]
        : []),
    ]),
    ...doubled.map(({ name }) => ({
      path,
      code: 'doubled',
      message: `${JSON.stringify(name.slice(0, 80))} is named twice`,
      remedy: 'name all its states in one place',
    })),
  ]
}

/** The org compares names whatever their case. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Names of all milestones of a mapping. */
export const milestoneNames = ({ records }: ResolvedMapping): readonly string[] => [
  ...new Set(Object.values(records).flatMap(({ milestones = [] }) => milestones.map(({ name }) => name))),
]

/** Milestones that the org does not have: a name that is wrong would complete nothing, and nobody would hear of it. */
export async function milestoneFindings(client: SalesforceClient, mapping: ResolvedMapping): Promise<readonly Finding[]> {
  const names = milestoneNames(mapping)
  if (names.length === 0) return []
  const known = new Set<string>()
  try {
    for await (const row of client.query(soql`SELECT Name FROM MilestoneType WHERE Name IN ${names}`))
      known.add(String(row['Name']).toLowerCase())
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return [
      {
        path: 'MilestoneType',
        code: 'not_checked',
        message: 'this user may not read milestones, so it is not known whether those of the mapping are there',
        remedy: 'switch entitlement management on, and run the check as an administrator',
        severity: 'warning',
      },
    ]
  }
  return names
    .filter((name) => !known.has(name.toLowerCase()))
    .map((name) => ({
      path: `MilestoneType.${name}`,
      code: 'missing',
      message: 'is no milestone of this org, or this user may not see it',
      remedy: 'correct the name in the mapping, or make the milestone in Setup',
    }))
}
