import type { Finding } from '../../errors/index.ts'
import { clauseAt } from '../clauses.ts'
import type { Known } from '../findings/index.ts'
import type { Policy } from '../schema.ts'
import { parsePath } from '../source/index.ts'

/** What is known of a policy; the checks between parameters skip what is not. */
export type KnownPolicy = Known<Policy>

/** A check between parameters. */
export type Lint = (policy: KnownPolicy) => readonly Finding[]

/** Kinds of findings of the checks between parameters; each has a text in every language. */
export const lintCodes = [
  'missing',
  'value',
  'order',
  'gap',
  'overlap',
  'sum',
  'differ',
  'contradiction',
  'duplicate',
  'empty',
  'ladder',
  'unused',
  'unknown_reference',
  'empty_electorate',
  'unreachable_quorum',
  'nobody_told',
  'no_hours',
  'calendar_coverage',
  'time_zone',
  'currency',
] as const
export type LintCode = (typeof lintCodes)[number]

/** A finding about the parameter at a path as `formatPath` writes it. */
export function problem(path: string, code: LintCode, message: string, remedy: string): Finding {
  const clause = clauseAt(parsePath(path))
  return { path, code, message, remedy, severity: 'error', ...(clause === undefined ? {} : { clause }) }
}

/** The same for something that is unusual but can be meant. */
export function doubt(path: string, code: LintCode, message: string, remedy: string): Finding {
  return { ...problem(path, code, message, remedy), severity: 'warning' }
}
