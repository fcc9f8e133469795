import {
  corruptRecord,
  differencesOfCopy,
  isReckoned,
  partOfSource,
  type Projection,
  type RecordDifference,
  type RecordDrift,
  type RecordValue,
} from '@ka-governance/core'
import type { Row } from './client.ts'
import { due, visible, type Fields, type VisibleRecord } from './mapping.ts'
import type { FieldSource, ResolvedMapping } from './options.ts'
import { instantIn, showsWhatWasWritten, type Comparison, type Written } from './same-value.ts'
import type { FieldName } from './schema.ts'

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
export interface Head {
  readonly row: Row
  /** `null`: what stands there is no projection. */
  readonly last: Projection | null
}

/** What an instance last wrote into a record. */
export interface Wrote {
  readonly by: string
  readonly fields: Fields
}

/** What differs on the head's own row. */
export function driftOfHead(
  { names, personId }: ResolvedMapping,
  { row, last }: Head,
  projection: Projection,
): readonly RecordDrift[] {
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

/** Fields of a record that show neither what is governed nor what one of those that share it wrote. */
export function driftOfRecord(
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
    const part = partOfSource(source)
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

/** A record that is not there any more. */
export const gone = ({ instanceId }: Projection, { object, by }: VisibleRecord): RecordDrift => ({
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
