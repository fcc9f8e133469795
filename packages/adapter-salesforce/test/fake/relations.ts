import type { FakeField, FakeObject } from './org.ts'
import { SoqlError, type FakeRow, type Value } from './soql.ts'

/** Of a row to the ones above it: five steps. */
const mostSteps = 5

/** Fields of rows that a row refers to, by their path: `Assignee.IsActive`. */
export function createRelations(
  specs: { readonly [object: string]: FakeObject },
  rowOf: (object: string, id: string) => FakeRow | null,
): {
  readonly fieldOf: (object: string, path: string) => FakeField
  readonly follow: (object: string, row: FakeRow, path: string) => Value
} {
  /** The reference that a name of a relationship stands for. */
  function referenceNamed(object: string, name: string): readonly [field: string, target: string] {
    for (const [field, { type, referenceTo, relationshipName }] of Object.entries(specs[object]?.fields ?? {}))
      if (type === 'reference' && (relationshipName ?? field.replace(/Id$/, '')) === name) return [field, referenceTo ?? '']
    throw new SoqlError('INVALID_FIELD', `Didn't understand relationship '${name}' in field path.`)
  }

  function fieldOf(object: string, path: string): FakeField {
    const [first = '', ...rest] = path.split('.')
    if (rest.length > mostSteps) throw new SoqlError('INVALID_FIELD', 'only 5 levels of relationships are allowed')
    if (rest.length > 0) return fieldOf(referenceNamed(object, first)[1], rest.join('.'))
    const field = specs[object]?.fields[first] ?? (first === 'Id' || first === 'Name' ? { type: 'string' as const } : undefined)
    if (field === undefined) throw new SoqlError('INVALID_FIELD', `No such column '${first}' on entity '${object}'.`)
    return field
  }

  function follow(object: string, row: FakeRow, path: string): Value {
    const [first = '', ...rest] = path.split('.')
    if (rest.length === 0) return row[first] ?? null
    const [field, target] = referenceNamed(object, first)
    const above = typeof row[field] === 'string' ? rowOf(target, row[field]) : null
    return above === null ? null : follow(target, above, rest.join('.'))
  }

  return { fieldOf, follow }
}

/** Fields of rows above stand in objects of their own; `null` where there is no such row. */
export function nested(columns: readonly (readonly [path: string, value: Value])[]): FakeRow {
  const row: Record<string, unknown> = {}
  for (const [path, value] of columns) {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    let at = row
    for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>
    at[last] = value
  }
  return emptied(row) as FakeRow
}

/** A row above of which nothing is known is none. */
function emptied(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value !== 'object' || value === null) return [name, value]
      const above = emptied(value as Record<string, unknown>)
      return [name, Object.values(above).every((each) => each === null) ? null : { attributes: {}, ...above }]
    }),
  )
}

export function grouped(
  rows: readonly FakeRow[],
  by: readonly string[],
  columns: readonly { readonly name: string; readonly field: string; readonly sum: boolean }[],
): FakeRow[] {
  const groups = new Map<string, FakeRow[]>()
  for (const row of rows) {
    const key = JSON.stringify(by.map((field) => row[field] ?? null))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map((group) =>
    Object.fromEntries(
      columns.map(({ name, field, sum }) => [
        name,
        sum
          ? group.reduce<number | null>(
              (total, row) => (typeof row[field] === 'number' ? (total ?? 0) + row[field] : total),
              null,
            )
          : (group[0]?.[field] ?? null),
      ]),
    ),
  )
}
