import type { Projection } from '@ka-governance/core'
import type { Row } from './client.ts'
import { valueAt } from './facts.ts'
import { chunksOf } from './many.ts'
import { accountRef, unfitOf, type VisibleRecord } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { FieldName } from './schema.ts'
import { raw, soql } from './soql.ts'

/** A projection with the record that it is shown on, if the mapping has one. */
export interface Wanted {
  readonly projection: Projection
  readonly record: VisibleRecord | null
}

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

export function headQuery({ names, personId }: ResolvedMapping, where: string): string {
  const wanted = [...columns.map((name) => names.field('Instance', name)), ...modifiedBy(personId)]
  return soql`SELECT Id, ${raw(wanted.join(', '))} FROM ${raw(names.object('Instance'))} WHERE ${raw(where)}`
}

/** The instances that write the records of these accounts. */
export function writersQuery({ names, records }: ResolvedMapping, shared: readonly Wanted[]): string {
  const kinds = Object.entries(records).flatMap(([kind, { by }]) => (by === 'accountId' ? [kind] : []))
  const accounts = [...new Set(shared.map(({ projection: { accountId } }) => accountRef(accountId)))]
  return soql`${raw(names.field('Instance', 'Kind'))} IN ${kinds} AND ${raw(names.field('Instance', 'AccountRef'))} IN ${accounts}`
}

const modifiedBy = (personId: string): readonly string[] => [
  'LastModifiedById',
  'LastModifiedDate',
  ...(personId === 'Id' ? [] : [`LastModifiedBy.${personId}`]),
]

/** Records of one object that are found by one field. */
export interface Place {
  readonly object: string
  readonly field: string
  readonly keys: readonly string[]
}

const fieldOf = ({ by }: VisibleRecord): string => ('id' in by ? 'Id' : by.field)
const textOfKey = (field: string, key: string): string => (field === 'Id' ? key.slice(0, 15) : key)
/** The place of a record, as one text. */
export const keyOf = (record: VisibleRecord): string =>
  `${record.object} ${fieldOf(record)} ${textOfKey(fieldOf(record), 'id' in record.by ? record.by.id : record.by.key)}`
export const keyOfRow = ({ object, field }: Place, row: Row): string =>
  `${object} ${field} ${textOfKey(field, textOf(valueAt(row, field)))}`

export function placesOf(records: readonly VisibleRecord[]): readonly Place[] {
  const places = new Map<string, Place>()
  for (const record of records.filter((each) => unfitOf(each) === null)) {
    const { object, by } = record
    const field = fieldOf(record)
    const before = places.get(`${object} ${field}`)?.keys ?? []
    places.set(`${object} ${field}`, { object, field, keys: [...new Set([...before, 'id' in by ? by.id : by.key])] })
  }
  return [...places.values()].flatMap((place) => chunksOf(place.keys).map((keys) => ({ ...place, keys })))
}

export function recordQuery({ records, personId }: ResolvedMapping, { object, field, keys }: Place): string {
  const mapped = Object.values(records).flatMap((record) => (record.object === object ? Object.keys(record.fields) : []))
  // Two kinds may write one field, each in capitals of its own: asked for twice it is an error.
  const wanted = new Map([field, 'Id', ...mapped, ...modifiedBy(personId)].map((name) => [name.toLowerCase(), name]))
  return soql`SELECT ${raw([...wanted.values()].join(', '))} FROM ${raw(object)} WHERE ${raw(field)} IN ${keys}`
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
