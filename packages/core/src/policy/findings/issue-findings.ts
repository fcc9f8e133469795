import type { z } from 'zod'
import type { Finding } from '../../errors/index.ts'
import { clauseAt, parameterAt, parameters } from '../clauses.ts'
import { formatPath, limits, type Path } from '../source/index.ts'
import { guesser, nearest } from './nearest.ts'
import { howToFill } from './placeholders.ts'
import { keysAt } from './schema-walk.ts'

type Issue = z.core.$ZodIssue

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of names and values',
  record: 'a map of names and values',
  array: 'a list',
  tuple: 'a list',
}

const kindOf = (value: unknown): string =>
  value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map'
        : `a ${typeof value === 'string' ? 'text' : typeof value}`

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    data,
  )

const remedyAt = (path: Path, fallback: string): string => {
  const parameter = parameterAt(path)
  // The example of a whole group would not fit a value inside it.
  return parameter?.path.split('.').length === path.length ? howToFill(parameter) : fallback
}

const finding = (path: Path, code: string, message: string, remedy: string): Finding => {
  const clause = clauseAt(path)
  return { path: formatPath(path), code, message, remedy, ...(clause === undefined ? {} : { clause }) }
}

/** What to add where nothing stands: for a section its numbers in the parameter list, with which the template fills it. */
const addition = (path: Path, wanted: string): string => {
  const start = `${path.join('.')}.`
  const ids = new Set(parameters.filter((p) => p.path.startsWith(start)).map((p) => p.id))
  return ids.size === 0 ? `add it: ${wanted}` : `add it as the template has it: ${[...ids].join(', ')}`
}

const wrongType = (path: Path, expected: string, value: unknown): Finding => {
  const wanted = kinds[expected] ?? `a value of kind ${expected}`
  if (value === undefined) return finding(path, 'missing', 'missing', remedyAt(path, addition(path, wanted)))
  const quoted = expected === 'string' && typeof value === 'number' ? 'put it in quotes, so that it is read as text' : undefined
  return finding(path, 'type', `${kindOf(value)} where ${wanted} is needed`, quoted ?? remedyAt(path, `write ${wanted}`))
}

const unknownKeys = (schema: z.ZodType, path: Path, keys: readonly string[]): Finding[] => {
  const known = keysAt(schema, path)
  const guess = guesser(known)
  return keys.slice(0, limits.findings + 1).map((key) => {
    const near = guess(key)
    return finding(
      [...path, key],
      'unknown_key',
      'no such parameter',
      near === undefined ? `delete it; known here: ${known.slice(0, 12).join(', ')}` : `did you mean ${near}?`,
    )
  })
}

const list = (values: readonly unknown[]): string => values.map(String).join(', ')

const custom = (path: Path, issue: Extract<Issue, { code: 'custom' }>): Finding => {
  const { code, remedy } = issue.params ?? {}
  return finding(
    path,
    typeof code === 'string' ? code : 'value',
    issue.message,
    typeof remedy === 'string' ? remedy : remedyAt(path, 'correct the value'),
  )
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
      return nested.length === 0
        ? [finding(path, 'value', 'none of the allowed forms', remedyAt(path, 'correct the value'))]
        : nested.flatMap((i) => issueFindings(schema, data, i, path))
    }
    case 'invalid_value':
      if (value === undefined) return [finding(path, 'missing', 'missing', `write one of ${list(issue.values)}`)]
      return [finding(path, 'value', 'not one of the choices', choice(value, issue.values))]
    case 'too_small':
      return [
        finding(
          path,
          'value',
          `less than ${issue.inclusive === false ? 'or equal to ' : ''}${String(issue.minimum)}${size(issue.origin)}`,
          bound('at least', issue.inclusive === false ? 'more than' : 'at least', issue.minimum, issue.origin),
        ),
      ]
    case 'too_big':
      return [
        finding(
          path,
          'value',
          `more than ${issue.inclusive === false ? 'or equal to ' : ''}${String(issue.maximum)}${size(issue.origin)}`,
          bound('at most', issue.inclusive === false ? 'less than' : 'at most', issue.maximum, issue.origin),
        ),
      ]
    case 'invalid_key':
      return [finding(path, 'value', 'not usable as a name', issue.issues[0]?.message ?? 'choose another name')]
    case 'invalid_format':
      return [finding(path, 'value', `not ${issue.message}`, remedyAt(path, `write ${issue.message}`))]
    case 'custom':
      return [custom(path, issue)]
    default:
      return [finding(path, 'value', issue.message, remedyAt(path, 'correct the value'))]
  }
}

const size = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '')

const bound = (_: string, words: string, limit: number | bigint, origin: string): string =>
  `use ${words} ${String(limit)}${size(origin)}`

const choice = (value: unknown, values: readonly unknown[]): string => {
  const near = typeof value === 'string' ? nearest(value, values.map(String)) : undefined
  return near === undefined ? `write one of ${list(values)}` : `did you mean ${near}? (${list(values)})`
}
