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
