import { unreadable } from './errors.ts'

/** An answer that could be read: JSON, or nothing at all. */
export interface Answer {
  readonly method: string
  readonly status: number
  readonly body: unknown
  /** `Retry-After` of the answer, in milliseconds. */
  readonly retryAfterMs: number | null
}

/**
 * Reads an answer, and believes no other than one of the REST API: a login page with status 200, a redirect and half a document are none, and say nothing
 * about what happened.
 *
 * @throws StoreError `unknown_outcome`
 */
export function readAnswer(method: string, response: Response, text: string): Answer {
  const { status } = response
  if (status >= 300 && status < 400 && status !== 300 && status !== 304)
    throw unreadable(method, `a redirect (${String(status)})`)
  const after = Number(response.headers.get('retry-after'))
  const retryAfterMs = Number.isFinite(after) && after > 0 ? after * 1000 : null
  if (status === 204 || text === '') {
    if (status >= 200 && status < 300 && status !== 204) throw unreadable(method, `status ${String(status)} without a body`)
    return { method, status, body: null, retryAfterMs }
  }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    // An error page of a gateway: its status is all there is to know.
    if (status >= 400 && status < 500) return { method, status, body: null, retryAfterMs }
    throw unreadable(method, `status ${String(status)} with no JSON`, error)
  }
  return { method, status, body, retryAfterMs }
}

/** A set of a bulk job's rows: CSV, with what its headers say. */
export interface CsvAnswer {
  readonly text: string
  /** Rows in this set. */
  readonly rows: number
  /** Names the next set; `null`: this was the last. */
  readonly locator: string | null
}

/**
 * Reads a set of rows; anything else is an answer like any other. A page of HTML or half a document counts as no answer.
 *
 * @throws StoreError `unknown_outcome`
 */
export function readCsv(method: string, response: Response, text: string): Answer {
  if (response.status !== 200) return readAnswer(method, response, text)
  const rows = response.headers.get('sforce-numberofrecords') ?? ''
  const locator = response.headers.get('sforce-locator')
  if (!/^text\/csv\b/i.test(response.headers.get('content-type') ?? '') || !/^\d+$/.test(rows))
    throw unreadable(method, 'something that is no set of rows')
  const body: CsvAnswer = { text, rows: Number(rows), locator: locator === null || locator === 'null' ? null : locator }
  return { method, status: 200, body, retryAfterMs: null }
}
