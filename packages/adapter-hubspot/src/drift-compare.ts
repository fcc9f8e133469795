import {
  differencesOfCopy,
  isReckoned,
  partOfSource,
  type Projection,
  type RecordDifference,
  type RecordDrift,
  type RecordValue,
} from '@ka-governance/core'
import type { HubSpotRecord, Values } from './client.ts'
import { projectionWrites, stageOf, visibleRecord } from './mapping.ts'
import type { PropertySource, ResolvedMapping, VisibleRecord } from './options.ts'
import { recordId, type PropertyName } from './schema.ts'
import { instantIn, showsWhatWasWritten, type Comparison } from './same-value.ts'

/** Properties of a case that show a part of the projection. */
const shownColumns = {
  state: 'state',
  open: 'open',
  owner: 'owner',
  account_id: 'accountId',
  due_ms: 'nextDueAt',
  due_key: 'nextDueAt',
  due_at: 'nextDueAt',
} as const satisfies Partial<Record<PropertyName<'case'>, keyof Projection>>

type Column = keyof typeof shownColumns

/** What is asked for of a case, to compare it. */
export const driftColumns = [
  'instance_id',
  'kind',
  'seq',
  'record_seq',
  'blocked',
  'projection',
  ...(Object.keys(shownColumns) as Column[]),
] as const

/** Who touched a record last, and when: HubSpot's own properties. */
export const touched = ['hs_updated_by_user_id', 'hs_lastmodifieddate'] as const

/** A case with what was last written of it. */
export interface Case {
  readonly record: HubSpotRecord
  /** `null`: what stands there is no projection. */
  readonly last: Projection | null
}

/** What an instance last wrote into a record. */
export interface Wrote {
  readonly by: string
  readonly properties: Values
}

/** What differs on the case itself. `null`: nothing. */
export function driftOfCase(mapping: ResolvedMapping, { record, last }: Case, projection: Projection): RecordDrift | null {
  const { names } = mapping
  const [governed, written] = [projection, last].map((each): Values =>
    each === null ? {} : projectionWrites(mapping, each).case,
  )
  const columns = Object.entries(shownColumns) as [Column, (typeof shownColumns)[Column]][]
  const differences = columns.flatMap(([name, part]): readonly RecordDifference[] => {
    const field = names.property('case', name)
    const shown = record.properties[field] ?? null
    const by: Comparison = name === 'due_at' ? 'instant' : name === 'due_ms' ? 'number' : 'plain'
    const values = [governed?.[field] ?? '', ...(isReckoned(part) && last !== null ? [written?.[field] ?? ''] : [])]
    return values.some((value) => showsWhatWasWritten(value, shown, by))
      ? []
      : [
          {
            field,
            part,
            governed: projection[part],
            shown: valueShown(shown, by, projection[part]),
          },
        ]
  })
  const seq = names.property('case', 'seq')
  const counted = Number(record.properties[seq] ?? '')
  const all = [
    ...(counted === projection.seq ? [] : [{ field: seq, part: null, governed: projection.seq, shown: counted }]),
    ...differences,
    ...stageDifferences(mapping, record, projection),
    ...differencesOfCopy(names.property('case', 'projection'), last, projection),
  ]
  if (all.length === 0) return null
  const { instanceId } = projection
  return {
    instanceId,
    record: { object: names.schema('case'), id: record.id },
    missing: false,
    differences: all,
    ...changed(record),
  }
}

/** A case that somebody dragged into another stage. */
function stageDifferences(
  mapping: ResolvedMapping,
  { properties }: HubSpotRecord,
  projection: Projection,
): readonly RecordDifference[] {
  const at = stageOf(mapping, projection)
  const shown = properties['hs_pipeline_stage'] ?? null
  if (at === null || shown === at.stage) return []
  const means = Object.entries(at.pipeline.stages).flatMap(([each, id]) => (id === shown ? [each] : []))
  return [{ field: 'hs_pipeline_stage', part: 'state', governed: at.stage, shown, means }]
}

/** Properties of a record that show neither what is governed nor what one of those that share it wrote. `null`: there are none. */
export function driftOfRecord(
  mapping: ResolvedMapping,
  projection: Projection,
  visible: VisibleRecord,
  record: HubSpotRecord,
  wrote: readonly Wrote[],
): RecordDrift | null {
  const sources = mapping.records[projection.kind]?.properties ?? {}
  const differences = Object.entries(visible.properties).flatMap(([field, governed]): readonly RecordDifference[] => {
    const source = sources[field]
    if (source === undefined) return []
    const shown = record.properties[field] ?? null
    const part = partOfSource(source)
    const meant = valueGoverned(source, projection, governed)
    const by: Comparison = 'instant' in source ? 'instant' : typeof meant === 'number' ? 'number' : 'plain'
    // Another instance's value is its own affair; what this one wrote counts where it is reckoned.
    const counting = wrote.filter((each) => each.by !== projection.instanceId || isReckoned(part))
    const values = [governed, ...counting.flatMap(({ properties }) => properties[field] ?? [])]
    if (values.some((value) => showsWhatWasWritten(value, shown, by))) return []
    return [{ field, part, governed: meant, shown: valueShown(shown, by, meant), ...meaningOf(source, shown) }]
  })
  if (differences.length === 0) return null
  const { instanceId } = projection
  return { instanceId, record: { object: visible.type, id: record.id }, missing: false, differences, ...changed(record) }
}

/** A record that is not there any more. */
export const gone = (instanceId: string, object: string, id: string | null): RecordDrift => ({
  instanceId,
  record: { object, id },
  missing: true,
  differences: [],
  changedBy: null,
  changedAt: null,
})

/** The account of an instance is another one in the portal by now. `null`: its ledger has been merged, too. */
export function wentInto(
  { instanceId, state }: Projection,
  { type, by }: VisibleRecord,
  into: HubSpotRecord,
): RecordDrift | null {
  if (!('id' in by) || state === 'merged') return null
  const differences = [{ field: recordId, part: 'accountId', governed: by.id, shown: into.id }]
  return { instanceId, record: { object: type, id: by.id }, missing: false, differences, ...changed(into) }
}

/** By the place of a record: what instances wrote into it. */
export function writersOf(mapping: ResolvedMapping, projections: readonly Projection[]): ReadonlyMap<string, readonly Wrote[]> {
  const wrote = new Map<string, Wrote[]>()
  for (const last of projections) {
    const record = visibleRecord(mapping, last)
    if (record === null) continue
    wrote.set(placeOf(record), [...(wrote.get(placeOf(record)) ?? []), { by: last.instanceId, properties: record.properties }])
  }
  return wrote
}

/** Where a record is, as one text. */
export const placeOf = ({ type, by }: VisibleRecord): string =>
  JSON.stringify('id' in by ? [type, null, by.id] : [type, by.unique, by.value])

function changed({ properties, updatedAt }: HubSpotRecord): Pick<RecordDrift, 'changedBy' | 'changedAt'> {
  const [by, at] = touched.map((name) => properties[name] ?? '')
  return { changedBy: by === undefined || by === '' ? null : by, changedAt: instantIn(at ?? '') ?? updatedAt }
}

/** What the projection would have there, before it became a text. */
function valueGoverned(source: PropertySource, projection: Projection, written: string): RecordValue {
  if ('projection' in source) return projection[source.projection]
  if ('instant' in source) return projection[source.instant]
  if ('field' in source) return projection.fields[source.field] ?? null
  return 'state' in source ? written : source.value
}

/** A value as the projection would have it, where it can be one. */
function valueShown(shown: string | null, by: Comparison, governed: RecordValue): RecordValue {
  if (shown === null || shown === '') return null
  if (by === 'instant') return instantIn(shown) ?? shown
  if (by === 'number') return Number.isFinite(Number(shown)) ? Number(shown) : shown
  return typeof governed === 'boolean' && (shown === 'true' || shown === 'false') ? shown === 'true' : shown
}

/** The states that a stage or an option stands for. */
const meaningOf = (source: PropertySource, shown: string | null): Pick<RecordDifference, 'means'> =>
  'state' in source ? { means: Object.entries(source.state).flatMap(([state, value]) => (value === shown ? [state] : [])) } : {}
