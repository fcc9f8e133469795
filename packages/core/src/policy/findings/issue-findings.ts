import type { z } from 'zod'
import type { Finding } from '../../errors/index.ts'
import { clauseAt, parameterAt, parameters } from '../clauses.ts'
import { reading, type Readings } from '../readings/index.ts'
import { formatPath, type Path } from '../source/index.ts'
import { filled } from './filled.ts'
import { readIssue, type IssueReading } from './read-issue.ts'

/** What names, choices and bounds are missed says itself what to write; of the others that is what the parameter wants. */
const toFill: ReadonlySet<keyof Readings> = new Set([
  'missing',
  'wrongType',
  'noForm',
  'badFormat',
  'noSuchDay',
  'noMoney',
  'notAllowed',
])

const wantsValue = ({ kind, data, told }: IssueReading): boolean => {
  // What would be right but for its quotes wants no other value.
  if (kind === 'wrongType' && data.expected === 'string' && data.actual === 'number') return false
  return told === undefined && toFill.has(kind)
}

/** Of a section that is missing: its numbers in the parameter list, with which the template fills it. */
const rowsIn = (path: Path): readonly string[] => {
  const start = `${path.join('.')}.`
  return [...new Set(parameters.filter((p) => p.path.startsWith(start)).map((p) => p.id))]
}

/** Translates an issue of the schema into findings that say what to write instead. `data` is the whole document. */
export function issueFindings(schema: z.ZodType, data: unknown, issue: z.core.$ZodIssue): Finding[] {
  return readIssue(schema, data, issue).map((read) => {
    const { path, kind } = read
    const particulars = kind === 'missing' ? { ...read.data, rows: rowsIn(path) } : read.data
    const clause = clauseAt(path)
    const parameter = wantsValue(read) ? parameterAt(path) : undefined
    const found: Finding = {
      ...reading(formatPath(path), kind, particulars),
      ...(clause === undefined ? {} : { clause }),
      ...read.told,
    }
    // The example of a whole group would not fit a value inside it.
    return parameter?.path.split('.').length === path.length ? filled(found, parameter) : found
  })
}
