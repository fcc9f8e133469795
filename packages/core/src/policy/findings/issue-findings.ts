import type { z } from 'zod'
import type { Finding } from '../../errors/index.ts'
import { issueTold } from '../../calendar/index.ts'
import { clauseAt, parameterAt, parameters } from '../clauses.ts'
import { reading, type ReadingData, type ValueKind } from '../readings/index.ts'
import { formatPath, limits, type Path } from '../source/index.ts'
import { filled } from './filled.ts'
import { formatOf } from './format-of.ts'
import { guesser, nearest } from './nearest.ts'
import { keysAt } from './schema-walk.ts'

type Issue = z.core.$ZodIssue

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

type Particulars<K extends keyof ReadingData> = readonly [kind: K, data: ReadingData[K]]

const finding = <K extends keyof ReadingData>(path: Path, ...[kind, data]: Particulars<K>): Finding => {
  const clause = clauseAt(path)
  return { ...reading(formatPath(path), kind, data), ...(clause === undefined ? {} : { clause }) }
}

/** The same, with what the parameter at the path wants as its remedy. */
const toFill = <K extends keyof ReadingData>(path: Path, ...particulars: Particulars<K>): Finding => {
  const parameter = parameterAt(path)
  const found = finding(path, ...particulars)
  // The example of a whole group would not fit a value inside it.
  return parameter?.path.split('.').length === path.length ? filled(found, parameter) : found
}

/** Of a section that is missing: its numbers in the parameter list, with which the template fills it. */
const rowsIn = (path: Path): readonly string[] => {
  const start = `${path.join('.')}.`
  return [...new Set(parameters.filter((p) => p.path.startsWith(start)).map((p) => p.id))]
}

const wrongType = (path: Path, expected: string, value: unknown): Finding => {
  if (value === undefined) return toFill(path, 'missing', { expected, rows: rowsIn(path) })
  const actual = kindOf(value)
  // What would be right but for its quotes wants no other value.
  const tell = expected === 'string' && actual === 'number' ? finding : toFill
  return tell(path, 'wrongType', { expected, actual })
}

const unknownKeys = (schema: z.ZodType, path: Path, keys: readonly string[]): Finding[] => {
  const known = keysAt(schema, path)
  const guess = guesser(known)
  return keys.slice(0, limits.findings + 1).map((key) => {
    const near = guess(key) ?? null
    return finding([...path, key], 'unknownKey', { near, known: near === null ? known.slice(0, 12) : [] })
  })
}

const custom = (path: Path, { params }: Extract<Issue, { code: 'custom' }>): Finding => {
  if (params?.['reading'] === 'noSuchDay') return toFill(path, 'noSuchDay', {})
  if (params?.['reading'] === 'noMoney') return toFill(path, 'noMoney', { example: 'CNY 16,000,000' })
  const told = issueTold(params)
  return told === null ? toFill(path, 'notAllowed', {}) : { ...finding(path, 'notAllowed', {}), ...told }
}

/**
 * The alternative of a union that the value comes nearest to: the one whose objections lie deepest, and of these the fewest. A threshold
 * `{ op: '>', value: x }` is so told what is wrong with its value, not that it is no number.
 */
const nearestAlternative = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] =>
  [...alternatives].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? []

const depthOf = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((i) => i.path.length))

/** Translates an issue of the schema into findings that say what to write instead. `data` is the whole document. */
export function issueFindings(schema: z.ZodType, data: unknown, issue: Issue, parent: Path = []): Finding[] {
  const path = [...parent, ...issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p))]
  const value = valueAt(data, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(schema, path, issue.keys)
    case 'invalid_type':
      return [wrongType(path, issue.expected, value)]
    case 'invalid_union': {
      if (value === undefined) return [wrongType(path, 'value', value)]
      const nested = nearestAlternative(issue.errors)
      return nested.length === 0 ? [toFill(path, 'noForm', {})] : nested.flatMap((i) => issueFindings(schema, data, i, path))
    }
    case 'invalid_value':
      return [
        value === undefined ? finding(path, 'choiceMissing', { choices: namesOf(issue.values) }) : noChoice(path, value, issue),
      ]
    case 'too_small':
      return [finding(path, 'tooSmall', limitOf(issue.minimum, issue))]
    case 'too_big':
      return [finding(path, 'tooBig', limitOf(issue.maximum, issue))]
    case 'invalid_key':
      return [finding(path, 'badName', wantedName(issue.issues[0]))]
    case 'invalid_format':
      return [toFill(path, 'badFormat', { format: formatOf(issue.message) })]
    case 'custom':
      return [custom(path, issue)]
    default:
      return [toFill(path, 'notAllowed', {})]
  }
}

const namesOf = (values: readonly unknown[]): readonly string[] => values.map(String)

const limitOf = (
  limit: number | bigint,
  { inclusive, origin }: { readonly inclusive?: boolean; readonly origin: string },
): ReadingData['tooBig'] => ({
  limit: Number(limit),
  inclusive: inclusive !== false,
  of: origin === 'string' ? 'characters' : origin === 'array' ? 'entries' : null,
})

const wantedName = (issue: Issue | undefined): ReadingData['badName'] => ({
  // The keys of a calendar's exceptions are its days.
  format: issue?.code === 'custom' ? 'date' : formatOf(issue?.message ?? ''),
  choices: issue?.code === 'invalid_value' ? namesOf(issue.values) : [],
})

const noChoice = (path: Path, value: unknown, { values }: { readonly values: readonly unknown[] }): Finding => {
  const choices = namesOf(values)
  const near = (typeof value === 'string' ? nearest(value, choices) : undefined) ?? null
  return finding(path, 'noChoice', { near, choices })
}
