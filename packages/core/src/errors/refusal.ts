import type { JsonValue } from './json.ts'

/**
 * Every reason for which a command can be refused. A code says *what kind* of requirement was not met; `required`, `actual`, `parameter`
 * and `clause` say which one. Adding a code without texts in every catalogue does not compile.
 */
export const refusalCodes = [
  'command_not_available',
  'role_required',
  'actor_without_roles',
  'person_barred',
  'maker_is_checker',
  'not_an_elector',
  'elector_exists',
  'empty_electorate',
  'delegation_invalid',
  'approval_closed',
  'basis_required',
  'basis_changed',
  'version_changed',
  'idempotency_key_reused',
  'field_missing',
  'value_not_allowed',
  'value_too_small',
  'value_too_large',
  'too_early',
  'too_late',
  'limit_reached',
  'not_found_in_instance',
  'already_done',
  'clock_not_running',
  'clock_not_pausable',
  'clock_not_paused',
  'pause_cap_reached',
  'clock_breached',
  'open_elsewhere',
  'account_unknown',
  'account_not_active',
  'quota_exceeded',
  'nothing_to_change',
  'approval_missing',
  'rate_missing',
  'condition_open',
  'baseline_changed',
  'project_unknown',
  'project_not_active',
  'policy_invalid',
  'policy_not_in_force',
  'version_taken',
  'version_not_above',
  'day_taken',
  'what_if_missing',
  'what_if_invalid',
  'what_if_partial',
  'not_movable',
  'nothing_differs',
  'not_acceptable',
] as const

/** One of {@link refusalCodes}. The text for it is in the catalogues: `formatRefusal`. */
export type RefusalCode = (typeof refusalCodes)[number]

/** The smallest change that would satisfy a failed rule: a field to fill, a person to ask, an instant to wait for, a command to send first. */
export type Remedy =
  | { readonly kind: 'fill'; readonly field: string }
  | { readonly kind: 'ask'; readonly roles: readonly string[] }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'send'; readonly command: string }
  | { readonly kind: 'change'; readonly field: string; readonly to: JsonValue }
  | { readonly kind: 'reload' }

/**
 * A refused command, as data: complete, typed, without a sentence. `formatRefusal(refusal, locale)` gives the text.
 *
 * @example
 * ```ts
 * const refusal: Refusal = {
 *   code: 'field_missing', rule: 'mayArchive', clause: 'CPL-07',
 *   required: 'lessons', actual: null, remedy: { kind: 'fill', field: 'lessons' },
 * }
 * ```
 */
export interface Refusal {
  readonly code: RefusalCode
  /** Name of the rule that failed, as in the rule table. */
  readonly rule: string
  /** Requirement id that asks for it. */
  readonly clause: string
  /** Policy parameter that set the limit, e.g. `complaint.reopenWithin`. */
  readonly parameter?: string
  /** What is allowed: one value, a list, or the limit itself: the smallest or the largest that would be accepted. */
  readonly required: JsonValue
  readonly actual: JsonValue
  readonly remedy?: Remedy
}
