import type { Finding } from '../../errors/index.ts'
import { parameterAt } from '../clauses.ts'
import { reading } from '../readings/index.ts'
import { formatPath, type Path } from '../source/index.ts'
import { filled } from './filled.ts'

/** The blanks of the source documents: an unknown value, an amount, a range of amounts. */
const blanks: ReadonlySet<string> = new Set(['X', 'x', '具体金额', '具体金额区间'])

/** True for `"[X]"`, and for `[X]` without quotes, which YAML reads as a list. */
export function isPlaceholder(value: unknown): boolean {
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined
  if (typeof text === 'string') return blanks.has(text)
  return typeof value === 'string' && value.startsWith('[') && value.endsWith(']') && blanks.has(value.slice(1, -1))
}

/** Paths of all values still left as placeholder, in document order. */
export function placeholderPaths(data: unknown, path: Path = []): readonly Path[] {
  if (isPlaceholder(data)) return [path]
  if (Array.isArray(data)) return data.flatMap((item, index) => placeholderPaths(item, [...path, index]))
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]) => placeholderPaths(value, [...path, key]))
}

/** The finding for a value that is still a placeholder. */
export function unset(path: Path): Finding {
  const parameter = parameterAt(path)
  const blank = reading(formatPath(path), 'unset', {})
  if (parameter === undefined) return blank
  return { ...filled(blank, parameter), message: `${blank.message}: ${parameter.label.en}`, clause: parameter.id }
}
