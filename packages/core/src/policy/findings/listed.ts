import type { Finding } from '../../errors/index.ts'
import { reading } from '../readings/index.ts'
import { limits, printable } from '../source/index.ts'

const isError = (finding: Finding): boolean => finding.severity === 'error'

/**
 * Findings as a caller gets them: not more than a person could read, each in a few printable lines. What was left out is said, and still refuses the policy
 * where it would have.
 */
export function listed(findings: readonly Finding[]): readonly Finding[] {
  const shown = findings.slice(0, limits.findings).map((finding) => ({
    ...finding,
    message: printable(finding.message, limits.message),
    remedy: printable(finding.remedy, limits.message),
  }))
  const rest = findings.slice(limits.findings)
  if (rest.length === 0) return shown
  const more: Finding = {
    ...reading('', 'moreFindings', { count: rest.length }),
    severity: rest.some(isError) ? 'error' : 'warning',
  }
  return [...shown, more]
}
