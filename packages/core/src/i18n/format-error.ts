import { isGovernanceError, type Finding, type GovernanceError, type JsonValue } from '../errors/index.ts'
import { formatFinding } from './format-finding.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'

/** Findings shown of one error. */
const maxFindings = 20
/** Details shown of one error. */
const maxDetails = 10

/**
 * An error as a person reads it: what happened and what to do, the ids that locate it, and every finding of an input on its own line. The English
 * message of the error follows as a detail for whoever maintains the system. What is no SDK error is unexpected.
 *
 * @example
 * ```ts
 * formatError(new GovernanceError('not_found', 'there is no complaint "cmp-9"', { details: { instanceId: 'cmp-9' } }), 'zh-CN')
 * // => '没有找到该记录，请核对编号（流程单编号：cmp-9）。\n技术信息：there is no complaint "cmp-9"'
 * ```
 */
export function formatError(error: unknown, locale: Locale): string {
  const { errors, grammar } = textOf(locale)
  if (!isGovernanceError(error)) {
    const message = error instanceof Error ? error.message : typeof error === 'string' ? error : ''
    return [grammar.sentence(errors.unexpected), ...(message === '' ? [] : [errors.detail(harmless(message, 300))])].join('\n')
  }
  const findings = findingsOf(error)
  const what = lookUp(errors.codes, error.code) ?? errors.unexpected
  const where = detailsOf(error, locale)
  return [
    grammar.sentence(where.length === 0 ? what : `${what}${grammar.remark(grammar.series(where))}`),
    ...findings.slice(0, maxFindings).map((finding) => `- ${formatFinding(finding, locale)}`),
    ...(findings.length > maxFindings ? [`- ${grammar.more(findings.length - maxFindings)}`] : []),
    ...(findings.length === 0 && error.message !== '' ? [errors.detail(harmless(error.message, 300))] : []),
  ].join('\n')
}

function detailsOf({ details }: GovernanceError, locale: Locale): readonly string[] {
  const { fields, grammar } = textOf(locale)
  const asText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.entries(details)
    .slice(0, maxDetails)
    .map(([name, value]) => grammar.pair(lookUp(fields, name) ?? harmless(name, 40), harmless(asText(value), 100)))
}

/** By its property, not its class: another copy of the package may have made it. */
function findingsOf(error: GovernanceError): readonly Finding[] {
  const { findings } = error as { readonly findings?: unknown }
  return Array.isArray(findings) ? (findings as readonly Finding[]) : []
}
