import {
  InvalidInputError,
  isReckoned,
  type Projection,
  type RecordDifference,
  type RecordDrift,
  type RecordValue,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import type { EditRow } from './schema.ts'

/** What a hand does to a visible record, past the store. */
export interface RecordEdit {
  /** New values by part of the projection: `state`, `owner`, `accountId`, `nextDueAt`, `fields.tier` … */
  readonly values?: { readonly [part: string]: RecordValue }
  /** The record is deleted. */
  readonly deleted?: true
  /** Id of whoever does it. @default nobody is known */
  readonly by?: string
  /** When, epoch milliseconds. @default not known */
  readonly at?: number
}

/** A part of a projection; undefined: there is none of that name. */
function partOf(projection: Projection, part: string): RecordValue | undefined {
  const [holder, name]: readonly [object, string] = part.startsWith('fields.')
    ? [projection.fields, part.slice('fields.'.length)]
    : [projection, part]
  if (!Object.hasOwn(holder, name)) return undefined
  const value = (holder as { readonly [key: string]: unknown })[name]
  return typeof value === 'object' && value !== null ? undefined : (value as RecordValue)
}

/**
 * Changes the record that people see of an instance as a hand in a CRM does: past the store, which hears of it only by `drift`. What the store writes next lies over it. For tests and demonstrations.
 *
 * @throws InvalidInputError when the instance has no visible record, or the record no such part.
 *
 * @example
 * ```ts
 * const store = createMemoryStore()
 * await store.commit([makeCommit({ instanceId: 'cmp-1' })])
 * editRecord(store.client, 'cmp-1', { values: { state: 'archived' }, by: 'u-17' })
 * ```
 */
export function editRecord(client: MemoryClient, instanceId: string, edit: RecordEdit): void {
  const over = client.table('instances').get(instanceId)?.visible ?? null
  const unknown =
    over === null
      ? ['']
      : Object.keys(edit.values ?? {}).filter((part) => partOf(JSON.parse(over) as Projection, part) === undefined)
  if (over === null || unknown.length > 0)
    throw new InvalidInputError('edit of a record', [
      {
        path: unknown.map((part) => `${instanceId}${part === '' ? '' : `.${part}`}`).join(', '),
        code: 'missing',
        message: 'there is nothing to be changed',
        remedy: 'name an instance with a visible record, and parts of its projection',
      },
    ])
  const known = editOf(client, instanceId, over)
  const values = known === undefined ? {} : (JSON.parse(known.values) as { readonly [part: string]: RecordValue })
  forgetEdit(client, instanceId)
  client.table('edits').insert({
    instanceId,
    over,
    values: JSON.stringify({ ...values, ...edit.values }),
    deleted: edit.deleted ?? known?.deleted ?? false,
    by: edit.by ?? null,
    at: edit.at ?? null,
  })
}

/** What a hand did since the record was written. */
function editOf(client: MemoryClient, instanceId: string, visible: string): EditRow | undefined {
  const edited = client.table('edits').get(instanceId)
  return edited?.over === visible ? edited : undefined
}

/** The record was written anew: whatever a hand did to it is gone. */
export function forgetEdit(client: MemoryClient, instanceId: string): void {
  const edits = client.table('edits')
  const edited = edits.get(instanceId)
  if (edited !== undefined) edits.remove(edited)
}

/** The visible record of an instance as a hand left it, where it has followed to the projection given. */
export function driftOf(client: MemoryClient, projection: Projection): readonly RecordDrift[] {
  const { instanceId, seq } = projection
  const row = client.table('instances').get(instanceId)
  if (row === undefined || row.seq !== seq || row.visibleSeq !== seq || row.visible === null) return []
  const edited = editOf(client, instanceId, row.visible)
  if (edited === undefined) return []
  const written = JSON.parse(row.visible) as Projection
  const values = JSON.parse(edited.values) as { readonly [part: string]: RecordValue }
  const differences = Object.entries(values).flatMap(([part, shown]): readonly RecordDifference[] => {
    const governed = partOf(projection, part) ?? null
    const asWritten = isReckoned(part) && shown === partOf(written, part)
    return shown === governed || asWritten ? [] : [{ field: part, part, governed, shown }]
  })
  if (!edited.deleted && differences.length === 0) return []
  return [
    {
      instanceId,
      record: { object: 'instances', id: edited.deleted ? null : instanceId },
      missing: edited.deleted,
      differences: edited.deleted ? [] : differences,
      changedBy: edited.by,
      changedAt: edited.at,
    },
  ]
}
