import { StoreError, type JsonValue, type StoreErrorCode } from '@ka-governance/core'
import type { Answer } from './answer.ts'

/** An error as HubSpot words it; it may leave out any of it. */
export interface ApiError {
  /** Of the answer. */
  readonly status: number
  /** HubSpot's own class of errors, e.g. `VALIDATION_ERROR`; `null`: not said. */
  readonly category: string | null
  readonly subCategory: string | null
  /** Codes of the single errors, wherever HubSpot hides them: in a list, in its type, in JSON inside of the message. */
  readonly codes: readonly string[]
  /** Names of properties that it is about. */
  readonly properties: readonly string[]
  /** Scopes that the app lacks. */
  readonly scopes: readonly string[]
  /** What HubSpot's support asks for. */
  readonly correlationId: string | null
  /** Of a 429: the rate that was passed, e.g. `DAILY`. */
  readonly policy: string | null
  /** A unique value that is taken; `null`: it is about something else. */
  readonly conflict: UniqueConflict | null
  /** Without values of customers. */
  readonly words: string
}

/** A unique value that another record has. */
export interface UniqueConflict {
  /** Internal name of the property; `null`: the text does not say it. */
  readonly property: string | null
  /** Id of the record that has it. */
  readonly holder: string | null
}

/** What an error of HubSpot's means for the caller. */
export interface Meaning {
  readonly code: StoreErrorCode
  readonly action: string
}

const schemaAction = 'Run check(): the portal lacks an object type or property of the adapter, or has it with another type.'
const rightsAction = 'Give the app the scopes that check() lists, then install it again.'
const tokenAction = 'Give the adapter a token that is valid, or a function that renews it.'
const ruleAction = 'Change the rule of the portal, or the mapping, so that the record can be saved.'
const takenAction = 'Look at the record that has the value: it may be a leftover, or the mapping writes one value twice.'

/** The table of errors: what one of HubSpot's codes is for the port. */
export const meanings: { readonly [code: string]: Meaning } = {
  CONFLICTING_UNIQUE_VALUE: { code: 'forbidden', action: takenAction },
  UNIQUE_VALUE_CONFLICT: { code: 'forbidden', action: takenAction },
  PROPERTY_DOESNT_EXIST: { code: 'corrupt_record', action: schemaAction },
  INVALID_OPTION: { code: 'corrupt_record', action: schemaAction },
  INVALID_DATE: { code: 'corrupt_record', action: schemaAction },
  INVALID_INTEGER: { code: 'corrupt_record', action: schemaAction },
  MISSING_REQUIRED_PROPERTY: { code: 'forbidden', action: ruleAction },
  MISSING_CONDITIONAL_REQUIRED_PROPERTY: { code: 'forbidden', action: ruleAction },
  INVALID_AUTHENTICATION: { code: 'forbidden', action: tokenAction },
  EXPIRED_AUTHENTICATION: { code: 'forbidden', action: tokenAction },
  MISSING_SCOPES: { code: 'forbidden', action: rightsAction },
  OBJECT_NOT_FOUND: { code: 'corrupt_record', action: 'The record was deleted: restore it from the recycle bin.' },
  CONFLICT: { code: 'forbidden', action: takenAction },
  OBJECT_ALREADY_EXISTS: { code: 'forbidden', action: 'It is there already: compare it with check().' },
  CANNOT_DELETE_PROPERTY_IN_USE: { code: 'forbidden', action: 'Remove what uses the property first.' },
  VALIDATION_ERROR: { code: 'corrupt_record', action: schemaAction },
}

/** Refused by what an admin of the portal has set up for a visible record, or by what became of it. */
export const recordRefusals: ReadonlySet<string> = new Set([
  'CONFLICTING_UNIQUE_VALUE',
  'UNIQUE_VALUE_CONFLICT',
  'PROPERTY_DOESNT_EXIST',
  'INVALID_OPTION',
  'INVALID_DATE',
  'INVALID_INTEGER',
  'MISSING_REQUIRED_PROPERTY',
  'MISSING_CONDITIONAL_REQUIRED_PROPERTY',
  'OBJECT_NOT_FOUND',
  'CONFLICT',
  'VALIDATION_ERROR',
])

/** Whether a visible record was refused although everything else went well: its projection is blocked, the command succeeded. */
export function isRecordRefusal(error: StoreError): boolean {
  return typeof error.details['hubspot'] === 'string' && recordRefusals.has(error.details['hubspot'])
}

/** Whether another record has a unique value of this one, perhaps since a moment ago. */
export function isTaken({ details: { hubspot } }: StoreError): boolean {
  return hubspot === 'CONFLICTING_UNIQUE_VALUE' || hubspot === 'UNIQUE_VALUE_CONFLICT' || hubspot === 'CONFLICT'
}

const taken =
  /Cannot set PropertyValueCoordinates\{portalId=[^,]*, objectTypeId=.*?, propertyName=([^,}]+), value=.*\} on \d+\. (\d+) already has that value/s
const existing = /already exists\. Existing ID: (\d+)/
/** A token of HubSpot looks like this wherever it turns up; so does an address of a person. */
const secret = /\bpat-[a-z0-9]{2,4}-[0-9a-f-]{20,}|Bearer\s+\S+|[^\s@"'=,{}]+@[^\s@"'=,{}]+\.[^\s@"'=,{}]+/gi

type Given = { readonly [name: string]: unknown }
const objectOf = (value: unknown): Given => (typeof value === 'object' && value !== null ? (value as Given) : {})
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const textsOf = (value: unknown): readonly string[] => listOf(value).filter((each): each is string => typeof each === 'string')
/** A name of ours or HubSpot's: anything else is not repeated. */
const named = (name: string): boolean => /^[A-Za-z0-9_.-]{1,100}$/.test(name)

/** Reads an error body, which may lack anything. `sent`: the values of the request, so that none of them is repeated. */
export function errorOf(body: unknown, status: number, sent: readonly string[] = []): ApiError {
  const given = objectOf(body)
  const message = text(given['message']) ?? ''
  const details = [...listOf(given['errors']).map(objectOf), ...insideOf(message)]
  const tokens = objectOf(given['errorTokens'])
  const contexts = [given, ...details].map((each) => objectOf(each['context']))
  const codes = [
    ...details.flatMap((each) => text(each['code']) ?? text(each['error']) ?? []),
    ...(text(given['errorType']) === null ? [] : [String(given['errorType'])]),
  ].filter(named)
  const conflict = conflictOf(message, codes, tokens)
  const category = text(given['category'])
  const properties = [
    ...contexts.flatMap((context) => textsOf(context['propertyName'])),
    ...details.flatMap((each) => text(each['name']) ?? []),
    ...textsOf(tokens['propertyName']),
    ...(conflict?.property == null ? [] : [conflict.property]),
  ]
  return {
    status,
    category: category !== null && named(category) ? category : null,
    subCategory: text(given['subCategory']),
    // A code of tomorrow beside the text of a conflict: the text is the news.
    codes: [
      ...new Set(
        conflict !== null && !codes.some((code) => Object.hasOwn(meanings, code))
          ? ['CONFLICTING_UNIQUE_VALUE', ...codes]
          : codes,
      ),
    ],
    properties: [...new Set(properties)].filter(named),
    scopes: [...new Set(contexts.flatMap((context) => textsOf(context['requiredGranularScopes'])))].filter(named),
    correlationId: text(given['correlationId']),
    policy: policyOf(given, message),
    conflict,
    words: wordsOf(message, sent),
  }
}

/** Single errors that HubSpot writes as JSON inside of the message. */
function insideOf(message: string): readonly Given[] {
  const from = message.indexOf('[{')
  if (from < 0) return []
  try {
    return listOf(JSON.parse(message.slice(from, message.lastIndexOf(']') + 1))).map(objectOf)
  } catch {
    return []
  }
}

function conflictOf(message: string, codes: readonly string[], tokens: Given): UniqueConflict | null {
  const told = taken.exec(message)
  if (told !== null) return { property: told[1] ?? null, holder: told[2] ?? null }
  const holder = existing.exec(message)?.[1] ?? textsOf(tokens['existingObjectId'])[0] ?? null
  if (codes.some((code) => code === 'CONFLICTING_UNIQUE_VALUE' || code === 'UNIQUE_VALUE_CONFLICT') || existing.test(message))
    return { property: textsOf(tokens['propertyName'])[0] ?? null, holder }
  return null
}

/** Which limit it was: its name, or what the text says of it. */
function policyOf(given: Given, message: string): string | null {
  const policy = text(given['policyName'])
  if (policy !== null) return policy.toUpperCase()
  const words = /reached your (\w+) limit/i.exec(message)?.[1]?.toUpperCase()
  return words ?? null
}

/** HubSpot's words without tokens, addresses and any value that was sent. What it repeats in JSON is left out: codes and names say it. */
function wordsOf(message: string, sent: readonly string[]): string {
  const told = taken.exec(message)
  let words = told === null ? message : `${told[1] ?? 'a value'} is taken by ${told[2] ?? 'another record'}`
  // Also where it is cut short, and so is none.
  if (words.includes('[{')) words = words.slice(0, words.indexOf('[{'))
  // A text may be repeated as it is, or as JSON puts it.
  const masked = new Set(sent.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))
  // Longest first, so that a value inside of another leaves no rest of it.
  for (const value of [...masked].sort((a, b) => b.length - a.length)) words = without(words, value)
  return words.replace(secret, '[redacted]').slice(0, 300).trim()
}

function without(words: string, value: string): string {
  if (value.trim() === '' || words === '') return words
  if (value.length > 60) {
    // It may be repeated cut short: everything from its beginning on goes.
    const at = words.toLowerCase().indexOf(value.slice(0, 30).toLowerCase())
    return at < 0 ? words : `${words.slice(0, at)}[redacted]`
  }
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  // A short one only where it stands alone: `3` is no part of `2-3604285`.
  const pattern = value.length < 4 ? String.raw`(?<![\w-])${literal}(?![\w-])` : literal
  return words.replace(new RegExp(pattern, 'gi'), '[redacted]')
}

/** Milliseconds from an instant until the day ends in a zone. */
export function untilMidnight(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const timeOfDay = (at: number): number => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return ((parts['hour'] ?? 0) * 60 + (parts['minute'] ?? 0)) * 60_000 + (parts['second'] ?? 0) * 1000
  }
  const day = 86_400_000
  const first = now - (now % 1000) - timeOfDay(now) + day
  // A day on which the clocks change is shorter or longer.
  const off = timeOfDay(first)
  return (off > day / 2 ? first + (day - off) : first - off) - now
}

/** Milliseconds after which a limit of rates lets calls through again; `null`: not known. */
function pauseOf(policy: string | null, retryAfterMs: number | null): number | null {
  if (policy === 'DAILY') return retryAfterMs
  const usual = policy === 'SECONDLY' ? 1000 : 10_000
  return Math.max(usual, retryAfterMs ?? 0)
}

/** Locked records are let go after two seconds. */
const lockMs = 2000

/** The port's error for one of HubSpot's. */
export function meaningOf(error: ApiError, retryAfterMs: number | null = null): StoreError {
  const { status } = error
  const code = [...error.codes, error.category ?? ''].find((each) => Object.hasOwn(meanings, each)) ?? null
  const shownCode = code ?? error.codes[0] ?? error.category ?? `status ${String(status)}`
  const words = [
    shownCode,
    error.properties.length === 0 ? '' : ` (${error.properties.join(', ')})`,
    error.words && `: ${error.words}`,
  ]
  const details: Record<string, JsonValue> = { status, hubspot: shownCode }
  if (error.category !== null) details['category'] = error.category
  if (error.subCategory !== null) details['subCategory'] = error.subCategory
  if (error.codes.length > 0) details['codes'] = error.codes
  if (error.properties.length > 0) details['properties'] = error.properties
  if (error.scopes.length > 0) details['scopes'] = error.scopes
  if (error.correlationId !== null) details['correlationId'] = error.correlationId
  if (error.conflict?.holder != null) details['holder'] = error.conflict.holder
  const made = (as: StoreErrorCode, action: string, more: { readonly [name: string]: JsonValue } = {}): StoreError =>
    new StoreError(as, words.join(''), { details: { ...details, ...more }, actions: [action] })

  if (status === 429) {
    const daily = error.policy === 'DAILY'
    return made('throttled', daily ? 'Wait for the next day, or raise the daily limit of API calls.' : 'Send it again later.', {
      window: daily ? 'daily' : 'rolling',
      policy: error.policy,
      retryAfterMs: pauseOf(error.policy, retryAfterMs),
    })
  }
  if (status === 423)
    return made('throttled', 'Send it again: another request held the record.', {
      window: 'locked',
      retryAfterMs: Math.max(lockMs, retryAfterMs ?? 0),
    })
  if (status === 477)
    return made('unavailable', 'The account is moved to another data centre: wait until HubSpot is done.', { retryAfterMs })
  if (status === 413 || status === 414) return made('too_large', 'Send less at once.')
  if (status >= 500 || status === 408) return made('unknown_outcome', 'Send it again with the same key.')
  const known = code === null ? undefined : meanings[code]
  if (known !== undefined) return made(known.code, known.action)
  if (status === 401) return made('forbidden', tokenAction)
  if (status === 402 || status === 403) return made('forbidden', rightsAction)
  if (status === 404) {
    details['hubspot'] = 'OBJECT_NOT_FOUND'
    return made('corrupt_record', meanings['OBJECT_NOT_FOUND']?.action ?? schemaAction)
  }
  return made('corrupt_record', schemaAction)
}

/** The port's error for an answer that is one. */
export function apiError(answer: Answer, sent: readonly string[] = []): StoreError {
  return meaningOf(errorOf(answer.body, answer.status, sent), answer.retryAfterMs)
}

/** An answer that says nothing: what was asked may have been done or not. */
export function unreadable(method: string, what: string, cause?: unknown): StoreError {
  return new StoreError('unknown_outcome', `HubSpot answered ${method} with ${what}`, {
    ...(cause === undefined ? {} : { cause: withoutSecrets(cause) }),
    details: { method },
    actions: ['Send it again with the same key.'],
  })
}

/** Nothing was sent. */
export function noToken(cause: unknown): StoreError {
  return new StoreError('forbidden', 'there is no token for HubSpot', {
    cause: withoutSecrets(cause),
    actions: ['Look at the function that gives the adapter its token.'],
  })
}

/** The cause as a name: an error of a network library or of a parser may hold what was sent. */
export function withoutSecrets(cause: unknown): Error {
  const code = objectOf(objectOf(cause)['cause'])['code'] ?? objectOf(cause)['code']
  const error = new Error(typeof code === 'string' && named(code) ? code : 'no answer')
  error.name = cause instanceof Error ? cause.name : 'Error'
  return error
}
