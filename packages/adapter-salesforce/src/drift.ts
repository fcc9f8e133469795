import { isGovernanceError, type Projection, type RecordDrift } from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import { driftOfHead, driftOfRecord, gone, type Head, type Wrote } from './drift-compare.ts'
import { headQuery, keyOf, keyOfRow, placesOf, recordQuery, writersQuery, type Wanted } from './drift-queries.ts'
import { chunksOf } from './many.ts'
import type { AccountTeams } from './native/account-team.ts'
import { read, toProjection, toVisibleRecord, unfitOf } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { FieldName } from './schema.ts'
import { raw, soql } from './soql.ts'

/**
 * Compares the records that people see with what was written into them: the rows of heads, and the records of the org. One call for 200 instances, as long as no more than four objects are
 * mapped; pages that follow are one each, and so are the other instances that write a record that differs.
 */
export async function findDrift(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  teams: AccountTeams | null,
  projections: readonly Projection[],
): Promise<readonly RecordDrift[]> {
  const byId = new Map(projections.map((projection) => [projection.instanceId, projection]))
  const found: RecordDrift[] = []
  for (const ids of chunksOf([...byId.keys()])) {
    const round = ids.flatMap((id) => byId.get(id) ?? [])
    found.push(...(await driftOfRound(client, mapping, teams, round)))
  }
  return found
}

async function driftOfRound(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  teams: AccountTeams | null,
  projections: readonly Projection[],
): Promise<readonly RecordDrift[]> {
  const { names } = mapping
  const wanted = projections.map((projection): Wanted => ({ projection, record: toVisibleRecord(mapping, projection) }))
  const places = placesOf(wanted.flatMap(({ record }) => (record === null ? [] : [record])))
  const ids = soql`${raw(names.field('Instance', 'InstanceKey'))} IN ${projections.map(({ instanceId }) => instanceId)}`
  const [heads = [], ...records] = await client.queries([
    headQuery(mapping, ids),
    ...places.map((place) => recordQuery(mapping, place)),
  ])
  const known = new Map(
    heads.map((row) => [read(names, 'Instance', row, 'InstanceKey'), { row, last: lastIn(mapping, row) }] as const),
  )
  const rows = new Map(places.flatMap((place, k) => (records[k] ?? []).map((row) => [keyOfRow(place, row), row] as const)))
  const compare = (wrote: ReadonlyMap<string, readonly Wrote[]>) =>
    wanted.flatMap((each): readonly RecordDrift[] => {
      const head = known.get(each.projection.instanceId)
      return head === undefined ? [] : driftOfOne(mapping, each, head, rows, wrote)
    })
  const absent = (await teams?.absent(projections.filter((each) => follows(mapping, known.get(each.instanceId), each)))) ?? []

  const first = compare(writersOf(mapping, [...known.values()]))
  const shared = wanted.filter(
    ({ projection, record }) =>
      mapping.records[projection.kind]?.by === 'accountId' &&
      first.some(
        ({ instanceId, record: { object }, missing }) =>
          instanceId === projection.instanceId && object === record?.object && !missing,
      ),
  )
  if (shared.length === 0) return [...first, ...absent]
  // Who wrote such a record last is not known: each of those that write it may be shown.
  const others: Head[] = []
  for await (const row of client.query(headQuery(mapping, writersQuery(mapping, shared))))
    others.push({ row, last: lastIn(mapping, row) })
  return [...compare(writersOf(mapping, [...known.values(), ...others])), ...absent]
}

/** Whether what the org shows has come as far as the projection: what the org refuses stands behind by its own will. */
function follows({ names }: ResolvedMapping, head: Head | undefined, { seq }: Projection): boolean {
  if (head === undefined) return false
  const of = (name: FieldName<'Instance'>): unknown => read(names, 'Instance', head.row, name)
  return (['Seq', 'VisibleSeq', 'RecordSeq'] as const).every((name) => of(name) === seq) && of('Blocked') === null
}

/** What differs on the head's own row and on the record of the org; nothing, where they have not followed to the projection. */
function driftOfOne(
  mapping: ResolvedMapping,
  { projection, record }: Wanted,
  head: Head,
  rows: ReadonlyMap<string, Row>,
  wrote: ReadonlyMap<string, readonly Wrote[]>,
): readonly RecordDrift[] {
  if (!follows(mapping, head, projection)) return []
  const own = driftOfHead(mapping, head, projection)
  if (record === null || unfitOf(record) !== null) return own
  const row = rows.get(keyOf(record))
  const theirs =
    row === undefined ? gone(projection, record) : driftOfRecord(mapping, projection, record, row, wrote.get(keyOf(record)) ?? [])
  return [...own, ...(theirs === null ? [] : [theirs])]
}

/** By record: what the instances wrote into it. */
function writersOf(mapping: ResolvedMapping, heads: readonly Head[]): ReadonlyMap<string, readonly Wrote[]> {
  const wrote = new Map<string, Wrote[]>()
  for (const { last } of heads) {
    const record = last === null ? null : toVisibleRecord(mapping, last)
    if (last === null || record === null) continue
    wrote.set(keyOf(record), [...(wrote.get(keyOf(record)) ?? []), { by: last.instanceId, fields: record.fields }])
  }
  return wrote
}

/** What was last written of an instance; a text that a hand has made something else of vouches for nothing. */
function lastIn({ names }: ResolvedMapping, row: Row): Projection | null {
  try {
    return toProjection(names, row)
  } catch (error) {
    if (isGovernanceError(error, 'corrupt_record')) return null
    throw error
  }
}
