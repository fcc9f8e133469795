import { unreadable } from './errors.ts'
import type { HubSpotRecord } from './client.ts'
import { instantIn } from './same-value.ts'
import type { HubSpotAnswer } from './transport.ts'

/** An answer that could be read: JSON, or nothing at all. */
export interface Answer {
  readonly method: string
  readonly status: number
  readonly body: unknown
  /** `Retry-After` of the answer, in milliseconds. */
  readonly retryAfterMs: number | null
}

/**
 * Reads an answer: any 2xx is a success, whatever the documentation says of the number, if it has JSON or is meant to have none. A page of HTML, a redirect and
 * half a document are no answer, and say nothing about what happened.
 *
 * @throws StoreError `unknown_outcome`
 */
export function readAnswer(method: string, { status, headers, text }: HubSpotAnswer): Answer {
  if (status < 200 || (status >= 300 && status < 400)) throw unreadable(method, `status ${String(status)}`)
  const after = Number(headers.get('retry-after') ?? '')
  const retryAfterMs = Number.isFinite(after) && after > 0 ? after * 1000 : null
  const nothing: Answer = { method, status, body: null, retryAfterMs }
  if (text.trim() === '') {
    if (status === 204 || status === 205 || (method === 'DELETE' && status < 300) || tellsAll.has(status)) return nothing
    throw unreadable(method, `status ${String(status)} without a body`)
  }
  try {
    return { ...nothing, body: JSON.parse(text) as unknown }
  } catch (error) {
    if (tellsAll.has(status)) return nothing
    throw unreadable(method, `status ${String(status)} with no JSON`, error)
  }
}

/** Refusals whose number is all there is to know. What says "not found" or "conflict" without a word of HubSpot's is somebody else's page. */
const tellsAll: ReadonlySet<number> = new Set([401, 402, 403, 413, 414, 423, 429, 477])

const objectOf = (value: unknown): { readonly [name: string]: unknown } | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [name: string]: unknown }) : null

/** A record of an answer; `null`: that is none. */
export function recordOf(value: unknown): HubSpotRecord | null {
  const given = objectOf(value)
  if (given === null) return null
  const id = idOf(given['id'])
  if (id === null) return null
  return {
    id,
    properties: Object.fromEntries(
      Object.entries(objectOf(given['properties']) ?? {}).map(([name, text]) => [name, textOf(text)] as const),
    ),
    createdAt: instantOf(given['createdAt']),
    updatedAt: instantOf(given['updatedAt']),
    archived: given['archived'] === true,
    associations: Object.fromEntries(
      Object.entries(objectOf(given['associations']) ?? {}).map(([type, linked]) => {
        const results = objectOf(linked)?.['results']
        const ids = Array.isArray(results) ? (results as unknown[]).map((each) => textOf(objectOf(each)?.['id'])) : []
        return [type, [...new Set(ids.filter((each) => each !== null))]] as const
      }),
    ),
  }
}

/** Ids are texts in one place and numbers in another. */
const idOf = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : null

/** All values are texts by contract; whatever is none is written as JSON, an object too. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const instantOf = (value: unknown): number | null => (typeof value === 'string' ? instantIn(value) : null)

/** The answer to a batch. */
export interface BatchAnswer {
  readonly records: readonly (HubSpotRecord & { readonly isNew: boolean; readonly traceId: string | null })[]
  /** Bodies of errors, each for one input or more. */
  readonly errors: readonly { readonly [name: string]: unknown }[]
}

/** @throws StoreError `unknown_outcome` when it is no answer to a batch */
export function batchOf({ method, body, status }: Answer): BatchAnswer {
  const given = objectOf(body)
  if (given === null || !Array.isArray(given['results'])) throw unreadable(method, `status ${String(status)} without results`)
  // PENDING and PROCESSING are words of the same list: what is not complete says nothing of what it lacks.
  const state = given['status']
  if (state !== undefined && state !== 'COMPLETE') throw unreadable(method, 'a batch that is not complete')
  return {
    records: (given['results'] as unknown[]).map((each) => {
      const record = recordOf(each)
      if (record === null) throw unreadable(method, 'a result that is no record')
      const trace = objectOf(each)?.['objectWriteTraceId']
      return { ...record, isNew: objectOf(each)?.['new'] === true, traceId: typeof trace === 'string' ? trace : null }
    }),
    errors: (Array.isArray(given['errors']) ? (given['errors'] as unknown[]) : []).map(objectOf).filter((each) => each !== null),
  }
}

/** A page of anything: rows, and where the next one begins. */
export interface Page {
  readonly rows: readonly unknown[]
  readonly after: string | null
}

/** @throws StoreError `unknown_outcome` when it is none */
export function pageOf({ method, body, status }: Answer): Page {
  const given = objectOf(body)
  if (given === null || !Array.isArray(given['results'])) throw unreadable(method, `status ${String(status)} without results`)
  return { rows: given['results'] as unknown[], after: afterIn(given) }
}

/** Where the next page begins; `null`: there is none. */
function afterIn(given: { readonly [name: string]: unknown }): string | null {
  const after = objectOf(objectOf(given['paging'])?.['next'])?.['after']
  return typeof after === 'string' && after !== '' ? after : null
}

/** @throws StoreError `unknown_outcome` when it is no record */
export function recordIn(value: unknown, method: string): HubSpotRecord {
  const record = recordOf(value)
  if (record === null) throw unreadable(method, 'something that is no record')
  return record
}

/** What one record is linked with, of an answer to a batch of associations. */
export interface Links {
  readonly from: string
  readonly to: readonly string[]
  /** Where the next page of this record's links begins. */
  readonly after: string | null
}

/** @throws StoreError `unknown_outcome` when it says nothing of links */
export function linksOf(value: unknown): Links {
  const given = objectOf(value)
  const from = idOf(objectOf(given?.['from'])?.['id'])
  const to = given?.['to']
  if (given === null || from === null || !Array.isArray(to)) throw unreadable('POST', 'something that is no list of links')
  return {
    from,
    to: (to as unknown[]).flatMap((each) => idOf(objectOf(each)?.['toObjectId']) ?? []),
    after: afterIn(given),
  }
}
