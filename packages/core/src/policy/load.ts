import { InvalidInputError, type Finding } from '../errors/index.ts'
import { withExampleIn } from './example-in.ts'
import { issueFindings, knownParts, listed, placeholderPaths, unset } from './findings/index.ts'
import { hardenPolicy } from './harden.ts'
import { lintPolicy, type LintOptions } from './lint/index.ts'
import { policySchema, type Policy } from './schema.ts'
import { formatPath, isInside, limits, parsePath, readSource, type Path, type PolicyFormat } from './source/index.ts'

/** How to read a policy. */
export interface LoadPolicyOptions extends LintOptions {
  /** Absent: JSON when the text is JSON, else YAML. */
  readonly format?: PolicyFormat
  /** Values still left as `[X]` are warnings, and no policy is returned while there are any. */
  readonly allowDraft?: boolean
}

/** What {@link checkPolicy} found; `policy` is there when nothing refuses it. */
export interface PolicyCheck {
  readonly policy?: Policy
  /** In the order of the document, as far as it is known. */
  readonly findings: readonly Finding[]
}

const isError = (finding: Finding): boolean => finding.severity !== 'warning'

/**
 * Reads a policy and reports everything that is wrong with it, at once: values left as `[X]`, syntax, types, unknown and reserved keys,
 * gaps and contradictions between parameters, roles that nobody holds. Never throws for what a document contains.
 *
 * @param source YAML or JSON text, or plain data.
 * @example
 * ```ts
 * checkPolicy('currency: "[X]"').findings[0]?.code // => 'unset'
 * ```
 */
export function checkPolicy(source: unknown, options: LoadPolicyOptions = {}): PolicyCheck {
  const draft = readSource(source, options.format)
  if (draft.data === undefined) return { findings: listed(draft.findings.map(withSeverity)) }

  const parsed = policySchema.safeParse(draft.data)
  const issues = (parsed.error?.issues ?? []).flatMap((issue) => issueFindings(policySchema, draft.data, issue))
  const unknown = new Set(issues.filter((f) => f.code === 'unknown_key').map((f) => f.path))
  const blanks = placeholderPaths(draft.data).filter((path) => !isInside(path, unknown))
  const blankPlaces = new Set(blanks.map(formatPath))
  const refused = new Set(draft.findings.map((f) => f.path))
  // A blank in the place of a name is open, not unknown.
  const lint = lintPolicy(knownParts(policySchema, draft.data) ?? {}, options).filter(
    (f) => !isInside(parsePath(f.path), blankPlaces),
  )
  const linted = new Set(lint.map(placeAndCode))
  // What reading refused is missing for the schema, and what is blank has the wrong type: neither is a second mistake. Where the lint says more, it is heard.
  const found = issues.filter(
    (f) => !refused.has(f.path) && !isInside(parsePath(f.path), blankPlaces) && !linted.has(placeAndCode(f)),
  )

  const severity = options.allowDraft === true ? ('warning' as const) : ('error' as const)
  const located = (path: Path, finding: Finding): Finding => ({ ...finding, ...draft.locate(path) })
  const refuses = !parsed.success || blanks.length > 0 || draft.findings.length > 0 || lint.some(isError)
  const currency = currencyOf(draft.data)
  // One more of each kind than is listed: so it is known that there are more.
  const most = limits.findings + 1
  const findings = [
    ...draft.findings.slice(0, most),
    ...blanks.slice(0, most).map((path) => located(path, withExampleIn({ ...unset(path), severity }, currency))),
    ...found.slice(0, most).map((f) => located(parsePath(f.path), withExampleIn(f, currency))),
    ...lint.slice(0, most).map((f) => located(parsePath(f.path), f)),
  ].map(withSeverity)
  findings.sort(byPosition)

  return refuses ? { findings: listed(findings) } : { policy: hardenPolicy(parsed.data), findings: listed(findings) }
}

const currencyOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'currency' in data ? data.currency : undefined

const placeAndCode = ({ path, code }: Finding): string => `${code} ${path}`

const withSeverity = (finding: Finding): Finding => ({ severity: 'error', ...finding })

/** Document order where lines are known; the sort is stable for the rest. */
const byPosition = (a: Finding, b: Finding): number =>
  a.line === undefined || b.line === undefined ? 0 : a.line - b.line || (a.column ?? 0) - (b.column ?? 0)

/**
 * Loads a policy for use.
 *
 * @param source YAML or JSON text, or plain data such as a preset.
 * @returns The policy: complete, checked, frozen; with `allowDraft`, `null` for a draft in which nothing is wrong but values left as `[X]`.
 * @throws InvalidInputError `invalid_policy`, with *all* findings, when it cannot be used. Warnings alone never refuse.
 * @example
 * ```ts
 * try {
 *   loadPolicy(policyTemplate())
 * } catch (error) {
 *   if (error instanceof InvalidInputError) console.log(error.findings.find((f) => f.clause === 'P-04')?.path) // => complaint.handoff.amount
 * }
 * ```
 */
export function loadPolicy(source: unknown, options?: LoadPolicyOptions & { readonly allowDraft?: false }): Policy
export function loadPolicy(source: unknown, options: LoadPolicyOptions): Policy | null
export function loadPolicy(source: unknown, options: LoadPolicyOptions = {}): Policy | null {
  const { policy, findings } = checkPolicy(source, options)
  if (findings.some(isError)) {
    const errorsFirst = [...findings.filter(isError), ...findings.filter((f) => !isError(f))]
    throw new InvalidInputError('Policy', errorsFirst, 'invalid_policy')
  }
  return policy ?? null
}
