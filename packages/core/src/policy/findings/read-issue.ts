import type { z } from 'zod'
import { issueTold } from '../../calendar/index.ts'
import type { Finding } from '../../errors/index.ts'
import type { Readings, ValueKind } from '../readings/index.ts'
import { limits, type Path } from '../source/index.ts'
import { formatOf } from './format-of.ts'
import { guesser, nearest } from './nearest.ts'
import { keysAt } from './schema-walk.ts'

type Issue = z.core.$ZodIssue

/** What is wrong at a place of a document, as a kind with its particulars. */
export type IssueReading = {
  readonly [K in keyof Readings]: {
    readonly path: Path
    readonly kind: K
    readonly data: Readings[K]
    /** What an issue of the calendar's schema says of itself. */
    readonly told?: Partial<Finding>
  }
}[keyof Readings]

const kindOf = (value: unknown): ValueKind => {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'number' ? 'number' : 'map'
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    data,
  )

const wrongType = (path: Path, expected: string, value: unknown): IssueReading => {
  if (value === undefined) return { path, kind: 'missing', data: { expected, rows: [] } }
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, kind: 'numberNotFinite', data: {} }
  return { path, kind: 'wrongType', data: { expected, actual: kindOf(value) } }
}

const unknownKeys = (schema: z.ZodType, path: Path, keys: readonly string[]): IssueReading[] => {
  const known = keysAt(schema, path)
  const guess = guesser(known)
  return keys.slice(0, limits.findings + 1).map((key) => {
    const near = guess(key) ?? null
    return { path: [...path, key], kind: 'unknownKey', data: { near, known: near === null ? known.slice(0, 12) : [] } }
  })
}

const custom = (path: Path, { params }: Extract<Issue, { code: 'custom' }>): IssueReading => {
  const own = params?.['reading'] as ({ readonly kind: keyof Readings } & object) | undefined
  if (own !== undefined) {
    const { kind, ...data } = own
    return { path, kind, data } as IssueReading
  }
  const told = issueTold(params)
  return { path, kind: 'notAllowed', data: {}, ...(told === null ? {} : { told }) }
}

/** The choices of a union whose alternatives are nothing but choices; `null`: they are more. */
const choicesOf = (alternatives: readonly (readonly Issue[])[]): readonly unknown[] | null => {
  const values = alternatives.map(([issue, ...more]) =>
    issue?.code === 'invalid_value' && issue.path.length === 0 && more.length === 0 ? issue.values : null,
  )
  return values.length > 0 && values.every((some) => some !== null) ? values.flat() : null
}

/**
 * The alternative of a union that the value comes nearest to: the one whose objections lie deepest, and of these the fewest. A threshold
 * `{ op: '>', value: x }` is so told what is wrong with its value, not that it is no number.
 */
const nearestAlternative = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] =>
  [...alternatives].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? []

const depthOf = (issues: readonly Issue[]): number => issues.reduce((deepest, { path }) => Math.max(deepest, path.length), 0)

/** What an issue of a schema says: what is there, what is wanted, and by how much it is missed. `data` is the whole document. */
export function readIssue(schema: z.ZodType, data: unknown, issue: Issue, parent: Path = []): readonly IssueReading[] {
  const path = [...parent, ...issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p))]
  const value = valueAt(data, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(schema, path, issue.keys)
    case 'invalid_type':
      return [wrongType(path, issue.expected, value)]
    case 'invalid_union': {
      const choices = choicesOf(issue.errors)
      if (choices !== null) return [noChoice(path, value, choices)]
      if (value === undefined) return [wrongType(path, 'value', value)]
      const nested = nearestAlternative(issue.errors)
      return nested.length === 0
        ? [{ path, kind: 'noForm', data: {} }]
        : nested.flatMap((inner) => readIssue(schema, data, inner, path))
    }
    case 'invalid_value':
      return [noChoice(path, value, issue.values)]
    case 'too_small':
      return [outOfBounds(path, 'tooSmall', issue.minimum, issue)]
    case 'too_big':
      return [outOfBounds(path, 'tooBig', issue.maximum, issue)]
    case 'invalid_key':
      return [{ path, kind: 'badName', data: wantedName(issue.issues[0]) }]
    case 'invalid_format':
      return [{ path, kind: 'badFormat', data: { format: formatOf(issue.message) } }]
    case 'custom':
      return [custom(path, issue)]
    default:
      return [{ path, kind: 'notAllowed', data: {} }]
  }
}

const namesOf = (values: readonly unknown[]): readonly string[] => values.map(String)

const outOfBounds = (
  path: Path,
  kind: 'tooSmall' | 'tooBig',
  limit: number | bigint,
  { message, inclusive, origin }: { readonly message: string; readonly inclusive?: boolean; readonly origin: string },
): IssueReading => {
  const format = formatOf(message)
  if (format !== null) return { path, kind: 'badFormat', data: { format } }
  const of = origin === 'string' ? 'characters' : origin === 'array' ? 'entries' : null
  return { path, kind, data: { limit: Number(limit), inclusive: inclusive !== false, of } }
}

const wantedName = (issue: Issue | undefined): Readings['badName'] => ({
  // The keys of a calendar's exceptions are its days.
  format: issue?.code === 'custom' ? 'date' : formatOf(issue?.message ?? ''),
  choices: issue?.code === 'invalid_value' ? namesOf(issue.values) : [],
})

const noChoice = (path: Path, value: unknown, values: readonly unknown[]): IssueReading => {
  const choices = namesOf(values)
  if (value === undefined) return { path, kind: 'choiceMissing', data: { choices } }
  return {
    path,
    kind: 'noChoice',
    data: { near: (typeof value === 'string' ? nearest(value, choices) : undefined) ?? null, choices },
  }
}
