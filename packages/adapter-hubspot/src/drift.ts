import { entryKey, isGovernanceError, type Projection, type RecordDrift } from '@ka-governance/core'
import type { HubSpotRecord } from './client.ts'
import {
  driftColumns,
  driftOfCase,
  driftOfRecord,
  gone,
  placeOf,
  touched,
  wentInto,
  writersOf,
  type Case,
  type Wrote,
} from './drift-compare.ts'
import { eventsByKey } from './journal.ts'
import { find } from './lists.ts'
import { visibleRecord } from './mapping.ts'
import { canBeAsked } from './native/show-records.ts'
import type { ResolvedMapping, VisibleRecord } from './options.ts'
import { namesFor, numberIn, textIn, toProjection } from './records.ts'
import { inBulk, type StoreTools } from './tools.ts'

/** How long a case may take to come into being behind its first entry. */
const comesWithinMs = 5 * 60_000

/**
 * Compares the records that people see with what was written into them: cases, and records of the CRM. Exact reads by keys, 100 a call and type; only who else writes into a record that differs is
 * asked of the index.
 */
export async function findDrift(given: StoreTools, projections: readonly Projection[]): Promise<readonly RecordDrift[]> {
  const tools = projections.length > 1 ? inBulk(given) : given
  const { mapping } = tools
  const all = [...new Map(projections.map((projection) => [projection.instanceId, projection])).values()]
  const cases = await readCases(tools, all)
  const lost = await lostCases(
    tools,
    all.filter(({ instanceId }) => !cases.has(instanceId)),
  )
  const following = all.filter((projection) => follows(mapping, projection, cases.get(projection.instanceId)))
  const own = following.flatMap((projection) => {
    const there = cases.get(projection.instanceId)
    return (there === undefined ? null : driftOfCase(mapping, there, projection)) ?? []
  })
  return [...lost, ...own, ...(await driftOfNative(tools, following, cases))]
}

/** What the portal refuses stands behind by its own will; what is ahead or behind shows something else. */
function follows({ names }: ResolvedMapping, { seq }: Projection, there: Case | undefined): boolean {
  if (there === undefined || textIn(names, 'case', there.record, 'blocked') !== '') return false
  // Either number may have been changed by hand.
  const counted = numberIn(names, 'case', there.record, 'seq')
  return numberIn(names, 'case', there.record, 'record_seq') === seq && (counted === seq || there.last?.seq === seq)
}

async function readCases(tools: StoreTools, projections: readonly Projection[]): Promise<ReadonlyMap<string, Case>> {
  const { own, mapping } = tools
  const { names } = mapping
  const ids = projections.map(({ instanceId }) => instanceId)
  const records = await own.readMany(names.type('case'), ids, {
    idProperty: names.property('case', 'instance_id'),
    properties: [...namesFor(names, 'case', driftColumns), 'hs_pipeline_stage', ...touched],
  })
  return new Map(
    ids.flatMap((id, k) => {
      const record = records[k] ?? null
      return record === null ? [] : [[id, { record, last: lastIn(mapping, record) }] as const]
    }),
  )
}

/** A text that a hand has made something else of vouches for nothing. */
function lastIn({ names }: ResolvedMapping, record: HubSpotRecord): Projection | null {
  try {
    return toProjection(names, 'case', record)
  } catch (error) {
    if (isGovernanceError(error, 'corrupt_record')) return null
    throw error
  }
}

/** Cases that somebody deleted: with one goes what is due. An entry that is older than any request lives has had its case. */
async function lostCases(tools: StoreTools, projections: readonly Projection[]): Promise<readonly RecordDrift[]> {
  const keys = projections.map(({ instanceId, seq }) => entryKey(instanceId, seq))
  const events = await eventsByKey(tools, keys, ['event_key'])
  return projections.flatMap(({ instanceId }, k) => {
    const at = events[k]?.createdAt ?? null
    return at !== null && at <= tools.now() - comesWithinMs ? [gone(instanceId, tools.mapping.names.schema('case'), null)] : []
  })
}

/** A projection with the record of the CRM that it is shown on. */
interface Wanted {
  readonly projection: Projection
  readonly visible: VisibleRecord
}

async function driftOfNative(
  tools: StoreTools,
  projections: readonly Projection[],
  cases: ReadonlyMap<string, Case>,
): Promise<readonly RecordDrift[]> {
  const { mapping } = tools
  const wanted = projections.flatMap((projection): readonly Wanted[] => {
    const visible = visibleRecord(mapping, projection)
    return visible === null || !canBeAsked(visible) ? [] : [{ projection, visible }]
  })
  const records = await readRecords(tools, wanted)
  const winners = await winnersOf(tools, wanted, records)
  const compare = (wrote: ReadonlyMap<string, readonly Wrote[]>): readonly (readonly [Wanted, RecordDrift])[] =>
    wanted.flatMap((each) => {
      const { projection, visible } = each
      const record = records.get(placeOf(visible))
      const into = winners.get(placeOf(visible))
      const found =
        into !== undefined
          ? wentInto(projection, visible, into)
          : record === undefined
            ? gone(projection.instanceId, visible.type, 'id' in visible.by ? visible.by.id : null)
            : driftOfRecord(mapping, projection, visible, record, wrote.get(placeOf(visible)) ?? [])
      return found === null ? [] : [[each, found] as const]
    })

  const lasts = [...cases.values()].flatMap(({ last }) => last ?? [])
  const first = compare(writersOf(mapping, lasts))
  const shared = first.filter(([{ projection }, { missing }]) => !missing && mapping.records[projection.kind]?.by === 'accountId')
  if (shared.length === 0) return first.map(([, drift]) => drift)
  // Who wrote such a record last is not known: each of those that write it may be shown.
  const others: Projection[] = []
  const kinds = Object.entries(mapping.records).flatMap(([kind, { by }]) => (by === 'accountId' ? [kind] : []))
  for (const accountId of new Set(shared.map(([{ projection }]) => projection.accountId)))
    for await (const other of find(tools, { accountId })) if (kinds.includes(other.kind)) others.push(other)
  return compare(writersOf(mapping, [...lasts, ...others])).map(([, drift]) => drift)
}

/** Records by their places, as few calls as there are types and keys. */
async function readRecords(
  { client, mapping }: StoreTools,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const groups = new Map<string, VisibleRecord[]>()
  for (const { visible } of wanted) {
    const group = JSON.stringify([visible.type, 'id' in visible.by ? null : visible.by.unique])
    groups.set(group, [...(groups.get(group) ?? []), visible])
  }
  const found = new Map<string, HubSpotRecord>()
  for (const some of groups.values()) {
    const [first] = some
    if (first === undefined) continue
    const mapped = Object.values(mapping.records).flatMap(({ type, properties }) =>
      type === first.type ? Object.keys(properties) : [],
    )
    const records = await client.readMany(
      first.type,
      some.map(({ by }) => ('id' in by ? by.id : by.value)),
      {
        ...('id' in first.by ? {} : { idProperty: first.by.unique }),
        properties: [...new Set([...mapped, ...touched])],
      },
    )
    for (const [k, visible] of some.entries()) {
      const record = records[k] ?? null
      // A company that went into another one answers under its old id too, and shows what belongs to the other.
      if (record !== null && (!('id' in visible.by) || visible.by.id === record.id)) found.set(placeOf(visible), record)
    }
  }
  return found
}

/** Records that are looked for one by one: those of a page of instances. */
const mostLookedFor = 100

/** Records that others went into, by the places of those: a merged one answers under its old id with what became of it. */
async function winnersOf(
  { client }: StoreTools,
  wanted: readonly Wanted[],
  records: ReadonlyMap<string, HubSpotRecord>,
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const missing = wanted.filter(({ visible }) => 'id' in visible.by && !records.has(placeOf(visible)))
  const places = new Map(missing.map(({ visible }) => [placeOf(visible), visible] as const))
  const found = await Promise.all(
    [...places].slice(0, mostLookedFor).map(async ([place, { type, by }]) => {
      const record = 'id' in by ? await client.read(type, by.id, { properties: touched }) : null
      return record === null || ('id' in by && record.id === by.id) ? [] : [[place, record] as const]
    }),
  )
  return new Map(found.flat())
}
