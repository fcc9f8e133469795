import type { Finding, FindingFix } from '../../errors/index.ts'
import type { LocalDate } from '../../calendar/index.ts'
import { clauseAt } from '../clauses.ts'
import type { Known } from '../findings/index.ts'
import type { Policy } from '../schema.ts'
import { parsePath } from '../source/index.ts'
import type { LintCheck, LintData } from './check-data.ts'
import { lintChecks } from './checks.ts'
import { lintTexts } from './texts.ts'
import { documentWords } from './words.ts'

/** What is known of a policy; the checks between parameters skip what is not. */
export type KnownPolicy = Known<Policy>

/** What is known beside the policy itself. */
export interface LintOptions {
  /** Last day for which the policy is to be used: until then its calendars must know their holidays. Absent: as long as the clocks run that start on the first day. */
  readonly until?: LocalDate
  /** The day on which the policy is announced: its notice is counted from there. Absent: the notice is not checked. */
  readonly on?: LocalDate
}

/** A check between parameters. */
export type Lint = (policy: KnownPolicy, options: LintOptions) => readonly Finding[]

/** A path in which a long key is shown shortened leads nowhere. */
const isCut = (fix: FindingFix): boolean => fix.path.includes('…')

/**
 * What a check found at a path as `formatPath` writes it.
 *
 * @param fix the changes that are its remedy, where that needs no decision.
 */
export function flag<C extends LintCheck>(path: string, check: C, data: LintData[C], fix: readonly FindingFix[] = []): Finding {
  const clause = path === '' ? 'GOV-05' : clauseAt(parsePath(path))
  const [message, remedy] = lintTexts[check](data, documentWords)
  return {
    path,
    ...lintChecks[check],
    check,
    message,
    remedy,
    ...(clause === undefined ? {} : { clause }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(fix.length === 0 || fix.some(isCut) ? {} : { fix }),
  }
}

/** A value that mends a finding. */
export const put = (path: string, value: Extract<FindingFix, { value: unknown }>['value']): FindingFix => ({ path, value })
/** A value that must go to mend a finding. */
export const cut = (path: string): FindingFix => ({ path, remove: true })
