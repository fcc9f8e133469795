import type { JsonValue } from './json.ts'

const marker = Symbol.for('@ka-governance/error')

/** Codes of every error the SDK throws. Refusals are not errors: see {@link Refusal}. */
export type ErrorCode =
  | 'invalid_input'
  | 'invalid_command'
  | 'invalid_policy'
  | 'not_found'
  | 'already_exists'
  | 'conflict'
  | 'forbidden'
  | 'throttled'
  | 'unavailable'
  | 'unknown_outcome'
  | 'too_large'
  | 'corrupt_record'
  | 'newer_definition'
  | 'journal_truncated'
  | 'clock_skew'
  | 'missing_rate'
  | 'calendar_range'
  | 'handler_failed'
  | 'cancelled'
  | 'internal'

/** Optional parts of an error; `details` never holds secrets or customers' free text. */
export interface ErrorOptions {
  readonly cause?: unknown
  /** Ids and numbers that locate the failure. */
  readonly details?: { readonly [name: string]: JsonValue }
  /** What the reader can do next, one sentence each. */
  readonly actions?: readonly string[]
}

/**
 * Base of every error thrown by the SDK: a stable `code`, the cause kept, the stack kept, and what to do next.
 * Recognise it with {@link isGovernanceError}, which also works when two copies of the package are installed.
 *
 * @example
 * ```ts
 * const error: unknown = new GovernanceError('not_found', 'there is no complaint "cmp-1"')
 * isGovernanceError(error, 'not_found') // => true
 * ```
 */
export class GovernanceError extends Error {
  readonly code: ErrorCode
  readonly details: { readonly [name: string]: JsonValue }
  readonly actions: readonly string[]
  /** Whether sending the same request again can succeed. */
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.details = options.details ?? {}
    this.actions = options.actions ?? []
    this.retryable = code === 'throttled' || code === 'unavailable' || code === 'unknown_outcome' || code === 'conflict'
    Object.defineProperty(this, marker, { value: true })
  }
}

/** True when `value` is an SDK error (of that code, if one is named), whichever copy of the package made it. */
export function isGovernanceError(value: unknown, code?: ErrorCode): value is GovernanceError {
  return value instanceof Error && marker in value && (code === undefined || (value as unknown as GovernanceError).code === code)
}

/** A change that mends a {@link Finding}: another value at a place of the document, or no value there. Paths are written as in findings. */
export type FindingFix = { readonly path: string; readonly value: JsonValue } | { readonly path: string; readonly remove: true }

/** One thing wrong with an input: where, what, and the smallest change that mends it. */
export interface Finding {
  /** Place in the input, e.g. `tier.A.amount.min` or `orders.csv:17`. */
  readonly path: string
  /** Machine-readable kind, e.g. `unset`, `gap`, `type`. */
  readonly code: string
  readonly message: string
  readonly remedy: string
  /** Requirement ids that ask for it, e.g. `P-07`. */
  readonly clause?: string
  /** Absent: `error`. A warning alone never refuses an input. */
  readonly severity?: 'error' | 'warning'
  /** Line of the source text, from 1, where the input was text. */
  readonly line?: number
  /** Column of the source text, from 1. */
  readonly column?: number
  /** Of a check between parameters: which one; several can share a `code`. */
  readonly check?: string
  /** The numbers and names in the message, so that it can be said in another language. */
  readonly data?: { readonly [name: string]: JsonValue }
  /** Where one remedy needs no decision: the changes that are it, to be made together. */
  readonly fix?: readonly FindingFix[]
}

/** Input that cannot be used, with *all* findings at once. */
export class InvalidInputError extends GovernanceError {
  readonly findings: readonly Finding[]

  constructor(what: string, findings: readonly Finding[], code: ErrorCode = 'invalid_input') {
    const shown = findings
      .slice(0, 20)
      .map(
        (f) =>
          `  ${f.path || '(whole)'}${f.line === undefined ? '' : ` (line ${String(f.line)})`}: ${f.severity === 'warning' ? 'warning: ' : ''}${f.message} → ${f.remedy}`,
      )
    const more = findings.length > 20 ? [`  … and ${String(findings.length - 20)} more`] : []
    super(code, [`${what}: ${String(findings.length)} finding${findings.length === 1 ? '' : 's'}`, ...shown, ...more].join('\n'))
    this.findings = findings
  }
}
