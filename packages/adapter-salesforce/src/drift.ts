import {
  corruptRecord,
  isGovernanceError,
  isReckoned,
  projectionSchema,
  type Projection,
  type RecordDifference,
  type RecordDrift,
  type RecordValue,
} from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import { due, read, toProjection, toVisibleRecord, visible, type Fields, type VisibleRecord } from './mapping.ts'
import type { FieldSource, ResolvedMapping } from './options.ts'
import { instantIn, showsWhatWasWritten, type Comparison, type Written } from './same-value.ts'
import type { FieldName } from './schema.ts'
import { raw, soql } from './soql.ts'

/** Instances of one round of queries: as many rows as a page with long texts has. */
const round = 200

/** What is read of a head: the columns that people see, and up to where they follow. */
const columns = [
  'InstanceKey',
  'Kind',
  'Seq',
  'VisibleSeq',
  'RecordSeq',
  'Blocked',
  'State',
  'Open',
  'Owner',
  'AccountRef',
  'DueKey',
  'DueAt',
  'Visible',
] as const satisfies readonly FieldName<'Instance'>[]

/** Columns of a head that show a part of the projection. */
const shownColumns = {
  State: 'state',
  Open: 'open',
  Owner: 'owner',
  AccountRef: 'accountId',
  DueKey: 'nextDueAt',
  DueAt: 'nextDueAt',
} as const satisfies Partial<Record<FieldName<'Instance'>, keyof Projection>>

/** A head with what was last written of it. */
interface Head {
  readonly row: Row
  /** `null`: what stands there is no projection. */
  readonly last: Projection | null
}

/** What an instance last wrote into a record. */
interface Wrote {
  readonly by: string
  readonly fields: Fields
}

/**
 * Compares the records that people see with what was written into them: the rows of heads, and the records of the org. One call for all of them, as long as no more than four objects are
 * mapped; pages that follow are one each.
 */
export async function findDrift(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  projections: readonly Projection[],
): Promise<readonly RecordDrift[]> {
  const found: RecordDrift[] = []
  for (let k = 0; k < projections.length; k += round)
    found.push(...(await driftOfRound(client, mapping, projections.slice(k, k + round))))
  return found
}

async function driftOfRound(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  projections: readonly Projection[],
): Promise<readonly RecordDrift[]> {
  const { names } = mapping
  const wanted = projections.map((projection) => ({ projection, record: toVisibleRecord(mapping, projection) }))
  const places = placesOf(wanted.flatMap(({ record }) => (record === null ? [] : [record])))
  const [heads = [], ...records] = await client.queries([
    headQuery(mapping, projections),
    ...places.map((place) => recordQuery(mapping, place)),
  ])
  const of = (row: Row, name: FieldName<'Instance'>): unknown => read(names, 'Instance', row, name)
  const known = heads.map((row): Head => ({ row, last: lastIn(mapping, row) }))
  const byId = new Map(known.map((head) => [of(head.row, 'InstanceKey'), head]))
  const wrote = new Map<string, Wrote[]>()
  for (const { last } of known) {
    const record = last === null ? null : toVisibleRecord(mapping, last)
    if (last === null || record === null) continue
    wrote.set(keyOf(record), [...(wrote.get(keyOf(record)) ?? []), { by: last.instanceId, fields: record.fields }])
  }
  const rows = new Map(places.flatMap((place, k) => (records[k] ?? []).map((row) => [keyOfRow(place, row), row] as const)))

  return wanted.flatMap(({ projection, record }): readonly RecordDrift[] => {
    const head = byId.get(projection.instanceId)
    if (head === undefined) return []
    const follows = (['Seq', 'VisibleSeq', 'RecordSeq'] as const).every((name) => of(head.row, name) === projection.seq)
    // What the org refuses stands behind by its own will.
    if (!follows || of(head.row, 'Blocked') !== null) return []
    const own = driftOfHead(mapping, head, projection)
    if (record === null || !canBeAsked(record)) return own
    const row = rows.get(keyOf(record))
    const theirs =
      row === undefined
        ? gone(projection, record)
        : driftOfRecord(mapping, projection, record, row, wrote.get(keyOf(record)) ?? [])
    return [...own, ...(theirs === null ? [] : [theirs])]
  })
}

/** What was last written of an instance; a text that a hand has made something else of vouches for nothing. */
function lastIn({ names }: ResolvedMapping, row: Row): Projection | null {
  try {
    return projectionSchema.safeParse(toProjection(names, row)).data ?? null
  } catch (error) {
    if (isGovernanceError(error, 'corrupt_record')) return null
    throw error
  }
}

/** Heads of these instances, and of those that write the same record of an account: who wrote it last is not known, so that each of them may be shown. */
function headQuery({ names, records, personId }: ResolvedMapping, projections: readonly Projection[]): string {
  const i = (name: FieldName<'Instance'>): string => names.field('Instance', name)
  const kinds = Object.entries(records).flatMap(([kind, { by }]) => (by === 'accountId' ? [kind] : []))
  const accounts = [
    ...new Set(projections.flatMap(({ kind, accountId }) => (kinds.includes(kind) ? [accountId.slice(0, 200)] : []))),
  ]
  const ids = soql`${raw(i('InstanceKey'))} IN ${projections.map(({ instanceId }) => instanceId)}`
  const shared = accounts.length === 0 ? '' : soql` OR (${raw(i('Kind'))} IN ${kinds} AND ${raw(i('AccountRef'))} IN ${accounts})`
  return soql`SELECT Id, ${raw([...columns.map(i), ...modifiedBy(personId)].join(', '))} FROM ${raw(names.object('Instance'))} WHERE ${raw(ids)}${raw(shared)}`
}

const modifiedBy = (personId: string): readonly string[] => [
  'LastModifiedById',
  'LastModifiedDate',
  ...(personId === 'Id' ? [] : [`LastModifiedBy.${personId}`]),
]

/** Records of one object that are found by one field. */
interface Place {
  readonly object: string
  readonly field: string
  readonly keys: readonly string[]
}

/** A record that can be asked for: an id that is none would be refused with all others. */
const canBeAsked = ({ by }: VisibleRecord): boolean => !('id' in by) || /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(by.id)

const fieldOf = ({ by }: VisibleRecord): string => ('id' in by ? 'Id' : by.field)
const textOfKey = (field: string, key: string): string => (field === 'Id' ? key.slice(0, 15) : key)
const keyOf = (record: VisibleRecord): string =>
  `${record.object} ${fieldOf(record)} ${textOfKey(fieldOf(record), 'id' in record.by ? record.by.id : record.by.key)}`
const keyOfRow = ({ object, field }: Place, row: Row): string =>
  `${object} ${field} ${textOfKey(field, textIn(row, field) ?? '')}`

function placesOf(records: readonly VisibleRecord[]): readonly Place[] {
  const places = new Map<string, Place>()
  for (const record of records.filter(canBeAsked)) {
    const { object, by } = record
    const field = fieldOf(record)
    const before = places.get(`${object} ${field}`)?.keys ?? []
    places.set(`${object} ${field}`, { object, field, keys: [...new Set([...before, 'id' in by ? by.id : by.key])] })
  }
  return [...places.values()]
}

function recordQuery({ records, personId }: ResolvedMapping, { object, field, keys }: Place): string {
  const mapped = Object.values(records).flatMap((record) => (record.object === object ? Object.keys(record.fields) : []))
  const wanted = [...new Set(['Id', field, ...mapped, ...modifiedBy(personId)])]
  return soql`SELECT ${raw(wanted.join(', '))} FROM ${raw(object)} WHERE ${raw(field)} IN ${keys}`
}

function driftOfHead({ names, personId }: ResolvedMapping, { row, last }: Head, projection: Projection): readonly RecordDrift[] {
  const [governed, written] = [projection, last].map((each): Fields =>
    each === null ? {} : { ...visible(names, each), ...due(names, each.nextDueAt) },
  )
  const differences = (Object.keys(shownColumns) as (keyof typeof shownColumns)[]).flatMap(
    (name): readonly RecordDifference[] => {
      const field = names.field('Instance', name)
      const part = shownColumns[name]
      const shown = row[field]
      const by: Comparison = name === 'DueAt' ? 'instant' : 'plain'
      const values = [governed?.[field] ?? null, ...(isReckoned(part) && last !== null ? [written?.[field] ?? null] : [])]
      return values.some((value) => showsWhatWasWritten(value, shown, by))
        ? []
        : [{ field, part, governed: projection[part], shown: valueShown(shown, by) }]
    },
  )
  const all = [...differences, ...differencesOfCopy(names.field('Instance', 'Visible'), last, projection)]
  return all.length === 0
    ? []
    : [
        {
          instanceId: projection.instanceId,
          record: { object: names.object('Instance'), id: textIn(row, 'Id') },
          missing: false,
          differences: all,
          ...changed(row, personId),
        },
      ]
}

/** The copy that lists are made of, which could otherwise vouch for itself: what no calendar and no newer version of the SDK says otherwise. */
function differencesOfCopy(field: string, last: Projection | null, projection: Projection): readonly RecordDifference[] {
  if (last === null) return [{ field, part: null, governed: projection.seq, shown: null }]
  const parts = (['seq', 'state', 'open', 'accountId'] as const).map((part) => ({
    part: part === 'seq' ? null : part,
    governed: projection[part],
    shown: last[part],
  }))
  const fields = Object.entries(projection.fields).flatMap(([name, governed]) =>
    Object.hasOwn(last.fields, name) ? [{ part: `fields.${name}`, governed, shown: last.fields[name] ?? null }] : [],
  )
  return [...parts, ...fields].flatMap(({ part, governed, shown }): readonly RecordDifference[] =>
    governed === shown ? [] : [{ field, part, governed, shown }],
  )
}

/** Fields of a record that show neither what is governed nor what one of those that share it wrote. */
function driftOfRecord(
  mapping: ResolvedMapping,
  projection: Projection,
  record: VisibleRecord,
  row: Row,
  wrote: readonly Wrote[],
): RecordDrift | null {
  const sources = mapping.records[projection.kind]?.fields ?? {}
  const differences = Object.entries(record.fields).flatMap(([field, governed]): readonly RecordDifference[] => {
    const source = sources[field]
    if (source === undefined) return []
    const shown = valueIn(row, field)
    const by = comparisonOf(source)
    const part = partOf(source)
    // Another instance's value is its own affair; what this one wrote counts where it is reckoned.
    const counting = wrote.filter((each) => each.by !== projection.instanceId || isReckoned(part))
    const values: readonly Written[] = [
      governed,
      ...counting.flatMap(({ fields }) => (Object.hasOwn(fields, field) ? [fields[field] ?? null] : [])),
    ]
    if (values.some((value) => showsWhatWasWritten(value, shown, by))) return []
    return [
      {
        field,
        part,
        governed: 'instant' in source ? projection[source.instant] : plain(governed),
        shown: valueShown(shown, by),
        ...meaningOf(source, shown),
      },
    ]
  })
  if (differences.length === 0) return null
  return {
    instanceId: projection.instanceId,
    record: { object: record.object, id: textIn(row, 'Id') },
    missing: false,
    differences,
    ...changed(row, mapping.personId),
  }
}

const gone = ({ instanceId }: Projection, { object, by }: VisibleRecord): RecordDrift => ({
  instanceId,
  record: { object, id: 'id' in by ? by.id : null },
  missing: true,
  differences: [],
  changedBy: null,
  changedAt: null,
})

/** Who touched the row last, by the id that people have everywhere in the SDK; of a user without one the record id. */
function changed(row: Row, personId: string): Pick<RecordDrift, 'changedBy' | 'changedAt'> {
  const user = (row['LastModifiedBy'] ?? {}) as Row
  return {
    changedBy: (personId === 'Id' ? null : textIn(user, personId)) ?? textIn(row, 'LastModifiedById'),
    changedAt: instantIn(row['LastModifiedDate']),
  }
}

function comparisonOf(source: FieldSource): Comparison {
  if ('instant' in source) return 'instant'
  if ('state' in source) return 'word'
  return 'projection' in source && source.projection === 'accountId' ? 'id' : 'plain'
}

function partOf(source: FieldSource): string | null {
  if ('projection' in source) return source.projection
  if ('instant' in source) return source.instant
  if ('field' in source) return `fields.${source.field}`
  return 'state' in source ? 'state' : null
}

/** The states that a word of the org stands for. */
function meaningOf(source: FieldSource, shown: unknown): Pick<RecordDifference, 'means'> {
  if (!('state' in source)) return {}
  return {
    means: Object.entries(source.state).flatMap(([state, word]) => (showsWhatWasWritten(word, shown, 'word') ? [state] : [])),
  }
}

const plain = (value: Written): RecordValue => (typeof value === 'object' ? null : value)

function valueShown(shown: unknown, by: Comparison): RecordValue {
  if (by === 'instant') return instantIn(shown) ?? (typeof shown === 'string' ? shown : null)
  return typeof shown === 'string' || typeof shown === 'number' || typeof shown === 'boolean' ? shown : null
}

/** A field of a row under the name that the mapping has for it: the org answers in capitals and small letters of its own. */
function valueIn(row: Row, field: string): unknown {
  if (Object.hasOwn(row, field)) return row[field]
  const own = Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase())
  if (own === undefined) throw corruptRecord(String(row['Id']), field)
  return row[own]
}

function textIn(row: Row, name: string): string | null {
  const value = row[name]
  return typeof value === 'string' ? value : null
}
