import { StoreError, type StoreErrorCode } from '@ka-governance/core'
import type { Answer } from './answer.ts'

/** One error as Salesforce words it. */
export interface ApiError {
  readonly code: string
  readonly message: string
  readonly fields: readonly string[]
}

/** What a Salesforce error means for the caller. */
export interface Meaning {
  readonly code: StoreErrorCode
  readonly action: string
  readonly window?: 'daily' | 'concurrent'
}

const schemaAction = 'Run check(): the org lacks an object or field of the adapter, or the integration user may not see it.'
const rightsAction = 'Assign the permission set of the integration user, then run check().'
const capacityAction = 'Free storage or raise the limit of the org.'
const ruleAction = 'Change the rule of the org, or the mapping, so that the record can be saved.'

/** The table of errors: what one of Salesforce's codes is for the port. */
export const meanings: { readonly [code: string]: Meaning } = {
  UNABLE_TO_LOCK_ROW: { code: 'throttled', action: 'Send it again: another transaction held the record.', window: 'concurrent' },
  INVALID_SESSION_ID: { code: 'forbidden', action: 'Give the adapter a session that can be renewed.' },
  API_DISABLED_FOR_ORG: { code: 'forbidden', action: 'Switch the API on for the org and the profile.' },
  INSUFFICIENT_ACCESS: { code: 'forbidden', action: rightsAction },
  INSUFFICIENT_ACCESS_OR_READONLY: { code: 'forbidden', action: rightsAction },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { code: 'forbidden', action: rightsAction },
  INVALID_FIELD_FOR_INSERT_UPDATE: { code: 'forbidden', action: rightsAction },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: { code: 'forbidden', action: ruleAction },
  CANNOT_EXECUTE_FLOW_TRIGGER: { code: 'forbidden', action: ruleAction },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: { code: 'forbidden', action: ruleAction },
  FIELD_FILTER_VALIDATION_EXCEPTION: { code: 'forbidden', action: ruleAction },
  DUPLICATES_DETECTED: { code: 'forbidden', action: ruleAction },
  DUPLICATE_EXTERNAL_ID: { code: 'unavailable', action: ruleAction },
  DUPLICATE_VALUE: { code: 'unavailable', action: ruleAction },
  ENTITY_IS_DELETED: { code: 'unavailable', action: ruleAction },
  ENTITY_IS_LOCKED: { code: 'throttled', action: 'Wait until the approval of the record is over.', window: 'concurrent' },
  RECORD_IN_USE_BY_WORKFLOW: { code: 'unavailable', action: ruleAction },
  INVALID_CROSS_REFERENCE_KEY: { code: 'unavailable', action: ruleAction },
  MALFORMED_ID: { code: 'unavailable', action: ruleAction },
  INVALID_FIELD: { code: 'corrupt_record', action: schemaAction },
  INVALID_TYPE: { code: 'corrupt_record', action: schemaAction },
  NOT_FOUND: { code: 'corrupt_record', action: schemaAction },
  MALFORMED_QUERY: { code: 'corrupt_record', action: schemaAction },
  REQUIRED_FIELD_MISSING: { code: 'corrupt_record', action: schemaAction },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: { code: 'corrupt_record', action: schemaAction },
  JSON_PARSER_ERROR: { code: 'corrupt_record', action: schemaAction },
  STRING_TOO_LONG: { code: 'too_large', action: 'Shorten the text, or map a longer field.' },
  STORAGE_LIMIT_EXCEEDED: { code: 'unavailable', action: capacityAction },
  LIMIT_EXCEEDED: { code: 'unavailable', action: capacityAction },
  SERVER_UNAVAILABLE: { code: 'unknown_outcome', action: 'Send it again.' },
  UNKNOWN_EXCEPTION: { code: 'unknown_outcome', action: 'Send it again; tell Salesforce the number in the message if it stays.' },
  EXCEEDED_ID_LIMIT: { code: 'unavailable', action: 'Ask for less at once: groups are answered up to 2,000.' },
  QUERY_TIMEOUT: { code: 'unavailable', action: 'Ask for less at once.' },
  INVALID_QUERY_LOCATOR: { code: 'unavailable', action: 'Begin the listing again.' },
}

/** Errors that are never the cause: another request of the same transaction failed. */
export const siblings: ReadonlySet<string> = new Set(['PROCESSING_HALTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'])

/** Errors that say nothing about the row itself: it may be written another time. Whatever else the org has against a visible record, the command stands without it. */
export const isPassing = ({ code }: ApiError, status: number): boolean =>
  status >= 500 || code === 'UNABLE_TO_LOCK_ROW' || code === 'UNKNOWN_EXCEPTION' || code === 'SERVER_UNAVAILABLE'

/** Said of a record type that is not there, that this user may not choose, or whose name is not the only one. */
export const recordTypeRefusals: ReadonlySet<string> = new Set([
  'INVALID_CROSS_REFERENCE_KEY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'INVALID_FIELD',
  'DUPLICATE_EXTERNAL_ID',
])

/** A session id looks like this wherever it turns up; what renews one stands behind its name. */
const token =
  /00D[A-Za-z0-9]{9,15}![A-Za-z0-9._-]+|Bearer\s+\S+|(?:client_secret|refresh_token|assertion|password)["']?\s*[=:]\s*["']?[^\s"'&,}]+/g

/** The org's own words, without anything that could open it. */
export function redacted(text: string): string {
  return text.replaceAll(token, '[redacted]').slice(0, 500)
}

/** The port's error for one of Salesforce's. */
export function meaningOf(errors: readonly ApiError[], status: number): StoreError {
  const first = errors.find(({ code }) => !siblings.has(code)) ?? errors[0]
  const words = first === undefined ? `status ${String(status)}` : redacted(`${first.code}: ${first.message}`)
  const details = { status, ...(first === undefined ? {} : { salesforce: first.code, fields: [...first.fields] }) }
  if (first?.code === 'REQUEST_LIMIT_EXCEEDED') {
    const window = /^ConcurrentRequests/i.test(first.message) ? 'concurrent' : 'daily'
    return new StoreError('throttled', words, {
      details: { ...details, window },
      actions: [window === 'daily' ? 'Wait for the next window, or raise the daily limit of API calls.' : 'Send it again later.'],
    })
  }
  const known = first === undefined ? undefined : meanings[first.code]
  if (known !== undefined)
    return new StoreError(known.code, words, {
      details: { ...details, ...(known.window === undefined ? {} : { window: known.window }) },
      actions: [known.action],
    })
  if (status === 429 || status === 420)
    return new StoreError('throttled', words, { details: { ...details, window: 'concurrent' } })
  if (status >= 500) return new StoreError('unknown_outcome', words, { details, actions: ['Send it again.'] })
  if (status === 401 || status === 403) return new StoreError('forbidden', words, { details, actions: [rightsAction] })
  return new StoreError('unavailable', words, { details, actions: ['Look the code up in the API guide of Salesforce.'] })
}

/** The port's error for an answer that is one. */
export function apiError(answer: Answer): StoreError {
  const list = Array.isArray(answer.body) ? (answer.body as { errorCode?: unknown; message?: unknown; fields?: unknown }[]) : []
  return meaningOf(
    list.map(({ errorCode, message, fields }) => ({
      code: typeof errorCode === 'string' ? errorCode : 'UNKNOWN',
      message: typeof message === 'string' ? message : '',
      fields: Array.isArray(fields) ? fields.filter((f): f is string => typeof f === 'string') : [],
    })),
    answer.status,
  )
}

/** An answer that says nothing: what was asked may have been done or not. */
export function unreadable(method: string, what: string, cause?: unknown): StoreError {
  return new StoreError('unknown_outcome', `Salesforce answered ${method} with ${redacted(what)}`, {
    ...(cause === undefined ? {} : { cause: withoutSecrets(cause) }),
    details: { method },
    actions: ['Send it again with the same idempotency key.'],
  })
}

/** The cause as text: an error of a network library may hold the request with its token. */
export function withoutSecrets(cause: unknown): Error {
  const error = new Error(redacted(cause instanceof Error ? cause.message : 'unknown'))
  error.name = cause instanceof Error ? cause.name : 'Error'
  return error
}
