import type { JsonValue } from '../errors/index.ts'
import type { Labels } from '../policy/index.ts'

/** What formatters may know beside the data. Everything is optional: without it names stand as they are and instants in UTC. */
export interface FormatOptions {
  /** IANA zone of the dates; default UTC, which is then said. */
  readonly timeZone?: string
  /** Currency of amounts that come as a bare number of minor units. */
  readonly currency?: string
  /** Workflow that states and commands belong to, where a name occurs in several. */
  readonly kind?: string
  /** Names that the policy defines: departments, severities, channels … See `formatOptionsOf(policy)`. */
  readonly labels?: { readonly [id: string]: Labels | undefined }
  /** Names of people by id. */
  readonly people?: { readonly [id: string]: string | undefined }
}

/**
 * Values in the words of a language. Every function is total: a name that nobody knows is shown verbatim in quotes, made harmless.
 */
export interface Words {
  readonly state: (name: JsonValue) => string
  readonly command: (name: JsonValue) => string
  readonly field: (path: JsonValue, command?: string) => string
  readonly role: (name: JsonValue) => string
  readonly person: (id: JsonValue) => string
  readonly clock: (name: JsonValue) => string
  readonly approval: (name: JsonValue) => string
  /** A thing that the policy defines: department, severity, channel, stage. */
  readonly term: (name: JsonValue) => string
  /** A kind of finding in an input, without quotes. */
  readonly finding: (code: JsonValue) => string
  /** A term without quotes, inside a remark. */
  readonly phrase: (name: JsonValue) => string
  /** A tier, or the end of the KA relation. */
  readonly tier: (tier: JsonValue) => string
  readonly parameter: (path: string) => string
  readonly instant: (at: JsonValue) => string
  /** Two instants, to the second where they would look the same to the minute. */
  readonly instants: (a: JsonValue, b: JsonValue) => readonly [string, string]
  /** Minor units, or a money object. Null where the currency is not known. */
  readonly money: (value: JsonValue) => string | null
  readonly budget: (value: JsonValue) => string
  readonly value: (value: JsonValue) => string
  readonly any: (values: JsonValue, word: (value: JsonValue) => string) => string
  readonly all: (values: JsonValue, word: (value: JsonValue) => string) => string
}

/** A part of an object, `null` when there is none. */
export function partOf(value: JsonValue, name: string): JsonValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  return Object.hasOwn(value, name) ? ((value as { readonly [key: string]: JsonValue | undefined })[name] ?? null) : null
}

/** True for an empty list. */
export const isNone = (value: JsonValue): boolean => Array.isArray(value) && value.length === 0

/** True for a list of roles that takes any of them. */
export const isAnyRole = (roles: JsonValue): boolean => Array.isArray(roles) && roles.includes('*')
